import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import { listApplied, migrate, migrations } from './migrations.ts'
import { openReadOnlyConnection, openSqliteConnection } from './sqlite-connection.ts'
import { isSqliteFailure } from './sqlite-failure.ts'
import { refuseForeign, refuseOlder, type StoreSteps } from './store-version.ts'
import type { JournalTables } from './tables.ts'

/** The Kysely handle of a journal. */
export type JournalDatabase = Kysely<JournalTables>

const inMemory = ':memory:'

const toKysely = (database: SqliteDatabase): JournalDatabase =>
  new Kysely<JournalTables>({ dialect: new SqliteDialect({ database }) })

/** @returns the names of the migrations that made it. */
const requireOurs = async (db: JournalDatabase): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const applied = tables.some((table) => table.name === 'kysely_migration') ? await listApplied(db) : []
  if (applied.length === 0) throw new Error('it is a database, but it holds no journal')
  return applied
}

const requireWhole = (path: string): void => {
  const isThere = existsSync(path)
  if (!isThere && existsSync(`${path}-wal`)) throw new Error(`the file is gone, but its log ${path}-wal is still there`)
  if (isThere && statSync(path).size === 0) throw new Error('it is empty: it was cut short, or never a journal')
}

const syncDirectory = (path: string): void => {
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** Makes the journal under another name and moves it when it is whole, so that a crash leaves no half-made file. */
const createFile = async (path: string, steps: StoreSteps): Promise<void> => {
  const draft = `${path}.new`
  mkdirSync(dirname(path), { recursive: true })
  for (const leftover of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(leftover, { force: true })
  const db = toKysely(openSqliteConnection(draft))
  try {
    await migrate(db, [], steps)
  } finally {
    await db.destroy()
  }
  renameSync(draft, path)
  syncDirectory(dirname(path))
}

const openFile = async (path: string, steps: StoreSteps): Promise<JournalDatabase> => {
  requireWhole(path)
  if (!existsSync(path)) await createFile(path, steps)
  const db = toKysely(openSqliteConnection(path))
  try {
    await migrate(db, await requireOurs(db), steps)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

const openInMemory = async (steps: StoreSteps): Promise<JournalDatabase> => {
  const db = toKysely(openSqliteConnection(inMemory))
  await migrate(db, [], steps)
  return db
}

const toReason = (error: unknown): string => {
  if (isSqliteFailure(error, 'notADatabase')) return 'it is not an SQLite database'
  if (isSqliteFailure(error, 'corrupt')) return 'it is damaged or cut short: restore it, or move it away to begin anew'
  if (isSqliteFailure(error, 'busy')) return 'another process holds its lock'
  return error instanceof Error ? error.message : String(error)
}

/**
 * Opens the journal's database at `path` and brings an older one up to date; makes it, and the folder, where neither it
 * nor a trace of it is there. `:memory:` is one that ends with the process. Whoever gets it calls `destroy()`.
 *
 * @param steps What makes it what it is to be. @default migrations
 * @throws Error saying why in plain words when the file is truncated, damaged, no database, another program's database
 * or one that a newer gateway has made unfit for this one. Never begins anew over what it cannot read.
 */
export const openDatabase = async (path: string, steps: StoreSteps = migrations): Promise<JournalDatabase> => {
  try {
    return path === inMemory ? await openInMemory(steps) : await openFile(path, steps)
  } catch (error) {
    throw new Error(`The journal ${path} cannot be opened: ${toReason(error)}`, { cause: error })
  }
}

/**
 * Opens the journal's database at `path` to look at it, also while a gateway is running on it: changes nothing, and does not
 * bring an older one up to date. Whoever gets it calls `destroy()`.
 *
 * @throws Error saying why in plain words, as {@link openDatabase} does, also when an older gateway has written the file.
 */
export const openDatabaseToRead = async (path: string): Promise<JournalDatabase> => {
  try {
    requireWhole(path)
    const db = toKysely(openReadOnlyConnection(path))
    try {
      const applied = await requireOurs(db)
      refuseForeign(applied, migrations)
      refuseOlder(applied, migrations)
    } catch (error) {
      await db.destroy()
      throw error
    }
    return db
  } catch (error) {
    throw new Error(`The journal ${path} cannot be opened: ${toReason(error)}`, { cause: error })
  }
}
