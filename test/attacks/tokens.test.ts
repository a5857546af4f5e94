import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { query } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'
import { expectNoInnards } from './attack-rig.ts'

// A1, A2: tokens that nobody has issued, on both transports of a whole gateway.

let issuer: TokenIssuer
let gateway: TestGateway
/** Whatever a token points to; nobody may ever ask there. */
const asked: IncomingMessage[] = []
const elsewhere = createServer((request, response) => {
  asked.push(request)
  response.end('{"keys":[]}')
})
beforeAll(async () => {
  elsewhere.listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  issuer = await startTokenIssuer()
  gateway = await startGateway({
    fleetSize: 12,
    maxAgeSeconds: 3_600,
    issuers: [issuer.trusted],
    callers: [{ name: 'portal', scopes: ['dr:read'] }],
  })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
  elsewhere.close()
})

const elsewhereUrl = (): string => {
  const address = elsewhere.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/keys` : ''
}

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const claims = (): object => {
  const { issuer: iss, audience: aud } = issuer.trusted
  const seconds = Math.floor(Date.now() / 1_000)
  return { iss, aud, sub: 'alice', scope: 'dr:read dr:recover', iat: seconds, exp: seconds + 3_600 }
}

const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ownJwk = own.publicKey.export({ format: 'jwk' })

/** Signed by a key of one's own, under a header of one's own. */
const signOwn = (header: object, payload: unknown = claims()): string => {
  const text = `${encode({ alg: 'ES256', typ: 'at+jwt', ...header })}.${encode(payload)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key: own.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** Signed by the issuer's own key, as if it had issued what it would never issue. */
const signIssued = async (header: object, payload: unknown = claims()): Promise<string> => {
  const [key] = issuer.keys
  if (key === undefined) throw new Error('The issuer has no key')
  const text = `${encode({ alg: 'ES256', typ: 'at+jwt', kid: key.id, ...header })}.${encode(payload)}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(text))
  return `${text}.${Buffer.from(signature).toString('base64url')}`
}

/** Signed by what everybody knows, as if it were a secret. */
const signByPublicKey = (toSecret: (jwk: object) => string | Buffer): string => {
  const jwk = issuer.keys[0]?.jwk ?? {}
  const text = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'key-1' })}.${encode(claims())}`
  return `${text}.${createHmac('sha256', toSecret(jwk)).update(text).digest('base64url')}`
}

const forgeries: readonly (readonly [string, () => string | Promise<string>])[] = [
  ...['none', 'None', 'NONE', 'nOnE', ''].map(
    (alg) => [`the algorithm "${alg}"`, () => `${encode({ alg, typ: 'at+jwt' })}.${encode(claims())}.`] as const,
  ),
  ['no signature', async () => `${(await issuer.sign()).split('.').slice(0, 2).join('.')}.`],
  ['two parts', async () => (await issuer.sign()).split('.').slice(0, 2).join('.')],
  [
    'the signature of another token',
    async () =>
      `${(await issuer.sign({ sub: 'bob' })).split('.').slice(0, 2).join('.')}.${(await issuer.sign()).split('.')[2]}`,
  ],
  [
    'a signature of zeros',
    async () => `${(await issuer.sign()).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  ],
  [
    'the public key as a shared secret, in PEM',
    () =>
      signByPublicKey((jwk) =>
        createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
      ),
  ],
  [
    'the public key as a shared secret, in DER',
    () =>
      signByPublicKey((jwk) =>
        createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'der' }),
      ),
  ],
  ['the public key as a shared secret, in JSON', () => signByPublicKey((jwk) => JSON.stringify(jwk))],
  ['an empty shared secret', () => signByPublicKey(() => '')],
  ['a key that it brings along', () => signOwn({ jwk: ownJwk })],
  ['a key that it brings along, under a known name', () => signOwn({ kid: 'key-1', jwk: { ...ownJwk, kid: 'key-1' } })],
  ['a chain of certificates that it brings along', () => signOwn({ x5c: ['MIIB'], x5t: 'x' })],
  ['an address of keys', () => signOwn({ jku: elsewhereUrl() })],
  ['an address of certificates', () => signOwn({ x5u: elsewhereUrl() })],
  ['an issuer at an address of its own', () => signOwn({}, { ...claims(), iss: elsewhereUrl() })],
  ['a key name that climbs', () => signOwn({ kid: '../../../../dev/null' })],
  ['a key name that is an address', () => signOwn({ kid: elsewhereUrl() })],
  ['a key name of SQL', () => signOwn({ kid: "x' UNION SELECT 'key' --" })],
  ['a key name of a prototype', () => signOwn({ kid: '__proto__' })],
  ['a key name that is an object', () => signOwn({ kid: { toString: 'key-1' } })],
  ['a key name of a NUL', () => signOwn({ kid: 'key-1\0' })],
  ['a critical member that nobody knows', () => signIssued({ crit: ['exp-x'], 'exp-x': 1 })],
  ['a payload that is not encoded', () => signIssued({ b64: false, crit: ['b64'] })],
  ['an encrypted token', () => `${encode({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..AAAA.AAAA.AAAA`],
  ['a token in a token', async () => signIssued({ cty: 'JWT' }, await issuer.sign())],
  ['claims that are a list', () => signIssued({}, [claims()])],
  ['claims that are no JSON', () => signIssued({}, '{')],
  ['a header that is no JSON', async () => `${encode('{')}.${(await issuer.sign()).split('.').slice(1).join('.')}`],
  ['an end in the past', () => issuer.sign({ exp: 1 })],
  ['an end that is a text', () => signIssued({}, { ...claims(), exp: '9999999999' })],
  ['no end', () => issuer.sign({ exp: undefined })],
  ['a beginning in the future', () => issuer.sign({ nbf: Math.floor(Date.now() / 1_000) + 3_600 })],
  ['another audience', () => issuer.sign({ aud: 'account' })],
  ['no audience', () => issuer.sign({ aud: undefined })],
  ['another issuer', () => issuer.sign({ iss: 'https://evil.example' })],
  ['an issuer with one slash more', () => issuer.sign({ iss: `${issuer.trusted.issuer}/` })],
  ['an issuer in a list', () => issuer.sign({ iss: [issuer.trusted.issuer] })],
  ['the type of an ID token', () => issuer.sign({ at_hash: 'x' })],
  ['another type', () => issuer.sign({}, { typ: 'logout+jwt' })],
  ['no type', () => issuer.sign({}, { typ: undefined })],
  ['the name of a static token', () => issuer.sign({ sub: 'portal' })],
  ['the digest of a static token', () => createHash('sha256').update(tokenOf('portal')).digest('hex')],
  ['a static token and more', () => `${tokenOf('portal')}x`],
  ['a static token without its end', () => tokenOf('portal').slice(0, -1)],
  ['a static token in capitals', () => tokenOf('portal').toUpperCase()],
]

/** How a socket is answered that begins with this. */
const openingOf = async (authorization: string): Promise<string> => {
  const socket = new WebSocket(gateway.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  socket.on('error', () => undefined)
  await once(socket, 'open')
  const closed = once(socket, 'close').then(([code]) => String(code))
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  const said = await Promise.race([closed, once(socket, 'message').then(([data]) => String(data))])
  socket.terminate()
  return said
}

test.each(forgeries)('a token with %s is refused like any other, on both transports', async (_what, forge) => {
  const authorization = `Bearer ${await forge()}`
  gateway.forget()
  const { status, body } = await query(
    gateway.url,
    '{ viewer { name } replications(first: 1) { totalCount } }',
    {},
    { authorization },
  )
  expect(status).toBe(401)
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  expect(body).not.toHaveProperty('data')
  expectNoInnards(JSON.stringify(body))
  expect(await openingOf(authorization)).toBe('4403')
  expect(gateway.countRequests()).toBe(0)
  expect(asked).toEqual([])
})

test.each([
  ['Basic', () => `Basic ${Buffer.from(`portal:${tokenOf('portal')}`).toString('base64')}`],
  ['no scheme', () => tokenOf('portal')],
  ['two tokens', () => `Bearer ${tokenOf('portal')} ${tokenOf('portal')}`],
  ['two tokens with a comma', () => `Bearer ${tokenOf('portal')}, Bearer x`],
  ['quotes', () => `Bearer "${tokenOf('portal')}"`],
  ['nothing', () => 'Bearer '],
  ['null', () => 'Bearer null'],
  ['undefined', () => 'Bearer undefined'],
])('a credential of %s is nobody, not even the anonymous', async (_what, toAuthorization) => {
  const authorization = toAuthorization()
  const { status } = await query(gateway.url, '{ viewer { name } }', {}, { authorization })
  expect(status).toBe(401)
  expect(await openingOf(authorization)).toBe('4403')
})

test('after all of them the good ones are good', async () => {
  for (const [token, name] of [
    [await issuer.sign({ sub: 'alice' }), 'alice'],
    [await signIssued({}), 'alice'],
    [tokenOf('portal'), 'portal'],
  ]) {
    const authorization = `Bearer ${token}`
    const { body } = await query(gateway.url, '{ viewer { name } }', {}, { authorization })
    expect(body).toEqual({ data: { viewer: { name } } })
    expect(await openingOf(authorization)).toContain('connection_ack')
  }
})
