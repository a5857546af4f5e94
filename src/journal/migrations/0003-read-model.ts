import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const createSnapshots = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('snapshots')
    .addColumn('site_name', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addColumn('content', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('snapshots_primary', ['site_name', 'list'])
    .execute()
}

const createRpoHistory = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('rpo_groups')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('group_id', 'text', (column) => column.notNull().unique())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actual_seconds', 'double precision')
    .addColumn('target_seconds', 'double precision')
    .addColumn('verdict', 'text', (column) => column.notNull())
    .execute()
  // The key finds both what is due to be put together and the past of one group, so that no other index is needed.
  await db.schema
    .createTable('rpo_buckets')
    .addColumn('group_number', 'integer', (column) => column.notNull().references('rpo_groups.number'))
    .addColumn('span_ms', 'integer', (column) => column.notNull())
    .addColumn('slot_at', 'bigint', (column) => column.notNull())
    .addColumn('from_at', 'bigint', (column) => column.notNull())
    .addColumn('to_at', 'bigint', (column) => column.notNull())
    .addColumn('sample_count', 'integer', (column) => column.notNull())
    .addColumn('measured_count', 'integer', (column) => column.notNull())
    .addColumn('min_seconds', 'double precision')
    .addColumn('max_seconds', 'double precision')
    .addColumn('sum_seconds', 'double precision', (column) => column.notNull())
    .addColumn('target_seconds', 'double precision')
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rpo_buckets_primary', ['group_number', 'span_ms', 'slot_at'])
    .execute()
}

const createProtectionLog = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('protection_states')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('configuration_changed_at', 'bigint')
    .execute()
  await db.schema
    .createTable('protection_events')
    .addColumn('sequence', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('protection_head')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .execute()
  await db
    .withTables<{ protection_head: { readonly id: number; readonly sequence: number } }>()
    .insertInto('protection_head')
    .values({ id: 1, sequence: 0 })
    .execute()
}

/** What the read model keeps: the last lists of each site, how objectives were kept, and what changed on what is protected. */
export const readModelMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await createSnapshots(db)
    await createRpoHistory(db)
    await createProtectionLog(db)
  },
}
