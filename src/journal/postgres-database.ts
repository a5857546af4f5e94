import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Secret } from '../std/secret.ts'
import { systemClock } from '../std/system-clock.ts'
import type { JournalDatabase } from './database.ts'
import { listOlderVersions } from './lease-rows.ts'
import { listApplied, migrate, migrations } from './migrations.ts'
import { openPostgresPool, type PoolUse, toPostgresPlace } from './postgres-connection.ts'
import { PostgresError, toPostgresReason } from './postgres-failure.ts'
import { postgresSchemaPlugin } from './postgres-schema.ts'
import { forgetWriters, lockLog } from './postgres-transactions.ts'
import { listMissing, refuseForeign, refuseOlder, toFloor, type StoreSteps } from './store-version.ts'
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

/** @throws Error in plain words where a step would take away what a gateway that is running needs. */
const refuseWhileNeeded = async (db: JournalDatabase, applied: readonly string[], steps: StoreSteps): Promise<void> => {
  const missing = listMissing(applied, steps)
  const floor = toFloor(missing)
  if (floor === 0 || !applied.includes('0007-leases')) return
  const older = await listOlderVersions(db, floor)
  if (older.length === 0) return
  const names = missing.filter((name) => toFloor([name]) > Math.min(...older)).join(', ')
  throw new Error(
    `${names} takes away what gateways of an older version need, and ${older.length} of them may be running ` +
      `(the oldest knows step ${Math.min(...older)}): end them first, and wait a minute for one that was killed; ` +
      `or bring them to a version in between, which knows step ${floor}. Nothing was changed`,
  )
}

// Less than other gateways wait for a lock before they give up.
const tableWaitMs = 3_000
const mostTries = 10
const triesApartMs = 1_000

// A lock that was not to be had in time, and a deadlock.
const passingStates: readonly (string | null)[] = ['55P03', '40P01']

/**
 * The same steps, which wait for no table for long: whoever waits for one holds up all who come after him. Kysely sets a
 * longer time before the first, and puts another error in the place of one that ends the transaction.
 */
const toPatientSteps = (steps: StoreSteps, onFailure: (error: unknown) => void): StoreSteps =>
  Object.fromEntries(
    Object.entries(steps).map(([name, step]) => {
      const patient = async (db: Kysely<unknown>): Promise<void> => {
        try {
          await sql`set local lock_timeout = ${sql.lit(tableWaitMs)}`.execute(db)
          await step.up(db)
        } catch (error) {
          onFailure(error)
          throw error
        }
      }
      return [name, { up: patient }]
    }),
  )

/** On a connection of its own: Kysely leaves a lock on the one where it has failed. */
const tryToBringUpToDate = async (url: Secret, steps: StoreSteps): Promise<void> => {
  const db = connect(url, 'SCHEMA')
  let failure: unknown = null
  try {
    await db.transaction().execute(async (trx) => {
      await lockLog(trx, 'SCHEMA')
      const applied = (await findApplied(trx)) ?? []
      await refuseWhileNeeded(trx, applied, steps)
      const patient = toPatientSteps(steps, (error) => (failure ??= error))
      await migrate(trx.withPlugin(postgresSchemaPlugin), applied, patient)
    })
  } catch (error) {
    throw failure ?? error
  } finally {
    await db.destroy()
  }
}

/** One gateway at a time, however many start: the others wait, and find it done. What runs goes on writing meanwhile. */
const bringUpToDate = async (url: Secret, steps: StoreSteps): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await tryToBringUpToDate(url, steps)
      return
    } catch (error) {
      const isPassing = error instanceof PostgresError && passingStates.includes(error.sqlState)
      if (!isPassing || tries === mostTries) throw error
      await systemClock.wait(triesApartMs, new AbortController().signal)
    }
  }
}

const explain = (url: Secret, error: unknown): Error =>
  new Error(`The store ${toPostgresPlace(url)} cannot be opened: ${toPostgresReason(error)}`, { cause: error })

/**
 * Opens the store in the PostgreSQL database at `url` and brings an older one up to date; makes its tables where there are
 * none. Whoever gets it calls `destroy()`.
 *
 * @param steps What makes it what it is to be. @default migrations
 * @throws Error saying why in plain words when the database cannot be reached, refuses the user, or holds tables that a newer
 * gateway has made unfit for this one; and when older gateways are running that could not use it any more.
 */
export const openPostgresDatabase = async (url: Secret, steps: StoreSteps = migrations): Promise<JournalDatabase> => {
  try {
    await bringUpToDate(url, steps)
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
 * Looks once more whether this version can use the store. To be called when this gateway is among those that live: a newer one
 * may have begun to take something away before it could know.
 *
 * @throws Error in plain words when it cannot.
 */
export const confirmPostgresDatabase = async (url: Secret, steps: StoreSteps): Promise<void> => {
  const db = connect(url, 'SCHEMA')
  try {
    await db.transaction().execute(async (trx) => {
      await lockLog(trx, 'SCHEMA')
      refuseForeign(await listApplied(trx), steps)
    })
  } catch (error) {
    throw explain(url, error)
  } finally {
    await db.destroy()
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
    refuseForeign(applied, migrations)
    refuseOlder(applied, migrations)
    return db
  } catch (error) {
    await db.destroy()
    throw explain(url, error)
  }
}
