import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/audit-command.ts'
import type { AuditVerdict } from '../../src/domain/audit.ts'
import { sampleDraft } from './sample-audit.ts'
import { sampleIntent, sampleTaskId } from './sample-task.ts'
import { storeKinds, type StoreKind } from './store-place.ts'

/** A journal that nobody else uses, with this many entries in its audit log. */
const startJournal = async (createPlace: StoreKind['createPlace'], entryCount: number) => {
  await using stack = new AsyncDisposableStack()
  const place = stack.use(await createPlace())
  const { journal } = stack.use(await place.open())
  for (let number = 1; number <= entryCount; number += 1) {
    await journal.appendAudit(sampleDraft({ caller: `caller-${number}`, reason: `reason ${number}` }))
  }
  const owned = stack.move()
  return {
    place: place.config,
    edit: (sql: string) => place.edit(sql),
    journal,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
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

describe.each(storeKinds)(
  'an audit log on $name that somebody has edited',
  ({ createPlace, forbidEntries, allowEntries }) => {
    it.each(tamperings)('is found out when $title', async ({ sql, sequence, reason }) => {
      // A5
      await using started = await startJournal(createPlace, 12)
      const expected = { kind: 'BROKEN', sequence, reason: expect.stringMatching(reason) } as const
      await started.edit(sql)
      expect(await started.journal.verifyAudit()).toEqual(expected satisfies AuditVerdict)
      const { text, exitCode } = await verifyAudit(started.place, null)
      expect(exitCode).toBe(65)
      expect(text).toMatch(new RegExp(`^BROKEN  entry ${sequence}: `))
      expect(text).toMatch(reason)
    })

    it('names the first of several bad rows, behind 1,100 good ones', async () => {
      await using started = await startJournal(createPlace, 1_200)
      await started.edit("update audit_entries set caller = 'mallory' where sequence in (1101, 1150)")
      await started.edit('delete from audit_entries where sequence = 1200')
      expect(await started.journal.verifyAudit()).toMatchObject({ kind: 'BROKEN', sequence: 1_101 })
    })

    it('refuses to append where the next place is taken or the head is gone, and whatever goes with the entry', async () => {
      // A6
      await using started = await startJournal(createPlace, 2)
      const { journal, edit } = started
      await edit(`insert into audit_entries (sequence, ${all}) select 3, ${all} from audit_entries where sequence = 2`)
      await expect(journal.begin(sampleIntent(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      await edit('delete from audit_entries where sequence = 3; delete from audit_head')
      await expect(journal.begin(sampleIntent(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(await journal.getTask(sampleTaskId(1))).toBeNull()
      expect(await journal.lastSequence()).toBe(0)
    })

    it('refuses to write while a trigger forbids it, and goes on by itself when that is gone', async () => {
      // A6
      await using started = await startJournal(createPlace, 0)
      const { journal, edit } = started
      await edit(forbidEntries)
      await expect(journal.appendAudit(sampleDraft())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      await expect(journal.begin(sampleIntent(1))).rejects.toThrow(/cannot be used \(no more\)/)
      expect(await journal.getTask(sampleTaskId(1))).toBeNull()
      await edit(allowEntries)
      expect(await journal.begin(sampleIntent(1))).toMatchObject({ kind: 'BEGUN' })
      expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 1 })
    })

    it('says of an entry that cannot be read which one it is', async () => {
      await using started = await startJournal(createPlace, 3)
      await started.edit("update audit_entries set document = '{' where sequence = 2")
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
  },
)
