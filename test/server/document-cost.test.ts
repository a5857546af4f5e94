import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getIntrospectionQuery, GraphQLInterfaceType, GraphQLObjectType, parse } from 'graphql'
import { expect, test } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { CostMeter } from '../../src/server/document-cost.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { openSocket, query } from '../support/graphql-client.ts'
import { startGateway } from '../support/start-gateway.ts'

registerVendorSchemas()
const schema = createSchema()

const costOf = (document: string, variables: Readonly<Record<string, unknown>> = {}) =>
  new CostMeter(schema).measure(parse(document), null, variables)

test('counts the fields of a page once for each of its objects, and what is beside the page once', () => {
  const { requested } = costOf(
    '{ protectionGroups(first: 20) { totalCount nodes { id name } pageInfo { hasNextPage } } }',
  )
  // protectionGroups, totalCount, nodes, pageInfo, hasNextPage, and 20 times two
  expect(requested).toBe(5 + 20 * 2)
})

test('multiplies pages within pages, and lists that have no page by what most of them hold', () => {
  const nested = costOf('{ protectionGroups(first: 20) { nodes { replications(first: 3) { nodes { id } } } } }')
  expect(nested.requested).toBe(2 + 20 * (2 + 3 * 1))
  const listed = costOf('{ protectionGroups(first: 20) { nodes { actions { action } } } }')
  expect(listed.requested).toBe(2 + 20 * (1 + 10 * 1))
})

test.each([
  ['its default', '{ replications { nodes { id } } }', {}, 50],
  ['null, which is its default', '{ replications(first: null) { nodes { id } } }', {}, 50],
  ['a variable', 'query ($n: Int) { replications(first: $n) { nodes { id } } }', { n: 7 }, 7],
  ['the default of a variable', 'query ($n: Int = 9) { replications(first: $n) { nodes { id } } }', {}, 9],
  ['what is over the cap, as the cap', '{ replications(first: 1000000000) { nodes { id } } }', {}, 500],
  ['a negative number, as none', '{ replications(first: -5) { nodes { id } } }', {}, 0],
  ['what is no number, as none', 'query ($n: Int) { replications(first: $n) { nodes { id } } }', { n: 'x' }, 0],
])('takes %s for the size of a page', (_what, document, variables, size) => {
  expect(costOf(document, variables).requested).toBe(2 + size)
})

test('remembers a cost for the same variables only', () => {
  const meter = new CostMeter(schema)
  const document = parse('query ($n: Int) { replications(first: $n) { nodes { id } } }')
  const sizes = [3, 4, 3, 4].map((n) => meter.measure(document, null, { n, unused: Math.random() }).requested - 2)
  expect(sizes).toEqual([3, 4, 3, 4])
})

test('measures the operation that is to run, and not the others of the document', () => {
  const document = parse('query A { replications(first: 500) { nodes { id } } } query B { __typename }')
  const meter = new CostMeter(schema)
  expect(meter.measure(document, 'A', {}).requested).toBe(502)
  expect(meter.measure(document, 'B', {}).requested).toBe(1)
})

test('counts a call to a vendor for each object that a field asks about, and none for lists from memory', () => {
  // D7
  expect(costOf('{ replications(first: 500) { nodes { id state rpo { verdict } alerts { id } } } }').vendorCalls).toBe(
    0,
  )
  const dear = '{ replications(first: 40) { nodes { recoveryPoints { totalCount } history { totalCount } } } }'
  expect(costOf(dear).vendorCalls).toBe(80)
  expect(costOf('{ a: replications(maxAgeSeconds: 0) { totalCount } }').vendorCalls).toBeGreaterThan(0)
})

test('counts what is found again by its id only where it is in no list', () => {
  const group = toGlobalId('ProtectionGroup', 'ZERTO', 'g')
  const point = toGlobalId('RecoveryPoint', 'ZERTO', 'g/1')
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  expect(costOf(document, { ids: [group, group] })).toEqual({ requested: 3, vendorCalls: 0 })
  expect(costOf(document, { ids: [group, point, point] })).toEqual({ requested: 4, vendorCalls: 2 })
  expect(costOf(`{ node(id: "${point}") { id } }`).vendorCalls).toBe(1)
  expect(costOf(document, { ids: 'x' }).requested).toBe(1)
})

test('follows fragments, also those on what stands behind an interface', () => {
  const id = toGlobalId('ProtectionGroup', 'ZERTO', 'g')
  const document = `{ node(id: "${id}") { ...f } } fragment f on ProtectionGroup { recoveryPoints(first: 3) { nodes { id } } }`
  expect(costOf(document)).toEqual({ requested: 1 + 2 + 3, vendorCalls: 1 })
})

test('lets the introspection of tools through, and not one that is nested and repeated', () => {
  const usual = costOf(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })).requested
  expect(usual).toBeLessThan(usualLimits.maxCost / 2)
  const nested = '__schema { types { fields { type { fields { type { name } args { type { name } } } } } } }'
  const many = Array.from({ length: 40 }, (_, index) => `a${index}: ${nested}`).join(' ')
  expect(costOf(`{ ${many} }`).requested).toBeGreaterThan(usualLimits.maxCost)
})

const weighed = Object.values(schema.getTypeMap())
  .filter((type) => type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })))

test('every field that says it asks a site says what that costs', () => {
  const asking = /Asked of the site|[Aa] call to the vendor|asked each time|both sides are read|Needs the capability/
  const silent = weighed.filter(
    ({ field }) => asking.test(field.description ?? '') && field.extensions['vendorCalls'] === undefined,
  )
  expect(silent.map(({ place }) => place)).toEqual([])
})

test('the documentation lists every field that asks a vendor', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8')
  const asking = weighed.filter(({ field }) => field.extensions['vendorCalls'] !== undefined)
  const missing = asking.filter(({ place, field }) => {
    const name = place.startsWith('Mutation.') ? 'every mutation' : field.name
    return !page.includes(place.startsWith('Mutation.') ? name : `\`${name}\``)
  })
  expect(missing.map(({ place }) => place)).toEqual([])
})

test('refuses what would ask the vendors too often before it asks them, on both transports, and says why', async () => {
  // D7
  await using gateway = await startGateway()
  await query(gateway.url, '{ replications { totalCount } }')
  gateway.forget()
  const document = '{ replications(first: 300) { nodes { recoveryPoints { totalCount } } } }'
  const extensions = {
    code: 'LIMIT_EXCEEDED',
    limit: 'limits.maxVendorCalls',
    allowed: 250,
    requested: 300,
    cost: { requested: 602, limit: 250_000, vendorCalls: 300, vendorCallsLimit: 250 },
    requestId: expect.any(String),
  }
  const { body } = await query(gateway.url, document)
  const errors = [{ message: expect.stringContaining('300 calls to vendors'), extensions }]
  expect(body).toEqual({ errors })
  await using socket = openSocket(gateway.url)
  await using refused = socket.subscribe(document)
  const failure: unknown = await refused.next().catch((error: unknown) => error)
  expect(JSON.parse(failure instanceof Error ? failure.message : '')).toEqual(errors)
  expect(gateway.countRequests()).toBe(0)
})

test('tells what an operation cost to who asks for it', async () => {
  await using gateway = await startGateway()
  const document = '{ replications(first: 2) { nodes { id } } }'
  const cost = { requested: 4, limit: 250_000, vendorCalls: 0, vendorCallsLimit: 250 }
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, extensions: { cost: true } }),
  })
  expect(await response.json()).toMatchObject({ data: {}, extensions: { cost } })
  expect((await query(gateway.url, document)).body.extensions).toBeUndefined()
})
