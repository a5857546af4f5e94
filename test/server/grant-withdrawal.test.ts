import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { unbounded, type Grant } from '../../src/domain/viewer.ts'
import { LiveAuthentication } from '../../src/server/live-authentication.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { everywhere } from '../support/viewer-of.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const read: readonly Grant[] = [{ ...unbounded, scopes: ['dr:read'] }]

const withToken = (name: string, grants: readonly Grant[]) => ({
  issuers: [],
  siteNames: ['zvm-a'],
  tokens: [{ name, sha256: createHash('sha256').update('secret').digest('hex'), grants }],
})

const authorization = 'Bearer secret'

interface Rig {
  readonly server: TestServer
  readonly authentication: LiveAuthentication
}

const startRig = async (): Promise<Rig> => {
  const authentication = new LiveAuthentication(withToken('ci', read), { clock: systemClock, logger: silentLogger })
  onTestFinished(() => authentication[Symbol.dispose]())
  const { authenticate } = authentication
  const server = await startTestServer({ authenticate, grants: authentication })
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, authentication }
}

/** An accepted socket, and what it has got since. */
const openSocket = async ({ server }: Rig) => {
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await once(socket, 'message')
  const received: string[] = []
  socket.on('message', (data) => received.push(Buffer.isBuffer(data) ? data.toString() : ''))
  const begin = async (query: string): Promise<void> => {
    const begun = server.whenBegun()
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
    await begun
  }
  return { socket, received, begin }
}

test('a socket is closed when its grant is withdrawn, what ran there is released, and nothing comes after', async () => {
  // W3
  const rig = await startRig()
  const { socket, received, begin } = await openSocket(rig)
  await begin('subscription { count }')
  const [source] = rig.server.stage.sources
  const first = once(socket, 'message')
  source?.push(1)
  await first
  const closed = once(socket, 'close')
  expect(rig.authentication.replace(withToken('ci', everywhere(['dr:audit'])))).toEqual(['ci'])
  source?.push(2)
  await source?.released
  const [code, reason] = await closed
  expect([code, String(reason)]).toEqual([4403, 'Grant was withdrawn'])
  expect(received).toEqual(['{"id":"1","type":"next","payload":{"data":{"count":1}}}'])
})

test('an event stream ends when its grant is withdrawn, without a word that it is complete', async () => {
  // W3
  const rig = await startRig()
  const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' }
  const begun = rig.server.whenBegun()
  const answer = fetch(rig.server.url, { method: 'POST', headers, body: '{"query":"subscription { count }"}' })
  await begun
  const [source] = rig.server.stage.sources
  source?.push(1)
  const reader = (await answer).body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('"count":1')) text += (await reader?.read())?.value ?? ''
  expect(rig.authentication.replace(withToken('ci', [{ ...unbounded, scopes: ['dr:read'], siteNames: [] }]))).toEqual([
    'ci',
  ])
  source?.push(2)
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) text += part.value
  expect(text.replaceAll(':\n\n', '')).toBe('event: next\ndata: {"data":{"count":1}}\n\n')
  await source?.released
})

test('a grant that grows or stays closes nothing', async () => {
  const rig = await startRig()
  const { socket, received, begin } = await openSocket(rig)
  await begin('subscription { count }')
  expect(rig.authentication.replace(withToken('ci', everywhere(['dr:read', 'dr:operate'])))).toEqual([])
  expect(rig.authentication.replace(withToken('ci', read))).toEqual([])
  const next = once(socket, 'message')
  rig.server.stage.sources[0]?.push(1)
  await next
  expect([socket.readyState, received.length]).toEqual([socket.OPEN, 1])
})

test('a mutation that is under way finishes when the grant of its socket is withdrawn', async () => {
  // H10: what was begun goes on
  const rig = await startRig()
  const { promise, resolve } = Promise.withResolvers<void>()
  rig.server.stage.gate = promise
  const { socket, begin } = await openSocket(rig)
  await begin('mutation { wait act }')
  const closed = once(socket, 'close')
  rig.authentication.replace(withToken('cd', read))
  await closed
  resolve()
  await rig.server[Symbol.asyncDispose]()
  expect(rig.server.stage.executed).toEqual(['wait', 'act'])
})

test('a socket that is accepted while its grant is withdrawn is closed before it is told so', async () => {
  // W3
  const authentication = new LiveAuthentication(withToken('ci', read), { clock: systemClock, logger: silentLogger })
  onTestFinished(() => authentication[Symbol.dispose]())
  await using server = await startTestServer({
    authenticate: async (given) => {
      const viewer = await authentication.authenticate(given)
      if (viewer !== null) authentication.replace(withToken('cd', read))
      return viewer
    },
    grants: authentication,
  })
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const received: unknown[] = []
  socket.on('message', (data) => received.push(data))
  await once(socket, 'open')
  const closed = once(socket, 'close')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  const [code, reason] = await closed
  expect([code, String(reason), received]).toEqual([4403, 'Grant was withdrawn', []])
})
