import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openSocket, query, subscribe } from '../support/graphql-client.ts'
import { send, startTestServer, validAuthorization } from './start-test-server.ts'

const toSocketUrl = (url: string): string => url.replace(/^http/, 'ws')

/** Opens a bare socket, sends the messages one after the other, and tells with which code the server closed it. */
const closeCodeOf = async (
  url: string,
  messages: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> => {
  const socket = new WebSocket(toSocketUrl(url), 'graphql-transport-ws', { headers })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  for (const message of messages) socket.send(message)
  const [code] = await closed
  return code
}

const init = JSON.stringify({ type: 'connection_init' })
const initWith = (authorization: unknown): string =>
  JSON.stringify({ type: 'connection_init', payload: { authorization } })

test('carries queries, mutations and subscriptions on one socket', async () => {
  await using server = await startTestServer()
  await using socket = openSocket(server.url)
  await using counting = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await using asking = socket.subscribe('query ($name: String) { hello(name: $name) }', { name: 'DR' })
  await using acting = socket.subscribe('mutation { act }')
  expect(await asking.untilDone()).toEqual([{ data: { hello: 'hello DR' } }])
  expect(await acting.untilDone()).toEqual([{ data: { act: 'done' } }])
  server.stage.sources[0]?.push(1)
  server.stage.sources[0]?.push(2)
  expect([await counting.next(), await counting.next()]).toEqual([{ data: { count: 1 } }, { data: { count: 2 } }])
})

test('closes a socket that subscribes before connection_init with 4401', async () => {
  // W1
  await using server = await startTestServer()
  const message = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ hello }' } })
  expect(await closeCodeOf(server.url, [message])).toBe(4401)
})

test('closes a socket that sends connection_init twice with 4429', async () => {
  // W1
  await using server = await startTestServer()
  expect(await closeCodeOf(server.url, [init, init])).toBe(4429)
})

test('closes a socket that never sends connection_init with 4408', async () => {
  // W1: waits for the 5 seconds that the server gives
  await using server = await startTestServer()
  expect(await closeCodeOf(server.url, [])).toBe(4408)
})

test.each([
  ['no token', init],
  ['a wrong token', initWith('Bearer wrong')],
  ['a token that is no text', initWith({ toString: 'x' })],
])('closes a socket with %s with 4403 where anonymous callers are refused', async (_what, message) => {
  // W1, S1
  await using server = await startTestServer({ isAnonymousAllowed: false })
  expect(await closeCodeOf(server.url, [message])).toBe(4403)
})

test('closes a socket with a wrong token with 4403 even where anonymous callers are allowed', async () => {
  await using server = await startTestServer()
  expect(await closeCodeOf(server.url, [initWith('Bearer wrong')])).toBe(4403)
})

test('knows the caller by connection_init, or else by the header of the upgrade', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  await using byInit = subscribe(server.url, '{ whoAmI }', {}, validAuthorization)
  expect(await byInit.next()).toEqual({ data: { whoAmI: 'operator' } })

  const headers = { authorization: validAuthorization }
  const socket = new WebSocket(toSocketUrl(server.url), 'graphql-transport-ws', { headers })
  await once(socket, 'open')
  socket.send(init)
  const [answer] = await once(socket, 'message')
  expect(String(answer)).toBe('{"type":"connection_ack"}')
  socket.terminate()
})

test('takes a page of another origin for nobody until it shows a token', async () => {
  // H11: a browser does not ask before it opens a socket to another origin
  await using server = await startTestServer()
  const foreign = { origin: 'https://evil.example' }
  expect(await closeCodeOf(server.url, [init], foreign)).toBe(4403)
  expect(await closeCodeOf(server.url, [init], { origin: 'null' })).toBe(4403)
  const ownPage = { origin: new URL(server.url).origin }
  expect(await closeCodeOf(server.url, [init, init], ownPage)).toBe(4429)
  expect(await closeCodeOf(server.url, [initWith(validAuthorization), init], foreign)).toBe(4429)
})

test('answers an upgrade on another path with 404', async () => {
  await using server = await startTestServer()
  const socket = new WebSocket(toSocketUrl(new URL('/elsewhere', server.url).href), 'graphql-transport-ws')
  const [error] = await once(socket, 'error')
  expect(String(error)).toContain('404')
})

test('closes a socket that speaks another protocol with 4406', async () => {
  await using server = await startTestServer()
  const socket = new WebSocket(toSocketUrl(server.url))
  const [code] = await once(socket, 'close')
  expect(code).toBe(4406)
})

test('closes a socket that sends a message over 1 MiB with 1009, and serves the next one', async () => {
  await using server = await startTestServer()
  expect(await closeCodeOf(server.url, [init, 'x'.repeat(1_048_577)])).toBe(1009)
  await using next = subscribe(server.url, '{ hello }')
  expect(await next.next()).toEqual({ data: { hello: 'hello you' } })
})

test('closes a socket that sends what is no message with 4400', async () => {
  await using server = await startTestServer()
  expect(await closeCodeOf(server.url, ['{"type":'])).toBe(4400)
})

test.each([
  ['a syntax error', '{ hello', {}],
  ['an unknown field', '{ nothing }', {}],
  ['an unknown operation type', 'fragment f on Query { hello }', {}],
  ['a wrong variable', 'query ($name: String) { hello(name: $name) }', { name: 7 }],
  ['a subscription that cannot begin', 'subscription { refusedAtOnce }', {}],
])('answers %s and keeps the socket with what runs on it', async (_what, document, variables) => {
  // W10
  await using server = await startTestServer()
  await using socket = openSocket(server.url)
  await using counting = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await using bad = socket.subscribe(document, variables)
  const [answer] = await Promise.allSettled([bad.next()])
  const errors = answer.status === 'fulfilled' ? JSON.stringify(answer.value.errors) : String(answer.reason)
  expect(errors).toContain('message')
  expect(errors).not.toContain('secret-stack-detail')
  server.stage.sources[0]?.push(1)
  expect(await counting.next()).toEqual({ data: { count: 1 } })
})

test('answers a source that throws with one masked error, logs it once, and keeps the socket', async () => {
  // W10
  await using server = await startTestServer()
  await using socket = openSocket(server.url)
  await using failing = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await using lasting = socket.subscribe('subscription { count }')
  await server.whenBegun()
  server.stage.sources[0]?.push(new Error('secret-stack-detail'))
  const failure: unknown = await failing.next().catch((error: unknown) => error)
  expect(String(failure)).toContain('INTERNAL_SERVER_ERROR')
  expect(String(failure)).not.toContain('secret-stack-detail')
  server.stage.sources[1]?.push(1)
  expect(await lasting.next()).toEqual({ data: { count: 1 } })
  expect(server.logged.filter(({ level }) => level === 'error')).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ message: 'secret-stack-detail' }) }),
  ])
})

test('releases a subscription at once when its socket is cut, without waiting for an event', async () => {
  // W11
  await using server = await startTestServer()
  const socket = new WebSocket(toSocketUrl(server.url), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(init)
  await once(socket, 'message')
  const begun = server.whenBegun()
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { count }' } }))
  await begun
  socket.terminate()
  await server.stage.sources[0]?.released
  expect(server.stage.signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('releases a subscription at once when its client ends it, and keeps the others', async () => {
  // W11
  await using server = await startTestServer()
  await using socket = openSocket(server.url)
  const leaving = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await using staying = socket.subscribe('subscription { count }')
  await server.whenBegun()
  await leaving[Symbol.asyncDispose]()
  await server.stage.sources[0]?.released
  server.stage.sources[1]?.push(7)
  expect(await staying.next()).toEqual({ data: { count: 7 } })
  expect(server.stage.signals.map(({ aborted }) => aborted)).toEqual([true, false])
})

test('tells a query on a socket that its caller has left, and lets a mutation run on', async () => {
  // H10
  await using server = await startTestServer()
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const socket = openSocket(server.url)
  socket.subscribe('{ wait }')
  await server.whenBegun()
  socket.subscribe('mutation { wait act }')
  await server.whenBegun()
  const [ofQuery] = server.stage.signals
  const { promise: aborted, resolve } = Promise.withResolvers<void>()
  ofQuery?.addEventListener('abort', () => resolve())
  await socket[Symbol.asyncDispose]()
  await aborted
  expect(server.stage.signals.map((signal) => signal.aborted)).toEqual([true, false])
  gate.resolve()
  await server[Symbol.asyncDispose]()
  expect(server.stage.executed).toEqual(['wait', 'wait', 'act'])
})

test('refuses the operation after the hundredth on one socket, and keeps the socket', async () => {
  // W4
  await using server = await startTestServer()
  await using socket = openSocket(server.url)
  const running = Array.from({ length: 100 }, () => socket.subscribe('subscription { count }'))
  await using refused = socket.subscribe('{ hello }')
  await expect(refused.next()).rejects.toThrow(/LIMIT_EXCEEDED/)
  const ended = running.pop()
  await ended?.[Symbol.asyncDispose]()
  await server.stage.sources[99]?.released
  await using accepted = socket.subscribe('{ hello }')
  expect(await accepted.next()).toEqual({ data: { hello: 'hello you' } })
})

test('cuts a client that asks and does not read, and serves the others', async () => {
  // W4, H9
  await using server = await startTestServer()
  const socket = new WebSocket(toSocketUrl(server.url), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(init)
  await once(socket, 'message')
  const begun = server.whenBegun()
  socket.send(JSON.stringify({ id: 'count', type: 'subscribe', payload: { query: 'subscription { count }' } }))
  await begun
  socket.pause()
  const payload = { query: 'query ($name: String) { hello(name: $name) }', variables: { name: 'x'.repeat(900_000) } }
  for (let id = 0; id < 99; id += 1) socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }))
  await server.stage.sources[0]?.released
  const { status } = await query(server.url, '{ hello }')
  expect(status).toBe(200)
  socket.terminate()
})

test('sends a subscription as server-sent events, and releases it at once when the client leaves', async () => {
  // W6, W11
  await using server = await startTestServer()
  const leaving = new AbortController()
  const begun = server.whenBegun()
  const answer = fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { count }' }),
    signal: leaving.signal,
  })
  await begun
  server.stage.sources[0]?.push(1)
  const response = await answer
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  let received = ''
  for await (const chunk of response.body ?? []) {
    received += Buffer.from(chunk).toString()
    if (received.includes('{"data":{"count":1}}')) break
  }
  expect(received).toContain('event: next\ndata: {"data":{"count":1}}')
  leaving.abort()
  await server.stage.sources[0]?.released
})

test('masks what a source throws in server-sent events too', async () => {
  await using server = await startTestServer()
  const begun = server.whenBegun()
  const answer = send(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { count }' }),
  })
  await begun
  server.stage.sources[0]?.push(new Error('secret-stack-detail'))
  const { text } = await answer
  expect(text).toContain('INTERNAL_SERVER_ERROR')
  expect(text).not.toContain('secret-stack-detail')
})

test('a refused socket costs the server nothing: it goes on answering', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  const refusals = Array.from({ length: 20 }, () => closeCodeOf(server.url, [init]))
  expect(new Set(await Promise.all(refusals))).toEqual(new Set([4403]))
  const { status } = await query(server.url, '{ hello }', {}, { authorization: validAuthorization })
  expect(status).toBe(200)
})
