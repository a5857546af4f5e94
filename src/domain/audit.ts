import type { Operation } from './actions.ts'
import type { Problem } from './errors.ts'
import { toGlobalId } from './global-id.ts'
import type { Place } from './reach.ts'
import type { Sight } from './sight.ts'
import type { Task } from './task.ts'

/** What happened to something that was asked for. One request has several entries: what was intended, and what came. */
export const auditKinds = [
  'INTENDED',
  'REFUSED',
  'REPLAYED',
  'NOT_SENT',
  'ACCEPTED',
  'REFUSED_BY_VENDOR',
  'OUTCOME_UNKNOWN',
  'ADOPTED',
  'DID_NOT_HAPPEN',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** One entry before it has its place in the chain. */
export interface AuditDraft {
  readonly at: Date
  readonly kind: AuditKind
  /** Who asked. */
  readonly caller: string
  readonly operation: Operation
  /** Global id of what it was asked for; null for what does not exist yet. */
  readonly targetId: string | null
  readonly targetName: string | null
  readonly siteName: string | null
  /** The ends of what it was asked for; empty where these are not known. */
  readonly places: readonly Place[]
  /** Null where no task was made. */
  readonly taskId: string | null
  /** The request that asked for it; null where that is not known. */
  readonly requestId: string | null
  /** Finds the call in the vendor's log; null where nothing was sent. */
  readonly operationId: string | null
  readonly idempotencyKey: string
  readonly reason: string | null
  /** As the caller gave it. */
  readonly input: unknown
  /** Why not; null where nothing went wrong. */
  readonly problem: Problem | null
  /** Risks that the caller was told of and accepted, for people. */
  readonly overriddenRisks: readonly string[]
  /** What a lost outcome was found out by, for people. */
  readonly evidence: readonly string[]
}

/** One entry in its place. */
export interface AuditEntry extends AuditDraft {
  /** From 1, without gaps. */
  readonly sequence: number
  /** Lower-case hex SHA-256 over the entry before and this one. */
  readonly hash: string
}

export interface AuditQuery {
  /** Only what is in sight; null is everything. */
  readonly sight: Sight | null
  readonly kinds: readonly AuditKind[] | null
  readonly callers: readonly string[] | null
  readonly operations: readonly Operation[] | null
  readonly targetIds: readonly string[] | null
  readonly taskIds: readonly string[] | null
  /** Both ends inclusive; null is open. */
  readonly from: Date | null
  readonly to: Date | null
  readonly limit: number
  /** Only entries before this one; null starts with the newest. */
  readonly beforeSequence: number | null
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly totalCount: number
  readonly hasMore: boolean
}

/** What a check of the whole chain has found. */
export type AuditVerdict =
  /** `headHash` is that of the last entry: whoever notes it elsewhere can tell later that nothing was cut off. */
  | { readonly kind: 'WHOLE'; readonly entryCount: number; readonly headHash: string | null }
  /** The first entry that is not as it was written, and what is wrong with it, for people. */
  | { readonly kind: 'BROKEN'; readonly sequence: number; readonly reason: string }

/** How a task stands, in the words of the audit log; null while there is nothing new to say. */
const toKind = ({ state, dispatch, reconciliation }: Task): AuditKind | null => {
  if (reconciliation?.verdict === 'DID_NOT_HAPPEN') return 'DID_NOT_HAPPEN'
  if (dispatch === 'NOT_SENT') return 'REFUSED_BY_VENDOR'
  if (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED' || state === 'OUTCOME_UNKNOWN') return state
  if (reconciliation?.verdict === 'ADOPTED') return 'ADOPTED'
  return dispatch === 'ACCEPTED' ? 'ACCEPTED' : null
}

/** What an entry about a task asked for here says, whatever its kind. */
export const toTaskDraft = (task: Task, kind: AuditKind, at: Date): AuditDraft | null => {
  const { request, target } = task
  if (request === null) return null
  return {
    at,
    kind,
    caller: request.requestedBy,
    operation: task.operation,
    targetId: target === null ? null : toGlobalId(target.kind, target.vendor, target.nativeId),
    targetName: task.targetName,
    siteName: task.siteName,
    places: task.places,
    taskId: task.id,
    requestId: request.requestId,
    operationId: request.operationId,
    idempotencyKey: request.idempotencyKey,
    reason: request.reason,
    input: request.input,
    problem: task.problem,
    overriddenRisks: request.overriddenRisks,
    evidence: task.reconciliation?.evidence ?? [],
  }
}

/** The entry that a change of a task calls for; null where its outcome is what it was, and for the work of others. */
export const toChangeDraft = (before: Task, after: Task, at: Date): AuditDraft | null => {
  const kind = toKind(after)
  return kind === null || kind === toKind(before) ? null : toTaskDraft(after, kind, at)
}
