import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Reach } from '../../src/domain/reach.ts'
import { toAuditHash } from '../../src/journal/audit-document.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { everyTask, sampleIntent, sampleRequest, sampleTaskId } from './sample-task.ts'
import { undoPlaces } from './undo-places.ts'

const everyEntry = {
  kinds: null,
  callers: null,
  operations: null,
  targetIds: null,
  taskIds: null,
  from: null,
  to: null,
}

/** Makes every document what a gateway wrote that kept no places, and the chain of hashes what it reckoned. */
const forgetPlaces = (path: string): void => {
  using file = new DatabaseSync(path)
  for (const table of ['tasks', 'task_events', 'audit_entries']) {
    file.exec(`update ${table} set document = json_remove(document, '$.places')`)
  }
  let hash = ''
  for (const { sequence, document } of file.prepare('select * from audit_entries order by sequence').all()) {
    hash = toAuditHash(hash, String(document))
    file.prepare('update audit_entries set hash = ? where sequence = ?').run(hash, Number(sequence))
  }
  file.prepare('update audit_head set hash = ?').run(hash)
  file.exec(undoPlaces)
}

it('keeps the past of an older journal for whoever may see the whole site that was asked', async () => {
  // W12: closed for whoever is bound to organisations, of which it tells nothing.
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  using stack = new DisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'journal.db')
  const open = () => openJournal({ path, clock: createFakeClock() })
  {
    await using journal = await open()
    const request = sampleRequest({ requestedBy: 'bob' })
    await journal.begin(sampleIntent(1, { places: [{ siteName: 'zvm-a', organization: 'Acme' }], request }))
    await journal.begin(sampleIntent(2, { siteName: 'zvm-b' }))
  }
  forgetPlaces(path)

  await using again = await open()
  const seen = async (reach: Reach, viewerName: string) => {
    const sight = { reach, viewerName }
    const { tasks } = await again.listTasks({ ...everyTask, sight })
    const { entries } = await again.listAudit({ ...everyEntry, sight, limit: 10, beforeSequence: null })
    return [tasks.map(({ id }) => id), entries.map(({ taskId }) => taskId)]
  }
  const [one, two] = [sampleTaskId(1), sampleTaskId(2)]
  expect(await seen([{ siteNames: ['zvm-a'], organizations: null }], 'carol')).toEqual([[one], [one]])
  expect(await seen([{ siteNames: null, organizations: ['acme'] }], 'carol')).toEqual([[], []])
  expect(await seen([{ siteNames: null, organizations: ['acme'] }], 'bob')).toEqual([[one], [one]])
  expect(await seen(null, 'carol')).toEqual([
    [two, one],
    [two, one],
  ])
  expect(await again.getTask(one)).toMatchObject({ places: [{ siteName: 'zvm-a', organization: null }] })
  expect(await again.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 2 })
})
