import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/server/document-limits.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { openSocket, query, type Result } from '../support/graphql-client.ts'
import { viewerOf } from '../support/viewer-of.ts'
import { startTestServer } from './start-test-server.ts'

const introspector = viewerOf('developer', ['dr:introspect'])

const repeat = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')

const deep = (depth: number): string => `{ node ${'{ next '.repeat(depth - 2)}{ name }${' }'.repeat(depth - 2)} }`

/** Each fragment spreads the next one twice: 2^30 fields out of 90 lines. */
const doubling = [
  '{ node { ...f0 } }',
  ...Array.from(
    { length: 30 },
    (_, i) => `fragment f${i} on Node { a: next { ...f${i + 1} } b: next { ...f${i + 1} } }`,
  ),
  'fragment f30 on Node { name }',
].join('\n')

const hostile: readonly (readonly [string, string, string])[] = [
  ['100 aliases', `{ ${repeat(100, (i) => `a${i}: hello`)} }`, 'LIMIT_EXCEEDED'],
  ['1,000 duplicate fields', `{ ${repeat(1000, () => 'hello')} }`, 'LIMIT_EXCEEDED'],
  ['1,000 duplicate directives', `{ hello ${repeat(1000, () => '@x')} }`, 'LIMIT_EXCEEDED'],
  ['10,000 tokens', `{ ${repeat(10_000, () => 'hello')} }`, 'LIMIT_EXCEEDED'],
  ['a depth of 50', deep(50), 'LIMIT_EXCEEDED'],
  ['a depth of 600', deep(600), 'LIMIT_EXCEEDED'],
  ['fragments that double each other', doubling, 'LIMIT_EXCEEDED'],
  ['a literal of nearly 1 MB', `{ hello(name: "${'x'.repeat(900_000)}") }`, 'LIMIT_EXCEEDED'],
  [
    'a cycle of fragments',
    '{ node { ...a } } fragment a on Node { next { ...b } } fragment b on Node { next { ...a } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
]

describe('a document that costs too much is refused before anything of it runs', () => {
  test.each(hostile)('%s over HTTP', async (_what, document, code) => {
    // D1, D2
    await using server = await startTestServer()
    const { body } = await query(server.url, document)
    expect(body.data).toBeUndefined()
    expect(body.errors?.[0]?.extensions?.['code']).toBe(code)
    expect(server.stage.executed).toEqual([])
  })

  test.each(hostile)('%s within 100 ms', (_what, document) => {
    // D1; a cycle parses, and is refused by validation
    const startedAt = performance.now()
    try {
      parseDocument(document, usualLimits)
    } catch {
      // What is thrown is looked at above.
    }
    expect(performance.now() - startedAt).toBeLessThan(100)
  })

  test('each of them over a WebSocket, while a subscription on the same socket lives on', async () => {
    // D1, D2, W10
    await using server = await startTestServer()
    await using socket = openSocket(server.url)
    await using counting = socket.subscribe('subscription { count }')
    await server.whenBegun()
    for (const [, document] of hostile) {
      await using refused = socket.subscribe(document)
      await expect(refused.next()).rejects.toThrow(/message/)
    }
    server.stage.sources[0]?.push(1)
    expect(await counting.next()).toEqual({ data: { count: 1 } })
    expect(server.stage.executed).toEqual([])
  })

  test('a refusal over a WebSocket carries the same code as over HTTP', async () => {
    await using server = await startTestServer()
    await using socket = openSocket(server.url)
    await using refused = socket.subscribe(deep(50))
    await expect(refused.next()).rejects.toThrow(/LIMIT_EXCEEDED/)
  })
})

test('takes the introspection that tools send', async () => {
  await using server = await startTestServer({ authenticate: async () => introspector })
  const document = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, oneOf: true })
  const { body } = await query(server.url, document)
  expect(body.errors).toBeUndefined()
  expect(body.data).toHaveProperty('__schema')
})

test('takes a document at the limit of depth, and of aliases', async () => {
  await using server = await startTestServer()
  const deepest = await query(server.url, deep(16))
  const widest = await query(server.url, `{ ${repeat(60, (i) => `a${i}: hello`)} }`)
  expect([deepest.body.errors, widest.body.errors]).toEqual([undefined, undefined])
})

test('names such as __proto__ are ordinary data', async () => {
  // D4
  await using server = await startTestServer()
  const document = 'query ($name: String) { __proto__: hello(name: $name) constructor: hello }'
  const { body } = await query(server.url, document, JSON.parse('{"name":"__proto__","__proto__":{"polluted":true}}'))
  expect(Object.entries(body.data ?? {})).toEqual([
    ['__proto__', 'hello __proto__'],
    ['constructor', 'hello you'],
  ])
  expect(Object.prototype).not.toHaveProperty('polluted')
})

test('answers a document that was refused in the same way when it comes again', async () => {
  await using server = await startTestServer()
  const answers: Result<unknown>[] = []
  const headers = { 'x-request-id': 'the-same' }
  for (let round = 0; round < 3; round += 1) answers.push((await query(server.url, '{ nothing }', {}, headers)).body)
  expect(answers[0]?.errors).toHaveLength(1)
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})
