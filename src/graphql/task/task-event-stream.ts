import type { EventBus } from '../../domain/ports/event-bus.ts'
import type { Journal } from '../../domain/ports/journal.ts'
import { isFinal, type Task, type TaskEvent, type TaskEventKind } from '../../domain/task.ts'

/** One event as a subscriber gets it. */
export interface TaskStreamEvent {
  readonly sequence: number
  readonly kind: TaskEventKind
  readonly at: Date
  readonly task: Task
  readonly missedEvents: number | null
}

// How many journal entries are read at a time when a subscriber resumes.
const pageSize = 500

/**
 * What waits for one subscriber of one task. Bounded: progress replaces progress, and a task has only so many changes of
 * state.
 */
class PendingEvents {
  #events: TaskEvent[] = []
  #wake: (() => void) | null = null

  push(event: TaskEvent): void {
    if (event.kind === 'PROGRESS' && this.#events.at(-1)?.kind === 'PROGRESS') this.#events.pop()
    this.#events.push(event)
    this.#wake?.()
  }

  wake(): void {
    this.#wake?.()
  }

  shift(): TaskEvent | undefined {
    return this.#events.shift()
  }

  async arrival(): Promise<void> {
    if (this.#events.length > 0) return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#wake = null
  }
}

const toStreamEvent = (event: TaskEvent): TaskStreamEvent => ({ ...event, missedEvents: null })

/**
 * The events of one task: its present state first, or what came after `after`, then whatever happens, until it is final.
 * Listens before it reads, so that nothing falls between.
 *
 * @param options.after Sequence after which to go on; null begins with the present state.
 * @returns null when there is no such task. Returning the iterator ends the listening at once.
 */
export const openTaskEventStream = async (options: {
  readonly taskId: string
  readonly after: number | null
  readonly journal: Journal
  readonly bus: EventBus
}): Promise<AsyncIterableIterator<TaskStreamEvent> | null> => {
  const { taskId, after, journal, bus } = options
  const pending = new PendingEvents()
  const listening = bus.subscribe((event) => {
    if (event.task.id === taskId) pending.push(event)
  })
  const known = await journal.lastSequence()
  const task = await journal.getTask(taskId)
  if (task === null) {
    listening[Symbol.dispose]()
    return null
  }
  const past = after === null ? [] : await readAll(journal, taskId, after)
  const snapshot: TaskStreamEvent = { sequence: known, kind: 'SNAPSHOT', at: task.updatedAt, task, missedEvents: null }
  const backlog = after === null ? [snapshot] : past.map(toStreamEvent)
  return new TaskEventIterator(backlog, pending, listening, task)
}

const readAll = async (journal: Journal, taskId: string, after: number): Promise<readonly TaskEvent[]> => {
  const events: TaskEvent[] = []
  for (;;) {
    const page = await journal.readEvents(taskId, events.at(-1)?.sequence ?? after, pageSize)
    events.push(...page)
    if (page.length < pageSize) return events
  }
}

/** Hands out the backlog, then what is pending, each sequence once. */
class TaskEventIterator implements AsyncIterableIterator<TaskStreamEvent> {
  readonly #backlog: TaskStreamEvent[]
  readonly #pending: PendingEvents
  readonly #listening: Disposable
  #lastSequence = 0
  #isOver = false
  #isFinal: boolean

  constructor(backlog: readonly TaskStreamEvent[], pending: PendingEvents, listening: Disposable, task: Task) {
    this.#backlog = [...backlog]
    this.#pending = pending
    this.#listening = listening
    this.#isFinal = backlog.length === 0 && isFinal(task.state)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<TaskStreamEvent, undefined>> {
    while (!this.#isOver && !this.#isFinal) {
      const waiting = this.#backlog.shift() ?? this.#pendingEvent()
      if (waiting !== undefined) return { done: false, value: this.#note(waiting) }
      await this.#pending.arrival()
    }
    return this.return()
  }

  async return(): Promise<IteratorResult<TaskStreamEvent, undefined>> {
    this.#isOver = true
    this.#listening[Symbol.dispose]()
    this.#pending.wake()
    return { done: true, value: undefined }
  }

  #pendingEvent(): TaskStreamEvent | undefined {
    for (let event = this.#pending.shift(); event !== undefined; event = this.#pending.shift()) {
      if (event.sequence > this.#lastSequence) return toStreamEvent(event)
    }
    return undefined
  }

  #note(event: TaskStreamEvent): TaskStreamEvent {
    this.#lastSequence = event.sequence
    this.#isFinal = isFinal(event.task.state)
    return event
  }
}
