/**
 * How this vendor's JSON is read. Its hazards are met here:
 *
 * - Member names are PascalCase on the wire and camelCase in the API description (`IOPs` and `ioPs`), so every object is
 *   read without regard to case. Link objects alone are lower case.
 * - The description omits members that are on the wire (`VpgIdentifier`, `SiteIdentifier`, `TaskIdentifier`), and older
 *   versions lack newer ones: a missing member is null. Where an identifier is missing, its link has it.
 * - A number may stand in quotes (`RtoInSeconds`), and an identifier without them.
 * - Some int64 members (`VraIdentifier`, `Generation`) exceed 2^53 and lose digits in JSON.parse: none is declared.
 *
 * A member of another type than declared is an error, an unknown member is dropped.
 */
import * as z from 'zod'
import { findVendorDate } from './zerto-dates.ts'

/** The payload is not what the API describes. The message names the place, never the value. */
export class WireFormatError extends Error {
  override readonly name = 'WireFormatError'
}

/** The object with the given names for its members, whatever the case they came in; other members are dropped. */
export const renameMembers = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const renamed: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    const name = names.get(toLowerCase(key))
    if (name !== undefined && !Object.hasOwn(renamed, name)) renamed[name] = member
  }
  return renamed
}

/** More names than all payloads have; a site that makes up others must not fill the memory. */
const mostNames = 2000
const lowerCaseNames = new Map<string, string>()

/** The same few hundred names come thousands of times. */
const toLowerCase = (name: string): string => {
  const known = lowerCaseNames.get(name)
  if (known !== undefined) return known
  const lower = name.toLowerCase()
  if (lowerCaseNames.size < mostNames) lowerCaseNames.set(name, lower)
  return lower
}

/** An object whose members are read without regard to case. */
export const wireObject = <S extends z.ZodRawShape>(shape: S) => {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  return z.preprocess((value) => renameMembers(value, names), z.object(shape))
}

/** Null where the member is missing. */
export const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? null)

/** Empty where the member is missing. */
export const listOf = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? [])

const numeral = /^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?\s*$/

// A number that has lost digits would be another identifier.
const plainText = z.union([z.string(), z.int().transform(String)])
const plainNumber = z.preprocess(
  (value) => (typeof value === 'string' && numeral.test(value) ? Number(value) : value),
  z.number(),
)
const plainFlag = z.preprocess((value) => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : null
  return word === 'true' || word === 'false' ? word === 'true' : value
}, z.boolean())

/** Members that have to be there. */
export const required = {
  text: plainText,
  /** Any form of {@link findVendorDate}. */
  date: z.string().refine((date) => findVendorDate(date, 0) !== null, 'no date'),
} as const

/** Members that may be missing. */
export const text = maybe(plainText)
export const number = maybe(plainNumber)
export const flag = maybe(plainFlag)
/** An enum: a number or a name. */
export const word = maybe(z.union([z.number(), z.string()]))
export const link = maybe(wireObject({ identifier: text }))

/** Empty or missing is null. */
const findText = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value)

interface Linked {
  readonly Link: { readonly identifier: string | null } | null
}

/** The identifier of the object itself: its own member, or else that of its link. */
export const identifierOf = (own: string | null, linked: Linked, name: string, context: z.RefinementCtx): string => {
  const identifier = findText(own) ?? findText(linked.Link?.identifier ?? null)
  if (identifier !== null) return identifier
  context.addIssue({ code: 'custom', message: `neither ${name} nor a link has the identifier` })
  return ''
}

/** @throws WireFormatError when the text is no JSON or not of the schema. */
export const parseWire = <S extends z.ZodType>(schema: S, body: string): z.infer<S> => {
  const result = schema.safeParse(parseJson(body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new WireFormatError(`${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'unexpected'}`)
}

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    throw new WireFormatError(body.trim() === '' ? 'the body is empty' : 'the body is no JSON')
  }
}
