import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Leases } from '../domain/ports/leases.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { TaskLookout } from '../domain/ports/task-lookout.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../domain/task.ts'
import { IntentRecovery } from './intent-recovery.ts'
import { recoverIntents } from './recover-intents.ts'
import { SiteSeat } from './site-seat.ts'
import type { PlacesOf } from './task-places.ts'

export interface TaskTrackerOptions {
  /** One loop for each. Its items may change: see {@link TaskTracker.setSites}. */
  readonly adapters: readonly VendorAdapter[]
  readonly journal: Journal
  /** Who follows the tasks of a site, where several gateways could. */
  readonly leases: Leases
  readonly bus: EventBus
  readonly clock: Clock
  readonly logger: Logger
  /** @default null // nobody traces */
  readonly tracer?: Tracer | null
  /** Shortest time between two polls of a site while tasks run there; it grows to 5 times that while nothing changes. */
  readonly pollIntervalMs: number
  /** How old a look for what others have started may be when somebody asks for tasks. */
  readonly foreignMaxAgeMs: number
  /** From 0 to 1, evenly: spreads the polls by 10 percent. @default Math.random */
  readonly random?: () => number
  /** How long after a call was sent its lost answer is looked for before it can be said that nothing happened. */
  readonly settleAfterMs: number
  /** Where a target stands, for who may see its task. */
  readonly placesOf: PlacesOf
  /**
   * Called, after the journal has it, when a task has ended, has begun to wait for a decision or was found again: what was
   * read of the target before is out of date. Must not throw.
   */
  readonly onTargetChanged?: (target: TaskTarget) => void
}

// A site that takes longer to list what others have started does not hold up whoever asks for tasks.
const mostForeignWaitMs = 3_000

/** The running tracker. Disposing ends the calls that are under way and waits for the loops. */
export interface TaskTracker extends TaskLookout, AsyncDisposable {
  /**
   * The sites have become others. What is new is followed with what the journal holds of it; a site that is gone is asked no
   * more, and its tasks stay in the journal as they were last seen.
   */
  setSites(): void
}

/**
 * Follows every task that has not ended, whoever has started it, and journals what it finds. One call per site and round
 * asks for all tasks of the site, however many watch them; a site without tasks is not asked at all while nobody watches
 * what others start. What was sent and has no answer is looked for among the site's own tasks, until it is found or it is
 * certain that nothing happened. Of several gateways on one store, one does this for a site.
 *
 * Resolves when the intents of a former process are cleared up and the loops run; call it before the first operation is
 * taken.
 */
export const startTaskTracker = async (options: TaskTrackerOptions): Promise<TaskTracker> => {
  const { adapters, bus, clock, leases } = options
  await using stack = new AsyncDisposableStack()
  // Before the first look: whoever dies after it is not missed.
  stack.use(new IntentRecovery(options))
  await recoverIntents(options)

  const stop = new AbortController()
  const openSeat = (adapter: VendorAdapter): SiteSeat => new SiteSeat(adapter, options, () => leases.isWanted('TASKS'))
  let seats = adapters.map(openSeat)
  const leaving = new Map<SiteSeat, Promise<void>>()
  const leave = async (seat: SiteSeat): Promise<void> => {
    await seat[Symbol.asyncDispose]()
    leaving.delete(seat)
  }
  /** Of a name that comes again there is never more than one. */
  const begin = async (seat: SiteSeat): Promise<void> => {
    const former = leaving.entries().filter(([{ siteName }]) => siteName === seat.siteName)
    await Promise.all(former.map(([, left]) => left))
    if (!stop.signal.aborted && seats.includes(seat)) seat.begin()
  }
  const watch = (): void => {
    for (const seat of seats) seat.watch()
  }
  stack.use(leases.onWanted(watch))
  stack.use(leases.onNudge((name) => seats.find((seat) => seat.leaseName === name)?.hearNudge()))
  stack.defer(async () => {
    await Promise.all([...leaving.values(), ...seats.map((seat) => seat[Symbol.asyncDispose]())])
  })
  stack.use(
    bus.subscribe((event) => {
      for (const seat of seats) seat.notice(event)
    }),
  )
  for (const seat of seats) seat.begin()
  const owned = stack.move()
  return {
    setSites: () => {
      const former = seats
      seats = adapters.map((adapter) => former.find((seat) => seat.isOf(adapter)) ?? openSeat(adapter))
      for (const seat of former) if (!seats.includes(seat)) leaving.set(seat, leave(seat))
      for (const seat of seats) if (!former.includes(seat)) void begin(seat)
    },
    watchForeign: () => {
      const interest = leases.show('TASKS')
      watch()
      return interest
    },
    refreshForeign: async () => {
      const isOver = new AbortController()
      const looks = Promise.all(seats.map((seat) => seat.refreshForeign(options.foreignMaxAgeMs)))
      const deadline = clock.wait(mostForeignWaitMs, AbortSignal.any([isOver.signal, stop.signal]))
      await Promise.race([looks, deadline])
      isOver.abort()
    },
    nudge: (siteName) => seats.find((seat) => seat.siteName === siteName)?.nudge(),
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await owned.disposeAsync()
    },
  }
}
