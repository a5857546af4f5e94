import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { toPlaceRows } from '../place-rows.ts'
import { parseAuditDocument } from '../audit-document.ts'
import { parseTaskDocument } from '../task-document.ts'

interface PlaceColumns {
  readonly site_name: string | null
  readonly organization: string | null
}

type Tables = {
  readonly tasks: { readonly id: string; readonly document: string; readonly asked_by: string | null }
  readonly audit_entries: { readonly sequence: number; readonly document: string; readonly site_name: string | null }
  readonly task_places: PlaceColumns & { readonly task_id: string }
  readonly audit_places: PlaceColumns & { readonly sequence: number }
}

const pageSize = 500

const createTaskPlaces = async (db: Kysely<Tables>): Promise<void> => {
  await db.schema.alterTable('tasks').addColumn('asked_by', 'text').execute()
  await db.schema
    .createTable('task_places')
    .addColumn('task_id', 'text', (column) => column.notNull().references('tasks.id').onDelete('cascade'))
    .addColumn('site_name', 'text')
    .addColumn('organization', 'text')
    .execute()
}

// Without a reference to the entries: nothing goes, and what somebody takes away is to be found out by the check.
const createAuditPlaces = async (db: Kysely<Tables>): Promise<void> => {
  await db.schema.alterTable('audit_entries').addColumn('site_name', 'text').execute()
  await db.schema
    .createTable('audit_places')
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('site_name', 'text')
    .addColumn('organization', 'text')
    .execute()
}

const fillTaskPlaces = async (db: Kysely<Tables>): Promise<void> => {
  for (let last = ''; ;) {
    const page = db.selectFrom('tasks').select(['id', 'document']).where('id', '>', last).orderBy('id')
    const rows = await page.limit(pageSize).execute()
    for (const { id, document } of rows) {
      const { places, request } = parseTaskDocument(document)
      const placeRows = toPlaceRows(places).map((row) => ({ ...row, task_id: id }))
      if (placeRows.length > 0) await db.insertInto('task_places').values(placeRows).execute()
      if (request !== null) {
        await db.updateTable('tasks').set({ asked_by: request.requestedBy }).where('id', '=', id).execute()
      }
    }
    last = rows.at(-1)?.id ?? last
    if (rows.length < pageSize) return
  }
}

const isJson = (document: string): boolean => {
  try {
    JSON.parse(document)
    return true
  } catch {
    return false
  }
}

/** An entry that somebody has damaged stays as it is, in the sight of nobody but those who see everything. */
const fillAuditPlaces = async (db: Kysely<Tables>): Promise<void> => {
  for (let last = 0; ;) {
    const page = db.selectFrom('audit_entries').select(['sequence', 'document']).where('sequence', '>', last)
    const rows = await page.orderBy('sequence').limit(pageSize).execute()
    for (const { sequence, document } of rows) {
      if (!isJson(document)) continue
      const { places, siteName } = parseAuditDocument(document)
      const placeRows = toPlaceRows(places).map((row) => ({ ...row, sequence }))
      if (placeRows.length > 0) await db.insertInto('audit_places').values(placeRows).execute()
      if (siteName !== null) {
        await db.updateTable('audit_entries').set({ site_name: siteName }).where('sequence', '=', sequence).execute()
      }
    }
    last = rows.at(-1)?.sequence ?? last
    if (rows.length < pageSize) return
  }
}

/**
 * Where the targets of tasks and of audit entries stand, so that a caller who may see a part of the world sees his part of
 * the past, and who asked for each task.
 *
 * What an older gateway wrote says only which site was asked. That site is its place, with an unknown organisation: whoever
 * may see all of the site keeps its history, and whoever is bound to organisations sees nothing of it. Documents stay as
 * they are, so that the hashes of the audit log hold.
 */
export const placesMigration: Migration = {
  up: async (untyped: Kysely<unknown>) => {
    const db = untyped.withTables<Tables>()
    await createTaskPlaces(db)
    await createAuditPlaces(db)
    await fillTaskPlaces(db)
    await fillAuditPlaces(db)
    for (const [table, key] of [
      ['task_places', 'task_id'],
      ['audit_places', 'sequence'],
    ] as const) {
      await db.schema.createIndex(`${table}_by_owner`).on(table).columns([key, 'site_name', 'organization']).execute()
      await db.schema.createIndex(`${table}_by_site`).on(table).columns(['site_name', 'organization', key]).execute()
      await db.schema.createIndex(`${table}_by_organization`).on(table).columns(['organization', key]).execute()
    }
    await db.schema.createIndex('tasks_by_asker').on('tasks').columns(['asked_by', 'started_at']).execute()
  },
}
