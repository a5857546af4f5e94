import type { Problem } from '../errors.ts'
import type { AuditDraft, AuditPage, AuditQuery, AuditVerdict } from '../audit.ts'
import type { Sight } from '../sight.ts'
import type { Task, TaskEvent, TaskState, WireCall } from '../task.ts'
import type { Lease } from './leases.ts'

/** What the gateway is about to ask of a vendor. */
export interface Intent {
  /** PREPARED, with its request. */
  readonly task: Task
  readonly caller: string
  /** Canonical hash of the operation and its input, without the key. */
  readonly inputHash: string
  /** Global ids of which at most one task may be open, unless {@link Intent.isHindrance} lets another one pass. */
  readonly exclusiveIds: readonly string[]
  /** Whether an open task on one of {@link Intent.exclusiveIds} stands in the way. Pure. */
  readonly isHindrance: (open: Task) => boolean
}

/** A key that was seen before answers with the first task, whatever has become of it. */
export type BeginResult =
  | { readonly kind: 'BEGUN'; readonly task: Task }
  | { readonly kind: 'EXISTING'; readonly task: Task; readonly inputHash: string }
  /** Another task is open on the same target. Nothing was written. */
  | { readonly kind: 'BLOCKED'; readonly by: Task }

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
    | 'places'
    | 'dispatch'
    | 'state'
    | 'progressPercent'
    | 'stage'
    | 'endedAt'
    | 'startedBy'
    | 'problem'
    | 'warnings'
    | 'awaitingSince'
    | 'autoDecisionAt'
    | 'unfinishedSend'
    | 'reconciliation'
  >
> & { readonly sent?: readonly WireCall[] }

/** One change of one task, for {@link Journal.updateAll}. */
export interface TaskUpdate {
  readonly taskId: string
  readonly patch: TaskPatch
  readonly kind: TaskEvent['kind']
  readonly at: Date
}

export interface TaskQuery {
  /** Only what is in sight; null is everything. */
  readonly sight: Sight | null
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

/** Where the events of the journal begin and end. */
export interface EventBounds {
  /**
   * The lowest sequence from which nothing was pruned: whoever resumes after a sequence below `completeFrom - 1` has
   * missed events. 1 in a journal that was never pruned.
   */
  readonly completeFrom: number
  /** The highest sequence that an event has or had: those of a task that was taken back are gone. 0 in an empty journal. */
  readonly last: number
}

/** A task that is about to be sent, or was sent and has no answer yet. */
export interface OpenIntent {
  readonly task: Task
  /** The gateway that has begun it: see `Leases.replica`. Null where an older one has. */
  readonly replica: string | null
}

/** How long an idempotency key is kept after it was taken. That of a task that is not final is kept longer. */
export const keyLifetimeMs = 30 * 24 * 60 * 60 * 1000

/**
 * Durable memory of everything the gateway asked and saw: task rows, their append-only events, idempotency keys, and the
 * audit log, whose entries are chained by hash.
 *
 * Whatever changes the outcome of a task that was asked for here writes its audit entry in the same transaction: see
 * `domain/audit.ts`.
 *
 * @throws STORE_BUSY when the store was locked for too long, STORE_UNAVAILABLE when it cannot be written or read.
 */
export interface Journal extends AsyncDisposable {
  /**
   * One durable transaction: takes the key, looks for other open work on the target, writes the intent and its audit
   * entry. After it resolves, the intent survives a crash.
   */
  begin(intent: Intent): Promise<BeginResult>
  /** The task that holds the key, or null: also when the key is older than {@link keyLifetimeMs} and its task final. */
  findByKey(scope: IdempotencyScope): Promise<{ readonly task: Task; readonly inputHash: string } | null>
  /**
   * Marks the intent as SENT, durably. Call it before the first byte leaves.
   *
   * @throws STORE_BUSY too when another gateway on the same store has taken the intent back. Whoever asks must not send.
   */
  markSent(taskId: string): Promise<Task>
  /**
   * The call never left, or started nothing: removes the task and frees its key. Does nothing when the task is gone, its
   * dispatch is no longer `from`, or it is OUTCOME_UNKNOWN: another gateway may have sent it meanwhile, or have told
   * somebody of it.
   *
   * @param problem Why, for the audit log; null when the process that wanted it has died.
   */
  release(taskId: string, from: 'PREPARED' | 'SENT', problem: Problem | null): Promise<void>
  /**
   * Who has sent the intent will not tell what was answered: it becomes OUTCOME_UNKNOWN, for `problem`. Does nothing when the
   * task is gone, is no longer SENT, or is OUTCOME_UNKNOWN already: another gateway may have come first.
   */
  loseAnswer(taskId: string, problem: Problem, at: Date): Promise<void>
  /**
   * Changes a task and appends the event. A final task does not change, and one that the vendor has accepted does not become
   * NOT_SENT: answers with it and appends nothing.
   */
  update(taskId: string, patch: TaskPatch, kind: TaskEvent['kind'], at: Date): Promise<Task>
  /**
   * The same for several changes, in their order and in as few transactions as lets others have their turn in between: what
   * one look at a site has found costs one flush to the disk, not one for each task.
   *
   * @returns the tasks in the order of their changes; null for one that the journal does not hold, which stops no other.
   */
  updateAll(updates: readonly TaskUpdate[]): Promise<readonly (Task | null)[]>

  /**
   * Takes over a task that somebody else has started: FOREIGN, without a request, with its `vendorTaskId`. Where a task of
   * the same vendor has this `vendorTaskId` already, whoever started it and whichever site listed it, answers with that
   * one and writes nothing. A FOREIGN task goes, with its events, when {@link Journal.update} gives its `vendorTaskId` to
   * a task that was started here.
   */
  adoptForeign(task: Task): Promise<Task>

  /** Appends an entry for what made no task: a refusal, or a key that was seen before. */
  appendAudit(draft: AuditDraft): Promise<void>
  /** The newest first. */
  listAudit(query: AuditQuery): Promise<AuditPage>
  /** Reads the whole chain, the oldest first, and reckons every hash again. */
  verifyAudit(): Promise<AuditVerdict>

  getTask(taskId: string): Promise<Task | null>
  /** Those that are there, by their ids, in one read. */
  findTasks(taskIds: readonly string[]): Promise<ReadonlyMap<string, Task>>
  listTasks(query: TaskQuery): Promise<TaskPage>
  /** Tasks that are not final, of one site. */
  listOpenTasks(siteName: string): Promise<readonly Task[]>
  /**
   * What is about to be sent or was sent without an answer, of all gateways on the store and all sites; not what is
   * OUTCOME_UNKNOWN. The oldest first.
   */
  listIntents(): Promise<readonly OpenIntent[]>
  /** Tasks that are not final, of one target. */
  listOpenTasksOf(targetId: string): Promise<readonly Task[]>
  /** Events with a sequence above `after`, oldest first: of one task, or of all with null. */
  readEvents(taskId: string | null, after: number, limit: number): Promise<readonly TaskEvent[]>
  /** The highest sequence that an event has; 0 in an empty journal. */
  lastSequence(): Promise<number>
  /** Where the events begin and end. */
  eventBounds(): Promise<EventBounds>
  /**
   * Forgets events that are older than `before`, and the oldest beyond `mostEvents`; the last event of each task stays.
   *
   * @returns how many went.
   */
  pruneEvents(before: Date, mostEvents: number): Promise<number>
  /** The same journal, whose writes fail with a LeaseLostError, and write nothing, once another gateway has the lease. */
  under(lease: Lease): Journal
}
