import { describe, expect, it } from 'vitest'
import type { Task } from '../../src/domain/task.ts'
import { everyTask, later, sampleIntent, sampleTask, sampleTaskId } from '../journal/sample-task.ts'
import type { StartJournal } from './journal.suite.ts'

/** The sample task with this number as somebody else has started it. */
const foreign = (number: number, given: Partial<Task> = {}): Task =>
  sampleTask({
    id: sampleTaskId(`foreign-${number}`),
    vendorTaskId: `task-${number}`,
    dispatch: 'FOREIGN',
    state: 'RUNNING',
    startedBy: 'SYSTEM',
    request: null,
    ...given,
  })

/** What a journal does with the tasks that others have started. */
export const foreignBehaviour = (start: StartJournal): void => {
  describe('tasks that others have started', () => {
    it('takes one over with its first event, and writes nothing into the audit log', async () => {
      // W5
      await using gateway = await start()
      const { journal, published } = gateway
      const task = foreign(1)
      expect(await journal.adoptForeign(task)).toEqual(task)
      expect(await journal.getTask(task.id)).toEqual(task)
      expect(published).toEqual([{ sequence: expect.any(Number), kind: 'STATE_CHANGE', at: task.updatedAt, task }])
      expect(await journal.readEvents(task.id, 0, 10)).toEqual(published)
      await journal.update(task.id, { state: 'SUCCEEDED', endedAt: later(1) }, 'STATE_CHANGE', later(1))
      expect(await journal.verifyAudit()).toMatchObject({ kind: 'WHOLE', entryCount: 0 })
    })

    it.each([
      { what: 'from another site', given: { siteName: 'zvm-b' } },
      { what: 'with its id in other letters', given: { vendorTaskId: 'TASK-1' } },
    ])('knows it again $what, answers with the first, and writes nothing', async ({ given }) => {
      // W5
      await using gateway = await start()
      const { journal, published } = gateway
      const first = await journal.adoptForeign(foreign(1))
      expect(await journal.adoptForeign(foreign(1, { id: sampleTaskId('again'), ...given }))).toEqual(first)
      expect((await journal.listTasks(everyTask)).tasks).toEqual([first])
      expect(published).toHaveLength(1)
    })

    it('takes one over once, however many find it at the same time', async () => {
      // W5
      await using gateway = await start()
      const { journal, published } = gateway
      const adopted = await Promise.all(
        Array.from({ length: 10 }, (_, index) => journal.adoptForeign(foreign(1, { id: sampleTaskId(`at-${index}`) }))),
      )
      expect(new Set(adopted.map(({ id }) => id)).size).toBe(1)
      expect(published).toHaveLength(1)
    })

    it('answers with the task that was started here when that is known by the same id', async () => {
      // W5
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const own = await journal.update(sampleTaskId(1), { vendorTaskId: 'Task-1' }, 'STATE_CHANGE', later(1))
      expect(await journal.adoptForeign(foreign(1))).toEqual(own)
    })

    it('keeps tasks of another vendor with the same id apart', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await journal.adoptForeign(foreign(1))
      await journal.adoptForeign(foreign(1, { id: sampleTaskId('other'), vendor: 'VCDA', target: null }))
      expect((await journal.listTasks(everyTask)).totalCount).toBe(2)
    })

    it('lets it go, with its events, when it turns out to be that of a task that was started here', async () => {
      // W5: the look at everybody's tasks has come before the answer of the vendor.
      await using gateway = await start()
      const { journal } = gateway
      await journal.begin(sampleIntent(1))
      const other = await journal.adoptForeign(foreign(2))
      const taken = await journal.adoptForeign(foreign(1))
      const own = await journal.update(sampleTaskId(1), { vendorTaskId: 'TASK-1' }, 'STATE_CHANGE', later(1))
      expect(await journal.getTask(taken.id)).toBeNull()
      expect(await journal.readEvents(taken.id, 0, 10)).toEqual([])
      expect(new Set((await journal.listTasks(everyTask)).tasks)).toEqual(new Set([own, other]))
    })

    it('writes down the id that a vendor gives to two calls from here', async () => {
      await using gateway = await start()
      const { journal } = gateway
      for (const number of [1, 2]) {
        await journal.begin(sampleIntent(number))
        await journal.update(sampleTaskId(number), { vendorTaskId: 'task-1' }, 'STATE_CHANGE', later(1))
      }
      const { tasks } = await journal.listTasks(everyTask)
      expect(tasks.map(({ vendorTaskId }) => vendorTaskId)).toEqual(['task-1', 'task-1'])
    })
  })
}
