import type { Observation, ObservationRole, ProtectedObject } from '../domain/protection.ts'

/** One field on which two sites do not agree. */
export interface ObservationConflict {
  readonly field: string
  readonly values: readonly { readonly siteId: string; readonly value: string }[]
}

/** One object of the unified view, whichever sites list it. Its fields come from the freshest observation. */
export type Seen<T extends ProtectedObject> = T & {
  /** Freshest first. */
  readonly observations: readonly Observation[]
  readonly conflicts: readonly ObservationConflict[]
  /** True when no site that lists it could be read just now. */
  readonly isStale: boolean
}

/** What one site listed. */
export interface SiteListing<T> {
  readonly siteId: string
  readonly siteName: string
  readonly observedAt: Date
  readonly isStale: boolean
  readonly items: readonly T[]
}

// What people decide by. Figures that move all the time (bytes, seconds) differ between two sites as a matter of course.
const compared = ['name', 'state', 'health', 'purpose', 'isReversed'] as const

interface Sighting<T> {
  readonly listing: SiteListing<T>
  readonly item: T
}

const findConflicts = <T extends ProtectedObject>(sightings: readonly Sighting<T>[]): readonly ObservationConflict[] =>
  compared
    .filter((field) => sightings.some(({ item }) => item[field] !== sightings[0]?.item[field]))
    .map((field) => ({
      field,
      values: sightings.map(({ listing, item }) => ({ siteId: listing.siteId, value: String(item[field]) })),
    }))

const toRole = ({ source, destination }: ProtectedObject, siteId: string): ObservationRole => {
  if (source.siteId === siteId) return destination.siteId === siteId ? 'BOTH' : 'SOURCE'
  return destination.siteId === siteId ? 'DESTINATION' : 'OTHER'
}

const toObservation = <T extends ProtectedObject>({ listing, item }: Sighting<T>): Observation => {
  const { siteId, siteName, observedAt } = listing
  return { siteId, siteName, observedAt, role: toRole(item, siteId) }
}

const toSeen = <T extends ProtectedObject>(sightings: readonly Sighting<T>[]): Seen<T> => {
  const freshestFirst = sightings.toSorted((a, b) => b.listing.observedAt.getTime() - a.listing.observedAt.getTime())
  const [freshest] = freshestFirst
  if (freshest === undefined) throw new Error('an object without an observation')
  return {
    ...freshest.item,
    observations: freshestFirst.map(toObservation),
    conflicts: findConflicts(freshestFirst.filter(({ listing }) => !listing.isStale)),
    isStale: freshestFirst.every(({ listing }) => listing.isStale),
  }
}

const noConflicts: readonly ObservationConflict[] = []

/**
 * Sees what one site alone lists: its objects share what is said of the look at them.
 *
 * @returns The object that stands at a place of the listing; the same one each time.
 */
export const makeSeenAlone = <T extends ProtectedObject>(
  listing: SiteListing<T>,
): ((place: number, item: T) => Seen<T>) => {
  const toSeenOnce = makeSeenOnce(listing)
  const made: Seen<T>[] = []
  return (place, item) => (made[place] ??= toSeenOnce(item))
}

const makeSeenOnce = <T extends ProtectedObject>(listing: SiteListing<T>): ((item: T) => Seen<T>) => {
  const { siteId, isStale } = listing
  const observationsOf = new Map<ObservationRole, readonly Observation[]>()
  return (item) => {
    const role = toRole(item, siteId)
    const observations = observationsOf.get(role) ?? [toObservation({ listing, item })]
    observationsOf.set(role, observations)
    return { ...item, observations, conflicts: noConflicts, isStale }
  }
}

/**
 * One object for each id, however many sites list it (R4), in the order in which they were first seen.
 *
 * @param seeAlone Given the same for the same listing, it makes what one site alone lists once, however often it is merged.
 */
export const mergeObservations = <T extends ProtectedObject>(
  listings: readonly SiteListing<T>[],
  seeAlone: (listing: SiteListing<T>) => (place: number, item: T) => Seen<T> = makeSeenAlone,
): ReadonlyMap<string, Seen<T>> => {
  const byId = new Map<string, Seen<T>>()
  const severalById = new Map<string, Sighting<T>[]>()
  for (const listing of listings) {
    const toSeenOnce = seeAlone(listing)
    listing.items.forEach((item, place) => {
      if (byId.has(item.id)) severalById.set(item.id, [])
      else byId.set(item.id, toSeenOnce(place, item))
    })
  }
  if (severalById.size === 0) return byId
  for (const listing of listings) {
    for (const item of listing.items) severalById.get(item.id)?.push({ listing, item })
  }
  for (const [id, sightings] of severalById) byId.set(id, toSeen(sightings))
  return byId
}
