import { expect, it } from 'vitest'
import { KeptRows } from '../../src/std/kept-rows.ts'

const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

/** Counts how often each object was made something of. */
const keep = (kept: KeptRows<{ readonly id: string }, string>) => (keys: readonly { readonly id: string }[]) => {
  const made: string[] = []
  const values = kept.toAll(keys, (key, known) => {
    if (known !== undefined) return known
    made.push(key.id)
    return key.id.toUpperCase()
  })
  return { values, made }
}

it('makes something of an object once, for as long as the next list holds it, wherever it stands', () => {
  const toAll = keep(new KeptRows())
  expect(toAll([a, b])).toEqual({ values: ['A', 'B'], made: ['a', 'b'] })
  expect(toAll([a, b])).toEqual({ values: ['A', 'B'], made: [] })
  expect(toAll([c, b, a])).toEqual({ values: ['C', 'B', 'A'], made: ['c'] })
  expect(toAll([b])).toEqual({ values: ['B'], made: [] })
  expect(toAll([a, b])).toEqual({ values: ['A', 'B'], made: ['a'] })
})

it('makes something anew of an object that only looks the same', () => {
  const toAll = keep(new KeptRows())
  toAll([a])
  expect(toAll([{ id: 'a' }])).toEqual({ values: ['A'], made: ['a'] })
})
