import { expect, it } from 'vitest'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import type { Store } from '../../src/journal/store.ts'
import { Secret } from '../../src/std/secret.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { takeLease } from '../conformance/leases.suite.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'
import { changeOf, stateOf } from './store-uses.ts'

const open = (url: Secret): Promise<Store> =>
  openPostgresStore({
    url,
    bus: createMemoryEventBus(),
    protectionBus: createMemoryEventBus(),
    clock: systemClock,
    logger: silentLogger,
  })

/** Begins these tasks, and writes a change for each. */
const write = async ({ journal, protectionLog }: Store, numbers: readonly number[]): Promise<readonly string[]> => {
  const kinds: string[] = []
  for (const number of numbers) {
    kinds.push((await journal.begin(sampleIntent(number, { target: null }))).kind)
    await protectionLog.append([changeOf(number)], [stateOf(number)])
  }
  return kinds
}

it('a copy of the database from before is a store that goes on from there', async () => {
  await using database = await createTestDatabase()
  await using elsewhere = await createTestDatabase()
  {
    await using store = await open(database.url)
    await using seat = takeLease(store.leases, 'a site')
    await seat.had
    await write(store, [1, 2, 3])
  }
  const copy = `${database.name}_copy`
  await elsewhere.run(`create database ${copy} template ${database.name}`)
  await using stack = new AsyncDisposableStack()
  stack.defer(async () => void (await elsewhere.run(`drop database ${copy} with (force)`)))
  {
    // What the copy knows nothing of.
    await using store = await open(database.url)
    await write(store, [4, 5])
  }
  const url = new URL(database.url.reveal())
  url.pathname = `/${copy}`
  await using restored = await open(new Secret(url.href))
  const { journal, leases, protectionLog } = restored
  expect(await journal.eventBounds()).toEqual({ completeFrom: 1, last: 3 })
  expect(await protectionLog.bounds()).toEqual({ first: 1, last: 3 })
  expect(await write(restored, [3, 4])).toEqual(['EXISTING', 'BEGUN'])
  const [event] = await journal.readEvents(sampleTaskId(4), 0, 10)
  expect(event?.sequence).toBe(4)
  expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 4 })
  await using seat = takeLease(leases, 'a site')
  expect((await seat.had).lease.fence).toBe(2)
})
