import type { Transaction } from 'kysely'
import type { EventBounds } from '../domain/ports/journal.ts'
import type { JournalTables } from './tables.ts'
import type { JournalDatabase } from './database.ts'
import type { FindLastGiven } from './given-sequences.ts'
import { type Queries, readLastSequence } from './task-rows.ts'

// A transaction of so many rows blocks the process for a few milliseconds.
const chunkRows = 500

const readMarks = (db: Queries) =>
  db.selectFrom('task_event_log').select(['complete_from', 'looked_to']).executeTakeFirstOrThrow()

/** Where the events begin and end. */
export const readEventBounds = async (db: JournalDatabase, findLastGiven: FindLastGiven): Promise<EventBounds> => {
  const { complete_from: completeFrom } = await readMarks(db)
  return { completeFrom, last: await findLastGiven(db) }
}

/** Of these tasks, the sequences of their last events: those stay. */
const listLast = async (db: Queries, taskIds: readonly string[]): Promise<ReadonlySet<number>> => {
  const rows = await db
    .selectFrom('task_events')
    .select((builder) => builder.fn.max('sequence').as('last'))
    .where('task_id', 'in', taskIds)
    .groupBy('task_id')
    .execute()
  return new Set(rows.map(({ last }) => last))
}

/**
 * Forgets some of the oldest events: in their order, up to the first that is young enough and not beyond `mostEvents`. That
 * number is counted in sequence numbers, of which a few were never kept.
 *
 * @returns how many went, and whether that was all.
 */
export const pruneSomeEvents = async (
  trx: Transaction<JournalTables>,
  before: Date,
  mostEvents: number,
): Promise<{ readonly removed: number; readonly isDone: boolean }> => {
  const marks = await readMarks(trx)
  const lastToGo = (await readLastSequence(trx)) - mostEvents
  const rows = await trx
    .selectFrom('task_events')
    .select(['sequence', 'at', 'task_id'])
    .where('sequence', '>', marks.looked_to)
    .orderBy('sequence')
    .limit(chunkRows)
    .execute()
  const firstToStay = rows.findIndex(({ sequence, at }) => at >= before.getTime() && sequence > lastToGo)
  const old = firstToStay === -1 ? rows : rows.slice(0, firstToStay)
  const lookedTo = old.at(-1)?.sequence
  if (lookedTo === undefined) return { removed: 0, isDone: true }
  const taskIds = [...new Set(old.map((row) => row.task_id))]
  const last = await listLast(trx, taskIds)
  // Also what an earlier pruning has left as the last one of its task.
  const { numDeletedRows } = await trx
    .deleteFrom('task_events')
    .where('task_id', 'in', taskIds)
    .where('sequence', '<=', lookedTo)
    .where('sequence', 'not in', [...last])
    .executeTakeFirstOrThrow()
  const lastGone = old.findLast(({ sequence }) => !last.has(sequence))?.sequence ?? 0
  const completeFrom = Math.max(marks.complete_from, lastGone + 1)
  await trx.updateTable('task_event_log').set({ complete_from: completeFrom, looked_to: lookedTo }).execute()
  return { removed: Number(numDeletedRows), isDone: old.length < chunkRows }
}
