import { once } from 'node:events'
import { createClient, type SubscribePayload } from 'graphql-ws'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { usualLimits } from '../../src/server/limit-table.ts'
import { query } from '../support/graphql-client.ts'
import { send, startTestServer, type TestServer } from './start-test-server.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

const idsOf = (errors: unknown): unknown =>
  Array.isArray(errors) ? errors.map((error) => error.extensions?.requestId) : errors

/** The request ids in the errors that answer these operations, sent one after the other on one socket. */
const askOnSocket = async (
  server: TestServer,
  payloads: readonly SubscribePayload[],
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown[]> => {
  class WithHeaders extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers })
    }
  }
  const client = createClient({
    url: server.url.replace(/^http/, 'ws'),
    webSocketImpl: WithHeaders,
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => undefined,
  })
  const ids: unknown[] = []
  for (const payload of payloads) {
    await new Promise<void>((resolve) => {
      client.subscribe(payload, {
        next: ({ errors }) => ids.push(idsOf(errors)),
        error: (errors) => {
          ids.push(idsOf(errors))
          resolve()
        },
        complete: resolve,
      })
    })
  }
  await client.dispose()
  return ids
}

/** One document for each place at which an error can come from. */
const failing = [
  '{ hello',
  '{ nothing }',
  '{ broken }',
  '{ refused }',
  '{ shortList }',
  'query ($name: String!) { hello(name: $name) }',
  'query A { hello } query B { hello }',
  'subscription { refusedAtOnce }',
]

test.each(failing)('every error over HTTP says which request it belongs to: %s', async (document) => {
  await using server = await startTestServer()
  for (const headers of [
    { 'x-request-id': 'portal-17' },
    { 'x-request-id': 'portal-17', accept: 'text/event-stream, */*' },
  ]) {
    const { body, headers: answered } = await query(server.url, document, {}, headers).catch(() => ({
      body: null,
      headers: null,
    }))
    if (body === null) continue
    expect(answered?.get('x-request-id')).toBe('portal-17')
    expect(idsOf(body.errors)).toEqual(['portal-17'])
  }
})

test('what is refused before GraphQL looks at it says it in the header alone', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  const headers = { 'content-type': 'application/json', traceparent }
  const { status, headers: answered } = await send(server.url, {
    method: 'POST',
    headers,
    body: '{"query":"{ hello }"}',
  })
  expect({ status, id: answered['x-request-id'] }).toEqual({ status: 401, id: traceId })
})

test('what a caller is refused once says his own id to the next one', async () => {
  // Documents and what validation said of them are remembered.
  await using server = await startTestServer()
  for (const id of ['first', 'second']) {
    const { body } = await query(server.url, '{ nothing }', {}, { 'x-request-id': id })
    expect(idsOf(body.errors)).toEqual([id])
    expect(body.errors?.[0]?.locations).toEqual([{ line: 1, column: 3 }])
  }
})

test.each(failing)('every error on a socket says which request it belongs to: %s', async (document) => {
  await using server = await startTestServer()
  const asked = [{ 'x-request-id': 'portal-17' }, { traceparent }, {}].map((extensions) => ({
    query: document,
    extensions,
  }))
  const ids = await askOnSocket(server, asked, { 'x-request-id': 'proxy-4' })
  expect(ids).toEqual([['portal-17'], [traceId], ['proxy-4.1']])
})

test('operations that say nothing are numbered on their socket, after its upgrade', async () => {
  await using server = await startTestServer()
  const asked = [
    { query: '{ broken }' },
    { query: '{ broken }' },
    { query: '{ broken }', extensions: { 'x-request-id': 'a b' } },
  ]
  expect(await askOnSocket(server, asked, { traceparent })).toEqual([
    [`${traceId}.1`],
    [`${traceId}.2`],
    [`${traceId}.3`],
  ])
  const [[first], [second]] = [
    await askOnSocket(server, asked.slice(0, 1)),
    await askOnSocket(server, asked.slice(0, 1)),
  ]
  expect(String(first)).toMatch(/^[\da-f-]{36}\.1$/)
  expect(first).not.toEqual(second)
})

test('an event that fails says which operation it belongs to', async () => {
  await using server = await startTestServer()
  const begun = server.whenBegun()
  const asking = askOnSocket(server, [{ query: 'subscription { count }', extensions: { 'x-request-id': 'watch-1' } }])
  await begun
  server.stage.sources[0]?.push(new Error('secret-stack-detail'))
  expect(await asking).toEqual([['watch-1']])
})

test('what the log says of a request carries its id, on every transport', async () => {
  await using server = await startTestServer({
    readiness: async () => Promise.reject(new Error('no store')),
    limits: { ...usualLimits, maxMessagesPerSecond: 10 },
  })
  await query(server.url, '{ broken }', {}, { 'x-request-id': 'over-http' })
  await askOnSocket(server, [{ query: '{ broken }' }], { 'x-request-id': 'over-socket' })
  await fetch(new URL('/health/ready', server.url), { headers: { 'x-request-id': 'over-health' } })
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
    headers: { 'x-request-id': 'flood' },
  })
  await once(socket, 'open')
  for (let count = 0; count < 20; count += 1) socket.ping()
  await once(socket, 'close')
  const lines = server.logged.filter(({ level }) => level === 'error' || level === 'warn')
  expect(lines.map(({ requestId }) => requestId)).toEqual(['over-http', 'over-socket.1', 'over-health', 'flood'])
})

test('resolvers are told the id of their request', async () => {
  const told: string[] = []
  await using server = await startTestServer({
    makeContext: ({ requestId }) => {
      told.push(requestId)
      return { gaps: [] }
    },
  })
  await query(server.url, '{ __typename }', {}, { 'x-request-id': 'portal-17' })
  await askOnSocket(server, [{ query: '{ __typename }', extensions: { 'x-request-id': 'portal-18' } }])
  expect(told).toEqual(['portal-17', 'portal-18'])
})

test('whoever looks at a token is told whose request it is, for the log', async () => {
  const told: unknown[] = []
  await using server = await startTestServer({
    authenticate: async (authorization, requestId) => {
      if (authorization !== null) told.push(requestId)
      return null
    },
  })
  const authorization = 'Bearer wrong'
  await query(server.url, '{ hello }', {}, { 'x-request-id': 'over-http', authorization })
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
    headers: { 'x-request-id': 'over-socket', authorization },
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await once(socket, 'close')
  expect(told).toEqual(['over-http', 'over-socket'])
})
