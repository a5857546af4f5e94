import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCanonicalJson } from '../../src/std/canonical-json.ts'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, shuffled(member)]),
  )
}

it('is the same whatever the order of the members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toCanonicalJson(shuffled(value))).toBe(toCanonicalJson(value))
    }),
  )
})

it.each([
  [{ a: 1 }, { a: 1, b: null, c: undefined }],
  [{ at: new Date('2026-01-01T00:00:00Z') }, { at: '2026-01-01T00:00:00.000Z' }],
])('takes %j and %j for the same', (one, other) => {
  expect(toCanonicalJson(one)).toBe(toCanonicalJson(other))
})

it.each([
  [{ a: 1 }, { a: '1' }],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: { b: 1 } }, { b: { a: 1 } }],
  [{ a: [null] }, { a: [] }],
])('tells %j from %j', (one, other) => {
  expect(toCanonicalJson(one)).not.toBe(toCanonicalJson(other))
})
