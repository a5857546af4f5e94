import type { ProtectedObject } from '../domain/protection.ts'
import type { CachedRead } from './cached-read.ts'
import { keptBy } from '../std/kept-by.ts'
import { makeSeenAlone, mergeObservations, type Seen, type SiteListing } from './merge-observations.ts'
import type { SiteFeed } from './site-feed.ts'
import { toSites } from './site-view.ts'

/** One list of all sites, merged. Merging is done once per refresh, not once per query. */
export class MergedList<T extends ProtectedObject> {
  readonly readOf: (feed: SiteFeed) => CachedRead<readonly T[]>
  readonly #seeAlone = keptBy((listing: SiteListing<T>) => makeSeenAlone(listing))
  readonly #listings = new WeakMap<SiteFeed, { readonly stamp: string; readonly listing: SiteListing<T> }>()
  #stamp: string | null = null
  #byId: ReadonlyMap<string, Seen<T>> = new Map()

  constructor(readOf: MergedList<T>['readOf']) {
    this.readOf = readOf
  }

  /** What the sites listed last, as one list: the same map for as long as no site has listed anything newer. */
  merge(feeds: readonly SiteFeed[]): ReadonlyMap<string, Seen<T>> {
    const stamp = feeds.map((feed) => stampOf(feed, this.readOf(feed))).join()
    if (this.#stamp !== stamp) {
      this.#byId = mergeObservations(
        feeds.map((feed) => this.#listingOf(feed)),
        this.#seeAlone,
      )
      this.#stamp = stamp
    }
    return this.#byId
  }

  /** The same object for as long as the site has listed nothing newer. */
  #listingOf(feed: SiteFeed): SiteListing<T> {
    const read = this.readOf(feed)
    const stamp = stampOf(feed, read)
    const known = this.#listings.get(feed)
    if (known?.stamp === stamp) return known.listing
    const listing = toListing(feed, read)
    this.#listings.set(feed, { stamp, listing })
    return listing
  }
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

/** Names the versions of a listing: the same stamp has the same merged list. */
const stampOf = <T>({ number, report }: SiteFeed, { last }: CachedRead<T>): string =>
  `${number}:${last.version}:${last.problem === null ? 'fresh' : 'stale'}:${report.last.version}`
