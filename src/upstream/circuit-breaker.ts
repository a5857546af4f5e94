import type { BreakerState } from '../domain/site.ts'

/** What became of a call that the breaker let through. */
export type Outcome =
  /** The site answered. */
  | 'ANSWERED'
  /** The site failed: transport, timeout, or an answer that says so. */
  | 'FAILED'
  /** Nothing was learned about the site, e.g. the caller went away. */
  | 'UNDECIDED'

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly threshold: number
  /** How long it stays open the first time; doubled with every probe that fails. */
  readonly openMs: number
  readonly maxOpenMs: number
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number
}

type State =
  | { readonly name: 'CLOSED' }
  | { readonly name: 'OPEN'; readonly until: number; readonly openMs: number }
  | { readonly name: 'HALF_OPEN'; readonly openMs: number }

const closed: State = { name: 'CLOSED' }

/**
 * Stops calling a site that fails, and tries it again with one probe at a time. Calls that it does not let through are
 * refused at once; none waits. It counts on a clock that the wall clock's jumps do not move.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions
  #state: State = closed
  #failures = 0
  #failuresBeforeAnswer = 0

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get state(): BreakerState {
    return this.#state.name
  }

  /** How long an open breaker still refuses; 0 where it would let a probe through. */
  get remainingMs(): number {
    return this.#state.name === 'OPEN' ? Math.max(0, this.#state.until - this.#options.now()) : 0
  }

  /**
   * Lets a call through, or answers with null. The caller must say once what became of it. Only a call that `mayProbe`
   * is let through to find out whether the site has recovered.
   */
  tryPass(mayProbe: boolean): ((outcome: Outcome) => void) | null {
    if (this.#state.name === 'CLOSED') return (outcome) => this.#settle(outcome)
    if (this.#state.name === 'HALF_OPEN' || !mayProbe || this.remainingMs > 0) return null
    const probed = this.#state
    this.#state = { name: 'HALF_OPEN', openMs: probed.openMs }
    return (outcome) => this.#settleProbe(outcome, probed.openMs)
  }

  /**
   * An answer that counted as one turned out to be none: takes its credit back and counts a failure. Straight after a
   * probe it opens the breaker again.
   */
  reportNonsense(): void {
    if (this.#state.name !== 'CLOSED') return
    this.#failures = Math.max(this.#failures, this.#failuresBeforeAnswer) + 1
    if (this.#failures >= this.#options.threshold) this.#open(this.#options.openMs)
  }

  #settle(outcome: Outcome): void {
    // Stragglers that were let through before it opened say nothing about the time since.
    if (this.#state.name !== 'CLOSED' || outcome === 'UNDECIDED') return
    if (outcome === 'ANSWERED') {
      this.#failuresBeforeAnswer = this.#failures
      this.#failures = 0
      return
    }
    this.#failures += 1
    if (this.#failures >= this.#options.threshold) this.#open(this.#options.openMs)
  }

  #settleProbe(outcome: Outcome, openMs: number): void {
    if (outcome === 'FAILED') {
      this.#open(Math.min(openMs * 2, this.#options.maxOpenMs))
    } else if (outcome === 'UNDECIDED') {
      this.#state = { name: 'OPEN', until: this.#options.now(), openMs }
    } else {
      this.#state = closed
      this.#failures = 0
      this.#failuresBeforeAnswer = this.#options.threshold - 1
    }
  }

  #open(openMs: number): void {
    this.#state = { name: 'OPEN', until: this.#options.now() + openMs, openMs }
    this.#failures = 0
    this.#failuresBeforeAnswer = 0
  }
}
