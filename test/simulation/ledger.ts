import type { AuditKind } from '../../src/domain/audit.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { isFinal, type Task, type TaskEvent } from '../../src/domain/task.ts'
import type { MemoryStore } from '../support/memory-journal.ts'
import type { Arrival, SimulatedVendor, VendorGroup } from './simulated-vendor.ts'

/** Names a task in a message: whose, which operation, which key. */
export const nameTask = ({ operation, targetName, request }: Task): string =>
  `${operation} of ${targetName} (${request?.requestedBy}, ${request?.idempotencyKey})`

const scopeOf = ({ operation, request }: Task): string =>
  `${request?.requestedBy} ${operation} ${request?.idempotencyKey}`

const targetIdOf = ({ target }: Task): string | null =>
  target && toGlobalId(target.kind, target.vendor, target.nativeId)

const finalKinds: ReadonlySet<AuditKind> = new Set([
  'REFUSED_BY_VENDOR',
  'DID_NOT_HAPPEN',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
])

/** How a target stands after what leaves something to be seen there. */
const effects: Partial<Record<Task['operation'], (group: VendorGroup) => boolean>> = {
  FAILOVER: ({ phase }) => phase === 'AWAITING_COMMIT',
  COMMIT_FAILOVER: ({ phase }) => phase === 'RECOVERED',
  PAUSE: ({ isPaused }) => isPaused,
  RESUME: ({ isPaused }) => !isPaused,
}

const decisions: ReadonlySet<Task['operation']> = new Set(['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER'])

/** C3, in the simulation's own words: only a decision may come beside what waits for it. */
const mayBeside = (begun: Task, open: Task): boolean =>
  decisions.has(begun.operation) && open.state === 'AWAITING_DECISION'

/** Holds the journal against the vendor's record, step by step, and says what is not as it was promised. */
export class Ledger {
  readonly violations: string[] = []
  readonly #store: MemoryStore
  #vendor: SimulatedVendor | null = null
  /** What every caller's key has set off at the vendor. */
  readonly #arrivedOf = new Map<string, string>()
  readonly #lastEventOf = new Map<string, TaskEvent>()
  #seenSequence = 0

  constructor(store: MemoryStore) {
    this.#store = store
  }

  watch(vendor: SimulatedVendor): void {
    this.#vendor = vendor
  }

  /** A1: a call reaches the vendor at most once for each key, and only what the journal knows as sent. */
  noteArrival({ operationId, operation }: Arrival): void {
    const task = this.#findByOperationId(operationId)
    if (task === null) {
      this.violations.push(`The vendor receives ${operation}, of which the journal knows nothing`)
      return
    }
    if (task.dispatch === 'PREPARED') this.violations.push(`${nameTask(task)} is received and was not marked as sent`)
    const before = this.#arrivedOf.get(scopeOf(task))
    if (before !== undefined) this.violations.push(`The vendor receives ${nameTask(task)} for the second time`)
    this.#arrivedOf.set(scopeOf(task), operationId)
  }

  /** Looks at what the journal has gained since the last step. */
  checkStep(): void {
    for (const event of this.#takeNewEvents()) {
      const before = this.#lastEventOf.get(event.task.id)
      this.#lastEventOf.set(event.task.id, event)
      if (before === undefined) this.#checkBegun(event.task)
      else this.#checkChange(before.task, event.task)
      this.#checkTruth(event.task)
    }
  }

  /** What must be so when everything has come to rest and somebody has looked for what was lost. */
  checkRest(): void {
    for (const accepted of this.#vendor?.accepted.values() ?? []) {
      const task = this.#findByOperationId(accepted.operationId)
      if (task === null) this.violations.push(`Nothing is known of ${accepted.operation}, which the vendor accepted`)
      else if (!this.#isTwin(task) && (task.dispatch !== 'ACCEPTED' || task.state === 'OUTCOME_UNKNOWN')) {
        this.violations.push(`${nameTask(task)} was accepted and is ${task.dispatch} ${task.state} in the end`)
      }
    }
    const scopes = new Set<string>()
    for (const task of this.#store.tasks.values()) {
      this.#checkEnd(task)
      if (scopes.has(scopeOf(task))) this.violations.push(`There are two tasks like ${nameTask(task)}`)
      scopes.add(scopeOf(task))
    }
  }

  /** What the subscribers of each gateway were told: all of it, in the order of the journal. */
  checkHeard(heard: readonly (readonly TaskEvent[])[]): void {
    const told = new Set<number>()
    for (const events of heard) {
      let last = 0
      for (const { sequence } of events) {
        if (sequence <= last) this.violations.push(`Event ${sequence} is told after event ${last}`)
        last = sequence
        told.add(sequence)
      }
    }
    for (const { sequence } of this.#store.events) {
      if (!told.has(sequence)) this.violations.push(`Nobody was told of event ${sequence}`)
    }
  }

  /** A5: what was intended is in the audit log, and how it ended. */
  #checkAudit(task: Task): void {
    const kinds = this.#store.drafts.filter(({ taskId }) => taskId === task.id).map(({ kind }) => kind)
    const ends = kinds.filter((kind) => finalKinds.has(kind))
    const isRight =
      kinds.filter((kind) => kind === 'INTENDED').length === 1 && ends.length === (isFinal(task.state) ? 1 : 0)
    if (!isRight) this.violations.push(`The audit log says of ${nameTask(task)}: ${kinds.join(', ')}`)
  }

  #isKnownToVendor({ request }: Task): boolean {
    return this.#vendor?.accepted.has(request?.operationId ?? '') === true
  }

  /** Nobody can tell two lost starts of one name apart where the vendor keeps no operation ids: both stay open. */
  #isTwin({ id, operation, targetName, state, warnings }: Task): boolean {
    if (operation !== 'START_REPLICATION' || state !== 'OUTCOME_UNKNOWN' || warnings.length === 0) return false
    return [...this.#store.tasks.values()].some(
      (other) => other.id !== id && other.operation === operation && other.targetName === targetName,
    )
  }

  #findByOperationId(operationId: string): Task | null {
    return [...this.#store.tasks.values()].find(({ request }) => request?.operationId === operationId) ?? null
  }

  #takeNewEvents(): readonly TaskEvent[] {
    const { events, lastSequence } = this.#store
    if (lastSequence === this.#seenSequence) return []
    const fresh = events.filter(({ sequence }) => sequence > this.#seenSequence)
    this.#seenSequence = lastSequence
    return fresh
  }

  #checkBegun(task: Task): void {
    const targetId = targetIdOf(task)
    if (targetId === null) return
    for (const open of this.#store.tasks.values()) {
      if (open.id === task.id || isFinal(open.state) || targetIdOf(open) !== targetId) continue
      if (!mayBeside(task, open)) {
        this.violations.push(`${nameTask(task)} begins beside ${nameTask(open)}, which is ${open.state}`)
      }
    }
  }

  #checkChange(before: Task, after: Task): void {
    if (isFinal(before.state)) this.violations.push(`${nameTask(after)} was ${before.state} and changes`)
    if ((after.progressPercent ?? 0) < (before.progressPercent ?? 0)) {
      this.violations.push(`The progress of ${nameTask(after)} goes back`)
    }
  }

  /** What the journal says has to be what the vendor has done. */
  #checkTruth(task: Task): void {
    const accepted = this.#vendor?.accepted.get(task.request?.operationId ?? '') ?? null
    const { dispatch, state, reconciliation, vendorTaskId } = task
    const name = nameTask(task)
    if (accepted === null) {
      const isClaimed = dispatch === 'ACCEPTED' || state === 'SUCCEEDED' || reconciliation?.verdict === 'ADOPTED'
      if (isClaimed && !this.#isShownByTarget(task)) {
        this.violations.push(`${name} is ${dispatch} ${state}, and the vendor never accepted it`)
      }
      return
    }
    if (dispatch === 'NOT_SENT')
      this.violations.push(`${name} is said not to have happened, and the vendor accepted it`)
    if (vendorTaskId !== null && vendorTaskId !== accepted.vendorTaskId) {
      this.violations.push(`${name} is taken for ${vendorTaskId}, and is ${accepted.vendorTaskId}`)
    }
    const work = this.#vendor?.works.find(({ id }) => id === accepted.vendorTaskId)
    if (work !== undefined && state === 'SUCCEEDED' && work.fails)
      this.violations.push(`${name} SUCCEEDED, and has failed`)
    if (work !== undefined && state === 'FAILED' && !work.fails) this.violations.push(`${name} FAILED, and has not`)
  }

  /**
   * Whoever paused, committed or failed over what was to be: the target is as it was to become, and that is what the task
   * says it has gone by.
   */
  #isShownByTarget({ operation, target, vendorTaskId, reconciliation }: Task): boolean {
    const group = this.#vendor?.groups.get(target?.nativeId ?? '')
    if (group === undefined || vendorTaskId !== null || reconciliation?.verdict !== 'ADOPTED') return false
    return effects[operation]?.(group) === true
  }

  #checkEnd(task: Task): void {
    const { dispatch, state, warnings } = task
    if (dispatch === 'PREPARED') this.violations.push(`${nameTask(task)} stays PREPARED`)
    // What did not arrive may have left the target as it would be if it had: to say so is all that can be asked for.
    const isSaidToBeUnclear = state === 'OUTCOME_UNKNOWN' && warnings.length > 0 && !this.#isKnownToVendor(task)
    const mayStay = state === 'AWAITING_DECISION' || isSaidToBeUnclear || this.#isTwin(task)
    if (!isFinal(state) && !mayStay) this.violations.push(`${nameTask(task)} stays ${dispatch} ${state}`)
    this.#checkAudit(task)
    const last = this.#store.events.findLast((event) => event.task.id === task.id)
    if (last === undefined || last.task.state !== state) {
      this.violations.push(`The last event of ${nameTask(task)} does not say how it is`)
    }
    if (task.unfinishedSend !== null && this.#vendor?.openStarts.has(task.unfinishedSend) === true) {
      this.violations.push(`${nameTask(task)} is over, and ${task.unfinishedSend} is still open at the vendor`)
    }
  }
}
