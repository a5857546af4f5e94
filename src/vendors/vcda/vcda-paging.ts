import type { PageWire } from './vcda-wire.ts'

/** Far more replications than an appliance can hold; ends a list that never does. */
const mostItems = 50_000

/** How often a list is read at most until it stands still meanwhile. */
const mostTries = 3

/** Pages of fewer objects than asked for are followed, but not without end. */
const mostPages = 1000

/**
 * How many pages of one list are asked for at once: fewer than the places of a site, so that no page of a long list waits
 * in the queue until its time is over, and nothing else waits behind all of them.
 */
const pagesAtOnce = 6

interface Listed<T> {
  readonly items: readonly T[]
  /** What each page said how many there are, without repetition. */
  readonly totals: ReadonlySet<number>
}

/**
 * Reads a paged list: the first page tells how many there are, the others are asked for side by side, some at a time.
 * Objects may come and go meanwhile, so that a page shifts and an object falls between two of them, also where the number
 * adds up: a list whose pages do not all tell of as many objects as came, each counted once, is read again.
 *
 * @param getPage Asks for the page that starts at the offset.
 * @param toProblem Makes the error of a list that cannot be whole.
 */
export const listAllPages = async <T extends { readonly id: string }>(
  getPage: (offset: number) => Promise<PageWire<T>>,
  toProblem: (why: string) => Error,
): Promise<readonly T[]> => {
  let why = ''
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { items, totals } = await readOnce(getPage, toProblem)
    if (totals.size === 1 && totals.has(items.length)) return items
    why = `gives ${items.length} different objects and says that there are ${[...totals].join(', then ')}`
  }
  throw toProblem(why)
}

const readOnce = async <T extends { readonly id: string }>(
  getPage: (offset: number) => Promise<PageWire<T>>,
  toProblem: (why: string) => Error,
): Promise<Listed<T>> => {
  const first = await getPage(0)
  if (first.total > mostItems) throw toProblem(`says that there are ${first.total}, more than ${mostItems}`)
  const step = first.items.length
  if (step === 0 || step >= first.total) return toListed([first])
  if (first.total / step > mostPages) throw toProblem(`gives ${step} of ${first.total} objects in a page`)
  const offsets = Array.from({ length: Math.ceil(first.total / step) - 1 }, (_, page) => (page + 1) * step)
  return toListed([first, ...(await readPages(offsets, getPage))])
}

/** In the order of the offsets. After one that fails no other is begun. */
const readPages = async <T>(
  offsets: readonly number[],
  getPage: (offset: number) => Promise<PageWire<T>>,
): Promise<readonly PageWire<T>[]> => {
  const left = [...offsets]
  const pages = new Map<number, PageWire<T>>()
  const readOn = async (): Promise<void> => {
    for (let offset = left.shift(); offset !== undefined; offset = left.shift()) {
      try {
        pages.set(offset, await getPage(offset))
      } catch (error) {
        left.length = 0
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: pagesAtOnce }, readOn))
  return offsets.flatMap((offset) => pages.get(offset) ?? [])
}

const toListed = <T extends { readonly id: string }>(pages: readonly PageWire<T>[]): Listed<T> => ({
  items: [...new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item])).values()],
  totals: new Set(pages.map(({ total }) => total)),
})
