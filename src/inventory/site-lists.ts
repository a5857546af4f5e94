import type { TargetKind } from '../domain/capabilities.ts'
import type { ListRead } from '../domain/list-read.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { Vendor } from '../domain/vendor.ts'
import { keptBy } from '../std/kept-by.ts'
import { deriveAlerts } from './derive-alerts.ts'
import { findDoubleProtections, type DoubleProtection } from './double-protections.ts'
import type { AlertListing } from './inventory-view.ts'
import { toCoverage, type Listing } from './listing.ts'
import { indexMachines, type MachineIndex } from './machine-index.ts'
import type { Seen } from './merge-observations.ts'
import { MergedList } from './merged-list.ts'
import { capabilitiesOf, type SiteFeed } from './site-feed.ts'

/** How old what is shown may be. */
export interface Freshness {
  /** How old an answer may be where the query does not say. */
  readonly maxAgeSeconds: number
  /** How long a site's last answer is served after the site has stopped answering. */
  readonly staleForSeconds: number
}

type Machines = ReadonlyMap<string, Seen<Replication>>

/** The lists of all sites as one. Whatever is made of a list is made once for each version of it, however many ask. */
export class SiteLists {
  readonly #feeds: readonly SiteFeed[]
  readonly #clock: Clock
  readonly #freshness: Freshness
  readonly #groups = new MergedList<ProtectionGroup>((feed) => feed.groups)
  readonly #replications = new MergedList<Replication>((feed) => feed.replications)
  readonly machinesOf = keptBy((byId: Machines): MachineIndex => indexMachines(byId.values()))
  readonly doublesOf = keptBy((byId: Machines): readonly DoubleProtection[] => findDoubleProtections(byId))
  readonly #versions = new WeakMap<object, number>()
  #lastVersion = 0

  constructor(feeds: readonly SiteFeed[], clock: Clock, freshness: Freshness) {
    this.#feeds = feeds
    this.#clock = clock
    this.#freshness = freshness
  }

  /** See {@link InventoryView.listGroups}. */
  listGroups(
    maxAgeSeconds: number | null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<ProtectionGroup>> {
    return this.#list(this.#groups, maxAgeSeconds, vendors)
  }

  /** See {@link InventoryView.listReplications}. */
  listReplications(
    maxAgeSeconds: number | null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<Replication>> {
    return this.#list(this.#replications, maxAgeSeconds, vendors)
  }

  /** The groups of every site as they are known, without asking anybody. */
  knownGroups(): Listing<ProtectionGroup> {
    return this.#merge(this.#groups)
  }

  /** The machines of every site as they are known, without asking anybody. */
  knownReplications(): Listing<Replication> {
    return this.#merge(this.#replications)
  }

  /** See {@link Inventory.versionOf}. */
  versionOf(reads: readonly ListRead[], maxAgeSeconds: number | null): string | null {
    if (this.toMs(maxAgeSeconds) === 0) return null
    const versions = reads.map(({ list, vendors }) => {
      const { byId, coverage }: Listing<ProtectedObject> =
        list === 'groups'
          ? this.#coveringOnly(this.knownGroups(), vendors)
          : this.#coveringOnly(this.knownReplications(), vendors)
      if (coverage.some(({ problem, completeness }) => problem !== null || completeness !== 'COMPLETE')) return null
      const number = this.#versions.get(byId) ?? (this.#lastVersion += 1)
      this.#versions.set(byId, number)
      return number
    })
    return versions.includes(null) ? null : versions.join()
  }

  /** See {@link Inventory.youngVersionOf}. */
  youngVersionOf(reads: readonly ListRead[], maxAgeSeconds: number | null): string | null {
    const maxAgeMs = this.toMs(maxAgeSeconds)
    const isYoung = ({ list, vendors }: ListRead): boolean =>
      this.#feeds.every((feed) => {
        if (vendors?.includes(feed.adapter.vendor) === false) return true
        const read = list === 'groups' ? feed.groups : feed.replications
        return feed.report.hasRead && read.isYoung(maxAgeMs)
      })
    return reads.every(isYoung) ? this.versionOf(reads, maxAgeSeconds) : null
  }

  /** The machines of every site, no older than configured, except of sites that do not list them within `patienceMs`. */
  async listMachinesSoon(patienceMs: number): Promise<Listing<Replication>> {
    await this.refreshSoon('Replication', patienceMs)
    return this.knownReplications()
  }

  /** Asks the sites whose lists of this kind are older than configured, and waits for them no longer than `patienceMs`. */
  async refreshSoon(kind: TargetKind, patienceMs: number): Promise<void> {
    const maxAgeMs = this.toMs(null)
    await Promise.all(
      this.#feeds.flatMap((feed) => [
        (kind === 'ProtectionGroup' ? feed.groups : feed.replications).getSoon(maxAgeMs, patienceMs),
        ...(feed.report.hasRead ? [] : [feed.report.getSoon(maxAgeMs, patienceMs)]),
      ]),
    )
  }

  /** The alerts of every site, derived ones included where a vendor raises none, and what could not be seen of them. */
  async listAlerts(): Promise<AlertListing> {
    const maxAgeMs = this.toMs(null)
    const raising = this.#feeds.filter((feed) => capabilitiesOf(feed).supports.ALERTS)
    await Promise.all(raising.map((feed) => feed.alerts.get(maxAgeMs)))
    const silent = new Set(this.#feeds.filter((feed) => !raising.includes(feed)).map(({ adapter }) => adapter.vendor))
    const [groups, replications] = await Promise.all([this.listGroups(null), this.listReplications(null)])
    const objects = [...groups.byId.values(), ...replications.byId.values()].filter(({ vendor }) => silent.has(vendor))
    const raised = new Map(raising.flatMap((feed) => (feed.alerts.last.value ?? []).map((alert) => [alert.id, alert])))
    const own = raising.map((feed) => toCoverage(feed, feed.alerts, this.oldestServedMs()))
    const names = new Set(own.map(({ siteName }) => siteName))
    const others = replications.coverage.filter(({ siteName }) => !names.has(siteName))
    return { alerts: [...raised.values(), ...deriveAlerts(objects)], coverage: [...own, ...others] }
  }

  /** What was read before this moment is not shown any more when the site does not answer. */
  oldestServedMs(): number {
    return this.#clock.now().getTime() - this.#freshness.staleForSeconds * 1000
  }

  /** The age that a query allows, in milliseconds; null is the configured one. */
  toMs(maxAgeSeconds: number | null): number {
    return (maxAgeSeconds ?? this.#freshness.maxAgeSeconds) * 1000
  }

  async #list<T extends ProtectedObject>(
    list: MergedList<T>,
    maxAgeSeconds: number | null,
    vendors: readonly Vendor[] | null,
  ): Promise<Listing<T>> {
    const maxAgeMs = this.toMs(maxAgeSeconds)
    const asked = this.#feeds.filter(({ adapter }) => vendors?.includes(adapter.vendor) ?? true)
    // The first list also needs to know which site it is talking to; afterwards the report is refreshed by `sites`.
    await Promise.all(
      asked.flatMap((feed) => [
        list.readOf(feed).get(maxAgeMs),
        ...(feed.report.hasRead ? [] : [feed.report.get(maxAgeMs)]),
      ]),
    )
    return this.#coveringOnly(this.#merge(list), vendors)
  }

  /** The same without a word on the sites of other vendors. */
  #coveringOnly<T extends ProtectedObject>(listing: Listing<T>, vendors: readonly Vendor[] | null): Listing<T> {
    if (vendors === null) return listing
    const isAsked = (feed: SiteFeed | undefined): boolean => feed !== undefined && vendors.includes(feed.adapter.vendor)
    // Coverage stands in the order of the feeds.
    return { byId: listing.byId, coverage: listing.coverage.filter((_, index) => isAsked(this.#feeds[index])) }
  }

  #merge<T extends ProtectedObject>(list: MergedList<T>): Listing<T> {
    const oldestMs = this.oldestServedMs()
    const coverage = this.#feeds.map((feed) => toCoverage(feed, list.readOf(feed), oldestMs))
    const served = this.#feeds.filter((_, index) => coverage[index]?.completeness !== 'UNAVAILABLE')
    return { byId: list.merge(served), coverage }
  }
}
