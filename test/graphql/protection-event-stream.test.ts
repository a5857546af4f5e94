import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import {
  openProtectionEvents,
  type ProtectionStreamEvent,
} from '../../src/graphql/protection-event/protection-event-stream.ts'
import { parseCursor, toCursor } from '../../src/graphql/stream/event-cursor.ts'
import { DrainNotice } from '../../src/graphql/stream/drain-notice.ts'
import { EventTail } from '../../src/graphql/stream/event-tail.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const kinds = new Set(['ProtectionGroup', 'Replication'] as const)
const mostQueuedEvents = 20

/** A log as the store keeps it: written first, told of afterwards. */
const createLog = () => {
  const bus = createMemoryEventBus<ProtectionEvent>()
  let events: readonly ProtectionEvent[] = []
  let last = 0
  const readEvents = async (after: number, limit: number) =>
    events.filter(({ sequence }) => sequence > after).slice(0, limit)
  const bounds = async () => ({ first: events[0]?.sequence ?? (last === 0 ? 0 : last + 1), last })
  const tail = new EventTail<ProtectionEvent>({
    bus,
    lastSequence: async () => last,
    readEvents,
    topicOf: ({ id }) => id,
    clock: createFakeClock(),
    logger: silentLogger,
  })
  const drain = new DrainNotice()
  const setting = { drain, mostQueuedEvents }
  return {
    drain,
    append: (count: number, kind: ProtectionEvent['target']['kind'] = 'ProtectionGroup') => {
      const added = Array.from({ length: count }, (): ProtectionEvent => {
        last += 1
        const nativeId = `g-${last}`
        const target = { kind, vendor: 'ZERTO', nativeId } as const
        return {
          sequence: last,
          id: nativeId,
          target,
          places: [],
          kind: 'CHANGED',
          changedFields: ['state'],
          at: new Date(last),
        }
      })
      events = [...events, ...added]
      for (const event of added) bus.publish(event)
    },
    pruneBelow: (sequence: number) => {
      events = events.filter((event) => event.sequence >= sequence)
    },
    open: (after: number | null, wanted: ReadonlySet<'ProtectionGroup' | 'Replication'> = kinds) =>
      openProtectionEvents({
        kinds: wanted,
        isWithinReach: () => true,
        after: after === null ? null : toCursor('p1', { sequence: after, isWithinSnapshot: false }),
        log: { readEvents, bounds },
        tail,
        setting,
        delivery: { resumeAfter: null, cursor: null },
      }),
  }
}

type Stream = AsyncIterableIterator<ProtectionStreamEvent, undefined>

const take = async (stream: Stream): Promise<ProtectionStreamEvent> => {
  const { value } = await stream.next()
  if (value === undefined) throw new Error('The stream has ended')
  return value
}

const takeChanges = async (stream: Stream, count: number): Promise<readonly (number | undefined)[]> => {
  const sequences: (number | undefined)[] = []
  while (sequences.length < count) sequences.push((await take(stream)).change?.sequence)
  return sequences
}

const upTo = (last: number, after = 0): readonly number[] =>
  Array.from({ length: last - after }, (_, index) => after + index + 1)

describe('a stream of changes', () => {
  test('begins with the place from which everything will come', async () => {
    const log = createLog()
    log.append(3)
    const stream = await log.open(null)
    log.append(2)
    const first = await take(stream)
    expect(first).toMatchObject({ kind: 'SNAPSHOT', change: null, missedEvents: null })
    expect(parseCursor('p1', first.cursor).sequence).toBe(3)
    expect(await takeChanges(stream, 2)).toEqual([4, 5])
    await stream.return?.()
  })

  test('goes on behind any event, whose cursor names it', async () => {
    // W3
    const log = createLog()
    log.append(450)
    for (const after of [0, 1, 199, 200, 201, 449]) {
      const stream = await log.open(after)
      expect(await takeChanges(stream, 450 - after)).toEqual(upTo(450, after))
      await stream.return?.()
    }
  })

  test('tells all of a burst that no queue would hold, to who reads and to who does not', async () => {
    // One look at a site that comes back can find thousands of changes.
    const log = createLog()
    const quick = await log.open(null)
    const slow = await log.open(null)
    await take(quick)
    const waiting = quick.next()
    log.append(3_000)
    expect((await waiting).value?.change?.sequence).toBe(1)
    expect(await takeChanges(quick, 2_999)).toEqual(upTo(3_000, 1))
    for (let round = 0; round < 5; round += 1) log.append(100)
    expect(await takeChanges(quick, 500)).toEqual(upTo(3_500, 3_000))
    // The slow one had not even taken its first event: its snapshot is as of now.
    const first = await take(slow)
    const place = parseCursor('p1', first.cursor).sequence
    expect(first.kind).toBe('SNAPSHOT')
    log.append(50)
    expect(await takeChanges(slow, 3_550 - place)).toEqual(upTo(3_550, place))
    await Promise.all([quick.return?.(), slow.return?.()])
  })

  test('leaves out the kinds that nobody asked for', async () => {
    const log = createLog()
    const stream = await log.open(null, new Set(['Replication']))
    await take(stream)
    log.append(2)
    log.append(1, 'Replication')
    expect(await takeChanges(stream, 1)).toEqual([3])
    await stream.return?.()
  })

  test('says how much is no longer kept, and goes on with what is', async () => {
    const log = createLog()
    log.append(10)
    log.pruneBelow(8)
    const stream = await log.open(3)
    expect(await take(stream)).toMatchObject({ kind: 'LAGGED', missedEvents: 4, change: null })
    expect(await takeChanges(stream, 3)).toEqual([8, 9, 10])
    await stream.return?.()
  })

  test('says that the gateway is about to close, with the cursor to go on from', async () => {
    const log = createLog()
    const stream = await log.open(null)
    await take(stream)
    log.append(1)
    const { cursor } = await take(stream)
    const waiting = take(stream)
    log.drain.announce(new Date(0))
    expect(await waiting).toMatchObject({ kind: 'DRAINING', cursor, at: new Date(0) })
    await stream.return?.()
  })

  test('refuses a cursor of something else', async () => {
    const log = createLog()
    log.append(1)
    await expect(log.open(2)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('ends at once when its reader leaves, also while it waits', async () => {
    const log = createLog()
    const stream = await log.open(0)
    const waiting = stream.next()
    await stream.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    log.append(1)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('tells every event once and in order, however appending and reading interleave', async () => {
    const moves = fc.array(fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constant('READ' as const)), { maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(moves, fc.integer({ min: 0, max: 300 }), async (steps, already) => {
        const log = createLog()
        log.append(already)
        const stream = await log.open(0)
        const seen: (number | undefined)[] = []
        let last = already
        for (const step of steps) {
          if (step === 'READ') {
            if (seen.length < last) seen.push(...(await takeChanges(stream, 1)))
          } else {
            log.append(step)
            last += step
          }
        }
        seen.push(...(await takeChanges(stream, last - seen.length)))
        expect(seen).toEqual(upTo(last))
        await stream.return?.()
      }),
    )
  })
})
