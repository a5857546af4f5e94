import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rpoVerdicts } from '../../src/domain/rpo.ts'
import { mergeRpoRows, toRpoBucket, toRpoRow, toSlot } from '../../src/journal/rpo-row.ts'

const quarterMs = 15 * 60_000
const hourMs = 4 * quarterMs

const anyRows = fc
  .uniqueArray(
    fc.record({
      time: fc.integer({ min: 0, max: 5 * hourMs }),
      // Whole numbers, whose sums are the same in any order.
      actualSeconds: fc.option(fc.nat(100_000)),
      targetSeconds: fc.option(fc.nat(10_000)),
      verdict: fc.constantFrom(...rpoVerdicts),
    }),
    { selector: ({ time }) => time, maxLength: 80 },
  )
  .map((samples) => samples.map(({ time, ...sample }) => toRpoRow({ ...sample, groupId: 'group', at: new Date(time) })))

describe('merging rows', () => {
  it('gives the same whatever the order, and however often it was done in part before', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(80), (rows, cut) => {
        const whole = mergeRpoRows(rows, hourMs)
        expect(mergeRpoRows(rows.toReversed(), hourMs)).toEqual(whole)
        expect(mergeRpoRows(mergeRpoRows(rows, quarterMs), hourMs)).toEqual(whole)
        const [some, others] = [rows.slice(0, cut), rows.slice(cut)]
        expect(mergeRpoRows([...mergeRpoRows(some, hourMs), ...others], hourMs)).toEqual(whole)
      }),
    )
  })

  it('gives one row for each slot with a row in it, and none for a gap', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const slots = new Set(rows.map(({ slot_at }) => toSlot(slot_at, quarterMs)))
        const merged = mergeRpoRows(rows, quarterMs)
        expect(merged.map(({ slot_at }) => slot_at)).toEqual([...slots].toSorted((one, other) => one - other))
        for (const { slot_at, from_at, to_at } of merged) {
          expect(from_at).toBeGreaterThanOrEqual(slot_at)
          expect(to_at).toBeLessThan(slot_at + quarterMs)
        }
      }),
    )
  })

  it('gives an average that is never out of its bounds', () => {
    const rows = [0, 1, 2].map((time) =>
      toRpoRow({ groupId: 'group', at: new Date(time), actualSeconds: 0.1, targetSeconds: null, verdict: 'MEETING' }),
    )
    expect(mergeRpoRows(rows, hourMs).map(toRpoBucket)).toMatchObject([
      { minSeconds: 0.1, maxSeconds: 0.1, averageSeconds: 0.1 },
    ])
  })
})
