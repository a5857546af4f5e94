import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDatedJson, toDatedJson } from '../../src/std/dated-json.ts'

const text = fc.oneof(
  fc.string(),
  fc.string().map((rest) => `@${rest}`),
  fc.constant('2026-01-01T00:00:00.000Z'),
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.date(),
    fc.array(tie('tree')),
    fc.dictionary(fc.oneof(text, fc.constant('__proto__')), tie('tree')),
  ),
}))

it('gives back what it was given, dates as dates and texts as texts', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(parseDatedJson(toDatedJson(value))).toEqual(value)
    }),
  )
})

it('takes neither a text that looks like a date for one, nor the other way round', () => {
  const value = { at: new Date(0), text: '@0', iso: '1970-01-01T00:00:00.000Z', twice: '@@0' }
  expect(parseDatedJson(toDatedJson(value))).toStrictEqual(value)
  expect(() => parseDatedJson('{')).toThrow(SyntaxError)
})
