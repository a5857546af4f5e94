import { DomainError } from '../domain/errors.ts'

/** What a list is sorted by, so that every item has one place. */
export interface Ordering<T> {
  /** Names list and order inside cursors, where a cursor of another one is refused, and tells kept copies apart. */
  readonly name: string
  readonly isDescending: boolean
  readonly toKey: (item: T) => string | number
  /** What tells two items apart; settles ties. */
  readonly toId: (item: T) => string
}

export interface Page<T> {
  readonly nodes: readonly T[]
  /** The place of one of them. Most who ask for a page ask for no cursors but those of its ends. */
  readonly cursorOf: (node: T) => string
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Number of matching objects, whatever the page. */
  readonly totalCount: number
}

/** Where a page stands in its list. Cursors are made when somebody looks at them. */
export const toPageInfo = <T>(
  { nodes, cursorOf }: Pick<Page<T>, 'nodes' | 'cursorOf'>,
  isWithin: Pick<Page<T>['pageInfo'], 'hasNextPage' | 'hasPreviousPage'>,
): Page<T>['pageInfo'] => {
  const toCursorOf = (node: T | undefined): string | null => (node === undefined ? null : cursorOf(node))
  return {
    ...isWithin,
    get startCursor() {
      return toCursorOf(nodes[0])
    },
    get endCursor() {
      return toCursorOf(nodes.at(-1))
    },
  }
}

export const largestPage = 500

interface Place {
  readonly key: string | number
  readonly id: string
}

/** Which page is wanted, looked at and found good. */
export interface PageRequest<T> {
  readonly ordering: Ordering<T>
  readonly first: number
  /** The page begins behind this place; null is the beginning. */
  readonly after: Place | null
}

const comparePlaces = (a: Place, b: Place): number => {
  if (a.key < b.key) return -1
  if (a.key > b.key) return 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

const comparerOf = ({ isDescending }: Ordering<never>): typeof comparePlaces =>
  isDescending ? (a, b) => comparePlaces(b, a) : comparePlaces

const toPlace = <T>({ toKey, toId }: Ordering<T>, item: T): Place => ({ key: toKey(item), id: toId(item) })

const toCursor = (name: string, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([name, key, id]), 'utf8').toString('base64url')

const toCursorRefusal = (): DomainError =>
  DomainError.invalidInput('after', 'is not a cursor of this list in this order')

const parseCursor = (cursor: string, name: string): Place => {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw toCursorRefusal()
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) throw toCursorRefusal()
  const [givenName, key, id] = parsed as readonly unknown[]
  if (givenName !== name || typeof id !== 'string') throw toCursorRefusal()
  if (typeof key !== 'string' && typeof key !== 'number') throw toCursorRefusal()
  return { key, id }
}

/** @throws INVALID_INPUT */
export const requirePageSize = (first: number): number => {
  if (Number.isInteger(first) && first >= 0 && first <= largestPage) return first
  throw DomainError.invalidInput('first', `${first} is not a whole number from 0 to ${largestPage}`)
}

/** @throws INVALID_INPUT for a page size out of bounds or a cursor that is not of this order. */
export const requirePage = <T>(
  ordering: Ordering<T>,
  { first, after }: { readonly first: number; readonly after: string | null },
): PageRequest<T> => ({
  ordering,
  first: requirePageSize(first),
  after: after === null ? null : parseCursor(after, ordering.name),
})

const sortItems = <T>(items: Iterable<T>, ordering: Ordering<T>): readonly T[] => {
  const compare = comparerOf(ordering)
  return Array.from(items, (item) => ({ item, ...toPlace(ordering, item) }))
    .sort(compare)
    .map(({ item }) => item)
}

/** As many different pages of one list are remembered. */
const mostPages = 64
/** What is asked for with more words than this is cut anew. */
const longestQuestion = 2048

/**
 * Lists by id in every order that was asked for: sorted once per list and order, kept for as long as the list is, together with
 * the pages that were cut out of it. Who asks for the same page of the same list gets the same objects in the same array.
 */
export class SortedCopies<T> {
  readonly #copies = new WeakMap<ReadonlyMap<string, T>, Map<string, readonly T[]>>()
  readonly #pages = new WeakMap<readonly T[], Map<string, Page<T>>>()

  /** @param list Is not changed any more: another version is another map. */
  of(list: ReadonlyMap<string, T>, ordering: Ordering<T>): readonly T[] {
    const copies = this.#copies.get(list) ?? new Map<string, readonly T[]>()
    this.#copies.set(list, copies)
    const sorted = copies.get(ordering.name) ?? sortItems(list.values(), ordering)
    copies.set(ordering.name, sorted)
    return sorted
  }

  /** @param filter What `matches` was made from: the same text matches the same objects. */
  page(
    list: ReadonlyMap<string, T>,
    request: PageRequest<T>,
    { filter, matches }: { readonly filter: string; readonly matches: (item: T) => boolean },
  ): Page<T> {
    const { ordering, first, after } = request
    const sorted = this.of(list, ordering)
    const question = JSON.stringify([first, after, filter])
    if (question.length > longestQuestion) return cutPage(sorted, request, matches)
    const pages = this.#pages.get(sorted) ?? new Map<string, Page<T>>()
    this.#pages.set(sorted, pages)
    const page = pages.get(question) ?? cutPage(sorted, request, matches)
    // The map keeps the order of insertion: what was asked for goes to the young end.
    pages.delete(question)
    pages.set(question, page)
    for (const oldest of pages.keys()) if (pages.size > mostPages) pages.delete(oldest)
    return page
  }
}

/** Index of the first item behind a place. */
const findStart = <T>(sorted: readonly T[], ordering: Ordering<T>, after: Place): number => {
  const compare = comparerOf(ordering)
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = sorted[middle]
    if (item !== undefined && compare(toPlace(ordering, item), after) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The wanted page of what matches, in one pass over a list that stands in the order of the request. */
export const cutPage = <T>(
  sorted: readonly T[],
  { ordering, first, after }: PageRequest<T>,
  matches: (item: T) => boolean,
): Page<T> => {
  const start = after === null ? 0 : findStart(sorted, ordering, after)
  const nodes: T[] = []
  let before = 0
  let totalCount = 0
  sorted.forEach((item, index) => {
    if (!matches(item)) return
    totalCount += 1
    if (index < start) before += 1
    else if (nodes.length < first) nodes.push(item)
  })
  const cursorOf = (node: T): string => toCursor(ordering.name, toPlace(ordering, node))
  const isWithin = { hasNextPage: before + nodes.length < totalCount, hasPreviousPage: before > 0 }
  return { nodes, cursorOf, pageInfo: toPageInfo({ nodes, cursorOf }, isWithin), totalCount }
}

/**
 * A page after a cursor. The cursor names a place in the order, not a position: it stays good when the list changes
 * underneath it.
 *
 * @throws INVALID_INPUT for a page size out of bounds or a cursor that is not of this order.
 */
export const toPage = <T>(
  items: readonly T[],
  ordering: Ordering<T>,
  page: { readonly first: number; readonly after: string | null },
): Page<T> => {
  const request = requirePage(ordering, page)
  return cutPage(sortItems(items, ordering), request, () => true)
}
