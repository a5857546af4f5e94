/** A moment, as the gateway writes it or as the page has it. */
export type Moment = string | Date

const toDate = (at: Moment): Date => (typeof at === 'string' ? new Date(at) : at)

const two = (value: number): string => String(value).padStart(2, '0')

/** The browser's local time: `12:03:22`. */
export const formatTime = (at: Moment): string => {
  const date = toDate(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `22 Nov 2026`. */
export const formatDate = (at: Moment): string => {
  const date = toDate(at)
  return `${date.getDate()} ${monthNames[date.getMonth()] ?? ''} ${date.getFullYear()}`
}

/** `22 Nov 12:03`; with the year where it is not this one. */
export const formatDateTime = (at: Moment, now: Date = new Date()): string => {
  const date = toDate(at)
  const year = date.getFullYear() === now.getFullYear() ? '' : ` ${date.getFullYear()}`
  return `${date.getDate()} ${monthNames[date.getMonth()] ?? ''}${year} ${two(date.getHours())}:${two(date.getMinutes())}`
}

const units = [
  { seconds: 86_400, long: 'd', short: 'd' },
  { seconds: 3_600, long: 'h', short: 'h' },
  { seconds: 60, long: 'min', short: 'm' },
  { seconds: 1, long: 's', short: 's' },
] as const

const toParts = (seconds: number): readonly { readonly count: number; readonly unit: (typeof units)[number] }[] => {
  let rest = Math.max(0, Math.round(seconds))
  const parts = units.map((unit) => {
    const count = Math.floor(rest / unit.seconds)
    rest -= count * unit.seconds
    return { count, unit }
  })
  const first = parts.findIndex(({ count }) => count > 0)
  return first === -1
    ? parts.slice(-1)
    : parts.slice(first, first + 2).filter(({ count }, index) => index === 0 || count > 0)
}

/** The two largest units: `2 min 10 s`, `3 h`, `1 d 4 h`. */
export const formatDuration = (seconds: number): string =>
  toParts(seconds)
    .map(({ count, unit }) => `${count} ${unit.long}`)
    .join(' ')

/** For narrow columns: `2m 10s`. */
export const formatShortDuration = (seconds: number): string =>
  toParts(seconds)
    .map(({ count, unit }) => `${count}${unit.short}`)
    .join(' ')

/** `just now`, `4 min ago`, `in 3 h`: one unit. */
export const formatAgo = (at: Moment, now: Date = new Date()): string => {
  const seconds = (now.getTime() - toDate(at).getTime()) / 1000
  if (Math.abs(seconds) < 5) return 'just now'
  const [largest] = toParts(Math.abs(seconds))
  const text = largest === undefined ? '' : `${largest.count} ${largest.unit.long}`
  return seconds < 0 ? `in ${text}` : `${text} ago`
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** In powers of 1000, with three digits at most: `12.4 GB`. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${byteUnits[power] ?? ''}`
}

/** `10,000`. */
export const formatCount = (count: number): string => Math.round(count).toLocaleString('en-GB')

/** `93.2 %`; whole where there is nothing behind the point. */
export const formatPercent = (percent: number): string =>
  `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`

/** `1 group`, `2 groups`. */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
