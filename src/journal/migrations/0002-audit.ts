import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const createEntries = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('audit_entries')
    .addColumn('sequence', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('target_id', 'text')
    .addColumn('task_id', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
  for (const column of ['at', 'caller', 'target_id', 'task_id'] as const) {
    const index = db.schema.createIndex(`audit_entries_by_${column}`).on('audit_entries')
    await index.columns([column, 'sequence']).execute()
  }
}

// One row from the start, so that an append changes it and never has to make it.
const createHead = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
  await db
    .withTables<{ audit_head: { readonly id: number; readonly sequence: number; readonly hash: string } }>()
    .insertInto('audit_head')
    .values({ id: 1, sequence: 0, hash: '' })
    .execute()
}

/** The audit log and its head, and the order in which idempotency keys grow old. */
export const auditMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await createEntries(db)
    await createHead(db)
    await db.schema.createIndex('idempotency_keys_by_age').on('idempotency_keys').column('created_at').execute()
  },
}
