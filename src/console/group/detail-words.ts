import { formatBytes, formatDateTime, formatDuration, formatPercent } from '../format.ts'
import { toWords } from '../status.ts'

/** One line of what only a vendor tells. */
export interface DetailEntry {
  readonly label: string
  readonly text: string
}

/** `sourceStateAgeSeconds` -> `Source state age seconds`. */
const toLabel = (name: string): string =>
  toWords(
    name
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
      .replace(/^is_/i, '')
      .replaceAll(/__+/g, '_'),
  )

// The unit is the last word of a name, everywhere in the contract.
const units: readonly (readonly [ending: RegExp, toText: (value: number) => string])[] = [
  [/BytesPerSecond$/, (value) => `${formatBytes(value)}/s`],
  [/Mbps$/, (value) => `${value} Mbit/s`],
  [/Seconds$/, formatDuration],
  [/Minutes$/, (value) => formatDuration(value * 60)],
  [/Bytes$/, formatBytes],
  [/Percent$/, formatPercent],
]

const toEntry = (name: string, value: string | number | boolean): DetailEntry => {
  if (typeof value === 'boolean') return { label: toLabel(name), text: value ? 'Yes' : 'No' }
  if (typeof value === 'string') {
    return name.endsWith('At')
      ? { label: toLabel(name.slice(0, -2)), text: formatDateTime(value) }
      : { label: toLabel(name), text: value }
  }
  const unit = units.find(([ending]) => ending.test(name))
  return unit === undefined
    ? { label: toLabel(name), text: String(value) }
    : { label: toLabel(name.replace(unit[0], '')), text: unit[1](value) }
}

/**
 * Whatever a vendor tells, line by line: what is within something is called after both. What it does not tell is left out.
 * Nothing here knows a vendor, so that a new field of one needs no word here.
 */
export const toDetailEntries = (details: object, prefix = ''): readonly DetailEntry[] =>
  Object.entries(details).flatMap(([name, value]: [string, unknown]): readonly DetailEntry[] => {
    const full = prefix === '' ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`
    if (value === null || value === undefined || value === '' || name === '__typename') return []
    if (Array.isArray(value)) {
      if (value.length === 0) return []
      const isPlain = value.every((item) => typeof item !== 'object')
      return isPlain
        ? [{ label: toLabel(full), text: value.join(', ') }]
        : value.flatMap((item: unknown, index) => toDetailEntries({ [`${full} ${index + 1}`]: item }))
    }
    if (typeof value === 'object') return toDetailEntries(value, full)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [toEntry(full, value)]
      : []
  })
