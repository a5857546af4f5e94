import { expect, it } from 'vitest'
import { LeaseLostError, type Lease, type Leases } from '../../src/domain/ports/leases.ts'
import { createOwnLeases } from '../../src/journal/own-leases.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { GatewayMetrics } from '../../src/telemetry/gateway-metrics.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { observeJournal } from '../../src/telemetry/observed-journal.ts'
import { observeLeases } from '../../src/telemetry/observed-leases.ts'
import { takeLease } from '../conformance/leases.suite.ts'
import { later, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { parseScrape, type Scrape } from './parse-scrape.ts'

const scrape = async (metrics: GatewayMetrics): Promise<Scrape> => parseScrape(await metrics.scrape())

const name = 'tasks of a'

/** What a gateway tells of its lease: whether it has it, since when, and how often it has got it. */
const tell = async (metrics: GatewayMetrics) => {
  const { values } = await scrape(metrics)
  return [
    values('dr_gateway_lease_held', { lease: name }),
    values('dr_gateway_lease_since_timestamp_seconds', { lease: name }).length,
    values('dr_gateway_lease_takeovers_total', { lease: name }),
  ]
}

const open = ({ url }: TestDatabase): Promise<Store> =>
  openPostgresStore({
    url,
    bus: createMemoryEventBus(),
    protectionBus: createMemoryEventBus(),
    clock: systemClock,
    logger: silentLogger,
  })

it('tells of each gateway what it has, what it wants, and what goes from one to the other', async () => {
  // C10
  await using database = await createTestDatabase()
  await using one = await open(database)
  await using other = await open(database)
  const [mine, theirs] = [new GatewayMetrics({ version: '1' }), new GatewayMetrics({ version: '1' })]
  expect(await tell(mine)).toEqual([[], 0, []])
  const first = takeLease(observeLeases(one.leases, mine), name)
  await first.had
  expect(await tell(mine)).toEqual([[1], 1, [1]])
  await using second = takeLease(observeLeases(other.leases, theirs), name)
  expect(await tell(theirs)).toEqual([[0], 0, [0]])
  await first[Symbol.asyncDispose]()
  expect(await tell(mine)).toEqual([[], 0, [1]])
  await second.had
  expect(await tell(theirs)).toEqual([[1], 1, [1]])
})

it('counts what a fence has refused apart from what has failed', async () => {
  // C10
  await using database = await createTestDatabase()
  await using store = await open(database)
  const metrics = new GatewayMetrics({ version: '1' })
  const journal = observeJournal(store.journal, metrics)
  await journal.begin(sampleIntent(1))
  const stale: Lease = { name, fence: 7 }
  const write = journal.under(stale).update(sampleTaskId(1), { stage: 'late' }, 'STATE_CHANGE', later(1))
  await expect(write).rejects.toThrow(LeaseLostError)
  const { sum } = await scrape(metrics)
  expect(sum('dr_gateway_journal_writes_total', { write: 'update', outcome: 'fenced' })).toBe(1)
  expect(sum('dr_gateway_journal_writes_total', { outcome: 'failed' })).toBe(0)
})

it('tells that a lease was lost when others may have it, not when its work has come to its end', async () => {
  const metrics = new GatewayMetrics({ version: '1' })
  const { promise: end, resolve } = Promise.withResolvers<void>()
  const lost = new AbortController()
  let working: Promise<void> = Promise.resolve()
  const leases: Leases = {
    ...createOwnLeases(),
    hold: (held, work) => {
      working = work({ name: held, fence: 1 }, lost.signal)
      return { [Symbol.asyncDispose]: () => working }
    },
  }
  const hold = observeLeases(leases, metrics).hold(name, () => end)
  expect(await tell(metrics)).toEqual([[1], 1, [1]])
  lost.abort()
  expect(await tell(metrics)).toEqual([[0], 0, [1]])
  resolve()
  await hold[Symbol.asyncDispose]()
  expect(await tell(metrics)).toEqual([[], 0, [1]])
})
