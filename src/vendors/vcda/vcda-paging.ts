import type { PageWire } from './vcda-wire.ts'

/** Far more replications than an appliance can hold; ends a list that never does. */
const mostItems = 50_000

/** Pages of fewer objects than asked for are followed, but not without end. */
const mostPages = 1000

interface Listed<T> {
  readonly items: readonly T[]
  /** What the newest page said. */
  readonly total: number
}

/**
 * Reads a paged list: the first page tells how many there are, the others are asked for side by side. Objects may come
 * and go meanwhile, so that a page shifts: what comes twice counts once, and a list that does not add up is read
 * again, once.
 *
 * @param getPage Asks for the page that starts at the offset.
 * @param toProblem Makes the error of a list that cannot be whole.
 */
export const listAllPages = async <T extends { readonly id: string }>(
  getPage: (offset: number) => Promise<PageWire<T>>,
  toProblem: (why: string) => Error,
): Promise<readonly T[]> => {
  const first = await readOnce(getPage, toProblem)
  if (first.items.length === first.total) return first.items
  const second = await readOnce(getPage, toProblem)
  if (second.items.length === second.total) return second.items
  throw toProblem(`gives ${second.items.length} different objects and says that there are ${second.total}`)
}

const readOnce = async <T extends { readonly id: string }>(
  getPage: (offset: number) => Promise<PageWire<T>>,
  toProblem: (why: string) => Error,
): Promise<Listed<T>> => {
  const first = await getPage(0)
  if (first.total > mostItems) throw toProblem(`says that there are ${first.total}, more than ${mostItems}`)
  const step = first.items.length
  if (step === 0 || step >= first.total) return { items: toUnique([first]), total: first.total }
  if (first.total / step > mostPages) throw toProblem(`gives ${step} of ${first.total} objects in a page`)
  const offsets = Array.from({ length: Math.ceil(first.total / step) - 1 }, (_, page) => (page + 1) * step)
  const pages = [first, ...(await Promise.all(offsets.map(getPage)))]
  return { items: toUnique(pages), total: pages.at(-1)?.total ?? first.total }
}

const toUnique = <T extends { readonly id: string }>(pages: readonly PageWire<T>[]): readonly T[] => [
  ...new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item])).values(),
]
