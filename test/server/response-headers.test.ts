import { expect, test } from 'vitest'
import { send, startTestServer } from './start-test-server.ts'

const json = { 'content-type': 'application/json' }
const post = { method: 'POST', headers: json, body: '{"query":"{ hello }"}' }
const portal = 'https://portal.example'

test.each([
  ['an answer', '/graphql', post],
  ['a refusal', '/graphql', { ...post, body: '{' }],
  ['an unknown path', '/elsewhere', { method: 'GET' }],
  ['the landing text', '/', { method: 'GET' }],
  ['health', '/health/ready', { method: 'GET' }],
  ['a report', '/reports/recovery.csv', { method: 'GET' }],
])('%s lets nobody frame, sniff or store it, and names no library', async (_what, path, options) => {
  await using server = await startTestServer()
  const { headers, text } = await send(new URL(path, server.url).href, options)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  expect(JSON.stringify(headers) + text).not.toMatch(/yoga|express|node_modules|x-powered-by/i)
  expect(headers).not.toHaveProperty('server')
})

test('a page of a configured origin may read answers, without credentials of the browser', async () => {
  // H11
  await using server = await startTestServer({ corsOrigins: () => [portal] })
  const headers = { origin: portal, 'access-control-request-method': 'POST' }
  const asked = await send(server.url, { method: 'OPTIONS', headers })
  expect(asked.status).toBe(204)
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': portal,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': expect.stringContaining('authorization'),
    vary: 'origin',
  })
  const sent = await send(server.url, { ...post, headers: { ...json, origin: portal } })
  expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([200, portal])
  expect([asked, sent].map((answer) => answer.headers['access-control-allow-credentials'])).toEqual([
    undefined,
    undefined,
  ])
})

test.each(['https://evil.example', 'null', 'https://portal.example.evil.example', 'http://portal.example'])(
  'a page of %s gets no CORS header where another origin is configured',
  async (origin) => {
    // H11
    await using server = await startTestServer({ corsOrigins: () => [portal] })
    const asked = await send(server.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    const sent = await send(server.url, { ...post, headers: { ...json, origin } })
    const names = [asked, sent].flatMap(({ headers }) => Object.keys(headers))
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(asked.status).toBe(405)
  },
)

test('a GET that a page could send unasked runs nothing', async () => {
  await using server = await startTestServer()
  const { status, text } = await send(`${server.url}?query={hello}`, { method: 'GET' })
  expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('graphql-require-preflight') })
  expect(server.stage.executed).toEqual([])
})
