import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const createTasks = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('tasks')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('vendor', 'text', (column) => column.notNull())
    .addColumn('site_name', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('dispatch', 'text', (column) => column.notNull())
    .addColumn('target_id', 'text')
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('tasks_by_age').on('tasks').columns(['started_at', 'id']).execute()
  await db.schema.createIndex('tasks_by_site').on('tasks').columns(['site_name', 'state']).execute()
  await db.schema.createIndex('tasks_by_target').on('tasks').columns(['target_id', 'started_at']).execute()
}

const createTaskEvents = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('task_events')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('task_id', 'text', (column) => column.notNull().references('tasks.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('task_events_by_task').on('task_events').columns(['task_id', 'sequence']).execute()
}

// The key is taken before its task is written, so the reference is checked at the commit.
const createIdempotencyKeys = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('input_hash', 'text', (column) => column.notNull())
    .addColumn('task_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_primary', ['caller', 'operation', 'key'])
    .addForeignKeyConstraint('idempotency_keys_task', ['task_id'], 'tasks', ['id'], (constraint) =>
      constraint.onDelete('cascade').deferrable().initiallyDeferred(),
    )
    .execute()
  await db.schema.createIndex('idempotency_keys_by_task').on('idempotency_keys').column('task_id').execute()
}

/** Tasks, their events, and the keys that keep a call from being sent twice. */
export const journalMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await createTasks(db)
    await createTaskEvents(db)
    await createIdempotencyKeys(db)
  },
}
