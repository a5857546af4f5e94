import { describe, expect, test } from 'vitest'
import { RowPages, type PageWish, type RowPage } from '../../src/console/groups/row-pages.ts'

interface Row {
  readonly id: number
  readonly note: string
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** A list of 25 rows in pages of 10, with the pages that were asked for. */
const startList = (list: readonly number[] = numbers(25)) => {
  const asked: (string | null)[] = []
  const state = { list, isBroken: false, note: 'first' }
  const readPage = async ({ after, isBackwards }: PageWish): Promise<RowPage<Row, string>> => {
    asked.push(isBackwards ? `back ${after}` : after)
    if (state.isBroken) throw new Error('The gateway does not answer')
    const start = after === null ? 0 : Number(after)
    const ordered = isBackwards ? state.list.toReversed() : state.list
    const rows = ordered.slice(start, start + 10).map((id) => ({ id, note: state.note }))
    const end = start + 10
    return {
      rows,
      totalCount: state.list.length,
      endCursor: end < state.list.length ? String(end) : null,
      coverage: [],
    }
  }
  return { asked, state, pages: new RowPages<Row, string>({ readPage, toId: ({ id }) => String(id), now: () => 7 }) }
}

const idsOf = (pages: RowPages<Row, string>) => pages.getView().rows.map((row) => row?.id)

describe('the rows of a list', () => {
  test('come page by page as far as somebody looks, and know how many there are from the first page on', async () => {
    const { asked, pages } = startList()
    await pages.want(0, 5)
    expect(pages.getView()).toMatchObject({ totalCount: 25, isLoading: false, problem: null, readAtMs: 7 })
    expect(idsOf(pages)).toHaveLength(10)
    await pages.want(0, 11)
    expect(asked).toEqual([null, '10'])
    await pages.want(0, 1000)
    expect(idsOf(pages)).toHaveLength(25)
    await pages.want(0, 1000)
    expect(asked).toEqual([null, '10', '20'])
  })

  test('are read on further when somebody scrolls while a page is on its way', async () => {
    const { asked, pages } = startList()
    await Promise.all([pages.want(0, 1), pages.want(0, 25)])
    expect(asked).toEqual([null, '10', '20'])
  })

  test('at the end of a long list are one page away, those before them are read from the nearer end', async () => {
    const { asked, pages } = startList(numbers(100))
    await pages.want(0, 5)
    await pages.want(95, 100)
    expect(asked).toEqual([null, 'back null'])
    expect(idsOf(pages)).toHaveLength(100)
    expect(idsOf(pages).slice(88, 100)).toEqual([undefined, undefined, ...numbers(100).slice(90)])
    expect(pages.getView()).toMatchObject({ totalCount: 100, readCount: 20 })
    await pages.want(75, 80)
    expect(asked.slice(2)).toEqual(['back 10', 'back 20'])
    await pages.want(22, 25)
    expect(asked.slice(4)).toEqual(['10', '20'])
    await pages.want(0, 100)
    expect(idsOf(pages)).toEqual(numbers(100))
    expect(asked).toHaveLength(10)
    await pages.want(0, 100)
    expect(asked).toHaveLength(10)
  })

  test('read from the end are read again and replaced like the others', async () => {
    const { asked, state, pages } = startList(numbers(100))
    await pages.want(0, 5)
    await pages.want(95, 100)
    pages.patch([{ id: 97, note: 'newer' }])
    expect(pages.getView().rows[97]).toEqual({ id: 97, note: 'newer' })
    state.note = 'second'
    state.list = numbers(99)
    asked.length = 0
    await pages.reload()
    expect(asked).toEqual(['back null'])
    expect(idsOf(pages)).toHaveLength(99)
    expect(pages.getView().rows.at(-1)).toEqual({ id: 98, note: 'second' })
    expect(pages.getView().rows[0]?.note).toBe('first')
  })

  test('of an empty list are asked for once', async () => {
    const { asked, pages } = startList([])
    await pages.want(0, 50)
    await pages.want(0, 50)
    expect(asked).toEqual([null])
    expect(pages.getView().totalCount).toBe(0)
  })

  test('stay when a page does not come, with the reason, and go on when it is asked for again', async () => {
    const { state, pages } = startList()
    await pages.want(0, 1)
    state.isBroken = true
    await pages.want(0, 20)
    expect(pages.getView()).toMatchObject({ problem: 'The gateway does not answer', isLoading: false })
    expect(idsOf(pages)).toHaveLength(10)
    state.isBroken = false
    await pages.want(0, 20)
    expect(pages.getView().problem).toBeNull()
    expect(idsOf(pages)).toHaveLength(20)
  })

  test('appear once when one has moved between two pages', async () => {
    const { state, pages } = startList()
    await pages.want(0, 1)
    state.list = [99, ...state.list]
    await pages.want(0, 20)
    expect(idsOf(pages).filter((id) => id === 9)).toEqual([9])
  })

  test('are replaced one by one, and all the others stay the same objects', async () => {
    const { pages } = startList()
    await pages.want(0, 10)
    const [first, second] = pages.getView().rows
    pages.patch([
      { id: 1, note: 'newer' },
      { id: 77, note: 'not here' },
    ])
    expect(pages.getView().rows.slice(0, 2)).toEqual([first, { id: 1, note: 'newer' }])
    expect(pages.getView().rows[0]).toBe(first)
    expect(second?.note).toBe('first')
  })

  test('are read again only where somebody looks, and the others when somebody does', async () => {
    const { asked, state, pages } = startList()
    await pages.want(0, 25)
    await pages.want(12, 18)
    state.note = 'second'
    asked.length = 0
    await pages.reload()
    expect(asked).toEqual(['10'])
    const notes = () => pages.getView().rows.map((row) => row?.note)
    expect([notes()[0], notes()[12], notes()[24]]).toEqual(['first', 'second', 'first'])
    await pages.want(0, 25)
    expect(asked).toEqual(['10', null, '20'])
    expect(new Set(notes())).toEqual(new Set(['second']))
  })

  test('end where the list ends now, when it has become shorter', async () => {
    const { state, pages } = startList()
    await pages.want(0, 25)
    state.list = state.list.slice(0, 7)
    await pages.want(0, 5)
    await pages.reload()
    expect(idsOf(pages)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(pages.getView().totalCount).toBe(7)
  })

  test('do not change any more when nobody looks', async () => {
    const { pages } = startList()
    const seen: number[] = []
    pages.subscribe(() => seen.push(pages.getView().rows.length))
    const reading = pages.want(0, 1)
    pages.dispose()
    await reading
    expect(pages.getView().rows).toEqual([])
  })
})
