import { DomainError } from '../../domain/errors.ts'

/** A place in a stream, as a cursor says it. */
export interface EventPlace {
  /** Of the last event that belongs to what was seen. */
  readonly sequence: number
  /**
   * True while the snapshot has not come to its end. Who goes on from there gets the snapshot again, and all that has
   * happened since: what of the snapshot he has missed cannot be told by a sequence.
   */
  readonly isWithinSnapshot: boolean
}

const snapshotMark = 's'

/** @param kind Two characters that tell the cursors of one log from those of another. */
export const toCursor = (kind: string, { sequence, isWithinSnapshot }: EventPlace): string =>
  `${kind}.${sequence.toString(36)}${isWithinSnapshot ? `.${snapshotMark}` : ''}`

/**
 * The place that a cursor of {@link toCursor} says.
 *
 * @throws INVALID_INPUT on `after` for what no event of this log brought.
 */
export const parseCursor = (kind: string, cursor: string): EventPlace => {
  const [, digits = '', mark] = cursor.split('.')
  const place = { sequence: Number.parseInt(digits, 36), isWithinSnapshot: mark === snapshotMark }
  if (Number.isSafeInteger(place.sequence) && place.sequence >= 0 && toCursor(kind, place) === cursor) return place
  throw DomainError.invalidInput('after', 'is not a cursor of an event of this stream')
}
