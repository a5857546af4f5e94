import type { Clock } from '../domain/ports/clock.ts'

export interface BeatOptions {
  readonly clock: Clock
  /** The shortest time between two looks. */
  readonly pollIntervalMs: number
  /** From 0 to 1, evenly: spreads the looks of several sites and gateways. */
  readonly random: () => number
}

// After so many rounds in a row in which nothing has changed, each further one makes the pause longer,
const quietRoundsAtFullBeat = 3
// up to so many times the shortest.
const longestStretch = 5

// So far a pause may be shorter or longer than it should be.
const jitter = 0.1

// A vendor that says when it decides may do so this much later.
const overdueMs = 60_000

/**
 * How often a site is looked at: at the shortest time while something changes, less and less often while nothing does, and
 * at the shortest time again when something is about to happen.
 */
export class Beat {
  readonly #options: BeatOptions
  #quietRounds = 0
  /** Ends the present pause for one that is not stretched; null while there is none that is. */
  #stretched: AbortController | null = null

  constructor(options: BeatOptions) {
    this.#options = options
  }

  /** A round is over. */
  note(hasChanged: boolean): void {
    this.#quietRounds = hasChanged ? 0 : this.#quietRounds + 1
  }

  /** Somebody waits for a change: as if something had just changed. Of a stretched pause, the rest of a short one is left. */
  hasten(): void {
    this.#quietRounds = 0
    this.#stretched?.abort()
  }

  /**
   * Waits until the next look is due, or `signal` aborts. Never rejects.
   *
   * @param deadlines When something is known to change.
   */
  async rest(deadlines: readonly Date[], signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    const begunMs = clock.now().getTime()
    const untilChangeMs = deadlines.map((deadline) => deadline.getTime() - begunMs)
    const pauseMs = this.toPauseMs(untilChangeMs)
    if (this.#stretch() === 1) {
      await clock.wait(pauseMs, signal)
      return
    }
    const stretched = new AbortController()
    this.#stretched = stretched
    await clock.wait(pauseMs, AbortSignal.any([signal, stretched.signal]))
    this.#stretched = null
    if (!stretched.signal.aborted || signal.aborted) return
    const passedMs = Math.max(0, clock.now().getTime() - begunMs)
    const shortMs = this.toPauseMs([])
    if (passedMs < shortMs) await clock.wait(shortMs - passedMs, signal)
  }

  /**
   * How long to wait before the next look.
   *
   * @param untilChangeMs The times until something is known to change; negative where that should have happened.
   */
  toPauseMs(untilChangeMs: readonly number[]): number {
    const { pollIntervalMs } = this.#options
    const stretchedMs = pollIntervalMs * this.#stretch()
    const isNear = untilChangeMs.some((ms) => ms >= -overdueMs && ms < stretchedMs)
    return this.spread(isNear ? pollIntervalMs : stretchedMs)
  }

  /** A time with the jitter. */
  spread(durationMs: number): number {
    return Math.round(durationMs * (1 - jitter + 2 * jitter * this.#options.random()))
  }

  #stretch(): number {
    return Math.min(longestStretch, Math.max(1, this.#quietRounds - quietRoundsAtFullBeat + 1))
  }
}
