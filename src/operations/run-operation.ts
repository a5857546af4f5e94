import { requireCapability } from '../domain/capabilities.ts'
import type { CommandOf } from '../domain/command.ts'
import { DomainError, findProblem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Task } from '../domain/task.ts'
import type { Viewer } from '../domain/viewer.ts'
import { KeyedLock } from '../std/keyed-lock.ts'
import {
  isHindrance,
  listExclusiveIds,
  requireAllowed,
  requireIdle,
  requireKeyAndReason,
  requireOwnOptions,
  requireRpo,
  requireScope,
  toHindered,
  withPendingOptions,
} from './checks.ts'
import { dismissAlert, type AlertInput } from './dismiss-alert.ts'
import type { OperationResult, TargetInput, TargetOperation } from './operation.ts'
import { requireAlert, requireSite, requireTarget } from './parse-ids.ts'
import { readFresh } from './read-fresh.ts'
import { checkRecovery } from './recovery-checks.ts'
import { toInputHash, toPreparedTask, toRequestDraft, type Ready, type Request } from './request.ts'
import { sendOnce } from './send-once.ts'
import { UnsentIntents } from './unsent-intents.ts'
import { startReplication, type StartReplicationInput } from './start-replication.ts'

/** What every operation needs from outside. */
export interface OperationDependencies {
  readonly directory: TargetDirectory
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
}

/** What an open task on the same target means for a request. */
interface Exclusion {
  readonly ids: readonly string[]
  readonly isHindrance: (open: Task) => boolean
  readonly toRefusal: (open: Task) => DomainError
}

interface Run extends Request {
  /** One run at a time under this word, so that a second press finds the first one in the journal. */
  readonly lockKey: string
  readonly getReady: (signal: AbortSignal) => Promise<Ready & { readonly exclusion: Exclusion | null }>
}

// A fresh read of the target and whatever the translation needs to read; the send has the adapter's own deadline.
const checksDeadlineMs = 30_000

/**
 * The one path of every mutation: authorise, validate, resolve the target, idempotency, fresh read, capability, state,
 * running-operation and split-brain checks, intent and audit entry in one transaction, send once, journal the answer.
 * Tracking takes it from the journal. What is refused on the way has an audit entry too, and comes back as data.
 */
export class OperationRunner {
  readonly #deps: OperationDependencies
  readonly #lock = new KeyedLock()
  readonly #unsent: UnsentIntents

  constructor(deps: OperationDependencies) {
    this.#deps = deps
    this.#unsent = new UnsentIntents(deps.journal)
  }

  /** Runs an action on something that exists. */
  async runOnTarget<I extends TargetInput>(
    operation: TargetOperation<I>,
    input: I,
    viewer: Viewer,
  ): Promise<OperationResult> {
    const request: Request = { operation: operation.operation, input, viewer, subjectId: input.targetId }
    return this.#audited(request, async () => {
      requireScope(viewer, operation.scope)
      const target = requireTarget(input.targetId)
      const options = requireOwnOptions(input.options, target.vendor)
      const asked = operation.toCommand(input, target, options)
      const getReady: Run['getReady'] = async (signal) => {
        const { directory, journal, clock } = this.#deps
        const { adapter, fresh } = await readFresh(directory, input.targetId, target, signal)
        const capabilities = adapter.capabilities()
        requireAllowed(asked, fresh, capabilities)
        if (asked.operation === 'UPDATE') requireRpo(asked.rpoSeconds, capabilities)
        const ids = await listExclusiveIds(fresh, directory)
        await requireIdle(asked, fresh, { ids, capabilities, journal, now: clock.now() })
        const command = await withPendingOptions(asked, fresh.object.id, journal)
        const call = await adapter.prepare(command, signal)
        const guard = operation.toGuard?.(input)
        const checked =
          guard === undefined
            ? { overriddenRisks: [], warnings: [] }
            : await checkRecovery(
                this.#deps,
                { command, fresh, calls: call.calls, guard, reason: input.reason },
                signal,
              )
        const exclusion: Exclusion = {
          ids,
          isHindrance: (open) => isHindrance(command, open, clock.now()),
          toRefusal: (open) => toHindered(fresh, capabilities, open),
        }
        return { adapter, call, target, targetName: fresh.object.name, options, ...checked, exclusion }
      }
      return this.#run({ ...request, lockKey: input.targetId, getReady })
    })
  }

  /** Starts a replication that does not exist yet. */
  async start(input: StartReplicationInput, viewer: Viewer): Promise<OperationResult> {
    const request: Request = { operation: 'START_REPLICATION', input, viewer, subjectId: input.siteId }
    return this.#audited(request, async () => {
      requireScope(viewer, startReplication.scope)
      requireOwnOptions([input.work, ...input.options], requireSite(input.siteId))
      const { description, rpoSeconds, slaProfileId, work } = input
      const command: CommandOf<'START_REPLICATION'> = {
        operation: 'START_REPLICATION',
        description,
        rpoSeconds,
        slaProfileId,
        workKind: work.kind,
        work: work.value,
      }
      const getReady: Run['getReady'] = async (signal) => {
        const adapter = await this.#deps.directory.reachAdapterOfSite(input.siteId)
        if (adapter === null) throw DomainError.notFound(input.siteId, `No configured site has the id ${input.siteId}`)
        requireRpo(rpoSeconds, adapter.capabilities())
        return { adapter, call: await adapter.prepare(command, signal), ...withoutTarget }
      }
      const lockKey = `${input.siteId}/${viewer.name}/${input.idempotencyKey}`
      return this.#run({ ...request, lockKey, getReady })
    })
  }

  /** Puts an alert aside or takes that back. */
  async runOnAlert(
    operation: 'DISMISS_ALERT' | 'UNDISMISS_ALERT',
    input: AlertInput,
    viewer: Viewer,
  ): Promise<OperationResult> {
    const request: Request = { operation, input, viewer, subjectId: input.alertId }
    return this.#audited(request, async () => {
      requireScope(viewer, dismissAlert.scope)
      const alertNativeId = requireAlert(input.alertId)
      const getReady: Run['getReady'] = async (signal) => {
        const adapter = await this.#deps.directory.findAdapterOfAlert(input.alertId)
        if (adapter === null) throw DomainError.notFound(input.alertId, `No site raises the alert ${input.alertId} now`)
        requireCapability(adapter.capabilities(), operation, adapter.vendor)
        return { adapter, call: await adapter.prepare({ operation, alertNativeId }, signal), ...withoutTarget }
      }
      return this.#run({ ...request, lockKey: input.alertId, getReady })
    })
  }

  async #run(run: Run): Promise<OperationResult> {
    requireKeyAndReason(run.input.idempotencyKey, run.input.reason)
    return this.#lock.run(run.lockKey, async () => {
      await this.#unsent.releaseAll()
      const { viewer, operation, input } = run
      const scope = { caller: viewer.name, operation, key: input.idempotencyKey }
      const seen = await this.#deps.journal.findByKey(scope)
      if (seen !== null) return this.#replay(seen, run)
      const ready = await run.getReady(AbortSignal.timeout(checksDeadlineMs))
      return this.#sendNew(run, ready)
    })
  }

  /** Refusals become data, with an audit entry. Where that cannot be written, this is the refusal. */
  async #audited(request: Request, work: () => Promise<OperationResult>): Promise<OperationResult> {
    try {
      try {
        return await work()
      } catch (error) {
        const problem = findProblem(error)
        const at = this.#deps.clock.now()
        await this.#deps.journal.appendAudit(toRequestDraft(request, { kind: 'REFUSED', problem }, { task: null, at }))
        throw error
      }
    } catch (error) {
      const problem = findProblem(error)
      if (problem === null) throw error
      return { kind: 'REFUSED', problem }
    }
  }

  async #replay(found: { readonly task: Task; readonly inputHash: string }, run: Run): Promise<OperationResult> {
    const { task, inputHash } = found
    if (inputHash !== toInputHash(run)) {
      const message = `The key was used before for another ${run.operation}: use a new key for a new intention`
      throw new DomainError({ code: 'IDEMPOTENCY_MISMATCH', message, originalTaskId: task.id })
    }
    // What did not happen the first time is answered as it was then: the same key never sends twice.
    const problem = task.dispatch === 'NOT_SENT' ? task.problem : null
    const at = this.#deps.clock.now()
    await this.#deps.journal.appendAudit(toRequestDraft(run, { kind: 'REPLAYED', problem }, { task, at }))
    return problem === null ? { kind: 'STARTED', task, replayed: true } : { kind: 'REFUSED', problem }
  }

  async #sendNew(run: Run, { exclusion, ...ready }: Awaited<ReturnType<Run['getReady']>>): Promise<OperationResult> {
    const task = toPreparedTask(run, ready, this.#deps.clock.now())
    const begun = await this.#deps.journal.begin({
      task,
      caller: run.viewer.name,
      inputHash: toInputHash(run),
      exclusiveIds: exclusion?.ids ?? [],
      isHindrance: exclusion?.isHindrance ?? (() => false),
    })
    if (begun.kind === 'EXISTING') return this.#replay(begun, run)
    // Only another gateway on the same store comes here: in this one the lock and the check before have seen it.
    if (begun.kind === 'BLOCKED') throw exclusion?.toRefusal(begun.by) ?? new Error('Blocked by what was not asked for')
    return sendOnce({ ...this.#deps, unsent: this.#unsent }, begun.task, ready.call)
  }
}

const withoutTarget = {
  target: null,
  targetName: null,
  options: null,
  overriddenRisks: [],
  warnings: [],
  exclusion: null,
} as const
