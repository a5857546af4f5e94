import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { journalMigration } from './migrations/0001-journal.ts'
import { auditMigration } from './migrations/0002-audit.ts'
import { readModelMigration } from './migrations/0003-read-model.ts'
import { foreignTasksMigration } from './migrations/0004-foreign-tasks.ts'
import { placesMigration } from './migrations/0005-places.ts'
import { openReadOnlyConnection, openSqliteConnection } from './sqlite-connection.ts'
import { isSqliteFailure } from './sqlite-failure.ts'
import type { JournalTables } from './tables.ts'

/** The Kysely handle of a journal. */
export type JournalDatabase = Kysely<JournalTables>

// By name, in the order in which they are run.
const migrations: Readonly<Record<string, Migration>> = {
  '0001-journal': journalMigration,
  '0002-audit': auditMigration,
  '0003-read-model': readModelMigration,
  '0004-foreign-tasks': foreignTasksMigration,
  '0005-places': placesMigration,
}

const inMemory = ':memory:'

const toKysely = (database: SqliteDatabase): JournalDatabase =>
  new Kysely<JournalTables>({ dialect: new SqliteDialect({ database }) })

const migrate = async (db: JournalDatabase): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/** Names of the migrations that made the database what it is; null when none of ours ever ran on it. */
const listAppliedMigrations = async (db: JournalDatabase): Promise<readonly string[] | null> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return null
  const rows = await db
    .withTables<{ kysely_migration: { readonly name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}

/** @returns the names of the migrations that made it. */
const requireOurs = async (db: JournalDatabase): Promise<readonly string[]> => {
  const applied = await listAppliedMigrations(db)
  if (applied === null || applied.length === 0) throw new Error('it is a database, but it holds no journal')
  const newer = applied.filter((name) => !Object.hasOwn(migrations, name))
  if (newer.length > 0) {
    throw new Error(`a newer version of the gateway has written it (${newer.join(', ')}): start that version`)
  }
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
const createFile = async (path: string): Promise<void> => {
  const draft = `${path}.new`
  mkdirSync(dirname(path), { recursive: true })
  for (const leftover of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(leftover, { force: true })
  const db = toKysely(openSqliteConnection(draft))
  try {
    await migrate(db)
  } finally {
    await db.destroy()
  }
  renameSync(draft, path)
  syncDirectory(dirname(path))
}

const openFile = async (path: string): Promise<JournalDatabase> => {
  requireWhole(path)
  if (!existsSync(path)) await createFile(path)
  const db = toKysely(openSqliteConnection(path))
  try {
    await requireOurs(db)
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

const openInMemory = async (): Promise<JournalDatabase> => {
  const db = toKysely(openSqliteConnection(inMemory))
  await migrate(db)
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
 * @throws Error saying why in plain words when the file is truncated, damaged, no database, another program's database
 * or one of a newer gateway. Never begins anew over what it cannot read.
 */
export const openDatabase = async (path: string): Promise<JournalDatabase> => {
  try {
    return path === inMemory ? await openInMemory() : await openFile(path)
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
      const missing = Object.keys(migrations).filter((name) => !applied.includes(name))
      if (missing.length > 0)
        throw new Error(`an older version of the gateway has written it: it lacks ${missing.join(', ')}`)
    } catch (error) {
      await db.destroy()
      throw error
    }
    return db
  } catch (error) {
    throw new Error(`The journal ${path} cannot be opened: ${toReason(error)}`, { cause: error })
  }
}
