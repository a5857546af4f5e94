import { createHash } from 'node:crypto'
import { buildSchema, GraphQLObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { usualLimits } from '../../src/server/limit-table.ts'
import { findDocumentProblems } from '../../src/server/stored-document-check.ts'

const schema = buildSchema(`
  type Query { items(first: Int = 50): ItemConnection, machine: String }
  type ItemConnection { nodes: [Item!]! }
  type Item { name: String, items(first: Int = 50): ItemConnection, asked: String }
`)
const item = schema.getType('Item')
// As the schema builder notes it: this field asks a vendor each time.
if (item instanceof GraphQLObjectType) Object.assign(item.getFields()['asked']?.extensions ?? {}, { vendorCalls: 1 })

const limits = { ...usualLimits, maxCost: 10_000, maxVendorCalls: 100, maxDepth: 7 }
const problemsOf = (texts: Readonly<Record<string, string>>): readonly string[] =>
  findDocumentProblems({ texts }, schema, limits).map(({ path, message }) => `${path}: ${message}`)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('finds nothing wrong with documents that a caller could send', () => {
  const text = 'query Items { items { nodes { name asked } } } query Machine { machine }'
  expect(problemsOf({ [`sha256:${sha256(text)}`]: text, [sha256(text)]: text, short: '{ machine }' })).toEqual([])
})

test('says all that is wrong, each with the id of its document', () => {
  expect(
    problemsOf({
      broken: '{ machine',
      foreign: '{ machina }',
      fragment: 'fragment F on Item { name }',
      deep: '{ items { nodes { items { nodes { items { nodes { items { nodes { name } } } } } } } } }',
      changed: '{ machine }',
      [`sha256:${'0'.repeat(64)}`]: '{ machine }',
    }),
  ).toEqual([
    'broken: Syntax Error: Expected Name, found <EOF>.',
    'foreign: Cannot query field "machina" on type "Query". Did you mean "machine"?',
    'fragment: Fragment "F" is never used.',
    'deep: The document is 9 levels deep; limits.maxDepth allows 7',
    `sha256:${'0'.repeat(64)}: is not the SHA-256 of its text`,
  ])
})

test('refuses one id for two texts', () => {
  const text = '{ machine }'
  const problems = problemsOf({ [`sha256:${sha256(text)}`]: text, [sha256(text)]: '{ items { nodes { name } } }' })
  expect(problems).toEqual([`sha256:${sha256(text)}: stands there for another text without its prefix, too`])
})

test('reckons the cost of each operation', () => {
  const text = `
    query Small { machine }
    query Large { items(first: 500) { nodes { items(first: 500) { nodes { name } } } } }
    query Asking { items(first: 101) { nodes { asked } } }
  `
  expect(problemsOf({ text })).toEqual([
    expect.stringMatching(/^text: The operation may answer with \d+ fields; limits\.maxCost allows 10000$/),
    'text: The operation may cause 101 calls to vendors; limits.maxVendorCalls allows 100',
  ])
})

/** @param first What stands behind the type of the variable. */
const askingFor = (first: string): string =>
  `query Asking($first: Int${first}) { items(first: $first) { nodes { asked } } }`

test('reckons with the values that hold when a caller gives no variables', () => {
  // Without a default of its own the variable leaves it to that of the argument, 50.
  expect(problemsOf({ plain: askingFor(''), small: askingFor(' = 100') })).toEqual([])
  expect(problemsOf({ large: askingFor(' = 101') })).toHaveLength(1)
})
