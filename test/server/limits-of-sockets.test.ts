import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Viewer } from '../../src/domain/viewer.ts'
import { usualLimits, type ServerLimits } from '../../src/server/limit-table.ts'
import { openSocket, query } from '../support/graphql-client.ts'
import { viewerOf } from '../support/viewer-of.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

/** Takes the token for the name of the caller. */
const byName = async (authorization: string | null): Promise<Viewer> =>
  viewerOf(authorization ?? 'anonymous', ['dr:read'], { isAnonymous: authorization === null })

const startWith = (limits: Partial<ServerLimits>): Promise<TestServer> =>
  startTestServer({ limits: { ...usualLimits, ...limits }, authenticate: byName })

interface Bare {
  readonly socket: WebSocket
  /** Code and reason. */
  readonly closed: Promise<readonly [number, string]>
}

/** Opens a socket and sends nothing. */
const openBare = async ({ url }: TestServer): Promise<Bare> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').then(([code, reason]) => [Number(code), String(reason)] as const)
  await once(socket, 'open')
  return { socket, closed }
}

const begin = async (server: TestServer, authorization?: string): Promise<Bare> => {
  const bare = await openBare(server)
  bare.socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await Promise.race([once(bare.socket, 'message'), bare.closed])
  return bare
}

const subscribeMessage = (id: string, document: string, extensions: object = {}): string =>
  JSON.stringify({ id, type: 'subscribe', payload: { query: document, extensions } })

const openStream = async ({ url }: TestServer, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { count }' }),
    signal,
  })

test('the socket over the number of its caller is closed with 1013, until another one goes', async () => {
  // W4
  await using server = await startWith({ maxSocketsPerCaller: 2 })
  const [first] = [await begin(server), await begin(server)]
  const third = await begin(server)
  expect(await third.closed).toEqual([1013, 'limits.maxSocketsPerCaller allows 2'])
  const other = await begin(server, 'other')
  expect(other.socket.readyState).toBe(WebSocket.OPEN)
  first.socket.terminate()
  await first.closed
  // Any later answer shows that the server has seen it go.
  await query(server.url, '{ hello }')
  const fourth = await begin(server)
  expect(fourth.socket.readyState).toBe(WebSocket.OPEN)
})

test('event streams count among the sockets of their caller', async () => {
  // W4, W6
  await using server = await startWith({ maxSocketsPerCaller: 1 })
  const leaving = new AbortController()
  const begun = server.whenBegun()
  const streaming = openStream(server, leaving.signal)
  await begun
  server.stage.sources[0]?.push(1)
  const stream = await streaming
  expect(stream.status).toBe(200)
  const second = await openStream(server, new AbortController().signal)
  expect(second.status).toBe(429)
  expect(await second.text()).toContain('"limit":"limits.maxSocketsPerCaller","allowed":1')
  expect(await (await begin(server)).closed).toEqual([1013, 'limits.maxSocketsPerCaller allows 1'])
  leaving.abort()
  await server.stage.sources[0]?.released
  const socket = await begin(server)
  expect(socket.socket.readyState).toBe(WebSocket.OPEN)
})

test('the operation over the number of its socket is refused by the key of the limit, and the socket stays', async () => {
  // W4
  await using server = await startWith({ maxSubscriptionsPerSocket: 1 })
  await using socket = openSocket(server.url)
  await using counting = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await using refused = socket.subscribe('subscription { count }')
  const failure: unknown = await refused.next().catch((error: unknown) => error)
  expect(JSON.parse(failure instanceof Error ? failure.message : '')[0].extensions).toEqual({
    code: 'LIMIT_EXCEEDED',
    limit: 'limits.maxSubscriptionsPerSocket',
    allowed: 1,
    requested: 2,
    requestId: expect.any(String),
  })
  server.stage.sources[0]?.push(1)
  expect(await counting.next()).toEqual({ data: { count: 1 } })
})

test.each(['message', 'ping'])('a socket that floods the server with each %s is closed with 1008', async (kind) => {
  // W4: 5,000 at once, and the others are served
  await using server = await startWith({ maxMessagesPerSecond: 50 })
  await using calm = openSocket(server.url)
  await using counting = calm.subscribe('subscription { count }')
  await server.whenBegun()
  const { socket, closed } = await begin(server, 'flooder')
  for (let sent = 0; sent < 5_000; sent += 1) {
    if (kind === 'ping') socket.ping()
    else socket.send(subscribeMessage(String(sent), '{ hello }'))
  }
  expect(await closed).toEqual([1008, 'limits.maxMessagesPerSecond allows 50'])
  expect(server.stage.executed.length).toBeLessThan(60)
  server.stage.sources[0]?.push(1)
  expect(await counting.next()).toEqual({ data: { count: 1 } })
})

test('a message over the limit closes its socket with 1009', async () => {
  await using server = await startWith({ maxMessageBytes: 1_024 })
  const { socket, closed } = await begin(server)
  socket.send(subscribeMessage('1', `{ hello(name: "${'x'.repeat(1_024)}") }`))
  expect((await closed)[0]).toBe(1009)
})

test('a socket without connection_init in time is closed with 4408', async () => {
  // W1
  await using server = await startWith({ connectionInitTimeoutMs: 100 })
  const { closed } = await openBare(server)
  expect((await closed)[0]).toBe(4408)
})

test('an answer on a socket tells its cost to who asks for it, and no error there speaks of HTTP', async () => {
  // D7
  await using server = await startWith({})
  const { socket } = await begin(server)
  const messages: string[] = []
  const { promise: done, resolve } = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    messages.push(data.toString())
    if (messages.length === 3) resolve()
  })
  socket.send(subscribeMessage('1', '{ hello }', { cost: true }))
  socket.send(subscribeMessage('2', '{ nothing }'))
  await done
  const cost = { requested: 1, limit: 250_000, vendorCalls: 0, vendorCallsLimit: 250 }
  expect(messages.join()).toContain(JSON.stringify({ data: { hello: 'hello you' }, extensions: { cost } }))
  expect(messages.join()).toContain('GRAPHQL_VALIDATION_FAILED')
  expect(messages.join()).not.toContain('"http"')
})
