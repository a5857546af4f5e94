import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Journal } from '../../src/domain/ports/journal.ts'
import type { Task } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'

const writer = join(import.meta.dirname, 'journal-writer.ts')

/** A folder of its own, with the path of a journal in it. */
const createPlace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  return {
    path: join(folder, 'data', 'journal.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const open = (path: string, clock = createFakeClock()): Promise<Journal> =>
  openSqliteJournal({ path, bus: createMemoryEventBus(), clock })

const listIds = async (journal: Journal): Promise<readonly string[]> => {
  const { tasks } = await journal.listTasks({
    siteNames: null,
    states: null,
    operations: null,
    targetIds: null,
    limit: 100_000,
    olderThan: null,
  })
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
    expect(reason).toMatch(/^Error: (disk I\/O error|database or disk is full)$/)
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
      newer.exec("insert into kysely_migration (name, timestamp) values ('0099-later', '2030-01-01T00:00:00.000Z')")
    },
    reason: /newer version of the gateway has written it \(0099-later\)/,
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
    other.end()
    expect(await listIds(journal)).toEqual([])
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
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
