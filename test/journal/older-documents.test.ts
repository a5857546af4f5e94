import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { toAuditHash } from '../../src/journal/audit-document.ts'
import { parseTaskDocument, toTaskDocument } from '../../src/journal/task-document.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { sampleDraft } from './sample-audit.ts'
import { sampleRequest, sampleTask } from './sample-task.ts'

const everything = {
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
} as const

/** Writes the log again as a gateway did that knew nothing of request ids, each entry chained to the one before. */
const forgetRequestIds = (path: string): void => {
  using database = new DatabaseSync(path)
  const rows = database.prepare('select sequence, document from audit_entries order by sequence').all()
  let hash = ''
  for (const { sequence = null, document } of rows) {
    const { requestId: _id, ...older } = JSON.parse(String(document))
    const text = JSON.stringify(older)
    hash = toAuditHash(hash, text)
    database.prepare('update audit_entries set document = ?, hash = ? where sequence = ?').run(text, hash, sequence)
  }
  database.prepare('update audit_head set hash = ?').run(hash)
}

test('an audit log that began before request ids stays whole, and goes on with them', async () => {
  // W12: what an older gateway wrote is hashed as it stands.
  const folder = mkdtempSync(join(tmpdir(), 'older-'))
  const path = join(folder, 'journal.db')
  {
    await using older = await openJournal({ path, clock: createFakeClock() })
    for (const caller of ['alice', 'bob']) await older.appendAudit(sampleDraft({ caller }))
  }
  forgetRequestIds(path)
  await using journal = await openJournal({ path, clock: createFakeClock() })
  await journal.appendAudit(sampleDraft({ caller: 'carol', requestId: 'portal-17' }))
  expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 3 })
  const { entries } = await journal.listAudit(everything)
  expect(entries.map(({ caller, requestId }) => [caller, requestId])).toEqual([
    ['carol', 'portal-17'],
    ['bob', null],
    ['alice', null],
  ])

  using database = new DatabaseSync(path)
  database.exec("update audit_entries set document = replace(document, 'portal-17', 'portal-18') where sequence = 3")
  expect(await journal.verifyAudit()).toMatchObject({ kind: 'BROKEN', sequence: 3 })
  rmSync(folder, { recursive: true })
})

test('a task that was written before request ids has none', () => {
  const task = sampleTask({ request: sampleRequest({ requestId: 'portal-17' }) })
  expect(parseTaskDocument(toTaskDocument(task))).toEqual(task)
  const { request, ...rest } = JSON.parse(toTaskDocument(task))
  const { requestId: _id, ...older } = request
  expect(parseTaskDocument(JSON.stringify({ ...rest, request: older })).request?.requestId).toBeNull()
})
