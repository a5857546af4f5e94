import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printPublishedSchema } from '../../src/graphql/federation/federation-sdl.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { findRuleBreaks } from './schema-rules.ts'

registerVendorSchemas()

const breaksOf = (sdl: string): readonly string[] => findRuleBreaks(buildSchema(sdl))

const withFields = (fields: string): readonly string[] =>
  breaksOf(
    `"All." type Query { "A thing." thing: Thing! } "A thing." type Thing { ${fields} } "A moment." scalar DateTime`,
  )

describe('the rules for names, descriptions and shapes', () => {
  it('are kept by the whole schema', () => {
    expect(breaksOf(printPublishedSchema(createSchema()))).toEqual([])
  })

  it.each([
    ['a field without a description', 'name: String', 'Thing.name: has no description'],
    ['an argument without one', '"It." name(short: Boolean): String', 'Thing.name(short): has no description'],
    ['half a sentence', '"the name" name: String', 'Thing.name: a description is whole sentences'],
    ['a field with an underscore', '"It." vm_name: String', 'Thing.vm_name: a field is written likeThis'],
    ['a shouted acronym', '"It." vmURL: String', 'Thing.vmURL: a field is written likeThis'],
    ['a number without its unit', '"It." delay: Int', 'Thing.delay: a number says its unit'],
    ['a unit that is not last', '"It." secondsDelayed: Int', 'Thing.secondsDelayed: the unit comes last'],
    ['a moment that is not called one', '"It." creation: DateTime', 'Thing.creation: a moment ends in'],
    ['an id that is not called one', '"It." owner: ID', 'Thing.owner: an id is called one'],
    ['a list with gaps', '"It." names: [String]', 'Thing: names is a list with null in it'],
    [
      'a deprecation without a way on',
      '"It." name: String @deprecated(reason: "Old.")',
      'Thing.name: a deprecation says',
    ],
    ['a word of one vendor', '"It." vpgName: String', 'Thing: vpgName is a word of one vendor'],
  ])('refuse %s', (_what, fields, expected) => {
    expect(withFields(fields)).toEqual([expect.stringContaining(expected)])
  })

  it.each([
    ['a type in another case', '"A." type thing_one { "It." name: String }', 'thing_one: a type is written LikeThis'],
    ['a type without a description', 'type Thing { "It." name: String }', 'Thing: has no description'],
    ['a value in lower case', '"A." enum Mood { "It." good }', 'Mood.good: a value is written LIKE_THIS'],
    ['a value without a description', '"A." enum Mood { GOOD }', 'Mood.GOOD: has no description'],
    ['an input that is not called one', '"A." input Wish { "It." name: String }', 'Wish: inputs, and only they'],
    [
      'an output that is called an input',
      '"A." type WishInput { "It." name: String }',
      'WishInput: inputs, and only they',
    ],
    [
      'an input field without a description',
      '"A." input WishInput { name: String }',
      'WishInput.name: has no description',
    ],
    ['a page without its parts', '"A." type WishConnection { "It." name: String }', 'WishConnection: a page has edges'],
  ])('refuse %s', (_what, sdl, expected) => {
    const breaks = breaksOf(`"All." type Query { "It." name: String } ${sdl}`)
    expect(breaks.some((line) => line.startsWith(expected))).toBe(true)
  })

  it('refuse a page that cannot be turned, and an operation with more than its input', () => {
    const page = '"It." nodes: [Wish!]! "It." edges: [WishEdge!]! "It." pageInfo: Wish!'
    const types = `"A." type WishConnection { ${page} } "A." type Wish { "It." name: String } "A." type WishEdge { "It." node: Wish }`
    expect(breaksOf(`"All." type Query { "It." wishes: WishConnection! } ${types}`)).toEqual([
      'Query: wishes gives a page and takes `first`',
    ])
    const run = '"All." type Mutation { "It." run("It." name: String, "It." id: ID!): TaskResult! }'
    expect(breaksOf(`"All." type Query { "It." name: String } ${run} "A." type TaskResult { "It." id: ID! }`)).toEqual([
      'Mutation: run takes one argument, `input`',
    ])
  })
})
