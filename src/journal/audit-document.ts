import { createHash } from 'node:crypto'
import type { AuditDraft, AuditEntry } from '../domain/audit.ts'
import { toOldPlaces } from './place-rows.ts'

interface StoredEntry extends Omit<AuditDraft, 'at'> {
  readonly sequence: number
  /** ISO form, so that it can be read as it stands. */
  readonly at: string
}

/** An older gateway did not write where things stand, nor which request it was. */
type KeptEntry = Omit<StoredEntry, 'places' | 'requestId'> & Partial<Pick<StoredEntry, 'places' | 'requestId'>>

/** An entry as JSON text, with its place and time in it: nothing of it can change without changing the text. */
export const toAuditDocument = (draft: AuditDraft, sequence: number): string => {
  const stored: StoredEntry = { sequence, ...draft, at: draft.at.toISOString(), input: draft.input ?? null }
  return JSON.stringify(stored)
}

/**
 * Lower-case hex SHA-256 over the hash of the entry before (empty for the first one), a line feed, and the document as
 * UTF-8: whoever has the rows can reckon it with any tool.
 */
export const toAuditHash = (previousHash: string, document: string): string =>
  createHash('sha256').update(`${previousHash}\n${document}`).digest('hex')

/**
 * Reads what {@link toAuditDocument} wrote.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export const parseAuditDocument = (document: string): Omit<AuditEntry, 'hash'> => {
  const stored: KeptEntry = JSON.parse(document)
  return {
    ...stored,
    places: stored.places ?? toOldPlaces(stored.siteName),
    requestId: stored.requestId ?? null,
    at: new Date(stored.at),
  }
}
