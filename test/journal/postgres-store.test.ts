import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/domain/ports/clock.ts'
import { appendAuditEntry } from '../../src/journal/audit-rows.ts'
import { openPostgresDatabase } from '../../src/journal/postgres-database.ts'
import { findPostgresFailure } from '../../src/journal/postgres-failure.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import { createPostgresTransactions } from '../../src/journal/postgres-transactions.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { StoreQueue } from '../../src/journal/store-queue.ts'
import type { Store } from '../../src/journal/store.ts'
import type { Secret } from '../../src/std/secret.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { startCuttableProxy } from '../support/cuttable-proxy.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { sampleDraft } from './sample-audit.ts'
import { everyTask, later, readAll, sampleIntent, sampleRequest, sampleTargetId, sampleTaskId } from './sample-task.ts'
import { changeOf, stateOf } from './store-uses.ts'

const writer = join(import.meta.dirname, 'journal-writer.ts')

const open = (url: Secret, clock: Clock = systemClock): Promise<Store> =>
  openPostgresStore({
    url,
    bus: createMemoryEventBus(),
    protectionBus: createMemoryEventBus(),
    clock,
    logger: silentLogger,
  })

/** Ends every connection of a gateway to the database. */
const cutAll = (database: TestDatabase) =>
  database.run(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'dr-gateway'
  `)

/** Holds the lock of the tasks, as another gateway does that writes, until it is disposed. */
const lockTasks = async (url: Secret): Promise<AsyncDisposable> => {
  const client = new Client({ connectionString: url.reveal() })
  await client.connect()
  await client.query('begin')
  // "drgw" in ASCII.
  await client.query('select pg_advisory_xact_lock(1685219191, 1)')
  return { [Symbol.asyncDispose]: () => client.end() }
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number)

describe('two gateways on one database', () => {
  it('begin one of many intents with the same key that come to both at once', async () => {
    // C9
    await using database = await createTestDatabase()
    await using one = await open(database.url)
    await using other = await open(database.url)
    const request = sampleRequest({ idempotencyKey: 'one-key' })
    const results = await Promise.all(
      numbers(40).map((number) => (number % 2 === 0 ? one : other).journal.begin(sampleIntent(number, { request }))),
    )
    expect(results.filter(({ kind }) => kind === 'BEGUN')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'EXISTING')).toHaveLength(39)
    expect((await other.journal.listTasks(everyTask)).totalCount).toBe(1)
  })

  it('begin one of many intents with different keys on one target', async () => {
    // C3, C9
    await using database = await createTestDatabase()
    await using one = await open(database.url)
    await using other = await open(database.url)
    const results = await Promise.all(
      numbers(40).map((number) =>
        (number % 2 === 0 ? one : other).journal.begin({ ...sampleIntent(number), exclusiveIds: [sampleTargetId] }),
      ),
    )
    expect(results.filter(({ kind }) => kind === 'BEGUN')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'BLOCKED')).toHaveLength(39)
  })

  it('mark an intent as sent once, and keep one chain in the audit log', async () => {
    // A1, A5
    await using database = await createTestDatabase()
    await using one = await open(database.url)
    await using other = await open(database.url)
    await one.journal.begin(sampleIntent(1))
    const marks = await Promise.allSettled(
      numbers(20).map((number) => (number % 2 === 0 ? one : other).journal.markSent(sampleTaskId(1))),
    )
    expect(marks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all(numbers(40).map((number) => (number % 2 === 0 ? one : other).journal.appendAudit(sampleDraft())))
    expect(await other.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 41 })
  })

  it('lose no change of a task that both change at once', async () => {
    await using database = await createTestDatabase()
    await using one = await open(database.url)
    await using other = await open(database.url)
    await one.journal.begin(sampleIntent(1))
    await Promise.all(
      numbers(20).map((number) =>
        number % 2 === 0
          ? one.journal.update(sampleTaskId(1), { stage: `stage ${number}` }, 'STATE_CHANGE', later(number))
          : other.journal.update(sampleTaskId(1), { progressPercent: number }, 'STATE_CHANGE', later(number)),
      ),
    )
    const events = await readAll(one.journal, 1)
    expect(events).toHaveLength(21)
    expect(events.at(-1)?.task).toEqual(await other.journal.getTask(sampleTaskId(1)))
    expect(events.at(-1)?.task).toMatchObject({ stage: expect.stringMatching(/stage/), progressPercent: 19 })
  })

  it('never show an event before all events with a lower sequence', async () => {
    // W3: whoever reads on from the last event that he has seen misses none.
    await using database = await createTestDatabase()
    await using one = await open(database.url)
    await using other = await open(database.url)
    let isOver = false
    const seen: number[] = []
    const follow = async (): Promise<void> => {
      for (let isLast = false; !isLast;) {
        isLast = isOver
        for (const { sequence } of await other.journal.readEvents(null, seen.at(-1) ?? 0, 100)) seen.push(sequence)
      }
    }
    const following = follow()
    await Promise.all(numbers(60).map((number) => (number % 2 === 0 ? one : other).journal.begin(sampleIntent(number))))
    isOver = true
    await following
    expect(seen).toEqual((await one.journal.readEvents(null, 0, 100)).map(({ sequence }) => sequence))
    expect(seen).toHaveLength(60)
  })
})

describe('a gateway whose connections are cut', () => {
  // C8
  it('goes on by itself, with reads and writes', async () => {
    await using database = await createTestDatabase()
    await using store = await open(database.url)
    await store.journal.begin(sampleIntent(1))
    await cutAll(database)
    expect(await store.journal.getTask(sampleTaskId(1))).not.toBeNull()
    await cutAll(database)
    expect(await store.journal.begin(sampleIntent(2))).toMatchObject({ kind: 'BEGUN' })
  })

  it.each(['BEFORE', 'AFTER'] as const)(
    'writes what it was asked to once, when one is cut %s a commit',
    async (when) => {
      await using database = await createTestDatabase()
      await using proxy = await startCuttableProxy(database.url)
      await using store = await open(proxy.url)
      const { journal } = store
      proxy.cutNextCommit(when)
      expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
      proxy.cutNextCommit(when)
      expect(await journal.markSent(sampleTaskId(1))).toMatchObject({ dispatch: 'SENT' })
      proxy.cutNextCommit(when)
      const accepted = { dispatch: 'ACCEPTED', state: 'RUNNING' } as const
      await journal.update(sampleTaskId(1), accepted, 'STATE_CHANGE', later(1))
      expect(await readAll(journal, 1)).toHaveLength(2)
      proxy.cutNextCommit(when)
      await store.protectionLog.append([changeOf(1)], [stateOf(1)])
      expect(await store.protectionLog.bounds()).toEqual({ first: 1, last: 1 })
      expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 2 })
    },
  )

  it('waits for a server that comes back, and says of one that does not that it cannot be reached', async () => {
    await using database = await createTestDatabase()
    await using proxy = await startCuttableProxy(database.url)
    await using store = await open(proxy.url)
    await proxy.close()
    const begun = store.journal.begin(sampleIntent(1))
    const read = store.journal.lastSequence()
    await proxy.open()
    expect(await begun).toMatchObject({ kind: 'BEGUN' })
    expect(await read).toBeLessThanOrEqual(1)

    await proxy.close()
    const unreachable = {
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/cannot be used \(.+\)\. The way to its database is broken/),
    }
    const [write, look] = await Promise.allSettled([store.journal.begin(sampleIntent(2)), store.journal.lastSequence()])
    expect([write, look]).toMatchObject([{ reason: unreachable }, { reason: unreachable }])
    // Whoever asks next is told soon.
    const askedAt = performance.now()
    await expect(store.journal.lastSequence()).rejects.toMatchObject(unreachable)
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    await proxy.open()
    expect(await store.journal.begin(sampleIntent(2))).toMatchObject({ kind: 'BEGUN' })
  })
})

describe('a gateway whose log another one has locked', () => {
  it('waits until the lock is gone, and reads meanwhile', async () => {
    // C5
    await using database = await createTestDatabase()
    await using store = await open(database.url)
    const lock = await lockTasks(database.url)
    const begun = store.journal.begin(sampleIntent(1))
    // What is kept beside the tasks has a lock of its own.
    await store.protectionLog.append([changeOf(1)], [stateOf(1)])
    expect(await store.journal.getTask(sampleTaskId(1))).toBeNull()
    await lock[Symbol.asyncDispose]()
    expect(await begun).toMatchObject({ kind: 'BEGUN' })
  })

  it('says after 5 seconds that it is busy, having written nothing', async () => {
    // C5
    await using database = await createTestDatabase()
    await using store = await open(database.url)
    const lock = await lockTasks(database.url)
    await expect(store.journal.begin(sampleIntent(1))).rejects.toMatchObject({
      code: 'STORE_BUSY',
      message: expect.stringMatching(/has held its lock for 5 seconds/),
    })
    await lock[Symbol.asyncDispose]()
    expect(await store.journal.getTask(sampleTaskId(1))).toBeNull()
    expect(await store.journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
  })

  it('is not held up by one that stands still in the middle of a write, whose write is begun anew when it goes on', async () => {
    // C10
    await using database = await createTestDatabase()
    await using other = await open(database.url)
    const db = await openPostgresDatabase(database.url)
    await using frozen = new StoreQueue({
      db,
      close: () => db.destroy(),
      transactions: createPostgresTransactions(db, 'frozen'),
      clock: systemClock,
      findFailure: findPostgresFailure,
    })
    // What the first try waits for stands for a process that is stopped.
    const { promise: stopped, resolve: stop } = Promise.withResolvers<null>()
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<null>()
    let tries = 0
    const write = frozen.write('TASKS', async ({ trx }) => {
      tries += 1
      if (tries === 1) {
        stop(null)
        await goesOn
      }
      await appendAuditEntry(trx, sampleDraft())
    })
    await stopped
    expect(await other.journal.begin(sampleIntent(2))).toMatchObject({ kind: 'BEGUN' })
    goOn(null)
    await write
    expect(tries).toBe(2)
    expect(await other.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 2 })
  })
})

/** A process that begins one task after the other, from this number on, until it is killed. */
const startWriter = (url: Secret, firstNumber: number) => {
  const args = [writer, url.reveal(), '1000000', String(firstNumber)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  return { child, exited, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

/** Reads so many ids of tasks that are promised to be kept. */
const readPromised = async (lines: AsyncIterator<string>, count: number): Promise<readonly string[]> => {
  const promised: string[] = []
  while (promised.length < count) {
    const { done, value } = await lines.next()
    if (done === true) throw new Error('The writer has ended')
    promised.push(value)
  }
  return promised
}

describe('a gateway in a process of its own', () => {
  it('leaves every task that it has promised and nothing half done when it is killed, and the others go on', async () => {
    // C4, A1
    await using database = await createTestDatabase()
    await using store = await open(database.url)
    for (const round of [1, 2]) {
      const { child, exited, lines } = startWriter(database.url, round * 1_000)
      const promised = await readPromised(lines, 20)
      child.kill('SIGKILL')
      await exited
      expect(await store.journal.begin(sampleIntent(round))).toMatchObject({ kind: 'BEGUN' })
      const { tasks } = await store.journal.listTasks(everyTask)
      expect(tasks.map(({ id }) => id)).toEqual(expect.arrayContaining([...promised]))
      expect(await store.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: tasks.length })
    }
  }, 60_000)

  it('goes on when it was frozen at any moment, having held up nobody for long', async () => {
    // C10
    await using database = await createTestDatabase()
    await using store = await open(database.url)
    const { child, exited, lines } = startWriter(database.url, 1_000)
    await readPromised(lines, 5)
    child.kill('SIGSTOP')
    for (const number of [1, 2, 3]) {
      expect(await store.journal.begin(sampleIntent(number))).toMatchObject({ kind: 'BEGUN' })
    }
    child.kill('SIGCONT')
    await readPromised(lines, 40)
    child.kill('SIGKILL')
    await exited
    const { totalCount } = await store.journal.listTasks(everyTask)
    expect(await store.journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: totalCount })
  }, 60_000)
})
