import { expect, test } from 'vitest'
import { at, startHarness } from './zerto-sim-harness.ts'

const tokenPath = '/auth/realms/zerto/protocol/openid-connect/token'

const form = (fields: Record<string, string>): RequestInit => ({ body: new URLSearchParams(fields) })

test('gives a token with a refresh token for a password, and the token opens the API', async () => {
  await using zvm = await startHarness(20)
  const login = zvm.simulator.sites[0]?.login ?? { username: '', password: '' }
  const fields = { grant_type: 'password', client_id: 'zerto-client', scope: 'openid', ...login }
  const { status, json } = await zvm.send(0, 'POST', tokenPath, form(fields))
  expect(status).toBe(200)
  expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 300, refresh_expires_in: 1800 })
  expect(at(json, 'refresh_token')).toBeTypeOf('string')
  const headers = { Authorization: `Bearer ${String(at(json, 'access_token'))}` }
  expect((await zvm.send(0, 'GET', '/v1/localsite', { headers })).status).toBe(200)
  // Each appliance has a Keycloak of its own.
  expect((await zvm.send(1, 'GET', '/v1/localsite', { headers })).status).toBe(401)
})

test('refuses a token after expires_in, and renews it by the refresh token until that has ended too', async () => {
  await using zvm = await startHarness(20)
  const login = zvm.simulator.sites[0]?.login ?? { username: '', password: '' }
  const first = await zvm.send(
    0,
    'POST',
    tokenPath,
    form({ grant_type: 'password', client_id: 'zerto-client', ...login }),
  )
  const read = (json: unknown) =>
    zvm.send(0, 'GET', '/v1/localsite', { headers: { Authorization: `Bearer ${String(at(json, 'access_token'))}` } })
  zvm.turn(299)
  expect((await read(first.json)).status).toBe(200)
  zvm.turn(1)
  expect(await read(first.json)).toMatchObject({ status: 401, json: { Message: expect.any(String) } })
  const refreshToken = String(at(first.json, 'refresh_token'))
  const renewal = form({ grant_type: 'refresh_token', client_id: 'zerto-client', refresh_token: refreshToken })
  const second = await zvm.send(0, 'POST', tokenPath, renewal)
  expect((await read(second.json)).status).toBe(200)
  zvm.turn(1800)
  const third = await zvm.send(0, 'POST', tokenPath, renewal)
  expect(third).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant', error_description: 'Token is not active' },
  })
})

test('gives no refresh token for client credentials, and names the service account on its tasks', async () => {
  await using zvm = await startHarness()
  const { clientId, clientSecret } = zvm.simulator.sites[0]?.clientLogin ?? { clientId: '', clientSecret: '' }
  const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const { json } = await zvm.send(0, 'POST', tokenPath, form(fields))
  expect(json).not.toHaveProperty('refresh_token')
  const headers = { Authorization: `Bearer ${String(at(json, 'access_token'))}` }
  const pause = await zvm.send(0, 'POST', `/v1/vpgs/${zvm.healthyVpg().id}/pause`, { headers })
  expect(await zvm.task(String(pause.json))).toMatchObject({ InitiatedBy: 'service-account-zerto-api' })
})

test('says no as Keycloak does: a code and a description', async () => {
  await using zvm = await startHarness(20)
  const wrongPassword = { grant_type: 'password', client_id: 'zerto-client', username: 'admin', password: 'guess' }
  expect(await zvm.send(0, 'POST', tokenPath, form(wrongPassword))).toMatchObject({
    status: 401,
    json: { error: 'invalid_grant', error_description: 'Invalid user credentials' },
  })
  const wrongSecret = { grant_type: 'client_credentials', client_id: 'zerto-api', client_secret: 'guess' }
  const refused = await zvm.send(0, 'POST', tokenPath, form(wrongSecret))
  expect(refused).toMatchObject({ status: 401, json: { error: 'unauthorized_client' } })
  const odd = await zvm.send(0, 'POST', tokenPath, form({ grant_type: 'magic' }))
  expect(odd).toMatchObject({ status: 400, json: { error: 'unsupported_grant_type' } })
  const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wrongPassword) }
  expect((await zvm.send(0, 'POST', tokenPath, json)).status).toBe(415)
})

test('answers 404 to the session call of a Windows ZVM, by which clients know an appliance', async () => {
  await using zvm = await startHarness(20)
  expect((await zvm.send(0, 'POST', '/v1/session/add')).status).toBe(404)
  expect((await zvm.send(0, 'GET', '/v1/vpgs')).status).toBe(401)
  const headers = { Authorization: 'Bearer made.up.token' }
  expect((await zvm.send(0, 'GET', '/v1/vpgs', { headers })).status).toBe(401)
})
