import { sql, type Transaction } from 'kysely'
import type { JournalDatabase } from './database.ts'
import { requireLease } from './lease-rows.ts'
import type { StoreLog, Transactions, Written } from './store-queue.ts'
import type { JournalTables } from './tables.ts'

type Trx = Transaction<JournalTables>

// Advisory locks have two numbers; the first one is ours in the whole database: "drgw" in ASCII.
const lockClass = 0x64_72_67_77

const lockNumbers = { TASKS: 1, CHANGES: 2, OBJECTIVES: 3, SNAPSHOTS: 4, SCHEMA: 5 } as const

/**
 * What is told, within a transaction, to those who listen at the database: the name of the log, and which gateway has written.
 */
export const channels = {
  TASKS: 'dr_gateway_tasks',
  CHANGES: 'dr_gateway_changes',
  SNAPSHOTS: 'dr_gateway_lists',
} as const

const channelOf = (log: StoreLog): string | null => (log === 'OBJECTIVES' ? null : channels[log])

const toLock = (log: keyof typeof lockNumbers) =>
  sql`pg_advisory_xact_lock(${sql.lit(lockClass)}::int4, ${sql.lit(lockNumbers[log])}::int4)`

/**
 * Waits until no other transaction of any gateway holds the lock, and has it until this one is over.
 *
 * It is given back only when the transaction can be seen, so whoever has it next sees all that was written before.
 */
export const lockLog = async (trx: Trx, log: keyof typeof lockNumbers): Promise<void> => {
  await sql`select ${toLock(log)}`.execute(trx)
}

const hasWritten = async (trx: Trx, writer: string, write: number): Promise<boolean> => {
  const row = await trx.selectFrom('store_writers').select('last_write').where('id', '=', writer).executeTakeFirst()
  return row?.last_write === write
}

const databaseTime = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** What a transaction does first. It has no parameters, so that it is sent together with the beginning. */
const lockAndNote = async (trx: Trx, log: StoreLog, writer: string, write: number): Promise<void> => {
  await sql`
    insert into store_writers (id, last_write, at)
    values (${sql.lit(writer)}, ${sql.lit(write)}, ${databaseTime})
    on conflict (id) do update set last_write = excluded.last_write, at = excluded.at
    returning ${toLock(log)} as lock
  `.execute(trx)
}

// Whoever has not written for so long knows of each of its writes what became of it.
const writerKeptMs = 24 * 60 * 60 * 1000

/** Removes what is left of gateways that run no more. */
export const forgetWriters = async (db: JournalDatabase): Promise<void> => {
  await db
    .deleteFrom('store_writers')
    .where('at', '<', sql<number>`${databaseTime} - ${writerKeptMs}::bigint`)
    .execute()
}

/**
 * Transactions of one gateway among several.
 *
 * Each takes the lock of its log first, so that the logs are written by one gateway at a time: numbers are committed in the
 * order in which they are given, and what a write has read is still so when it is committed.
 *
 * A connection that breaks during a commit leaves open what became of it. So each write notes its number in the same
 * transaction, and the next try of it looks for that first: what was committed is not done again.
 *
 * @param gateway A name that no other one has, nor has ever had.
 */
export const createPostgresTransactions = (db: JournalDatabase, gateway: string): Transactions => {
  let writes = 0
  return {
    areLogsApart: true,
    requireLease,
    start: <T>(log: StoreLog, work: (trx: Trx) => Promise<Written<T>>) => {
      writes += 1
      const write = writes
      const writer = `${gateway} ${log}`
      const channel = channelOf(log)
      let reached: Written<T> | null = null
      const attempt = async (trx: Trx): Promise<Written<T>> => {
        if (reached !== null) {
          await lockLog(trx, log)
          if (await hasWritten(trx, writer, write)) return reached
          reached = null
        }
        await lockAndNote(trx, log, writer, write)
        const written = await work(trx)
        if (written.hasNews && channel !== null) await sql`select pg_notify(${channel}, ${gateway})`.execute(trx)
        reached = written
        return written
      }
      return async () => (await db.transaction().execute(attempt)).value
    },
  }
}
