import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { HttpClient } from './http-client.ts'

/** What a sign-in gave. */
export interface SignedIn<Way extends string = string> {
  /** In which of the vendor's ways it was done. */
  readonly way: Way
  /** Go with every call. */
  readonly headers: Readonly<Record<string, string>>
  /** How long it lasts. */
  readonly lifetimeSeconds: number
  /** True when every call that is honoured begins the lifetime anew. */
  readonly isSliding: boolean
}

/**
 * Signs in once.
 *
 * @throws VENDOR_REFUSED when the site said no.
 */
export type SignIn<Way extends string = string> = (http: HttpClient, signal: AbortSignal) => Promise<SignedIn<Way>>

/** A session that calls may use. */
export interface Ticket {
  readonly headers: Readonly<Record<string, string>>
}

/** The ticket in use, and how long it is good. */
interface Held extends Ticket {
  readonly lifetimeMs: number
  readonly isSliding: boolean
  /** When it was made or, where its life slides, last honoured. */
  validSince: number
}

/**
 * A ticket is renewed this long before it runs out, or at half its life where that is shorter. Longer than a call may
 * take, so that no call begins with a ticket that ends under way.
 */
const renewBeforeMs = 30_000

/** Refused sign-ins, and tickets that the site never honoured, before sign-ins are held back: accounts get locked. */
const mostFailures = 3
const failureWindowMs = 5 * 60_000

/**
 * The one session of a site: a single sign-in under way however many calls wait for it, renewed in time, and at most
 * three wasted sign-ins in five minutes.
 */
export class SiteSession<Way extends string = string> {
  readonly #siteName: string
  readonly #http: HttpClient
  readonly #signIn: SignIn<Way>
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #ending = new AbortController()
  #ticket: Held | null = null
  #way: Way | null = null
  #isProven = false
  #signingIn: Promise<Ticket> | null = null
  #failures: number[] = []
  #lastRefusal = ''

  constructor(options: {
    readonly siteName: string
    readonly http: HttpClient
    readonly signIn: SignIn<Way>
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#siteName = options.siteName
    this.#http = options.http
    this.#signIn = options.signIn
    this.#clock = options.clock
    this.#logger = options.logger
  }

  /**
   * A ticket that is good for a call of ordinary length. Signs in where needed.
   *
   * @throws VENDOR_REFUSED when the site refused the sign-in, VENDOR_UNAVAILABLE while sign-ins are held back,
   * CANCELLED when `signal` aborted. An abort ends the wait, not the sign-in that others may wait for.
   */
  async getTicket(signal: AbortSignal): Promise<Ticket> {
    if (this.#ticket !== null && this.#isFresh(this.#ticket)) return this.#ticket
    this.#signingIn ??= this.#renew().finally(() => {
      this.#signingIn = null
    })
    return this.#untilAborted(this.#signingIn, signal)
  }

  /** In which way the last sign-in was done; null before the first. */
  get way(): Way | null {
    return this.#way
  }

  /**
   * The site honoured this ticket: whatever becomes of it later, the sign-in was not wasted, and a life that slides
   * begins anew.
   */
  confirm(ticket: Ticket): void {
    if (this.#ticket === null || ticket !== this.#ticket) return
    this.#isProven = true
    if (this.#ticket.isSliding) this.#ticket.validSince = this.#clock.now().getTime()
  }

  /**
   * The site answered 401 to a call with this ticket. It is dropped, so that the next call signs in; one that was good
   * before has simply ended early. With three wasted sign-ins it is kept: an endpoint which always says 401 then costs
   * the other ones nothing. What is said of a kept ticket counts no more, so that the five minutes come to an end.
   */
  reject(ticket: Ticket): void {
    if (ticket !== this.#ticket || this.#isExhausted()) return
    if (!this.#isProven) this.#countFailure()
    if (!this.#isExhausted()) this.#ticket = null
  }

  /** The site answered 401 to the repeated call, with a ticket made for it. Another one would not help. */
  doubt(ticket: Ticket): void {
    if (ticket === this.#ticket && !this.#isProven && !this.#isExhausted()) this.#countFailure()
  }

  /** Ends a sign-in that is under way. */
  end(): void {
    this.#ending.abort()
  }

  #isFresh({ validSince, lifetimeMs }: Held): boolean {
    const ageMs = this.#clock.now().getTime() - validSince
    // A clock that was set back makes the age of a ticket unknown.
    return ageMs >= 0 && ageMs < lifetimeMs - Math.min(renewBeforeMs, lifetimeMs / 2)
  }

  async #renew(): Promise<Ticket> {
    try {
      this.#requirePatience()
      const signedIn = await this.#signIn(this.#http, this.#ending.signal)
      const { way, lifetimeSeconds } = signedIn
      this.#logger.info('signed in', { site: this.#siteName, way, lifetimeSeconds })
      this.#way = way
      this.#ticket = this.#toTicket(signedIn)
      this.#isProven = false
      return this.#ticket
    } catch (error) {
      if (error instanceof DomainError && error.code === 'VENDOR_REFUSED') {
        this.#countFailure()
        this.#lastRefusal = error.message
        this.#logger.warn('sign-in refused', { site: this.#siteName, failures: this.#recentFailures().length })
      }
      throw error
    }
  }

  #toTicket({ headers, isSliding, lifetimeSeconds }: SignedIn): Held {
    const validSince = this.#clock.now().getTime()
    return { headers, isSliding, lifetimeMs: lifetimeSeconds * 1000, validSince }
  }

  #recentFailures(): readonly number[] {
    const now = this.#clock.now().getTime()
    this.#failures = this.#failures.filter((at) => at <= now && now - at < failureWindowMs)
    return this.#failures
  }

  #isExhausted(): boolean {
    return this.#recentFailures().length >= mostFailures
  }

  #countFailure(): void {
    this.#failures = [...this.#failures, this.#clock.now().getTime()].slice(-mostFailures)
  }

  #requirePatience(): void {
    const failures = this.#recentFailures()
    const [oldest] = failures
    if (oldest === undefined || failures.length < mostFailures) return
    const said = this.#lastRefusal === '' ? '' : `; the last time: ${this.#lastRefusal}`
    const retryAfterSeconds = Math.ceil((oldest + failureWindowMs - this.#clock.now().getTime()) / 1000)
    throw DomainError.vendor({
      code: 'VENDOR_UNAVAILABLE',
      message: `site ${this.#siteName}: signing in failed ${failures.length} times and is held back; nothing was sent${said}`,
      siteName: this.#siteName,
      retryAfterSeconds,
    })
  }

  async #untilAborted(work: Promise<Ticket>, signal: AbortSignal): Promise<Ticket> {
    const left = Promise.withResolvers<never>()
    const leave = (): void => left.reject(this.#cancelled())
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([left.promise, work])
    } finally {
      signal.removeEventListener('abort', leave)
      // Those who left do not hear how it ended.
      work.catch(() => undefined)
    }
  }

  #cancelled(): DomainError {
    const message = `site ${this.#siteName}: cancelled while signing in`
    return DomainError.vendor({ code: 'CANCELLED', message, siteName: this.#siteName, retry: 'never' })
  }
}
