import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { Viewer } from '../../src/domain/viewer.ts'
import { lastingGrants } from '../../src/server/grant-watch.ts'
import { atExpiry, isExpired } from '../../src/server/session-expiry.ts'
import { SocketSession } from '../../src/server/socket-session.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { query } from '../support/graphql-client.ts'
import { viewerOf } from '../support/viewer-of.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const lifeMs = 1_500

const toViewer = (expiresAt: Date | null): Viewer => viewerOf('alice', ['dr:read'], { expiresAt })

/** A server whose callers' tokens end soon after they were first shown, and are refused from then on. */
const startShortLived = async (): Promise<TestServer> => {
  let viewer: Viewer | null = null
  return startTestServer({
    authenticate: async (authorization) => {
      if (authorization === null) return null
      viewer ??= toViewer(new Date(Date.now() + lifeMs))
      return isExpired(viewer) ? null : viewer
    },
  })
}

const authorization = 'Bearer soon-over'

test('closes a socket with 4403 when its token ends, releases what ran there, and sends nothing after', async () => {
  // W2
  await using server = await startShortLived()
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const received: string[] = []
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  const startedAt = Date.now()
  await once(socket, 'message')
  socket.on('message', (data) => received.push(Buffer.isBuffer(data) ? data.toString() : ''))
  const begun = server.whenBegun()
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { count }' } }))
  await begun
  const [source] = server.stage.sources
  const first = once(socket, 'message')
  source?.push(1)
  await first

  const closed = once(socket, 'close')
  await source?.released
  source?.push(2)
  const [code, reason] = await closed
  const lastedMs = Date.now() - startedAt
  expect([code, String(reason)]).toEqual([4403, 'Token expired'])
  expect(received).toEqual(['{"id":"1","type":"next","payload":{"data":{"count":1}}}'])
  expect(lastedMs).toBeGreaterThanOrEqual(lifeMs - 50)
  expect(lastedMs).toBeLessThan(lifeMs + 5_000)
})

test('ends an event stream when its token ends, without a word that it is complete', async () => {
  // W2
  await using server = await startShortLived()
  const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' }
  const begun = server.whenBegun()
  const answer = fetch(server.url, { method: 'POST', headers, body: '{"query":"subscription { count }"}' })
  await begun
  const [source] = server.stage.sources
  source?.push(1)
  const text = await (await answer).text()
  expect(text.replaceAll(':\n\n', '')).toBe('event: next\ndata: {"data":{"count":1}}\n\n')
  await source?.released
  const { status } = await query(server.url, '{ hello }', {}, { authorization })
  expect(status).toBe(401)
})

test('lets a mutation that is under way finish when the token of its socket ends', async () => {
  // H10: what was begun goes on
  await using server = await startShortLived()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.stage.gate = promise
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await once(socket, 'message')
  const begun = server.whenBegun()
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'mutation { wait act }' } }))
  await begun
  await once(socket, 'close')
  resolve()
  await server[Symbol.asyncDispose]()
  expect(server.stage.executed).toEqual(['wait', 'act'])
})

test('never ends what has no end, and not what was let go', () => {
  vi.useFakeTimers()
  try {
    const ended: string[] = []
    atExpiry(toViewer(null), () => ended.push('endless'))
    const letGo = atExpiry(toViewer(new Date(Date.now() + 1_000)), () => ended.push('let go'))
    letGo[Symbol.dispose]()
    vi.advanceTimersByTime(40 * 86_400_000)
    expect(ended).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('ends at the moment, also one that is further off than a timer can be set', () => {
  vi.useFakeTimers()
  try {
    const ended: Date[] = []
    const expiresAt = new Date(Date.now() + 40 * 86_400_000)
    atExpiry(toViewer(expiresAt), () => ended.push(new Date()))
    vi.advanceTimersByTime(41 * 86_400_000)
    expect(ended).toEqual([expiresAt])
  } finally {
    vi.useRealTimers()
  }
})

test('ends within a minute when the clock of the machine is put on past it', () => {
  // C12
  vi.useFakeTimers()
  try {
    const ended: string[] = []
    const viewer = toViewer(new Date(Date.now() + 3_600_000))
    atExpiry(viewer, () => ended.push('over'))
    vi.setSystemTime(Date.now() + 7_200_000)
    expect(isExpired(viewer)).toBe(true)
    vi.advanceTimersByTime(60_000)
    expect(ended).toEqual(['over'])
  } finally {
    vi.useRealTimers()
  }
})

test('keeps no timer for a socket that has gone while its token was looked at', () => {
  vi.useFakeTimers()
  try {
    const onExpired = vi.fn<() => void>()
    const session = new SocketSession({
      authenticate: async () => null,
      grants: lastingGrants,
      logger: silentLogger,
      onExpired,
      onWithdrawn: onExpired,
    })
    session[Symbol.dispose]()
    session.begin(toViewer(new Date(Date.now() + 1_000)))
    expect([session.viewer, vi.getTimerCount()]).toEqual([null, 0])
  } finally {
    vi.useRealTimers()
  }
})
