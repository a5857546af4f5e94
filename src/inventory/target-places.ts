import { toGlobalId } from '../domain/global-id.ts'
import type { ProtectedObject, ReplicationEnd } from '../domain/protection.ts'
import type { Place } from '../domain/reach.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { Seen } from './merge-observations.ts'
import type { SiteFeed } from './site-feed.ts'
import type { SiteLists } from './site-lists.ts'
import type { TargetSites } from './target-sites.ts'

/** How long lists that are being read are waited for: then what is known has to do. */
const patienceMs = 5_000

type Ends = Pick<ProtectedObject, 'source' | 'destination'>

const listedBy = (object: Ends): readonly string[] | null => {
  if (!('observations' in object)) return null
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only merged objects have observations
  return (object as Seen<ProtectedObject>).observations.map(({ siteName }) => siteName)
}

/**
 * Where things stand, by the configured names of their sites. One site may be configured under several names, each with a
 * sign-in that shows another part of it: then only those names count that list the object.
 */
export class TargetPlaces {
  readonly #feeds: readonly SiteFeed[]
  readonly #lists: SiteLists
  readonly #sites: TargetSites

  constructor(feeds: readonly SiteFeed[], lists: SiteLists, sites: TargetSites) {
    this.#feeds = feeds
    this.#lists = lists
    this.#sites = sites
  }

  toPlaces(object: Ends): readonly Place[] {
    const toEnd = (end: ReplicationEnd): readonly Place[] => {
      const names = this.#namesOf(end.siteId, object)
      const { organization } = end
      return names.length === 0
        ? [{ siteName: null, organization }]
        : names.map((siteName) => ({ siteName, organization }))
    }
    return [...toEnd(object.source), ...toEnd(object.destination)]
  }

  placesOf(target: TaskTarget): readonly Place[] {
    const object = this.findListed(target)
    return object === null ? [] : this.toPlaces(object)
  }

  async findPlaces(target: TaskTarget): Promise<readonly Place[]> {
    await this.#lists.refreshSoon(target.kind, patienceMs)
    return this.placesOf(target)
  }

  /** As it was last listed, also by a site that has been silent for so long that its list is no longer shown. */
  findListed(target: TaskTarget): ProtectedObject | null {
    const { kind, vendor, nativeId } = target
    const known = kind === 'ProtectionGroup' ? this.#lists.knownGroups() : this.#lists.knownReplications()
    return known.byId.get(toGlobalId(kind, vendor, nativeId)) ?? this.#sites.findLast(target)
  }

  #namesOf(siteId: string, object: Ends): readonly string[] {
    const names: string[] = []
    for (const { adapter, report } of this.#feeds) {
      if (report.last.value?.local.id === siteId) names.push(adapter.siteName)
    }
    if (names.length < 2) return names
    const listers = listedBy(object) ?? this.#listersOf(object)
    return names.filter((name) => listers.includes(name))
  }

  /** Which sites list what was not taken from the lists itself. */
  #listersOf(object: Ends & { readonly id?: unknown }): readonly string[] {
    const { id } = object
    return typeof id === 'string' ? this.#sites.listersOf(id) : []
  }
}
