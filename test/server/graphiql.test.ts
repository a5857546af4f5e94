import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { send, startTestServer, type RawAnswer, type TestServer } from './start-test-server.ts'

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

// Nine megabytes take their time, so the tests that only look at the page look at one and the same.
let server: TestServer
let page: RawAnswer

beforeAll(async () => {
  server = await startTestServer({ isGraphiqlEnabled: true })
  page = await send(server.url, { method: 'GET', headers: browser })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

test('a browser gets GraphiQL, with subscriptions over the WebSocket of the same path', () => {
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.text).toMatch(/^<!doctype html>/)
  expect(page.text).toContain('"endpoint":"/graphql","subscriptionsProtocol":"WS"')
})

test('the page asks nothing of any other host', () => {
  const markup = page.text.replace(/<script>[^]*<\/script>/, '').replace(/<style>[^]*<\/style>/, '')
  const references = [...markup.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target = '']) => target.slice(0, 5))
  expect(references).toEqual(['data:'])
  const style = /<style>([^]*)<\/style>/.exec(page.text)?.[1] ?? ''
  const inStyle = [...style.matchAll(/url\(["']?([^)"']{0,5})/g)].map(([, target]) => target)
  expect(new Set(inStyle)).toEqual(new Set(['data:']))
  expect(style).not.toContain('@import')
})

test('its content security policy lets in nothing but its own script, and no call out but to this server', () => {
  const directives = String(page.headers['content-security-policy']).split('; ')
  const script = /<script>([^]*)<\/script>/.exec(page.text)?.[1] ?? ''
  const { host } = new URL(server.url)
  expect(directives).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      `connect-src 'self' ws://${host} wss://${host}`,
    ]),
  )
  expect(directives.join(' ')).not.toMatch(/https?:|\*|unsafe-eval/)
  // What the browser hashes is the text after its line ends were made alike, so there must be none to change.
  expect(script).not.toContain('\r')
})

test('a hostile Host header adds nothing to the policy', async () => {
  const { headers } = await send(server.url, { method: 'GET', headers: { ...browser, host: 'x; script-src *' } })
  expect(headers['content-security-policy']).not.toContain('*')
})

test('is compressed where the browser takes that', async () => {
  const response = await fetch(server.url, { headers: { ...browser, 'accept-encoding': 'gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(await response.text()).toBe(page.text)
})

test('leads a browser from the root to GraphiQL', async () => {
  const { status, headers } = await send(new URL('/', server.url).href, { method: 'GET', headers: browser })
  expect([status, headers['location']]).toEqual([302, '/graphql'])
})

test('answers a GET of a query as before', async () => {
  const headers = { accept: 'application/json', 'graphql-require-preflight': '1' }
  const { text } = await send(`${server.url}?query={hello}`, { method: 'GET', headers })
  expect(text).toBe('{"data":{"hello":"hello you"}}')
})

test('subscribes by server-sent events, which carry its headers, where callers need a token', async () => {
  await using closed = await startTestServer({ isGraphiqlEnabled: true, isAnonymousAllowed: false })
  const { status, text } = await send(closed.url, { method: 'GET', headers: browser })
  expect(status).toBe(200)
  expect(text).toContain('"subscriptionsProtocol":"SSE"')
  // A place to put the token, which the browser forgets with the page.
  expect(text).toContain(
    String.raw`"shouldPersistHeaders":false,"defaultHeaders":"{\n  \"authorization\": \"Bearer \"\n}"`,
  )
})

test('serves no page when GraphiQL is off', async () => {
  await using plain = await startTestServer({ isGraphiqlEnabled: false })
  const { text } = await send(plain.url, { method: 'GET', headers: browser })
  expect(text).not.toContain('<html')
})
