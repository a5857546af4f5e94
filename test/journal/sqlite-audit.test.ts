import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/audit-command.ts'
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

const headOf = async (journal: Journal): Promise<string> => {
  const verdict = await journal.verifyAudit()
  if (verdict.kind === 'BROKEN' || verdict.headHash === null) throw new Error('it has no head')
  return verdict.headHash
}

describe('a look at the audit log of a file', () => {
  it('sees what a running gateway has written a moment ago', async () => {
    await using started = await startJournal(1_234)
    const head = await headOf(started.journal)
    expect(await verifyAudit({ path: started.path }, null)).toEqual({
      text: `WHOLE  1,234 entries  head ${head}`,
      exitCode: 0,
    })
    await started.journal.appendAudit(sampleDraft())
    expect((await verifyAudit({ path: started.path }, null)).text).toMatch(
      /^WHOLE {2}1,235 entries {2}head [\da-f]{64}$/,
    )
  })

  it('leaves no trace beside a file that no gateway has open', async () => {
    await using started = await startJournal(1)
    await started.journal[Symbol.asyncDispose]()
    const before = readdirSync(dirname(started.path))
    expect(await verifyAudit({ path: started.path }, null)).toMatchObject({
      text: expect.stringMatching(/^WHOLE {2}1 entry {2}/),
    })
    expect(readdirSync(dirname(started.path))).toEqual(before)
  })

  it('is whole without a head before the first entry', async () => {
    await using started = await startJournal(0)
    expect(await verifyAudit({ path: started.path }, null)).toEqual({ text: 'WHOLE  0 entries', exitCode: 0 })
  })

  it('finds a noted head again, also after more was written, and misses it when the end was written anew', async () => {
    // A5: whoever can write the file can write a whole chain, but not one that holds a hash noted elsewhere.
    await using started = await startJournal(12)
    const head = await headOf(started.journal)
    await started.journal.appendAudit(sampleDraft())
    expect(await verifyAudit({ path: started.path }, head.toUpperCase())).toMatchObject({ exitCode: 0 })

    edit(
      started.path,
      `delete from audit_entries where sequence > 11; delete from audit_places where sequence > 11;
       update audit_head set sequence = 11, hash = (select hash from audit_entries where sequence = 11)`,
    )
    await started.journal.appendAudit(sampleDraft({ reason: 'something else' }))
    expect(await verifyAudit({ path: started.path }, null)).toMatchObject({ exitCode: 0 })
    const { text, exitCode } = await verifyAudit({ path: started.path }, head)
    expect({ text, exitCode }).toEqual({ text: expect.stringContaining(`no entry has the hash ${head}`), exitCode: 65 })
  })

  it('says when there is no file, and when it is another one', async () => {
    await using started = await startJournal(0)
    const { path } = started
    expect(await verifyAudit({ path: `${path}.none` }, null)).toMatchObject({
      exitCode: 66,
      text: expect.stringMatching(/no store/),
    })
    edit(path, 'drop table kysely_migration')
    expect(await verifyAudit({ path: path }, null)).toMatchObject({
      exitCode: 65,
      text: expect.stringMatching(/no journal/),
    })
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
    expect(await verifyAudit({ path: path }, null)).toMatchObject({
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
