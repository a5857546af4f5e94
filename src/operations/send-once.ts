import { DomainError, findProblem, type ProblemCode } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal, TaskPatch } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Acceptance, PreparedCall } from '../domain/ports/vendor-adapter.ts'
import type { Task } from '../domain/task.ts'
import type { OperationResult } from './operation.ts'

interface SendDependencies {
  readonly directory: TargetDirectory
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
}

// Longer than any adapter's own deadline over all the calls of one command: this only ends a wait that would never end.
const sendDeadlineMs = 120_000

const toPatch = (acceptance: Acceptance, now: Date): TaskPatch =>
  acceptance.kind === 'TASK'
    ? { dispatch: 'ACCEPTED', vendorTaskId: acceptance.vendorTaskId, stage: 'accepted by the vendor' }
    : { dispatch: 'ACCEPTED', state: 'SUCCEEDED', stage: 'done', progressPercent: 100, endedAt: now }

/** Nothing reached the vendor: the same key may be sent again. */
const reachedNobody: ReadonlySet<ProblemCode> = new Set(['VENDOR_UNAVAILABLE'])

/** The call may have been taken although no proper answer came. */
const leavesDoubt: ReadonlySet<ProblemCode> = new Set(['OUTCOME_UNKNOWN', 'CANCELLED', 'TIMEOUT', 'VENDOR_PROTOCOL'])

/**
 * Sends what the journal holds as PREPARED, at most once, and journals what the vendor said. The answer to a lost answer
 * is a started task in OUTCOME_UNKNOWN: it can be watched, and it is never sent again.
 */
export const sendOnce = async (deps: SendDependencies, task: Task, call: PreparedCall): Promise<OperationResult> => {
  const { journal, clock } = deps
  const sent = await journal.markSent(task.id)
  const answer = await sendAndCatch(call, sent)
  if (answer.kind === 'FAILED') return settleFailure(deps, sent, answer.error)
  deps.directory.forget(task)
  const now = clock.now()
  const accepted = await journal.update(task.id, toPatch(answer, now), 'STATE_CHANGE', now)
  return { kind: 'STARTED', task: accepted, replayed: false }
}

const sendAndCatch = async (
  call: PreparedCall,
  task: Task,
): Promise<Acceptance | { readonly kind: 'FAILED'; readonly error: unknown }> => {
  try {
    const operationId = task.request?.operationId ?? task.id
    return await call.send({ operationId, signal: AbortSignal.timeout(sendDeadlineMs) })
  } catch (error) {
    return { kind: 'FAILED', error }
  }
}

const settleFailure = async (deps: SendDependencies, task: Task, error: unknown): Promise<OperationResult> => {
  const { journal, clock, logger } = deps
  const now = clock.now()
  const problem = findProblem(error)
  if (problem !== null && reachedNobody.has(problem.code)) {
    await journal.release(task.id)
    return { kind: 'REFUSED', problem }
  }
  if (problem !== null && !leavesDoubt.has(problem.code)) {
    const stage = 'refused by the vendor'
    const patch: TaskPatch = { dispatch: 'NOT_SENT', state: 'FAILED', stage, problem, endedAt: now }
    await journal.update(task.id, patch, 'STATE_CHANGE', now)
    return { kind: 'REFUSED', problem }
  }
  logger.error('The answer to a call that changes something was lost', { taskId: task.id, error: String(error) })
  const unknown = outcomeUnknown(task, error).problem
  const patch: TaskPatch = { state: 'OUTCOME_UNKNOWN', stage: 'the answer of the vendor was lost', problem: unknown }
  return { kind: 'STARTED', task: await journal.update(task.id, patch, 'STATE_CHANGE', now), replayed: false }
}

/** What the vendor said, where it said something that leaves the outcome open. */
const toVendorWords = (cause: unknown) => {
  const problem = findProblem(cause)
  if (problem === null || !('vendorCode' in problem)) return {}
  const { vendorCode, vendorMessage, httpStatus } = problem
  return { vendorCode, vendorMessage, httpStatus }
}

const outcomeUnknown = (task: Task, cause: unknown): DomainError =>
  DomainError.vendor({
    ...toVendorWords(cause),
    code: 'OUTCOME_UNKNOWN',
    message: `${task.operation} was sent to ${task.siteName} and its answer was lost: look at the vendor before you repeat it`,
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
    retry: 'never',
    cause,
  })
