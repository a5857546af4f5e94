import type { Clock } from '../../src/domain/ports/clock.ts'

/** A clock that stands still until a test turns it. */
export interface FakeClock extends Clock {
  /** Moves time on and ends every wait that is due by then, the earliest first. */
  turn(durationMs: number): void
  /** How many waits have neither run out nor been aborted. */
  waiting(): number
  /** Resolves as soon as at least `count` waits are running: whoever is to wait has done its work. */
  untilWaiting(count: number): Promise<void>
}

interface Wait {
  readonly dueAt: number
  readonly end: () => void
}

/** @param start The time it shows first. @default 2026-01-01T00:00:00Z */
export const createFakeClock = (start: Date | number | string = '2026-01-01T00:00:00Z'): FakeClock => {
  let now = new Date(start).getTime()
  const waits = new Set<Wait>()
  const watchers = new Set<{ readonly count: number; readonly tell: () => void }>()

  const add = (wait: Wait): void => {
    waits.add(wait)
    for (const watcher of watchers) {
      if (waits.size < watcher.count) continue
      watchers.delete(watcher)
      watcher.tell()
    }
  }

  return {
    now: () => new Date(now),
    wait: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve()
          return
        }
        const end = (): void => {
          waits.delete(wait)
          signal.removeEventListener('abort', end)
          resolve()
        }
        const wait = { dueAt: now + durationMs, end }
        signal.addEventListener('abort', end, { once: true })
        add(wait)
      }),
    turn: (durationMs) => {
      now += durationMs
      const due = [...waits].filter((wait) => wait.dueAt <= now).sort((one, other) => one.dueAt - other.dueAt)
      for (const wait of due) wait.end()
    },
    waiting: () => waits.size,
    untilWaiting: (count) =>
      new Promise((resolve) => {
        if (waits.size >= count) resolve()
        else watchers.add({ count, tell: resolve })
      }),
  }
}
