import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { query } from '../support/graphql-client.ts'
import { everywhere, viewerOf } from '../support/viewer-of.ts'
import { send, startTestServer, validAuthorization } from './start-test-server.ts'

const toSha256 = (token: string): string => createHash('sha256').update(token).digest('hex')
const tokens = [
  { name: 'ci', sha256: toSha256('ci-token'), grants: everywhere(['dr:read']) },
  { name: 'console', sha256: toSha256('console-token'), grants: everywhere(['dr:read', 'dr:recover']) },
]
const anonymous = { name: 'anonymous', grants: everywhere(['dr:read']) }

test('knows the holder of a token, with its scopes', async () => {
  const authenticate = createTokenAuthentication({ tokens, anonymous: null })
  expect(await authenticate('Bearer ci-token')).toEqual(viewerOf('ci', ['dr:read']))
  expect(await authenticate('bearer console-token')).toEqual(viewerOf('console', ['dr:read', 'dr:recover']))
})

test.each([
  'Bearer nobodys-token',
  'Bearer ',
  'Bearer',
  '',
  'ci-token',
  'Basic Y2k6Y2ktdG9rZW4=',
  'Bearer ci-token, Bearer console-token',
  'Bearer ci-token ',
  `Bearer ${toSha256('ci-token')}`,
])('refuses %j, also where anonymous callers are allowed', async (authorization) => {
  expect(await createTokenAuthentication({ tokens, anonymous: null })(authorization)).toBeNull()
  expect(await createTokenAuthentication({ tokens, anonymous })(authorization)).toBeNull()
})

test('takes a caller without a credential for the anonymous one, or refuses him', async () => {
  const viewer = await createTokenAuthentication({ tokens, anonymous })(null)
  expect(viewer).toEqual(viewerOf('anonymous', ['dr:read'], { isAnonymous: true }))
  expect(await createTokenAuthentication({ tokens, anonymous: null })(null)).toBeNull()
})

test('asks whoever verifies access tokens about what is no static token, and about nothing else', async () => {
  const asked: string[] = []
  const verifyToken = async (token: string) => {
    asked.push(token)
    return null
  }
  const authenticate = createTokenAuthentication({ tokens, anonymous, verifyToken })
  expect((await authenticate('Bearer ci-token'))?.name).toBe('ci')
  expect((await authenticate(null))?.name).toBe('anonymous')
  expect([await authenticate('Bearer a.b.c'), await authenticate('Basic a.b.c')]).toEqual([null, null])
  expect(asked).toEqual(['a.b.c'])
})

test('answers a caller without a token with 401 before the document is looked at', async () => {
  // S1
  await using server = await startTestServer({ isAnonymousAllowed: false })
  const refused = { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] }
  const valid = await query(server.url, '{ hello }')
  const nonsense = await query(server.url, '{ there is no such', {}, { authorization: 'Bearer wrong' })
  expect([valid.status, valid.body]).toEqual([401, refused])
  expect([nonsense.status, nonsense.body]).toEqual([401, refused])
  expect(valid.headers.get('www-authenticate')).toBe('Bearer')
  expect(server.stage.executed).toEqual([])
})

test('D3: the anonymous learn nothing of the schema, by POST or by GET', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  const posted = await query(server.url, '{ __schema { types { name } } }')
  const got = await send(`${server.url}?query={__schema{types{name}}}`, { method: 'GET' })
  expect([posted.status, got.status]).toEqual([401, 401])
  expect(JSON.stringify(posted.body) + got.text).not.toMatch(/Query|whoAmI/)
})

test('runs an operation as the holder of the token', async () => {
  await using server = await startTestServer({ isAnonymousAllowed: false })
  const { body } = await query(server.url, '{ whoAmI }', {}, { authorization: validAuthorization })
  expect(body).toEqual({ data: { whoAmI: 'operator' } })
})
