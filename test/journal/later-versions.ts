import type { Kysely } from 'kysely'
import { migrations } from '../../src/journal/migrations.ts'
import type { StoreSteps } from '../../src/journal/store-version.ts'

/** The store as a version after this one expands it: a column and a table more. */
export const expanded: StoreSteps = {
  ...migrations,
  '9001-notes': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.alterTable('tasks').addColumn('note', 'text').execute()
      await db.schema
        .createTable('notes')
        .addColumn('task_id', 'text', (column) => column.primaryKey().notNull())
        .execute()
    },
  },
}

/** The version after that one takes away what only those before {@link expanded} need. */
export const contracted: StoreSteps = {
  ...expanded,
  '9002-askers-needs-9001': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.dropIndex('tasks_by_asker').execute()
    },
  },
}
