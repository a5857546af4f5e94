import type { Operation } from '../../src/domain/actions.ts'
import type { RecoveryPhase } from '../../src/domain/protection.ts'
import type { VendorTraits } from './scenario.ts'

/** One call that changes something, as it reaches the vendor. */
export interface Arrival {
  readonly operation: Operation
  readonly operationId: string
  /** Native id of a group; null for a start. */
  readonly targetNativeId: string | null
  readonly targetName: string
}

/** What the vendor made of a call. */
export interface Accepted extends Arrival {
  /** Null where the answer was success and no task. */
  readonly vendorTaskId: string | null
}

export interface VendorWork {
  readonly id: string
  readonly accepted: Accepted
  /** Native id of what it works on; that of the new group for a start. */
  readonly targetNativeId: string
  readonly startedAt: number
  readonly endsAt: number
  readonly fails: boolean
  isOver: boolean
}

export interface VendorGroup {
  readonly nativeId: string
  readonly name: string
  phase: RecoveryPhase
  isPaused: boolean
  /** When it decides by itself; null when it waits for a person, or does not wait. */
  autoDecisionAt: number | null
}

export type Answer =
  | { readonly kind: 'ACCEPTED'; readonly accepted: Accepted }
  | { readonly kind: 'REFUSED'; readonly words: string }

const workMs = 18_000
const decisionMs = 6_000

interface Rule {
  readonly isAllowed: (group: VendorGroup) => boolean
  readonly during: RecoveryPhase | null
}

const rules: Partial<Record<Operation, Rule>> = {
  FAILOVER: {
    isAllowed: ({ phase, isPaused }) => (phase === 'NONE' || phase === 'RECOVERED') && !isPaused,
    during: 'FAILING_OVER',
  },
  COMMIT_FAILOVER: { isAllowed: ({ phase }) => phase === 'AWAITING_COMMIT', during: 'COMMITTING' },
  ROLLBACK_FAILOVER: { isAllowed: ({ phase }) => phase === 'AWAITING_COMMIT', during: 'ROLLING_BACK' },
  PAUSE: { isAllowed: ({ phase, isPaused }) => phase === 'NONE' && !isPaused, during: null },
  RESUME: { isAllowed: ({ phase, isPaused }) => phase === 'NONE' && isPaused, during: null },
}

/** What a vendor holds whatever becomes of the gateways: groups, tasks, and a record of every call that reached it. */
export class SimulatedVendor {
  readonly traits: VendorTraits
  readonly groups = new Map<string, VendorGroup>()
  readonly works: VendorWork[] = []
  /** Every call that it said yes to, by operation id. */
  readonly accepted = new Map<string, Accepted>()
  /** Starts that were opened and neither carried out nor taken away: handle and name. */
  readonly openStarts = new Map<string, string>()
  #opened = 0
  readonly #now: () => number
  readonly #onArrival: (arrival: Arrival) => void

  /** @param onArrival Called for every call that reaches it, before it is looked at. */
  constructor(traits: VendorTraits, now: () => number, onArrival: (arrival: Arrival) => void) {
    this.traits = traits
    this.#now = now
    this.#onArrival = onArrival
    for (const nativeId of ['vpg-1', 'vpg-2']) this.#addGroup(nativeId, nativeId)
  }

  /** Carries out what is due. */
  catchUp(): void {
    const now = this.#now()
    for (const work of this.works) if (!work.isOver && work.endsAt <= now) this.#finish(work)
    for (const group of this.groups.values()) {
      if (group.autoDecisionAt === null || group.autoDecisionAt > now) continue
      if (group.phase === 'AWAITING_COMMIT') {
        group.phase = 'COMMITTING'
        group.autoDecisionAt += decisionMs
      } else {
        group.phase = 'RECOVERED'
        group.autoDecisionAt = null
      }
    }
  }

  /** A call reaches it. */
  take(arrival: Arrival, given: { readonly isRefused: boolean; readonly fails: boolean }): Answer {
    this.catchUp()
    this.#onArrival(arrival)
    const { operation, targetNativeId } = arrival
    const group = targetNativeId === null ? null : (this.groups.get(targetNativeId) ?? null)
    const rule = rules[operation]
    if (given.isRefused) return { kind: 'REFUSED', words: 'not today' }
    if (group !== null && rule?.isAllowed(group) !== true) return { kind: 'REFUSED', words: `it is ${group.phase}` }
    return { kind: 'ACCEPTED', accepted: this.#accept(arrival, group, given.fails) }
  }

  /** Opens a start: nothing begins yet. */
  openStart(name: string): string {
    this.#opened += 1
    const handle = `settings-${this.#opened}`
    this.openStarts.set(handle, name)
    return handle
  }

  /** A call reaches it that starts what was opened before. */
  start(handle: string, arrival: Arrival, given: { readonly isRefused: boolean; readonly fails: boolean }): Answer {
    const isOpen = this.openStarts.delete(handle)
    return this.take(arrival, { ...given, isRefused: given.isRefused || !isOpen })
  }

  #accept(arrival: Arrival, group: VendorGroup | null, fails: boolean): Accepted {
    const isAtOnce = arrival.operation === 'PAUSE'
    const accepted = { ...arrival, vendorTaskId: isAtOnce ? null : `task-${this.works.length + 1}` }
    this.accepted.set(arrival.operationId, accepted)
    if (isAtOnce && group !== null) group.isPaused = true
    if (accepted.vendorTaskId === null) return accepted
    const targetNativeId = group?.nativeId ?? `new-${this.works.length + 1}`
    const during = rules[arrival.operation]?.during ?? null
    if (group !== null && during !== null) group.phase = during
    if (group !== null) group.autoDecisionAt = null
    const startedAt = this.#now()
    const endsAt = startedAt + workMs
    this.works.push({ id: accepted.vendorTaskId, accepted, targetNativeId, startedAt, endsAt, fails, isOver: false })
    return accepted
  }

  #finish(work: VendorWork): void {
    work.isOver = true
    const { operation, targetName } = work.accepted
    const group = this.groups.get(work.targetNativeId)
    if (operation === 'START_REPLICATION' && !work.fails) this.#addGroup(work.targetNativeId, targetName)
    if (group === undefined) return
    if (operation === 'FAILOVER') this.#endFailover(group, work)
    else if (operation === 'COMMIT_FAILOVER') group.phase = work.fails ? 'AWAITING_COMMIT' : 'RECOVERED'
    else if (operation === 'ROLLBACK_FAILOVER') group.phase = work.fails ? 'AWAITING_COMMIT' : 'NONE'
    else if (operation === 'RESUME' && !work.fails) group.isPaused = false
  }

  #endFailover(group: VendorGroup, work: VendorWork): void {
    const { decides, commitsAfterSeconds } = this.traits
    if (work.fails) group.phase = 'NONE'
    else if (!decides) group.phase = 'RECOVERED'
    else {
      group.phase = 'AWAITING_COMMIT'
      if (commitsAfterSeconds !== null) group.autoDecisionAt = work.endsAt + commitsAfterSeconds * 1_000
    }
  }

  #addGroup(nativeId: string, name: string): void {
    this.groups.set(nativeId, { nativeId, name, phase: 'NONE', isPaused: false, autoDecisionAt: null })
  }
}
