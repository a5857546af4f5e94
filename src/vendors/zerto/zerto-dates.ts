const oldPattern = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/
const isoPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/i

const minuteMs = 60_000

/**
 * Reads a date in any form the product has had: ISO 8601 with a zone (VPGs, checkpoints), ISO without one, which is the
 * site's local time (public documentation of the Tasks API), and `/Date(ms)/` or `/Date(ms+0300)/` (tasks and events up
 * to 7.x; the zone there is for display only).
 *
 * @param utcOffsetMinutes The site's `UtcOffsetInMinutes`, e.g. -240.
 * @returns Null for what is no date, and for the year 1 that .NET writes for "never".
 */
export const findVendorDate = (text: string, utcOffsetMinutes: number): Date | null => {
  const old = oldPattern.exec(text)
  if (old !== null) return toRealDate(Number(old[1]))
  const iso = isoPattern.exec(text.trim())
  if (iso === null) return null
  const [, day, time = '00:00', second = '00', fraction = '0', zone] = iso
  const local = Date.parse(`${day}T${time}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`)
  return toRealDate(local - toOffsetMinutes(zone, utcOffsetMinutes) * minuteMs)
}

/**
 * A date that the parser of its payload has let through, so that {@link findVendorDate} reads it as UTC. One that is no
 * date in the site's own time, at the very ends of the calendar, is taken for UTC.
 */
export const toVendorDate = (text: string, utcOffsetMinutes: number): Date =>
  findVendorDate(text, utcOffsetMinutes) ?? findVendorDate(text, 0) ?? new Date(0)

const toOffsetMinutes = (zone: string | undefined, utcOffsetMinutes: number): number => {
  if (zone === undefined) return utcOffsetMinutes
  if (zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return zone.startsWith('-') ? -minutes : minutes
}

const toRealDate = (time: number): Date | null => {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 ? null : date
}
