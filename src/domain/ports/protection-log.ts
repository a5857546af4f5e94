import type { ProtectionChange, ProtectionEvent } from '../protection-event.ts'
import type { Lease } from './leases.ts'

/** How an object was when it was last looked at, reduced to what counts as a change. */
export interface ProtectionState {
  /** Global id. */
  readonly id: string
  /** By name of the public field; compared as text. */
  readonly fields: Readonly<Record<string, string>>
  /** When something that a test failover would have to prove anew last changed; null when that was never seen. */
  readonly configurationChangedAt: Date | null
}

/**
 * Durable memory of what changed on replications and groups, and of how they were last seen: what changes while the
 * gateway is down is found at the first look after it starts.
 *
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export interface ProtectionLog {
  /** How every object was last seen. */
  listStates(): Promise<readonly ProtectionState[]>
  /**
   * One transaction: appends the changes in this order, and replaces the states of what was added or changed and removes
   * those of what was removed.
   */
  append(changes: readonly ProtectionChange[], states: readonly ProtectionState[]): Promise<readonly ProtectionEvent[]>
  /** Events with a sequence above `after`, oldest first. */
  readEvents(after: number, limit: number): Promise<readonly ProtectionEvent[]>
  /** The lowest and the highest sequence that the log holds; both 0 when it has never held any. */
  bounds(): Promise<{ readonly first: number; readonly last: number }>
  /** Forgets events older than this, and the oldest beyond `mostEvents`. Sequence numbers are not given again. */
  prune(before: Date, mostEvents: number): Promise<void>
  /** The same log, whose writes fail with a LeaseLostError, and write nothing, once another gateway has the lease. */
  under(lease: Lease): ProtectionLog
}
