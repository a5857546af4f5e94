import { setImmediate } from 'node:timers/promises'
import type { SnapshotList } from '../domain/ports/snapshot-store.ts'
import { parseDatedJson, toDatedJson } from '../std/dated-json.ts'
import type { SiteFeed } from './site-feed.ts'

/**
 * Has to grow whenever what a list holds changes its shape: a text of another shape is not looked at. What this one
 * stands for is written down for each vendor, and a test compares.
 */
export const snapshotShape = 2

/** One text of JSON in place of lines; what it holds is the same. */
const wholeShape = 1

/** Objects that are made text of, or read, at a time: in between the others have their turn. */
const chunkSize = 250

/** How far an object may have moved between two lists to be found without being read. */
const nearPlaces = [0, 1, -1, 2, -2, 3, -3, 4, -4] as const

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toSign = ({ adapter }: SiteFeed) => ({ vendor: adapter.vendor, url: adapter.connection().url })

/**
 * The text of a list: a line that says of which site, and a line for each object, in parts. Others have their turn in between,
 * and it is never there as a whole.
 */
export async function* toListText(feed: SiteFeed, value: unknown): AsyncGenerator<string> {
  yield `${toDatedJson({ shape: snapshotShape, ...toSign(feed) })}\n`
  const objects: readonly unknown[] = Array.isArray(value) ? value : [value]
  for (let at = 0; at < objects.length; at += chunkSize) {
    if (at > 0) await setImmediate()
    yield objects
      .slice(at, at + chunkSize)
      .map((object) => `${toDatedJson(object)}\n`)
      .join('')
  }
}

const isUsable = (list: SnapshotList, object: unknown): boolean => {
  if (!isRecord(object)) return false
  if (list === 'report') return isRecord(object['local']) && isRecord(object['capabilities'])
  return typeof object['id'] === 'string'
}

/** A list that was read from a text. An object whose line is the same in the next one is the same object there. */
export interface ReadText {
  /** As the list of a feed has it. */
  readonly value: unknown
  readonly lines: readonly string[]
  readonly objects: readonly unknown[]
}

const parse = (text: string): unknown => {
  try {
    return parseDatedJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Finds the object of a line among those that were read before, near where it stood. */
const createFinder = (known: ReadText | null): ((line: string, place: number) => unknown) => {
  let shift = 0
  return (line, place) => {
    for (const far of nearPlaces) {
      if (known?.lines[place + shift + far] !== line) continue
      shift += far
      return known.objects[place + shift]
    }
    return null
  }
}

const isOfThisSite = (feed: SiteFeed, label: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(toSign(feed)).every(([name, word]) => label[name] === word)

/** What an older version has written: all in one line, which has no end. */
const readWhole = (feed: SiteFeed, list: SnapshotList, text: string): ReadText | null => {
  const whole = parse(text)
  if (!isRecord(whole) || whole['shape'] !== wholeShape || !isOfThisSite(feed, whole)) return null
  const { value } = whole
  if (Array.isArray(value) === (list === 'report')) return null
  const objects: readonly unknown[] = Array.isArray(value) ? value : [value]
  return objects.every((object) => isUsable(list, object)) ? { value, lines: [], objects } : null
}

/**
 * Reads what {@link toListText} wrote, here or at another gateway, also what an older version has written.
 *
 * @param known What was read of the same list before.
 * @returns null where the text is not of this shape, or tells of another site under the same name.
 * @throws What reading the parts throws.
 */
export const readListText = async (
  feed: SiteFeed,
  list: SnapshotList,
  text: string | AsyncIterable<string>,
  known: ReadText | null = null,
): Promise<ReadText | null> => {
  const [lines, objects]: [string[], unknown[]] = [[], []]
  const findKnown = createFinder(known)
  let hasLabel = false
  let rest = ''
  for await (const part of typeof text === 'string' ? [text] : text) {
    const ended = `${rest}${part}`.split('\n')
    rest = ended.pop() ?? ''
    for (const line of ended) {
      const object = hasLabel ? (findKnown(line, lines.length) ?? parse(line)) : parse(line)
      if (!hasLabel) {
        if (!isRecord(object) || object['shape'] !== snapshotShape || !isOfThisSite(feed, object)) return null
        hasLabel = true
        continue
      }
      if (!isUsable(list, object)) return null
      lines.push(line)
      objects.push(object)
      if (lines.length % chunkSize === 0) await setImmediate()
    }
  }
  if (!hasLabel) return readWhole(feed, list, rest)
  if (rest !== '') return null
  if (list !== 'report') return { value: objects, lines, objects }
  return objects.length === 1 ? { value: objects[0], lines, objects } : null
}
