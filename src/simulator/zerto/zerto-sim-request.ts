import type { ServiceReply, ServiceRequest } from '../http-service.ts'
import { findEnumNumber } from './zerto-sim-enums.ts'
import { messages, reportPageSize, statusOf } from './zerto-sim-inferred.ts'

/** What the simulated ZVM answers instead of doing what was asked: `{"Message": "..."}` with the status. */
export class ZvmRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  /** A business rule said no. */
  static rule(message: string): ZvmRefusal {
    return new ZvmRefusal(statusOf.refused, message)
  }

  /** An id names nothing. */
  static unknown(what: string, id: string): ZvmRefusal {
    return new ZvmRefusal(statusOf.unknownObject, messages.unknown(what, id))
  }

  /** A value could not be read. */
  static badInput(detail: string): ZvmRefusal {
    return new ZvmRefusal(statusOf.badInput, messages.badInput(detail))
  }
}

/** A JSON answer with status 200. A bare string is written with its quotes. */
export const jsonReply = (value: unknown, status = 200): ServiceReply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
})

/** A 200 without a body, as changes of settings, alerts and clones are answered. */
export const emptyReply: ServiceReply = { status: 200 }

/** A 204, as the licence of an unlicensed ZVM is answered. */
export const noContentReply: ServiceReply = { status: 204 }

/** True when every type the caller accepts is XML; without an Accept, and for everything else, there is JSON. */
export const acceptsOnlyXml = (request: ServiceRequest): boolean => {
  const types = (request.headers['accept'] ?? '')
    .split(',')
    .map((item) => item.split(';')[0]?.trim().toLowerCase() ?? '')
  return types.every((type) => /^(?:application|text)\/(?:xml|.+\+xml)$/.test(type))
}

/** `JSON.rawJSON`, which Node has and the compiler's library does not know yet. */
const rawJson = (text: string): unknown => {
  const make: unknown = Reflect.get(JSON, 'rawJSON')
  if (typeof make !== 'function') throw new Error('JSON.rawJSON is missing')
  return Reflect.apply(make, JSON, [text])
}

/** An int64 over 2^53, which a JavaScript number cannot hold: written as a JSON number with all its digits. */
export const int64 = (digits: string): unknown => rawJson(digits)

/** True for a JSON object. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of a JSON object, its name compared without case; undefined when it is missing. */
export const memberOf = (value: unknown, name: string): unknown => {
  if (!isRecord(value)) return undefined
  const wanted = name.toLowerCase()
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === wanted)
  return key === undefined ? undefined : value[key]
}

/**
 * The body of a request: names without case, unknown members ignored, an empty body read as `{}`.
 * Every getter answers null when the member is missing or null.
 */
export class RequestBody {
  readonly value: unknown

  /** @throws ZvmRefusal when the text is not a JSON object. */
  constructor(text: string) {
    try {
      this.value = text.trim() === '' ? {} : JSON.parse(text)
    } catch {
      throw ZvmRefusal.badInput('The body is not JSON.')
    }
    if (!isRecord(this.value)) throw ZvmRefusal.badInput('The body is not an object.')
  }

  text(name: string): string | null {
    const value = memberOf(this.value, name) ?? null
    if (value === null || typeof value === 'string') return value
    throw ZvmRefusal.badInput(`${name} is not a string.`)
  }

  /** Takes true and false, also as 1 and 0 or in quotes. */
  flag(name: string): boolean | null {
    const value = memberOf(this.value, name) ?? null
    if (value === null) return null
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : value
    if (text === true || text === 'true' || text === '1') return true
    if (text === false || text === 'false' || text === '0') return false
    throw ZvmRefusal.badInput(`${name} is not a boolean.`)
  }

  /** A whole number that is not negative. */
  count(name: string): number | null {
    const value = memberOf(this.value, name) ?? null
    if (value === null) return null
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fff_ffff) return value
    throw ZvmRefusal.badInput(`${name} is not a whole number of 32 bits.`)
  }

  /** The number of an enum given by name or by number. */
  choice(name: string, names: readonly string[]): number | null {
    const value = memberOf(this.value, name) ?? null
    if (value === null) return null
    const number = findEnumNumber(names, value)
    if (number === null) throw ZvmRefusal.badInput(`${name} is none of ${names.join(', ')}.`)
    return number
  }

  /** A list of strings; empty when missing, because an empty list means "all" wherever the API takes one. */
  texts(name: string): readonly string[] {
    const value = memberOf(this.value, name) ?? []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    throw ZvmRefusal.badInput(`${name} is not a list of strings.`)
  }
}

/** A query parameter by a name without case; null when it is missing or empty. */
export const queryValue = (request: ServiceRequest, name: string): string | null => {
  const wanted = name.toLowerCase()
  for (const [key, value] of request.query) if (key.toLowerCase() === wanted && value !== '') return value
  return null
}

const datePattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,7})?)?)?)?)?(Z|[+-]\d{2}:\d{2})?$/i

/**
 * A date of a query in milliseconds since 1970: partial forms down to the year, milliseconds as a number, and the
 * ZVM's local time when no zone is given.
 *
 * @throws ZvmRefusal when it is no date.
 */
export const parseQueryDate = (text: string, utcOffsetMinutes: number): number => {
  if (/^\d{12,}$/.test(text)) return Number(text)
  const match = datePattern.exec(text)
  if (match === null) throw ZvmRefusal.badInput(`${text} is not a date.`)
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] = match
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}`
  const time = Date.parse(`${local}${zone === '' ? 'Z' : zone.toUpperCase()}`)
  if (Number.isNaN(time)) throw ZvmRefusal.badInput(`${text} is not a date.`)
  return zone === '' ? time - utcOffsetMinutes * 60_000 : time
}

/**
 * Whether a moment lies in the span that two parameters of the query name; a side that is left out is open.
 *
 * @throws ZvmRefusal when one of them is no date.
 */
export const parseSpan = (
  request: ServiceRequest,
  utcOffsetMinutes: number,
  [from, to]: readonly [string, string],
): { readonly from: number; readonly to: number; readonly holds: (time: number) => boolean } => {
  const dateOf = (name: string, open: number): number => {
    const value = queryValue(request, name)
    return value === null ? open : parseQueryDate(value, utcOffsetMinutes)
  }
  const start = dateOf(from, Number.NEGATIVE_INFINITY)
  const end = dateOf(to, Number.POSITIVE_INFINITY)
  return { from: start, to: end, holds: (time) => time >= start && time <= end }
}

/**
 * The rows of a page: `pageNumber` from 1 and `pageSize` up to 1000, over `total` rows.
 *
 * @throws ZvmRefusal for a page number or size out of range.
 */
export const parsePage = (request: ServiceRequest, total: number): { readonly from: number; readonly to: number } => {
  const numberOf = (name: string, fallback: number, most: number): number => {
    const value = queryValue(request, name)
    if (value === null) return fallback
    const number = Number(value)
    if (/^\d{1,9}$/.test(value) && number >= 1 && number <= most) return number
    throw ZvmRefusal.badInput(`${name} must be from 1 to ${most}.`)
  }
  const size = numberOf('pageSize', reportPageSize.default, reportPageSize.max)
  const from = (numberOf('pageNumber', 1, 999_999_999) - 1) * size
  return { from: Math.min(from, total), to: Math.min(from + size, total) }
}

/** A moment as the wire has it: ISO, UTC, without a fraction when there is none. */
export const toWireDate = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')
