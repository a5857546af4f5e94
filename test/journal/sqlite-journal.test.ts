import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { findProblem } from '../../src/domain/errors.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { Task } from '../../src/domain/task.ts'
import { findStoreFailure } from '../../src/journal/sqlite-failure.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { everyTask, sampleIntent, sampleTaskId } from './sample-task.ts'

const writer = join(import.meta.dirname, 'journal-writer.ts')

/** A folder of its own, with the path of a journal in it. */
const createPlace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  return {
    path: join(folder, 'data', 'journal.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const open = (path: string, clock: Clock = createFakeClock()): Promise<Journal> => openJournal({ path, clock })

const listIds = async (journal: Journal): Promise<readonly string[]> => {
  const { tasks } = await journal.listTasks(everyTask)
  return tasks.map((task: Task) => task.id)
}

/** Writes a journal with this many tasks and closes it. */
const writeJournal = async (path: string, taskCount: number): Promise<void> => {
  await using journal = await open(path)
  for (let number = 1; number <= taskCount; number += 1) await journal.begin(sampleIntent(number))
}

describe('a journal file', () => {
  it('gives everything back after it was closed and opened again', async () => {
    using place = createPlace()
    const write = async () => {
      await using journal = await open(place.path)
      await journal.begin(sampleIntent(1))
      await journal.update(sampleTaskId(1), { state: 'RUNNING', progressPercent: 5 }, 'STATE_CHANGE', new Date(5))
      return {
        tasks: await journal.listOpenTasks('zvm-a'),
        events: await journal.readEvents(sampleTaskId(1), 0, 10),
        last: await journal.lastSequence(),
      }
    }
    const before = await write()
    expect(before.events).toHaveLength(2)

    await using journal = await open(place.path)
    expect(await journal.listOpenTasks('zvm-a')).toEqual(before.tasks)
    expect(await journal.readEvents(sampleTaskId(1), 0, 10)).toEqual(before.events)
    expect(await journal.lastSequence()).toBe(before.last)
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'EXISTING', task: before.tasks[0] })
  })

  it('holds every task it has promised when its process is killed in the middle of writing', async () => {
    // C4, A1: the intent survives a crash as soon as begin has resolved.
    using place = createPlace()
    let promised: string[] = []
    for (const kills of [1, 2, 3]) {
      const child = spawn(process.execPath, [writer, place.path], { stdio: ['ignore', 'pipe', 'inherit'] })
      const exited = once(child, 'exit')
      promised = []
      for await (const line of createInterface({ input: child.stdout })) {
        promised.push(line)
        if (promised.length === 40 * kills) child.kill('SIGKILL')
      }
      expect(await exited).toEqual([null, 'SIGKILL'])
      expect(existsSync(`${place.path}-wal`)).toBe(true)
      await using journal = await open(place.path)
      expect(await listIds(journal)).toEqual(expect.arrayContaining(promised))
    }
    expect(promised.length).toBeGreaterThanOrEqual(120)
  })

  it('begins anew where a first start was killed before the file was whole', async () => {
    // C4
    using place = createPlace()
    await writeJournal(place.path, 0)
    rmSync(place.path)
    writeFileSync(`${place.path}.new`, 'half of a journal')
    await using journal = await open(place.path)
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
  })

  it('refuses to write on a full disk and goes on reading', async () => {
    // C6: the limit on the size of a file stands for the disk.
    using place = createPlace()
    await writeJournal(place.path, 3)
    const limit = Math.ceil(statSync(place.path).size / 512) + 100
    const script = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`
    const child = spawn('sh', ['-c', script, process.execPath, writer, place.path, '100000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines: string[] = []
    for await (const line of createInterface({ input: child.stdout })) lines.push(line)
    const [reason, readable] = lines.slice(-2)
    expect(reason).toMatch(/^DomainError: The journal cannot be used \((disk I\/O error|database or disk is full)\)/)
    const kept = new Set([...[1, 2, 3].map(sampleTaskId), ...lines.slice(0, -2)])
    expect(Number(readable)).toBe(kept.size)
    await using journal = await open(place.path)
    expect(new Set(await listIds(journal))).toEqual(kept)
  })
})

interface Damage {
  readonly title: string
  /** Spoils a journal that holds 60 tasks. */
  readonly spoil: (path: string) => void
  readonly reason: RegExp
}

const cut = (part: number): Damage => ({
  title: `only ${part * 100} % of it is left`,
  spoil: (path) => truncateSync(path, Math.floor(statSync(path).size * part)),
  reason: /damaged or cut short/,
})

const damages: readonly Damage[] = [
  cut(0.9),
  cut(0.5),
  cut(0.01),
  { title: 'nothing of it is left', spoil: (path) => truncateSync(path, 0), reason: /it is empty/ },
  {
    title: 'a page in its middle is overwritten',
    spoil: (path) => {
      const bytes = readFileSync(path)
      bytes.fill(0xff, 8_192, 12_288)
      writeFileSync(path, bytes)
    },
    reason: /damaged|check of the file/,
  },
  {
    title: 'it is gone and its log is still there',
    spoil: (path) => {
      rmSync(path)
      writeFileSync(`${path}-wal`, 'the last changes')
    },
    reason: /its log .* is still there/,
  },
  {
    title: 'it is no database',
    spoil: (path) => writeFileSync(path, 'listen: { host: 127.0.0.1, port: 4000 }\n'.repeat(50)),
    reason: /not an SQLite database/,
  },
  {
    title: 'it is the database of another program',
    spoil: (path) => {
      rmSync(path)
      using other = new DatabaseSync(path)
      other.exec('pragma journal_mode = wal; create table invoices (id integer primary key)')
    },
    reason: /holds no journal/,
  },
  {
    title: 'a newer gateway has written it',
    spoil: (path) => {
      using newer = new DatabaseSync(path)
      newer.exec(
        "insert into kysely_migration (name, timestamp) values ('0099-later-needs-0098', '2030-01-01T00:00:00.000Z')",
      )
    },
    reason: /newer version of the gateway has written it, and .* \(0099-later-needs-0098\)/,
  },
]

describe('a journal file that cannot be used', () => {
  it.each(damages)('is refused with a clear text and left as it is when $title', async ({ spoil, reason }) => {
    // C7
    using place = createPlace()
    await writeJournal(place.path, 60)
    spoil(place.path)
    const before = existsSync(place.path) ? readFileSync(place.path) : null
    await expect(open(place.path)).rejects.toThrow(reason)
    await expect(open(place.path)).rejects.toThrow(`The journal ${place.path} cannot be opened`)
    expect(existsSync(place.path) ? readFileSync(place.path) : null).toEqual(before)
  })

  it('is refused when its folder cannot be made', async () => {
    using place = createPlace()
    await writeJournal(place.path, 0)
    await expect(open(join(place.path, 'below', 'journal.db'))).rejects.toThrow(/cannot be opened/)
  })
})

/** Holds the lock of the file until `end`. */
const lock = (path: string) => {
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  return {
    end: () => other.exec('commit'),
    [Symbol.dispose]: () => other.close(),
  }
}

/** The message of the error that a promise rejects with, or null when it resolves. */
const messageOf = (promise: Promise<unknown>): Promise<string | null> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

describe('a journal that another process has locked', () => {
  // C5
  it('writes as soon as the lock is gone, and reads meanwhile', async () => {
    using place = createPlace()
    const clock = createFakeClock()
    await using journal = await open(place.path, clock)
    await journal.begin(sampleIntent(1))
    using other = lock(place.path)
    const begun = journal.begin(sampleIntent(2))
    await clock.untilWaiting(1)
    expect(await listIds(journal)).toEqual([sampleTaskId(1)])
    other.end()
    clock.turn(50)
    expect(await begun).toMatchObject({ kind: 'BEGUN' })
  })

  it('says after its tries that it is busy, having written nothing, and writes again later', async () => {
    using place = createPlace()
    const clock = createFakeClock()
    await using journal = await open(place.path, clock)
    using other = lock(place.path)
    const message = messageOf(journal.begin(sampleIntent(1)))
    for (let tries = 1; tries < 70; tries += 1) {
      await clock.untilWaiting(1)
      clock.turn(50)
    }
    expect(await message).toMatch(/The journal is busy/)

    // What comes after so long a wait is told sooner, and waits again once the lock has been gone.
    const sooner = messageOf(journal.begin(sampleIntent(1)))
    for (let tries = 1; tries < 6; tries += 1) {
      await clock.untilWaiting(1)
      clock.turn(50)
    }
    expect(await sooner).toMatch(/The journal is busy/)
    other.end()
    expect(await listIds(journal)).toEqual([])
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
    using again = lock(place.path)
    const waiting = journal.begin(sampleIntent(2))
    for (let tries = 1; tries < 10; tries += 1) {
      await clock.untilWaiting(1)
      clock.turn(50)
    }
    await clock.untilWaiting(1)
    again.end()
    clock.turn(50)
    expect(await waiting).toMatchObject({ kind: 'BEGUN' })
  })

  it('tells all that stand in the queue after the same 5 seconds, and holds up nobody else meanwhile', async () => {
    using place = createPlace()
    await using journal = await open(place.path, systemClock)
    using other = lock(place.path)
    const delay = monitorEventLoopDelay({ resolution: 10 })
    const startedAt = performance.now()
    delay.enable()
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, number) => journal.begin(sampleIntent(number))),
    )
    delay.disable()
    const durationMs = performance.now() - startedAt
    expect(durationMs).toBeGreaterThan(3_000)
    expect(durationMs).toBeLessThan(12_000)
    expect(delay.percentile(95) / 1e6).toBeLessThan(100)
    expect(results.map((result) => result.status === 'rejected' && findProblem(result.reason)?.code)).toEqual(
      Array.from({ length: 30 }, () => 'STORE_BUSY'),
    )
    other.end()
    expect(await listIds(journal)).toEqual([])
  })

  it('is not opened, and says why', async () => {
    using place = createPlace()
    await writeJournal(place.path, 1)
    using other = new DatabaseSync(place.path)
    other.exec('pragma locking_mode = exclusive; begin immediate; commit')
    await expect(open(place.path)).rejects.toThrow(/another process holds its lock/)
  })

  it('gives up at once when it is closed', async () => {
    using place = createPlace()
    const clock = createFakeClock()
    const journal = await open(place.path, clock)
    using other = lock(place.path)
    const message = messageOf(journal.begin(sampleIntent(1)))
    await clock.untilWaiting(1)
    await journal[Symbol.asyncDispose]()
    expect(await message).toMatch(/The journal is busy/)
    other.end()
  })
})

describe('a journal whose file somebody has changed', () => {
  it('says of reads and of writes that it cannot be used, and goes on by itself when that is mended', async () => {
    // C6
    using place = createPlace()
    await using journal = await open(place.path)
    await journal.begin(sampleIntent(1))
    using other = new DatabaseSync(place.path)
    other.exec('alter table tasks rename to gone')
    const unavailable = {
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/cannot be used \(no such table: tasks/),
    }
    await expect(journal.getTask(sampleTaskId(1))).rejects.toMatchObject(unavailable)
    await expect(journal.listOpenTasks('zvm-a')).rejects.toMatchObject(unavailable)
    await expect(journal.begin(sampleIntent(2))).rejects.toMatchObject(unavailable)
    other.exec('alter table gone rename to tasks')
    expect(await listIds(journal)).toEqual([sampleTaskId(1)])
    expect(await journal.begin(sampleIntent(2))).toMatchObject({ kind: 'BEGUN' })
  })
})

/** What SQLite itself throws for a statement. */
const errorOf = (database: DatabaseSync, sql: string): unknown => {
  try {
    database.exec(sql)
  } catch (error) {
    return error
  }
  throw new Error(`it was done: ${sql}`)
}

describe('a failure of SQLite', () => {
  // C6
  it('is a read-only store, with what to do about it', async () => {
    using place = createPlace()
    await writeJournal(place.path, 0)
    using reader = new DatabaseSync(place.path, { readOnly: true })
    expect(findStoreFailure(errorOf(reader, 'delete from tasks'))).toEqual({
      code: 'STORE_UNAVAILABLE',
      isPassing: false,
      message: expect.stringMatching(/readonly database\)\. Its file is read-only: let the gateway write it/),
    })
  })

  it('is a full store, with what to do about it', async () => {
    using place = createPlace()
    await writeJournal(place.path, 0)
    using filler = new DatabaseSync(place.path)
    filler.exec('pragma max_page_count = 1')
    const fill = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
      insert into task_events (task_id, kind, at, document) select 't', 'PROGRESS', i, hex(zeroblob(1000)) from n`
    expect(findStoreFailure(errorOf(filler, fill))).toEqual({
      code: 'STORE_UNAVAILABLE',
      isPassing: false,
      message: expect.stringMatching(/disk is full\)\. Its disk is full: make room/),
    })
  })

  it('is nothing but itself where the database has no part in it', () => {
    expect(findStoreFailure(new Error('SQLITE_BUSY'))).toBeNull()
    expect(findStoreFailure('full')).toBeNull()
  })
})
