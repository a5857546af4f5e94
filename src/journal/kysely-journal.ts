import type { ExpressionBuilder, Transaction } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import type { BeginResult, IdempotencyScope, Intent, Journal } from '../domain/ports/journal.ts'
import type { TaskPage, TaskPatch, TaskQuery } from '../domain/ports/journal.ts'
import { isFinal, type Task, type TaskEvent, taskStates } from '../domain/task.ts'
import type { JournalDatabase } from './database.ts'
import type { JournalTables } from './tables.ts'
import { parseTaskDocument, toTaskDocument } from './task-document.ts'
import { applyPatch, isSameTask } from './task-patch.ts'

export interface KyselyJournalOptions {
  readonly db: JournalDatabase
  readonly bus: EventBus
  readonly clock: Clock
  /** True for the database's word that somebody else holds its lock and nothing was done. */
  readonly isBusy: (error: unknown) => boolean
}

type Queries = JournalDatabase | Transaction<JournalTables>

/** A transaction, and the events that it appends, to be published once it is committed. */
interface Writing {
  readonly trx: Transaction<JournalTables>
  readonly events: TaskEvent[]
}

// Together with the 20 ms for which each try may block, a lock is waited for about 5 seconds.
const busyTries = 70
const busyWaitMs = 50

const openStates = taskStates.filter((state) => !isFinal(state))

const toRow = (task: Task) => ({
  id: task.id,
  vendor: task.vendor,
  site_name: task.siteName,
  operation: task.operation,
  state: task.state,
  dispatch: task.dispatch,
  target_id: task.target && toGlobalId(task.target.kind, task.target.vendor, task.target.nativeId),
  started_at: task.startedAt.getTime(),
  document: toTaskDocument(task),
})

const toTasks = (rows: readonly { readonly document: string }[]): readonly Task[] =>
  rows.map((row) => parseTaskDocument(row.document))

const findTask = async (db: Queries, taskId: string): Promise<Task | null> => {
  const row = await db.selectFrom('tasks').select('document').where('id', '=', taskId).executeTakeFirst()
  return row === undefined ? null : parseTaskDocument(row.document)
}

const requireTask = async (db: Queries, taskId: string): Promise<Task> => {
  const task = await findTask(db, taskId)
  if (task === null) throw new Error(`The journal holds no task ${taskId}`)
  return task
}

const findKey = async (db: Queries, scope: IdempotencyScope) => {
  const row = await db
    .selectFrom('idempotency_keys')
    .innerJoin('tasks', 'tasks.id', 'idempotency_keys.task_id')
    .select(['tasks.document', 'idempotency_keys.input_hash'])
    .where('idempotency_keys.caller', '=', scope.caller)
    .where('idempotency_keys.operation', '=', scope.operation)
    .where('idempotency_keys.key', '=', scope.key)
    .executeTakeFirst()
  return row === undefined ? null : { task: parseTaskDocument(row.document), inputHash: row.input_hash }
}

const appendEvent = async (writing: Writing, kind: TaskEvent['kind'], at: Date, task: Task): Promise<void> => {
  const { sequence } = await writing.trx
    .insertInto('task_events')
    .values({ task_id: task.id, kind, at: at.getTime(), document: toTaskDocument(task) })
    .returning('sequence')
    .executeTakeFirstOrThrow()
  writing.events.push({ sequence, kind, at, task })
}

const saveTask = async (trx: Transaction<JournalTables>, task: Task): Promise<void> => {
  const { id, ...columns } = toRow(task)
  await trx.updateTable('tasks').set(columns).where('id', '=', id).execute()
}

/** Null where a list of the query is empty, so that nothing can match. */
const toFilter = (query: TaskQuery) => {
  const lists = [
    ['site_name', query.siteNames],
    ['state', query.states],
    ['operation', query.operations],
    ['target_id', query.targetIds],
  ] as const
  if (lists.some(([, wanted]) => wanted?.length === 0)) return null
  return (builder: ExpressionBuilder<JournalTables, 'tasks'>) =>
    builder.and(lists.flatMap(([column, wanted]) => (wanted === null ? [] : [builder(column, 'in', wanted)])))
}

/** Later in the order of a list, which is newest first: started earlier, or at the same time with a smaller id. */
const isOlderThan = (task: Task) => (builder: ExpressionBuilder<JournalTables, 'tasks'>) =>
  builder.or([
    builder('started_at', '<', task.startedAt.getTime()),
    builder.and([builder('started_at', '=', task.startedAt.getTime()), builder('id', '<', task.id)]),
  ])

/**
 * The journal over any database that Kysely speaks to: no query here belongs to one dialect.
 *
 * Writes of this process run one after the other, each in a transaction of its own, and its events are on the bus before
 * the next one starts: that is what keeps the bus in the order of the sequence.
 */
export class KyselyJournal implements Journal {
  readonly #db: JournalDatabase
  readonly #bus: EventBus
  readonly #clock: Clock
  readonly #isBusy: (error: unknown) => boolean
  readonly #closing = new AbortController()
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: KyselyJournalOptions) {
    this.#db = options.db
    this.#bus = options.bus
    this.#clock = options.clock
    this.#isBusy = options.isBusy
  }

  async begin({ task, caller, inputHash }: Intent): Promise<BeginResult> {
    const { request, operation } = task
    if (request === null) throw new Error(`The task ${task.id} has no request, so there is no key to take`)
    const scope = { caller, operation, key: request.idempotencyKey }
    return this.#write(async (writing) => {
      const at = this.#clock.now()
      const taken = await writing.trx
        .insertInto('idempotency_keys')
        .values({ ...scope, input_hash: inputHash, task_id: task.id, created_at: at.getTime() })
        .onConflict((conflict) => conflict.columns(['caller', 'operation', 'key']).doNothing())
        .returning('task_id')
        .executeTakeFirst()
      if (taken === undefined) {
        const existing = await findKey(writing.trx, scope)
        if (existing === null) throw new Error(`The key of ${caller} for ${operation} is held by no task`)
        return { kind: 'EXISTING', ...existing }
      }
      await writing.trx.insertInto('tasks').values(toRow(task)).execute()
      await appendEvent(writing, 'STATE_CHANGE', at, task)
      return { kind: 'BEGUN', task }
    })
  }

  findByKey(scope: IdempotencyScope): Promise<{ readonly task: Task; readonly inputHash: string } | null> {
    return findKey(this.#db, scope)
  }

  /** @throws Error when the task is gone or not PREPARED any more: whoever asks must not send. */
  async markSent(taskId: string): Promise<Task> {
    return this.#write(async ({ trx }) => {
      const task = await requireTask(trx, taskId)
      if (task.dispatch !== 'PREPARED') throw new Error(`The task ${taskId} is ${task.dispatch}, not PREPARED`)
      const sent: Task = { ...task, dispatch: 'SENT', updatedAt: this.#clock.now() }
      await saveTask(trx, sent)
      return sent
    })
  }

  /** Its events go with it; their sequence numbers are not given again. */
  async release(taskId: string): Promise<void> {
    await this.#write(({ trx }) => trx.deleteFrom('tasks').where('id', '=', taskId).execute())
  }

  async update(taskId: string, patch: TaskPatch, kind: TaskEvent['kind'], at: Date): Promise<Task> {
    return this.#write(async (writing) => {
      const task = await requireTask(writing.trx, taskId)
      if (isFinal(task.state)) return task
      const changed = applyPatch(task, patch, at)
      if (kind === 'PROGRESS' && isSameTask(task, changed)) return task
      await saveTask(writing.trx, changed)
      await appendEvent(writing, kind, at, changed)
      return changed
    })
  }

  getTask(taskId: string): Promise<Task | null> {
    return findTask(this.#db, taskId)
  }

  /** @throws NOT_FOUND when `olderThan` is not the id of a task. */
  async listTasks(query: TaskQuery): Promise<TaskPage> {
    const filter = toFilter(query)
    if (filter === null) return { tasks: [], totalCount: 0, hasMore: false }
    const matching = this.#db.selectFrom('tasks').where(filter)
    const { count } = await matching
      .select((builder) => builder.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()

    let page = matching
    if (query.olderThan !== null) {
      const last = await findTask(this.#db, query.olderThan)
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

  listOpenTasks(siteName: string): Promise<readonly Task[]> {
    return this.#listOpen((builder) => builder('site_name', '=', siteName))
  }

  listOpenTasksOf(targetId: string): Promise<readonly Task[]> {
    return this.#listOpen((builder) => builder('target_id', '=', targetId))
  }

  async readEvents(taskId: string, after: number, limit: number): Promise<readonly TaskEvent[]> {
    const rows = await this.#db
      .selectFrom('task_events')
      .select(['sequence', 'kind', 'at', 'document'])
      .where('task_id', '=', taskId)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit)
      .execute()
    return rows.map(({ sequence, kind, at, document }) => ({
      sequence,
      kind,
      at: new Date(at),
      task: parseTaskDocument(document),
    }))
  }

  async lastSequence(): Promise<number> {
    const row = await this.#db
      .selectFrom('task_events')
      .select((builder) => builder.fn.max('sequence').as('last'))
      .executeTakeFirstOrThrow()
    return row.last ?? 0
  }

  /** Lets the writes that have begun come to their end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#lastWrite
    await this.#db.destroy()
  }

  async #listOpen(
    whose: (builder: ExpressionBuilder<JournalTables, 'tasks'>) => ReturnType<ReturnType<typeof isOlderThan>>,
  ): Promise<readonly Task[]> {
    const rows = await this.#db
      .selectFrom('tasks')
      .select('document')
      .where(whose)
      .where('state', 'in', openStates)
      .orderBy('started_at')
      .orderBy('id')
      .execute()
    return toTasks(rows)
  }

  #write<T>(run: (writing: Writing) => Promise<T>): Promise<T> {
    const result = this.#lastWrite.then(() => this.#commit(run))
    this.#lastWrite = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  async #commit<T>(run: (writing: Writing) => Promise<T>): Promise<T> {
    const events: TaskEvent[] = []
    const result = await this.#untilNotBusy(() => {
      events.length = 0
      return this.#db.transaction().execute((trx) => run({ trx, events }))
    })
    for (const event of events) this.#bus.publish(event)
    return result
  }

  async #untilNotBusy<T>(run: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await run()
      } catch (error) {
        if (!this.#isBusy(error)) throw error
        if (tries === busyTries || this.#closing.signal.aborted) {
          throw new Error('The journal is busy: another process holds its lock', { cause: error })
        }
      }
      await this.#clock.wait(busyWaitMs, this.#closing.signal)
    }
  }
}
