import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../domain/ports/journal.ts'
import type { Place } from '../domain/reach.ts'
import type { Task, TaskTarget } from '../domain/task.ts'

/** Where a target stands as it was last listed; empty for what no site has listed. Asks nobody. */
export type PlacesOf = (target: TaskTarget) => readonly Place[]

/** Work that no object is known of is that of the whole site which was asked. */
export const toSitePlaces = (siteName: string): readonly Place[] => [{ siteName, organization: null }]

/** Where the work of others stands when it is found: nowhere as long as no site has listed its target. */
export const toForeignPlaces = (target: TaskTarget | null, siteName: string, placesOf: PlacesOf): readonly Place[] =>
  target === null ? toSitePlaces(siteName) : placesOf(target)

const isUntold = ({ places, siteName }: Task): boolean =>
  places.length === 0 || isDeepStrictEqual(places, toSitePlaces(siteName))

/**
 * The places of a task whose target has become known since it was written down, or was listed since: what a start makes,
 * and what was found before any site had listed it. Nothing for a task that has its places.
 *
 * @param target What the task is known to act on now.
 */
export const toPlacesPatch = (task: Task, target: TaskTarget | null, placesOf: PlacesOf): Pick<TaskPatch, 'places'> => {
  if (target === null || !isUntold(task)) return {}
  const places = placesOf(target)
  return places.length === 0 || isDeepStrictEqual(places, task.places) ? {} : { places }
}
