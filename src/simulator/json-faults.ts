import type { FaultEffect } from './faults.ts'

/** The value that takes the place of a member, or undefined to leave the member out. */
type Visit = (name: string, value: unknown) => unknown

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same value with every member, at any depth, replaced by what `visit` makes of it; outer members first. */
const mapMembers = (value: unknown, visit: Visit): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, visit))
  if (!isRecord(value)) return value
  const members = Object.entries(value).map(([name, item]) => [name, mapMembers(visit(name, item), visit)] as const)
  return Object.fromEntries(members.filter(([, item]) => item !== undefined))
}

const retype = (value: unknown): unknown => {
  if (typeof value === 'string') return value.length
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

/** Where an enumeration is sent as a number: one that no vendor's list has. */
const unknownNumber = 9999

const toUnknown = (value: unknown, word: string): unknown => {
  if (typeof value === 'number') return unknownNumber
  return typeof value === 'string' ? word : value
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?<zone>Z|[+-]\d\d:\d\d)?$/
const ticksDate = /^\/Date\((?<ms>-?\d+)(?<zone>[+-]\d{4})?\)\/$/
const timeName = /time|date|stamp|start|end|at$|created|updated|until|expir/i
// From 2001 to 2096: what is smaller is a duration or a count.
const isTimeNumber = (value: number): boolean => Number.isInteger(value) && value > 1e12 && value < 4e12

const shiftText = (text: string, shiftMs: number): string => {
  const ticks = ticksDate.exec(text)?.groups
  if (ticks !== undefined) return `/Date(${Number(ticks['ms']) + shiftMs}${ticks['zone'] ?? ''})/`
  const iso = isoDate.exec(text)?.groups
  if (iso === undefined) return text
  const zone = iso['zone'] ?? ''
  const local = Date.parse(`${zone === '' ? text : text.slice(0, -zone.length)}Z`)
  return Number.isNaN(local) ? text : `${new Date(local + shiftMs).toISOString().slice(0, -1)}${zone}`
}

const shiftTime = (name: string, value: unknown, shiftMs: number): unknown => {
  if (typeof value === 'string') return shiftText(value, shiftMs)
  return typeof value === 'number' && timeName.test(name) && isTimeNumber(value) ? value + shiftMs : value
}

/** The same answer with another list in it: the answer itself, or its member `items`. */
const mapList = (value: unknown, change: (items: readonly unknown[]) => readonly unknown[]): unknown => {
  if (Array.isArray(value)) return change(value)
  return isRecord(value) && Array.isArray(value['items']) ? { ...value, items: change(value['items']) } : value
}

const isList = (value: unknown): boolean => Array.isArray(value) || (isRecord(value) && Array.isArray(value['items']))

const holds = (value: unknown, text: string): boolean => JSON.stringify(value).includes(text)

const vanish = (value: unknown, text: string): unknown => {
  if (isList(value)) return mapList(value, (items) => items.filter((item) => !holds(item, text)))
  return holds(value, text) ? undefined : value
}

/** `asked` is the offset that the request asked for. */
const bendPage = (value: unknown, how: 'LOOP' | 'REPEAT' | 'TOTAL_CHANGES', asked: number, strike: number): unknown => {
  if (!isRecord(value) || !Array.isArray(value['items'])) return value
  const total = Number(value['total'] ?? 0)
  if (how === 'TOTAL_CHANGES') return { ...value, total: total + strike }
  const page = { ...value, offset: asked }
  return how === 'REPEAT' ? page : { ...page, total: asked + 2 * value['items'].length }
}

/**
 * What an effect makes of the value of a proper answer; undefined where the object is not there any more. Effects that
 * have nothing to do with the body give the value itself.
 *
 * @param about.asked The offset in a list that the request asked for.
 * @param about.strike The how manieth strike of the fault it is.
 */
export const bendJson = (
  value: unknown,
  effect: FaultEffect,
  about: { readonly asked: number; readonly strike: number },
): unknown => {
  switch (effect.kind) {
    case 'WRONG_TYPES':
      return mapMembers(value, (name, item) =>
        effect.members.length === 0 || effect.members.includes(name) ? retype(item) : item,
      )
    case 'UNKNOWN_WORD':
      return mapMembers(value, (name, item) => (name === effect.member ? toUnknown(item, effect.word) : item))
    case 'MISSING_MEMBER':
      return mapMembers(value, (name, item) => (name === effect.member ? undefined : item))
    case 'SET_MEMBER':
      return mapMembers(value, (name, item) => (name === effect.member ? effect.value : item))
    case 'CLOCK_SKEW':
      return mapMembers(value, (name, item) => shiftTime(name, item, effect.seconds * 1000))
    case 'PAGING':
      return bendPage(value, effect.how, about.asked, about.strike)
    case 'VANISHED':
      return vanish(value, effect.text)
    case 'DISORDER':
      return mapList(value, (items) => (effect.how === 'REVERSED' ? items.toReversed() : [...items, ...items]))
    default:
      return value
  }
}
