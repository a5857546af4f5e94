import { expect, test } from 'vitest'
import { send, startTestServer } from './start-test-server.ts'

const get = async (url: string, path: string) => {
  const { status, headers, text } = await send(new URL(path, url).href, { method: 'GET' })
  return { status, type: headers['content-type'], body: JSON.parse(text) as unknown }
}

const site = { name: 'one', vendor: 'VCDA', state: 'UP', lastSuccessAt: new Date('2026-11-22T01:00:00Z') } as const

test('is live, whoever asks', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  expect(await get(server.url, '/health/live')).toEqual({
    status: 200,
    type: 'application/json; charset=utf-8',
    body: { status: 'live' },
  })
})

test('is ready with every site and the store', async () => {
  await using server = await startTestServer({
    readiness: async () => ({ status: 'ready', sites: [site], store: 'ok' }),
  })
  const { status, body } = await get(server.url, '/health/ready')
  expect({ status, body }).toEqual({
    status: 200,
    body: { status: 'ready', sites: [{ ...site, lastSuccessAt: '2026-11-22T01:00:00.000Z' }], store: 'ok' },
  })
})

test('is still ready, and says degraded, while a site is down', async () => {
  // N16
  const down = { ...site, state: 'DOWN', lastSuccessAt: null } as const
  await using server = await startTestServer({
    readiness: async () => ({ status: 'degraded', sites: [down], store: 'ok' }),
  })
  const { status, body } = await get(server.url, '/health/ready')
  expect({ status, body }).toEqual({ status: 200, body: { status: 'degraded', sites: [down], store: 'ok' } })
})

test('is not ready, says no more, and logs why when it cannot tell', async () => {
  await using server = await startTestServer({
    readiness: async () => {
      throw new Error('secret-stack-detail')
    },
  })
  const { status, body } = await get(server.url, '/health/ready')
  expect({ status, body }).toEqual({ status: 503, body: { status: 'unknown' } })
  expect(server.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
})
