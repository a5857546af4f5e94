import { once } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { socketLimits } from '../../src/server/limits.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const patienceMs = 30_000

// Only what looks after sockets runs by an interval; everything else keeps the real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})

afterEach(() => {
  vi.useRealTimers()
})

const openWith = async ({ url }: TestServer, answersPings: boolean): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { autoPong: answersPings })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  const acknowledged = once(socket, 'message')
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await acknowledged
  return socket
}

/** Resolves when the server has seen everything that the client sent before. */
const meet = async (socket: WebSocket): Promise<void> => {
  const answered = once(socket, 'message')
  socket.send(JSON.stringify({ type: 'ping' }))
  await answered
}

test('a connection whose other end is silent is gone within 30 s, and its subscription with it; one that answers stays', async () => {
  // W7: what a cable that was pulled leaves behind looks like a client that answers nothing, pings included
  await using server = await startTestServer()
  const silent = await openWith(server, false)
  const answering = await openWith(server, true)
  const closed = once(silent, 'close')
  silent.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { count }' } }))
  await server.whenBegun()
  for (let passedMs = 0; passedMs < patienceMs; passedMs += socketLimits.watchIntervalMs) {
    vi.advanceTimersByTime(socketLimits.watchIntervalMs)
    await meet(answering)
  }
  await closed
  await server.stage.sources[0]?.released
  expect(answering.readyState).toBe(WebSocket.OPEN)
  answering.terminate()
})
