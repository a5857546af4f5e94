import { expect, it } from 'vitest'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import type { Task } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { startTaskTracker } from '../../src/tracking/task-tracker.ts'
import { readAll, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { sampleReading } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, send } from './tracking-rig.ts'

/** What has no decision to wait for. */
const plain = { operation: 'TEST_FAILOVER' } as const

const pollIntervalMs = 50

/**
 * A gateway on the database, with a store and a tracker of its own, that sees the site in its own way.
 *
 * @param clock Of the tracker.
 */
const startReplica = async ({ url }: TestDatabase, site = new ScriptedSite(), clock: Clock = systemClock) => {
  const bus = createMemoryEventBus()
  const protectionBus = createMemoryEventBus<ProtectionEvent>()
  const logger = silentLogger
  const store = await openPostgresStore({ url, bus, protectionBus, clock: systemClock, logger })
  const { journal, leases } = store
  const changed: string[] = []
  const tracker = await startTaskTracker({
    adapters: [site],
    journal,
    leases,
    bus,
    clock,
    logger,
    pollIntervalMs,
    settleAfterMs: 300_000,
    foreignMaxAgeMs: 5_000,
    placesOf: () => [],
    onTargetChanged: ({ nativeId }) => changed.push(nativeId),
  })
  return {
    site,
    journal,
    leases,
    tracker,
    changed,
    /** Resolves when this gateway has heard that the task has this state. */
    hears: (taskId: string, state: Task['state']): Promise<void> =>
      new Promise((resolve) => {
        bus.subscribe(({ task }) => {
          if (task.id === taskId && task.state === state) resolve()
        })
      }),
    [Symbol.asyncDispose]: async () => {
      await tracker[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

it('follows a task of any gateway at one gateway, and at the next when that one ends', async () => {
  // S5, C10
  await using database = await createTestDatabase()
  const site = new ScriptedSite()
  site.tasks.set('task-1', sampleReading())
  const one = await startReplica(database, site)
  await using other = await startReplica(database)
  other.site.tasks.set('task-1', sampleReading({ progressPercent: 70 }))
  const running = other.hears(sampleTaskId(1), 'RUNNING')
  await accept(other.journal, 1, plain)
  await running
  expect(site.taskCalls.length).toBeGreaterThan(0)
  expect(other.site.taskCalls).toEqual([])

  await one[Symbol.asyncDispose]()
  const callsOfOne = site.taskCalls.length
  const ended = other.hears(sampleTaskId(1), 'SUCCEEDED')
  other.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED', progressPercent: 100 }))
  await ended
  expect(site.taskCalls).toHaveLength(callsOfOne)
})

it('tells a gateway that does not follow a task when what it has read of its target is out of date', async () => {
  await using database = await createTestDatabase()
  await using one = await startReplica(database)
  await using other = await startReplica(database)
  one.site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED', progressPercent: 100 }))
  const ended = other.hears(sampleTaskId(1), 'SUCCEEDED')
  await accept(one.journal, 1, plain)
  await ended
  expect(other.changed).toEqual(['group-1'])
})

it('clears up once behind a gateway that has died, and leaves alone what a living one has begun', async () => {
  // C4, C9, A2
  await using database = await createTestDatabase()
  await using one = await startReplica(database)
  await one.journal.begin(sampleIntent(1))
  await send(one.journal, 2)
  await send(one.journal, 3)
  await database.run(`
    update tasks set replica = 'dead' where id <> '${sampleTaskId(3)}';
    insert into leases (name, holder, fence, expires_at, interests)
    values ('life dead', 'dead', 1, extract(epoch from clock_timestamp()) * 1000 + 3000, '')
  `)
  const known = one.hears(sampleTaskId(2), 'OUTCOME_UNKNOWN')
  await using other = await startReplica(database)
  expect((await other.journal.listIntents()).map(({ task }) => task.id)).toHaveLength(3)
  await known
  expect(await other.journal.getTask(sampleTaskId(1))).toBeNull()
  // Both have seen the death by now, or see it within the next second.
  await database.run('select pg_sleep(1.5)')
  const tasks = (await readAll(other.journal, 2)).map(({ task }) => task)
  expect(tasks.slice(0, 2).map(({ state }) => state)).toEqual(['ACCEPTED', 'OUTCOME_UNKNOWN'])
  // A search has looked for it since, and has said so in a warning.
  expect(tasks.slice(2).every(({ warnings }) => warnings.length > 0)).toBe(true)
  expect(await other.journal.getTask(sampleTaskId(3))).toMatchObject({ dispatch: 'SENT', state: 'ACCEPTED' })
})

it('looks sooner for a task that somebody has begun to watch at another gateway', async () => {
  // S5
  await using database = await createTestDatabase()
  const site = new ScriptedSite()
  site.tasks.set('task-1', sampleReading({ progressPercent: 50 }))
  const clock = createFakeClock()
  await using one = await startReplica(database, site, clock)
  await using other = await startReplica(database)
  const running = other.hears(sampleTaskId(1), 'RUNNING')
  await accept(one.journal, 1, plain)
  await running
  // Nothing changes, so that the pauses become as long as they can be.
  for (let rounds = 0; rounds < 12; rounds += 1) {
    await clock.untilWaiting(1)
    clock.turn(pollIntervalMs * 6)
  }
  await clock.untilWaiting(1)
  clock.turn(pollIntervalMs * 2)
  const looks = site.taskCalls.length
  await database.run('select pg_sleep(0.2)')
  expect(site.taskCalls).toHaveLength(looks)
  other.tracker.nudge('no such site')
  other.tracker.nudge(site.siteName)
  for (let left = 100; left > 0 && site.taskCalls.length === looks; left -= 1)
    await database.run('select pg_sleep(0.05)')
  expect(site.taskCalls).toHaveLength(looks + 1)
  expect(other.site.taskCalls).toEqual([])
})
