import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import { openDatabase } from './database.ts'
import { findLastGivenBySqlite } from './given-sequences.ts'
import { KyselyJournal } from './kysely-journal.ts'
import { KyselyProtectionLog } from './kysely-protection-log.ts'
import { KyselyRpoHistory } from './kysely-rpo-history.ts'
import { KyselySnapshotStore } from './kysely-snapshot-store.ts'
import { createOwnLeases } from './own-leases.ts'
import { findStoreFailure } from './sqlite-failure.ts'
import { ownTransactions, StoreQueue } from './store-queue.ts'
import type { StoreSteps } from './store-version.ts'
import type { Store } from './store.ts'

export interface SqliteStoreOptions {
  /** Path of the file; it is made where it is missing. `:memory:` ends with the process. */
  readonly path: string
  /** Is told of every event of the journal, after the commit and in the order of the sequence. */
  readonly bus: EventBus
  /** The same for the events of the protection log. */
  readonly protectionBus: EventBus<ProtectionEvent>
  readonly clock: Clock
  /** What makes the store what it is to be. @default migrations */
  readonly steps?: StoreSteps
}

/**
 * Opens the store of a gateway that runs as one process.
 *
 * @throws Error with a clear text when the file cannot be used; see `openDatabase`.
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<Store> => {
  const { path, bus, protectionBus, clock, steps } = options
  const db = await openDatabase(path, steps)
  const queue = new StoreQueue({
    db,
    close: () => db.destroy(),
    transactions: ownTransactions(db),
    clock,
    findFailure: findStoreFailure,
  })
  const leases = createOwnLeases()
  return {
    journal: new KyselyJournal({ queue, bus, clock, replica: leases.replica, findLastGiven: findLastGivenBySqlite }),
    leases,
    snapshots: new KyselySnapshotStore(queue),
    lists: null,
    rpoHistory: new KyselyRpoHistory(queue),
    protectionLog: new KyselyProtectionLog(queue, protectionBus),
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  }
}
