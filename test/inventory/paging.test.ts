import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutPage, requirePage, SortedCopies, toPage, type Ordering, type Page } from '../../src/inventory/paging.ts'

interface Item {
  readonly id: string
  readonly key: number | string
}

const ordering = (isDescending: boolean, name = 'KEY'): Ordering<Item> => ({
  name: `${name}${isDescending ? '-' : ''}`,
  isDescending,
  toKey: ({ key }) => key,
  toId: ({ id }) => id,
})

const toItems = (key: fc.Arbitrary<number | string>): fc.Arbitrary<readonly Item[]> =>
  fc.uniqueArray(fc.record({ id: fc.uuid(), key }), { selector: ({ id }) => id, maxLength: 60 })

// Few keys, so that many items share one; texts with signs that sort and encode oddly.
const items = fc.oneof(
  toItems(fc.integer({ min: -1, max: 5 })),
  toItems(fc.constantFrom('', 'a', 'b', 'ä', '"', '\\', '你', '😀', '\u0000')),
)
const pageSizes = fc.integer({ min: 1, max: 20 })

/** More than the places at which any item of these lists can stand. */
const mostPages = 1000

const toCursorOf = ({ cursorOf }: Page<Item>, item: Item | undefined): string | null =>
  item === undefined ? null : cursorOf(item)

/** Reads page after page to the end, each from what the list is by then. */
const walk = (pageOf: (after: string | null, number: number) => Page<Item>): readonly Item[] => {
  const seen: Item[] = []
  let after: string | null = null
  for (let number = 0; number < mostPages; number += 1) {
    const { nodes, pageInfo } = pageOf(after, number)
    seen.push(...nodes)
    if (!pageInfo.hasNextPage) return seen
    after = pageInfo.endCursor
  }
  throw new Error('the list has no end')
}

const compare = (a: Item, b: Item): number => {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
const sort = (list: readonly Item[], isDescending: boolean): readonly Item[] => {
  const sorted = list.toSorted(compare)
  return isDescending ? sorted.toReversed() : sorted
}

it('walks every list in order, each item once, whatever the size of the page', () => {
  fc.assert(
    fc.property(items, pageSizes, fc.boolean(), (list, first, isDescending) => {
      const seen = walk((after) => toPage(list, ordering(isDescending), { first, after }))
      expect(seen).toEqual(sort(list, isDescending))
    }),
  )
})

it('gives what stays exactly once and in order while other items come, go and change their places', () => {
  // Of each item: whether it stays, and if not, where it stands (or that it is gone) in one version after another.
  const lives = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      key: fc.integer({ min: 0, max: 5 }),
      stays: fc.boolean(),
      life: fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 5 }),
    }),
    { selector: ({ id }) => id, maxLength: 60 },
  )
  fc.assert(
    fc.property(lives, pageSizes, fc.boolean(), (all, first, isDescending) => {
      const versionOf = (number: number): ReadonlyMap<string, Item> =>
        new Map(
          all.flatMap(({ id, key, stays, life }) => {
            const place = stays ? key : (life[number % life.length] ?? null)
            return place === null ? [] : [[id, { id, key: place }] as const]
          }),
        )
      const copies = new SortedCopies<Item>()
      const order = ordering(isDescending)
      const seen = walk((after, number) =>
        cutPage(copies.of(versionOf(number), order), requirePage(order, { first, after }), () => true),
      )
      const staying = all.filter(({ stays }) => stays)
      const ids = new Set(staying.map(({ id }) => id))
      expect(seen.filter(({ id }) => ids.has(id)).map(({ id }) => id)).toEqual(
        sort(staying, isDescending).map(({ id }) => id),
      )
      expect(seen).toEqual(sort(seen, isDescending))
    }),
  )
})

it('counts and cuts only what matches, and says what lies on either side', () => {
  fc.assert(
    fc.property(items, fc.nat({ max: 5 }), fc.nat(), fc.func(fc.boolean()), (list, first, from, matches) => {
      const sorted = sort(list, false)
      const after = sorted[from % (sorted.length + 1)]
      const chosen = sorted.filter((item) => matches(item))
      const behind = after === undefined ? chosen : chosen.filter((item) => compare(item, after) > 0)
      // The cursor of an item that need not match itself: of another filter's page.
      const cursor =
        after === undefined ? null : toPage([after], ordering(false), { first: 1, after: null }).pageInfo.endCursor
      const page = cutPage(sorted, requirePage(ordering(false), { first, after: cursor }), (item) => matches(item))
      expect(page.nodes).toEqual(behind.slice(0, first))
      expect(page.totalCount).toBe(chosen.length)
      expect(page.pageInfo).toEqual({
        hasNextPage: behind.length > first,
        hasPreviousPage: behind.length < chosen.length,
        startCursor: toCursorOf(page, page.nodes[0]),
        endCursor: toCursorOf(page, page.nodes.at(-1)),
      })
    }),
  )
})

it('goes on behind an item that is gone', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, key: 1 }))
  if (a === undefined || b === undefined || c === undefined) throw new Error('three items')
  const { pageInfo } = toPage([a, b, c], ordering(false), { first: 2, after: null })
  const { nodes } = toPage([a, c], ordering(false), { first: 2, after: pageInfo.endCursor })
  expect(nodes).toEqual([c])
})

it('sorts a list once per order, and again when it is another list', () => {
  const list = new Map([1, 3, 2].map((key) => [`${key}`, { id: `${key}`, key }]))
  const copies = new SortedCopies<Item>()
  const ascending = copies.of(list, ordering(false))
  expect(ascending.map(({ key }) => key)).toEqual([1, 2, 3])
  expect(copies.of(list, ordering(false))).toBe(ascending)
  expect(copies.of(list, ordering(true)).map(({ key }) => key)).toEqual([3, 2, 1])
  const other = new Map([...list, ['0', { id: '0', key: 0 }]])
  expect(copies.of(other, ordering(false)).map(({ key }) => key)).toEqual([0, 1, 2, 3])
})

// D6
it.each([-1, 501, 1.5, Number.NaN])('refuses a page of %s', (first) => {
  expect(() => toPage([], ordering(false), { first, after: null })).toThrow(/first/)
})

it('gives an empty page, and the whole count, when none is asked for', () => {
  const list = [{ id: 'a', key: 1 }]
  const { nodes, totalCount, pageInfo } = toPage(list, ordering(false), { first: 0, after: null })
  expect({ nodes, totalCount, pageInfo }).toEqual({
    nodes: [],
    totalCount: 1,
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
  })
})

const made = (text: string): string => Buffer.from(text).toString('base64url')

// D6
it('refuses a cursor of another order or list, and one that nobody made', () => {
  const list = [{ id: 'a', key: 1 }]
  const { endCursor } = toPage(list, ordering(false), { first: 1, after: null }).pageInfo
  for (const other of [ordering(true), ordering(false, 'OTHER')]) {
    expect(() => toPage(list, other, { first: 1, after: endCursor })).toThrow(/after/)
  }
  for (const after of ['', 'nonsense', made('[1,2]'), made('{}'), made('["KEY",null,"a"]'), made('["KEY",1,2]')]) {
    expect(() => toPage(list, ordering(false), { first: 1, after })).toThrow(/after/)
  }
})

it('gives the same page again for the same question about the same list, and for no other', () => {
  const list = new Map(['3', '1', '2'].map((id): [string, Item] => [id, { id, key: Number(id) }]))
  const copies = new SortedCopies<Item>()
  const ask = (of: ReadonlyMap<string, Item>, first: number, least: number, isDescending = false) => {
    const order = ordering(isDescending)
    const filter = { filter: `from ${least}`, matches: ({ key }: Item) => Number(key) >= least }
    return copies.page(of, requirePage(order, { first, after: null }), filter).nodes
  }
  const page = ask(list, 2, 1)
  expect(page.map(({ id }) => id)).toEqual(['1', '2'])
  expect(ask(list, 2, 1)).toBe(page)
  expect(ask(list, 1, 1).map(({ id }) => id)).toEqual(['1'])
  expect(ask(list, 2, 2).map(({ id }) => id)).toEqual(['2', '3'])
  expect(ask(list, 2, 1, true).map(({ id }) => id)).toEqual(['3', '2'])
  const other = new Map([...list, ['0', { id: '0', key: 0 }]])
  expect(ask(other, 2, 0).map(({ id }) => id)).toEqual(['0', '1'])
  for (let least = -200; least < 0; least += 1) ask(list, 2, least)
  expect(ask(list, 2, 1)).toEqual(page)
  expect(ask(list, 2, 1)).not.toBe(page)
})
