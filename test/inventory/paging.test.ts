import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toPage, type Ordering, type Page } from '../../src/inventory/paging.ts'

interface Item {
  readonly id: string
  readonly key: number
}

const ordering = (isDescending: boolean): Ordering<Item> => ({
  name: `KEY${isDescending ? '-' : ''}`,
  isDescending,
  toKey: ({ key }) => key,
  toId: ({ id }) => id,
})

const items = fc.uniqueArray(fc.record({ id: fc.uuid(), key: fc.integer({ min: 0, max: 5 }) }), {
  selector: ({ id }) => id,
  maxLength: 60,
})

const walk = (list: (page: number) => readonly Item[], first: number, isDescending: boolean): readonly string[] => {
  const seen: string[] = []
  let after: string | null = null
  for (let number = 0; ; number += 1) {
    const { edges, pageInfo }: Page<Item> = toPage(list(number), ordering(isDescending), { first, after })
    seen.push(...edges.map(({ node }) => node.id))
    if (!pageInfo.hasNextPage) return seen
    after = pageInfo.endCursor
  }
}

it('walks every list in order, each item once, whatever the size of the page', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 20 }), fc.boolean(), (list, first, isDescending) => {
      const sign = isDescending ? -1 : 1
      const sorted = list.toSorted((a, b) => sign * (a.key - b.key || (a.id < b.id ? -1 : 1)))
      expect(walk(() => list, first, isDescending)).toEqual(sorted.map(({ id }) => id))
    }),
  )
})

it('keeps its place when items come and go between two pages', () => {
  fc.assert(
    fc.property(items, items, fc.integer({ min: 1, max: 20 }), (list, others, first) => {
      const stays = new Set(list.map(({ id }) => id))
      const changing = (page: number): readonly Item[] =>
        page % 2 === 0 ? list : [...list, ...others.filter(({ id }) => !stays.has(id))]
      const seen = walk(changing, first, false)
      expect(new Set(seen).size).toBe(seen.length)
      for (const id of stays) expect(seen).toContain(id)
    }),
  )
})

// D6
it.each([-1, 501, 1.5, Number.NaN])('refuses a page of %s', (first) => {
  expect(() => toPage([], ordering(false), { first, after: null })).toThrow(/first/)
})

it('refuses a cursor of another order, and one that nobody made', () => {
  const list = [{ id: 'a', key: 1 }]
  const { pageInfo } = toPage(list, ordering(false), { first: 1, after: null })
  expect(() => toPage(list, ordering(true), { first: 1, after: pageInfo.endCursor })).toThrow(/after/)
  for (const after of [
    '',
    'nonsense',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ]) {
    expect(() => toPage(list, ordering(false), { first: 1, after })).toThrow(/after/)
  }
})
