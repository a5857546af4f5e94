import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { LeaseLostError } from '../../src/domain/ports/leases.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { connectForLeases } from '../../src/journal/postgres-database.ts'
import { PostgresLeases } from '../../src/journal/postgres-leases.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { takeLease } from '../conformance/leases.suite.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { later, readAll, sampleIntent, sampleTaskId } from './sample-task.ts'
import { changeOf, stateOf } from './store-uses.ts'

const open = ({ url }: TestDatabase): Promise<Store> =>
  openPostgresStore({
    url,
    bus: createMemoryEventBus(),
    protectionBus: createMemoryEventBus(),
    clock: systemClock,
    logger: silentLogger,
  })

const notUsed = (): never => {
  throw new Error('It is not used')
}

/** Another gateway has a lease from now on, for as long as it lasts without being renewed. */
const giveAway = (database: TestDatabase, name: string, holder: string) =>
  database.run(`
    insert into leases (name, holder, fence, expires_at, interests)
    values ('${name}', '${holder}', 1, extract(epoch from clock_timestamp()) * 1000 + 3000, '')
    on conflict (name) do update
    set holder = excluded.holder, fence = leases.fence + 1, expires_at = excluded.expires_at
  `)

it('gives a lease to one of two gateways, and to the other when the first is done', async () => {
  // C10
  await using database = await createTestDatabase()
  await using one = await open(database)
  await using other = await open(database)
  const first = takeLease(one.leases, 'a site')
  const { lease } = await first.had
  await using second = takeLease(other.leases, 'a site')
  let hasBoth = true
  void second.had.then(() => (hasBoth = false))
  await other.leases.listLiving()
  await database.run('select pg_sleep(3.5)')
  expect(hasBoth).toBe(true)
  await first[Symbol.asyncDispose]()
  const next = await second.had
  expect(next.lease.fence).toBeGreaterThan(lease.fence)
})

it('takes over what a gateway that died had, within 5 seconds', async () => {
  // C10, S5
  await using database = await createTestDatabase()
  await using store = await open(database)
  await giveAway(database, 'a site', 'dead')
  const beganAt = performance.now()
  await using seat = takeLease(store.leases, 'a site')
  const { lease } = await seat.had
  expect(lease.fence).toBe(2)
  const waitedMs = performance.now() - beganAt
  expect(waitedMs).toBeGreaterThan(2_500)
  expect(waitedMs).toBeLessThan(5_000)
})

it('refuses what is written under a lease that somebody else has taken, and tells who had it', async () => {
  // C10
  await using database = await createTestDatabase()
  await using store = await open(database)
  await store.journal.begin(sampleIntent(1))
  await using seat = takeLease(store.leases, 'a site')
  const { lease, lost } = await seat.had
  const ended = once(lost, 'abort')
  await giveAway(database, 'a site', 'another')
  const write = store.journal.under(lease).update(sampleTaskId(1), { stage: 'late' }, 'STATE_CHANGE', later(1))
  await expect(write).rejects.toThrow(LeaseLostError)
  expect(await readAll(store.journal, 1)).toHaveLength(1)
  const append = store.protectionLog.under(lease).append([changeOf(1)], [stateOf(1)])
  await expect(append).rejects.toThrow(LeaseLostError)
  expect(await store.protectionLog.listStates()).toEqual([])
  await ended
})

it('is not held up by a clock of the database that was put back', async () => {
  // C12
  await using database = await createTestDatabase()
  await using store = await open(database)
  await giveAway(database, 'a site', 'dead')
  await database.run(`update leases set expires_at = expires_at + 3600000 where name = 'a site'`)
  await using seat = takeLease(store.leases, 'a site')
  expect((await seat.had).lease.fence).toBe(2)
})

it('tells every gateway what is wanted at one', async () => {
  await using database = await createTestDatabase()
  await using one = await open(database)
  await using other = await open(database)
  const told = Promise.withResolvers<string>()
  using stack = new DisposableStack()
  stack.use(other.leases.onWanted(told.resolve))
  stack.use(one.leases.show('TASKS'))
  expect(await told.promise).toBe('TASKS')
  expect(other.leases.isWanted('TASKS')).toBe(true)
  expect([...(await other.leases.listLiving())].sort()).toEqual([one.leases.replica, other.leases.replica].sort())
})

it('knows by the own time of the machine that others may take it for dead, before it has asked anybody', async () => {
  // C10, C12
  await using database = await createTestDatabase()
  await using store = await open(database)
  let passedMs = 0
  const leases = await PostgresLeases.open({
    db: connectForLeases(database.url),
    // It reads nothing else here.
    queue: { isClosing: false, read: notUsed, write: notUsed, under: notUsed, [Symbol.asyncDispose]: notUsed },
    replica: 'one that stands still',
    storeVersion: 1,
    logger: silentLogger,
    passedMs: () => passedMs,
  })
  expect(leases.isAlive()).toBe(true)
  passedMs += 2_999
  expect(leases.isAlive()).toBe(true)
  passedMs += 1
  expect(leases.isAlive()).toBe(false)
  // The database still calls it living: nobody has been asked.
  expect((await store.leases.listLiving()).has('one that stands still')).toBe(true)
  for (let left = 50; left > 0 && !leases.isAlive(); left -= 1) await database.run('select pg_sleep(0.1)')
  expect(leases.isAlive()).toBe(true)
  // A machine that slept: only the time of day has gone on.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_000 })
  expect(leases.isAlive()).toBe(false)
  vi.useRealTimers()
  await leases[Symbol.asyncDispose]()
})

it('nudges the holder of a lease at another gateway, and nobody else', async () => {
  await using database = await createTestDatabase()
  await using one = await open(database)
  await using other = await open(database)
  const told: string[] = []
  const heard = Promise.withResolvers<string>()
  using stack = new DisposableStack()
  stack.use(one.leases.onNudge(heard.resolve))
  stack.use(other.leases.onNudge((name) => told.push(name)))
  other.leases.nudge('tasks of a site')
  expect(await heard.promise).toBe('tasks of a site')
  expect(told).toEqual([])
})
