import { z } from 'zod'
import { DomainError, findProblem } from '../../domain/errors.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import { Secret } from '../../std/secret.ts'
import type { HttpClient, UpstreamReply } from '../../upstream/http-client.ts'
import { findApiError, toNonsenseError, toVcdaError, type CallContext } from './vcda-errors.ts'
import { findJson, sessionDetails } from './vcda-wire.ts'

const word = z.union([z.string().min(1), z.instanceof(Secret)])

/**
 * How to sign in: `localUser` is the appliance's root user, `vcdCredentials` a Cloud Director user as `user@org`.
 * A value that came by reference is a Secret.
 */
export const vcdaLoginSchema = z.strictObject({
  type: z.enum(['localUser', 'vcdCredentials']),
  user: word,
  password: word,
})
export type VcdaLogin = z.infer<typeof vcdaLoginSchema>

/**
 * The version of the API is negotiated by this header; the plain type was seen to work with every version, and a
 * versioned one is at risk with appliances that are older or much newer.
 */
export const acceptHeader = 'application/json'

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
  /** Remote sites that the session has been extended to, or that refused it. */
  readonly extendedTo: Set<string>
}

const reveal = (value: string | Secret): string => (value instanceof Secret ? value.reveal() : value)

const toBody = ({ type, user, password }: VcdaLogin): string =>
  type === 'localUser'
    ? JSON.stringify({ type, localUser: reveal(user), localPassword: reveal(password) })
    : JSON.stringify({ type, vcdUser: reveal(user), vcdPassword: reveal(password) })

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
 * when a call with its token is that no other token helps, or before any call was taken.
 */
export class VcdaSessions implements AsyncDisposable {
  readonly #siteName: string
  readonly #login: VcdaLogin
  readonly #http: HttpClient
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #closing = new AbortController()
  #session: VcdaSession | null = null
  #signingIn: Promise<VcdaSession> | null = null
  /** When sign-ins came to nothing, by the session they made, or by what failed. */
  readonly #futile = new Map<object, number>()
  #lastFailure: unknown = null

  constructor(options: {
    readonly siteName: string
    readonly login: VcdaLogin
    readonly http: HttpClient
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
   * Extends a tenant's session to remote sites, which work that touches them needs. Each site is asked once in a
   * session, without sending the password there: by the association of the organisations. A refusal is logged and
   * left to the call that follows. A local user needs no extension (inferred).
   */
  async extend(session: VcdaSession, remoteSites: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#login.type === 'localUser') return
    for (const site of remoteSites) {
      if (session.extendedTo.has(site)) continue
      session.extendedTo.add(site)
      const body = JSON.stringify({ type: 'multisite', site, org: session.org })
      const reply = await this.#post('/sessions/extend', body, { token: session.token, signal })
      if (reply.status === 200) continue
      const { code } = findApiError(reply.body)
      this.#logger.warn('session not extended', { site: this.#siteName, remoteSite: site, status: reply.status, code })
    }
  }

  /** Signs out, so that nothing stays open at the site for half an hour; waits two seconds at most. */
  async [Symbol.asyncDispose](): Promise<void> {
    const session = this.#session
    this.#session = null
    this.#closing.abort()
    if (session === null) return
    const headers = { accept: acceptHeader, [tokenHeader]: session.token }
    const signal = AbortSignal.timeout(2000)
    await this.#http
      .request({ effect: 'READ', method: 'DELETE', path: '/sessions', headers, signal })
      .catch((error) => {
        this.#logger.debug('not signed out', { site: this.#siteName, code: findProblem(error)?.code })
      })
  }

  async #signIn(): Promise<VcdaSession> {
    this.#session = null
    this.#refuseTooMany()
    const reply = await this.#post('/sessions', toBody(this.#login), { token: null, signal: this.#closing.signal })
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
    return { token, org, signedInAtMs: nowMs, usedAtMs: nowMs, isProven: false, extendedTo: new Set() }
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

  /** Session calls move no machine: they are READs, and may be sent again after a passing failure. */
  #post(
    path: string,
    body: string,
    options: { readonly token: string | null; readonly signal: AbortSignal },
  ): Promise<UpstreamReply> {
    const headers = {
      accept: acceptHeader,
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
