import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { AuditDraft, AuditKind } from '../domain/audit.ts'
import type { VendorOptions } from '../domain/command.ts'
import type { Problem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { PreparedCall, VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Place } from '../domain/reach.ts'
import type { Task, TaskTarget } from '../domain/task.ts'
import type { Viewer } from '../domain/viewer.ts'
import { toCanonicalJson } from '../std/canonical-json.ts'
import type { OperationInput } from './operation.ts'

/** One press of a button: who wants what, before anything is looked at. */
export interface Request {
  readonly operation: Exclude<Task['operation'], 'OTHER'>
  readonly input: OperationInput
  readonly viewer: Viewer
  /** Of the request that brought it; null where nobody says. */
  readonly requestId: string | null
  /** Global id of what it is about: a target, an alert, a site. */
  readonly subjectId: string
  /** Where that stands, as far as the caller may know. */
  readonly tellPlaces: () => readonly Place[]
}

/** Everything checked and translated; all that is left is to write it down and send it. */
export interface Ready {
  readonly adapter: VendorAdapter
  readonly call: PreparedCall
  readonly target: TaskTarget | null
  readonly targetName: string | null
  readonly places: readonly Place[]
  readonly options: VendorOptions | null
  readonly overriddenRisks: readonly string[]
  readonly warnings: readonly Problem[]
}

/** The same text for the same operation and input, whatever the key. Lower-case hex SHA-256. */
export const toInputHash = ({ operation, input: { given } }: Request): string => {
  const { idempotencyKey: _key, ...meaning } = given
  return createHash('sha256')
    .update(toCanonicalJson({ operation, ...meaning }))
    .digest('hex')
}

/**
 * The name of one call at the vendor: whoever searches the vendor's log for the request finds all that it has sent. No two
 * calls have the same, whatever ids callers choose: lost answers are found by it. At most 102 characters: a request id
 * has 64, and 81 with the number of an operation on a socket.
 */
const toOperationId = (requestId: string | null): string =>
  requestId === null ? `drg-${randomUUID()}` : `drg-${requestId}.${randomBytes(8).toString('hex')}`

/** The task that is written down before anything is sent. */
export const toPreparedTask = ({ operation, input, viewer, requestId }: Request, ready: Ready, now: Date): Task => {
  const { adapter, call, target, targetName, places, options, overriddenRisks, warnings } = ready
  const { vendor, siteName } = adapter
  return {
    id: toGlobalId('Task', vendor, randomUUID()),
    vendor,
    siteName,
    operation,
    vendorOperation: null,
    vendorTaskId: null,
    target,
    targetName: targetName ?? call.newName,
    places,
    dispatch: 'PREPARED',
    state: 'ACCEPTED',
    progressPercent: null,
    stage: 'sending',
    startedAt: now,
    updatedAt: now,
    endedAt: null,
    startedBy: viewer.name,
    problem: null,
    warnings,
    request: {
      idempotencyKey: input.idempotencyKey,
      requestedBy: viewer.name,
      requestedAt: now,
      requestId,
      operationId: toOperationId(requestId),
      reason: input.reason,
      input: input.given,
      sent: call.calls,
      options,
      decision: call.decision,
      overriddenRisks,
    },
    awaitingSince: null,
    autoDecisionAt: null,
    unfinishedSend: null,
    reconciliation: null,
  }
}

/** The audit entry of a request that made no task. */
export const toRequestDraft = (
  { operation, input, viewer, requestId, subjectId, tellPlaces }: Request,
  outcome: { readonly kind: Extract<AuditKind, 'REFUSED' | 'REPLAYED'>; readonly problem: Problem | null },
  seen: { readonly task: Task | null; readonly at: Date },
): AuditDraft => ({
  at: seen.at,
  kind: outcome.kind,
  caller: viewer.name,
  operation,
  targetId: subjectId,
  targetName: seen.task?.targetName ?? null,
  siteName: seen.task?.siteName ?? null,
  places: seen.task?.places ?? tellPlaces(),
  taskId: seen.task?.id ?? null,
  requestId,
  operationId: null,
  idempotencyKey: input.idempotencyKey,
  reason: input.reason,
  input: input.given,
  problem: outcome.problem,
  overriddenRisks: [],
  evidence: [],
})
