import { DomainError, findProblem, type Problem, type ProblemCode } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal, TaskPatch } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Acceptance, PreparedCall } from '../domain/ports/vendor-adapter.ts'
import type { Task } from '../domain/task.ts'
import type { OperationResult } from './operation.ts'
import type { UnsentIntents } from './unsent-intents.ts'

interface SendDependencies {
  readonly unsent: UnsentIntents
  readonly directory: Pick<TargetDirectory, 'forget'>
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
  /** See `Leases.isAlive`. */
  readonly isAlive: () => boolean
}

// Longer than any adapter's own deadline over all the calls of one command: this only ends a wait that would never end.
const sendDeadlineMs = 120_000

const toPatch = (acceptance: Acceptance, now: Date): TaskPatch =>
  acceptance.kind === 'TASK'
    ? { dispatch: 'ACCEPTED', vendorTaskId: acceptance.vendorTaskId, stage: 'accepted by the vendor' }
    : { dispatch: 'ACCEPTED', state: 'SUCCEEDED', stage: 'done', progressPercent: 100, endedAt: now }

/** Nothing reached the vendor, or nothing that starts anything: the same key may be sent again. */
const startedNothing: ReadonlySet<ProblemCode> = new Set(['VENDOR_UNAVAILABLE', 'STORE_BUSY', 'STORE_UNAVAILABLE'])

const stoodStill = 'The gateway stood still, or lost its store, just before the call was to leave. Nothing was sent'

/** The call may have been taken although no proper answer came. */
const leavesDoubt: ReadonlySet<ProblemCode> = new Set(['OUTCOME_UNKNOWN', 'CANCELLED', 'TIMEOUT', 'VENDOR_PROTOCOL'])

/**
 * Sends what the journal holds as PREPARED, at most once, and journals what the vendor said. The answer to a lost answer
 * is a started task in OUTCOME_UNKNOWN: it can be watched, and it is never sent again.
 */
export const sendOnce = async (deps: SendDependencies, task: Task, call: PreparedCall): Promise<OperationResult> => {
  let sent: Task
  try {
    sent = await deps.journal.markSent(task.id)
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null) throw error
    return giveBack(deps, task, problem)
  }
  const answer = await sendAndCatch(deps, call, sent)
  if (answer.kind === 'HELD_BACK') return settleHeldBack(deps, sent)
  if (answer.kind === 'FAILED') return settleFailure(deps, sent, answer.error)
  deps.directory.forget(task)
  return { kind: 'STARTED', task: await write(deps, sent, toPatch(answer, deps.clock.now())), replayed: false }
}

/**
 * Journals what has become of a call that has left. Where that fails, the answer is given all the same: a task that stays
 * SENT is looked for at the vendor, by this process or the next.
 */
const write = async ({ journal, clock, logger }: SendDependencies, task: Task, patch: TaskPatch): Promise<Task> => {
  const now = clock.now()
  try {
    return await journal.update(task.id, patch, 'STATE_CHANGE', now)
  } catch (error) {
    logger.error('What the vendor has answered could not be journalled', { taskId: task.id, error: String(error) })
    const { sent: _sent, ...members } = patch
    return { ...task, ...members, updatedAt: now }
  }
}

/**
 * Nothing was sent: the key is free again. Where not even that can be written, it is tried again before the next run. What
 * was called lost meanwhile, because this gateway stood still for long, has been given to clients: it ends, and stays.
 */
const giveBack = async (deps: SendDependencies, task: Task, problem: Problem): Promise<OperationResult> => {
  const { unsent, logger, journal, clock } = deps
  const { id, dispatch } = task
  const error = await unsent.release({ id, from: dispatch === 'SENT' ? 'SENT' : 'PREPARED', problem })
  if (error !== null) {
    logger.error('An intent that was not sent could not be taken back', { taskId: id, error: String(error) })
  } else if (dispatch === 'SENT') {
    const left = await journal.getTask(id).catch(() => null)
    const patch = { dispatch: 'NOT_SENT', state: 'FAILED', stage: 'did not happen', unfinishedSend: null } as const
    if (left?.state === 'OUTCOME_UNKNOWN') await write(deps, left, { ...patch, problem, endedAt: clock.now() })
  }
  return { kind: 'REFUSED', problem }
}

/** What was not taken: the error, or that it did not leave because others may take this gateway for dead. */
type Failure = { readonly kind: 'FAILED'; readonly error: unknown } | { readonly kind: 'HELD_BACK' }

const sendAndCatch = async (
  { journal, clock, isAlive }: SendDependencies,
  call: PreparedCall,
  task: Task,
): Promise<Acceptance | Failure> => {
  let isHeldBack = false
  const mayLeave = (): boolean => {
    isHeldBack ||= !isAlive()
    return !isHeldBack
  }
  const operationId = task.request?.operationId ?? task.id
  const remember = async (unfinishedSend: string | null): Promise<void> => {
    const stage = unfinishedSend === null ? 'sending' : 'preparing at the site'
    await journal.update(task.id, { unfinishedSend, stage }, 'STATE_CHANGE', clock.now())
  }
  try {
    return await call.send({ operationId, signal: AbortSignal.timeout(sendDeadlineMs), remember, mayLeave })
  } catch (error) {
    const hasStartedNothing = startedNothing.has(findProblem(error)?.code ?? 'OUTCOME_UNKNOWN')
    return isHeldBack && hasStartedNothing ? { kind: 'HELD_BACK' } : { kind: 'FAILED', error }
  }
}

/**
 * Another gateway may look for it already, as for what a dead one has sent, and have told so: then it ends as what was not
 * sent. Where not even that can be written, it is found out there.
 */
const settleHeldBack = async (deps: SendDependencies, sent: Task): Promise<OperationResult> => {
  deps.logger.warn('A call did not leave because this gateway stood still before it', { taskId: sent.id })
  const known = await deps.journal.getTask(sent.id).catch(() => null)
  if (known?.state !== 'OUTCOME_UNKNOWN') {
    return giveBack(deps, sent, DomainError.store('STORE_BUSY', `${stoodStill}: send it again`, null).problem)
  }
  const { problem } = DomainError.store('STORE_BUSY', `${stoodStill}: send it again with a new key`, null)
  const endedAt = deps.clock.now()
  const reconciliation = { verdict: 'DID_NOT_HAPPEN', evidence: [stoodStill], at: endedAt } as const
  const end = { dispatch: 'NOT_SENT', state: 'FAILED', stage: 'not sent', endedAt, unfinishedSend: null } as const
  await write(deps, sent, { ...end, problem, reconciliation })
  return { kind: 'REFUSED', problem }
}

const settleFailure = async (deps: SendDependencies, task: Task, error: unknown): Promise<OperationResult> => {
  const problem = findProblem(error)
  if (problem !== null && startedNothing.has(problem.code)) return giveBack(deps, task, problem)
  if (problem !== null && !leavesDoubt.has(problem.code)) {
    const stage = 'refused by the vendor'
    const endedAt = deps.clock.now()
    await write(deps, task, { dispatch: 'NOT_SENT', state: 'FAILED', stage, problem, endedAt, unfinishedSend: null })
    return { kind: 'REFUSED', problem }
  }
  deps.logger.error('The answer to a call that changes something was lost', { taskId: task.id, error: String(error) })
  const unknown = outcomeUnknown(task, error).problem
  const patch: TaskPatch = { state: 'OUTCOME_UNKNOWN', stage: 'the answer of the vendor was lost', problem: unknown }
  return { kind: 'STARTED', task: await write(deps, task, patch), replayed: false }
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
