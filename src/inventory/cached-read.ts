import { DomainError, findProblem, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import { traced, type TracePlace, type Tracer } from '../domain/ports/tracer.ts'

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

/** What another gateway has found, as it is to be taken over. */
export interface TakenReading<T> extends Omit<Reading<T>, 'version'> {
  /** When the site was asked, well or not. */
  readonly triedAt: Date
  /** Whether what was out of date here was read anew for it. */
  readonly isCurrent: boolean
}

/**
 * Has another gateway read it.
 *
 * @param maxAgeMs How old the answer may be.
 * @returns whether an answer was taken over with {@link CachedRead.take}; else this gateway has to read itself. Must not reject.
 */
export type AskElsewhere = (maxAgeMs: number) => Promise<boolean>

/**
 * How long an answer is waited for from a site that did not answer the last time, or not yet since the start, while there
 * is something older to show. In the disaster everybody asks, and nobody is to wait for what does not come.
 */
export const troublePatienceMs = 1_000

/** One read of one site: however many ask, at most one is under way, and nobody asks while the answer is young. */
export class CachedRead<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>
  readonly #clock: Clock
  readonly #deadlineMs: number
  readonly #siteName: string
  readonly #onSettled: () => void
  readonly #tracer: Tracer | null
  /** What it is called in traces. */
  readonly #name: string
  readonly #elsewhere: AskElsewhere | null
  #last: Reading<T> = { value: null, observedAt: null, problem: null, version: 0 }
  #triedAt: Date | null = null
  #triedHereAt: Date | null = null
  #flight: Promise<Reading<T>> | null = null
  #flightBeganAt: Date | null = null
  /** Where the read that is under way stands; null where it is not written down. */
  #flightPlace: TracePlace | null = null
  #isOutdated = false
  #outdatedAt: Date | null = null
  #hasRead = false
  #isTaken = false
  /** How many times it was tried here. */
  #tries = 0
  /** Which of these tries has given the answer that is known; 0 where it comes from elsewhere. */
  #source = 0

  /**
   * @param options.onSettled Called after every try that was made here, good or not. Must not throw.
   * @param options.elsewhere Where an answer may come from before it is read here. @default null // nowhere
   */
  constructor(options: {
    readonly siteName: string
    readonly clock: Clock
    readonly deadlineMs: number
    readonly read: (signal: AbortSignal) => Promise<T>
    readonly onSettled: () => void
    /** Writes each read down as a part of what it was begun for, and who joins it with a link to it. */
    readonly tracing?: { readonly tracer: Tracer | null; readonly name: string }
    readonly elsewhere?: AskElsewhere | null
  }) {
    this.#siteName = options.siteName
    this.#clock = options.clock
    this.#deadlineMs = options.deadlineMs
    this.#read = options.read
    this.#onSettled = options.onSettled
    this.#tracer = options.tracing?.tracer ?? null
    this.#name = options.tracing?.name ?? 'read'
    this.#elsewhere = options.elsewhere ?? null
  }

  get last(): Reading<T> {
    return this.#last
  }

  /** Whether what is known was read by another gateway. */
  get isTaken(): boolean {
    return this.#isTaken
  }

  /** When it was last tried, here or elsewhere; null before. */
  get triedAt(): Date | null {
    return this.#triedAt
  }

  /** True while what was read is known to be out of date, and no read has begun since. */
  get isOutdated(): boolean {
    return this.#isOutdated
  }

  /** How many times it was tried here: for {@link CachedRead.hasReadSince}. */
  get tries(): number {
    return this.#tries
  }

  /** Whether what is known comes from a try that was begun here after there had been so many. */
  hasReadSince(tries: number): boolean {
    return this.#source > tries
  }

  /** True when it has succeeded in this process: what is known does not only come from a former one, or from elsewhere. */
  get hasRead(): boolean {
    return this.#hasRead
  }

  /** True while an answer is on its way. */
  get isReading(): boolean {
    return this.#flight !== null
  }

  /** What a former process read last. It counts as stale until this one has read it; nothing happens when it has. */
  restore(value: T, observedAt: Date): void {
    if (this.#last.version > 0) return
    const siteName = this.#siteName
    const message = `site ${siteName}: has not answered yet since this gateway was started`
    const { problem } = DomainError.vendor({ code: 'TIMEOUT', message, siteName })
    this.#last = { value, observedAt, problem, version: 1 }
  }

  /** Takes over what another gateway has found, unless it was tried here since. */
  take({ value, observedAt, problem, triedAt, isCurrent }: TakenReading<T>): void {
    if (isCurrent && !this.#isBefore(triedAt, this.#outdatedAt)) this.#isOutdated = false
    if (this.#isBefore(triedAt, this.#triedHereAt)) return
    const isSame = value === this.#last.value && observedAt?.getTime() === this.#last.observedAt?.getTime()
    this.#last = { value, observedAt, problem, version: this.#last.version + (isSame ? 0 : 1) }
    this.#triedAt = triedAt
    this.#source = 0
    this.#isTaken = true
  }

  /** What was read is no longer true: the next {@link CachedRead.get} asks again. */
  outdate(): void {
    this.#isOutdated = true
    this.#outdatedAt = this.#clock.now()
  }

  /**
   * An answer that is at most `maxAgeMs` old, or the last good one with the reason why there is no newer. A site that did
   * not answer the last time is waited for no longer than {@link troublePatienceMs}, if there is something to show.
   */
  async get(maxAgeMs: number): Promise<Reading<T>> {
    const isInTrouble = this.#last.value !== null && this.#last.problem !== null
    return isInTrouble ? this.getSoon(maxAgeMs, troublePatienceMs) : this.getYoung(maxAgeMs)
  }

  /**
   * The same for who cannot wait: a read that has been under way for `patienceMs`, whoever began it, is not waited for any
   * longer, and what is known is the answer.
   */
  async getSoon(maxAgeMs: number, patienceMs: number): Promise<Reading<T>> {
    if (this.isYoung(maxAgeMs)) return this.#last
    const reading = this.getYoung(maxAgeMs)
    const waitedMs = this.#flight === null ? 0 : this.#clock.now().getTime() - (this.#flightBeganAt?.getTime() ?? 0)
    const over = new AbortController()
    const patience = this.#clock.wait(Math.max(0, patienceMs - waitedMs), over.signal)
    await Promise.race([reading, patience])
    over.abort()
    return this.#last
  }

  /** The same for who waits as long as it takes. */
  async getYoung(maxAgeMs: number): Promise<Reading<T>> {
    // A flight that began before something changed does not count as an answer to who asks after it.
    if (this.#isOutdated && this.#flight !== null) await this.#flight
    if (this.isYoung(maxAgeMs)) return this.#last
    if (this.#flight !== null) return this.#join(this.#flight)
    this.#flight = this.#begin(maxAgeMs)
    return this.#flight
  }

  /**
   * Whether nobody would be asked by {@link CachedRead.get}. A failed try is as good as a young answer: asking again at once
   * would only wear the site out.
   */
  isYoung(maxAgeMs: number): boolean {
    if (this.#triedAt === null || this.#isOutdated) return false
    return this.#isWithin(this.#triedAt, maxAgeMs)
  }

  #join(flight: Promise<Reading<T>>): Promise<Reading<T>> {
    if (this.#tracer === null) return flight
    const facts = { 'dr.site': this.#siteName }
    const links = this.#flightPlace === null ? [] : [this.#flightPlace]
    const start = { kind: 'WAIT', name: `wait for ${this.#name}`, facts, links } as const
    return this.#tracer.run(start, () => flight)
  }

  #begin(maxAgeMs: number): Promise<Reading<T>> {
    const start = { kind: 'STEP', name: `read ${this.#name}`, facts: { 'dr.site': this.#siteName } } as const
    return traced(this.#tracer, start, async (span) => {
      this.#flightPlace = span?.place.isSampled === true ? span.place : null
      const reading = await this.#refresh(maxAgeMs)
      if (reading.problem !== null) span?.fail(reading.problem.code)
      return reading
    })
  }

  /** What a clock that was put back takes for the future was long ago. */
  #isWithin(moment: Date, durationMs: number): boolean {
    const passedMs = this.#clock.now().getTime() - moment.getTime()
    return passedMs >= 0 && passedMs < durationMs
  }

  #isBefore(moment: Date, other: Date | null): boolean {
    return other !== null && other <= this.#clock.now() && moment < other
  }

  async #refresh(maxAgeMs: number): Promise<Reading<T>> {
    this.#flightBeganAt = this.#clock.now()
    if (this.#elsewhere !== null && (await this.#elsewhere(this.#toAge(maxAgeMs)))) {
      this.#flight = null
      return this.#last
    }
    return this.#readHere()
  }

  /** What is out of date has to be read after that was known. */
  #toAge(maxAgeMs: number): number {
    if (!this.#isOutdated || this.#outdatedAt === null) return maxAgeMs
    return Math.min(maxAgeMs, Math.max(0, this.#clock.now().getTime() - this.#outdatedAt.getTime()))
  }

  async #readHere(): Promise<Reading<T>> {
    const startedAt = this.#clock.now()
    this.#isOutdated = false
    this.#tries += 1
    const tries = this.#tries
    try {
      const value = await this.#read(AbortSignal.timeout(this.#deadlineMs))
      this.#last = { value, observedAt: startedAt, problem: null, version: this.#last.version + 1 }
      this.#hasRead = true
      this.#source = tries
      this.#isTaken = false
    } catch (error) {
      this.#last = { ...this.#last, problem: findProblem(error) ?? this.#unexpected(error) }
    } finally {
      this.#triedAt = startedAt
      this.#triedHereAt = startedAt
      this.#flight = null
      this.#onSettled()
    }
    return this.#last
  }

  #unexpected(error: unknown): Problem {
    const message = `The answer of ${this.#siteName} could not be read`
    return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.#siteName, cause: error }).problem
  }
}
