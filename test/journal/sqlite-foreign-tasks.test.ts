import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { later, sampleIntent, sampleTask, sampleTaskId } from './sample-task.ts'
import { undoPlaces } from './undo-places.ts'

it('knows the tasks of an older journal again by the ids that the vendor gave them', async () => {
  // C7, W5
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  using stack = new DisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'journal.db')
  const open = () => openJournal({ path, bus: createMemoryEventBus(), clock: createFakeClock() })
  {
    await using journal = await open()
    for (const number of [1, 2]) await journal.begin(sampleIntent(number))
    await journal.update(sampleTaskId(1), { vendorTaskId: 'Task-1' }, 'STATE_CHANGE', later(1))
  }
  using file = new DatabaseSync(path)
  file.exec(
    `${undoPlaces} drop index foreign_tasks_once; drop index tasks_by_vendor_task; drop table task_event_log;
     alter table tasks drop column vendor_task_id; delete from kysely_migration where name = '0004-foreign-tasks'`,
  )
  file.close()

  await using again = await open()
  const found = sampleTask({ id: sampleTaskId('found'), vendorTaskId: 'TASK-1', dispatch: 'FOREIGN', request: null })
  expect((await again.adoptForeign(found)).id).toBe(sampleTaskId(1))
  expect(await again.eventBounds()).toEqual({ completeFrom: 1, last: 3 })
})
