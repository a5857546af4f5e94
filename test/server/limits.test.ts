import { connect } from 'node:net'
import { expect, test } from 'vitest'
import type { Viewer } from '../../src/domain/viewer.ts'
import { usualLimits, type ServerLimits } from '../../src/server/limit-table.ts'
import { openSocket, query, subscribe } from '../support/graphql-client.ts'
import { viewerOf } from '../support/viewer-of.ts'
import { send, startTestServer, type TestServer } from './start-test-server.ts'

const json = { 'content-type': 'application/json' }

const startWith = (limits: Partial<ServerLimits>): Promise<TestServer> =>
  startTestServer({ limits: { ...usualLimits, ...limits }, authenticate: byName })

/** Takes the token for the name of the caller. */
const byName = async (authorization: string | null): Promise<Viewer> =>
  viewerOf(authorization ?? 'anonymous', ['dr:read'], { isAnonymous: authorization === null })

const extensionsOf = (text: string): Record<string, unknown> => JSON.parse(text).errors[0].extensions

const failureOf = async (url: string, document: string): Promise<unknown> => {
  await using refused = subscribe(url, document)
  const failure: unknown = await refused.next().catch((error: unknown) => error)
  return JSON.parse(failure instanceof Error ? failure.message : '')[0].extensions
}

const tooMuch: readonly (readonly [Partial<ServerLimits>, string, number | null])[] = [
  [{ maxDocumentCharacters: 40 }, `{ hello(name: "${'x'.repeat(40)}") }`, 59],
  [{ maxTokens: 5 }, '{ hello hello hello hello }', null],
  [{ maxDepth: 3 }, '{ node { next { next { name } } } }', 4],
  [{ maxAliases: 1 }, '{ a: hello b: hello }', 2],
  [{ maxDirectives: 2 }, '{ hello @x @x ... @x { whoAmI } }', 3],
  [{ maxFields: 2 }, '{ hello whoAmI node { name } }', 4],
  [{ maxCost: 20 }, '{ nodes { name next { name } } }', 31],
]

test.each(tooMuch)(
  'a document over %j is refused alike on both transports, by the key of the limit',
  async (...row) => {
    // D1, D7
    const [limits, document, requested] = row
    const [[name, allowed] = ['', 0]] = Object.entries(limits)
    await using server = await startWith(limits)
    const accept = 'application/graphql-response+json'
    const body = JSON.stringify({ query: document })
    const answer = await send(server.url, { method: 'POST', headers: { ...json, accept }, body })
    const expected = { code: 'LIMIT_EXCEEDED', limit: `limits.${name}`, allowed, ...(requested && { requested }) }
    expect(answer.status).toBe(400)
    const { requestId: _id, ...more } = extensionsOf(answer.text)
    expect(more).toMatchObject(expected)
    expect(await failureOf(server.url, document)).toEqual({ ...expected, ...more, requestId: expect.any(String) })
    const tolerant = await query(server.url, document)
    expect([tolerant.status, tolerant.body.data]).toEqual([200, undefined])
    expect(server.stage.executed).toEqual([])
  },
)

test('a body over the limit is refused by its key, announced or not', async () => {
  // H2
  await using server = await startWith({ maxBodyBytes: 1_024 })
  const body = JSON.stringify({ query: `{ hello(name: "${'x'.repeat(1_024)}") }` })
  const announced = await send(server.url, { method: 'POST', headers: json, body })
  const chunked = await send(server.url, { method: 'POST', headers: { ...json, 'transfer-encoding': 'chunked' }, body })
  const limit = 'limits.maxBodyBytes'
  const extensions = { code: 'LIMIT_EXCEEDED', limit, allowed: 1_024, requestId: expect.any(String) }
  for (const { status, text } of [announced, chunked]) {
    expect({ status, extensions: extensionsOf(text) }).toEqual({ status: 413, extensions })
  }
})

test('headers over the limit are refused by its key', async () => {
  // H7
  await using server = await startWith({ maxHeaderBytes: 2_048 })
  const headers = { ...json, 'x-long': 'x'.repeat(4_096) }
  const { status, text } = await send(server.url, { method: 'POST', headers, body: '{}' })
  const extensions = { code: 'LIMIT_EXCEEDED', limit: 'limits.maxHeaderBytes', allowed: 2_048 }
  expect({ status, extensions: extensionsOf(text) }).toEqual({ status: 431, extensions })
})

/** Writes bytes, and tells everything that came back until the server closed the connection. */
const exchange = async (url: string, bytes: string): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (data) => {
    received += data.toString()
  })
  socket.on('error', () => undefined)
  socket.once('close', () => resolve(received))
  socket.write(bytes)
  return promise
}

test.each([
  ['a head', 'POST /graphql HTTP/1.1\r\nHost: x\r\n'],
  ['a body', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'],
])('%s that does not come to its end in time is refused by the key of the limit', async (_what, beginning) => {
  // H8
  await using server = await startWith({ headersTimeoutMs: 200, bodyTimeoutMs: 200 })
  const answer = await exchange(server.url, beginning)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('limits.bodyTimeoutMs')
})

test.each([
  ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n'],
  [
    'a length and chunks',
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
  ],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'],
  [
    'a bad chunk',
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ],
  ['no HTTP', 'hello\r\n\r\n'],
])('%s are answered with 400, once, and the connection ends', async (_what, bytes) => {
  // H6: what stands behind is not taken for a second request
  await using server = await startWith({})
  const answer = await exchange(server.url, `${bytes}GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`)
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
})

test('requests over the rate of their caller are refused with 429, and other callers are served', async () => {
  await using server = await startWith({ maxRequestsPerSecond: 3 })
  const asked = await Promise.all(Array.from({ length: 8 }, () => query(server.url, '{ hello }')))
  const refused = asked.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(4)
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  const extensions = { code: 'LIMIT_EXCEEDED', limit: 'limits.maxRequestsPerSecond', allowed: 3 }
  expect(refused[0]?.body.errors?.[0]?.extensions).toEqual(extensions)
  expect(await failureOf(server.url, '{ hello }')).toEqual({ ...extensions, requestId: expect.any(String) })
  const reports = await fetch(new URL('/reports/recovery.json', server.url))
  expect(reports.status).toBe(429)
  expect((await query(server.url, '{ hello }', {}, { authorization: 'other' })).status).toBe(200)
})

test('a query beside as many as the caller may have under way is refused on either transport, until one ends', async () => {
  await using server = await startWith({ maxConcurrentOperations: 1 })
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const begun = server.whenBegun()
  const first = query(server.url, '{ wait }')
  await begun
  const second = await query(server.url, 'mutation { act }')
  const limit = 'limits.maxConcurrentOperations'
  const extensions = { code: 'LIMIT_EXCEEDED', limit, allowed: 1, requestId: expect.any(String) }
  expect([second.status, second.body.errors?.[0]?.extensions]).toEqual([429, extensions])
  await using overSocket = subscribe(server.url, '{ hello }')
  expect((await overSocket.next()).errors?.[0]?.extensions).toEqual(extensions)
  expect((await query(server.url, '{ hello }', {}, { authorization: 'other' })).status).toBe(200)
  gate.resolve()
  await first
  expect((await query(server.url, '{ hello }')).status).toBe(200)
  expect(server.stage.executed).toEqual(['wait', 'hello', 'hello'])
})

test('a query without an answer in time is answered and ended; its caller is free again', async () => {
  await using server = await startWith({ responseDeadlineMs: 100, maxConcurrentOperations: 1 })
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const { status, body } = await query(server.url, '{ wait }')
  const limit = 'limits.responseDeadlineMs'
  const extensions = { code: 'LIMIT_EXCEEDED', limit, allowed: 100, requestId: expect.any(String) }
  expect([status, body.errors?.[0]?.extensions]).toEqual([504, extensions])
  expect(server.stage.signals.map(({ aborted }) => aborted)).toEqual([true])
  await using overSocket = subscribe(server.url, '{ wait }')
  expect((await overSocket.next()).errors?.[0]?.extensions).toEqual(extensions)
  gate.resolve()
})

test('a mutation without an answer in time goes on, and the server waits for it when it closes', async () => {
  // H10, S4
  await using server = await startWith({ responseDeadlineMs: 100 })
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const { status, body } = await query(server.url, 'mutation { wait act }')
  expect([status, body.errors?.[0]?.message]).toEqual([504, expect.stringContaining('goes on')])
  expect(server.stage.signals.map(({ aborted }) => aborted)).toEqual([false])
  gate.resolve()
  await server[Symbol.asyncDispose]()
  expect(server.stage.executed).toEqual(['wait', 'act'])
})

test('a subscription goes on when the time of an answer is over', async () => {
  await using server = await startWith({ responseDeadlineMs: 50 })
  await using socket = openSocket(server.url)
  await using counting = socket.subscribe('subscription { count }')
  await server.whenBegun()
  // A query on the same socket that runs into the deadline shows that it has passed.
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  await using late = socket.subscribe('{ wait }')
  await late.next()
  gate.resolve()
  server.stage.sources[0]?.push(1)
  expect(await counting.next()).toEqual({ data: { count: 1 } })
})
