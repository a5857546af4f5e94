import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { AddressLimits, toAddressKey } from '../../src/server/address-limits.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { usualLimits, type ServerLimits } from '../../src/server/limit-table.ts'
import { startTokenIssuer } from '../support/token-issuer.ts'
import { everywhere } from '../support/viewer-of.ts'
import { createOidcAuthentication } from '../../src/server/oidc-authentication.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { send, startTestServer, validAuthorization, type TestServer } from './start-test-server.ts'

const startWith = (limits: Partial<ServerLimits>, isAnonymousAllowed = false): Promise<TestServer> =>
  startTestServer({ limits: { ...usualLimits, ...limits }, isAnonymousAllowed })

const ask = async (url: string, authorization?: string) => {
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) }
  const { status, headers: given, text } = await send(url, { method: 'POST', headers, body: '{"query":"{ whoAmI }"}' })
  return { status, retryAfter: given['retry-after'], text }
}

/** Opens a socket without a word; null when the upgrade was refused, which `refusal` then tells. */
const open = async (url: string) => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').then(([code, reason]) => [Number(code), String(reason)] as const)
  const refusal = Promise.withResolvers<{ status: number | undefined; retryAfter: string | undefined; text: string }>()
  socket.once('unexpected-response', (_request, response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    response.once('end', () => {
      refusal.resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'], text })
    })
  })
  const refused = await Promise.race([once(socket, 'open').then(() => null), refusal.promise])
  return { socket, closed, refused }
}

const closeCodeOf = async (url: string, authorization: string) => {
  const { socket, closed } = await open(url)
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  return Promise.race([closed, once(socket, 'message').then(([message]) => String(message))])
}

test('an address whose tokens are refused too often gets 429 before the next one is looked at, on both transports', async () => {
  // W1, A1
  let looks = 0
  const known = createTokenAuthentication({ tokens: [], anonymous: null })
  await using server = await startTestServer({
    limits: { ...usualLimits, maxRefusedTokensPerMinute: 10 },
    authenticate: (authorization) => {
      looks += 1
      return known(authorization)
    },
  })
  const before = looks
  for (let count = 0; count < 10; count += 1) expect((await ask(server.url, `Bearer wrong-${count}`)).status).toBe(401)
  expect(looks - before).toBe(10)
  const refused = await ask(server.url, 'Bearer wrong-too')
  expect(refused.status).toBe(429)
  expect(refused.retryAfter).toMatch(/^[1-6]$/)
  expect(JSON.parse(refused.text)).toMatchObject({
    errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'limits.maxRefusedTokensPerMinute', allowed: 10 } }],
  })
  expect(await closeCodeOf(server.url, 'Bearer wrong-again')).toEqual([
    1013,
    'limits.maxRefusedTokensPerMinute allows 10',
  ])
  expect(looks - before).toBe(10)
})

test('refused sockets count with refused requests', async () => {
  // W1
  await using server = await startWith({ maxRefusedTokensPerMinute: 10 })
  for (let count = 0; count < 10; count += 1)
    expect(await closeCodeOf(server.url, 'Bearer no')).toEqual([4403, 'Forbidden'])
  expect((await ask(server.url, 'Bearer no')).status).toBe(429)
})

test('a flood of wrong tokens does not lock out whoever was let in lately from the same address', async () => {
  // A2: behind a proxy all callers have one address
  await using server = await startWith({ maxRefusedTokensPerMinute: 10 })
  expect((await ask(server.url, validAuthorization)).status).toBe(200)
  for (let count = 0; count < 30; count += 1) await ask(server.url, `Bearer ${randomUUID()}`)
  expect((await ask(server.url, 'Bearer wrong')).status).toBe(429)
  expect((await ask(server.url, validAuthorization)).status).toBe(200)
  expect(await closeCodeOf(server.url, validAuthorization)).toContain('connection_ack')
})

test('callers without a token, where such are let in, are no failures and are not held up by any', async () => {
  await using server = await startWith({ maxRefusedTokensPerMinute: 10 }, true)
  for (let count = 0; count < 30; count += 1) expect((await ask(server.url)).status).toBe(200)
  for (let count = 0; count < 30; count += 1) await ask(server.url, 'Bearer wrong')
  expect((await ask(server.url, 'Bearer wrong')).status).toBe(429)
  expect((await ask(server.url)).status).toBe(200)
})

test('forged access tokens count like wrong static ones', async () => {
  // A1
  await using issuer = await startTokenIssuer()
  await using stranger = await startTokenIssuer()
  using oidc = createOidcAuthentication({
    issuers: [issuer.trusted],
    reservedNames: [],
    siteNames: [],
    clock: systemClock,
    logger: silentLogger,
  })
  const sha256 = createHash('sha256').update('static').digest('hex')
  const tokens = [{ name: 'machine', sha256, grants: everywhere(['dr:read']) }]
  await using server = await startTestServer({
    limits: { ...usualLimits, maxRefusedTokensPerMinute: 10 },
    authenticate: createTokenAuthentication({ tokens, anonymous: null, verifyToken: oidc.verify }),
  })
  const token = await issuer.sign()
  expect((await ask(server.url, `Bearer ${token}`)).status).toBe(200)
  for (let count = 0; count < 10; count += 1) {
    expect((await ask(server.url, `Bearer ${await stranger.sign({ jti: String(count) })}`)).status).toBe(401)
  }
  expect((await ask(server.url, `Bearer ${await stranger.sign()}`)).status).toBe(429)
  expect((await ask(server.url, `Bearer ${token}`)).status).toBe(200)
})

test('an address has so many sockets waiting for connection_init; a further one is refused before its upgrade', async () => {
  // W1, W4
  await using server = await startWith({ maxWaitingSocketsPerAddress: 3 }, true)
  const waiting = [await open(server.url), await open(server.url), await open(server.url)]
  const { refused } = await open(server.url)
  expect(refused?.status).toBe(429)
  expect(refused?.retryAfter).toBe('1')
  expect(JSON.parse(refused?.text ?? '')).toMatchObject({
    errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'limits.maxWaitingSocketsPerAddress', allowed: 3 } }],
  })
  const [first, second] = waiting
  first?.socket.send('{"type":"connection_init"}')
  if (first !== undefined) await once(first.socket, 'message')
  const next = await open(server.url)
  expect(next.refused).toBeNull()
  expect((await open(server.url)).refused?.status).toBe(429)
  second?.socket.terminate()
  await second?.closed
  // Any later answer shows that the server has seen it go.
  await ask(server.url)
  expect((await open(server.url)).refused).toBeNull()
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
  ['nonsense', 'unknown'],
])('takes %s for the address %s', (address, key) => {
  expect(toAddressKey(address)).toBe(key)
})

test('remembers no more addresses than it can bear, and not those that have done nothing for a while', () => {
  let now = 0
  const addresses = new AddressLimits({ ...usualLimits, maxWaitingSocketsPerAddress: 1 }, () => now)
  using place = addresses.openWaiting('192.0.2.1')
  expect(place).not.toBeNull()
  for (let number = 0; number < 100_000; number += 1) {
    addresses.countRefusal(`2001:db8:${(number >> 16).toString(16)}:${(number & 0xffff).toString(16)}::1`)
  }
  expect(addresses.size).toBeLessThanOrEqual(10_001)
  expect(addresses.openWaiting('192.0.2.1')).toBeNull()
  now += 3_600_000
  for (let number = 0; number < 10_000; number += 1) {
    now += 60_000
    addresses.countRefusal(`198.51.${number >> 8}.${number & 0xff}`)
  }
  expect(addresses.size).toBeLessThanOrEqual(2_001)
  expect(addresses.openWaiting('192.0.2.1')).toBeNull()
})
