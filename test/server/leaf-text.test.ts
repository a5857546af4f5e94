import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql'
import { expect, it } from 'vitest'
import { toLeafWriter } from '../../src/server/leaf-text.ts'

const word = new GraphQLEnumType({ name: 'Word', values: { ONE: { value: 1 }, TWO: { value: 'zwei' }, THREE: {} } })
const moment = new GraphQLScalarType<Date, string>({
  name: 'Moment',
  coerceOutputValue: (value) => String(Number(value)),
})
const anything = new GraphQLScalarType({ name: 'Anything' })
const nothing = new GraphQLScalarType({ name: 'Nothing', coerceOutputValue: () => null })

const types = [GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean, word, moment, anything, nothing]
const values: readonly unknown[] = [
  '',
  'a',
  '"\\\n\u2028\ud800',
  '12',
  0,
  -0,
  1,
  1.5,
  2 ** 31,
  1e21,
  Number.NaN,
  Infinity,
  true,
  false,
  new Date(5),
  {},
  { a: [1] },
  ['x'],
  { valueOf: () => 3 },
  { toJSON: () => 'j' },
  'zwei',
  'THREE',
  10n,
  Symbol('s'),
]

/** The JSON text of what the type makes of a value; null when it refuses. */
const toExpected = (type: (typeof types)[number], value: unknown): string | null => {
  try {
    const coerced: unknown = type.coerceOutputValue(value)
    return coerced === null || coerced === undefined ? null : (JSON.stringify(coerced) ?? 'null')
  } catch {
    return null
  }
}

it.each(types)('writes values of $name as JSON.stringify writes what the type makes of them', (type) => {
  const write = toLeafWriter(type)
  const toText = (value: unknown): string | null => {
    try {
      return write(value)
    } catch {
      return null
    }
  }
  expect(values.map(toText)).toEqual(values.map((value) => toExpected(type, value)))
})
