import type { Clock } from '../../domain/ports/clock.ts'
import { findProblem } from '../../domain/errors.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { VcdaClient } from './vcda-client.ts'
import type { RecoveryPlace } from './vcda-commands.ts'
import { isCloudEnd } from './vcda-mapping.ts'
import type { EndWire, SiteWire } from './vcda-wire.ts'

/** What a command needs to know of its target besides its id. */
export interface TargetEnds {
  readonly siteNames: readonly string[]
  readonly place: RecoveryPlace
}

interface Ended {
  readonly id: string
  readonly source?: EndWire | null | undefined
  readonly destination?: EndWire | null | undefined
}

/** Links change rarely, and a broken one shows in the next refresh but one. */
const sitesAgeMs = 10_000

const toEnds = ({ source, destination }: Ended): TargetEnds => ({
  siteNames: [source?.site, destination?.site].filter((name) => typeof name === 'string'),
  // What names no end at all is half-created; Cloud Director is the service's own kind.
  place: destination?.site && !isCloudEnd(destination) ? 'vcenter' : 'vcloud',
})

/** What the newest answers told about sites and ends, so that a list or a command need not ask again. */
export class VcdaDirectory {
  readonly #siteName: string
  readonly #client: VcdaClient
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #ends = { vm: new Map<string, Ended>(), vapp: new Map<string, Ended>() }
  #sites: { readonly list: readonly SiteWire[]; readonly readAtMs: number } | null = null

  constructor(options: {
    readonly siteName: string
    readonly client: VcdaClient
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#siteName = options.siteName
    this.#client = options.client
    this.#clock = options.clock
    this.#logger = options.logger
  }

  /** Remembers the ends of a whole list, and forgets what is no longer in it. */
  replace(kind: 'vm' | 'vapp', list: readonly Ended[]): void {
    this.#ends[kind] = new Map(list.map((wire) => [wire.id, wire]))
  }

  remember(kind: 'vm' | 'vapp', wire: Ended): TargetEnds {
    this.#ends[kind].set(wire.id, wire)
    return toEnds(wire)
  }

  findEnds(kind: 'vm' | 'vapp', id: string): TargetEnds | null {
    const wire = this.#ends[kind].get(id)
    return wire === undefined ? null : toEnds(wire)
  }

  /** A fresh list of sites. */
  async readSites(signal: AbortSignal): Promise<readonly SiteWire[]> {
    const list = await this.#client.listSites(signal)
    this.#sites = { list, readAtMs: this.#clock.now().getTime() }
    return list
  }

  /** Sites other than the local one among `names`. Empty where the sites cannot be read. */
  async findRemote(names: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const sites = await this.#recentSites(signal)
    const local = new Set(sites.filter((site) => site.isLocal === true).map((site) => site.site))
    return local.size === 0 ? [] : [...new Set(names)].filter((name) => !local.has(name))
  }

  /** True when the site is known to have this name itself. */
  async isLocal(name: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#recentSites(signal)).some(({ site, isLocal }) => isLocal === true && site === name)
  }

  /** Sites to which the link is broken in both directions. Empty where the sites cannot be read: then nothing is known. */
  async findUnreachable(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const sites = await this.#recentSites(signal)
    const broken = sites.filter((site) => site.state?.incomingCommError && site.state.outgoingCommError)
    return new Set(broken.map((site) => site.site))
  }

  async #recentSites(signal: AbortSignal): Promise<readonly SiteWire[]> {
    const known = this.#sites
    if (known !== null && Math.abs(this.#clock.now().getTime() - known.readAtMs) < sitesAgeMs) return known.list
    try {
      return await this.readSites(signal)
    } catch (error) {
      // A tenant may be kept from this list: what hangs on it is an extra.
      this.#logger.debug('sites not read', { site: this.#siteName, code: findProblem(error)?.code })
      return known?.list ?? []
    }
  }
}
