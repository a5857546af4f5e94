import { setImmediate } from 'node:timers/promises'
import type { AuditVerdict } from '../domain/audit.ts'
import { parseAuditDocument, toAuditHash } from './audit-document.ts'
import type { JournalDatabase } from './database.ts'
import { toPlaceRows, type PlaceRow } from './place-rows.ts'
import type { AuditEntriesTable } from './tables.ts'

// Some milliseconds of work, after which others have their turn.
const batchSize = 500

const broken = (sequence: number, reason: string): AuditVerdict => ({ kind: 'BROKEN', sequence, reason })

/** What is said of the entry in its columns. */
const toColumns = (row: AuditEntriesTable) => ({
  at: row.at,
  kind: row.kind,
  caller: row.caller,
  operation: row.operation,
  target_id: row.target_id,
  task_id: row.task_id,
  site_name: row.site_name,
})

type ParsedEntry = ReturnType<typeof parseAuditDocument>

const findChangedColumn = (row: AuditEntriesTable, entry: ParsedEntry): string | null => {
  const written = new Map<string, unknown>(
    Object.entries({
      at: entry.at.getTime(),
      kind: entry.kind,
      caller: entry.caller,
      operation: entry.operation,
      target_id: entry.targetId,
      task_id: entry.taskId,
      site_name: entry.siteName,
    }),
  )
  for (const [column, value] of Object.entries(toColumns(row))) {
    if (value === written.get(column)) continue
    return `its column ${column} says ${JSON.stringify(value)}, and its document ${JSON.stringify(written.get(column))}`
  }
  return null
}

const parseOrNull = (document: string): ParsedEntry | null => {
  try {
    return parseAuditDocument(document)
  } catch {
    return null
  }
}

const toPlaceText = (rows: readonly PlaceRow[]): string =>
  JSON.stringify(rows.map((row) => JSON.stringify([row.site_name, row.organization])).toSorted())

/** Who may see an entry is decided by rows of their own. */
const findChangedPlaces = (rows: readonly PlaceRow[], { places }: ParsedEntry): string | null =>
  toPlaceText(rows) === toPlaceText(toPlaceRows(places)) ? null : 'its places are not those of its document'

interface Expected {
  readonly sequence: number
  readonly previousHash: string
  /** The rows of the places of the entry. */
  readonly places: readonly PlaceRow[]
}

/** What is wrong with a row, of which the one before is as it was written; null when nothing is. */
const findFault = (row: AuditEntriesTable, expected: Expected): string | null => {
  const { sequence: expectedSequence, previousHash } = expected
  if (row.sequence !== expectedSequence) {
    const isBefore = row.sequence < expectedSequence
    return isBefore
      ? `${row.sequence} stands before it`
      : `it is missing: behind ${expectedSequence - 1} comes ${row.sequence}`
  }
  const entry = parseOrNull(row.document)
  if (entry === null) return 'its document is no JSON any more'
  if (entry.sequence !== row.sequence)
    return `what stands here was written as entry ${entry.sequence}: the order was changed`
  if (toAuditHash(previousHash, row.document) !== row.hash) {
    return 'its hash does not belong to its document behind the entry before: one of them was changed'
  }
  return findChangedColumn(row, entry) ?? findChangedPlaces(expected.places, entry)
}

/** The head, and the last entry at the same moment. */
const readEnds = (db: JournalDatabase) =>
  db
    .selectFrom('audit_head')
    .select((builder) => [
      'audit_head.sequence',
      'audit_head.hash',
      builder
        .selectFrom('audit_entries')
        .select(({ fn }) => fn.max('audit_entries.sequence').as('last'))
        .as('last'),
    ])
    .executeTakeFirst()

/** The places of the entries above `after` up to `last`, by their sequence. */
const readPlaces = async (
  db: JournalDatabase,
  after: number,
  last: number,
): Promise<ReadonlyMap<number, readonly PlaceRow[]>> => {
  const rows = await db
    .selectFrom('audit_places')
    .selectAll()
    .where('sequence', '>', after)
    .where('sequence', '<=', last)
    .execute()
  return Map.groupBy(rows, ({ sequence }) => sequence)
}

interface Walk {
  readonly fault: AuditVerdict | null
  readonly lastSequence: number
  readonly lastHash: string
}

/** Reckons every entry up to `last` again, the oldest first, up to the first that is not as it was written. */
const walk = async (db: JournalDatabase, last: number): Promise<Walk> => {
  let lastSequence = 0
  let lastHash = ''
  // Not 0: nothing may stand before the first entry either.
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('sequence', '>', after)
      .where('sequence', '<=', last)
      .orderBy('sequence')
      .limit(batchSize)
      .execute()
    const places = await readPlaces(db, after, rows.at(-1)?.sequence ?? after)
    for (const row of rows) {
      const sequence = lastSequence + 1
      const expected = { sequence, previousHash: lastHash, places: places.get(row.sequence) ?? [] }
      const reason = findFault(row, expected)
      if (reason !== null) return { fault: broken(sequence, reason), lastSequence, lastHash }
      lastSequence = row.sequence
      lastHash = row.hash
      after = row.sequence
    }
    if (rows.length < batchSize) return { fault: null, lastSequence, lastHash }
    await setImmediate()
  }
}

/**
 * Checks the whole log as it is at the start, in small steps, and names the first entry that is not as it was written:
 * changed in its document or in a column, missing, moved, cut off at the end, or behind the end. What is appended meanwhile
 * is not looked at.
 */
export const checkAuditChain = async (db: JournalDatabase): Promise<AuditVerdict> => {
  const ends = await readEnds(db)
  const { fault, lastSequence, lastHash } = await walk(
    db,
    ends?.last ?? (ends === undefined ? Number.MAX_SAFE_INTEGER : 0),
  )
  if (fault !== null) return fault
  if (ends === undefined) return broken(lastSequence + 1, 'the head of the log is gone, so its end cannot be told')
  if (lastSequence < ends.sequence) {
    return broken(lastSequence + 1, `it is missing: the log has been cut off, its head is entry ${ends.sequence}`)
  }
  if (lastSequence > ends.sequence) {
    return broken(ends.sequence + 1, `it stands behind the end of the log: its head is entry ${ends.sequence}`)
  }
  if (lastHash !== ends.hash) return broken(lastSequence, 'the head of the log has another hash than this last entry')
  return { kind: 'WHOLE', entryCount: lastSequence, headHash: lastSequence === 0 ? null : lastHash }
}
