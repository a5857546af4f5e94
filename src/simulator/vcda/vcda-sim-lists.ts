import { badInput } from './vcda-sim-body.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'

/** Decides about one item of a list; made once for a request from the text of a query parameter. */
export type Filter<T> = (value: string, now: number) => (item: T) => boolean

/** How items compare; a number or a text, null before everything. */
type SortKey<T> = (item: T, now: number) => string | number | null

/** What a list understands. Parameters that it does not know are ignored, as the clients' foreign ones are. */
export interface ListGrammar<T> {
  readonly filters: Readonly<Record<string, Filter<T>>>
  readonly sorts: Readonly<Record<string, SortKey<T>>>
}

/** "If omitted or higher than the server's limits, defaults to 100". */
const largestPage = 100

const readCount = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^\d{1,9}$/.test(text)) throw new VcdaRefusal(refusals.badRequest, `${name} must be a number.`, [name, text])
  return Number(text)
}

const compare = (a: string | number | null, b: string | number | null): number => {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}

const toOrder = <T>(sorts: ListGrammar<T>['sorts'], text: string, now: number): ((a: T, b: T) => number) => {
  const columns = text.split(',').map((column) => {
    const descends = column.endsWith('-')
    const name = descends ? column.slice(0, -1) : column
    const key = Object.hasOwn(sorts, name) ? sorts[name] : undefined
    if (key === undefined) throw badInput(`Cannot sort by ${name}.`, name)
    return { key, sign: descends ? -1 : 1 }
  })
  return (a, b) => {
    for (const { key, sign } of columns) {
      const order = compare(key(a, now), key(b, now))
      if (order !== 0) return order * sign
    }
    return 0
  }
}

/**
 * Filters, sorts and cuts a list into the envelope of this vendor.
 *
 * @throws VcdaRefusal BadRequest for a parameter of the wrong type, BadUserInput for an unknown sort column.
 */
export const listPage = <T>(
  items: Iterable<T>,
  grammar: ListGrammar<T>,
  request: { readonly query: URLSearchParams; readonly now: number; readonly render: (item: T) => Rendered },
): Rendered => {
  const { query, now } = request
  const offset = readCount(query, 'offset', 0)
  const limit = Math.min(largestPage, readCount(query, 'limit', largestPage) || largestPage)
  let found = [...items]
  for (const [name, filter] of Object.entries(grammar.filters)) {
    const value = query.get(name)
    if (value !== null && value !== '') found = found.filter(filter(value, now))
  }
  const sort = query.get('sort')
  if (sort !== null && sort !== '') found.sort(toOrder(grammar.sorts, sort, now))
  return { items: found.slice(offset, offset + limit).map(request.render), limit, offset, total: found.length }
}

/** Equal to the whole text. */
export const equals =
  <T>(read: (item: T) => string | null): Filter<T> =>
  (value) =>
  (item) =>
    read(item) === value

/** Equal to one of a comma list. */
export const oneOf =
  <T>(read: (item: T, now: number) => string): Filter<T> =>
  (value, now) => {
    const wanted = new Set(value.split(','))
    return (item) => wanted.has(read(item, now))
  }

/** As {@link oneOf}, and every word has to be one of `words`. */
export const oneOfWords =
  <T>(words: readonly string[], read: (item: T, now: number) => string): Filter<T> =>
  (value, now) => {
    for (const word of value.split(',')) {
      if (!words.includes(word)) throw new VcdaRefusal(refusals.badRequest, `Unknown value ${word}.`, [word])
    }
    return oneOf(read)(value, now)
  }

/** Contains the text somewhere. */
export const contains =
  <T>(read: (item: T) => string): Filter<T> =>
  (value) =>
  (item) =>
    read(item).includes(value)

/** `true` or `false`. */
export const isFlag =
  <T>(read: (item: T) => boolean): Filter<T> =>
  (value) => {
    if (value !== 'true' && value !== 'false') {
      throw new VcdaRefusal(refusals.badRequest, `${value} is not a boolean.`, [value])
    }
    return (item) => read(item) === (value === 'true')
  }

const readMs = (value: string): number => {
  if (!/^-?\d{1,16}$/.test(value)) throw new VcdaRefusal(refusals.badRequest, `${value} is not a time.`, [value])
  return Number(value)
}

/** Strictly later than the milliseconds given. */
export const isAfter =
  <T>(read: (item: T) => number): Filter<T> =>
  (value) => {
    const bound = readMs(value)
    return (item) => read(item) > bound
  }

/** Strictly earlier than the milliseconds given. */
export const isBefore =
  <T>(read: (item: T) => number): Filter<T> =>
  (value) => {
    const bound = readMs(value)
    return (item) => read(item) < bound
  }
