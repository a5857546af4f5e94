import { getNamedType, isObjectType, parse } from 'graphql'
import { expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { LastingDocuments } from '../../src/server/lasting-documents.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'

registerVendorSchemas()
const schema = createSchema()
const documents = new LastingDocuments(schema)
const find = (text: string) => documents.find(parse(text), null)
const listsOf = (text: string) => find(text)?.({}).reads.map(({ list }) => list) ?? null

// Whoever marks a field promises that nothing but the lists, the arguments and the caller's rights changes its value.
it('counts on these fields that read the context, and on no others', () => {
  const marked = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => field.extensions['lasting'] !== undefined)
    .map(({ type, field }) => `${type.name}.${field.name}: ${JSON.stringify(field.extensions['lasting'])}`)
  expect(marked.toSorted()).toMatchInlineSnapshot(`
    [
      "Observation.site: []",
      "ObservedValue.site: []",
      "ProtectionGroup.actions: []",
      "ProtectionGroup.recovery: []",
      "ProtectionGroup.replications: ["replications"]",
      "Query.protectionGroups: ["groups"]",
      "Query.replications: ["replications"]",
      "Replication.actions: []",
      "Replication.group: ["groups"]",
      "Replication.recovery: []",
      "ReplicationEnd.site: []",
      "Site.connection: false",
      "Site.peers: []",
      "SiteCoverage.site: []",
    ]
  `)
})

it('knows which lists an answer is made from', () => {
  expect(listsOf('{ protectionGroups { nodes { id } } }')).toEqual(['groups'])
  expect(listsOf('{ replications { nodes { ... on Replication { group { name } } } } }')).toEqual([
    'groups',
    'replications',
  ])
  expect(
    listsOf(
      'query { ...F } fragment F on Query { protectionGroups { nodes { ...G } } } fragment G on RecoveryTarget { id }',
    ),
  ).toEqual(['groups'])
})

it.each([
  ['the time or the caller', '{ viewer { name } protectionGroups { totalCount } }'],
  ['a task', '{ protectionGroups { nodes { tasks { totalCount } } } }'],
  ['a vendor', '{ protectionGroups { nodes { recoveryPoints { totalCount } } } }'],
  ['how a site is reached', '{ protectionGroups { nodes { source { site { connection { state } } } } } }'],
  ['nothing of the lists', '{ __typename }'],
  ['the journal', '{ overview { totals { targetCount } } }'],
  ['anything by an id', '{ node(id: "x") { id } }'],
])('keeps nothing that is made from %s', (_what, text) => {
  expect(listsOf(text)).toBeNull()
})

it('keeps no mutation and no subscription', () => {
  expect(
    listsOf('mutation { pauseReplication(input: { targetId: "x", idempotencyKey: "k" }) { __typename } }'),
  ).toBeNull()
  expect(listsOf('subscription { protectionEvents { cursor } }')).toBeNull()
})

it('looks at every type that may stand behind an interface', () => {
  expect(getNamedType(schema.getType('RecoveryTarget'))).toBeDefined()
  expect(listsOf('{ protectionGroups { nodes { ... on RecoveryTarget { recovery { phase } } } } }')).toEqual(['groups'])
})

it.each([
  ['{ protectionGroups { totalCount } }', {}, null],
  ['{ protectionGroups(maxAgeSeconds: 7) { totalCount } }', {}, 7],
  ['{ a: protectionGroups(maxAgeSeconds: 7) { totalCount } b: replications(maxAgeSeconds: 3) { totalCount } }', {}, 3],
  ['query ($age: Int) { protectionGroups(maxAgeSeconds: $age) { totalCount } }', { age: 9 }, 9],
  ['query ($age: Int) { protectionGroups(maxAgeSeconds: $age) { totalCount } }', {}, null],
  ['query ($age: Int = 4) { protectionGroups(maxAgeSeconds: $age) { totalCount } }', {}, 4],
  ['query ($age: Int) { protectionGroups(maxAgeSeconds: $age) { totalCount } }', { age: 'old' }, 0],
])('knows how old the lists of %s may be for %o', (text, variables, age) => {
  expect(find(text)?.(variables).maxAgeSeconds).toBe(age)
})

it.each([
  ['{ protectionGroups { totalCount } }', {}, null],
  ['{ protectionGroups(filter: { vendors: [ZERTO] }) { totalCount } }', {}, ['ZERTO']],
  [
    'query ($f: ProtectionGroupFilter) { protectionGroups(filter: $f) { totalCount } }',
    { f: { vendors: ['VCDA'] } },
    ['VCDA'],
  ],
  [
    'query ($f: ProtectionGroupFilter) { protectionGroups(filter: $f) { totalCount } }',
    { f: { vendors: 'all' } },
    null,
  ],
  ['{ a: protectionGroups(filter: { vendors: [ZERTO] }) { totalCount } b: protectionGroups { totalCount } }', {}, null],
])('knows whose sites %s asks with %o', (text, variables, asked) => {
  expect(find(text)?.(variables).reads).toEqual([{ list: 'groups', vendors: asked }])
})
