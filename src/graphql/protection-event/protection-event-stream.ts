import type { TargetKind } from '../../domain/capabilities.ts'
import type { ProtectionLog } from '../../domain/ports/protection-log.ts'
import type { Place } from '../../domain/reach.ts'
import type { ProtectionChangeKind, ProtectionEvent } from '../../domain/protection-event.ts'
import { parseCursor, toCursor } from '../stream/event-cursor.ts'
import { EventStream, type EventStreamPlan } from '../stream/event-stream.ts'
import type { EventTail } from '../stream/event-tail.ts'
import type { StreamDelivery, StreamSetting } from '../stream/stream-delivery.ts'
import { RereadingStream } from './rereading-stream.ts'

/** What an event of the stream tells. */
export type ChangeKind = 'SNAPSHOT' | ProtectionChangeKind | 'LAGGED' | 'DRAINING'

/** One event as the stream has it: what it is about has not been looked at. */
export interface ProtectionStreamEvent {
  readonly cursor: string
  readonly kind: ChangeKind
  readonly at: Date
  /** Null for a word about the stream itself. */
  readonly change: ProtectionEvent | null
  readonly missedEvents: number | null
}

export interface ProtectionStreamOptions {
  readonly kinds: ReadonlySet<TargetKind>
  /** Cursor behind which to go on; null begins with a SNAPSHOT. */
  readonly after: string | null
  /** Whether the subscriber may hear of what stands there. */
  readonly isWithinReach: (places: readonly Place[]) => boolean
  readonly log: Pick<ProtectionLog, 'readEvents' | 'bounds'>
  readonly tail: EventTail<ProtectionEvent>
  readonly setting: StreamSetting
  readonly delivery: StreamDelivery
}

const cursorKind = 'p1'

const toNotice = (kind: ChangeKind, cursor: string, at: Date): ProtectionStreamEvent => ({
  cursor,
  kind,
  at,
  change: null,
  missedEvents: null,
})

const toPlan = (
  { kinds, isWithinReach, log, tail }: ProtectionStreamOptions,
  after: string | null,
): EventStreamPlan<ProtectionEvent, ProtectionStreamEvent> => {
  const toPlaceCursor = (sequence: number): string => toCursor(cursorKind, { sequence, isWithinSnapshot: false })
  return {
    tail,
    topic: null,
    after: after === null ? null : parseCursor(cursorKind, after),
    readEvents: (sequence, limit) => log.readEvents(sequence, limit),
    readBounds: async () => {
      const { first, last } = await log.bounds()
      return { completeFrom: Math.max(1, first), last }
    },
    wants: ({ target, places }) => kinds.has(target.kind) && isWithinReach(places),
    conflationKey: () => null,
    readSnapshot: async (sequence) => [toNotice('SNAPSHOT', toPlaceCursor(sequence), new Date())],
    toOut: (change) => ({
      cursor: toPlaceCursor(change.sequence),
      kind: change.kind,
      at: change.at,
      change,
      missedEvents: null,
    }),
    toLagged: (place, missedEvents) => ({
      ...toNotice('LAGGED', toCursor(cursorKind, place), new Date()),
      missedEvents,
    }),
    toDraining: ({ cursor }, at) => toNotice('DRAINING', cursor, at),
    isLast: () => false,
    isOver: false,
  }
}

/**
 * What changes on replications and groups: a SNAPSHOT that names the place in the log, or what came behind `after`, then
 * whatever happens. It has no end, and no reader is too slow for it.
 *
 * @throws INVALID_INPUT for a cursor of something else, STORE_BUSY, STORE_UNAVAILABLE
 */
export const openProtectionEvents = (
  options: ProtectionStreamOptions,
): Promise<AsyncIterableIterator<ProtectionStreamEvent, undefined>> => {
  const { setting, delivery, after } = options
  return RereadingStream.begin((place) => EventStream.open(toPlan(options, place), setting, delivery), after)
}
