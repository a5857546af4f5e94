import type { Clock } from '../domain/ports/clock.ts'

/** A site tells its time in whole seconds: what differs by less is the same. */
const resolutionMs = 2000
const mostKept = 100

/**
 * How far a site's clock was from ours, each time that it was seen to have been set. Who looks for what began at some
 * moment by our clock needs the difference of that moment, which is not always that of now.
 */
export class ClockSkews {
  readonly #clock: Clock
  #seen: readonly { readonly at: number; readonly skewMs: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @param skewMs The site's clock minus ours; null where an answer did not tell it. */
  note(skewMs: number | null): void {
    const last = this.#seen.at(-1)
    if (skewMs === null || (last !== undefined && Math.abs(last.skewMs - skewMs) < resolutionMs)) return
    this.#seen = [...this.#seen, { at: this.#clock.now().getTime(), skewMs }].slice(-mostKept)
  }

  /** The lowest difference from then until now; zero where none was ever told. */
  findLowestSince(since: Date): number {
    // What was seen in the same millisecond may have been seen after it.
    const before = this.#seen.findLastIndex(({ at }) => at < since.getTime())
    const relevant = this.#seen.slice(Math.max(0, before)).map(({ skewMs }) => skewMs)
    return relevant.length === 0 ? 0 : Math.min(...relevant)
  }
}
