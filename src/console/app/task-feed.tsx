import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { TaskFeedDocument, type TaskFeedSubscription, type TaskRowFragment } from '../generated/graphql.ts'
import { isFinalTask } from '../status.ts'
import { useWatch } from './gateway.tsx'

export type FeedTask = TaskRowFragment

/** Ended tasks that are kept while the page is open. */
const mostEnded = 200
/** Events that come within one such span are drawn at once. */
const drawEveryMs = 150

/** Every task that is under way, and those that have ended since the page was opened. */
class TaskStore {
  #tasks: readonly FeedTask[] = []
  #isDrawing = false
  #begins = false
  #beginnings = 0
  readonly #byId = new Map<string, FeedTask>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Newest first. */
  get tasks(): readonly FeedTask[] {
    return this.#tasks
  }

  /** How often the feed has begun with the present state: what had ended by then, it does not tell. */
  get beginnings(): number {
    return this.#beginnings
  }

  find(id: string): FeedTask | null {
    return this.#byId.get(id) ?? null
  }

  take(task: FeedTask): void {
    this.#byId.set(task.id, task)
    this.#drawSoon()
  }

  /** The snapshots of one beginning come together, and count once. */
  begin(): void {
    this.#begins = true
    this.#drawSoon()
  }

  #drawSoon(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    setTimeout(() => this.#draw(), drawEveryMs)
  }

  #draw(): void {
    this.#isDrawing = false
    if (this.#begins) this.#beginnings += 1
    this.#begins = false
    const ended = [...this.#byId.values()].filter(({ state }) => isFinalTask(state))
    const oldest = ended.toSorted((one, other) => (one.endedAt ?? '').localeCompare(other.endedAt ?? ''))
    for (const { id } of oldest.slice(0, Math.max(0, ended.length - mostEnded))) this.#byId.delete(id)
    this.#tasks = [...this.#byId.values()].toSorted((one, other) => other.startedAt.localeCompare(one.startedAt))
    for (const listener of this.#listeners) listener()
  }

  clear(): void {
    this.#byId.clear()
  }
}

const StoreContext = createContext<TaskStore | null>(null)

/** Watches all tasks once for the whole page. */
export const TaskFeedProvider = ({ children }: { readonly children: ReactNode }) => {
  const store = useMemo(() => new TaskStore(), [])
  const [isPaused, setIsPaused] = useState(false)
  const take = useCallback(
    ({ taskEvents: { kind, task } }: TaskFeedSubscription) => {
      if (kind === 'LAGGED') {
        // Some is lost for good: begin again with the present state.
        store.clear()
        setIsPaused(true)
        queueMicrotask(() => setIsPaused(false))
        return
      }
      if (kind === 'SNAPSHOT') store.begin()
      if (task !== null) store.take(task)
    },
    [store],
  )
  useWatch(TaskFeedDocument, isPaused ? null : {}, take)
  return <StoreContext value={store}>{children}</StoreContext>
}

const useStore = (): TaskStore => {
  const store = use(StoreContext)
  if (store === null) throw new Error('There is no TaskFeedProvider around this')
  return store
}

/** Tasks that are under way, and those that have ended since the page was opened, newest first. */
export const useTasks = (): readonly FeedTask[] => {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => store.tasks)
}

/**
 * Calls `ask` whenever the feed begins anew, as with the first socket, after one that was cut before its first event, and
 * when events are no longer kept: a list that was asked before may lack what has ended since.
 */
export const useFeedBeginning = (ask: () => void): void => {
  const store = useStore()
  const beginnings = useSyncExternalStore(store.subscribe, () => store.beginnings)
  const seen = useRef(beginnings)
  useEffect(() => {
    if (seen.current !== beginnings) ask()
    seen.current = beginnings
  }, [beginnings, ask])
}

/** One of them; null for one that had ended before, and for an unknown one. */
export const useTask = (id: string): FeedTask | null => {
  useTasks()
  return useStore().find(id)
}
