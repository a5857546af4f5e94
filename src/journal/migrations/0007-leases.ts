import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Which of several gateways does what, and which of them has made an intent: what one has left behind is cleared up by
 * another, what one is about to send is not.
 */
export const leasesMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('fence', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('interests', 'text', (column) => column.notNull())
      .execute()
    await db.schema.alterTable('tasks').addColumn('replica', 'text').execute()
  },
}
