import { isOver, type WatchedTask } from './watched-task.ts'

// The gateway gives up looking for a lost answer after five minutes where nothing else is configured.
const unknownPatienceMs = 10 * 60_000

interface Standing {
  readonly state: string
  readonly isOver: boolean
  /** When it came into this state, as this process saw it. */
  readonly sinceMs: number
}

/** How the watched tasks stand, and what that means for who waits for them. */
export class WatchTally {
  readonly #standings = new Map<string, Standing>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  note(task: WatchedTask): void {
    const last = this.#standings.get(task.id)
    const sinceMs = last?.state === task.state ? last.sinceMs : this.#nowMs()
    this.#standings.set(task.id, { state: task.state, isOver: isOver(task), sinceMs })
  }

  /** True when nothing is left to wait for but outcomes that have been unknown for ten minutes. */
  isHopeless(): boolean {
    const open = [...this.#standings.values()].filter((standing) => !standing.isOver)
    const isLost = ({ state, sinceMs }: Standing): boolean =>
      state === 'OUTCOME_UNKNOWN' && this.#nowMs() - sinceMs >= unknownPatienceMs
    return open.length > 0 && open.every(isLost)
  }

  /** 0: all have succeeded. 1: one has failed or was cancelled. 2: of one it is not known. */
  toExitCode(): number {
    const standings = [...this.#standings.values()]
    if (standings.some((standing) => standing.isOver && standing.state !== 'SUCCEEDED')) return 1
    return standings.every(({ state }) => state === 'SUCCEEDED') ? 0 : 2
  }
}
