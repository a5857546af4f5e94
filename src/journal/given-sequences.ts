import { sql } from 'kysely'
import type { JournalDatabase } from './database.ts'

/**
 * The highest sequence that was ever given to an event of a task, also to one that has gone with its task since; 0 for none. It
 * is what the database itself keeps, so that no number is given twice; each database keeps it in its own way.
 */
export type FindLastGiven = (db: JournalDatabase) => Promise<number>

/** See https://www.sqlite.org/autoinc.html. */
export const findLastGivenBySqlite: FindLastGiven = async (db) => {
  const { rows } = await sql<{ readonly last: number }>`
    select seq as last from sqlite_sequence where name = 'task_events'
  `.execute(db)
  return rows[0]?.last ?? 0
}

/** It may run ahead by what was not committed, and after a crash of the database by some more. */
export const findLastGivenByPostgres: FindLastGiven = async (db) => {
  const { rows } = await sql<{ readonly last: number | null }>`
    select pg_sequence_last_value(pg_get_serial_sequence('task_events', 'sequence')::regclass) as last
  `.execute(db)
  return rows[0]?.last ?? 0
}
