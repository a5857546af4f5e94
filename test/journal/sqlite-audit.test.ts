import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { verifyAuditFile } from '../../src/audit-command.ts'
import type { AuditVerdict } from '../../src/domain/audit.ts'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { sampleDraft } from './sample-audit.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'
import { undoPlaces } from './undo-places.ts'

/** A journal in a folder of its own, with this many entries in its audit log. */
const startJournal = async (entryCount: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  const path = join(folder, 'journal.db')
  const open = (): Promise<Journal> => openJournal({ path, clock: createFakeClock() })
  const journal = await open()
  for (let number = 1; number <= entryCount; number += 1) {
    await journal.appendAudit(sampleDraft({ caller: `caller-${number}`, reason: `reason ${number}` }))
  }
  return {
    path,
    open,
    journal,
    [Symbol.asyncDispose]: async () => {
      await journal[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const edit = (path: string, sql: string): void => {
  using database = new DatabaseSync(path)
  database.exec(sql)
}

const swap = (one: number, other: number, columns: string): string =>
  [
    `create temp table kept as select * from audit_entries where sequence in (${one}, ${other})`,
    ...[
      [one, other],
      [other, one],
    ].map(
      ([to, from]) =>
        `update audit_entries set (${columns}) = (select ${columns} from kept where sequence = ${from}) where sequence = ${to}`,
    ),
  ].join(';')

interface Tampering {
  readonly title: string
  readonly sql: string
  /** The first bad row of a log of 12 entries. */
  readonly sequence: number
  readonly reason: RegExp
}

const all = 'at, kind, caller, operation, target_id, task_id, site_name, document, hash'

const tamperings: readonly Tampering[] = [
  ...[
    ['was added', "insert into audit_places (sequence, site_name, organization) values (7, 'zvm-b', null)"],
    ['was changed', "update audit_places set organization = 'mallory' where sequence = 7"],
    ['was deleted', 'delete from audit_places where sequence = 7'],
  ].map(([change, sql = '']) => ({
    // W12: whoever adds a place lets somebody see the entry, whoever deletes one hides it from him.
    title: `a place ${change}`,
    sql,
    sequence: 7,
    reason: /its places are not those of its document/,
  })),
  {
    title: 'a document was edited',
    sql: `update audit_entries set document = replace(document, 'reason 5', 'no reason') where sequence = 5`,
    sequence: 5,
    reason: /its hash does not belong/,
  },
  {
    title: 'a document was edited together with its hash',
    sql: `update audit_entries set document = replace(document, 'reason 5', 'x'), hash = '${'0'.repeat(64)}' where sequence = 5`,
    sequence: 5,
    reason: /its hash does not belong/,
  },
  {
    title: 'a document is no JSON any more',
    sql: `update audit_entries set document = substr(document, 2) where sequence = 12`,
    sequence: 12,
    reason: /no JSON/,
  },
  ...(['caller', 'kind', 'operation', 'target_id', 'task_id', 'site_name'] as const).map((column) => ({
    title: `the column ${column} was edited`,
    sql: `update audit_entries set ${column} = 'mallory' where sequence = 7`,
    sequence: 7,
    reason: new RegExp(`its column ${column} says "mallory", and its document`),
  })),
  {
    title: 'the column at was edited',
    sql: 'update audit_entries set at = at + 1 where sequence = 1',
    sequence: 1,
    reason: /its column at says/,
  },
  {
    title: 'a row in the middle was deleted',
    sql: 'delete from audit_entries where sequence = 6',
    sequence: 6,
    reason: /it is missing: behind 5 comes 7/,
  },
  {
    title: 'a row was deleted and the others moved up',
    sql: 'delete from audit_entries where sequence = 6; update audit_entries set sequence = sequence - 1 where sequence > 6',
    sequence: 6,
    reason: /was written as entry 7/,
  },
  {
    title: 'the first row was deleted',
    sql: 'delete from audit_entries where sequence = 1',
    sequence: 1,
    reason: /behind 0 comes 2/,
  },
  {
    title: 'the last row was deleted',
    sql: 'delete from audit_entries where sequence = 12',
    sequence: 12,
    reason: /cut off, its head is entry 12/,
  },
  {
    title: 'every row was deleted',
    sql: 'delete from audit_entries',
    sequence: 1,
    reason: /cut off, its head is entry 12/,
  },
  {
    title: 'the last row was deleted and the head set back without its hash',
    sql: 'delete from audit_entries where sequence = 12; update audit_head set sequence = 11',
    sequence: 11,
    reason: /the head of the log has another hash/,
  },
  { title: 'two rows were swapped', sql: swap(4, 9, all), sequence: 4, reason: /was written as entry 9/ },
  {
    title: 'the documents of two rows were swapped',
    sql: swap(4, 9, 'document'),
    sequence: 4,
    reason: /was written as entry 9/,
  },
  {
    title: 'a row was put behind the end',
    sql: `insert into audit_entries (sequence, ${all}) select 13, ${all} from audit_entries where sequence = 12`,
    sequence: 13,
    reason: /was written as entry 12/,
  },
  {
    title: 'a row was put before the first one',
    sql: `insert into audit_entries (sequence, ${all}) select -3, ${all} from audit_entries where sequence = 12`,
    sequence: 1,
    reason: /-3 stands before it/,
  },
  {
    title: 'the head was set back',
    sql: 'update audit_head set sequence = 11, hash = (select hash from audit_entries where sequence = 11)',
    sequence: 12,
    reason: /stands behind the end of the log: its head is entry 11/,
  },
  { title: 'the head is gone', sql: 'delete from audit_head', sequence: 13, reason: /the head of the log is gone/ },
]

describe('an audit log that somebody has edited', () => {
  it.each(tamperings)('is found out when $title', async ({ sql, sequence, reason }) => {
    // A5
    await using started = await startJournal(12)
    const expected = { kind: 'BROKEN', sequence, reason: expect.stringMatching(reason) } as const
    edit(started.path, sql)
    expect(await started.journal.verifyAudit()).toEqual(expected satisfies AuditVerdict)
    const { text, exitCode } = await verifyAuditFile(started.path, null)
    expect(exitCode).toBe(65)
    expect(text).toMatch(new RegExp(`^BROKEN  entry ${sequence}: `))
    expect(text).toMatch(reason)
  })

  it('names the first of several bad rows, behind 1,100 good ones', async () => {
    await using started = await startJournal(1_200)
    edit(started.path, "update audit_entries set caller = 'mallory' where sequence in (1101, 1150)")
    edit(started.path, 'delete from audit_entries where sequence = 1200')
    expect(await started.journal.verifyAudit()).toMatchObject({ kind: 'BROKEN', sequence: 1_101 })
  })

  it('refuses to append where the next place is taken or the head is gone, and whatever goes with the entry', async () => {
    // A6
    await using started = await startJournal(2)
    const { journal, path } = started
    edit(path, `insert into audit_entries (sequence, ${all}) select 3, ${all} from audit_entries where sequence = 2`)
    await expect(journal.begin(sampleIntent(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    edit(path, 'delete from audit_entries where sequence = 3; delete from audit_head')
    await expect(journal.begin(sampleIntent(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await journal.getTask(sampleTaskId(1))).toBeNull()
    expect(await journal.lastSequence()).toBe(0)
  })

  it('refuses to write while a trigger forbids it, and goes on by itself when that is gone', async () => {
    // A6
    await using started = await startJournal(0)
    const { journal, path } = started
    edit(path, "create trigger stop before insert on audit_entries begin select raise(abort, 'no more'); end")
    await expect(journal.appendAudit(sampleDraft())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await expect(journal.begin(sampleIntent(1))).rejects.toThrow(/cannot be used \(no more\)/)
    expect(await journal.getTask(sampleTaskId(1))).toBeNull()
    edit(path, 'drop trigger stop')
    expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
    expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 1 })
  })

  it('says of an entry that cannot be read which one it is', async () => {
    await using started = await startJournal(3)
    edit(started.path, "update audit_entries set document = '{' where sequence = 2")
    const page = started.journal.listAudit({
      sight: null,
      kinds: null,
      callers: null,
      operations: null,
      targetIds: null,
      taskIds: null,
      from: null,
      to: null,
      limit: 10,
      beforeSequence: null,
    })
    await expect(page).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('audit entry 2'),
    })
  })
})

const headOf = async (journal: Journal): Promise<string> => {
  const verdict = await journal.verifyAudit()
  if (verdict.kind === 'BROKEN' || verdict.headHash === null) throw new Error('it has no head')
  return verdict.headHash
}

describe('a look at the audit log of a file', () => {
  it('sees what a running gateway has written a moment ago', async () => {
    await using started = await startJournal(1_234)
    const head = await headOf(started.journal)
    expect(await verifyAuditFile(started.path, null)).toEqual({
      text: `WHOLE  1,234 entries  head ${head}`,
      exitCode: 0,
    })
    await started.journal.appendAudit(sampleDraft())
    expect((await verifyAuditFile(started.path, null)).text).toMatch(/^WHOLE {2}1,235 entries {2}head [\da-f]{64}$/)
  })

  it('leaves no trace beside a file that no gateway has open', async () => {
    await using started = await startJournal(1)
    await started.journal[Symbol.asyncDispose]()
    const before = readdirSync(dirname(started.path))
    expect(await verifyAuditFile(started.path, null)).toMatchObject({
      text: expect.stringMatching(/^WHOLE {2}1 entry {2}/),
    })
    expect(readdirSync(dirname(started.path))).toEqual(before)
  })

  it('is whole without a head before the first entry', async () => {
    await using started = await startJournal(0)
    expect(await verifyAuditFile(started.path, null)).toEqual({ text: 'WHOLE  0 entries', exitCode: 0 })
  })

  it('finds a noted head again, also after more was written, and misses it when the end was written anew', async () => {
    // A5: whoever can write the file can write a whole chain, but not one that holds a hash noted elsewhere.
    await using started = await startJournal(12)
    const head = await headOf(started.journal)
    await started.journal.appendAudit(sampleDraft())
    expect(await verifyAuditFile(started.path, head.toUpperCase())).toMatchObject({ exitCode: 0 })

    edit(
      started.path,
      `delete from audit_entries where sequence > 11; delete from audit_places where sequence > 11;
       update audit_head set sequence = 11, hash = (select hash from audit_entries where sequence = 11)`,
    )
    await started.journal.appendAudit(sampleDraft({ reason: 'something else' }))
    expect(await verifyAuditFile(started.path, null)).toMatchObject({ exitCode: 0 })
    const { text, exitCode } = await verifyAuditFile(started.path, head)
    expect({ text, exitCode }).toEqual({ text: expect.stringContaining(`no entry has the hash ${head}`), exitCode: 65 })
  })

  it('says when there is no file, and when it is another one', async () => {
    await using started = await startJournal(0)
    const { path } = started
    expect(await verifyAuditFile(`${path}.none`, null)).toMatchObject({
      exitCode: 66,
      text: expect.stringMatching(/no store/),
    })
    edit(path, 'drop table kysely_migration')
    expect(await verifyAuditFile(path, null)).toMatchObject({ exitCode: 65, text: expect.stringMatching(/no journal/) })
  })
})

describe('a journal of an older gateway', () => {
  it('is brought up to date: its tasks are there, and its audit log begins', async () => {
    // C7
    await using started = await startJournal(0)
    const { path, journal } = started
    await journal.begin(sampleIntent(1))
    const task = await journal.getTask(sampleTaskId(1))
    await journal[Symbol.asyncDispose]()
    edit(
      path,
      `${undoPlaces} drop table audit_entries; drop table audit_head; drop index idempotency_keys_by_age;
       drop table snapshots; drop table rpo_buckets; drop table rpo_groups;
       drop table protection_states; drop table protection_events; drop table protection_head;
       drop index foreign_tasks_once; drop index tasks_by_vendor_task; drop table task_event_log;
       alter table tasks drop column vendor_task_id;
       delete from kysely_migration where name > '0001-journal';
       update tasks set document = json_remove(document, '$.awaitingSince', '$.autoDecisionAt', '$.unfinishedSend',
         '$.reconciliation', '$.request.options', '$.request.decision', '$.request.overriddenRisks');
       update task_events set document = (select document from tasks)`,
    )
    expect(await verifyAuditFile(path, null)).toMatchObject({
      exitCode: 65,
      text: expect.stringMatching(/an older version of the gateway has written it: it lacks 0002-audit/),
    })

    await using again = await started.open()
    expect(await again.getTask(sampleTaskId(1))).toEqual(task)
    expect((await again.readEvents(sampleTaskId(1), 0, 10)).map((event) => event.task)).toEqual([task])
    await again.appendAudit(sampleDraft())
    expect(await again.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 1 })
  })
})
