import { describe, expect, test } from 'vitest'
import { RowPages, type RowPage } from '../../src/console/groups/row-pages.ts'

interface Row {
  readonly id: number
  readonly note: string
}

/** A list of 25 rows in pages of 10, with the pages that were asked for. */
const startList = (list: readonly number[] = Array.from({ length: 25 }, (_, index) => index)) => {
  const asked: (string | null)[] = []
  const state = { list, isBroken: false, note: 'first' }
  const readPage = async (after: string | null): Promise<RowPage<Row, string>> => {
    asked.push(after)
    if (state.isBroken) throw new Error('The gateway does not answer')
    const start = after === null ? 0 : Number(after)
    const rows = state.list.slice(start, start + 10).map((id) => ({ id, note: state.note }))
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

const idsOf = (pages: RowPages<Row, string>) => pages.getView().rows.map(({ id }) => id)

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
    const notes = () => pages.getView().rows.map(({ note }) => note)
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
