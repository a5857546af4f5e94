import type { ZertoClient } from './zerto-client.ts'
import type { ZertoSession } from './zerto-sign-in.ts'
import type { Answer } from './zerto-transport.ts'
import { findZertoVersion, type ZertoVersion } from './zerto-version.ts'
import type { WireLocalSite } from './zerto-wire.ts'

/** No place on earth is further from UTC. */
const farthestOffsetMinutes = 14 * 60

/** What the asked site said of itself last. Asks once where something is needed before anybody has asked. */
export class OwnSite {
  readonly #client: ZertoClient
  readonly #session: ZertoSession
  #last: Answer<WireLocalSite> | null = null

  constructor(client: ZertoClient, session: ZertoSession) {
    this.#client = client
    this.#session = session
  }

  /** A fresh read. */
  async read(signal: AbortSignal): Promise<Answer<WireLocalSite>> {
    this.#last = await this.#client.getLocalSite(signal)
    return this.#last
  }

  /** Null before the first read, and for a version in no known form. */
  get knownVersion(): ZertoVersion | null {
    return findZertoVersion(this.#last?.value.Version ?? null)
  }

  /** The site's clock minus ours; zero before the first read. */
  get clockSkewMs(): number {
    return this.#last?.clockSkewMs ?? 0
  }

  async getVersion(signal: AbortSignal): Promise<ZertoVersion | null> {
    return findZertoVersion((await this.#known(signal)).value.Version)
  }

  /** The site's own GUID. */
  async getSiteId(signal: AbortSignal): Promise<string> {
    return (await this.#known(signal)).value.SiteIdentifier
  }

  /**
   * What a date without a zone is local to, in minutes from UTC. Only the Windows generation writes such dates (its
   * documentation of tasks), so an appliance is not asked for it alone.
   */
  async getUtcOffsetMinutes(signal: AbortSignal): Promise<number> {
    const isNeeded = this.#last !== null || this.#session.way === 'WINDOWS'
    const offset = isNeeded ? ((await this.#known(signal)).value.UtcOffsetInMinutes ?? 0) : 0
    return Math.abs(offset) <= farthestOffsetMinutes ? offset : 0
  }

  async #known(signal: AbortSignal): Promise<Answer<WireLocalSite>> {
    return this.#last ?? this.read(signal)
  }
}
