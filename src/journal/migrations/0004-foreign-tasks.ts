import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { parseTaskDocument } from '../task-document.ts'

type Tables = {
  readonly tasks: {
    readonly id: string
    readonly vendor: string
    readonly dispatch: string
    readonly document: string
    readonly vendor_task_id: string | null
  }
  readonly task_event_log: { readonly id: number; readonly complete_from: number; readonly looked_to: number }
}

const pageSize = 500

/** Older rows have it in their document only. */
const fillVendorTaskIds = async (db: Kysely<Tables>): Promise<void> => {
  let last = ''
  for (;;) {
    const rows = await db
      .selectFrom('tasks')
      .select(['id', 'document'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, document } of rows) {
      const { vendorTaskId } = parseTaskDocument(document)
      if (vendorTaskId === null) continue
      await db.updateTable('tasks').set({ vendor_task_id: vendorTaskId.toLowerCase() }).where('id', '=', id).execute()
    }
    last = rows.at(-1)?.id ?? last
    if (rows.length < pageSize) return
  }
}

/**
 * The vendor's own ids of tasks, so that a task that others have started is taken over once; and how far the log of events
 * was pruned. Only what others have started is kept from being there twice: whatever a vendor answers to a call from here has
 * to be written down.
 */
export const foreignTasksMigration: Migration = {
  up: async (untyped: Kysely<unknown>) => {
    const db = untyped.withTables<Tables>()
    await db.schema.alterTable('tasks').addColumn('vendor_task_id', 'text').execute()
    await fillVendorTaskIds(db)
    await db.schema
      .createIndex('tasks_by_vendor_task')
      .on('tasks')
      .columns(['vendor', 'vendor_task_id'])
      .where('vendor_task_id', 'is not', null)
      .execute()
    await db.schema
      .createIndex('foreign_tasks_once')
      .on('tasks')
      .unique()
      .columns(['vendor', 'vendor_task_id'])
      .where(sql.ref('dispatch'), '=', 'FOREIGN')
      .execute()
    await db.schema
      .createTable('task_event_log')
      .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('complete_from', 'bigint', (column) => column.notNull())
      .addColumn('looked_to', 'bigint', (column) => column.notNull())
      .execute()
    await db.insertInto('task_event_log').values({ id: 1, complete_from: 1, looked_to: 0 }).execute()
  },
}
