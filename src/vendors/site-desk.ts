import { DomainError, findProblem } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Vendor } from '../domain/vendor.ts'
import { createLiveList } from '../std/live-list.ts'
import { isSameValue } from '../std/same-value.ts'
import type { AdapterDependencies, SiteOptions } from '../upstream/site-options.ts'
import { LastingAdapter } from './lasting-adapter.ts'
import { createAdapter } from './registry.ts'

/** A configured site. */
export interface DeskSite extends SiteOptions {
  readonly vendor: Vendor
}

interface Seated {
  readonly site: DeskSite
  readonly adapter: LastingAdapter
}

/** What becomes of a site: one that was there before has something new only where it is not as it was. */
type Change =
  | { readonly site: DeskSite; readonly former: null; readonly made: VendorAdapter }
  | { readonly site: DeskSite; readonly former: Seated; readonly made: VendorAdapter | null }

/** The same name for another product, or at another address, is another site. */
const isSameSite = (one: DeskSite, other: DeskSite): boolean =>
  one.name === other.name && one.vendor === other.vendor && one.url === other.url

/** What an adapter cannot be made from, with the name of its site before it. */
const named = <T>(siteName: string, make: () => T): T => {
  try {
    return make()
  } catch (error) {
    const problem = findProblem(error)
    const [field] = problem?.code === 'INVALID_INPUT' ? problem.fields : []
    throw field === undefined ? error : DomainError.invalidInput(`sites ${siteName}.${field.path}`, field.message)
  }
}

/** Makes the adapters of the configured sites, and disposes of them when nobody needs them any more. */
export class SiteDesk implements AsyncDisposable {
  readonly #dependencies: AdapterDependencies
  readonly #adapters = createLiveList<LastingAdapter>([])
  #seated: readonly Seated[] = []
  /** Of sites that are configured no more, while something is under way there. */
  readonly #leaving = new Set<LastingAdapter>()

  /** @throws INVALID_INPUT where a login, an address or what is trusted cannot be used. */
  constructor(sites: readonly DeskSite[], dependencies: AdapterDependencies) {
    this.#dependencies = dependencies
    this.replace(sites)
  }

  /** One for each site, in the order of the configuration: the same list for as long as the desk is there. */
  get adapters(): readonly VendorAdapter[] {
    return this.#adapters.view
  }

  /** Until the result is disposed of, what a site was asked for can be sent there, also when its login is changed meanwhile. */
  hold(): Disposable {
    const stack = new DisposableStack()
    for (const adapter of this.#adapters.view) stack.use(adapter.hold())
    return stack
  }

  /**
   * Goes by other sites from now on. A site that stays where it is keeps its adapter, whatever else of it changes.
   *
   * @returns The adapters of sites with another login, other trust or other options than before.
   * @throws INVALID_INPUT where one of the sites cannot be used; then nothing has changed.
   */
  replace(sites: readonly DeskSite[]): readonly VendorAdapter[] {
    const renewed: VendorAdapter[] = []
    const seated = this.#makeChanged(sites).map(({ site, made, former }): Seated => {
      if (former === null) return { site, adapter: new LastingAdapter(made) }
      if (made !== null) {
        former.adapter.renew(made)
        renewed.push(former.adapter)
      }
      return { site, adapter: former.adapter }
    })
    const staying = new Set(seated.map(({ adapter }) => adapter))
    for (const { adapter } of this.#seated) if (!staying.has(adapter)) void this.#close(adapter)
    this.#seated = seated
    this.#adapters.replace([...staying])
    return renewed
  }

  /** Disposes of every adapter, whatever is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#adapters.view, ...this.#leaving]
    await Promise.all(all.map((adapter) => adapter[Symbol.asyncDispose]()))
  }

  /** Makes all that is needed before anything changes. */
  #makeChanged(sites: readonly DeskSite[]): readonly Change[] {
    const fresh: VendorAdapter[] = []
    const make = ({ vendor, ...site }: DeskSite): VendorAdapter => {
      const adapter = named(site.name, () => createAdapter(vendor, site, this.#dependencies))
      fresh.push(adapter)
      return adapter
    }
    try {
      return sites.map((site): Change => {
        const former = this.#seated.find((one) => isSameSite(one.site, site)) ?? null
        if (former === null) return { site, former, made: make(site) }
        return { site, former, made: isSameValue(former.site, site) ? null : make(site) }
      })
    } catch (error) {
      // They have sent nothing, so that there is nothing to wait for.
      for (const adapter of fresh) void adapter[Symbol.asyncDispose]()
      throw error
    }
  }

  async #close(adapter: LastingAdapter): Promise<void> {
    this.#leaving.add(adapter)
    await adapter.close()
    this.#leaving.delete(adapter)
  }
}
