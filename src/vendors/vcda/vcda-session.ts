import { DomainError, findProblem } from '../../domain/errors.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { UpstreamReply } from '../../upstream/http-client.ts'
import { findApiError, toNonsenseError, toVcdaError, type CallContext } from './vcda-errors.ts'
import { extendedSites, findExtendBody, toSignInBody, type VcdaLogin } from './vcda-login.ts'
import type { VcdaNegotiation } from './vcda-negotiation.ts'
import { findJson, sessionDetails } from './vcda-wire.ts'

export const tokenHeader = 'x-vcav-auth'

// Default limits of the appliance are 30 minutes idle and 24 hours in all; renewed well before either.
const longestIdleMs = 25 * 60_000
const longestAgeMs = 23 * 3_600_000

// Accounts are locked after a few wrong passwords: at most so many sign-ins that came to nothing in the window.
const mostFutileSignIns = 3
const futileWindowMs = 5 * 60_000

/** A session that calls may use. */
export interface VcdaSession {
  readonly token: string
  /** The organisation of the user at the site; null where the answer did not tell. */
  readonly org: string | null
  readonly signedInAtMs: number
  usedAtMs: number
  /** True once the site has taken a call with it. */
  isProven: boolean
  /** Remote sites that the session has been extended to, is being extended to, or that refused it. */
  readonly extensions: Map<string, Promise<void>>
}

/** Resolves as `promise` does, or rejects as soon as `signal` aborts; `promise` goes on for others. */
const untilAborted = async <T>(promise: Promise<T>, signal: AbortSignal, toError: () => DomainError): Promise<T> => {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(toError())
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/**
 * The one session of a site: a single sign-in under way however many calls wait for it, renewed before it expires,
 * and at most three sign-ins in five minutes that came to nothing. A sign-in comes to nothing when it is refused, and
 * when a call with its token is.
 */
export class VcdaSessions implements AsyncDisposable {
  readonly #siteName: string
  readonly #login: VcdaLogin
  readonly #http: VcdaNegotiation
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #closing = new AbortController()
  #session: VcdaSession | null = null
  #signingIn: Promise<VcdaSession> | null = null
  /** When sign-ins came to nothing, by the session they made, or by what failed. */
  readonly #futile = new Map<object, number>()
  /** When a remote site refused an extension, by its name. */
  readonly #refusedAtMs = new Map<string, readonly number[]>()
  #lastFailure: unknown = null

  constructor(options: {
    readonly siteName: string
    readonly login: VcdaLogin
    readonly http: VcdaNegotiation
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#siteName = options.siteName
    this.#login = options.login
    this.#http = options.http
    this.#clock = options.clock
    this.#logger = options.logger
  }

  /**
   * A session that is good for one call; signs in where needed.
   *
   * @throws VENDOR_REFUSED when the site refuses the sign-in, VENDOR_UNAVAILABLE while sign-ins are held back,
   * CANCELLED when `signal` aborts, and what the way to the site throws.
   */
  async acquire(signal: AbortSignal): Promise<VcdaSession> {
    const nowMs = this.#clock.now().getTime()
    const session = this.#session
    if (session !== null && nowMs - session.usedAtMs < longestIdleMs && nowMs - session.signedInAtMs < longestAgeMs) {
      session.usedAtMs = nowMs
      return session
    }
    this.#signingIn ??= this.#signIn().finally(() => {
      this.#signingIn = null
    })
    return untilAborted(this.#signingIn, signal, () => this.#cancelled())
  }

  /**
   * The site does not know the session any more. However many calls say so, it is dropped once: one that was good has
   * simply ended. It is kept where sign-ins are used up.
   */
  drop(session: VcdaSession): void {
    if (session !== this.#session) return
    if (!session.isProven) this.#addFutile(session)
    if (this.#countFutile() < mostFutileSignIns) this.#session = null
  }

  /**
   * One call was turned away with both sessions, of which the second was made for it: so they are not to blame, and both
   * sign-ins came to nothing. The second is kept: a call that is refused for ever then costs the other ones nothing.
   */
  doubt(first: VcdaSession, second: VcdaSession): void {
    this.#addFutile(first)
    this.#addFutile(second)
  }

  /**
   * Extends the session to remote sites, which work that touches them needs, in the way of the configuration. Each
   * site is asked once in a session, however many calls need it. A refusal is logged and left to the call that follows.
   */
  async extend(session: VcdaSession, remoteSites: readonly string[], signal: AbortSignal): Promise<void> {
    for (const site of remoteSites) {
      const body = findExtendBody(this.#login, site, session.org)
      if (body === null || this.#countRefused(site) >= mostFutileSignIns) continue
      const extending = session.extensions.get(site) ?? this.#extend(session, site, body)
      session.extensions.set(site, extending)
      await untilAborted(extending, signal, () => this.#cancelled())
    }
  }

  /**
   * A remote site does not know the session (any more): forgets the extensions, so that they are made anew.
   *
   * @param remoteSites Sites that the refused call touched; empty where it is not known which.
   * @returns The sites to which the session is to be extended again; none means that repeating cannot help.
   */
  dropExtensions(session: VcdaSession, remoteSites: readonly string[]): readonly string[] {
    const known = [...session.extensions.keys(), ...extendedSites(this.#login)]
    const sites = [...new Set(remoteSites.length === 0 ? known : remoteSites)]
    for (const site of sites) session.extensions.delete(site)
    return sites.filter(
      (site) => findExtendBody(this.#login, site, session.org) !== null && this.#countRefused(site) < mostFutileSignIns,
    )
  }

  /** Signs out, so that nothing stays open at the site for half an hour; waits two seconds at most. */
  async [Symbol.asyncDispose](): Promise<void> {
    const session = this.#session
    this.#session = null
    this.#closing.abort()
    if (session === null) return
    const headers = { [tokenHeader]: session.token }
    const signal = AbortSignal.timeout(2000)
    await this.#http
      .request({ effect: 'READ', method: 'DELETE', path: '/sessions', headers, signal })
      .catch((error) => {
        this.#logger.debug('not signed out', { site: this.#siteName, code: findProblem(error)?.code })
      })
  }

  async #extend(session: VcdaSession, site: string, body: string): Promise<void> {
    try {
      const reply = await this.#post('/sessions/extend', body, { token: session.token, signal: this.#closing.signal })
      if (reply.status === 200) return
      const { code } = findApiError(reply.body)
      this.#refusedAtMs.set(site, [...(this.#refusedAtMs.get(site) ?? []), this.#clock.now().getTime()])
      this.#logger.warn('session not extended', { site: this.#siteName, remoteSite: site, status: reply.status, code })
    } catch (error) {
      // What was lost on the way is tried again by the next call that needs it.
      session.extensions.delete(site)
      throw error
    }
  }

  async #signIn(): Promise<VcdaSession> {
    this.#session = null
    this.#refuseTooMany()
    const reply = await this.#post('/sessions', toSignInBody(this.#login), {
      token: null,
      signal: this.#closing.signal,
    })
    const nowMs = this.#clock.now().getTime()
    try {
      const session = this.#toSession(reply, nowMs)
      this.#session = session
      return session
    } catch (error) {
      // A site that fails says nothing about the password; the breaker keeps count of those.
      if (reply.status < 500) this.#addFutile(reply)
      this.#lastFailure = error
      throw error
    }
  }

  #toSession(reply: UpstreamReply, nowMs: number): VcdaSession {
    const context = this.#context('POST /sessions')
    if (reply.status !== 200) throw toVcdaError(reply, context)
    const token = reply.headers[tokenHeader] ?? ''
    if (token === '') {
      this.#http.reportNonsense()
      throw toNonsenseError({ ...reply, body: '' }, context, 'no token in the X-VCAV-Auth header')
    }
    const details = sessionDetails.safeParse(findJson(reply.body))
    const org = details.success ? (details.data.authenticatedSites?.[0]?.org ?? null) : null
    return { token, org, signedInAtMs: nowMs, usedAtMs: nowMs, isProven: false, extensions: new Map() }
  }

  #refuseTooMany(): void {
    const nowMs = this.#clock.now().getTime()
    if (this.#countFutile() < mostFutileSignIns) return
    const [oldest = nowMs] = this.#futile.values()
    const last = findProblem(this.#lastFailure)
    throw DomainError.vendor({
      code: 'VENDOR_UNAVAILABLE',
      message: `site ${this.#siteName}: sign-in is held back after ${mostFutileSignIns} that came to nothing`,
      siteName: this.#siteName,
      vendorCode: last !== null && 'vendorCode' in last ? last.vendorCode : null,
      vendorMessage: last !== null && 'vendorMessage' in last ? last.vendorMessage : null,
      retryAfterSeconds: Math.ceil((oldest + futileWindowMs - nowMs) / 1000),
      retry: 'gave-up',
      cause: this.#lastFailure,
    })
  }

  #addFutile(key: object): void {
    if (this.#countFutile() < mostFutileSignIns && !this.#futile.has(key)) {
      this.#futile.set(key, this.#clock.now().getTime())
    }
  }

  #countFutile(): number {
    const nowMs = this.#clock.now().getTime()
    for (const [key, atMs] of this.#futile) {
      // A clock that was set back makes the age unknown.
      if (atMs > nowMs || nowMs - atMs >= futileWindowMs) this.#futile.delete(key)
    }
    return this.#futile.size
  }

  /** A wrong password is not sent to a remote site again and again: accounts are locked there too. */
  #countRefused(site: string): number {
    const nowMs = this.#clock.now().getTime()
    const recent = (this.#refusedAtMs.get(site) ?? []).filter((at) => nowMs - at < futileWindowMs)
    this.#refusedAtMs.set(site, recent)
    return recent.length
  }

  /** Session calls move no machine: they are READs, and may be sent again after a passing failure. */
  #post(
    path: string,
    body: string,
    options: { readonly token: string | null; readonly signal: AbortSignal },
  ): Promise<UpstreamReply> {
    const headers = {
      'content-type': 'application/json',
      ...(options.token === null ? {} : { [tokenHeader]: options.token }),
    }
    return this.#http.request({ effect: 'READ', method: 'POST', path, headers, body, signal: options.signal })
  }

  #context(call: string): CallContext {
    return { siteName: this.#siteName, effect: 'READ', call, operationId: null }
  }

  #cancelled(): DomainError {
    const message = `site ${this.#siteName}: cancelled while signing in`
    return DomainError.vendor({ code: 'CANCELLED', message, siteName: this.#siteName, retry: 'never' })
  }
}
