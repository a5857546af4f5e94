import type { ExpressionBuilder, Transaction } from 'kysely'
import type { AuditDraft, AuditEntry, AuditPage, AuditQuery } from '../domain/audit.ts'
import { DomainError } from '../domain/errors.ts'
import { parseAuditDocument, toAuditDocument, toAuditHash } from './audit-document.ts'
import type { JournalDatabase } from './database.ts'
import { maskSecrets } from './mask-secrets.ts'
import { auditPlaces, findSightLookup, toPlaceRows, toSightFilter, type SightLookup } from './place-rows.ts'
import type { AuditEntriesTable, JournalTables } from './tables.ts'

/** Appends an entry, its secrets masked, and moves the head. Counting first keeps two writers from taking one place. */
export const appendAuditEntry = async (trx: Transaction<JournalTables>, draft: AuditDraft): Promise<void> => {
  const head = await trx
    .updateTable('audit_head')
    .set((builder) => ({ sequence: builder('sequence', '+', 1) }))
    .returning(['sequence', 'hash'])
    .executeTakeFirst()
  if (head === undefined) {
    throw DomainError.store(
      'STORE_UNAVAILABLE',
      'The audit log has lost its head, so nothing can be appended: somebody has changed the store. Restore it.',
      null,
    )
  }
  const { sequence } = head
  const document = toAuditDocument({ ...draft, input: maskSecrets(draft.input) }, sequence)
  const hash = toAuditHash(head.hash, document)
  await trx
    .insertInto('audit_entries')
    .values({
      sequence,
      at: draft.at.getTime(),
      kind: draft.kind,
      caller: draft.caller,
      operation: draft.operation,
      target_id: draft.targetId,
      task_id: draft.taskId,
      site_name: draft.siteName,
      document,
      hash,
    })
    .execute()
  const placeRows = toPlaceRows(draft.places).map((row) => ({ ...row, sequence }))
  if (placeRows.length > 0) await trx.insertInto('audit_places').values(placeRows).execute()
  await trx.updateTable('audit_head').set({ hash }).execute()
}

type Builder = ExpressionBuilder<JournalTables, 'audit_entries'>

/** Null where nothing can match: a list of the query is empty, or nothing is in sight. */
const toFilter = (query: AuditQuery, lookup: SightLookup) => {
  const lists = [
    ['kind', query.kinds],
    ['caller', query.callers],
    ['operation', query.operations],
    ['target_id', query.targetIds],
    ['task_id', query.taskIds],
  ] as const
  const seen = toSightFilter(query.sight, auditPlaces, lookup)
  if (seen === 'NONE' || lists.some(([, wanted]) => wanted?.length === 0)) return null
  const { from, to } = query
  return (builder: Builder) =>
    builder.and([
      ...lists.flatMap(([column, wanted]) => (wanted === null ? [] : [builder(column, 'in', wanted)])),
      ...(from === null ? [] : [builder('at', '>=', from.getTime())]),
      ...(to === null ? [] : [builder('at', '<=', to.getTime())]),
      ...(seen === 'ALL' ? [] : [seen]),
    ])
}

const toEntry = ({
  sequence,
  document,
  hash,
}: Pick<AuditEntriesTable, 'sequence' | 'document' | 'hash'>): AuditEntry => {
  try {
    return { ...parseAuditDocument(document), sequence, hash }
  } catch (error) {
    const message = `The audit entry ${sequence} cannot be read: somebody has changed the store. Verify the audit log.`
    throw DomainError.store('STORE_UNAVAILABLE', message, error)
  }
}

/** A page of the log, the newest first. @throws STORE_UNAVAILABLE for an entry that is no JSON any more. */
export const listAuditEntries = async (db: JournalDatabase, query: AuditQuery): Promise<AuditPage> => {
  const filter = toFilter(query, await findSightLookup(db, query.sight, auditPlaces))
  if (filter === null) return { entries: [], totalCount: 0, hasMore: false }
  const matching = db.selectFrom('audit_entries').where(filter)
  const { count } = await matching
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = query.beforeSequence === null ? matching : matching.where('sequence', '<', query.beforeSequence)
  const rows = await page
    .select(['sequence', 'document', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(query.limit + 1)
    .execute()
  return {
    entries: rows.slice(0, query.limit).map(toEntry),
    totalCount: count,
    hasMore: rows.length > query.limit,
  }
}
