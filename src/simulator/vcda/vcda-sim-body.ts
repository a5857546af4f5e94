import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'

/** A parsed JSON object from a caller. */
export type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const badRequest = (message: string, name: string): VcdaRefusal => new VcdaRefusal(refusals.badRequest, message, [name])

/** A value of the right type that makes no sense. */
export const badInput = (message: string, ...args: readonly string[]): VcdaRefusal =>
  new VcdaRefusal(refusals.badUserInput, message, args)

/** @throws VcdaRefusal BadRequest unless the text is one JSON object. */
export const parseJsonObject = (text: string): JsonObject => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new VcdaRefusal(refusals.badRequest, 'JSON parse error.')
  }
  if (!isObject(value)) throw new VcdaRefusal(refusals.badRequest, 'The body must be a JSON object.')
  return value
}

// In every reader null and absent are the same, as this vendor's documents say of optional members.

/** @throws VcdaRefusal BadRequest for another type. */
export const findText = (body: JsonObject, name: string): string | null => {
  const value = body[name] ?? null
  if (value !== null && typeof value !== 'string') throw badRequest(`${name} must be a string.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for a missing or empty one. */
export const requireText = (body: JsonObject, name: string): string => {
  const value = findText(body, name)
  if (value === null || value === '') throw badRequest(`${name} is required.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for anything but a finite number. */
export const findNumber = (body: JsonObject, name: string): number | null => {
  const value = body[name] ?? null
  if (value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badRequest(`${name} must be a number.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for another type. */
export const findFlag = (body: JsonObject, name: string): boolean | null => {
  const value = body[name] ?? null
  if (value !== null && typeof value !== 'boolean') throw badRequest(`${name} must be a boolean.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for a word that is not in the list, as a Java enum does. */
export const findWord = <T extends string>(body: JsonObject, name: string, words: readonly T[]): T | null => {
  const value = findText(body, name)
  if (value === null) return null
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw badRequest(`${name} must be one of ${words.join(', ')}.`, name)
  return word
}

/** @throws VcdaRefusal BadRequest for another type. */
export const findObject = (body: JsonObject, name: string): JsonObject | null => {
  const value = body[name] ?? null
  if (value === null) return null
  if (!isObject(value)) throw badRequest(`${name} must be an object.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for a missing one. */
export const requireObject = (body: JsonObject, name: string): JsonObject => {
  const value = findObject(body, name)
  if (value === null) throw badRequest(`${name} is required.`, name)
  return value
}

/** @throws VcdaRefusal BadRequest for anything but a list of strings. */
export const requireTexts = (body: JsonObject, name: string): readonly string[] => {
  const value = body[name]
  if (!Array.isArray(value) || value.length === 0) throw badRequest(`${name} must be a list.`, name)
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw badRequest(`${name} must hold strings.`, name)
    return item
  })
}

/** @throws VcdaRefusal BadRequest for anything but a list of whole numbers. */
export const findIntegers = (body: JsonObject, name: string): readonly number[] | null => {
  const value = body[name] ?? null
  if (value === null) return null
  if (!Array.isArray(value)) throw badRequest(`${name} must be a list.`, name)
  return value.map((item: unknown) => {
    if (typeof item !== 'number' || !Number.isInteger(item)) throw badRequest(`${name} must hold whole numbers.`, name)
    return item
  })
}

/** @throws VcdaRefusal BadRequest for anything but a list of objects. */
export const findObjects = (body: JsonObject, name: string): readonly JsonObject[] | null => {
  const value = body[name] ?? null
  if (value === null) return null
  if (!Array.isArray(value)) throw badRequest(`${name} must be a list.`, name)
  return value.map((item: unknown) => {
    if (!isObject(item)) throw badRequest(`${name} must hold objects.`, name)
    return item
  })
}
