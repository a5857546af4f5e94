import { inspect } from 'node:util'
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLEnumType,
  type GraphQLLeafType,
} from 'graphql'
import { keptBy } from '../std/kept-by.ts'

/** The JSON text of a value that is neither null nor undefined. @throws what its type throws for what is no value of it. */
export type WriteLeaf = (value: unknown) => string

/** What the type itself makes of it, for whatever is not the usual. */
const toCoerced =
  (type: GraphQLLeafType): WriteLeaf =>
  (value) => {
    const coerced: unknown = type.coerceOutputValue(value)
    if (coerced === null || coerced === undefined) {
      const given = `${type.name}.coerceOutputValue(${inspect(value)})`
      throw new Error(`Expected \`${given}\` to return non-nullable value, returned: ${inspect(coerced)}`)
    }
    if (typeof coerced === 'string') return JSON.stringify(coerced)
    const text: string | undefined = JSON.stringify(coerced)
    return text ?? 'null'
  }

const isInt32 = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value

const writers: Readonly<Record<string, (coerce: WriteLeaf) => WriteLeaf>> = {
  [GraphQLString.name]: (coerce) => (value) => (typeof value === 'string' ? JSON.stringify(value) : coerce(value)),
  [GraphQLID.name]: (coerce) => (value) => (typeof value === 'string' ? JSON.stringify(value) : coerce(value)),
  [GraphQLInt.name]: (coerce) => (value) => (isInt32(value) ? `${value}` : coerce(value)),
  [GraphQLFloat.name]: (coerce) => (value) =>
    typeof value === 'number' && Number.isFinite(value) ? `${value}` : coerce(value),
  [GraphQLBoolean.name]: (coerce) => (value) => (typeof value === 'boolean' ? `${value}` : coerce(value)),
}

const toEnumWriter = (type: GraphQLEnumType, coerce: WriteLeaf): WriteLeaf => {
  const texts = new Map(type.getValues().map(({ name, value }): [unknown, string] => [value, JSON.stringify(name)]))
  return (value) => texts.get(value) ?? coerce(value)
}

/** How values of a scalar or enum are written. */
export const toLeafWriter = keptBy((type: GraphQLLeafType): WriteLeaf => {
  const coerce = toCoerced(type)
  return isEnumType(type) ? toEnumWriter(type, coerce) : (writers[type.name]?.(coerce) ?? coerce)
})
