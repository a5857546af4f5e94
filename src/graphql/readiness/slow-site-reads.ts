import type { Clock } from '../../domain/ports/clock.ts'
import type { VendorAdapter } from '../../domain/ports/vendor-adapter.ts'
import type { License } from '../../domain/site-condition.ts'
import { CachedRead } from '../../inventory/cached-read.ts'

const freshForMs = 60 * 60 * 1000
/** After a failure, when it is tried again. */
const retryAfterMs = 60 * 1000
/** How long the first answer of all is waited for. */
const patienceMs = 1000
const deadlineMs = 60 * 1000

const machinesOfSite = { kind: 'VM', siteNativeId: null, parentVendorId: null } as const

interface SlowReads {
  readonly license: CachedRead<License>
  readonly unprotectedVmCount: CachedRead<number>
}

/** The newest good answer. Only who asks first waits, and not for long: later ones get what is known meanwhile. */
const look = async <T>(read: CachedRead<T>): Promise<T | null> => {
  const { value, problem } = read.last
  const maxAgeMs = problem === null ? freshForMs : retryAfterMs
  if (value === null && problem === null) return (await read.getSoon(maxAgeMs, patienceMs)).value
  void read.get(maxAgeMs)
  return value
}

/**
 * What hardly changes at a site and is in none of its lists: read when somebody asks, by one call, at most once an hour
 * however many ask.
 */
export class SlowSiteReads {
  readonly #clock: Clock
  readonly #reads = new WeakMap<VendorAdapter, SlowReads>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** UNREAD until it could be read; null where the site tells of none. */
  async findLicense(adapter: VendorAdapter): Promise<License | 'UNREAD' | null> {
    if (!adapter.capabilities().supports.LICENSE) return null
    return (await look(this.#readsOf(adapter).license)) ?? 'UNREAD'
  }

  /** How many machines of the site nobody protects; null where that could not be read. */
  async countUnprotectedVms(adapter: VendorAdapter): Promise<number | null> {
    if (!adapter.capabilities().supports.RESOURCES) return null
    return look(this.#readsOf(adapter).unprotectedVmCount)
  }

  #readsOf(adapter: VendorAdapter): SlowReads {
    const base = { siteName: adapter.siteName, clock: this.#clock, deadlineMs, onSettled: () => {} }
    const reads = this.#reads.get(adapter) ?? {
      license: new CachedRead({ ...base, read: (signal) => adapter.reads.readLicense(signal) }),
      unprotectedVmCount: new CachedRead({
        ...base,
        read: async (signal) => (await adapter.reads.listResources(machinesOfSite, signal)).length,
      }),
    }
    this.#reads.set(adapter, reads)
    return reads
  }
}
