import { judgeActions } from '../domain/action-rules.ts'
import type { ActionAvailability } from '../domain/actions.ts'
import type { Alert } from '../domain/alert.ts'
import type { Capability, TargetKind } from '../domain/capabilities.ts'
import { DomainError, findProblem, type Problem } from '../domain/errors.ts'
import { parseGlobalId, toGlobalId } from '../domain/global-id.ts'
import { withGroupFacts } from '../domain/member-facts.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { CachedRead } from './cached-read.ts'
import { deriveAlerts } from './derive-alerts.ts'
import { mergeObservations, type Seen, type SiteListing } from './merge-observations.ts'
import { createSiteFeed, type SiteFeed } from './site-feed.ts'
import { isUnreachedId, toSites, type Site } from './site-view.ts'

export const completenesses = ['COMPLETE', 'STALE', 'UNAVAILABLE'] as const
export type Completeness = (typeof completenesses)[number]

/** What a list could see of one configured site. */
export interface SiteCoverage {
  readonly siteName: string
  readonly completeness: Completeness
  readonly observedAt: Date | null
  readonly problem: Problem | null
}

/** One list over all sites, and what it could not see. */
export interface Listing<T extends ProtectedObject> {
  readonly byId: ReadonlyMap<string, Seen<T>>
  readonly coverage: readonly SiteCoverage[]
}

export interface InventoryOptions {
  readonly adapters: readonly VendorAdapter[]
  readonly clock: Clock
  /** How old an answer may be where the query does not say. */
  readonly maxAgeSeconds: number
  /** How long a site's last answer is served after the site has stopped answering. */
  readonly staleForSeconds: number
}

/** One list of all sites, merged. Merging is done once per refresh, not once per query. */
class MergedList<T extends ProtectedObject> {
  readonly readOf: (feed: SiteFeed) => CachedRead<readonly T[]>
  #stamp: string | null = null
  #byId: ReadonlyMap<string, Seen<T>> = new Map()

  constructor(readOf: MergedList<T>['readOf']) {
    this.readOf = readOf
  }

  /** @param stamp Names the versions of the listings: the same stamp has the same merged list. */
  merge(stamp: string, listings: () => readonly SiteListing<T>[]): ReadonlyMap<string, Seen<T>> {
    if (this.#stamp !== stamp) {
      this.#byId = mergeObservations(listings())
      this.#stamp = stamp
    }
    return this.#byId
  }
}

/** The read model: one view over every configured site, however many people look. */
export class Inventory implements TargetDirectory {
  readonly #feeds: readonly SiteFeed[]
  readonly #options: InventoryOptions
  readonly #indexes = new WeakMap<readonly ProtectedObject[], ReadonlyMap<string, ProtectedObject>>()
  readonly #groups = new MergedList<ProtectionGroup>((feed) => feed.groups)
  readonly #replications = new MergedList<Replication>((feed) => feed.replications)

  constructor(options: InventoryOptions) {
    this.#options = options
    this.#feeds = options.adapters.map((adapter) => createSiteFeed(adapter, options.clock))
  }

  /** @param maxAgeSeconds How old the answer may be; null takes the configured default. */
  async listGroups(maxAgeSeconds: number | null = null): Promise<Listing<ProtectionGroup>> {
    return this.#list(this.#groups, maxAgeSeconds)
  }

  /** @param maxAgeSeconds How old the answer may be; null takes the configured default. */
  async listReplications(maxAgeSeconds: number | null = null): Promise<Listing<Replication>> {
    return this.#list(this.#replications, maxAgeSeconds)
  }

  /** Members by the global id of their group; a group without members is left out. */
  async listMembers(maxAgeSeconds: number | null = null): Promise<ReadonlyMap<string, readonly Seen<Replication>[]>> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return Map.groupBy(
      [...byId.values()].filter(({ groupNativeId }) => groupNativeId !== null),
      ({ vendor, groupNativeId }) => toGlobalId('ProtectionGroup', vendor, groupNativeId ?? ''),
    )
  }

  /** Every site that is configured or known as a peer. */
  async listSites(maxAgeSeconds: number | null = null): Promise<readonly Site[]> {
    await Promise.all(this.#feeds.map((feed) => feed.report.get(this.#toMs(maxAgeSeconds))))
    return this.knownSites()
  }

  /** The same from what was read last, without asking anybody. */
  knownSites(): readonly Site[] {
    return toSites(this.#feeds)
  }

  /** The verdict on every action for an object of a list. */
  judge(kind: TargetKind, object: ProtectedObject): readonly ActionAvailability[] {
    const { vendor, nativeId } = object
    const [adapter] = this.adaptersFor({ kind, vendor, nativeId })
    if (adapter === undefined) return []
    const capabilities = adapter.capabilities()
    const group = capabilities.rules.testIsToldByGroup ? this.#findGroupOf(object) : null
    const { state, recovery } = group !== null && isMember(object) ? withGroupFacts(object, group) : object
    return judgeActions({ kind, state, recovery, capabilities })
  }

  /**
   * One read about a target, from the best site that answers.
   *
   * @throws what the first site threw, when none answers; NOT_FOUND when no site can know the target.
   */
  async readTarget<T>(target: TaskTarget, read: (adapter: VendorAdapter) => Promise<T>): Promise<T> {
    let failure: unknown = null
    for (const adapter of this.adaptersFor(target)) {
      try {
        return await read(adapter)
      } catch (error) {
        failure ??= error
      }
    }
    throw failure ?? DomainError.notFound(toGlobalId(target.kind, target.vendor, target.nativeId))
  }

  /**
   * One list that sites are asked for when somebody asks, together: from every configured site that has the capability. A
   * site that cannot give it costs its own part only.
   */
  async readSites<T>(
    capability: Capability,
    read: (adapter: VendorAdapter) => Promise<readonly T[]>,
  ): Promise<{ readonly items: readonly T[]; readonly coverage: readonly SiteCoverage[] }> {
    const able = this.#feeds.filter(({ adapter }) => adapter.capabilities().supports[capability])
    const parts = await Promise.all(able.map(({ adapter }) => this.#readPart(adapter, read)))
    return { items: parts.flatMap(({ items }) => items), coverage: parts.map(({ coverage }) => coverage) }
  }

  async #readPart<T>(adapter: VendorAdapter, read: (adapter: VendorAdapter) => Promise<readonly T[]>) {
    const { siteName } = adapter
    const observedAt = this.#options.clock.now()
    try {
      const items = await read(adapter)
      return { items, coverage: { siteName, completeness: 'COMPLETE', observedAt, problem: null } as const }
    } catch (error) {
      const problem = findProblem(error)
      if (problem === null) throw error
      const coverage = { siteName, completeness: 'UNAVAILABLE', observedAt: null, problem } as const
      return { items: [], coverage }
    }
  }

  /** The alerts of every configured site, derived ones included, and what could not be seen of them. */
  async listAlerts(): Promise<{ readonly alerts: readonly Alert[]; readonly coverage: readonly SiteCoverage[] }> {
    const maxAgeMs = this.#toMs(null)
    const raising = this.#feeds.filter(({ adapter }) => adapter.capabilities().supports.ALERTS)
    await Promise.all(raising.map((feed) => feed.alerts.get(maxAgeMs)))
    const silent = new Set(this.#feeds.filter((feed) => !raising.includes(feed)).map(({ adapter }) => adapter.vendor))
    const [groups, replications] = await Promise.all([this.listGroups(), this.listReplications()])
    const objects = [...groups.byId.values(), ...replications.byId.values()].filter(({ vendor }) => silent.has(vendor))
    const raised = new Map(raising.flatMap((feed) => (feed.alerts.last.value ?? []).map((alert) => [alert.id, alert])))
    const own = raising.map((feed) => toCoverage(feed, feed.alerts, this.#oldestServed()))
    const names = new Set(own.map(({ siteName }) => siteName))
    const others = replications.coverage.filter(({ siteName }) => !names.has(siteName))
    return { alerts: [...raised.values(), ...deriveAlerts(objects)], coverage: [...own, ...others] }
  }

  async findAdapterOfAlert(alertId: string): Promise<VendorAdapter | null> {
    const { alerts } = await this.listAlerts()
    const alert = alerts.find(({ id, isDerived }) => id === alertId && !isDerived)
    return alert === undefined ? null : this.findAdapterOfSite(alert.siteId)
  }

  /** Whether each site answers at all; for lists that do not come from a vendor's list. */
  async listCoverage(): Promise<readonly SiteCoverage[]> {
    await this.listSites()
    return this.#feeds.map((feed) => toCoverage(feed, feed.report, this.#oldestServed()))
  }

  adaptersFor({ kind, vendor, nativeId }: TaskTarget): readonly VendorAdapter[] {
    const id = toGlobalId(kind, vendor, nativeId)
    const sameVendor = this.#feeds.filter(({ adapter }) => adapter.vendor === vendor)
    if (!sameVendor.some(({ adapter }) => adapter.ownsId(kind, nativeId))) return []
    const rank = (feed: SiteFeed): number => {
      const seen = this.#findIn(feed, kind, id)
      if (seen === null) return 3
      const siteId = feed.report.last.value?.local.id
      if (siteId === seen.destination.siteId) return 0
      return siteId === seen.source.siteId ? 1 : 2
    }
    const ranked = sameVendor.map((feed) => ({ feed, rank: rank(feed) })).toSorted((a, b) => a.rank - b.rank)
    return ranked.map(({ feed }) => feed.adapter)
  }

  findAdapterOfSite(siteId: string): VendorAdapter | null {
    const key = parseGlobalId(siteId)
    if (key?.kind !== 'Site') return null
    const feed = this.#feeds.find(
      ({ adapter, report }) =>
        report.last.value?.local.id === siteId ||
        (adapter.vendor === key.vendor && isUnreachedId(key.nativeId, adapter.siteName)),
    )
    return feed?.adapter ?? null
  }

  forget({ vendor }: Pick<TaskTarget, 'vendor'>): void {
    for (const { adapter, groups, replications, alerts } of this.#feeds) {
      if (adapter.vendor !== vendor) continue
      for (const read of [groups, replications, alerts]) read.outdate()
    }
  }

  #findGroupOf(object: ProtectedObject): ProtectedObject | null {
    if (!isMember(object) || object.groupNativeId === null) return null
    const id = toGlobalId('ProtectionGroup', object.vendor, object.groupNativeId)
    return this.#feeds.map((feed) => this.#findIn(feed, 'ProtectionGroup', id)).find((group) => group !== null) ?? null
  }

  #findIn({ groups, replications }: SiteFeed, kind: TargetKind, id: string): ProtectedObject | null {
    const list: readonly ProtectedObject[] | null =
      kind === 'ProtectionGroup' ? groups.last.value : replications.last.value
    if (list === null) return null
    const index = this.#indexes.get(list) ?? new Map(list.map((object) => [object.id, object]))
    this.#indexes.set(list, index)
    return index.get(id) ?? null
  }

  #oldestServed(): number {
    return this.#options.clock.now().getTime() - this.#options.staleForSeconds * 1000
  }

  #toMs(maxAgeSeconds: number | null): number {
    return (maxAgeSeconds ?? this.#options.maxAgeSeconds) * 1000
  }

  async #list<T extends ProtectedObject>(list: MergedList<T>, maxAgeSeconds: number | null): Promise<Listing<T>> {
    const { readOf } = list
    const maxAgeMs = this.#toMs(maxAgeSeconds)
    // The first list also needs to know which site it is talking to; afterwards the report is refreshed by `sites`.
    await Promise.all(
      this.#feeds.flatMap((feed) => [
        readOf(feed).get(maxAgeMs),
        ...(feed.report.last.value === null ? [feed.report.get(maxAgeMs)] : []),
      ]),
    )
    const coverage = this.#feeds.map((feed) => toCoverage(feed, readOf(feed), this.#oldestServed()))
    const served = this.#feeds.filter((_, index) => coverage[index]?.completeness !== 'UNAVAILABLE')
    const stamp = served.map((feed) => stampOf(feed, readOf(feed))).join()
    return { byId: list.merge(stamp, () => served.map((feed) => toListing(feed, readOf(feed)))), coverage }
  }
}

const isMember = (object: ProtectedObject): object is Replication => 'groupNativeId' in object

const toCoverage = <T>({ adapter }: SiteFeed, read: CachedRead<T>, oldest: number): SiteCoverage => {
  const { observedAt, problem } = read.last
  const { siteName } = adapter
  if (observedAt === null || (problem !== null && observedAt.getTime() < oldest)) {
    return { siteName, completeness: 'UNAVAILABLE', observedAt, problem }
  }
  return { siteName, completeness: problem === null ? 'COMPLETE' : 'STALE', observedAt, problem }
}

const toListing = <T>(feed: SiteFeed, read: CachedRead<readonly T[]>): SiteListing<T> => {
  const [site] = toSites([feed])
  const { value, observedAt, problem } = read.last
  return {
    siteId: site?.id ?? '',
    siteName: feed.adapter.siteName,
    observedAt: observedAt ?? new Date(0),
    isStale: problem !== null,
    items: value ?? [],
  }
}

const stampOf = <T>({ adapter, report }: SiteFeed, { last }: CachedRead<T>): string =>
  `${adapter.siteName}:${last.version}:${last.problem === null ? 'fresh' : 'stale'}:${report.last.version}`

export const createInventory = (options: InventoryOptions): Inventory => new Inventory(options)
