import { array, assert, constantFrom, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { CheckpointJournal } from '../../../src/simulator/zerto/zerto-sim-journal.ts'

const second = 1000
const start = Date.UTC(2026, 0, 1)

test('writes a checkpoint every five seconds from the full second on', () => {
  const journal = new CheckpointJournal(60, 100)
  journal.open(start - 1)
  const found = journal.list(start + 12 * second, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  expect(found).toEqual([
    { id: '100', at: start, tag: null },
    { id: '101', at: start + 5 * second, tag: null },
    { id: '102', at: start + 10 * second, tag: null },
  ])
})

test('has nothing before it was opened, and nothing after it was cleared', () => {
  const journal = new CheckpointJournal(60, 1)
  expect(journal.latest(start)).toBeNull()
  journal.open(start)
  expect(journal.earliest(start)?.id).toBe('1')
  journal.clear(start + 60 * second)
  expect([journal.earliest(start + 99 * second), journal.find('1', start + 99 * second)]).toEqual([null, null])
  journal.open(start + 100 * second)
  expect(journal.latest(start + 100 * second)?.id).toBe('14')
})

test('reaches back as far as its history from the newest checkpoint, also while none is written', () => {
  const journal = new CheckpointJournal(10, 1)
  journal.open(start)
  const later = start + 60 * 60 * second
  expect(journal.earliest(later)?.at).toBe(later - 10 * 60 * second)
  journal.close(later)
  expect(journal.earliest(later + 86_400 * second)?.at).toBe(later - 10 * 60 * second)
})

test('finds by id only what it still holds', () => {
  const journal = new CheckpointJournal(1, 1)
  journal.open(start)
  const now = start + 120 * second
  expect(journal.find('25', now)?.at).toBe(now)
  expect(journal.find('13', now)?.at).toBe(now - 60 * second)
  for (const id of ['12', '26', '025', 'x', '-1', '']) expect(journal.find(id, now)).toBeNull()
})

test('keeps ids unique and growing with time, whatever is opened, closed, tagged and cleared', () => {
  const step = record({ action: constantFrom('open', 'close', 'insert', 'clear', 'wait'), ms: nat(40_000) })
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      const journal = new CheckpointJournal(60, 1)
      let now = start
      let highest = 0
      for (const { action, ms } of steps) {
        now += ms
        if (action === 'open') journal.open(now)
        if (action === 'close') journal.close(now)
        if (action === 'clear') journal.clear(now)
        const inserted = action === 'insert' ? journal.insert(now, 'tag') : null
        expect(inserted === null ? null : journal.find(inserted.id, now)).toEqual(inserted)
        const all = journal.list(now, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
        const ordered = all.toSorted((one, other) => Number(one.id) - Number(other.id))
        expect(all).toEqual(ordered)
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
        expect(all.every(({ at }, index) => at >= (all[index - 1]?.at ?? 0))).toBe(true)
        expect(journal.latest(now)).toEqual(all.at(-1) ?? null)
        expect(journal.earliest(now)).toEqual(all[0] ?? null)
        for (const checkpoint of all) expect(journal.find(checkpoint.id, now)).toEqual(checkpoint)
        // An id that was given once is never given again.
        const newest = Number(all.at(-1)?.id ?? highest)
        expect(newest).toBeGreaterThanOrEqual(action === 'clear' ? 0 : highest)
        highest = Math.max(highest, newest)
      }
    }),
    { numRuns: 200 },
  )
})
