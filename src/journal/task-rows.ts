import type { ExpressionBuilder, Transaction } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { OpenIntent, TaskPage, TaskQuery } from '../domain/ports/journal.ts'
import { isFinal, type Task, type TaskEvent, type TaskState, taskStates } from '../domain/task.ts'
import type { JournalDatabase } from './database.ts'
import { findSightLookup, taskPlaces, toPlaceRows, toSightFilter, type SightLookup } from './place-rows.ts'
import type { JournalTables } from './tables.ts'
import { parseTaskDocument, toTaskDocument } from './task-document.ts'

/** The journal's database, inside a transaction or outside. */
export type Queries = JournalDatabase | Transaction<JournalTables>

type Builder = ExpressionBuilder<JournalTables, 'tasks'>

/** The states of a task to which something may still happen. */
export const openStates: readonly TaskState[] = taskStates.filter((state) => !isFinal(state))

const toRow = (task: Task) => ({
  id: task.id,
  vendor: task.vendor,
  site_name: task.siteName,
  operation: task.operation,
  state: task.state,
  dispatch: task.dispatch,
  target_id: task.target && toGlobalId(task.target.kind, task.target.vendor, task.target.nativeId),
  started_at: task.startedAt.getTime(),
  vendor_task_id: task.vendorTaskId?.toLowerCase() ?? null,
  asked_by: task.request?.requestedBy ?? null,
  document: toTaskDocument(task),
})

const toTasks = (rows: readonly { readonly document: string }[]): readonly Task[] =>
  rows.map((row) => parseTaskDocument(row.document))

/** The task with this global id, or null. */
export const findTask = async (db: Queries, taskId: string): Promise<Task | null> => {
  const row = await db.selectFrom('tasks').select('document').where('id', '=', taskId).executeTakeFirst()
  return row === undefined ? null : parseTaskDocument(row.document)
}

/** The tasks with these global ids, by their ids. */
export const findTasks = async (db: Queries, taskIds: readonly string[]): Promise<ReadonlyMap<string, Task>> => {
  if (taskIds.length === 0) return new Map()
  const rows = await db.selectFrom('tasks').select('document').where('id', 'in', taskIds).execute()
  return new Map(toTasks(rows).map((task) => [task.id, task]))
}

/** The task that is known by the id that the vendor gave to the given one; one that was started here before others. */
export const findVendorTask = async (
  db: Queries,
  { vendor, vendorTaskId }: Pick<Task, 'vendor' | 'vendorTaskId'>,
): Promise<Task | null> => {
  if (vendorTaskId === null) return null
  const rows = await db
    .selectFrom('tasks')
    .select(['dispatch', 'document'])
    .where('vendor', '=', vendor)
    .where('vendor_task_id', '=', vendorTaskId.toLowerCase())
    .execute()
  const row = rows.find(({ dispatch }) => dispatch !== 'FOREIGN') ?? rows[0]
  return row === undefined ? null : parseTaskDocument(row.document)
}

/** The vendor task of a FOREIGN task turns out to be that of a task that was started here: the FOREIGN one goes. */
export const dropForeign = async (
  trx: Transaction<JournalTables>,
  { vendor, vendorTaskId }: Pick<Task, 'vendor' | 'vendorTaskId'>,
): Promise<void> => {
  if (vendorTaskId === null) return
  const foreign = await trx
    .selectFrom('tasks')
    .select('id')
    .where('vendor', '=', vendor)
    .where('vendor_task_id', '=', vendorTaskId.toLowerCase())
    .where('dispatch', '=', 'FOREIGN')
    .executeTakeFirst()
  if (foreign !== undefined) await deleteTask(trx, foreign.id)
}

/** @throws Error when the journal holds no such task: whoever asks has it from the journal. */
export const requireTask = async (db: Queries, taskId: string): Promise<Task> => {
  const task = await findTask(db, taskId)
  if (task === null) throw new Error(`The journal holds no task ${taskId}`)
  return task
}

const insertPlaces = async (trx: Transaction<JournalTables>, { id, places }: Task): Promise<void> => {
  const rows = toPlaceRows(places).map((row) => ({ ...row, task_id: id }))
  if (rows.length > 0) await trx.insertInto('task_places').values(rows).execute()
}

/** @param replica The gateway that begins it; null for what others have started. */
export const insertTask = async (
  trx: Transaction<JournalTables>,
  task: Task,
  replica: string | null,
): Promise<void> => {
  await trx
    .insertInto('tasks')
    .values({ ...toRow(task), replica })
    .execute()
  await insertPlaces(trx, task)
}

export const saveTask = async (trx: Transaction<JournalTables>, task: Task): Promise<void> => {
  const { id, ...columns } = toRow(task)
  await trx.updateTable('tasks').set(columns).where('id', '=', id).execute()
}

/** The task stands elsewhere than before, or it is known only now where it stands. */
export const replacePlaces = async (trx: Transaction<JournalTables>, task: Task): Promise<void> => {
  await trx.deleteFrom('task_places').where('task_id', '=', task.id).execute()
  await insertPlaces(trx, task)
}

/** What gateways were about to send, or have sent without an answer that is known; not what is being looked for already. */
export const listOpenIntents = async (db: Queries): Promise<readonly OpenIntent[]> => {
  const rows = await db
    .selectFrom('tasks')
    .select(['replica', 'document'])
    .where('state', 'in', openStates)
    .where('state', '!=', 'OUTCOME_UNKNOWN')
    .where('dispatch', 'in', ['PREPARED', 'SENT'])
    .where('vendor_task_id', 'is', null)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map(({ replica, document }) => ({ replica, task: parseTaskDocument(document) }))
}

/** Its events, its places and its key go with it. */
export const deleteTask = async (trx: Transaction<JournalTables>, taskId: string): Promise<void> => {
  await trx.deleteFrom('tasks').where('id', '=', taskId).execute()
}

/** Appends the task as it is now, and gives the event its place. */
export const appendTaskEvent = async (
  trx: Transaction<JournalTables>,
  event: Omit<TaskEvent, 'sequence'>,
): Promise<TaskEvent> => {
  const { kind, at, task } = event
  const { sequence } = await trx
    .insertInto('task_events')
    .values({ task_id: task.id, kind, at: at.getTime(), document: toTaskDocument(task) })
    .returning('sequence')
    .executeTakeFirstOrThrow()
  return { ...event, sequence }
}

/** Events with a sequence above `after`, oldest first: of one task, or of all with null. */
export const readTaskEvents = async (
  db: Queries,
  taskId: string | null,
  after: number,
  limit: number,
): Promise<readonly TaskEvent[]> => {
  const newer = db
    .selectFrom('task_events')
    .select(['sequence', 'kind', 'at', 'document'])
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
  const rows = await (taskId === null ? newer : newer.where('task_id', '=', taskId)).execute()
  return rows.map(({ sequence, kind, at, document }) => ({
    sequence,
    kind,
    at: new Date(at),
    task: parseTaskDocument(document),
  }))
}

/** The highest sequence that an event has; 0 without events. */
export const readLastSequence = async (db: Queries): Promise<number> => {
  const row = await db
    .selectFrom('task_events')
    .select((builder) => builder.fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow()
  return row.last ?? 0
}

/** Tasks that are not final of one site or of any of these targets, oldest first. */
export const listOpen = async (
  db: Queries,
  column: 'site_name' | 'target_id',
  wanted: readonly string[],
): Promise<readonly Task[]> => {
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('tasks')
    .select('document')
    .where(column, 'in', wanted)
    .where('state', 'in', openStates)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return toTasks(rows)
}

/** Null where nothing can match: a list of the query is empty, or nothing is in sight. */
const toFilter = (query: TaskQuery, lookup: SightLookup) => {
  const lists = [
    ['site_name', query.siteNames],
    ['state', query.states],
    ['operation', query.operations],
    ['target_id', query.targetIds],
  ] as const
  const seen = toSightFilter(query.sight, taskPlaces, lookup)
  if (seen === 'NONE' || lists.some(([, wanted]) => wanted?.length === 0)) return null
  return (builder: Builder) =>
    builder.and([
      ...lists.flatMap(([column, wanted]) => (wanted === null ? [] : [builder(column, 'in', wanted)])),
      ...(seen === 'ALL' ? [] : [seen]),
    ])
}

/** Later in the order of a list, which is newest first: started earlier, or at the same time with a smaller id. */
const isOlderThan = (task: Task) => (builder: Builder) =>
  builder.or([
    builder('started_at', '<', task.startedAt.getTime()),
    builder.and([builder('started_at', '=', task.startedAt.getTime()), builder('id', '<', task.id)]),
  ])

/** @throws NOT_FOUND when `olderThan` is not the id of a task. */
export const listTaskPage = async (db: Queries, query: TaskQuery): Promise<TaskPage> => {
  const filter = toFilter(query, await findSightLookup(db, query.sight, taskPlaces))
  if (filter === null) return { tasks: [], totalCount: 0, hasMore: false }
  const matching = db.selectFrom('tasks').where(filter)
  const { count } = await matching
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()

  let page = matching
  if (query.olderThan !== null) {
    const last = await findTask(db, query.olderThan)
    if (last === null) throw DomainError.notFound(query.olderThan)
    page = page.where(isOlderThan(last))
  }
  const rows = await page
    .select('document')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  return { tasks: toTasks(rows.slice(0, query.limit)), totalCount: count, hasMore: rows.length > query.limit }
}
