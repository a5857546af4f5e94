import { existsSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

// How long a statement may block the whole process for another one's lock. Longer waits are the journal's to do.
const busyTimeoutMs = 20

// A process that only reads has nothing else to do meanwhile.
const readerTimeoutMs = 5_000

const toSqlValue = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`A value of type ${typeof value} cannot be stored`)
}

const toStatement = (database: DatabaseSync, sql: string): SqliteStatement => {
  const statement = database.prepare(sql)
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toSqlValue)),
    run: (parameters) => statement.run(...parameters.map(toSqlValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(toSqlValue)),
  }
}

const nothingToDo: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

/**
 * Opens SQLite as Kysely's dialect wants it, durable: a commit has reached the disk before it returns.
 *
 * A transaction takes the write lock at its start, so that it cannot find after a read that it may not write. A rollback
 * of what SQLite has rolled back by itself (disk full, I/O error) does nothing, and the first error stays visible.
 *
 * @throws what SQLite says when the file cannot be opened, is not a database or is damaged.
 */
export const openSqliteConnection = (path: string): SqliteDatabase => {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
  try {
    const [check] = database.prepare('pragma quick_check(1)').all()
    const verdict = check?.['quick_check']
    if (verdict !== 'ok') throw new Error(`the check of the file says: ${String(verdict)}`)
    database.exec('pragma journal_mode = wal; pragma synchronous = full')
  } catch (error) {
    database.close()
    throw error
  }
  return {
    close: () => database.close(),
    prepare: (sql) => {
      if (sql === 'begin') return toStatement(database, 'begin immediate')
      if (sql === 'rollback' && !database.isTransaction) return nothingToDo
      return toStatement(database, sql)
    },
  }
}

/**
 * Opens SQLite to look at it. Where a gateway is running, what it has only written to its log is seen, too; where none is,
 * nothing at all is written, not even beside the file.
 *
 * @throws what SQLite says when the file cannot be opened.
 */
export const openReadOnlyConnection = (path: string): SqliteDatabase => {
  const url = pathToFileURL(path)
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1')
  const database = new DatabaseSync(url, { readOnly: true, timeout: readerTimeoutMs })
  return { close: () => database.close(), prepare: (sql) => toStatement(database, sql) }
}
