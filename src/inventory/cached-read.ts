import { DomainError, findProblem, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'

/** The newest good answer of one read, and how the last try went. */
export interface Reading<T> {
  /** Null until the read has succeeded once. */
  readonly value: T | null
  readonly observedAt: Date | null
  /** Why the last try failed; null when it succeeded. */
  readonly problem: Problem | null
  /** Grows with every good answer. */
  readonly version: number
}

/** One read of one site: however many ask, at most one is under way, and nobody asks while the answer is young. */
export class CachedRead<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>
  readonly #clock: Clock
  readonly #deadlineMs: number
  readonly #siteName: string
  #last: Reading<T> = { value: null, observedAt: null, problem: null, version: 0 }
  #triedAt: Date | null = null
  #flight: Promise<Reading<T>> | null = null
  #isOutdated = false

  constructor(options: {
    readonly siteName: string
    readonly clock: Clock
    readonly deadlineMs: number
    readonly read: (signal: AbortSignal) => Promise<T>
  }) {
    this.#siteName = options.siteName
    this.#clock = options.clock
    this.#deadlineMs = options.deadlineMs
    this.#read = options.read
  }

  get last(): Reading<T> {
    return this.#last
  }

  /** What was read is no longer true: the next {@link CachedRead.get} asks again. */
  outdate(): void {
    this.#isOutdated = true
  }

  /** An answer that is at most `maxAgeMs` old, or the last good one with the reason why there is no newer. */
  async get(maxAgeMs: number): Promise<Reading<T>> {
    // A flight that began before something changed does not count as an answer to who asks after it.
    if (this.#isOutdated && this.#flight !== null) await this.#flight
    if (!this.#isOutdated && this.#isYoung(maxAgeMs)) return this.#last
    this.#flight ??= this.#refresh()
    return this.#flight
  }

  /** A failed try is as good as a young answer: asking again at once would only wear the site out. */
  #isYoung(maxAgeMs: number): boolean {
    if (this.#triedAt === null) return false
    return this.#clock.now().getTime() - this.#triedAt.getTime() < maxAgeMs
  }

  async #refresh(): Promise<Reading<T>> {
    const startedAt = this.#clock.now()
    this.#isOutdated = false
    try {
      const value = await this.#read(AbortSignal.timeout(this.#deadlineMs))
      this.#last = { value, observedAt: startedAt, problem: null, version: this.#last.version + 1 }
    } catch (error) {
      this.#last = { ...this.#last, problem: findProblem(error) ?? this.#unexpected(error) }
    } finally {
      this.#triedAt = startedAt
      this.#flight = null
    }
    return this.#last
  }

  #unexpected(error: unknown): Problem {
    const message = `The answer of ${this.#siteName} could not be read`
    return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.#siteName, cause: error }).problem
  }
}
