import { DomainError, findProblem } from '../domain/errors.ts'
import { withFields } from '../domain/ports/logger.ts'
import { traced, type Tracer, type TraceSpan } from '../domain/ports/tracer.ts'
import { isTaskInSight } from '../domain/sight.ts'
import type { Task } from '../domain/task.ts'
import { KeyedLock } from '../std/keyed-lock.ts'
import { findAnswered } from './answered-key.ts'
import { toAlertAttempt } from './attempt-on-alert.ts'
import { toTargetAttempt } from './attempt-on-target.ts'
import { toStartAttempt } from './attempt-to-start.ts'
import type { Asking, Attempt, OperationDependencies, Steps } from './attempt.ts'
import { requireKeyAndReason } from './checks.ts'
import type { AlertInput } from './dismiss-alert.ts'
import type { OperationResult, TargetInput, TargetOperation } from './operation.ts'
import { toInputHash, toPreparedTask, toRequestDraft } from './request.ts'
import { sendOnce } from './send-once.ts'
import type { StartReplicationInput } from './start-replication.ts'
import { UnsentIntents } from './unsent-intents.ts'

type Run = Attempt & Steps

// A fresh read of the target and whatever the translation needs to read; the send has the adapter's own deadline.
const checksDeadlineMs = 30_000

/** How a request was answered, for a trace: the code of its refusal, where it was refused. */
const toResultWord = (result: OperationResult): string => {
  if (result.kind === 'REFUSED') return result.problem.code
  return result.replayed ? 'REPLAYED' : 'STARTED'
}

/**
 * The one path of every mutation: scope, validate, resolve the target, idempotency, reach, fresh read, capability, state,
 * running-operation and split-brain checks, intent and audit entry in one transaction, send once, journal the answer.
 * Tracking takes it from the journal. What is refused on the way has an audit entry too, and comes back as data.
 */
export class OperationRunner {
  readonly #deps: OperationDependencies
  readonly #lock = new KeyedLock()
  readonly #unsent: UnsentIntents
  readonly #tracer: Tracer | null

  constructor(deps: OperationDependencies) {
    this.#deps = deps
    this.#unsent = new UnsentIntents(deps.journal)
    this.#tracer = deps.tracer ?? null
  }

  /** Runs an action on something that exists. */
  runOnTarget<I extends TargetInput>(
    operation: TargetOperation<I>,
    input: I,
    asking: Asking,
  ): Promise<OperationResult> {
    return this.#attempt(toTargetAttempt(this.#deps, operation, input, asking))
  }

  /** Starts a replication that does not exist yet. */
  start(input: StartReplicationInput, asking: Asking): Promise<OperationResult> {
    return this.#attempt(toStartAttempt(this.#deps, input, asking))
  }

  /** Puts an alert aside or takes that back. */
  runOnAlert(
    operation: 'DISMISS_ALERT' | 'UNDISMISS_ALERT',
    input: AlertInput,
    asking: Asking,
  ): Promise<OperationResult> {
    return this.#attempt(toAlertAttempt(this.#deps, operation, input, asking))
  }

  #attempt(attempt: Attempt): Promise<OperationResult> {
    return this.#step('operation', attempt, async (span) => {
      const result = await this.#carryOut(attempt)
      span?.note({ 'dr.result': toResultWord(result) })
      return result
    })
  }

  /** Refusals become data, with an audit entry. Where that cannot be written, this is the refusal. */
  async #carryOut(attempt: Attempt): Promise<OperationResult> {
    const sites = this.#deps.holdSites?.()
    try {
      try {
        return await this.#run({ ...attempt, ...attempt.toSteps() })
      } catch (error) {
        const problem = findProblem(error)
        const seen = { task: null, at: this.#deps.clock.now() }
        await this.#deps.journal.appendAudit(toRequestDraft(attempt.request, { kind: 'REFUSED', problem }, seen))
        throw error
      }
    } catch (error) {
      const problem = findProblem(error)
      if (problem === null) throw error
      return { kind: 'REFUSED', problem }
    } finally {
      sites?.[Symbol.dispose]()
    }
  }

  async #run(run: Run): Promise<OperationResult> {
    const { input } = run.request
    requireKeyAndReason(input.idempotencyKey, input.reason)
    const isBound = run.view.touches !== null
    const { clock } = this.#deps
    const findSeen = () => this.#findSeen(run)
    // Before the lock, too: how long somebody else's operation holds it would tell that there is something.
    if (isBound && (await findSeen()) === null) await run.admit()
    return this.#lock.run(run.lockKey, async () => {
      await this.#unsent.releaseAll()
      const seen = await findAnswered(findSeen, clock)
      if (seen !== null) return this.#replay(seen, run)
      if (isBound) await run.admit()
      try {
        const ready = await this.#step('check', run, () => run.getReady(AbortSignal.timeout(checksDeadlineMs)))
        return await this.#sendNew(run, ready)
      } catch (error) {
        // What stands in the way may be the very thing that was asked for, begun by another gateway in the meantime.
        const code = findProblem(error)?.code ?? null
        if (code === null || code === 'STORE_BUSY' || code === 'STORE_UNAVAILABLE') throw error
        const begun = await findAnswered(findSeen, clock)
        if (begun === null) throw error
        return this.#replay(begun, run)
      }
    })
  }

  /** Another gateway has begun the same in the meantime. @throws STORE_BUSY when it has taken that back. */
  async #waitFor(begun: { readonly task: Task; readonly inputHash: string }, run: Run) {
    const seen = await findAnswered(() => this.#findSeen(run), this.#deps.clock)
    if (seen !== null) return seen
    const message = `Another gateway has begun ${begun.task.id} with this key and taken it back: ask again with the same key`
    throw DomainError.store('STORE_BUSY', message, null)
  }

  /**
   * What holds the key of the caller, or null.
   *
   * @throws IDEMPOTENCY_MISMATCH where it was used for something else, and what is absent where the caller may not see it: at
   *   once, so that nobody can tell one from the other by waiting.
   */
  async #findSeen({
    request,
    view,
    toAbsent,
  }: Run): Promise<{ readonly task: Task; readonly inputHash: string } | null> {
    const { viewer, operation, input } = request
    const found = await this.#deps.journal.findByKey({ caller: viewer.name, operation, key: input.idempotencyKey })
    if (found === null) return null
    const { task, inputHash } = found
    if (view.sight !== null && !isTaskInSight(view.sight, task)) throw toAbsent()
    if (inputHash !== toInputHash(request)) {
      const message = `The key was used before for another ${operation}: use a new key for a new intention`
      throw new DomainError({ code: 'IDEMPOTENCY_MISMATCH', message, originalTaskId: task.id })
    }
    return found
  }

  async #replay({ task }: { readonly task: Task }, { request }: Run): Promise<OperationResult> {
    // What did not happen the first time is answered as it was then: the same key never sends twice.
    const problem = task.dispatch === 'NOT_SENT' ? task.problem : null
    const at = this.#deps.clock.now()
    await this.#deps.journal.appendAudit(toRequestDraft(request, { kind: 'REPLAYED', problem }, { task, at }))
    return problem === null ? { kind: 'STARTED', task, replayed: true } : { kind: 'REFUSED', problem }
  }

  async #sendNew(run: Run, { exclusion, ...ready }: Awaited<ReturnType<Run['getReady']>>): Promise<OperationResult> {
    const { request } = run
    const task = toPreparedTask(request, ready, this.#deps.clock.now())
    const begun = await this.#deps.journal.begin({
      task,
      caller: request.viewer.name,
      inputHash: toInputHash(request),
      exclusiveIds: exclusion?.ids ?? [],
      isHindrance: exclusion?.isHindrance ?? (() => false),
    })
    if (begun.kind === 'EXISTING') return this.#replay(await this.#waitFor(begun, run), run)
    // Only another gateway on the same store comes here: in this one the lock and the check before have seen it.
    if (begun.kind === 'BLOCKED') throw exclusion?.toRefusal(begun.by) ?? new Error('Blocked by what was not asked for')
    const logger = withFields(this.#deps.logger, { requestId: request.requestId })
    return this.#step('send', run, async (span) => {
      const result = await sendOnce({ ...this.#deps, logger, unsent: this.#unsent }, begun.task, ready.call)
      const problem = result.kind === 'REFUSED' ? result.problem : result.task.problem
      if (problem !== null) span?.fail(problem.code)
      return result
    })
  }

  #step<T>(name: string, { request }: Pick<Run, 'request'>, work: (span: TraceSpan | null) => Promise<T>): Promise<T> {
    const facts = { 'dr.operation': request.operation.toLowerCase() }
    return traced(this.#tracer, { kind: 'STEP', name, facts }, work)
  }
}
