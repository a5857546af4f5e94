import type { Clock } from '../../src/domain/ports/clock.ts'
import type { Actor } from './step-scheduler.ts'

interface Wait {
  readonly actor: Actor
  readonly dueAt: number
  readonly end: () => void
}

const begin = Date.UTC(2026, 0, 1)

/** Time that stands still until the simulation turns it, the same for all processes and for the vendor. */
export class VirtualTime {
  #now = begin
  readonly #waits = new Set<Wait>()

  now(): number {
    return this.#now
  }

  /** The clock of one process. Its waits end with it. */
  clockOf(actor: Actor): Clock {
    return { now: () => new Date(this.#now), wait: (durationMs, signal) => this.#wait(actor, durationMs, signal) }
  }

  /** Ends every wait that is due by then, the earliest first. */
  turn(durationMs: number): void {
    this.#now += durationMs
    const due = this.#listAlive().filter(({ dueAt }) => dueAt <= this.#now)
    for (const wait of due.sort((one, other) => one.dueAt - other.dueAt)) wait.end()
  }

  /** How long until the first wait ends; null when nobody waits. */
  untilNextMs(): number | null {
    const due = this.#listAlive().map(({ dueAt }) => dueAt)
    return due.length === 0 ? null : Math.max(0, Math.min(...due) - this.#now)
  }

  #listAlive(): Wait[] {
    for (const wait of this.#waits) if (!wait.actor.isAlive) this.#waits.delete(wait)
    return [...this.#waits]
  }

  #wait(actor: Actor, durationMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      const end = (): void => {
        this.#waits.delete(wait)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const wait = { actor, dueAt: this.#now + durationMs, end }
      signal.addEventListener('abort', end, { once: true })
      this.#waits.add(wait)
    })
  }
}
