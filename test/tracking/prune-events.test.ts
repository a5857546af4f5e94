import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { startEventPruning } from '../../src/tracking/prune-events.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const hourMs = 3_600_000

const start = (prune: () => Promise<number>) => {
  const clock = createFakeClock()
  const asked: (readonly [Date, number])[] = []
  const logged: string[] = []
  const log = (message: string) => logged.push(message)
  const pruneEvents = (before: Date, mostEvents: number) => {
    asked.push([before, mostEvents])
    return prune()
  }
  const pruning = startEventPruning({
    journal: { pruneEvents },
    clock,
    logger: { debug: log, info: log, warn: log, error: log },
    eventsKeptDays: 30,
    mostEventsKept: 1_000,
  })
  return { clock, asked, logged, [Symbol.asyncDispose]: () => pruning[Symbol.asyncDispose]() }
}

it('forgets old events at once, and then every hour', async () => {
  await using pruning = start(async () => 0)
  await pruning.clock.untilWaiting(1)
  expect(pruning.asked).toEqual([[new Date('2025-12-02T00:00:00Z'), 1_000]])
  pruning.clock.turn(hourMs - 1)
  expect(pruning.asked).toHaveLength(1)
  pruning.clock.turn(1)
  await pruning.clock.untilWaiting(1)
  expect(pruning.asked).toEqual([
    [new Date('2025-12-02T00:00:00Z'), 1_000],
    [new Date('2025-12-02T01:00:00Z'), 1_000],
  ])
  expect(pruning.logged).toEqual([])
})

it('goes on after a failure of the store, and says so', async () => {
  // C5
  let isBusy = true
  await using pruning = start(async () => {
    if (isBusy) throw DomainError.store('STORE_BUSY', 'locked', null)
    return 3
  })
  await pruning.clock.untilWaiting(1)
  isBusy = false
  pruning.clock.turn(hourMs)
  await pruning.clock.untilWaiting(1)
  expect(pruning.logged).toEqual(['Old events could not be forgotten', 'Old events were forgotten'])
})

it('waits for what is under way when it is disposed, and does nothing after it', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const pruning = start(() => promise)
  const order: string[] = []
  const dispose = async () => {
    await pruning[Symbol.asyncDispose]()
    order.push('disposed')
  }
  const disposed = dispose()
  await setImmediate()
  order.push('pruned')
  resolve(0)
  await disposed
  expect(order).toEqual(['pruned', 'disposed'])
  pruning.clock.turn(10 * hourMs)
  expect(pruning.asked).toHaveLength(1)
})
