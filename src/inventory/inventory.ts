import type { ActionAvailability } from '../domain/actions.ts'
import type { Alert } from '../domain/alert.ts'
import type { Capability, TargetKind } from '../domain/capabilities.ts'
import { DomainError, findProblem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { RpoHistory } from '../domain/ports/rpo-history.ts'
import type { SnapshotStore } from '../domain/ports/snapshot-store.ts'
import type { OtherProtection, SiteSight, TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import { askSite } from './ask-site.ts'
import type { DoubleProtection } from './double-protections.ts'
import { toCoverage, type Listing, type SiteCoverage } from './listing.ts'
import type { Seen } from './merge-observations.ts'
import { RefreshRecorder } from './refresh-recorder.ts'
import { capabilitiesOf, createSiteFeed, type SiteFeed } from './site-feed.ts'
import { SiteLists, type Freshness } from './site-lists.ts'
import { toSites, type Site } from './site-view.ts'
import { SiteWatch } from './site-watch.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { TargetSites } from './target-sites.ts'
import { TargetSurroundings } from './target-surroundings.ts'

export type { Completeness, Listing, SiteCoverage } from './listing.ts'

/** What outlives the process. */
export interface InventoryStores {
  readonly snapshots: SnapshotStore
  readonly rpoHistory: RpoHistory
  readonly protectionLog: ProtectionLog
}

export interface InventoryOptions extends Freshness {
  readonly adapters: readonly VendorAdapter[]
  readonly stores: InventoryStores
  readonly clock: Clock
  readonly logger: Logger
}

/** The read model: one view over every configured site, however many people look. */
export class Inventory implements TargetDirectory, AsyncDisposable {
  readonly #feeds: readonly SiteFeed[]
  readonly #clock: Clock
  readonly #lists: SiteLists
  readonly #targets: TargetSites
  readonly #surroundings: TargetSurroundings
  readonly #snapshots: SnapshotKeeper
  readonly #recorder: RefreshRecorder
  readonly #watch: SiteWatch

  /** Knows nothing before {@link Inventory.restore}. */
  constructor(options: InventoryOptions) {
    const { adapters, stores, clock, logger, maxAgeSeconds } = options
    const feeds = adapters.map((adapter) =>
      createSiteFeed(adapter, clock, (feed, list) => {
        this.#snapshots.note(feed, list)
        if (list !== 'alerts') this.#recorder.note(feed)
      }),
    )
    this.#feeds = feeds
    this.#clock = clock
    this.#lists = new SiteLists(feeds, clock, options)
    this.#targets = new TargetSites(feeds)
    this.#surroundings = new TargetSurroundings(this.#lists, this.#targets, clock)
    this.#snapshots = new SnapshotKeeper({ feeds, store: stores.snapshots, clock, logger })
    this.#watch = new SiteWatch({ feeds, clock, maxAgeMs: maxAgeSeconds * 1000 })
    this.#recorder = new RefreshRecorder({
      feeds,
      listGroups: () => this.#lists.knownGroups().byId.values(),
      onChanged: (changes) => {
        const vendors = new Set(changes.map(({ target }) => target.vendor))
        this.#watch.hurry(({ adapter }) => vendors.has(adapter.vendor), false)
      },
      rpoHistory: stores.rpoHistory,
      protectionLog: stores.protectionLog,
      clock,
      logger,
    })
  }

  /** Brings back what a former process knew. To be called once, before anybody asks. */
  async restore(): Promise<void> {
    await Promise.all([this.#snapshots.restore(), this.#recorder.load()])
  }

  /** Ends all looking, and keeps what was read last. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]()
    await this.#recorder[Symbol.asyncDispose]()
    await this.#snapshots.flush()
  }

  /** @param maxAgeSeconds How old the answer may be; null takes the configured default. */
  async listGroups(maxAgeSeconds: number | null = null): Promise<Listing<ProtectionGroup>> {
    return this.#lists.listGroups(maxAgeSeconds)
  }

  /** @param maxAgeSeconds How old the answer may be; null takes the configured default. */
  async listReplications(maxAgeSeconds: number | null = null): Promise<Listing<Replication>> {
    return this.#lists.listReplications(maxAgeSeconds)
  }

  /** Members by the global id of their group; a group without members is left out. */
  async listMembers(maxAgeSeconds: number | null = null): Promise<ReadonlyMap<string, readonly Seen<Replication>[]>> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#lists.machinesOf(byId).byGroup
  }

  /** The machines that two products protect, each pair once, and by what it is known to be the same machine. */
  async listDoubleProtections(maxAgeSeconds: number | null = null): Promise<readonly DoubleProtection[]> {
    const { byId } = await this.listReplications(maxAgeSeconds)
    return this.#lists.doublesOf(byId)
  }

  /** Every site that is configured or known as a peer. */
  async listSites(maxAgeSeconds: number | null = null): Promise<readonly Site[]> {
    await Promise.all(this.#feeds.map((feed) => feed.report.get(this.#lists.toMs(maxAgeSeconds))))
    return this.knownSites()
  }

  /** The same from what was read last, without asking anybody. */
  knownSites(): readonly Site[] {
    return toSites(this.#feeds)
  }

  /**
   * When something of a replication or group last changed that only another test can prove: name, priority, members, ends or
   * settings, for a group also those of its machines. Null when that was never seen.
   */
  configurationChangedAt(id: string): Date | null {
    const machines = this.#lists.machinesOf(this.#lists.knownReplications().byId).byGroup.get(id) ?? []
    const times = [id, ...machines.map((machine) => machine.id)].flatMap((each) => {
      const at = this.#recorder.configurationChangedAt(each)
      return at === null ? [] : [at.getTime()]
    })
    return times.length === 0 ? null : new Date(Math.max(...times))
  }

  /**
   * Somebody wants to hear of changes from now on: the sites are read again and again, however many watch, until the last one
   * has disposed of the result.
   */
  watch(): Disposable {
    return this.#watch.hold()
  }

  /** The verdict on every action for an object of a list. */
  judge(kind: TargetKind, object: ProtectedObject): readonly ActionAvailability[] {
    return this.#targets.judge(kind, object)
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
    const able = this.#feeds.filter((feed) => capabilitiesOf(feed).supports[capability])
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

  /** The alerts of every configured site, derived ones included, and what could not be seen of them. */
  listAlerts(): Promise<{ readonly alerts: readonly Alert[]; readonly coverage: readonly SiteCoverage[] }> {
    return this.#lists.listAlerts()
  }

  async findAdapterOfAlert(alertId: string): Promise<VendorAdapter | null> {
    const { alerts } = await this.listAlerts()
    const alert = alerts.find(({ id, isDerived }) => id === alertId && !isDerived)
    return alert === undefined ? null : this.findAdapterOfSite(alert.siteId)
  }

  /** Whether each site answers at all; for lists that do not come from a vendor's list. */
  async listCoverage(): Promise<readonly SiteCoverage[]> {
    await this.listSites()
    return this.#feeds.map((feed) => toCoverage(feed, feed.report, this.#lists.oldestServedMs()))
  }

  adaptersFor(target: TaskTarget): readonly VendorAdapter[] {
    return this.#targets.adaptersFor(target)
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

  forget({ vendor }: Pick<TaskTarget, 'vendor'>): void {
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
