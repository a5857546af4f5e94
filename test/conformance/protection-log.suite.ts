import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { EventBus } from '../../src/domain/ports/event-bus.ts'
import type { ProtectionLog, ProtectionState } from '../../src/domain/ports/protection-log.ts'
import type { ProtectionChange, ProtectionEvent } from '../../src/domain/protection-event.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import type { StartedStore } from './started-store.ts'

export interface ProtectionLogSuiteOptions {
  /** Starts an empty one that publishes to `bus`. */
  readonly start: (bus: EventBus<ProtectionEvent>) => Promise<StartedStore<ProtectionLog>>
}

interface StartedLog extends AsyncDisposable {
  readonly log: ProtectionLog
  readonly published: readonly ProtectionEvent[]
  readonly reopen: () => Promise<ProtectionLog>
}

type StartLog = () => Promise<StartedLog>

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second))

const sampleChange = (number: number, given: Partial<ProtectionChange> = {}): ProtectionChange => ({
  id: `group-${number}`,
  target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: `native-${number}` },
  places: [{ siteName: 'zvm-a', organization: 'Acme' }],
  kind: 'ADDED',
  changedFields: [],
  at: at(number),
  ...given,
})

const sampleState = (number: number, given: Partial<ProtectionState> = {}): ProtectionState => ({
  id: `group-${number}`,
  fields: { name: `group ${number}`, state: 'PROTECTED' },
  configurationChangedAt: null,
  ...given,
})

const inOrder = (states: readonly ProtectionState[]) =>
  states.toSorted((one, other) => (one.id === other.id ? 0 : one.id < other.id ? -1 : 1))

const numbersOf = (events: readonly ProtectionEvent[]) => events.map(({ sequence }) => sequence)

const appending = (start: StartLog): void => {
  it('gives each change its place, publishes it, and reads it back', async () => {
    await using started = await start()
    const { log, published } = started
    const hostile = 'a\u0000b \u{1f600} \u202e "\'; drop table protection_events; -- \r\n'
    const changes = [
      sampleChange(1),
      sampleChange(2, { kind: 'CHANGED', changedFields: ['health', hostile] }),
      sampleChange(3, {
        kind: 'REMOVED',
        id: hostile,
        target: { kind: 'Replication', vendor: 'VCDA', nativeId: hostile },
      }),
    ]
    const events = await log.append(changes, [])
    expect(events).toMatchObject(changes)
    expect(numbersOf(events)).toEqual(numbersOf(events).toSorted((one, other) => one - other))
    expect(new Set(numbersOf(events)).size).toBe(3)
    expect(published).toEqual(events)
    expect(await log.readEvents(0, 10)).toEqual(events)
    expect(await (await started.reopen()).readEvents(0, 10)).toEqual(events)
  })

  it('publishes in the order of the sequence what comes at once from all sides', async () => {
    await using started = await start()
    const { log, published } = started
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => log.append([sampleChange(number), sampleChange(number + 100)], [])),
    )
    expect(published).toHaveLength(40)
    expect(await log.readEvents(0, 100)).toEqual(published)
  })

  it('writes and publishes nothing when nothing has changed', async () => {
    await using started = await start()
    expect(await started.log.append([], [])).toEqual([])
    expect(await started.log.append([], [sampleState(1)])).toEqual([])
    expect(started.published).toEqual([])
    expect(await started.log.bounds()).toEqual({ first: 0, last: 0 })
  })

  it('reads the events after any of them, as many as are wanted', async () => {
    await using started = await start()
    const events = await started.log.append(
      [1, 2, 3, 4, 5].map((number) => sampleChange(number)),
      [],
    )
    for (const [index, { sequence }] of events.entries()) {
      expect(await started.log.readEvents(sequence, 10)).toEqual(events.slice(index + 1))
      expect(await started.log.readEvents(sequence, 2)).toEqual(events.slice(index + 1, index + 3))
    }
  })

  it('takes thousands of changes in one go, in their order', async () => {
    await using started = await start()
    const numbers = Array.from({ length: 3_001 }, (_, number) => number)
    const changes = numbers.map((number) => sampleChange(number))
    const states = numbers.map((number) => sampleState(number))
    const events = await started.log.append(changes, states)
    expect(events.map(({ id }) => id)).toEqual(changes.map(({ id }) => id))
    expect(await started.log.readEvents(0, 5_000)).toEqual(events)
    expect(inOrder(await started.log.listStates())).toEqual(inOrder(states))
    await started.log.append(
      numbers.slice(1).map((number) => sampleChange(number, { kind: 'REMOVED' })),
      [],
    )
    expect(await started.log.listStates()).toEqual([sampleState(0)])
  })
}

const remembering = (start: StartLog): void => {
  it('has no states at first', async () => {
    await using started = await start()
    expect(await started.log.listStates()).toEqual([])
  })

  it('keeps how each object was last seen, also over a restart', async () => {
    await using started = await start()
    const fields = { name: 'a\u0000 "\' \u{1f600}', empty: '', constructor: 'x', ['__proto__']: 'y' }
    const states = [sampleState(1, { fields }), sampleState(2, { configurationChangedAt: at(7) }), sampleState(3)]
    await started.log.append([], states)
    const changed = sampleState(2, { fields: { state: 'PAUSED' }, configurationChangedAt: at(9) })
    const untold = sampleState(1, { fields, configurationChangedAt: null })
    await started.log.append(
      [sampleChange(2, { kind: 'CHANGED', changedFields: ['state'] }), sampleChange(3, { kind: 'REMOVED' })],
      [changed],
    )
    expect(inOrder(await started.log.listStates())).toEqual([untold, changed])
    expect(inOrder(await (await started.reopen()).listStates())).toEqual([untold, changed])
  })

  it('keeps the state of what was removed and added again in one look, and the last one of two', async () => {
    await using started = await start()
    await started.log.append([sampleChange(1)], [sampleState(1)])
    const last = sampleState(1, { fields: { name: 'again' } })
    await started.log.append([sampleChange(1, { kind: 'REMOVED' }), sampleChange(1)], [sampleState(1), last])
    expect(await started.log.listStates()).toEqual([last])
  })
}

/** Appends events at the seconds 1 to 5. */
const fill = (log: ProtectionLog): Promise<readonly ProtectionEvent[]> =>
  log.append(
    [1, 2, 3, 4, 5].map((number) => sampleChange(number)),
    [],
  )

const forgetting = (start: StartLog): void => {
  it('says where it begins and ends', async () => {
    await using started = await start()
    expect(await started.log.bounds()).toEqual({ first: 0, last: 0 })
    const numbers = numbersOf(await fill(started.log))
    expect(await started.log.bounds()).toEqual({ first: numbers[0], last: numbers[4] })
  })

  it('forgets what is too old, and nothing that is as old as it may be', async () => {
    await using started = await start()
    const events = await fill(started.log)
    await started.log.prune(at(3), 100)
    expect(await started.log.readEvents(0, 10)).toEqual(events.slice(2))
    await started.log.prune(at(3), 100)
    expect(await started.log.bounds()).toEqual({ first: events[2]?.sequence, last: events[4]?.sequence })
  })

  it('forgets the oldest beyond the number that it may hold', async () => {
    await using started = await start()
    const events = await fill(started.log)
    await started.log.prune(at(0), 2)
    expect(await started.log.readEvents(0, 10)).toEqual(events.slice(3))
    await started.log.prune(at(0), 2)
    expect(await started.log.readEvents(0, 10)).toEqual(events.slice(3))
  })

  it('leaves no hole behind an event that has to stay', async () => {
    // Two sites take their looks at different times, and a clock can be set back.
    await using started = await start()
    const events = await started.log.append([sampleChange(9), sampleChange(1), sampleChange(9)], [])
    await started.log.prune(at(5), 100)
    expect(await started.log.readEvents(0, 10)).toEqual(events)
  })

  it('does not give a sequence again, not even after it has forgotten all and was restarted', async () => {
    await using started = await start()
    const last = numbersOf(await fill(started.log)).at(-1) ?? 0
    await started.log.prune(at(60), 100)
    const again = await started.reopen()
    expect(await again.readEvents(0, 10)).toEqual([])
    expect(await again.bounds()).toEqual({ first: last + 1, last })
    const [event] = await again.append([sampleChange(6)], [])
    expect(event?.sequence).toBeGreaterThan(last)
    expect(await again.bounds()).toEqual({ first: event?.sequence, last: event?.sequence })
  })

  it('keeps the states of objects whose events it forgets', async () => {
    await using started = await start()
    await started.log.append([sampleChange(1)], [sampleState(1)])
    await started.log.prune(at(60), 0)
    expect(await started.log.listStates()).toEqual([sampleState(1)])
  })
}

/** What every log of changes must do, whatever it keeps its rows in. */
export const protectionLogSuite = (options: ProtectionLogSuiteOptions): void => {
  let ran = 0
  beforeEach(() => {
    ran += 1
  })
  afterAll(() => {
    if (ran === 0) throw new Error('The suite of the protection log ran nothing')
  })

  const start: StartLog = async () => {
    const bus = createMemoryEventBus<ProtectionEvent>()
    const published: ProtectionEvent[] = []
    bus.subscribe((event) => published.push(event))
    const started = await options.start(bus)
    const { port, reopen } = started
    return { log: port, published, reopen, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() }
  }

  describe('appending changes', () => {
    appending(start)
  })
  describe('remembering states', () => {
    remembering(start)
  })
  describe('forgetting events', () => {
    forgetting(start)
  })
}
