import type { Random } from '../random.ts'
import type { Rendered } from './vcda-sim-rendering.ts'

/** A signed-in caller of one site. */
export interface SimSession {
  readonly token: string
  /** As the vendor writes it: `root`, `administrator@System`, `admin@Acme`. */
  readonly user: string
  readonly org: string
  readonly isProvider: boolean
  readonly createdAt: number
  usedAt: number
  /** The site signed in to, then those the session was extended to, each until its proof expires. */
  sites: readonly ReachedSite[]
}

interface ReachedSite {
  readonly site: string
  readonly org: string
  /** Milliseconds since 1970. The site signed in to is reached as long as the session lives. */
  readonly until: number
}

/** The vendor's defaults: `session.timeout` and `session.maxage`. */
const sessionIdleMs = 30 * 60_000
const sessionLongestMs = 24 * 60 * 60_000

/** Who may sign in; passwords are the same everywhere. */
export interface Identity {
  readonly user: string
  readonly org: string
  readonly isProvider: boolean
}

/** The sessions of one site. */
export class SessionStore {
  readonly #random: Random
  readonly #site: string
  readonly #sessions = new Map<string, SimSession>()

  constructor(site: string, random: Random) {
    this.#site = site
    this.#random = random
  }

  get count(): number {
    return this.#sessions.size
  }

  create(identity: Identity, now: number): SimSession {
    this.#removeExpired(now)
    const bytes = Array.from({ length: 20 }, () => this.#random.between(0, 255))
    const session: SimSession = {
      ...identity,
      token: Buffer.from(bytes).toString('base64'),
      createdAt: now,
      usedAt: now,
      sites: [{ site: this.#site, org: identity.org, until: Number.POSITIVE_INFINITY }],
    }
    this.#sessions.set(session.token, session)
    return session
  }

  /** The live session of this token, whose idle time starts anew; null for an unknown or expired one. */
  use(token: string, now: number): SimSession | null {
    const session = this.#sessions.get(token)
    if (session === undefined) return null
    if (isExpired(session, now)) {
      this.#sessions.delete(token)
      return null
    }
    session.usedAt = now
    return session
  }

  remove(token: string): void {
    this.#sessions.delete(token)
  }

  /** Signs everybody out, as a restart of the service does. */
  removeAll(): void {
    this.#sessions.clear()
  }

  #removeExpired(now: number): void {
    for (const session of this.#sessions.values()) {
      if (isExpired(session, now)) this.#sessions.delete(session.token)
    }
  }
}

const isExpired = (session: SimSession, now: number): boolean =>
  now - session.usedAt >= sessionIdleMs || now - session.createdAt >= sessionLongestMs

/** The sites that the session still reaches. */
export const reachedSites = (session: SimSession, now: number): readonly ReachedSite[] =>
  session.sites.filter(({ until }) => now < until)

/** `C4SessionDetails`; never with the token, which travels in a header only. */
export const renderSession = (session: SimSession, now: number): Rendered => ({
  user: session.user,
  roles: session.isProvider ? ['EVERYONE', 'ADMINISTRATORS', 'VRADMINISTRATORS'] : ['EVERYONE'],
  authenticatedSites: reachedSites(session, now).map(({ site, org }) => ({ site, org })),
})
