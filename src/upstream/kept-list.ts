/*
 * Lists of thousands of objects are read again and again, and almost all of their bytes are those of the time before. An
 * object whose bytes have not changed keeps what was made of it; only of what is left is text made, and parsed. Comparing
 * bytes costs a hundredth of parsing them. All that is looked for in them is ASCII, which in UTF-8 stands for nothing else.
 *
 * Nothing is believed that JSON.parse does not say: the text of every object that is not known goes through it, and so does
 * what stands around the objects. Where these are JSON and the objects stand between them with one comma each, the whole is
 * JSON too, and means the same. Whatever else comes is not taken apart here at all.
 */

/** A list as it came. */
export interface ReadList<T> {
  /** What the list stood in, parsed, with the list itself empty. */
  readonly around: unknown
  /** In their order. An object whose bytes are those of the last time is the same object as then. */
  readonly items: readonly T[]
}

/** How the objects of a list are found and made. */
export interface ListShape<T> {
  /** The member of the outermost object that holds the list; null where the list is all there is. */
  readonly member: string | null
  /** Makes an object of its JSON; null where it is not one of them. */
  readonly parseItem: (json: unknown) => { readonly item: T } | null
}

interface Kept<T> extends ReadList<T> {
  readonly body: Buffer
  /** Where the bytes of each object begins, and one past the comma or bracket behind the last one. */
  readonly starts: readonly number[]
}

/** How far objects may have moved up or down in a list and still be found, counted from the last one that was. */
const reach = 4

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

const skipBlanks = (body: Buffer, from: number): number => {
  let at = from
  while (isBlank(body[at] ?? 0)) at += 1
  return at
}

/** Where the text that begins with the quote at `open` ends; -1 where it does not. */
const findClosingQuote = (body: Buffer, open: number): number => {
  for (let at = open + 1; at < body.length; at += 1) {
    const byte = body[at]
    if (byte === quote) return at
    if (byte === backslash) at += 1
  }
  return -1
}

/** Where the comma, bracket or brace stands that ends the value at `from`; -1 where there is none. */
const findEnd = (body: Buffer, from: number): number => {
  let depth = 0
  for (let at = from; at < body.length; at += 1) {
    const byte = body[at]
    if (byte === quote) {
      at = findClosingQuote(body, at)
      if (at === -1) return -1
    } else if (byte === openBrace || byte === openBracket) depth += 1
    else if (byte === closeBrace || byte === closeBracket) {
      if (depth === 0) return at
      depth -= 1
    } else if (byte === comma && depth === 0) return at
  }
  return -1
}

/** Where the first object of the list begins; -1 where no list is found. */
const findListStart = (body: Buffer, member: string | null): number => {
  let at = skipBlanks(body, 0)
  if (member === null) return body[at] === openBracket ? at + 1 : -1
  if (body[at] !== openBrace) return -1
  for (;;) {
    at = skipBlanks(body, at + 1)
    const nameEnd = body[at] === quote ? findClosingQuote(body, at) : -1
    if (nameEnd === -1) return -1
    const name = body.toString('utf8', at + 1, nameEnd)
    at = skipBlanks(body, nameEnd + 1)
    // A name in another spelling may be that of the list too.
    if (body[at] !== colon || name.includes('\\')) return -1
    at = skipBlanks(body, at + 1)
    if (name === member) return body[at] === openBracket ? at + 1 : -1
    at = findEnd(body, at)
    if (body[at] !== comma) return -1
  }
}

/** What is around the list, without it. Undefined where that is no JSON, or may hold a second list of the same name. */
const parseAround = (before: string, after: string, member: string | null): unknown => {
  if (member !== null && (after.includes('\\') || after.includes(`"${member}"`))) return undefined
  return findJson(`${before}]${after}`)
}

const findJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The newest answer to one question for a list. Keeps its bytes and its objects, once each. */
export class KeptList<T> {
  readonly #shape: ListShape<T>
  #kept: Kept<T> | null = null

  constructor(shape: ListShape<T>) {
    this.#shape = shape
  }

  /**
   * Takes an answer apart: what it says is exactly what JSON.parse and `parseItem` say of the whole. Null where that is not
   * certain or an object is not one of them; then the whole is to be parsed, which tells what is wrong.
   */
  read(body: Buffer): ReadList<T> | null {
    if (this.#kept?.body.equals(body) === true) return this.#kept
    const read = this.#takeApart(body)
    if (read !== null) this.#kept = read
    return read
  }

  #takeApart(body: Buffer): Kept<T> | null {
    const { member } = this.#shape
    const starts = [findListStart(body, member)]
    const items: T[] = []
    // How far the objects stand from where they stood the last time.
    let shift = 0
    for (;;) {
      const start = starts[items.length] ?? -1
      if (start === -1) return null
      const known = this.#findKnown(body, start, items.length + shift)
      const end = known === -1 ? findEnd(body, start) : start + this.#lengthOf(known)
      const isLast = body[end] === closeBracket
      if (isLast && items.length === 0 && skipBlanks(body, start) === end) return this.#finish(body, items, starts, end)
      const item = known === -1 ? this.#findItem(body.toString('utf8', start, end)) : this.#itemAt(known)
      if (item === undefined || (!isLast && body[end] !== comma)) return null
      if (known !== -1) shift = known - items.length
      items.push(item)
      starts.push(end + 1)
      if (isLast) return this.#finish(body, items, starts, end)
    }
  }

  #finish(body: Buffer, items: readonly T[], starts: readonly number[], end: number): Kept<T> | null {
    const around = parseAround(body.toString('utf8', 0, starts[0]), body.toString('utf8', end + 1), this.#shape.member)
    return around === undefined ? null : { body, around, items, starts }
  }

  /** The place in the last list of an object with these very bytes, near the one where it would be; -1 where none is. */
  #findKnown(body: Buffer, start: number, place: number): number {
    if (this.#isAt(place, body, start)) return place
    for (let away = 1; away <= reach; away += 1) {
      if (this.#isAt(place + away, body, start)) return place + away
      if (this.#isAt(place - away, body, start)) return place - away
    }
    return -1
  }

  #isAt(place: number, body: Buffer, start: number): boolean {
    const kept = this.#kept
    const from = kept?.starts[place]
    const end = start + this.#lengthOf(place)
    const next = body[end]
    if (kept === null || from === undefined || (next !== comma && next !== closeBracket)) return false
    return body.compare(kept.body, from, from + end - start, start, end) === 0
  }

  /** Of the bytes of an object of the last list; not a number where there is no such object. */
  #lengthOf(place: number): number {
    const starts = this.#kept?.starts
    return (starts?.[place + 1] ?? Number.NaN) - (starts?.[place] ?? Number.NaN) - 1
  }

  #itemAt(place: number): T | undefined {
    return this.#kept?.items[place]
  }

  #findItem(text: string): T | undefined {
    const json = findJson(text)
    return json === undefined ? undefined : this.#shape.parseItem(json)?.item
  }
}
