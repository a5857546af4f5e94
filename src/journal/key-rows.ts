import type { Transaction } from 'kysely'
import { type IdempotencyScope, keyLifetimeMs } from '../domain/ports/journal.ts'
import { isFinal, type Task } from '../domain/task.ts'
import type { JournalTables } from './tables.ts'
import { parseTaskDocument } from './task-document.ts'
import { openStates, type Queries } from './task-rows.ts'

/** The task that holds a key, and the hash of the input it was taken with. */
export interface KeyHolder {
  readonly task: Task
  readonly inputHash: string
}

/** Keys that were taken then or before are too old. */
const toOldestTime = (now: Date): number => now.getTime() - keyLifetimeMs

/** Null also for a key that is too old and whose task is final. */
export const findKey = async (db: Queries, scope: IdempotencyScope, now: Date): Promise<KeyHolder | null> => {
  const row = await db
    .selectFrom('idempotency_keys')
    .innerJoin('tasks', 'tasks.id', 'idempotency_keys.task_id')
    .select(['tasks.document', 'idempotency_keys.input_hash', 'idempotency_keys.created_at'])
    .where('idempotency_keys.caller', '=', scope.caller)
    .where('idempotency_keys.operation', '=', scope.operation)
    .where('idempotency_keys.key', '=', scope.key)
    .executeTakeFirst()
  if (row === undefined) return null
  const task = parseTaskDocument(row.document)
  if (row.created_at <= toOldestTime(now) && isFinal(task.state)) return null
  return { task, inputHash: row.input_hash }
}

/** False when somebody has it. */
export const takeKey = async (
  trx: Transaction<JournalTables>,
  scope: IdempotencyScope,
  given: { readonly inputHash: string; readonly taskId: string; readonly at: Date },
): Promise<boolean> => {
  const taken = await trx
    .insertInto('idempotency_keys')
    .values({ ...scope, input_hash: given.inputHash, task_id: given.taskId, created_at: given.at.getTime() })
    .onConflict((conflict) => conflict.columns(['caller', 'operation', 'key']).doNothing())
    .returning('task_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Takes back what {@link takeKey} took in the same transaction. */
export const dropKey = async (trx: Transaction<JournalTables>, scope: IdempotencyScope): Promise<void> => {
  await trx
    .deleteFrom('idempotency_keys')
    .where('caller', '=', scope.caller)
    .where('operation', '=', scope.operation)
    .where('key', '=', scope.key)
    .execute()
}

/** Removes the keys that are too old, but for those of tasks that are not final. */
export const dropOldKeys = async (trx: Transaction<JournalTables>, now: Date): Promise<void> => {
  await trx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<=', toOldestTime(now))
    .where((builder) =>
      builder.not(
        builder.exists(
          builder
            .selectFrom('tasks')
            .select('tasks.id')
            .whereRef('tasks.id', '=', 'idempotency_keys.task_id')
            .where('tasks.state', 'in', openStates),
        ),
      ),
    )
    .execute()
}
