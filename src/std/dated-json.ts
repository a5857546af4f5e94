/** Marks a text that stands for a date; a text that begins with it anyway gets one more. */
const mark = '@'

const toPlain = (value: unknown): unknown => {
  if (typeof value === 'string') return value.startsWith(mark) ? `${mark}${value}` : value
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return `${mark}${value.getTime()}`
  if (Array.isArray(value)) return value.map(toPlain)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]))
}

const toDated = (value: unknown): unknown => {
  if (typeof value === 'string') {
    if (!value.startsWith(mark)) return value
    return value.startsWith(mark, 1) ? value.slice(1) : new Date(Number(value.slice(1)))
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toDated)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toDated(member)]))
}

/**
 * JSON in which a date comes back as a date, and a text that looks like one as a text. Everything else is as JSON has it:
 * what JSON cannot hold is lost or refused the same way.
 */
export const toDatedJson = (value: unknown): string => JSON.stringify(toPlain(value)) ?? 'null'

/** What {@link toDatedJson} was given. @throws SyntaxError for what is no JSON. */
export const parseDatedJson = (text: string): unknown => toDated(JSON.parse(text))
