/** A moment on the line. */
export interface TimelinePoint {
  readonly takenAt: string
}

/** Where each point stands, from 0 at the oldest to 1 at the newest; one alone is at the end. */
export const toPlaces = (points: readonly TimelinePoint[]): readonly number[] => {
  const times = points.map(({ takenAt }) => Date.parse(takenAt))
  const [least, most] = [Math.min(...times), Math.max(...times)]
  return times.map((time) => (most === least ? 1 : (time - least) / (most - least)))
}

/** The point that is nearest to a place on the line; -1 when there is none. */
export const findNearest = (places: readonly number[], place: number): number => {
  let nearest = -1
  for (const [index, other] of places.entries()) {
    if (nearest === -1 || Math.abs(other - place) < Math.abs((places[nearest] ?? 0) - place)) nearest = index
  }
  return nearest
}

/**
 * Where a key goes on a line of which the first point is the newest, at the right; null for other keys.
 *
 * @param index Where it is now.
 */
export const stepOnTimeline = (key: string, index: number, count: number): number | null => {
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: index - 1,
    ArrowUp: index - 1,
    ArrowLeft: index + 1,
    ArrowDown: index + 1,
    PageUp: index - 10,
    PageDown: index + 10,
    Home: count - 1,
    End: 0,
  }
  const target = targets[key]
  return target === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, target))
}
