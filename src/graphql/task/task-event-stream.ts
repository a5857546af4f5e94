import { toGlobalId } from '../../domain/global-id.ts'
import type { Journal, TaskQuery } from '../../domain/ports/journal.ts'
import { isFinal, taskStates, type Task, type TaskEvent, type TaskEventKind } from '../../domain/task.ts'
import { parseCursor, toCursor } from '../stream/event-cursor.ts'
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
  readonly journal: Journal
  readonly tail: EventTail<TaskEvent>
  readonly setting: StreamSetting
  readonly delivery: StreamDelivery
}

type Plan<Out extends TaskFeedEvent> = EventStreamPlan<TaskEvent, Out>

const cursorKind = 'e1'

// How many open tasks are read at a time for a snapshot.
const pageSize = 500
const openStates = taskStates.filter((state) => !isFinal(state))

const toTaskCursor = (sequence: number, isWithinSnapshot = false): string =>
  toCursor(cursorKind, { sequence, isWithinSnapshot })

const toSnapshot = (task: Task, cursor: string): TaskProgressEvent => ({
  cursor,
  kind: 'SNAPSHOT',
  at: task.updatedAt,
  task,
  missedEvents: null,
})

/** What both streams of tasks have in common. `snapshots` is when the tasks of the snapshot had last changed, by id. */
const toPlan = ({ after, journal, tail }: TaskStreamOptions, snapshots: ReadonlyMap<string, number>) =>
  ({
    tail,
    after: after === null ? null : parseCursor(cursorKind, after),
    readBounds: () => journal.eventBounds(),
    // A snapshot may be read after the place where the changes begin: progress older than it would go back.
    wants: ({ kind, task }) => kind !== 'PROGRESS' || task.updatedAt.getTime() >= (snapshots.get(task.id) ?? 0),
    conflationKey: ({ kind, task }) => (kind === 'PROGRESS' ? task.id : null),
    toOut: ({ sequence, kind, at, task }) => ({ cursor: toTaskCursor(sequence), kind, at, task, missedEvents: null }),
  }) satisfies Partial<Plan<TaskProgressEvent>>

const toWord = (kind: 'SNAPSHOT' | 'LAGGED' | 'DRAINING', cursor: string, at: Date): TaskFeedEvent => ({
  cursor,
  kind,
  at,
  task: null,
  missedEvents: null,
})

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
  const { journal, setting, delivery } = options
  const task = await journal.getTask(taskId)
  if (task === null) return null
  const snapshots = new Map<string, number>()
  const readSnapshot = async (sequence: number): Promise<readonly TaskProgressEvent[]> => {
    const present = (await journal.getTask(taskId)) ?? task
    snapshots.set(taskId, present.updatedAt.getTime())
    return [toSnapshot(present, toTaskCursor(sequence))]
  }
  const plan: Plan<TaskProgressEvent> = {
    ...toPlan(options, snapshots),
    topic: taskId,
    readEvents: (after, limit) => journal.readEvents(taskId, after, limit),
    readSnapshot,
    toLagged: (place, missedEvents) => ({
      ...toWord('LAGGED', toCursor(cursorKind, place), new Date()),
      task,
      missedEvents,
    }),
    toDraining: (last, at) => ({ ...last, ...toWord('DRAINING', last.cursor, at), task: last.task }),
    isLast: ({ kind, task: told }) => (kind === 'SNAPSHOT' || kind === 'STATE_CHANGE') && isFinal(told.state),
    isOver: isFinal(task.state),
  }
  return { stream: await EventStream.open(plan, setting, delivery), task }
}

const isOn = ({ target }: Task, targetIds: readonly string[]): boolean =>
  target !== null && targetIds.includes(toGlobalId(target.kind, target.vendor, target.nativeId))

const isWanted = (task: Task, { states, operations, targetIds, siteNames }: TaskEventFilter): boolean =>
  (states?.includes(task.state) ?? true) &&
  (operations?.includes(task.operation) ?? true) &&
  (siteNames?.includes(task.siteName) ?? true) &&
  (targetIds === null || isOn(task, targetIds))

const listOpenTasks = async (journal: Journal, filter: TaskEventFilter): Promise<readonly Task[]> => {
  const states = filter.states?.filter((state) => !isFinal(state)) ?? openStates
  const tasks: Task[] = []
  for (;;) {
    const olderThan = tasks.at(-1)?.id ?? null
    const page = await journal.listTasks({ ...filter, states, limit: pageSize, olderThan })
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
  const { journal, setting, delivery } = options
  const snapshots = new Map<string, number>()
  const readSnapshot = async (sequence: number): Promise<readonly TaskFeedEvent[]> => {
    const tasks = await listOpenTasks(journal, filter)
    for (const task of tasks) snapshots.set(task.id, task.updatedAt.getTime())
    if (tasks.length === 0) return [toWord('SNAPSHOT', toTaskCursor(sequence), new Date())]
    return tasks.map((task, index) => toSnapshot(task, toTaskCursor(sequence, index < tasks.length - 1)))
  }
  const common = toPlan(options, snapshots)
  const plan: Plan<TaskFeedEvent> = {
    ...common,
    topic: null,
    wants: (event) => isWanted(event.task, filter) && common.wants(event),
    readEvents: (after, limit) => journal.readEvents(null, after, limit),
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
