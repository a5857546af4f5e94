import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { closeCodes, drainMs } from '../../src/server/limits.ts'
import { openSocket, query } from '../support/graphql-client.ts'
import { startTestServer } from './start-test-server.ts'

const isAboutEnd = ({ message }: Readonly<Record<string, unknown>>): boolean => /drains|has ended/.test(String(message))

test('lets an operation finish and answers it before the server is gone', async () => {
  // S4
  await using server = await startTestServer()
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const begun = server.whenBegun()
  const answer = query(server.url, 'mutation { wait }')
  await begun
  const closed = server[Symbol.asyncDispose]()
  const refused = await fetch(server.url).then(
    () => false,
    () => true,
  )
  gate.resolve()
  expect(refused).toBe(true)
  expect((await answer).body).toEqual({ data: { wait: 'waited' } })
  await closed
})

test('writes down when it begins to end, with how many sockets, and when it has', async () => {
  const server = await startTestServer()
  await using socket = openSocket(server.url)
  await socket.subscribe('{ hello }').untilDone()
  expect(server.logged.filter(isAboutEnd)).toEqual([])
  await server[Symbol.asyncDispose]()
  expect(server.logged.filter(isAboutEnd)).toEqual([
    expect.objectContaining({ level: 'info', message: 'The server drains', sockets: 1 }),
    expect.objectContaining({ level: 'info', message: 'The server has ended' }),
  ])
})

test('is not gone before a mutation whose caller has left is done', async () => {
  // H10, S4
  await using server = await startTestServer()
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const begun = server.whenBegun()
  const socket = openSocket(server.url)
  socket.subscribe('mutation { wait act }')
  await begun
  await socket[Symbol.asyncDispose]()
  let isGone = false
  const close = async (): Promise<void> => {
    await server[Symbol.asyncDispose]()
    isGone = true
  }
  const closed = close()
  // A whole life of another server is time enough for one that does not wait.
  await using other = await startTestServer()
  await query(other.url, '{ hello }')
  await other[Symbol.asyncDispose]()
  expect(isGone).toBe(false)
  gate.resolve()
  await closed
  expect(server.stage.executed).toEqual(['wait', 'act'])
})

test('tells sockets that it goes away, and releases what ran on them', async () => {
  // S4
  const server = await startTestServer()
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  const begun = server.whenBegun()
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { count }' } }))
  await begun
  const closing = once(socket, 'close')
  await server[Symbol.asyncDispose]()
  const [code] = await closing
  expect(code).toBe(closeCodes.draining)
  await server.stage.sources[0]?.released
})

test('cuts event streams, which would never end', async () => {
  const server = await startTestServer()
  const begun = server.whenBegun()
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' }
  const response = fetch(server.url, { method: 'POST', headers, body: '{"query":"subscription { count }"}' })
  await begun
  const { body } = await response
  const startedAt = performance.now()
  await server[Symbol.asyncDispose]()
  expect(performance.now() - startedAt).toBeLessThan(drainMs / 2)
  const ended = await new Response(body).text().then(
    () => true,
    () => true,
  )
  expect(ended).toBe(true)
  await server.stage.sources[0]?.released
})

test('is gone at once when only idle connections are left', async () => {
  const server = await startTestServer()
  await query(server.url, '{ hello }')
  await server[Symbol.asyncDispose]()
  await expect(fetch(server.url)).rejects.toThrow(/fetch failed/)
})

test('fails to start on a port that is taken', async () => {
  await using server = await startTestServer()
  const port = Number(new URL(server.url).port)
  await expect(startTestServer({ port })).rejects.toThrow(/EADDRINUSE/)
})
