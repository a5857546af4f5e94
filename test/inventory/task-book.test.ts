import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Place, Reach } from '../../src/domain/reach.ts'
import { TaskBook } from '../../src/inventory/task-book.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createMemoryStore, MemoryJournal } from '../support/memory-journal.ts'

const mine: readonly Place[] = [{ siteName: 'boston', organization: 'Acme' }]
const theirs: readonly Place[] = [{ siteName: 'boston', organization: 'Umbrella' }]
const reach: Reach = [{ siteNames: null, organizations: ['acme'] }]

/** A journal with one task for each row of places, in that order. */
const start = async (rows: readonly (readonly Place[])[]) => {
  const journal = new MemoryJournal({
    store: createMemoryStore(),
    bus: createMemoryEventBus(),
    clock: createFakeClock(),
  })
  for (const [index, places] of rows.entries()) {
    const intent = sampleIntent(index + 1)
    await journal.begin({ ...intent, task: { ...intent.task, places }, exclusiveIds: [] })
  }
  return journal
}

// A3, W12
describe('the tasks that one caller sees', () => {
  it('are those within reach: by id and as events', async () => {
    const book = new TaskBook(await start([mine, theirs]), { reach, viewerName: 'somebody' })
    expect(await book.getTask(sampleTaskId(1))).not.toBeNull()
    expect(await book.getTask(sampleTaskId(2))).toBeNull()
    expect((await book.readEvents(null, 0, 10)).map(({ task }) => task.id)).toEqual([sampleTaskId(1)])
    expect(await book.readEvents(sampleTaskId(2), 0, 10)).toEqual([])
  })

  it('are, without a sight, all of them', async () => {
    const book = new TaskBook(await start([mine, theirs]), null)
    expect(await book.getTask(sampleTaskId(2))).not.toBeNull()
    expect(await book.readEvents(null, 0, 10)).toHaveLength(2)
  })

  it('are the only ones behind which a page can go on', async () => {
    const book = new TaskBook(await start([mine, theirs]), { reach, viewerName: 'somebody' })
    const behind = (olderThan: string) =>
      book.listTasks({ siteNames: null, states: null, operations: null, targetIds: null, limit: 5, olderThan })
    expect((await behind(sampleTaskId(1))).tasks).toEqual([])
    await expect(behind(sampleTaskId(2))).rejects.toThrow(DomainError.notFound(sampleTaskId(2)).message)
  })

  it('come as whole pages, however many of others lie in between', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => (index % 10 === 9 ? mine : theirs))
    const book = new TaskBook(await start(rows), { reach, viewerName: 'somebody' })
    // A short page is the end of the log to who reads it: what others have done must not look like that.
    const page = await book.readEvents(null, 0, 3)
    expect(page.map(({ task }) => task.id)).toEqual([10, 20, 30].map(sampleTaskId))
    const rest = await book.readEvents(null, page.at(-1)?.sequence ?? 0, 3)
    expect(rest.map(({ task }) => task.id)).toEqual([sampleTaskId(40)])
  })
})
