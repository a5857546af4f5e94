import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { usualLimits } from '../../src/server/limit-table.ts'
import { GatewayMetrics } from '../../src/telemetry/gateway-metrics.ts'
import { query } from '../support/graphql-client.ts'
import { send, startTestServer, type TestServer } from '../server/start-test-server.ts'
import { parseScrape } from './parse-scrape.ts'

let metrics: GatewayMetrics
let server: TestServer
beforeEach(async () => {
  metrics = new GatewayMetrics({ version: '1' })
  server = await startTestServer({ observer: metrics, limits: { ...usualLimits, maxBodyBytes: 1_024 } })
})
afterEach(() => server[Symbol.asyncDispose]())

/** The statuses that were counted, with how often. */
const listCounted = async (): Promise<Readonly<Record<string, number>>> => {
  const { samples } = parseScrape(await metrics.scrape())
  const counted = samples.filter(({ name, value }) => name === 'dr_gateway_http_refusals_total' && value > 0)
  return Object.fromEntries(counted.map(({ labels, value }) => [labels['status'] ?? '', value]))
}

const json = { 'content-type': 'application/json' }

it('counts whom the server turns away before it understands him, by the status', async () => {
  const { url } = server
  const post = (headers: Record<string, string>, body: string) => send(url, { method: 'POST', headers, body })
  await post({ ...json, authorization: 'Bearer nonsense' }, '{}')
  await post({ ...json }, 'no JSON')
  await post({ ...json }, '[]')
  await post({ 'content-type': 'text/plain' }, '{}')
  await post({ ...json }, JSON.stringify({ query: 'x'.repeat(2_000) }))
  await post({ ...json, 'x-long': 'x'.repeat(20_000) }, '{}')
  await send(new URL('/nowhere', url).href, { method: 'GET' })
  await expect.poll(listCounted).toEqual({ 400: 2, 401: 1, 404: 1, 413: 1, 415: 1, 431: 1 })
  expect(parseScrape(await metrics.scrape()).sum('dr_gateway_operations_total')).toBe(0)
})

it('counts those who ask for a socket at the wrong place, and what is no HTTP', async () => {
  const { hostname, port } = new URL(server.url)
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13'
  for (const text of [`GET /elsewhere HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n\r\n`, 'nonsense\r\n\r\n']) {
    const socket = connect(Number(port), hostname)
    socket.write(text)
    socket.resume()
    await once(socket, 'close')
  }
  expect(await listCounted()).toEqual({ 400: 1, 404: 1 })
})

it('leaves what was read as GraphQL to the figures of operations, however it was answered', async () => {
  const strict = { accept: 'application/graphql-response+json' }
  const { status } = await query(server.url, 'query Wrong { nothingOfTheKind }', {}, strict)
  expect(status).toBe(400)
  await query(server.url, '{ node { name } }')
  await server[Symbol.asyncDispose]()
  expect(await listCounted()).toEqual({})
  const { sum } = parseScrape(await metrics.scrape())
  expect(sum('dr_gateway_operations_total', { outcome: 'failed' })).toBe(1)
})

it('counts who names a document that there is not as an operation, whatever the status', async () => {
  await using strict = await startTestServer({ observer: metrics, documents: { mode: 'only', texts: {} } })
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    await send(strict.url, { method: 'POST', headers: { ...json, accept }, body: '{"documentId":"unknown"}' })
  }
  await strict[Symbol.asyncDispose]()
  expect(await listCounted()).toEqual({})
  expect(parseScrape(await metrics.scrape()).sum('dr_gateway_operations_total', { outcome: 'failed' })).toBe(2)
})
