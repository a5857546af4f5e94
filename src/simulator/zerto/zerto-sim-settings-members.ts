import { messages } from './zerto-sim-inferred.ts'
import type { NamedThing } from './zerto-sim-infrastructure.ts'
import { memberOf, ZvmRefusal } from './zerto-sim-request.ts'

/** A refusal as the vendor words those of settings. */
export const invalid = (detail: string): ZvmRefusal => ZvmRefusal.rule(messages.settings(detail))

/** The member at a path of names without case. */
export const valueAt = (settings: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => memberOf(value, name), settings)

/** A text that is not empty, or null. */
export const textAt = (settings: unknown, ...path: readonly string[]): string | null => {
  const value = valueAt(settings, ...path)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A number, or the fallback. */
export const countAt = (settings: unknown, fallback: number, ...path: readonly string[]): number => {
  const value = valueAt(settings, ...path)
  return typeof value === 'number' ? value : fallback
}

/** An identifier that names one of the things. @throws ZvmRefusal when it does not. */
export const requireThing = (things: readonly NamedThing[], what: string, identifier: string | null): string => {
  if (identifier === null) throw invalid(`${what} is missing`)
  if (things.some((thing) => thing.identifier === identifier)) return identifier
  throw invalid(`${what} ${identifier} does not exist in the recovery site`)
}

/** The items of a list; empty when it is none. */
export const listAt = (settings: unknown, name: string): readonly unknown[] => {
  const value = memberOf(settings, name)
  return Array.isArray(value) ? value : []
}
