import type { ResourceKind } from '../generated/graphql.ts'

/** What a person has entered; a field that was left alone is not in it, and the vendor's default holds. */
export type FieldValues = Readonly<Record<string, string | number | boolean | undefined>>

interface CommonField {
  /** The member of the input that it fills. */
  readonly name: string
  readonly label: string
  /** One sentence on what it does. */
  readonly help?: string
  readonly isRequired?: boolean
  /** Left out, it always applies. What does not apply is neither shown nor sent. */
  readonly applies?: (values: FieldValues) => boolean
}

/** One option of a dialogue. `byDefault` is what holds when it is left out, and is shown so. */
export type FieldModel = CommonField &
  (
    | { readonly kind: 'switch'; readonly byDefault: boolean }
    | {
        readonly kind: 'number'
        readonly unit: string
        readonly least: number
        readonly most: number
        /** How many of the input's units are one of those shown, e.g. 60 for minutes that are sent as seconds. @default 1 */
        readonly factor?: number
        /** In the units shown; null where leaving it out changes nothing. */
        readonly byDefault: number | null
      }
    | {
        readonly kind: 'choice'
        readonly byDefault: string | null
        /** Its values are `true` and `false`, and are sent as such. @default false */
        readonly isBoolean?: boolean
        readonly choices: readonly { readonly value: string; readonly label: string; readonly help?: string }[]
      }
    | { readonly kind: 'text'; readonly most: number }
    | {
        /** One of what a site offers; the value is the vendor's identifier. */
        readonly kind: 'listed'
        /** The profiles of the site that is asked, or what the destination has of a kind. */
        readonly list: ResourceKind | 'PROFILE'
        /** What leaving it out means. */
        readonly emptyLabel: string
      }
  )

/** The fields that apply now, in their order. */
export const shownFields = (fields: readonly FieldModel[], values: FieldValues): readonly FieldModel[] =>
  fields.filter(({ applies }) => applies?.(values) ?? true)

/** The default in words; null where leaving it out changes nothing. */
export const defaultInWords = (field: FieldModel): string | null => {
  switch (field.kind) {
    case 'switch':
      return field.byDefault ? 'on' : 'off'
    case 'number':
      return field.byDefault === null ? null : `${field.byDefault.toLocaleString('en-GB')} ${field.unit}`
    case 'choice':
      return field.choices.find(({ value }) => value === field.byDefault)?.label ?? null
    default:
      return null
  }
}

/** What is wrong with one value, for the person who entered it; null when nothing is. */
export const findFieldProblem = (field: FieldModel, value: FieldValues[string]): string | null => {
  if (value === undefined || value === '') return field.isRequired === true ? `${field.label} is needed` : null
  if (field.kind === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value)) return `${field.label} has to be a number`
    if (value < field.least || value > field.most) {
      return `${field.label} has to be between ${field.least} and ${field.most} ${field.unit}`
    }
  }
  if (field.kind === 'text' && String(value).length > field.most) {
    return `${field.label} has to be at most ${field.most} characters`
  }
  return null
}

/** The problems of all fields that apply, by name; empty when it may be sent. */
export const findFieldProblems = (
  fields: readonly FieldModel[],
  values: FieldValues,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    shownFields(fields, values).flatMap((field) => {
      const problem = findFieldProblem(field, values[field.name])
      return problem === null ? [] : [[field.name, problem]]
    }),
  )

const toSent = (field: FieldModel, value: string | number | boolean): string | number | boolean => {
  if (field.kind === 'number' && typeof value === 'number') return Math.round(value * (field.factor ?? 1))
  return field.kind === 'choice' && field.isBoolean === true ? value === 'true' : value
}

/** The members of an input: only what was entered and applies, in the input's units. */
export const toMembers = (
  fields: readonly FieldModel[],
  values: FieldValues,
): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    shownFields(fields, values).flatMap((field) => {
      const value = values[field.name]
      return value === undefined || value === '' ? [] : [[field.name, toSent(field, value)]]
    }),
  )
