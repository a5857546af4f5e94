import { findProblem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'

export interface EventPruningOptions {
  readonly journal: Pick<Journal, 'pruneEvents'>
  readonly clock: Clock
  readonly logger: Logger
  /** Older events are forgotten. */
  readonly eventsKeptDays: number
  /** More events than this are not kept. */
  readonly mostEventsKept: number
}

const betweenMs = 60 * 60 * 1_000
const dayMs = 24 * 60 * 60 * 1_000

/** Forgets the events that are too old or too many, at once and then every hour. Disposing waits for the last one. */
export const startEventPruning = (options: EventPruningOptions): AsyncDisposable => {
  const { journal, clock, logger, eventsKeptDays, mostEventsKept } = options
  const stop = new AbortController()
  const prune = async (): Promise<void> => {
    try {
      const before = new Date(clock.now().getTime() - eventsKeptDays * dayMs)
      const count = await journal.pruneEvents(before, mostEventsKept)
      if (count > 0) logger.info('Old events were forgotten', { count })
    } catch (error) {
      logger.warn('Old events could not be forgotten', { problem: findProblem(error) ?? String(error) })
    }
  }
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await prune()
      await clock.wait(betweenMs, stop.signal)
    }
  }
  const running = run()
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await running
    },
  }
}
