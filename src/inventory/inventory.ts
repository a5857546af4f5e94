import { judgeActions } from '../domain/action-rules.ts'
import type { ActionAvailability } from '../domain/actions.ts'
import type { TargetKind } from '../domain/capabilities.ts'
import { DomainError, type Problem } from '../domain/errors.ts'
import { parseGlobalId, toGlobalId } from '../domain/global-id.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { RecoveryPointQuery, VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { CachedRead } from './cached-read.ts'
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
    const [adapter] = this.adaptersFor({ kind, vendor: object.vendor, nativeId: object.nativeId })
    if (adapter === undefined) return []
    return judgeActions({ kind, state: object.state, recovery: object.recovery, capabilities: adapter.capabilities() })
  }

  /** Recovery points of one object, newest first, from the best site that answers. */
  async listRecoveryPoints(
    vendor: ProtectedObject['vendor'],
    query: RecoveryPointQuery,
    signal: AbortSignal,
  ): Promise<readonly RecoveryPoint[]> {
    const { kind, nativeId } = query
    let failure: unknown = null
    for (const adapter of this.adaptersFor({ kind, vendor, nativeId })) {
      try {
        return (await adapter.listRecoveryPoints([query], signal)).flat()
      } catch (error) {
        failure ??= error
      }
    }
    throw failure ?? DomainError.notFound(toGlobalId(kind, vendor, nativeId))
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
    for (const { adapter, groups, replications } of this.#feeds) {
      if (adapter.vendor !== vendor) continue
      groups.outdate()
      replications.outdate()
    }
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
