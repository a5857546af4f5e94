/** The right to do something that only one gateway on a store does at a time. */
export interface Lease {
  /** What it is the right to. */
  readonly name: string
  /** Grows whenever the right goes from one holder to another: what is written under an older one is refused. */
  readonly fence: number
}

/**
 * What subscribers may want to hear of, at whichever gateway they are: what others start at the vendors, and what changes on
 * replications and groups.
 */
export type Interest = 'TASKS' | 'PROTECTION'

/** A write that was made under a lease which somebody else has by now. Nothing was written. */
export class LeaseLostError extends Error {
  constructor({ name }: Lease) {
    super(`Another gateway on the same store does this now: ${name}`)
    this.name = 'LeaseLostError'
  }
}

/**
 * Who does what, among the gateways on one store. A gateway that has a store for itself always has every lease.
 *
 * A lease ends by itself when its holder does not renew it, by the clock of the database and nobody else's. A holder that
 * stood still finds out when it goes on, and may do a little more before it does: that is what the fence is for.
 */
export interface Leases {
  /** A name that no other process has, nor has ever had. */
  readonly replica: string
  /**
   * Wants a lease until the result is disposed of, and does the work whenever it has it; never twice at a time.
   *
   * @param work Must come to its end soon after `lost` aborts, and must not reject. One that ends earlier keeps the lease.
   */
  hold(name: string, work: (lease: Lease, lost: AbortSignal) => Promise<void>): AsyncDisposable
  /**
   * False when others may take this gateway for dead by now: it stood still, or could not say for too long that it lives. What
   * it has said that it would send must not leave then. Asks nobody, so it is true only for as long as nothing waits.
   */
  isAlive(): boolean
  /**
   * The gateways that live, this one included. Whoever has made something that can be read was alive before.
   *
   * @throws STORE_BUSY, STORE_UNAVAILABLE
   */
  listLiving(): Promise<ReadonlySet<string>>
  /** Calls whenever a gateway on the store has died. The call must not throw. */
  onDeath(call: () => void): Disposable
  /**
   * Somebody here waits for what the holder of this lease does: another gateway that has it is told so within about a second.
   * Does nothing where nobody has it; may be lost.
   */
  nudge(name: string): void
  /** Calls with the name of a lease whose holder another gateway nudges, whoever that is. The call must not throw. */
  onNudge(call: (name: string) => void): Disposable
  /** Somebody here wants to hear of it until the result is disposed of; every gateway knows of it within about 2 seconds. */
  show(interest: Interest): Disposable
  /** Whether somebody at any gateway wants to hear of it, as far as is known here. */
  isWanted(interest: Interest): boolean
  /** Calls whenever something is wanted that was not wanted before. The call must not throw. */
  onWanted(call: (interest: Interest) => void): Disposable
}
