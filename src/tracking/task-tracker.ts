import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../domain/task.ts'
import { recoverIntents } from './recover-intents.ts'
import { SiteTracker } from './site-tracker.ts'

export interface TaskTrackerOptions {
  /** One loop for each. */
  readonly adapters: readonly VendorAdapter[]
  readonly journal: Journal
  readonly bus: EventBus
  readonly clock: Clock
  readonly logger: Logger
  /** Time between two polls of a site while tasks run there. */
  readonly pollIntervalMs: number
  /**
   * Called, after the journal has it, when a task has ended or has begun to wait for a decision: what was read of the
   * target before is out of date. Must not throw.
   */
  readonly onTargetChanged?: (target: TaskTarget) => void
}

/**
 * Follows every task that has not ended, whichever process has started it, and journals what it finds. One call per
 * site and round asks for all tasks of the site, however many watch them; a site without tasks is not asked at all.
 *
 * Resolves when the intents of a former process are cleared up and the loops run; call it before the first operation is
 * taken. Disposing ends the calls that are under way and waits for the loops.
 */
export const startTaskTracker = async (options: TaskTrackerOptions): Promise<AsyncDisposable> => {
  const { adapters, bus, clock, journal } = options
  await recoverIntents(journal, adapters, clock)

  const trackers = adapters.map((adapter) => new SiteTracker(adapter, options))
  const subscription = bus.subscribe((event) => {
    for (const tracker of trackers) tracker.notice(event)
  })
  const loops = trackers.map((tracker) => tracker.run())
  return {
    [Symbol.asyncDispose]: async () => {
      subscription[Symbol.dispose]()
      for (const tracker of trackers) tracker.stop()
      await Promise.all(loops)
    },
  }
}
