import { judgeActions } from '../domain/action-rules.ts'
import type { ActionAvailability } from '../domain/actions.ts'
import type { TargetKind } from '../domain/capabilities.ts'
import { parseGlobalId, toGlobalId } from '../domain/global-id.ts'
import { withGroupFacts } from '../domain/member-facts.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import { capabilitiesOf, type SiteFeed } from './site-feed.ts'
import { isUnreachedId } from './site-view.ts'

const isMember = (object: ProtectedObject): object is Replication => 'groupNativeId' in object

/** Which sites a target is to be asked of, and what may be done to it, from what was listed last. Asks nobody. */
export class TargetSites {
  readonly #feeds: readonly SiteFeed[]
  readonly #indexes = new WeakMap<readonly ProtectedObject[], ReadonlyMap<string, ProtectedObject>>()

  constructor(feeds: readonly SiteFeed[]) {
    this.#feeds = feeds
  }

  adaptersFor(target: TaskTarget): readonly VendorAdapter[] {
    return this.#feedsFor(target).map(({ adapter }) => adapter)
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

  judge(kind: TargetKind, object: ProtectedObject): readonly ActionAvailability[] {
    const { vendor, nativeId } = object
    const [feed] = this.#feedsFor({ kind, vendor, nativeId })
    if (feed === undefined) return []
    const capabilities = capabilitiesOf(feed)
    const group = capabilities.rules.testIsToldByGroup ? this.findGroupOf(object) : null
    const { state, recovery } = group !== null && isMember(object) ? withGroupFacts(object, group) : object
    return judgeActions({ kind, state, recovery, capabilities })
  }

  /** The group of a machine; null for a group, a machine without one, and where no site lists it. */
  findGroupOf(object: ProtectedObject): ProtectedObject | null {
    if (!isMember(object) || object.groupNativeId === null) return null
    const id = toGlobalId('ProtectionGroup', object.vendor, object.groupNativeId)
    return this.#feeds.map((feed) => this.#findIn(feed, 'ProtectionGroup', id)).find((group) => group !== null) ?? null
  }

  /** What any site listed last under this name, however long ago; null for nothing. */
  findLast({ kind, vendor, nativeId }: TaskTarget): ProtectedObject | null {
    const id = toGlobalId(kind, vendor, nativeId)
    return this.#feeds.map((feed) => this.#findIn(feed, kind, id)).find((object) => object !== null) ?? null
  }

  /** Configured names of the sites that list an object now. */
  listersOf(id: string): readonly string[] {
    const kind = parseGlobalId(id)?.kind
    if (kind !== 'ProtectionGroup' && kind !== 'Replication') return []
    return this.#feeds.filter((feed) => this.#findIn(feed, kind, id) !== null).map(({ adapter }) => adapter.siteName)
  }

  #feedsFor({ kind, vendor, nativeId }: TaskTarget): readonly SiteFeed[] {
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
    return ranked.map(({ feed }) => feed)
  }

  #findIn({ groups, replications }: SiteFeed, kind: TargetKind, id: string): ProtectedObject | null {
    const list: readonly ProtectedObject[] | null =
      kind === 'ProtectionGroup' ? groups.last.value : replications.last.value
    if (list === null) return null
    const index = this.#indexes.get(list) ?? new Map(list.map((object) => [object.id, object]))
    this.#indexes.set(list, index)
    return index.get(id) ?? null
  }
}
