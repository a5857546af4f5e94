import { describe, expect, it } from 'vitest'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { TaskEvent } from '../../src/domain/task.ts'
import { DrainNotice } from '../../src/graphql/stream/drain-notice.ts'
import { EventTail } from '../../src/graphql/stream/event-tail.ts'
import {
  openTaskEvents,
  openTaskProgress,
  type TaskEventFilter,
  type TaskFeedEvent,
} from '../../src/graphql/task/task-event-stream.ts'
import { TaskBook } from '../../src/inventory/task-book.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { MemoryJournal, createMemoryStore, type MemoryStore } from '../support/memory-journal.ts'

/** What one process has. */
interface Process {
  readonly journal: Journal
  readonly drain: DrainNotice
  /** Every task, from `after`. */
  watchAll(after?: string | null, filter?: Partial<TaskEventFilter>): Promise<Stream>
  watchOne(number: number, after?: string | null): Promise<Stream>
}

type Stream = AsyncIterableIterator<TaskFeedEvent, undefined>

const everything: TaskEventFilter = { states: null, operations: null, targetIds: null, siteNames: null }

const startProcess = (store: MemoryStore, clock: FakeClock, mostQueuedEvents = 1_000): Process => {
  const bus = createMemoryEventBus()
  const journal = new MemoryJournal({ store, bus, clock })
  const tail = new EventTail<TaskEvent>({
    bus,
    lastSequence: () => journal.lastSequence(),
    readEvents: (after, limit) => journal.readEvents(null, after, limit),
    topicOf: ({ task }) => task.id,
    clock,
    logger: silentLogger,
  })
  const drain = new DrainNotice()
  const optionsFor = (after: string | null) => ({
    after,
    tasks: new TaskBook(journal, null),
    tail,
    setting: { drain, mostQueuedEvents },
    delivery: { resumeAfter: null, cursor: null },
  })
  return {
    journal,
    drain,
    watchAll: (after = null, filter = {}) => openTaskEvents({ ...everything, ...filter }, optionsFor(after)),
    watchOne: async (number, after = null) => {
      const opened = await openTaskProgress(sampleTaskId(number), optionsFor(after))
      if (opened === null) throw new Error(`There is no task ${number}`)
      return opened.stream
    },
  }
}

const start = (mostQueuedEvents?: number) => {
  const clock = createFakeClock()
  const store = createMemoryStore()
  return { clock, store, ...startProcess(store, clock, mostQueuedEvents) }
}

const begin = async (journal: Journal, number: number): Promise<void> => {
  await journal.begin({ ...sampleIntent(number), exclusiveIds: [] })
}

const next = async (stream: Stream): Promise<TaskFeedEvent> => {
  const { done, value } = await stream.next()
  if (done === true) throw new Error('The stream has ended')
  return value
}

const take = async (stream: Stream, count: number): Promise<readonly TaskFeedEvent[]> => {
  const events: TaskFeedEvent[] = []
  while (events.length < count) events.push(await next(stream))
  return events
}

const brief = ({ kind, task }: TaskFeedEvent): string =>
  `${kind} ${task === null ? '-' : `${task.id === sampleTaskId(1) ? 1 : 2} ${task.state} ${task.progressPercent}`}`

/** Two tasks that run, move on and end: what happened after both had begun. */
const playTwo = async ({ journal }: Process, clock: FakeClock): Promise<void> => {
  const change = async (number: number, patch: Parameters<Journal['update']>[1], kind: TaskEvent['kind']) => {
    clock.turn(1)
    await journal.update(sampleTaskId(number), patch, kind, clock.now())
  }
  await change(1, { state: 'RUNNING', progressPercent: 0 }, 'STATE_CHANGE')
  await change(2, { state: 'RUNNING', progressPercent: 0 }, 'STATE_CHANGE')
  await change(1, { progressPercent: 50 }, 'PROGRESS')
  await change(2, { progressPercent: 70 }, 'PROGRESS')
  await change(1, { state: 'SUCCEEDED', progressPercent: 100 }, 'STATE_CHANGE')
  await change(2, { state: 'FAILED' }, 'STATE_CHANGE')
}

const changes = [
  'STATE_CHANGE 1 RUNNING 0',
  'STATE_CHANGE 2 RUNNING 0',
  'PROGRESS 1 RUNNING 50',
  'PROGRESS 2 RUNNING 70',
  'STATE_CHANGE 1 SUCCEEDED 100',
  'STATE_CHANGE 2 FAILED 70',
]

describe('the events of all tasks', () => {
  it('begin with a snapshot of what is open, then tell what changes', async () => {
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const stream = await process.watchAll()
    await playTwo(process, process.clock)
    const snapshots = await take(stream, 2)
    expect(snapshots.map(brief).toSorted()).toEqual(['SNAPSHOT 1 ACCEPTED null', 'SNAPSHOT 2 ACCEPTED null'])
    expect((await take(stream, changes.length)).map(brief)).toEqual(changes)
  })

  it('begin with a cursor also when no task is open', async () => {
    const process = start()
    const stream = await process.watchAll()
    const first = await next(stream)
    expect([first.kind, first.task]).toEqual(['SNAPSHOT', null])
    await stream.return?.()
    await begin(process.journal, 1)
    expect(brief(await next(await process.watchAll(first.cursor)))).toBe('STATE_CHANGE 1 ACCEPTED null')
  })

  it('resume at every possible event without a gap or a double, on another gateway on the same store too', async () => {
    // W3, W8
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const opened = await process.watchAll()
    const [, complete] = await take(opened, 2)
    await opened.return?.()
    await playTwo(process, process.clock)
    const other = startProcess(process.store, process.clock)
    const whole = await take(await other.watchAll(complete?.cursor ?? ''), changes.length)
    expect(whole.map(brief)).toEqual(changes)
    for (const [index, { cursor }] of whole.entries()) {
      const resumed = await (index % 2 === 0 ? other : process).watchAll(cursor)
      expect((await take(resumed, changes.length - index - 1)).map(brief)).toEqual(changes.slice(index + 1))
      await resumed.return?.()
    }
  })

  it('cut within the snapshot give it again, and lose nothing that has ended meanwhile', async () => {
    // W8
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const cut = await process.watchAll()
    const { cursor } = await next(cut)
    await cut.return?.()
    await process.journal.update(sampleTaskId(1), { state: 'SUCCEEDED' }, 'STATE_CHANGE', process.clock.now())
    const resumed = await take(await process.watchAll(cursor), 2)
    expect(resumed.map(brief)).toEqual(['SNAPSHOT 2 ACCEPTED null', 'STATE_CHANGE 1 SUCCEEDED null'])
  })

  it('bring what another gateway on the same store has written, in its order, within a second', async () => {
    // W3
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const other = startProcess(process.store, process.clock)
    const stream = await process.watchAll()
    await take(stream, 2)
    await other.journal.update(sampleTaskId(1), { state: 'RUNNING' }, 'STATE_CHANGE', process.clock.now())
    const waiting = next(stream)
    await process.clock.untilWaiting(1)
    process.clock.turn(1_000)
    expect(brief(await waiting)).toBe('STATE_CHANGE 1 RUNNING null')
    await other.journal.update(sampleTaskId(1), { state: 'SUCCEEDED' }, 'STATE_CHANGE', process.clock.now())
    await process.journal.update(sampleTaskId(2), { state: 'RUNNING' }, 'STATE_CHANGE', process.clock.now())
    const rest = await take(stream, 2)
    expect(rest.map(brief)).toEqual(['STATE_CHANGE 1 SUCCEEDED null', 'STATE_CHANGE 2 RUNNING null'])
  })

  it('say that events are no longer kept, and go on with what is', async () => {
    // W3
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const opened = await process.watchAll()
    const [, complete] = await take(opened, 2)
    await playTwo(process, process.clock)
    await process.journal.pruneEvents(process.clock.now(), 2)
    const [lagged, ...kept] = await take(await process.watchAll(complete?.cursor ?? ''), 3)
    expect([lagged?.kind, lagged?.task]).toEqual(['LAGGED', null])
    expect(lagged?.missedEvents).toBeGreaterThanOrEqual(4)
    expect(kept.map(brief)).toEqual(changes.slice(-2))
  })

  it('tell only of what matches the filter', async () => {
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const stream = await process.watchAll(null, { states: ['FAILED'] })
    expect(brief(await next(stream))).toBe('SNAPSHOT -')
    await playTwo(process, process.clock)
    expect(brief(await next(stream))).toBe('STATE_CHANGE 2 FAILED 70')
    expect((await next(await process.watchAll(null, { targetIds: [] }))).task).toBeNull()
  })

  it('end for a client that takes too little, with the cursor from which nothing is missing', async () => {
    // W4, W5
    const process = start(2)
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const stream = await process.watchAll()
    const [, complete] = await take(stream, 2)
    await playTwo(process, process.clock)
    const failure: unknown = await stream.next().catch((error: unknown) => error)
    expect(failure).toMatchObject({ extensions: { code: 'SLOW_CONSUMER', cursor: complete?.cursor } })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect((await take(await process.watchAll(complete?.cursor ?? ''), changes.length)).map(brief)).toEqual(changes)
  })

  it('release everything at once while nothing happens', async () => {
    // W11
    const process = start()
    const stream = await process.watchAll()
    await next(stream)
    const waiting = stream.next()
    await stream.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(process.clock.waiting()).toBe(0)
  })

  it('tell the last cursor when the gateway drains, and go on until they are cut', async () => {
    // W9
    const process = start()
    const stream = await process.watchAll()
    const { cursor } = await next(stream)
    const waiting = next(stream)
    process.drain.announce(new Date(0))
    expect(await waiting).toEqual({ cursor, kind: 'DRAINING', at: new Date(0), task: null, missedEvents: null })
    await begin(process.journal, 1)
    expect(brief(await next(stream))).toBe('STATE_CHANGE 1 ACCEPTED null')
  })

  it.each(['', 'nonsense', 'p1.1', 'e1.-1', 'e1.zz', 'e1.1.x', 'e1.01'])('refuse the cursor %j', async (cursor) => {
    const process = start()
    await expect((async () => process.watchAll(cursor))()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('the events of one task', () => {
  it('end with the final state, at whatever event they are resumed', async () => {
    // W1, W8
    const process = start()
    await begin(process.journal, 1)
    await begin(process.journal, 2)
    const stream = await process.watchOne(1)
    const whole = [await next(stream)]
    await playTwo(process, process.clock)
    for await (const event of stream) whole.push(event)
    expect(whole.map(brief).at(-1)).toBe('STATE_CHANGE 1 SUCCEEDED 100')
    for (const [index, { cursor }] of whole.entries()) {
      const resumed: TaskFeedEvent[] = []
      for await (const event of await process.watchOne(1, cursor)) resumed.push(event)
      expect(resumed.map(brief)).toEqual(whole.slice(index + 1).map(brief))
    }
  })

  it('reach a healthy client to the last state when thousands happen in one tick', async () => {
    // W6
    const process = start()
    await begin(process.journal, 1)
    const stream = await process.watchOne(1)
    await next(stream)
    const updates = Array.from({ length: 5_000 }, (_, index) =>
      process.journal.update(sampleTaskId(1), { progressPercent: index / 50 }, 'PROGRESS', process.clock.now()),
    )
    updates.push(process.journal.update(sampleTaskId(1), { state: 'SUCCEEDED' }, 'STATE_CHANGE', process.clock.now()))
    await Promise.all(updates)
    const seen = []
    for await (const event of stream) seen.push(event)
    expect(seen.at(-1)?.task?.state).toBe('SUCCEEDED')
    expect(seen.length).toBeLessThan(20)
  })
})
