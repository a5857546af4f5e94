import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Secret } from '../std/secret.ts'
import type { JournalDatabase } from './database.ts'
import { listApplied, migrate, refuseNewer, refuseOlder } from './migrations.ts'
import { openPostgresPool, type PoolUse, toPostgresPlace } from './postgres-connection.ts'
import { toPostgresReason } from './postgres-failure.ts'
import { postgresSchemaPlugin } from './postgres-schema.ts'
import { forgetWriters, lockLog } from './postgres-transactions.ts'
import type { JournalTables } from './tables.ts'

const connect = (url: Secret, use: PoolUse): JournalDatabase =>
  new Kysely<JournalTables>({ dialect: new PostgresDialect({ pool: openPostgresPool(url, use) }) })

/** One connection of its own to a store that was opened. Whoever gets it calls `destroy()`. */
export const connectForLeases = (url: Secret): JournalDatabase => connect(url, 'LEASES')

/** Null when none of our migrations ever ran on it. */
const findApplied = async (db: JournalDatabase): Promise<readonly string[] | null> => {
  const { rows } = await sql<{ readonly is_there: boolean }>`
    select to_regclass('kysely_migration') is not null as is_there
  `.execute(db)
  return rows[0]?.is_there === true ? listApplied(db) : null
}

/** One gateway at a time, however many start: the others wait, and find it done. */
const bringUpToDate = async (url: Secret): Promise<void> => {
  const db = connect(url, 'SCHEMA')
  try {
    await db.transaction().execute(async (trx) => {
      await lockLog(trx, 'SCHEMA')
      refuseNewer((await findApplied(trx)) ?? [])
      await migrate(trx.withPlugin(postgresSchemaPlugin))
    })
  } finally {
    await db.destroy()
  }
}

const explain = (url: Secret, error: unknown): Error =>
  new Error(`The store ${toPostgresPlace(url)} cannot be opened: ${toPostgresReason(error)}`, { cause: error })

/**
 * Opens the store in the PostgreSQL database at `url` and brings an older one up to date; makes its tables where there are
 * none. Whoever gets it calls `destroy()`.
 *
 * @throws Error saying why in plain words when the database cannot be reached, refuses the user, or holds the tables of a
 * newer gateway.
 */
export const openPostgresDatabase = async (url: Secret): Promise<JournalDatabase> => {
  try {
    await bringUpToDate(url)
    const db = connect(url, 'STORE')
    try {
      await forgetWriters(db)
    } catch (error) {
      await db.destroy()
      throw error
    }
    return db
  } catch (error) {
    throw explain(url, error)
  }
}

/**
 * Opens it to look at it, also while gateways are running on it: does not bring an older one up to date. Whoever gets it
 * calls `destroy()`.
 *
 * @throws Error saying why in plain words, as {@link openPostgresDatabase} does, also when there is no store in it, or an
 * older gateway has written it.
 */
export const openPostgresToRead = async (url: Secret): Promise<JournalDatabase> => {
  const db = connect(url, 'STORE')
  try {
    const applied = await findApplied(db)
    if (applied === null) throw new Error('it is a database, but it holds no journal')
    refuseNewer(applied)
    refuseOlder(applied)
    return db
  } catch (error) {
    await db.destroy()
    throw explain(url, error)
  }
}
