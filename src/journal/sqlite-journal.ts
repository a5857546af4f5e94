import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Journal } from '../domain/ports/journal.ts'
import { openDatabase } from './database.ts'
import { KyselyJournal } from './kysely-journal.ts'
import { isSqliteFailure } from './sqlite-connection.ts'

export interface SqliteJournalOptions {
  /** Path of the file; it is made where it is missing. `:memory:` ends with the process. */
  readonly path: string
  /** Is told of every event, after the commit and in the order of the sequence. */
  readonly bus: EventBus
  readonly clock: Clock
}

/**
 * Opens the journal of a gateway that runs as one process.
 *
 * @throws Error with a clear text when the file cannot be used; see `openDatabase`.
 */
export const openSqliteJournal = async (options: SqliteJournalOptions): Promise<Journal> =>
  new KyselyJournal({
    db: await openDatabase(options.path),
    bus: options.bus,
    clock: options.clock,
    isBusy: (error) => isSqliteFailure(error, 'busy'),
  })
