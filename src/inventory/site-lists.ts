import type { Alert } from '../domain/alert.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import { deriveAlerts } from './derive-alerts.ts'
import { findDoubleProtections, type DoubleProtection } from './double-protections.ts'
import { toCoverage, type Listing, type SiteCoverage } from './listing.ts'
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
  readonly #machineIndexes = new WeakMap<Machines, MachineIndex>()
  readonly #doubles = new WeakMap<Machines, readonly DoubleProtection[]>()

  constructor(feeds: readonly SiteFeed[], clock: Clock, freshness: Freshness) {
    this.#feeds = feeds
    this.#clock = clock
    this.#freshness = freshness
  }

  listGroups(maxAgeSeconds: number | null): Promise<Listing<ProtectionGroup>> {
    return this.#list(this.#groups, maxAgeSeconds)
  }

  listReplications(maxAgeSeconds: number | null): Promise<Listing<Replication>> {
    return this.#list(this.#replications, maxAgeSeconds)
  }

  /** The groups of every site as they are known, without asking anybody. */
  knownGroups(): Listing<ProtectionGroup> {
    return this.#merge(this.#groups)
  }

  /** The machines of every site as they are known, without asking anybody. */
  knownReplications(): Listing<Replication> {
    return this.#merge(this.#replications)
  }

  /** The machines of every site, no older than configured, except of sites that do not list them within `patienceMs`. */
  async listMachinesSoon(patienceMs: number): Promise<Listing<Replication>> {
    const maxAgeMs = this.toMs(null)
    await Promise.all(
      this.#feeds.flatMap((feed) => [
        feed.replications.getSoon(maxAgeMs, patienceMs),
        ...(feed.report.hasRead ? [] : [feed.report.getSoon(maxAgeMs, patienceMs)]),
      ]),
    )
    return this.knownReplications()
  }

  machinesOf(byId: Machines): MachineIndex {
    const index = this.#machineIndexes.get(byId) ?? indexMachines(byId.values())
    this.#machineIndexes.set(byId, index)
    return index
  }

  doublesOf(byId: Machines): readonly DoubleProtection[] {
    const doubles = this.#doubles.get(byId) ?? findDoubleProtections(byId)
    this.#doubles.set(byId, doubles)
    return doubles
  }

  /** The alerts of every site, derived ones included where a vendor raises none, and what could not be seen of them. */
  async listAlerts(): Promise<{ readonly alerts: readonly Alert[]; readonly coverage: readonly SiteCoverage[] }> {
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

  async #list<T extends ProtectedObject>(list: MergedList<T>, maxAgeSeconds: number | null): Promise<Listing<T>> {
    const maxAgeMs = this.toMs(maxAgeSeconds)
    // The first list also needs to know which site it is talking to; afterwards the report is refreshed by `sites`.
    await Promise.all(
      this.#feeds.flatMap((feed) => [
        list.readOf(feed).get(maxAgeMs),
        ...(feed.report.hasRead ? [] : [feed.report.get(maxAgeMs)]),
      ]),
    )
    return this.#merge(list)
  }

  #merge<T extends ProtectedObject>(list: MergedList<T>): Listing<T> {
    const oldestMs = this.oldestServedMs()
    const coverage = this.#feeds.map((feed) => toCoverage(feed, list.readOf(feed), oldestMs))
    const served = this.#feeds.filter((_, index) => coverage[index]?.completeness !== 'UNAVAILABLE')
    return { byId: list.merge(served), coverage }
  }
}
