import type { LimitName, ServerLimits } from './limit-table.ts'

/** Lets so many through in a second, and as many at once after a quiet second, or `burst`. */
export class TokenBucket {
  readonly perSecond: number
  readonly #burst: number
  readonly #now: () => number
  #tokens: number
  #filledAt: number

  /**
   * @param now Milliseconds of a clock that never goes back.
   * @param burst How many may come at once when nobody has come for long.
   */
  constructor(perSecond: number, now: () => number = () => performance.now(), burst = perSecond) {
    this.perSecond = perSecond
    this.#burst = burst
    this.#now = now
    this.#tokens = burst
    this.#filledAt = now()
  }

  /** False when there is nothing left just now. */
  take(): boolean {
    this.#fill()
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** True when nobody has taken anything for a while. */
  get isFull(): boolean {
    this.#fill()
    return this.#tokens >= this.#burst
  }

  /** How long until there is something left; 0 where there is. */
  get waitMs(): number {
    this.#fill()
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / this.perSecond) * 1000
  }

  #fill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond)
    this.#filledAt = now
  }
}

/** What one caller has under way. */
interface Caller {
  bucket: TokenBucket
  operations: number
  sockets: number
}

// Callers come from tokens that somebody has issued, but a busy identity provider issues many.
const callersBetweenSweeps = 1_000

/** Counts what each caller does, over all transports together. A caller who does nothing costs nothing. */
export class CallerLimits {
  readonly #limits: ServerLimits
  readonly #now: () => number
  readonly #callers = new Map<string, Caller>()
  #sweepAt = callersBetweenSweeps

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(limits: ServerLimits, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#now = now
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#callers.size
  }

  /** Counts one request or operation; false when there were too many just now. */
  admit(name: string): boolean {
    return this.#callerOf(name).bucket.take()
  }

  /** Counts a query or mutation until it is disposed of; null when too many are under way. */
  beginOperation(name: string): Disposable | null {
    return this.#claim(name, 'operations', 'maxConcurrentOperations')
  }

  /** Counts a socket or event stream until it is disposed of; null when too many are open. */
  openSocket(name: string): Disposable | null {
    return this.#claim(name, 'sockets', 'maxSocketsPerCaller')
  }

  #claim(name: string, what: 'operations' | 'sockets', limit: LimitName): Disposable | null {
    const caller = this.#callerOf(name)
    if (caller[what] >= this.#limits[limit]) return null
    caller[what] += 1
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (!isOver) caller[what] -= 1
        isOver = true
      },
    }
  }

  #callerOf(name: string): Caller {
    const perSecond = this.#limits.maxRequestsPerSecond
    const known = this.#callers.get(name)
    if (known !== undefined) {
      if (known.bucket.perSecond !== perSecond) known.bucket = new TokenBucket(perSecond, this.#now)
      return known
    }
    if (this.#callers.size >= this.#sweepAt) this.#sweep()
    const caller = { bucket: new TokenBucket(perSecond, this.#now), operations: 0, sockets: 0 }
    this.#callers.set(name, caller)
    return caller
  }

  #sweep(): void {
    for (const [name, { bucket, operations, sockets }] of this.#callers) {
      if (operations === 0 && sockets === 0 && bucket.isFull) this.#callers.delete(name)
    }
    this.#sweepAt = this.#callers.size + callersBetweenSweeps
  }
}
