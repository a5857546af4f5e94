import { describe, expect, it } from 'vitest'
import type { Journal } from '../../src/domain/ports/journal.ts'
import { later, sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import type { StartJournal } from './journal.suite.ts'

/** Two tasks whose events take turns; the event of percent `n` is written `n` seconds after the beginning. */
const fill = async (journal: Journal, count: number): Promise<void> => {
  await journal.begin(sampleIntent(1))
  await journal.begin(sampleIntent(2))
  for (let percent = 1; percent <= count; percent += 1) {
    const taskId = sampleTaskId(1 + (percent % 2))
    await journal.update(taskId, { progressPercent: percent }, 'PROGRESS', later(percent))
  }
}

const listPercents = async (journal: Journal) =>
  (await journal.readEvents(null, 0, 10_000)).map(({ task }) => task.progressPercent)

/** What a journal does when its events become too old or too many. */
export const pruningBehaviour = (start: StartJournal): void => {
  describe('pruning events', () => {
    it('forgets nothing that is young and within the number', async () => {
      await using gateway = await start()
      const { journal, published } = gateway
      expect(await journal.pruneEvents(later(100), 1)).toBe(0)
      expect(await journal.eventBounds()).toEqual({ completeFrom: 1, last: 0 })
      await fill(journal, 6)
      expect(await journal.pruneEvents(new Date(0), 8)).toBe(0)
      expect(await journal.readEvents(null, 0, 100)).toEqual(published)
      expect(await journal.eventBounds()).toEqual({ completeFrom: 1, last: published.at(-1)?.sequence })
    })

    it('knows how far it has come although the last event has gone with a task that was taken back', async () => {
      // W8: whoever has seen that event resumes behind it.
      await using gateway = await start()
      const { journal, published } = gateway
      await fill(journal, 2)
      await journal.begin(sampleIntent(3))
      await journal.release(sampleTaskId(3), 'PREPARED', null)
      expect(await journal.lastSequence()).toBe(published.at(-2)?.sequence)
      expect(await journal.eventBounds()).toEqual({ completeFrom: 1, last: published.at(-1)?.sequence })
    })

    it('forgets what is older than a moment, and says from where nothing is missing', async () => {
      // W3
      await using gateway = await start()
      const { journal, published } = gateway
      await fill(journal, 6)
      expect(await journal.pruneEvents(later(4), 1_000)).toBe(5)
      expect(await listPercents(journal)).toEqual([4, 5, 6])
      const { completeFrom } = await journal.eventBounds()
      const kept = published.filter(({ at }) => at >= later(4))
      expect(completeFrom).toBe(kept[0]?.sequence)
      expect(await journal.readEvents(null, completeFrom - 1, 100)).toEqual(kept)
    })

    it('forgets the oldest beyond a number', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await fill(journal, 6)
      expect(await journal.pruneEvents(new Date(0), 3)).toBe(5)
      expect(await listPercents(journal)).toEqual([4, 5, 6])
    })

    it('keeps the last event of each task, however old', async () => {
      // W1: a late subscriber still sees how it ended.
      await using gateway = await start()
      const { journal } = gateway
      await fill(journal, 6)
      expect(await journal.pruneEvents(later(1_000), 0)).toBe(6)
      expect(await listPercents(journal)).toEqual([5, 6])
      expect(await journal.pruneEvents(later(1_000), 0)).toBe(0)
      expect((await journal.getTask(sampleTaskId(1)))?.progressPercent).toBe(6)
    })

    it('goes on behind what it left the time before', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await fill(journal, 6)
      await journal.pruneEvents(later(1_000), 0)
      const { completeFrom, last } = await journal.eventBounds()
      for (let percent = 7; percent <= 10; percent += 1) {
        await journal.update(sampleTaskId(1), { progressPercent: percent }, 'PROGRESS', later(percent))
      }
      expect(await journal.pruneEvents(later(9), 1_000)).toBe(3)
      expect(await listPercents(journal)).toEqual([5, 9, 10])
      const bounds = await journal.eventBounds()
      expect(bounds).toEqual({ completeFrom: last + 3, last: last + 4 })
      expect(completeFrom).toBeLessThan(bounds.completeFrom)
    })

    it('forgets thousands while other changes are written', async () => {
      await using gateway = await start()
      const { journal } = gateway
      await fill(journal, 2_000)
      const pruning = journal.pruneEvents(later(1_990), 10_000)
      await journal.update(sampleTaskId(2), { stage: 'in between' }, 'STATE_CHANGE', later(2_001))
      expect(await pruning).toBe(1_991)
      expect((await journal.readEvents(null, 0, 10_000)).at(-1)?.task.stage).toBe('in between')
    }, 120_000)
  })
}
