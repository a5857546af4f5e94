/** The simulator's time: real time scaled by a speed, plus whatever a test has turned it by. */
export interface SimClock {
  /** Milliseconds since 1970, whole. */
  readonly now: () => number
  /** How many simulated seconds pass in a real one. */
  readonly speed: () => number
  /** Moves time on by `durationMs` at once. */
  turn(durationMs: number): void
  /** From now on time passes at this speed; 0 lets it stand still until it is turned. */
  setSpeed(speed: number): void
}

/**
 * @param options.speed How many simulated seconds pass in a real one; 0 stands still until it is turned.
 * @param options.startAt Milliseconds since 1970 at which it starts. @default the real time
 */
export const createSimClock = (options: { readonly speed: number; readonly startAt?: number }): SimClock => {
  let { speed } = options
  let realStart = performance.now()
  let start = options.startAt ?? Date.now()
  const now = (): number => start + (performance.now() - realStart) * speed
  return {
    now: () => Math.floor(now()),
    speed: () => speed,
    turn: (durationMs) => {
      start += durationMs
    },
    setSpeed: (next) => {
      start = now()
      realStart = performance.now()
      speed = next
    },
  }
}

interface Entry {
  readonly at: number
  readonly order: number
  readonly run: (at: number) => void
}

/**
 * What will happen by itself, in order of time. Nothing runs on a timer: the services call {@link Agenda.runUntil}
 * before they answer, so a turned clock and a running one behave alike.
 */
export class Agenda {
  #entries: Entry[] = []
  #order = 0

  /** Runs `run` once, when time reaches `at`. Entries of the same moment run in the order in which they came. */
  at(at: number, run: (at: number) => void): void {
    const entry = { at, order: this.#order++, run }
    const index = this.#entries.findLastIndex((other) => other.at <= at)
    this.#entries.splice(index + 1, 0, entry)
  }

  /** Runs all that is due, each with the moment it was due at, so that what follows from it falls in its own time. */
  runUntil(now: number): void {
    for (let next = this.#entries[0]; next !== undefined && next.at <= now; next = this.#entries[0]) {
      this.#entries.shift()
      next.run(next.at)
    }
  }
}
