import { GraphQLError, Kind, type ValueNode } from 'graphql'
import { builder } from './builder.ts'

const refuse = (name: string, expected: string): GraphQLError =>
  new GraphQLError(`${name} has to be ${expected}`, { extensions: { code: 'INVALID_INPUT' } })

const instantForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

/**
 * A moment as the scalar DateTime takes it. Feb 30 is refused: the engine would take it for March 1.
 *
 * @throws GraphQLError with the code INVALID_INPUT.
 */
export const parseInstant = (value: unknown): Date => {
  const expected = 'a moment like 2026-03-01T12:00:00.000Z, with its zone'
  const match = typeof value === 'string' ? instantForm.exec(value) : null
  if (match === null) throw refuse('DateTime', expected)
  const [text, year = '', month = '', day = ''] = match
  const moment = new Date(text)
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number.isNaN(moment.getTime()) || Number(day) > lastDay) throw refuse('DateTime', expected)
  return moment
}

const parseByteCount = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw refuse('ByteCount', 'a whole number from 0 to 9007199254740991')
}

const parseText = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw refuse('Cursor', 'a text that a list or subscription of this gateway gave')
}

const literalText = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : null)

builder.scalarType('DateTime', {
  description: 'A moment in RFC 3339 form, in UTC with milliseconds: `2026-03-01T12:00:00.000Z`. Input needs a zone.',
  serialize: (value) => value.toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(literalText(node)),
})

builder.scalarType('ByteCount', {
  description: 'A number of bytes: a whole JSON number from 0 to 2^53-1.',
  serialize: (value) => value,
  parseValue: parseByteCount,
  parseLiteral: (node) => parseByteCount(node.kind === Kind.INT ? Number(node.value) : null),
})

builder.scalarType('Cursor', {
  description: 'A place in a stream of events. Opaque: give back exactly what an event brought.',
  serialize: (value) => value,
  parseValue: parseText,
  parseLiteral: (node) => parseText(literalText(node)),
})

builder.scalarType('JSON', {
  description: 'Any JSON value, as it was given. Output only.',
  serialize: (value) => value,
  parseValue: () => {
    throw refuse('JSON', 'an output: no input takes it')
  },
})
