import type { ActionAvailability } from '../domain/actions.ts'
import type { Alert } from '../domain/alert.ts'
import type { Capability, TargetKind } from '../domain/capabilities.ts'
import { DomainError, findProblem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { ListRead } from '../domain/list-read.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Leases } from '../domain/ports/leases.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { RpoHistory } from '../domain/ports/rpo-history.ts'
import type { SharedLists } from '../domain/ports/shared-lists.ts'
import type { SnapshotList, SnapshotStore } from '../domain/ports/snapshot-store.ts'
import type { OtherProtection, SiteSight, TargetDirectory } from '../domain/ports/target-directory.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import { toReachKey, type Place, type Reach } from '../domain/reach.ts'
import type { Replication } from '../domain/replication.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { TaskTarget } from '../domain/task.ts'
import { createLiveList, type LiveList } from '../std/live-list.ts'
import { askSite } from './ask-site.ts'
import { BoundInventory } from './bound-inventory.ts'
import { ConfigurationTimes } from './configuration-times.ts'
import type { DoubleProtection } from './double-protections.ts'
import type { AlertListing, InventoryView } from './inventory-view.ts'
import { toCoverage, type Listing, type SiteCoverage } from './listing.ts'
import { ListExchange } from './list-exchange.ts'
import { ListsSeat, toToldFirst } from './lists-seat.ts'
import type { Seen } from './merge-observations.ts'
import { RefreshRecorder } from './refresh-recorder.ts'
import { type AskForList, capabilitiesOf, createSiteFeed, type SiteFeed } from './site-feed.ts'
import { SiteLists, type Freshness } from './site-lists.ts'
import { toSites, type Site } from './site-view.ts'
import { SiteWatch } from './site-watch.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { TargetPlaces } from './target-places.ts'
import { TargetSites } from './target-sites.ts'
import { TargetSurroundings } from './target-surroundings.ts'

export type { Completeness, Listing, SiteCoverage } from './listing.ts'

/** How many reaches are kept: each holds as much of the lists as lies within it. */
const mostViews = 256

/** What outlives the process. */
export interface InventoryStores {
  readonly snapshots: SnapshotStore
  readonly rpoHistory: RpoHistory
  readonly protectionLog: ProtectionLog
  readonly leases: Leases
  /** Null where the store has one gateway. */
  readonly lists: SharedLists | null
}

export interface InventoryOptions extends Freshness {
  readonly adapters: readonly VendorAdapter[]
  readonly stores: InventoryStores
  /** Tells of every change that is written to the protection log, whichever gateway writes it. */
  readonly changes: Pick<EventBus<ProtectionEvent>, 'subscribe'>
  readonly clock: Clock
  readonly logger: Logger
  /** @default null // nobody traces */
  readonly tracer?: Tracer | null
}

/**
 * The read model: one view over every configured site, however many people look. Long because it is the one face of its room:
 * what it can do, file by file, is done behind it.
 */
export class Inventory implements TargetDirectory, InventoryView, AsyncDisposable {
  readonly reach = null
  /** The rooms of the read model share it, and find in it what is configured at the moment. */
  readonly #feedList: LiveList<SiteFeed>
  readonly #feeds: readonly SiteFeed[]
  readonly #tracer: Tracer | null
  /** Null where the store has one gateway. */
  readonly #elsewhere: AskForList | null
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #lists: SiteLists
  readonly #targets: TargetSites
  readonly #places: TargetPlaces
  readonly #surroundings: TargetSurroundings
  readonly #snapshots: SnapshotKeeper
  readonly #seat: ListsSeat
  /** Null where the store has one gateway, as the next one. */
  readonly #exchange: ListExchange | null
  readonly #times: ConfigurationTimes | null
  readonly #watch: SiteWatch
  /** By the key of their reach, the one that was used last at the end. */
  readonly #views = new Map<string, BoundInventory>()

  /** Knows nothing before {@link Inventory.restore}. */
  constructor(options: InventoryOptions) {
    const { adapters, stores, clock, logger, maxAgeSeconds } = options
    const { leases, lists, rpoHistory, protectionLog } = stores
    this.#tracer = options.tracer ?? null
    this.#elsewhere =
      lists === null ? null : async (feed, list, maxAgeMs) => (await this.#exchange?.ask(feed, list, maxAgeMs)) ?? false
    this.#clock = clock
    this.#feedList = createLiveList(adapters.map((adapter) => this.#openFeed(adapter)))
    const feeds = this.#feedList.view
    this.#feeds = feeds
    this.#lists = new SiteLists(feeds, clock, options)
    this.#targets = new TargetSites(feeds)
    this.#places = new TargetPlaces(feeds, this.#lists, this.#targets)
    this.#surroundings = new TargetSurroundings(this.#lists, this.#targets, clock)
    this.#snapshots = new SnapshotKeeper({ feeds, store: stores.snapshots, clock, logger })
    this.#watch = new SiteWatch({ feeds, clock, maxAgeMs: maxAgeSeconds * 1000, leases })
    const onOutdated = (outdated: SiteFeed): void => this.#watch.hurry((feed) => feed === outdated, true)
    const sharing = { feeds, changes: options.changes, leases, clock, logger, onOutdated }
    this.#exchange = lists === null ? null : new ListExchange({ ...sharing, lists })
    this.#times = lists === null ? null : new ConfigurationTimes(protectionLog, options.changes)
    this.#logger = logger
    this.#seat = new ListsSeat({
      leases,
      watch: this.#watch,
      exchange: this.#exchange,
      createRecorder: (lease) =>
        new RefreshRecorder({
          feeds,
          listGroups: () => this.#lists.knownGroups().byId.values(),
          onChanged: (changes) => {
            const vendors = new Set(changes.map(({ target }) => target.vendor))
            this.#watch.hurry(({ adapter }) => vendors.has(adapter.vendor), false)
          },
          rpoHistory,
          protectionLog: toToldFirst(protectionLog.under(lease), this.#exchange),
          clock,
          logger,
        }),
    })
  }

  /** Brings back what a former process knew, or another gateway knows. To be called once, before anybody asks. */
  async restore(): Promise<void> {
    await this.#exchange?.start()
    await this.#snapshots.restore()
    try {
      await this.#times?.load()
    } catch (error) {
      this.#logger.warn('when what is protected was last changed cannot be read', { error })
    }
    // Whoever knows of no site has nothing to read for others.
    if (this.#feeds.length > 0) await this.#seat.begin()
  }

  /**
   * These are the sites from now on. A site whose adapter was there before keeps what was read of it; of a new one that is
   * brought back which was kept of it. A site that is not among them any more leaves the lists.
   *
   * @param renewed Those that are reached in another way than before: what is known of them is asked for anew, and at once
   *   whether they answer. Until they do, what they said before is served as it was.
   */
  setSites(adapters: readonly VendorAdapter[], renewed: readonly VendorAdapter[]): void {
    const known = new Map(this.#feeds.map((feed) => [feed.adapter, feed]))
    const next = adapters.map((adapter) => known.get(adapter) ?? this.#openFeed(adapter))
    const fresh = next.filter(({ adapter }) => !known.has(adapter))
    const gone = this.#feeds.filter((feed) => !next.includes(feed))
    this.#feedList.replace(next)
    // Where things stand depends on what is configured.
    this.#views.clear()
    if (this.#exchange === null) void this.#snapshots.flush(gone)
    if (fresh.length > 0) void this.#welcome(fresh)
    this.#watch.renew()
    const isRenewed = ({ adapter }: SiteFeed): boolean => renewed.includes(adapter)
    for (const { report, groups, replications, alerts } of this.#feeds.filter(isRenewed)) {
      for (const read of [report, groups, replications, alerts]) read.outdate()
      void report.get(this.#lists.toMs(null))
    }
    this.#watch.hurry(isRenewed, true)
  }

  /** Ends all looking, and keeps what was read last. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]()
    await this.#seat[Symbol.asyncDispose]()
    this.#times?.[Symbol.dispose]()
    if (this.#exchange === null) await this.#snapshots.flush()
    else await this.#exchange[Symbol.asyncDispose]()
  }

  /** As far as a reach goes: this itself for one without bounds, and the same view for the same reach. */
  within(reach: Reach): InventoryView {
    if (reach === null) return this
    const key = toReachKey(reach)
    const view = this.#views.get(key) ?? new BoundInventory(this, reach)
    this.#views.delete(key)
    this.#views.set(key, view)
    const [oldest] = this.#views.keys()
    if (this.#views.size > mostViews && oldest !== undefined) this.#views.delete(oldest)
    return view
  }

  async listGroups(
    maxAgeSeconds: number | null = null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<ProtectionGroup>> {
    return this.#lists.listGroups(maxAgeSeconds, vendors)
  }

  async listReplications(
    maxAgeSeconds: number | null = null,
    vendors: readonly Vendor[] | null = null,
  ): Promise<Listing<Replication>> {
    return this.#lists.listReplications(maxAgeSeconds, vendors)
  }

  /**
   * Names the version of lists as they are known; null where one of them is not whole, and for an age of 0, with which no list
   * is the same twice.
   */
  versionOf(reads: readonly ListRead[], maxAgeSeconds: number | null): string | null {
    return this.#lists.versionOf(reads, maxAgeSeconds)
  }

  /** The same, and null where a site whose list is older would have to be asked; an age of null is the configured one. */
  youngVersionOf(reads: readonly ListRead[], maxAgeSeconds: number | null): string | null {
    return this.#lists.youngVersionOf(reads, maxAgeSeconds)
  }

  /** The lists of all sites as they are known, without asking anybody. */
  knownLists(): {
    readonly groups: Listing<ProtectionGroup>['byId']
    readonly replications: Listing<Replication>['byId']
  } {
    return { groups: this.#lists.knownGroups().byId, replications: this.#lists.knownReplications().byId }
  }

  /** When the lists of each site were read, without asking anybody. */
  knownCoverage(): { readonly groups: readonly SiteCoverage[]; readonly replications: readonly SiteCoverage[] } {
    return { groups: this.#lists.knownGroups().coverage, replications: this.#lists.knownReplications().coverage }
  }

  async listMembers(maxAgeSeconds: number | null = null): Promise<ReadonlyMap<string, readonly Seen<Replication>[]>> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#lists.machinesOf(byId).byGroup
  }

  async listDoubleProtections(maxAgeSeconds: number | null = null): Promise<readonly DoubleProtection[]> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#lists.doublesOf(byId)
  }

  async listSites(maxAgeSeconds: number | null = null): Promise<readonly Site[]> {
    await Promise.all(this.#feeds.map((feed) => feed.report.get(this.#lists.toMs(maxAgeSeconds))))
    return this.knownSites()
  }

  knownSites(): readonly Site[] {
    return toSites(this.#feeds)
  }

  findSite(id: string): Site | null {
    const name = this.findAdapterOfSite(id)?.siteName
    const sites = this.knownSites()
    return sites.find((site) => site.id === id) ?? sites.find((site) => site.configuredName === name) ?? null
  }

  configurationChangedAt(id: string): Date | null {
    const machines = this.#lists.machinesOf(this.#lists.knownReplications().byId).byGroup.get(id) ?? []
    const times = [id, ...machines.map((machine) => machine.id)].flatMap((each) => {
      const at = this.#times === null ? this.#seat.configurationChangedAt(each) : this.#times.find(each)
      return at === null ? [] : [at.getTime()]
    })
    return times.length === 0 ? null : new Date(Math.max(...times))
  }

  watch(): Disposable {
    return this.#watch.hold()
  }

  async catchUp({ sequence }: Pick<ProtectionEvent, 'sequence'>): Promise<void> {
    await this.#exchange?.catchUp(sequence)
  }

  judge(kind: TargetKind, object: ProtectedObject): readonly ActionAvailability[] {
    return this.#targets.judge(kind, object)
  }

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

  /** @param isAsked Which sites are asked. @default all */
  async readSites<T>(
    capability: Capability,
    read: (adapter: VendorAdapter) => Promise<readonly T[]>,
    isAsked: (adapter: VendorAdapter) => boolean = () => true,
  ): Promise<{ readonly items: readonly T[]; readonly coverage: readonly SiteCoverage[] }> {
    const asked = this.#feeds.filter(({ adapter }) => isAsked(adapter))
    const able = asked.filter((feed) => capabilitiesOf(feed).supports[capability])
    const parts = await Promise.all(able.map(({ adapter }) => this.#readPart(adapter, read)))
    return { items: parts.flatMap(({ items }) => items), coverage: parts.map(({ coverage }) => coverage) }
  }

  async #readPart<T>(adapter: VendorAdapter, read: (adapter: VendorAdapter) => Promise<readonly T[]>) {
    const { siteName } = adapter
    const observedAt = this.#clock.now()
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

  listAlerts(): Promise<AlertListing> {
    return this.#lists.listAlerts()
  }

  async findAlert(alertId: string): Promise<Alert | null> {
    const { alerts } = await this.listAlerts()
    return alerts.find(({ id, isDerived }) => id === alertId && !isDerived) ?? null
  }

  async listCoverage(): Promise<readonly SiteCoverage[]> {
    await this.listSites()
    return this.#feeds.map((feed) => toCoverage(feed, feed.report, this.#lists.oldestServedMs()))
  }

  isListed(target: TaskTarget): boolean {
    return this.#places.findListed(target) !== null
  }

  isHidden(): boolean {
    return false
  }

  mayAskAbout(): boolean {
    return true
  }

  isWholeSite(): boolean {
    return true
  }

  adaptersFor(target: TaskTarget): readonly VendorAdapter[] {
    return this.#targets.adaptersFor(target)
  }

  toPlaces(object: Pick<ProtectedObject, 'source' | 'destination'>): readonly Place[] {
    return this.#places.toPlaces(object)
  }

  placesOf(target: TaskTarget): readonly Place[] {
    return this.#places.placesOf(target)
  }

  findPlaces(target: TaskTarget): Promise<readonly Place[]> {
    return this.#places.findPlaces(target)
  }

  async reachAdapterOfSite(siteId: string): Promise<VendorAdapter | null> {
    const known = this.findAdapterOfSite(siteId)
    if (known !== null) return known
    await this.listSites()
    return this.findAdapterOfSite(siteId)
  }

  findAdapterOfSite(siteId: string): VendorAdapter | null {
    return this.#targets.findAdapterOfSite(siteId)
  }

  listMachines(target: TaskTarget): Promise<readonly Replication[]> {
    return this.#surroundings.listMachines(target)
  }

  listOtherProtections(
    machines: readonly Replication[],
  ): Promise<{ readonly found: readonly OtherProtection[]; readonly unseenSites: readonly string[] }> {
    return this.#surroundings.listOtherProtections(machines)
  }

  listAlertsAbout(ids: readonly string[]): Promise<readonly Alert[]> {
    return this.#surroundings.listAlertsAbout(ids)
  }

  async askSite(siteId: string, signal: AbortSignal): Promise<SiteSight> {
    return askSite(siteId, this.findAdapterOfSite(siteId), this.#feeds, signal)
  }

  /** Brings back what is known of sites, and begins to read where there was none before. */
  async #welcome(feeds: readonly SiteFeed[]): Promise<void> {
    await this.#snapshots.restore(feeds)
    this.#exchange?.lookAnew()
    await this.#seat.begin()
  }

  #openFeed(adapter: VendorAdapter): SiteFeed {
    const noteRead = (feed: SiteFeed, list: SnapshotList): void => {
      // What comes of a site that was taken away meanwhile counts no more.
      if (!this.#feeds.includes(feed)) return
      if (this.#exchange === null) this.#snapshots.note(feed, list)
      else this.#exchange.note(feed, list)
      if (list !== 'alerts') this.#seat.note(feed)
    }
    return createSiteFeed(adapter, this.#clock, noteRead, { tracer: this.#tracer, elsewhere: this.#elsewhere })
  }

  forget(target: Pick<TaskTarget, 'vendor'>): void {
    this.outdate(target)
    this.#exchange?.outdate(this.#feeds.filter(({ adapter }) => adapter.vendor === target.vendor))
  }

  /** The same where every gateway hears of it by itself: the lists of the vendor's sites are out of date here. */
  outdate({ vendor }: Pick<TaskTarget, 'vendor'>): void {
    const concerned = (feed: SiteFeed): boolean => feed.adapter.vendor === vendor
    for (const { groups, replications, alerts } of this.#feeds.filter(concerned)) {
      for (const read of [groups, replications, alerts]) read.outdate()
    }
    // While nobody watches nothing is read: whoever asks next gets a new answer.
    this.#watch.hurry(concerned, true)
  }
}

/** Opens the read model with what a former process knew. Asks no site before somebody asks. */
export const openInventory = async (options: InventoryOptions): Promise<Inventory> => {
  const inventory = new Inventory(options)
  await inventory.restore()
  return inventory
}
