import { describe, expect, it } from 'vitest'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import type { TaskEvent } from '../../src/domain/task.ts'
import { openProtectionEvents } from '../../src/graphql/protection-event/protection-event-stream.ts'
import { DrainNotice } from '../../src/graphql/stream/drain-notice.ts'
import { toCursor } from '../../src/graphql/stream/event-cursor.ts'
import { EventTail } from '../../src/graphql/stream/event-tail.ts'
import { openTaskEvents, openTaskProgress } from '../../src/graphql/task/task-event-stream.ts'
import { TaskBook } from '../../src/inventory/task-book.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { later, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { storeKinds, type StorePlace } from '../journal/store-place.ts'
import { changeOf, stateOf } from '../journal/store-uses.ts'

/** A gateway on the store, as far as subscriptions go. */
const openGateway = async (place: StorePlace) => {
  const bus = createMemoryEventBus()
  const protectionBus = createMemoryEventBus<ProtectionEvent>()
  const clock = systemClock
  const store = await place.open({ bus, protectionBus, clock })
  const { journal, protectionLog: log } = store
  const taskTail = new EventTail<TaskEvent>({
    bus,
    lastSequence: () => journal.lastSequence(),
    readEvents: (after, limit) => journal.readEvents(null, after, limit),
    topicOf: ({ task }) => task.id,
    clock,
    logger: silentLogger,
  })
  const changeTail = new EventTail<ProtectionEvent>({
    bus: protectionBus,
    lastSequence: async () => (await log.bounds()).last,
    readEvents: (after, limit) => log.readEvents(after, limit),
    topicOf: ({ id }) => id,
    clock,
    logger: silentLogger,
  })
  const setting = { drain: new DrainNotice(), mostQueuedEvents: 100 }
  const delivery = { resumeAfter: null, cursor: null }
  const everything = { states: null, operations: null, targetIds: null, siteNames: null }
  const toOptions = (sequence: number, isWithinSnapshot = false) => ({
    after: toCursor('e1', { sequence, isWithinSnapshot }),
    tasks: new TaskBook(journal, null),
    tail: taskTail,
    setting,
    delivery,
  })
  return {
    journal,
    log,
    /** Each subscription behind an event of a task, by the sequence of that event. */
    openTasks: [
      (sequence: number) => openTaskEvents(everything, toOptions(sequence)),
      (sequence: number) => openTaskEvents(everything, toOptions(sequence, true)),
      async (sequence: number) => (await openTaskProgress(sampleTaskId(1), toOptions(sequence)))?.stream,
    ],
    openChanges: (sequence: number) =>
      openProtectionEvents({
        kinds: new Set(['ProtectionGroup']),
        isWithinReach: () => true,
        after: toCursor('p1', { sequence, isWithinSnapshot: false }),
        log,
        tail: changeTail,
        setting,
        delivery,
      }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

const refusal = {
  code: 'INVALID_INPUT',
  message: expect.stringContaining('Subscribe without it, and read anew'),
  problem: { fields: [{ path: 'after' }] },
}

describe.each(storeKinds)('a cursor on a store in $name', ({ createPlace }) => {
  it('is refused when it is ahead of the store, as after a restore', async () => {
    await using place = await createPlace()
    await using gateway = await openGateway(place)
    const { journal, log, openTasks, openChanges } = gateway
    await journal.begin(sampleIntent(1))
    await log.append([changeOf(1)], [stateOf(1)])
    for (const openTask of openTasks) await expect(openTask(2)).rejects.toMatchObject(refusal)
    await expect(openChanges(2)).rejects.toMatchObject(refusal)
    for (const openTask of openTasks) await (await openTask(1))?.return?.()
    await (await openChanges(1)).return?.()
  })

  it('is good at a gateway that has not heard yet of what it is of', async () => {
    // S5, W8
    await using place = await createPlace()
    await using one = await openGateway(place)
    await using other = await openGateway(place)
    await one.journal.begin(sampleIntent(1))
    for (let sequence = 2; sequence < 12; sequence += 1) {
      await one.journal.update(sampleTaskId(1), { progressPercent: sequence }, 'PROGRESS', later(sequence))
      await one.log.append([changeOf(sequence)], [stateOf(sequence)])
      for (const openTask of other.openTasks) {
        const stream = await openTask(sequence)
        expect(await stream?.return?.()).toMatchObject({ done: true })
      }
      const changes = await other.openChanges(sequence - 1)
      expect(await changes.return?.()).toMatchObject({ done: true })
    }
  })

  it('is good although its event has gone with a task that was taken back', async () => {
    // A2
    await using place = await createPlace()
    await using gateway = await openGateway(place)
    const { journal, openTasks } = gateway
    await journal.begin(sampleIntent(1))
    await journal.begin(sampleIntent(2))
    await journal.release(sampleTaskId(2), 'PREPARED', null)
    for (const openTask of openTasks) await (await openTask(2))?.return?.()
    for (const openTask of openTasks) await expect(openTask(3)).rejects.toMatchObject(refusal)
  })
})
