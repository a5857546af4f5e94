import { once } from 'node:events'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { redact, redactText } from '../../src/upstream/redact.ts'
import { createHttpClient } from '../../src/upstream/undici-http-client.ts'
import { portOf, startTinyServer } from './tiny-server.ts'

const canary = 'c4n4ry-Secret'

describe('redact', () => {
  it.for([
    { localPassword: canary },
    { type: 'vcdCookie', vcdCookie: canary },
    { headers: { 'X-VCAV-Auth': canary, authorization: canary, 'x-zerto-session': canary } },
    { nested: [{ client_secret: canary, access_token: canary }] },
    { msg: `login failed for password=${canary}` },
    { msg: `Authorization: Bearer ${canary}` },
  ])('leaves nothing of a secret in %j', (message) => {
    // A4 of FAULTS
    const clean = JSON.stringify(redact(message))
    expect(clean).not.toContain(canary)
    expect(clean).toContain('[redacted]')
  })

  it('leaves out stack traces and keeps what explains the failure', () => {
    const error = { code: 'Forbidden', msg: 'Permission denied.', args: [], stacktrace: 'com.vmware.h4.Api: at line 3' }
    expect(redact(error)).toEqual({ code: 'Forbidden', msg: 'Permission denied.', args: [] })
    expect(redactText('Boom\n    at Foo.bar(Foo.java:3)\n    at Foo.baz(Foo.java:9)')).toBe('Boom')
  })

  it('ends where a message is endless', () => {
    const ring: { self?: unknown } = {}
    ring.self = ring
    expect(JSON.stringify(redact(ring)).length).toBeLessThan(200)
    expect(redactText('x'.repeat(100_000)).length).toBeLessThan(2100)
  })
})

const forms = (secret: string): string =>
  [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    new URLSearchParams({ echo: secret }),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ].join(' | ')

/** Asks a server that sends back whatever `toBody` makes of the secrets. */
const ask = async (
  request: { readonly headers?: Record<string, string>; readonly body?: string },
  answer: { readonly status: number; readonly body: string },
): Promise<string> => {
  await using server = await startTinyServer((_request, response) => {
    response.writeHead(answer.status).end(answer.body)
  })
  await using client = createHttpClient({ siteName: 'a', url: server.url, tls: {} })
  const signal = new AbortController().signal
  const reply = await client.request({ effect: 'WRITE', method: 'POST', path: '/', signal, ...request })
  return reply.body
}

describe('an answer that repeats what it was asked', () => {
  const password = 'p&ss"w<rd/c4n4ry+1'
  const token = 'session-c4n4ry-token-0815'
  it.for([
    { body: JSON.stringify({ type: 'localUser', localUser: 'root', localPassword: password }) },
    { body: new URLSearchParams({ grant_type: 'password', username: 'root', password }).toString() },
    { body: JSON.stringify({ remote: { credentials: [{ vcdPassword: [password] }] } }) },
    { headers: { authorization: `Basic ${Buffer.from(`root:${password}`).toString('base64')}` } },
  ])('says nothing of the password, in whatever form it is repeated: %j', async (request) => {
    // S3, A4: no word around it says that it is a secret
    const said = await ask(request, { status: 401, body: `no luck with ${forms(password)} for root` })
    const rest = ['', '""', '', '', 'echo=', '', '', '']
    const masked = rest.map((around) => (around === '""' ? '"[redacted]"' : `${around}[redacted]`)).join(' | ')
    expect(said.replaceAll('=', '')).toBe(`no luck with ${masked.replaceAll('=', '')} for root`)
  })

  it.for([
    { 'x-vcav-auth': token },
    { authorization: `Bearer ${token}` },
    { 'x-zerto-session': token },
    { cookie: token },
  ])('says nothing of the session: %j', async (headers) => {
    const said = await ask({ headers }, { status: 500, body: `{"msg":"unknown ${token} (${forms(token)})"}` })
    expect(said).not.toContain('c4n4ry')
    expect(said).toContain('{"msg":"unknown [redacted] (')
  })

  it('says nothing of a secret that an earlier request has told the site', async () => {
    await using server = await startTinyServer((request, response) => {
      response.writeHead(request.url === '/sessions' ? 200 : 500).end(`configured with ${password}`)
    })
    await using client = createHttpClient({ siteName: 'a', url: server.url, tls: {} })
    const { signal } = new AbortController()
    const body = JSON.stringify({ localPassword: password })
    await client.request({ effect: 'READ', method: 'POST', path: '/sessions', body, signal })
    const later = await client.request({ effect: 'READ', method: 'GET', path: '/', signal })
    expect(later.body).toBe('configured with [redacted]')
  })

  it('is left as it is where it repeats no secret, and a success where it could be data', async () => {
    const body = JSON.stringify({ localPassword: 'Boston', localUser: 'root' })
    expect(await ask({ body }, { status: 200, body: '{"site":"Boston"}' })).toBe('{"site":"Boston"}')
    expect(await ask({ body }, { status: 403, body: 'root may not' })).toBe('root may not')
    expect(await ask({ body: JSON.stringify({ localPassword: password }) }, { status: 200, body: password })).toBe(
      '[redacted]',
    )
  })

  it('is not kept by the error about an answer that is no HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end(`no such thing as ${password}\r\n\r\n`)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await using client = createHttpClient({ siteName: 'a', url: `http://127.0.0.1:${portOf(server)}`, tls: {} })
    const signal = new AbortController().signal
    const failure: unknown = await client
      .request({ effect: 'READ', method: 'GET', path: '/', signal })
      .catch((error: unknown) => error)
    server.close()
    expect(failure).toMatchObject({ code: 'VENDOR_PROTOCOL' })
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('c4n4ry')
  })
})
