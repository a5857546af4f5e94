import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { unbounded } from '../../src/domain/viewer.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { issuerKeyLimits } from '../../src/server/issuer-keys.ts'
import { createOidcAuthentication, type OidcAuthentication } from '../../src/server/oidc-authentication.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createJsonLogger } from '../../src/telemetry/json-logger.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { query } from '../support/graphql-client.ts'
import { createIssuerKey, startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts'
import { everywhere } from '../support/viewer-of.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const siteNames = ['cloud-a', 'zvm-a']

interface Rig extends AsyncDisposable {
  readonly issuer: TokenIssuer
  readonly oidc: OidcAuthentication
  readonly clock: FakeClock
  /** What was logged, as text. */
  log(): string
}

/** @param prepare Runs before the keys are read for the first time. */
const startRig = async (prepare: (issuer: TokenIssuer) => void = () => undefined): Promise<Rig> => {
  await using stack = new AsyncDisposableStack()
  const issuer = stack.use(await startTokenIssuer())
  prepare(issuer)
  const clock = createFakeClock(Date.now())
  const lines: string[] = []
  const logger = createJsonLogger({ level: 'debug', write: (line) => lines.push(line) })
  const oidc = stack.use(
    createOidcAuthentication({ issuers: [issuer.trusted], reservedNames: ['portal'], siteNames, clock, logger }),
  )
  const owned = stack.move()
  return { issuer, oidc, clock, log: () => lines.join(''), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** A server that takes the issuer's tokens, one static token, and nobody without one. */
const startServer = async (issuer: TokenIssuer): Promise<TestServer> => {
  const tokens = [
    { name: 'portal', sha256: createHash('sha256').update('static').digest('hex'), grants: everywhere(['dr:read']) },
  ] as const
  const lines: string[] = []
  const logger = createJsonLogger({ level: 'debug', write: (line) => lines.push(line) })
  const oidc = createOidcAuthentication({
    issuers: [issuer.trusted],
    reservedNames: ['portal'],
    siteNames,
    clock: systemClock,
    logger,
  })
  const server = await startTestServer({
    authenticate: createTokenAuthentication({ tokens, anonymous: null, verifyToken: oidc.verify }),
  })
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      oidc[Symbol.dispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** With which code and reason a socket is closed that shows the token, or the answer to its `connection_init`. */
const openingOf = async (url: string, token: string): Promise<string> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  const answered = once(socket, 'message').then(([message]) => String(message))
  const closed = once(socket, 'close').then(([code, reason]) => `${String(code)} ${String(reason)}`)
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  const opening = await Promise.race([answered, closed])
  socket.terminate()
  return opening
}

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1_000) + fromNow
const toBase64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const claimsOf = ({ trusted }: TokenIssuer): JWTPayload => ({
  iss: trusted.issuer,
  aud: trusted.audience,
  sub: 'alice',
  scope: 'dr:read',
  exp: seconds(600),
})

/** Signed by the text of the public key as if it were a shared secret, as RFC 8725, 2.1 has it. */
const confuse = async (issuer: TokenIssuer, secret: string): Promise<string> => {
  const head = toBase64({ alg: 'HS256', typ: 'at+jwt', kid: 'key-1' })
  const signed = `${head}.${toBase64(claimsOf(issuer))}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

type Forge = (issuer: TokenIssuer) => Promise<string>

const widen: Forge = async (issuer) => {
  const [head = '', , end = ''] = (await issuer.sign()).split('.')
  return `${head}.${toBase64({ ...claimsOf(issuer), scope: 'dr:read dr:recover' })}.${end}`
}

const signWithOwnKey: Forge = async (issuer) => {
  const own = await createIssuerKey('key-9')
  return issuer.sign({}, { jwk: own.jwk }, own)
}

/** By a key that the issuer publishes, too, as if it used shared secrets. */
const signByOtherAlgorithm: Forge = async (issuer) => {
  const jwk = { kty: 'oct', kid: 'shared', alg: 'HS256', k: Buffer.alloc(32, 7).toString('base64url') }
  const [key] = issuer.keys
  if (key === undefined) throw new Error('The issuer has no key')
  issuer.keys.unshift({ ...key, id: 'shared', jwk })
  const head = { alg: 'HS256', typ: 'at+jwt', kid: 'shared' }
  return new SignJWT(claimsOf(issuer)).setProtectedHeader(head).sign(await importJWK(jwk, 'HS256'))
}

const signature = 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
const algorithm = 'ERR_JOSE_ALG_NOT_ALLOWED'
const claim = (name: string): string => `ERR_JWT_CLAIM_VALIDATION_FAILED ${name}`

/** What is wrong with the token, how it is made, and the reason that the log gives. */
const forgeries: readonly (readonly [what: string, forge: Forge, reason: string])[] = [
  ['signed by somebody else under a known id', async (i) => i.sign({}, {}, await createIssuerKey('key-1')), signature],
  ['signed by a key that it brings along', signWithOwnKey, 'ERR_JWKS_NO_MATCHING_KEY'],
  ['with more scopes than were signed', widen, signature],
  ['without a signature', async (i) => (await i.sign()).replace(/[^.]*$/, ''), signature],
  ['of the algorithm none', async (i) => new UnsecuredJWT(claimsOf(i)).encode(), algorithm],
  ['of the algorithm None', async (i) => `${toBase64({ alg: 'None' })}.${toBase64(claimsOf(i))}.`, algorithm],
  ['signed with the public key as a secret', async (i) => confuse(i, JSON.stringify(i.keys[0]?.jwk)), algorithm],
  ['signed with a number of the public key as a secret', async (i) => confuse(i, String(i.keys[0]?.jwk.x)), algorithm],
  ['of an algorithm that is not pinned', signByOtherAlgorithm, algorithm],
  ['that has expired', (i) => i.sign({ exp: seconds(-1) }), 'it has expired'],
  ['that expired long ago', (i) => i.sign({ exp: 1 }), 'ERR_JWT_EXPIRED'],
  ['without an end', (i) => i.sign({ exp: undefined }), claim('exp')],
  ['whose end is no time', (i) => i.sign({ exp: 1e300 }), 'it has expired'],
  ['that is not yet valid', (i) => i.sign({ nbf: seconds(120) }), claim('nbf')],
  ['of another issuer', (i) => i.sign({ iss: 'https://idp.example/realms/other' }), 'its issuer is not configured'],
  ['of nobody', (i) => i.sign({ iss: undefined }), 'its issuer is not configured'],
  ['for another audience', (i) => i.sign({ aud: 'other-api' }), claim('aud')],
  ['for several other audiences', (i) => i.sign({ aud: ['account', 'dr-gateway-2'] }), claim('aud')],
  ['for no audience', (i) => i.sign({ aud: undefined }), claim('aud')],
  ['of another type', (i) => i.sign({}, { typ: 'logout+jwt' }), 'its typ is neither at+jwt nor JWT'],
  ['of no type', (i) => i.sign({}, { typ: undefined }), 'its typ is neither at+jwt nor JWT'],
  ['that is an ID token', (i) => i.sign({ at_hash: 'x' }, { typ: 'JWT' }), 'it has the claim at_hash'],
  ['that Keycloak calls an ID token', (i) => i.sign({ typ: 'ID' }, { typ: 'JWT' }), 'its claim typ is not Bearer'],
  ['that is a logout token', (i) => i.sign({ events: {} }, { typ: 'JWT' }), 'it has the claim events'],
  ['that is bound to a key', (i) => i.sign({ cnf: { jkt: 'x' } }), 'it is bound to a key of its holder'],
  ['without a subject', (i) => i.sign({ sub: undefined }), claim('sub')],
  ['with a name that is no text', (i) => i.sign({ sub: ['alice'] }), 'its claim sub is no name'],
  ['with a name that cannot be seen', (i) => i.sign({ sub: 'alice\u202Etrop' }), 'its claim sub is no name'],
  ['with the name of a static token', (i) => i.sign({ sub: 'portal' }), 'it has the name of a static token'],
  ['that grants nothing here', (i) => i.sign({ scope: 'openid dr:all' }), 'its claim scope grants nothing here'],
  ['that is longer than any', (i) => i.sign({ more: 'x'.repeat(20_000) }), 'it is too long'],
  ['that is no token', async () => 'eyJhbGciOiJub25lIn0.e30', 'ERR_JWT_INVALID'],
  ['that is encrypted', async () => 'a.b.c.d.e', 'ERR_JWT_INVALID'],
]

describe('a token', () => {
  test('says who the caller is, what he may do, and until when', async () => {
    await using rig = await startRig()
    const exp = seconds(600)
    const scope = 'openid dr:recover dr:everything dr:read'
    expect(await rig.oidc.verify(await rig.issuer.sign({ scope, exp }))).toEqual({
      name: 'alice',
      grants: everywhere(['dr:read', 'dr:recover']),
      scopes: new Set(['dr:read', 'dr:recover']),
      expiresAt: new Date(exp * 1_000),
      isAnonymous: false,
    })
  })

  test('may be of either type that issuers write, for several audiences, with a list of scopes', async () => {
    await using rig = await startRig()
    const { issuer } = rig
    const tokens = [
      await issuer.sign({}, { typ: 'application/at+jwt' }),
      await issuer.sign({ typ: 'Bearer' }, { typ: 'JWT' }),
      await issuer.sign({ aud: ['account', 'dr-gateway'] }),
      await issuer.sign({ scope: ['dr:read', 7] }),
      await issuer.sign({ nbf: seconds(5) }),
    ]
    const viewers = await Promise.all(tokens.map((token) => rig.oidc.verify(token)))
    expect(viewers.map((viewer) => viewer?.scopes)).toEqual(tokens.map(() => new Set(['dr:read'])))
  })

  test('is read by the claims that its issuer was configured with', async () => {
    await using issuer = await startTokenIssuer({ scopeClaim: 'roles', nameClaim: 'upn', namePrefix: 'corp:' })
    const logger = createJsonLogger({ level: 'silent' })
    using oidc = createOidcAuthentication({
      issuers: [issuer.trusted],
      reservedNames: [],
      siteNames,
      clock: systemClock,
      logger,
    })
    const viewer = await oidc.verify(await issuer.sign({ upn: 'bob', roles: ['dr:operate'] }))
    expect([viewer?.name, viewer?.scopes]).toEqual(['corp:bob', new Set(['dr:operate'])])
    expect(await oidc.verify(await issuer.sign({ roles: ['dr:operate'] }))).toBeNull()
  })

  test('grants by its claims what its issuer was configured to, and nothing where a claim that bounds it is missing', async () => {
    const group = { claim: 'realm_access.roles', value: 'zvm', scopes: ['dr:operate'], siteNames: ['zvm-a'] } as const
    await using issuer = await startTokenIssuer({
      nameClaim: 'user.login',
      organizationClaim: 'tenant',
      grants: [{ ...unbounded, ...group }],
    })
    const lines: string[] = []
    const logger = createJsonLogger({ level: 'info', write: (line) => lines.push(line) })
    const options = { issuers: [issuer.trusted], reservedNames: [], siteNames, clock: systemClock, logger }
    using oidc = createOidcAuthentication(options)
    const user = { login: 'bob' }
    const viewer = await oidc.verify(
      await issuer.sign({ user, tenant: ['Acme'], realm_access: { roles: ['zvm', 'other'] } }),
    )
    expect(viewer).toMatchObject({
      name: 'bob',
      scopes: new Set(['dr:read', 'dr:operate']),
      grants: [
        { scopes: ['dr:read'], siteNames: null, organizations: ['acme'] },
        { scopes: ['dr:operate'], siteNames: ['zvm-a'], organizations: null },
      ],
    })
    expect(await oidc.verify(await issuer.sign({ user }))).toBeNull()
    expect(lines.join('')).toContain('"reason":"its claims scope, tenant grant nothing here"')
  })

  test('of one issuer is not taken with the signature of another one', async () => {
    // A1
    await using first = await startTokenIssuer()
    await using second = await startTokenIssuer({ issuer: 'https://other.example', namePrefix: 'other:' })
    const logger = createJsonLogger({ level: 'silent' })
    const issuers = [first.trusted, second.trusted]
    using oidc = createOidcAuthentication({ issuers, reservedNames: [], siteNames, clock: systemClock, logger })
    expect((await oidc.verify(await second.sign()))?.name).toBe('other:alice')
    expect(await oidc.verify(await second.sign({ iss: first.trusted.issuer }))).toBeNull()
  })

  test.each(forgeries)('%s is refused, and the log says why without a word of it', async (_what, forge, reason) => {
    // A1
    await using rig = await startRig()
    const good = await rig.issuer.sign()
    expect(await rig.oidc.verify(good)).not.toBeNull()
    const token = await forge(rig.issuer)
    expect(await rig.oidc.verify(token)).toBeNull()
    expect(rig.log()).toContain(`"reason":"${reason}`)
    for (const part of token.split('.').filter(({ length }) => length > 4)) expect(rig.log()).not.toContain(part)
  })
})

test('every forged token gets one and the same answer over HTTP, and one and the same over WebSocket', async () => {
  // A1
  await using issuer = await startTokenIssuer()
  await using server = await startServer(issuer)
  const answers = new Set<string>()
  for (const [, forge] of [...forgeries, ['that nobody knows', async () => 'unknown'] as const]) {
    const token = await forge(issuer)
    const { status, body, headers } = await query(server.url, '{ whoAmI }', {}, { authorization: `Bearer ${token}` })
    // A header of 20,000 characters does not get as far as the question who is asking.
    if (status !== 431) answers.add(JSON.stringify([status, headers.get('www-authenticate'), body]))
    answers.add(await openingOf(server.url, token))
  }
  const message = 'Send a valid token as "Authorization: Bearer <token>"'
  const refusal = { errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] }
  expect([...answers].toSorted()).toEqual(['4403 Forbidden', JSON.stringify([401, 'Bearer', refusal])])
  expect(server.stage.executed).toEqual([])
})

test('a good token works over HTTP and over WebSocket', async () => {
  await using issuer = await startTokenIssuer()
  await using server = await startServer(issuer)
  const token = await issuer.sign()
  const { body } = await query(server.url, '{ whoAmI }', {}, { authorization: `Bearer ${token}` })
  expect(body.data).toEqual({ whoAmI: 'alice' })
  expect(await openingOf(server.url, token)).toBe('{"type":"connection_ack"}')
})

/** Lets the keys be read once more, and waits for that. */
const reload = async ({ clock }: Rig): Promise<void> => {
  await clock.untilWaiting(1)
  clock.turn(issuerKeyLimits.refreshIntervalMs)
  await clock.untilWaiting(1)
}

const breakOff: Parameters<TokenIssuer['answerWith']>[0] = (_request, response) => response.destroy()

describe('the keys of an issuer', () => {
  test('that cannot be had at the start open nothing, and are taken as soon as they are there', async () => {
    // A2
    await using rig = await startRig((issuer) => issuer.answerWith(breakOff))
    const authenticate = createTokenAuthentication({
      tokens: [
        {
          name: 'portal',
          sha256: createHash('sha256').update('static').digest('hex'),
          grants: everywhere(['dr:read']),
        },
      ],
      anonymous: null,
      verifyToken: rig.oidc.verify,
    })
    const authorization = `Bearer ${await rig.issuer.sign()}`
    expect(await authenticate(authorization)).toBeNull()
    expect((await authenticate('Bearer static'))?.name).toBe('portal')
    expect(rig.log()).toContain('"hasKeys":false')

    rig.issuer.answerWith(null)
    await rig.clock.untilWaiting(1)
    rig.clock.turn(issuerKeyLimits.leastGapMs)
    expect((await authenticate(authorization))?.name).toBe('alice')
  })

  test('that are known go on while the issuer does not answer, and unknown ones open nothing', async () => {
    // A2
    await using rig = await startRig()
    const exp = seconds(86_400)
    const known = await rig.issuer.sign({ exp })
    expect(await rig.oidc.verify(known)).not.toBeNull()
    await rig.issuer.addKey()
    const unknown = await rig.issuer.sign({ exp })
    for (const answer of [
      breakOff,
      (_request, response) => response.writeHead(503).end('{"keys":[]}'),
      (_request, response) => response.end('<html>'),
      (_request, response) => response.end('{"keys":"none"}'),
      (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      (_request, response) => response.end(`{"keys":[${' '.repeat(300_000)}]}`),
    ] satisfies Parameters<TokenIssuer['answerWith']>[0][]) {
      rig.issuer.answerWith(answer)
      await reload(rig)
      rig.clock.turn(issuerKeyLimits.leastGapMs)
      expect(await rig.oidc.verify(unknown)).toBeNull()
      expect(await rig.oidc.verify(known)).not.toBeNull()
    }
    expect(rig.log()).toContain('"hasKeys":true')
  })

  test('that are known are not waited for while the issuer is slow', async () => {
    // A2
    await using rig = await startRig()
    const token = await rig.issuer.sign()
    expect(await rig.oidc.verify(token)).not.toBeNull()
    await rig.clock.untilWaiting(1)
    rig.issuer.answerWith(() => undefined)
    const asked = rig.issuer.whenAsked()
    rig.clock.turn(issuerKeyLimits.refreshIntervalMs)
    await asked
    const startedAt = performance.now()
    expect(await rig.oidc.verify(token)).not.toBeNull()
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  test('that are not known are waited for no longer than the deadline, and asked for once, while the issuer is slow', async () => {
    // A2
    await using rig = await startRig()
    const known = await rig.issuer.sign()
    expect(await rig.oidc.verify(known)).not.toBeNull()
    rig.clock.turn(issuerKeyLimits.leastGapMs)
    // It begins to answer, and never comes to an end.
    rig.issuer.answerWith((_request, response) => response.write('{"keys":['))
    const before = rig.issuer.requests()
    const startedAt = performance.now()
    const flood = Array.from({ length: 100 }, async (_, index) =>
      rig.oidc.verify(await rig.issuer.sign({}, { kid: `invented-${index}` })),
    )
    expect(new Set(await Promise.all(flood))).toEqual(new Set([null]))
    expect(performance.now() - startedAt).toBeLessThan(issuerKeyLimits.deadlineMs + 3_000)
    expect(rig.issuer.requests() - before).toBe(1)
    expect(await rig.oidc.verify(known)).not.toBeNull()
  })

  test('that are new are known when the first token shows them', async () => {
    // A2
    await using rig = await startRig()
    const old = await rig.issuer.sign()
    expect(await rig.oidc.verify(old)).not.toBeNull()
    await rig.issuer.addKey()
    rig.clock.turn(issuerKeyLimits.leastGapMs)
    expect(await rig.oidc.verify(await rig.issuer.sign())).not.toBeNull()
    expect(await rig.oidc.verify(old)).not.toBeNull()
    expect(rig.issuer.requests()).toBe(2)
  })

  test('that were taken back are unknown after the next read', async () => {
    // A2
    await using rig = await startRig()
    const token = await rig.issuer.sign()
    expect(await rig.oidc.verify(token)).not.toBeNull()
    await rig.issuer.addKey()
    rig.issuer.keys.shift()
    await reload(rig)
    expect(await rig.oidc.verify(token)).toBeNull()
  })

  test('are asked for once for a flood of tokens with invented key ids, also while the issuer does not answer', async () => {
    // A2
    await using rig = await startRig()
    const token = await rig.issuer.sign()
    expect(await rig.oidc.verify(token)).not.toBeNull()
    for (const answer of [null, breakOff]) {
      rig.issuer.answerWith(answer)
      rig.clock.turn(issuerKeyLimits.leastGapMs)
      const before = rig.issuer.requests()
      const flood = Array.from({ length: 200 }, (_, index) => rig.issuer.sign({}, { kid: `invented-${index}` }))
      const viewers = await Promise.all((await Promise.all(flood)).map((forged) => rig.oidc.verify(forged)))
      expect(new Set(viewers)).toEqual(new Set([null]))
      expect(await rig.oidc.verify(await rig.issuer.sign({}, { kid: 'one-more' }))).toBeNull()
      expect(rig.issuer.requests() - before).toBe(1)
      expect(await rig.oidc.verify(token)).not.toBeNull()
    }
  })

  test('are never asked for where a token says', async () => {
    // A2
    await using rig = await startRig()
    await using elsewhere = await startTokenIssuer()
    const url = elsewhere.trusted.jwksUrl
    const forged = await elsewhere.sign({}, { jku: url, x5u: url, kid: url })
    rig.clock.turn(issuerKeyLimits.leastGapMs)
    expect(await rig.oidc.verify(forged)).toBeNull()
    expect(await rig.oidc.verify(await elsewhere.sign({ iss: new URL(url).origin }))).toBeNull()
    expect(elsewhere.requests()).toBe(0)
  })
})
