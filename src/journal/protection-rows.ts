import { DomainError } from '../domain/errors.ts'
import type { ProtectionState } from '../domain/ports/protection-log.ts'
import type { ProtectionChange, ProtectionEvent } from '../domain/protection-event.ts'
import type { ProtectionEventsTable, ProtectionStatesTable } from './read-model-tables.ts'

/** @throws STORE_UNAVAILABLE when it cannot be read: only the gateway writes it. */
const readKept = <T>(what: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    const message = `${what} cannot be read: somebody has changed the store. Restore it.`
    throw DomainError.store('STORE_UNAVAILABLE', message, error)
  }
}

type StoredChange = Omit<ProtectionChange, 'at'>

/** An older gateway did not write where things stand. */
type KeptChange = Omit<StoredChange, 'places'> & Partial<Pick<StoredChange, 'places'>>

/** A change as a row, at its place in the log. */
export const toEventRow = ({ sequence, at, ...change }: ProtectionEvent): ProtectionEventsTable => {
  const stored: StoredChange = change
  return { sequence, at: at.getTime(), document: JSON.stringify(stored) }
}

/** Reads what {@link toEventRow} wrote. @throws STORE_UNAVAILABLE when it is damaged. */
export const parseEventRow = ({ sequence, at, document }: ProtectionEventsTable): ProtectionEvent => {
  const stored: KeptChange = readKept(`The change ${sequence}`, () => JSON.parse(document))
  return { sequence, ...stored, places: stored.places ?? [], at: new Date(at) }
}

/** A state as a row. */
export const toStateRow = ({ id, fields, configurationChangedAt }: ProtectionState): ProtectionStatesTable => ({
  id,
  fields: JSON.stringify(fields),
  configuration_changed_at: configurationChangedAt?.getTime() ?? null,
})

/** Reads what {@link toStateRow} wrote. @throws STORE_UNAVAILABLE when it is damaged. */
export const parseStateRow = (row: ProtectionStatesTable): ProtectionState => {
  const { id, configuration_changed_at: changedAt } = row
  const fields: ProtectionState['fields'] = readKept(`The last state of ${id}`, () => JSON.parse(row.fields))
  return { id, fields, configurationChangedAt: changedAt === null ? null : new Date(changedAt) }
}
