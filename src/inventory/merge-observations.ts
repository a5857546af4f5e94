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
    .filter((field) => new Set(sightings.map(({ item }) => item[field])).size > 1)
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

/** One object for each id, however many sites list it (R4), in the order in which they were first seen. */
export const mergeObservations = <T extends ProtectedObject>(
  listings: readonly SiteListing<T>[],
): ReadonlyMap<string, Seen<T>> => {
  const sightings = new Map<string, Sighting<T>[]>()
  for (const listing of listings) {
    for (const item of listing.items) {
      const known = sightings.get(item.id)
      if (known === undefined) sightings.set(item.id, [{ listing, item }])
      else known.push({ listing, item })
    }
  }
  return new Map([...sightings].map(([id, seen]) => [id, toSeen(seen)]))
}
