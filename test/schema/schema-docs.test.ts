import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition'
import { buildSchema, isTypeDefinitionNode, parse, validate } from 'graphql'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The blocks of GraphQL in a page. */
const readBlocks = (path: string): readonly string[] =>
  [...read(path).matchAll(/^ *```graphql\n(?<text>[^]*?)^ *```/gm)].map(({ groups }) => groups?.['text'] ?? '')

it('has only documents in its pages that it would run', () => {
  const schema = buildSchema(read('schema/schema.graphql'))
  const documents = ['README.md', 'docs/schema.md', 'docs/operations.md']
    .flatMap(readBlocks)
    .map((text) => parse(text))
    // What another subgraph says of itself is for composition.
    .filter(({ definitions }) => !definitions.some(isTypeDefinitionNode))
  expect(documents.length).toBeGreaterThan(3)
  expect(documents.flatMap((document) => validate(schema, document))).toEqual([])
})

it('has a subgraph in its page that composes with its own', () => {
  const [portal = ''] = readBlocks('docs/schema.md').filter((text) => text.includes('@key'))
  const composed = composeServices([
    { name: 'dr', typeDefs: parse(read('schema/subgraph.graphql')), url: 'http://dr.example/graphql' },
    { name: 'portal', typeDefs: parse(portal), url: 'http://portal.example/graphql' },
  ])
  assertCompositionSuccess(composed)
  expect(composed.publicSdl).toContain('groups: [ProtectionGroup!]!')
})
