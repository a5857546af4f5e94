import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What several gateways on one store tell and ask each other of the lists of the sites. The lists themselves are snapshots. */
export const sharedListsMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('shared_lists')
      .addColumn('site_name', 'text', (column) => column.notNull())
      .addColumn('list', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addColumn('replica', 'text')
      .addColumn('content_number', 'bigint', (column) => column.notNull())
      .addColumn('observed_at', 'bigint')
      .addColumn('looked_at', 'bigint')
      .addColumn('problem', 'text')
      .addColumn('asked', 'bigint', (column) => column.notNull())
      .addColumn('outdated', 'bigint', (column) => column.notNull())
      .addColumn('heard', 'bigint', (column) => column.notNull())
      .addColumn('answered', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('shared_lists_primary', ['site_name', 'list'])
      .execute()
  },
}
