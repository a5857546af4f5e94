import { randomUUID } from 'node:crypto'
import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import type { TaskEvent } from '../domain/task.ts'
import type { Secret } from '../std/secret.ts'
import { findLastGivenByPostgres } from './given-sequences.ts'
import { KyselyJournal } from './kysely-journal.ts'
import { KyselyProtectionLog } from './kysely-protection-log.ts'
import { KyselyRpoHistory } from './kysely-rpo-history.ts'
import { KyselySnapshotStore } from './kysely-snapshot-store.ts'
import { migrations } from './migrations.ts'
import { confirmPostgresDatabase, connectForLeases, openPostgresDatabase } from './postgres-database.ts'
import { nudgeChannel } from './lease-rows.ts'
import { PostgresEventBus } from './postgres-event-bus.ts'
import { findPostgresFailure } from './postgres-failure.ts'
import { PostgresLeases } from './postgres-leases.ts'
import { PostgresListener } from './postgres-listener.ts'
import { PostgresSharedLists } from './postgres-shared-lists.ts'
import { channels, createPostgresTransactions } from './postgres-transactions.ts'
import { StoreQueue } from './store-queue.ts'
import { toStoreVersion, type StoreSteps } from './store-version.ts'
import type { Store } from './store.ts'

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: Secret
  /** Is told of every event of the journal, whichever gateway appended it: after the commit, in the order of the sequence. */
  readonly bus: EventBus
  /** The same for the events of the protection log. */
  readonly protectionBus: EventBus<ProtectionEvent>
  readonly clock: Clock
  readonly logger: Logger
  /** What makes the store what it is to be. @default migrations */
  readonly steps?: StoreSteps
}

/**
 * Opens a store that several gateways may have open at once.
 *
 * @throws Error with a clear text when the database cannot be used; see `openPostgresDatabase`.
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<Store> => {
  const { url, clock, logger, steps = migrations } = options
  const gateway = randomUUID()
  const db = await openPostgresDatabase(url, steps)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => db.destroy())
  const transactions = createPostgresTransactions(db, gateway)
  const close = () => owned.disposeAsync()
  const queue = new StoreQueue({ db, close, transactions, clock, findFailure: findPostgresFailure })
  const taskBus = new PostgresEventBus<TaskEvent>({
    bus: options.bus,
    lastSequence: () => journal.lastSequence(),
    readEvents: (after, limit) => journal.readEvents(null, after, limit),
    logger,
  })
  const journal = new KyselyJournal({
    queue,
    bus: taskBus,
    clock,
    replica: gateway,
    findLastGiven: findLastGivenByPostgres,
  })
  const changeBus = new PostgresEventBus<ProtectionEvent>({
    bus: options.protectionBus,
    lastSequence: async () => (await protectionLog.bounds()).last,
    readEvents: (after, limit) => protectionLog.readEvents(after, limit),
    logger,
  })
  const protectionLog = new KyselyProtectionLog(queue, changeBus)
  const lists = new PostgresSharedLists(queue, gateway)
  const wakes = new Map([
    [channels.TASKS, () => taskBus.wake()],
    [channels.CHANGES, () => changeBus.wake()],
    [channels.SNAPSHOTS, () => lists.wake()],
  ])
  const storeVersion = toStoreVersion(Object.keys(steps))
  const living = { db: connectForLeases(url), queue, replica: gateway, storeVersion, logger }
  const leases = stack.use(await PostgresLeases.open(living))
  await confirmPostgresDatabase(url, steps)
  const hears = new Map([[nudgeChannel, (name: string) => leases.hearNudge(name)]])
  stack.use(await PostgresListener.open({ url, gateway, wakes, hears, clock, logger }))
  await taskBus.start()
  await changeBus.start()
  const owned = stack.move()
  return {
    journal,
    leases,
    snapshots: new KyselySnapshotStore(queue),
    lists,
    rpoHistory: new KyselyRpoHistory(queue),
    protectionLog,
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  }
}
