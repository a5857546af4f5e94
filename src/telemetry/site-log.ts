import type { Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { ConnectionState } from '../domain/site.ts'

/** One configured site, as it is known. */
interface SiteSight {
  readonly name: string
  readonly state: ConnectionState
  readonly lastProblem: Problem | null
}

export interface SiteLogOptions {
  /** The sites as they are known: looking at them asks none. */
  readonly listSites: () => readonly SiteSight[]
  readonly clock: Clock
  readonly logger: Logger
}

/** A site that comes and goes more often is told of only so often. */
const betweenMs = 5_000

/**
 * Writes a line when a site no longer answers as it should, with the reason, and another when it does again: whoever reads
 * the log alone would not hear of it otherwise. Disposing ends it.
 */
export const startSiteLog = ({ listSites, clock, logger }: SiteLogOptions): AsyncDisposable => {
  const stop = new AbortController()
  const failing = new Set<string>()
  const look = (): void => {
    for (const { name: site, state, lastProblem } of listSites()) {
      if ((state === 'UP') !== failing.has(site)) continue
      if (failing.delete(site)) {
        logger.info('A site answers again', { site })
        continue
      }
      failing.add(site)
      const why = lastProblem === null ? {} : { code: lastProblem.code, problem: lastProblem.message }
      logger.warn('A site does not answer as it should', { site, state, ...why })
    }
  }
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      look()
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
