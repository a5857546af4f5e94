import { toGlobalId } from '../../domain/global-id.ts'
import type { TaskQuery } from '../../domain/ports/journal.ts'
import { isFinal, taskStates, type Task, type TaskEvent, type TaskEventKind } from '../../domain/task.ts'
import type { TaskBook } from '../../inventory/task-book.ts'
import { parseCursor, toCursor, type EventPlace } from '../stream/event-cursor.ts'
import { EventStream, type EventStreamPlan } from '../stream/event-stream.ts'
import type { EventTail } from '../stream/event-tail.ts'
import type { StreamDelivery, StreamSetting } from '../stream/stream-delivery.ts'

/** One event as a subscriber of one task gets it. */
export interface TaskProgressEvent {
  readonly cursor: string
  readonly kind: TaskEventKind
  readonly at: Date
  readonly task: Task
  readonly missedEvents: number | null
}

/** One event as a subscriber of all tasks gets it. `task` is null for an event that is not about a single one. */
export type TaskFeedEvent = Omit<TaskProgressEvent, 'task'> & { readonly task: Task | null }

/** Which tasks are watched; null matches everything. */
export type TaskEventFilter = Pick<TaskQuery, 'states' | 'operations' | 'targetIds' | 'siteNames'>

interface TaskStreamOptions {
  /** Cursor after which to go on; null begins with the present state. */
  readonly after: string | null
  /** What the subscriber may see. */
  readonly tasks: TaskBook
  readonly tail: EventTail<TaskEvent>
  readonly setting: StreamSetting
  readonly delivery: StreamDelivery
}

const cursorKind = 'e1'

// How many open tasks are read at a time for a snapshot.
const pageSize = 500
const openStates = taskStates.filter((state) => !isFinal(state))

const toTaskCursor = (sequence: number, isWithinSnapshot = false): string =>
  toCursor(cursorKind, { sequence, isWithinSnapshot })

const told = new Map<string, WeakRef<Task>>()
const forgotten = new FinalizationRegistry<string>((id) => {
  if (told.get(id)?.deref() === undefined) told.delete(id)
})

/** One task is one object for all who are told of it, as long as it has not changed: many may watch one for days. */
const toShared = (task: Task): Task => {
  const known = told.get(task.id)?.deref()
  if (known?.updatedAt.getTime() === task.updatedAt.getTime() && known.state === task.state) return known
  told.set(task.id, new WeakRef(task))
  forgotten.register(task, task.id)
  return task
}

const toSnapshot = (task: Task, cursor: string): TaskProgressEvent => ({
  cursor,
  kind: 'SNAPSHOT',
  at: task.updatedAt,
  task,
  missedEvents: null,
})

const events = new WeakMap<TaskEvent, TaskProgressEvent>()

/** One event is one object for all who watch it, so that what is made of it is made once. */
const toSharedEvent = (event: TaskEvent): TaskProgressEvent => {
  const { sequence, kind, at, task } = event
  const known = events.get(event) ?? { cursor: toTaskCursor(sequence), kind, at, task, missedEvents: null }
  events.set(event, known)
  return known
}

/** A snapshot may be read after the place where the changes begin: progress older than it would go back. */
const isOlder = ({ kind, task }: TaskEvent, snapshotMs: number): boolean =>
  kind === 'PROGRESS' && task.updatedAt.getTime() < snapshotMs

const toConflationKey = ({ kind, task }: TaskEvent): string | null => (kind === 'PROGRESS' ? task.id : null)

const toWord = (kind: 'SNAPSHOT' | 'LAGGED' | 'DRAINING', cursor: string, at: Date): TaskFeedEvent => ({
  cursor,
  kind,
  at,
  task: null,
  missedEvents: null,
})

class TaskProgressPlan implements EventStreamPlan<TaskEvent, TaskProgressEvent> {
  readonly tail: EventTail<TaskEvent>
  readonly topic: string
  readonly after: EventPlace | null
  readonly isOver: boolean
  readonly #book: TaskBook
  readonly #task: Task
  /** When the task of the snapshot had last changed. */
  #snapshotMs = 0

  constructor({ after, tasks, tail }: TaskStreamOptions, task: Task) {
    this.tail = tail
    this.topic = task.id
    this.after = after === null ? null : parseCursor(cursorKind, after)
    this.isOver = isFinal(task.state)
    this.#book = tasks
    this.#task = task
  }

  readEvents(after: number, limit: number): Promise<readonly TaskEvent[]> {
    return this.#book.readEvents(this.topic, after, limit)
  }

  readBounds(): ReturnType<TaskBook['eventBounds']> {
    return this.#book.eventBounds()
  }

  async readSnapshot(sequence: number): Promise<readonly TaskProgressEvent[]> {
    const present = toShared((await this.#book.getTask(this.topic)) ?? this.#task)
    this.#snapshotMs = present.updatedAt.getTime()
    return [toSnapshot(present, toTaskCursor(sequence))]
  }

  wants(event: TaskEvent): boolean {
    return !isOlder(event, this.#snapshotMs) && this.#book.isInSight(event.task)
  }

  conflationKey(event: TaskEvent): string | null {
    return toConflationKey(event)
  }

  toOut(event: TaskEvent): TaskProgressEvent {
    return toSharedEvent(event)
  }

  toLagged(place: EventPlace, missedEvents: number): TaskProgressEvent {
    return { ...toWord('LAGGED', toCursor(cursorKind, place), new Date()), task: this.#task, missedEvents }
  }

  toDraining(last: TaskProgressEvent, at: Date): TaskProgressEvent {
    return { ...last, ...toWord('DRAINING', last.cursor, at), task: last.task }
  }

  isLast({ kind, task }: TaskProgressEvent): boolean {
    return (kind === 'SNAPSHOT' || kind === 'STATE_CHANGE') && isFinal(task.state)
  }
}

/**
 * The events of one task: its present state first, or what came after `after`, then whatever happens, until it is final.
 *
 * @returns null when there is no such task.
 * @throws INVALID_INPUT for a cursor of something else.
 */
export const openTaskProgress = async (
  taskId: string,
  options: TaskStreamOptions,
): Promise<{
  readonly stream: AsyncIterableIterator<TaskProgressEvent, undefined>
  readonly task: Task
} | null> => {
  const { tasks: book, setting, delivery } = options
  const found = await book.getTask(taskId)
  if (found === null) return null
  const task = toShared(found)
  return { stream: await EventStream.open(new TaskProgressPlan(options, task), setting, delivery), task }
}

const isOn = ({ target }: Task, targetIds: readonly string[]): boolean =>
  target !== null && targetIds.includes(toGlobalId(target.kind, target.vendor, target.nativeId))

const isWanted = (task: Task, { states, operations, targetIds, siteNames }: TaskEventFilter): boolean =>
  (states?.includes(task.state) ?? true) &&
  (operations?.includes(task.operation) ?? true) &&
  (siteNames?.includes(task.siteName) ?? true) &&
  (targetIds === null || isOn(task, targetIds))

const listOpenTasks = async (book: TaskBook, filter: TaskEventFilter): Promise<readonly Task[]> => {
  const states = filter.states?.filter((state) => !isFinal(state)) ?? openStates
  const tasks: Task[] = []
  for (;;) {
    const olderThan = tasks.at(-1)?.id ?? null
    const page = await book.listTasks({ ...filter, states, limit: pageSize, olderThan })
    tasks.push(...page.tasks)
    if (!page.hasMore) return tasks
  }
}

/**
 * The events of all tasks that match: first one SNAPSHOT for each that is not final, or one without a task when there is
 * none; or what came after `after`; then whatever happens. It has no end.
 *
 * @throws INVALID_INPUT for a cursor of something else.
 */
export const openTaskEvents = async (
  filter: TaskEventFilter,
  options: TaskStreamOptions,
): Promise<AsyncIterableIterator<TaskFeedEvent, undefined>> => {
  const { tasks: book, setting, delivery } = options
  const snapshots = new Map<string, number>()
  const readSnapshot = async (sequence: number): Promise<readonly TaskFeedEvent[]> => {
    const tasks = await listOpenTasks(book, filter)
    for (const task of tasks) snapshots.set(task.id, task.updatedAt.getTime())
    if (tasks.length === 0) return [toWord('SNAPSHOT', toTaskCursor(sequence), new Date())]
    return tasks.map((task, index) => toSnapshot(task, toTaskCursor(sequence, index < tasks.length - 1)))
  }
  const plan: EventStreamPlan<TaskEvent, TaskFeedEvent> = {
    tail: options.tail,
    topic: null,
    after: options.after === null ? null : parseCursor(cursorKind, options.after),
    readBounds: () => book.eventBounds(),
    wants: (event) =>
      isWanted(event.task, filter) && !isOlder(event, snapshots.get(event.task.id) ?? 0) && book.isInSight(event.task),
    conflationKey: toConflationKey,
    toOut: toSharedEvent,
    readEvents: (after, limit) => book.readEvents(null, after, limit),
    readSnapshot,
    toLagged: (place, missedEvents) => ({
      ...toWord('LAGGED', toCursor(cursorKind, place), new Date()),
      missedEvents,
    }),
    toDraining: ({ cursor }, at) => toWord('DRAINING', cursor, at),
    isLast: () => false,
    isOver: false,
  }
  return EventStream.open(plan, setting, delivery)
}
