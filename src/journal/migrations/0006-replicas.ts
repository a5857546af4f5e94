import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What several gateways on one store need of it: which write of each of them was committed last, so that one whose answer was
 * lost is not done twice.
 */
export const replicasMigration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('store_writers')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('last_write', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
