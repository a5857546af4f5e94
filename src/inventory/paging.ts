import { DomainError } from '../domain/errors.ts'

/** What a list is sorted by, so that every item has one place. */
export interface Ordering<T> {
  /** Names the order inside cursors: a cursor of another order is refused. */
  readonly name: string
  readonly isDescending: boolean
  readonly toKey: (item: T) => string | number
  /** What tells two items apart; settles ties. */
  readonly toId: (item: T) => string
}

export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Number of matching objects, whatever the page. */
  readonly totalCount: number
}

export const largestPage = 500

type Place = readonly [key: string | number, id: string]

const comparePlaces = (a: Place, b: Place): number => {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] === b[1]) return 0
  return a[1] < b[1] ? -1 : 1
}

const toCursor = (name: string, [key, id]: Place): string =>
  Buffer.from(JSON.stringify([name, key, id]), 'utf8').toString('base64url')

const parseCursor = (cursor: string, name: string): Place => {
  const refused = DomainError.invalidInput('after', 'is not a cursor of this list in this order')
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw refused
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) throw refused
  const [givenName, key, id] = parsed as readonly unknown[]
  if (givenName !== name || typeof id !== 'string') throw refused
  if (typeof key !== 'string' && typeof key !== 'number') throw refused
  return [key, id]
}

/** @throws INVALID_INPUT */
export const requirePageSize = (first: number): number => {
  if (Number.isInteger(first) && first >= 0 && first <= largestPage) return first
  throw DomainError.invalidInput('first', `${first} is not a whole number from 0 to ${largestPage}`)
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
  { first, after }: { readonly first: number; readonly after: string | null },
): Page<T> => {
  requirePageSize(first)
  const sign = ordering.isDescending ? -1 : 1
  const compare = (a: Place, b: Place): number => sign * comparePlaces(a, b)
  const from = after === null ? null : parseCursor(after, ordering.name)
  const placed = items
    .map((node) => ({ node, place: [ordering.toKey(node), ordering.toId(node)] as const }))
    .sort((a, b) => compare(a.place, b.place))
  const start = from === null ? 0 : placed.findIndex(({ place }) => compare(place, from) > 0)
  const chosen = start === -1 ? [] : placed.slice(start, start + first)
  const edges = chosen.map(({ node, place }) => ({ cursor: toCursor(ordering.name, place), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: start !== -1 && start + first < placed.length,
      hasPreviousPage: start === -1 ? placed.length > 0 : start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: items.length,
  }
}
