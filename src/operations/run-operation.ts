import { createHash, randomUUID } from 'node:crypto'
import { requireCapability } from '../domain/capabilities.ts'
import type { CommandOf } from '../domain/command.ts'
import { DomainError, findProblem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import { withGroupFacts } from '../domain/member-facts.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { PreparedCall, VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Replication } from '../domain/replication.ts'
import type { Task, TaskTarget } from '../domain/task.ts'
import type { Scope, Viewer } from '../domain/viewer.ts'
import { toCanonicalJson } from '../std/canonical-json.ts'
import { KeyedLock } from '../std/keyed-lock.ts'
import {
  requireAllowed,
  requireIdle,
  requireKeyAndReason,
  requireOwnOptions,
  requireRpo,
  requireScope,
} from './checks.ts'
import { dismissAlert, type AlertInput } from './dismiss-alert.ts'
import type { FreshTarget, OperationInput, OperationResult, TargetInput, TargetOperation } from './operation.ts'
import { requireAlert, requireTarget } from './parse-ids.ts'
import { sendOnce } from './send-once.ts'
import { startReplication, type StartReplicationInput } from './start-replication.ts'

/** What every operation needs from outside. */
export interface OperationDependencies {
  readonly directory: TargetDirectory
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
}

/** Everything checked and translated; all that is left is to write it down and send it. */
interface Ready {
  readonly adapter: VendorAdapter
  readonly call: PreparedCall
  readonly target: TaskTarget | null
  readonly targetName: string | null
}

interface Run {
  readonly operation: Exclude<Task['operation'], 'OTHER'>
  readonly scope: Scope
  readonly input: OperationInput
  readonly viewer: Viewer
  /** One run at a time under this word, so that a second press finds the first one in the journal. */
  readonly lockKey: string
  readonly getReady: (signal: AbortSignal) => Promise<Ready>
}

// A fresh read of the target and whatever the translation needs to read; the send has the adapter's own deadline.
const checksDeadlineMs = 30_000

const passing = new Set(['VENDOR_UNAVAILABLE', 'TIMEOUT', 'NOT_FOUND', 'VENDOR_PROTOCOL', 'RATE_LIMITED'])

const hashOf = ({ operation, input: { given } }: Run): string => {
  const { idempotencyKey: _key, ...meaning } = given
  return createHash('sha256')
    .update(toCanonicalJson({ operation, ...meaning }))
    .digest('hex')
}

/** A machine as it is now, with what only its group tells. */
const readMember = async (adapter: VendorAdapter, nativeId: string, signal: AbortSignal): Promise<Replication> => {
  const member = await adapter.getReplication(nativeId, signal)
  if (member.groupNativeId === null || !adapter.capabilities().rules.testIsToldByGroup) return member
  return withGroupFacts(member, await adapter.getGroup(member.groupNativeId, signal))
}

/**
 * The one path of every mutation: authorise, validate, resolve the target, idempotency, fresh read, capability, state and
 * running-operation checks, journal the intent, send once, journal the answer. Tracking takes it from the journal.
 */
export class OperationRunner {
  readonly #deps: OperationDependencies
  readonly #lock = new KeyedLock()

  constructor(deps: OperationDependencies) {
    this.#deps = deps
  }

  /** Runs an action on something that exists. Expected refusals come back as data; nothing was sent then. */
  async runOnTarget<I extends TargetInput>(
    operation: TargetOperation<I>,
    input: I,
    viewer: Viewer,
  ): Promise<OperationResult> {
    return this.#refuseAsData(async () => {
      requireScope(viewer, operation.scope)
      const target = requireTarget(input.targetId)
      const command = operation.toCommand(input, target, requireOwnOptions(input.options, target.vendor))
      const getReady = async (signal: AbortSignal): Promise<Ready> => {
        const { adapter, fresh } = await this.#readFresh(input.targetId, target, signal)
        const capabilities = adapter.capabilities()
        requireAllowed(command, fresh, capabilities)
        if (command.operation === 'UPDATE') requireRpo(command.rpoSeconds, capabilities)
        await requireIdle(command, fresh, capabilities, this.#deps.journal)
        return { adapter, call: await adapter.prepare(command, signal), target, targetName: fresh.object.name }
      }
      const { operation: word, scope } = operation
      return this.#run({ operation: word, scope, input, viewer, lockKey: input.targetId, getReady })
    })
  }

  /** Starts a replication that does not exist yet. Expected refusals come back as data; nothing was sent then. */
  async start(input: StartReplicationInput, viewer: Viewer): Promise<OperationResult> {
    return this.#refuseAsData(async () => {
      requireScope(viewer, startReplication.scope)
      const adapter = this.#deps.directory.findAdapterOfSite(input.siteId)
      if (adapter === null) throw DomainError.notFound(input.siteId, `No configured site has the id ${input.siteId}`)
      requireOwnOptions([input.work, ...input.options], adapter.vendor)
      const { description, rpoSeconds, slaProfileId, work } = input
      const command: CommandOf<'START_REPLICATION'> = {
        operation: 'START_REPLICATION',
        description,
        rpoSeconds,
        slaProfileId,
        workKind: work.kind,
        work: work.value,
      }
      const getReady = async (signal: AbortSignal): Promise<Ready> => {
        requireRpo(rpoSeconds, adapter.capabilities())
        return { adapter, call: await adapter.prepare(command, signal), target: null, targetName: null }
      }
      const { scope } = startReplication
      const lockKey = `${input.siteId}/${viewer.name}/${input.idempotencyKey}`
      return this.#run({ operation: 'START_REPLICATION', scope, input, viewer, lockKey, getReady })
    })
  }

  /** Puts an alert aside or takes that back. Expected refusals come back as data; nothing was sent then. */
  async runOnAlert(
    operation: 'DISMISS_ALERT' | 'UNDISMISS_ALERT',
    input: AlertInput,
    viewer: Viewer,
  ): Promise<OperationResult> {
    return this.#refuseAsData(async () => {
      const { scope } = dismissAlert
      requireScope(viewer, scope)
      const alertNativeId = requireAlert(input.alertId)
      const getReady = async (signal: AbortSignal): Promise<Ready> => {
        const adapter = await this.#deps.directory.findAdapterOfAlert(input.alertId)
        if (adapter === null) throw DomainError.notFound(input.alertId, `No site raises the alert ${input.alertId} now`)
        requireCapability(adapter.capabilities(), operation, adapter.vendor)
        const call = await adapter.prepare({ operation, alertNativeId }, signal)
        return { adapter, call, target: null, targetName: null }
      }
      return this.#run({ operation, scope, input, viewer, lockKey: input.alertId, getReady })
    })
  }

  async #run(run: Run): Promise<OperationResult> {
    requireKeyAndReason(run.input.idempotencyKey, run.input.reason)
    return this.#lock.run(run.lockKey, async () => {
      const seen = await this.#findReplay(run)
      if (seen !== null) return seen
      const ready = await run.getReady(AbortSignal.timeout(checksDeadlineMs))
      return this.#sendNew(run, ready)
    })
  }

  async #refuseAsData(work: () => Promise<OperationResult>): Promise<OperationResult> {
    try {
      return await work()
    } catch (error) {
      const problem = findProblem(error)
      if (problem === null) throw error
      return { kind: 'REFUSED', problem }
    }
  }

  async #findReplay(run: Run): Promise<OperationResult | null> {
    const { viewer, operation, input } = run
    const scope = { caller: viewer.name, operation, key: input.idempotencyKey }
    const found = await this.#deps.journal.findByKey(scope)
    return found === null ? null : this.#replay(found, run)
  }

  #replay(found: { readonly task: Task; readonly inputHash: string }, run: Run): OperationResult {
    const { task, inputHash } = found
    if (inputHash !== hashOf(run)) {
      const message = `The key was used before for another ${run.operation}: use a new key for a new intention`
      throw new DomainError({ code: 'IDEMPOTENCY_MISMATCH', message, originalTaskId: task.id })
    }
    // The vendor refused it the first time, and said so: the same call gets the same answer.
    if (task.dispatch === 'NOT_SENT' && task.problem !== null) return { kind: 'REFUSED', problem: task.problem }
    return { kind: 'STARTED', task, replayed: true }
  }

  async #readFresh(
    targetId: string,
    target: TaskTarget,
    signal: AbortSignal,
  ): Promise<{ readonly adapter: VendorAdapter; readonly fresh: FreshTarget }> {
    const { kind, nativeId } = target
    let failure: DomainError | null = null
    for (const adapter of this.#deps.directory.adaptersFor(target)) {
      try {
        const object =
          kind === 'ProtectionGroup'
            ? await adapter.getGroup(nativeId, signal)
            : await readMember(adapter, nativeId, signal)
        return { adapter, fresh: { target, object } }
      } catch (error) {
        if (!(error instanceof DomainError) || !passing.has(error.code)) throw error
        // A site that does not answer says more than one that does not know it.
        if (failure === null || failure.code === 'NOT_FOUND') failure = error
      }
    }
    if (failure === null || failure.code === 'NOT_FOUND') throw DomainError.notFound(targetId)
    throw failure
  }

  async #sendNew(run: Run, ready: Ready): Promise<OperationResult> {
    const task = this.#toTask(run, ready)
    const begun = await this.#deps.journal.begin({ task, caller: run.viewer.name, inputHash: hashOf(run) })
    if (begun.kind === 'EXISTING') return this.#replay(begun, run)
    return sendOnce(this.#deps, begun.task, ready.call)
  }

  #toTask({ operation, input, viewer }: Run, { adapter, call, target, targetName }: Ready): Task {
    const now = this.#deps.clock.now()
    const { vendor, siteName } = adapter
    const nothingYet = {
      vendorOperation: null,
      vendorTaskId: null,
      progressPercent: null,
      endedAt: null,
      problem: null,
    }
    return {
      ...nothingYet,
      id: toGlobalId('Task', vendor, randomUUID()),
      vendor,
      siteName,
      operation,
      target,
      targetName,
      dispatch: 'PREPARED',
      state: 'ACCEPTED',
      stage: 'sending',
      startedAt: now,
      updatedAt: now,
      startedBy: viewer.name,
      warnings: [],
      request: {
        idempotencyKey: input.idempotencyKey,
        requestedBy: viewer.name,
        requestedAt: now,
        operationId: `drg-${randomUUID()}`,
        reason: input.reason,
        input: input.given,
        sent: call.calls,
      },
    }
  }
}
