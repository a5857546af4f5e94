import { isDeepStrictEqual } from 'node:util'
import { Secret } from './secret.ts'

/** The same value with what two secrets hold to be compared; it goes nowhere but there. */
const unveil = (value: unknown): unknown => {
  if (value instanceof Secret) return ['secret', value.reveal()]
  if (Array.isArray(value)) return value.map(unveil)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unveil(item)]))
}

/** Whether two plain values hold the same, also in their secrets. */
export const isSameValue = (one: unknown, other: unknown): boolean => isDeepStrictEqual(unveil(one), unveil(other))
