import type { Task, TaskEvent, TaskState, WireCall } from '../task.ts'

/** What the gateway is about to ask of a vendor. `taskNumber` becomes the native part of the task's global id. */
export interface Intent {
  readonly task: Task
  readonly caller: string
  /** Canonical hash of the operation and its input, without the key. */
  readonly inputHash: string
}

/** A key that was seen before answers with the first task, whatever has become of it. */
export type BeginResult =
  | { readonly kind: 'BEGUN'; readonly task: Task }
  | { readonly kind: 'EXISTING'; readonly task: Task; readonly inputHash: string }

/** The idempotency key is taken per caller and operation. */
export interface IdempotencyScope {
  readonly caller: string
  readonly operation: Task['operation']
  readonly key: string
}

/** The members of a task that change; what is left out stays. */
export type TaskPatch = Partial<
  Pick<
    Task,
    | 'vendorOperation'
    | 'vendorTaskId'
    | 'target'
    | 'targetName'
    | 'dispatch'
    | 'state'
    | 'progressPercent'
    | 'stage'
    | 'endedAt'
    | 'startedBy'
    | 'problem'
    | 'warnings'
  >
> & { readonly sent?: readonly WireCall[] }

export interface TaskQuery {
  readonly siteNames: readonly string[] | null
  readonly states: readonly TaskState[] | null
  readonly operations: readonly Task['operation'][] | null
  /** Global ids of replications and groups. */
  readonly targetIds: readonly string[] | null
  /** Number of tasks wanted, newest first. */
  readonly limit: number
  /** Only tasks older than this one (its global id); null starts with the newest. */
  readonly olderThan: string | null
}

export interface TaskPage {
  readonly tasks: readonly Task[]
  /** Number of tasks that match, whatever the page. */
  readonly totalCount: number
  readonly hasMore: boolean
}

/**
 * Durable memory of everything the gateway asked and saw: task rows, their append-only events, idempotency keys.
 *
 * @throws STORE problems as plain errors; `operations` turns them into refusals before anything is sent.
 */
export interface Journal extends AsyncDisposable {
  /**
   * One durable transaction: takes the key, or answers with the task that has it. After it resolves, the intent
   * survives a crash.
   */
  begin(intent: Intent): Promise<BeginResult>
  /** The task that holds the key, or null. */
  findByKey(scope: IdempotencyScope): Promise<{ readonly task: Task; readonly inputHash: string } | null>
  /** Marks the intent as SENT, durably. Call it before the first byte leaves. */
  markSent(taskId: string): Promise<Task>
  /** The call never left: removes the task and frees its key. */
  release(taskId: string): Promise<void>
  /** Changes a task and appends the event. A final task does not change: answers with it and appends nothing. */
  update(taskId: string, patch: TaskPatch, kind: TaskEvent['kind'], at: Date): Promise<Task>

  getTask(taskId: string): Promise<Task | null>
  listTasks(query: TaskQuery): Promise<TaskPage>
  /** Tasks that are not final, of one site. */
  listOpenTasks(siteName: string): Promise<readonly Task[]>
  /** Tasks that are not final, of one target. */
  listOpenTasksOf(targetId: string): Promise<readonly Task[]>
  /** Events of one task with a sequence above `after`, oldest first. */
  readEvents(taskId: string, after: number, limit: number): Promise<readonly TaskEvent[]>
  /** The highest sequence that an event has; 0 in an empty journal. */
  lastSequence(): Promise<number>
}
