import { expect, test } from 'vitest'
import { toAccessToken, toCookie } from '../../../src/simulator/vcda/vcda-sim-credentials.ts'
import { hourMs, minuteMs, startRig } from './vcda-rig.ts'

const rootLogin = { type: 'localUser', localUser: 'root', localPassword: 'Provider-Pass-1' }

test('gives the token in the header only, 20 bytes in base64, and who signed in as the body', async () => {
  await using rig = await startRig(4)
  const caller = rig.stranger()
  const reply = await caller.signIn(rootLogin)
  expect(reply.status).toBe(200)
  expect(caller.token).toHaveLength(28)
  expect(Buffer.from(caller.token, 'base64')).toHaveLength(20)
  expect(reply.body).toEqual({
    user: 'root',
    roles: ['EVERYONE', 'ADMINISTRATORS', 'VRADMINISTRATORS'],
    authenticatedSites: [{ site: 'cloud-east', org: 'System' }],
  })
  expect(JSON.stringify(reply.body)).not.toContain(caller.token)
  expect(await caller.get('/sessions')).toEqual(reply.body)
})

test('signs a tenant in by Cloud Director credentials without provider roles', async () => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  expect(await caller.get('/sessions')).toEqual({
    user: 'admin@Acme',
    roles: ['EVERYONE'],
    authenticatedSites: [{ site: 'cloud-east', org: 'Acme' }],
  })
})

test('signs the providers of single sign-on and of Cloud Director in', async () => {
  await using rig = await startRig(4)
  const sso = { type: 'ssoCredentials', username: 'administrator@vsphere.local', password: 'Provider-Pass-1' }
  const vcd = { type: 'vcdCredentials', vcdUser: 'administrator@System', vcdPassword: 'Provider-Pass-1' }
  for (const login of [sso, vcd]) {
    const caller = rig.stranger()
    expect((await caller.signIn(login)).status).toBe(200)
    expect(await caller.get('/sessions')).toMatchObject({ roles: expect.arrayContaining(['ADMINISTRATORS']) })
  }
})

test.for([
  [401, 'NotAuthenticated', { ...rootLogin, localPassword: 'wrong' }],
  [401, 'NotAuthenticated', { type: 'vcdCredentials', vcdUser: 'admin@Nobody', vcdPassword: 'Tenant-Pass-1' }],
  [401, 'NotAuthenticated', { type: 'vcdAccessToken', vcdAccessToken: 'eyJ' }],
  [400, 'BadRequest', { type: 'carrierPigeon' }],
  [400, 'BadRequest', { type: 'localUser', localUser: 'root' }],
  [400, 'BadRequest', '{"type":'],
  [400, 'BadRequest', '[]'],
] as const)('turns a login down with %i %s', async ([status, code, body]) => {
  await using rig = await startRig(4)
  const caller = rig.stranger()
  expect(await caller.refusal('POST', '/sessions', body)).toEqual([status, code])
})

test('refuses every call without a token, with a made-up one and with one of the other site', async () => {
  await using rig = await startRig(4)
  const caller = rig.stranger()
  expect(await caller.refusal('GET', '/vm-replications')).toEqual([401, 'NotAuthenticated'])
  caller.token = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='
  expect(await caller.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
  caller.token = rig.west.token
  expect(await caller.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
})

test('ends a session after 30 idle minutes, and every call starts them anew', async () => {
  await using rig = await startRig(4)
  for (let call = 0; call < 3; call++) {
    rig.clock.turn(29 * minuteMs)
    await rig.east.get('/sites')
  }
  rig.clock.turn(30 * minuteMs)
  expect(await rig.east.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
})

test('ends a session after 24 hours however busy it is', async () => {
  await using rig = await startRig(4)
  for (let quarter = 1; quarter < 24 * 4; quarter++) {
    rig.clock.turn(15 * minuteMs)
    await rig.east.get('/sites')
  }
  rig.clock.turn(15 * minuteMs)
  expect(await rig.east.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
  expect(rig.clock.now()).toBe(Date.UTC(2026, 0, 5, 9) + 24 * hourMs)
})

test('ends a session by logging out and leaves the others alone', async () => {
  await using rig = await startRig(4)
  const other = rig.stranger()
  await other.signIn(rootLogin)
  expect((await other.send('DELETE', '/sessions')).status).toBe(204)
  expect(await other.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
  await rig.east.get('/sites')
})

test('signs everybody out when the service restarts', async () => {
  await using rig = await startRig(4)
  rig.simulator.world.sessions.get('cloud-east')?.removeAll()
  expect(await rig.east.refusal('GET', '/sites')).toEqual([401, 'NotAuthenticated'])
  await rig.west.get('/sites')
})

test('extends a session to the other site with the same token and shrinks it again', async () => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  const login = { type: 'credentials', site: 'cloud-west', vcdUsername: 'admin@Acme', vcdPassword: 'Tenant-Pass-1' }
  const reply = await caller.send('POST', '/sessions/extend', login)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('X-VCAV-Auth')).toBeNull()
  const sites = [
    { site: 'cloud-east', org: 'Acme' },
    { site: 'cloud-west', org: 'Acme' },
  ]
  expect(reply.body).toMatchObject({ authenticatedSites: sites })
  expect((await caller.send('DELETE', '/sessions/cloud-west')).body).toMatchObject({ authenticatedSites: [sites[0]] })
  expect(await caller.refusal('DELETE', '/sessions/cloud-west')).toEqual([400, 'BadUserInput'])
  expect(await caller.refusal('DELETE', '/sessions/cloud-east')).toEqual([400, 'BadUserInput'])
})

test('tells a failed extension from a failed login', async () => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  const wrong = { type: 'credentials', site: 'cloud-west', vcdUsername: 'admin@Acme', vcdPassword: 'wrong' }
  expect(await caller.refusal('POST', '/sessions/extend', wrong)).toEqual([401, 'RemoteAuthenticationFailure'])
  const nobody = { type: 'credentials', site: 'cloud-west', vcdPassword: 'Tenant-Pass-1' }
  expect(await caller.refusal('POST', '/sessions/extend', nobody)).toEqual([401, 'RemoteAuthenticationFailure'])
  const foreign = { type: 'multisite', site: 'cloud-west', org: 'Globex' }
  expect(await caller.refusal('POST', '/sessions/extend', foreign)).toEqual([401, 'RemoteAuthenticationFailure'])
  const nowhere = { type: 'multisite', site: 'cloud-north', org: 'Acme' }
  expect(await caller.refusal('POST', '/sessions/extend', nowhere)).toEqual([404, 'SiteNotFound'])
  expect((await caller.send('POST', '/sessions/extend', { ...nowhere, site: 'cloud-west' })).status).toBe(200)
})

test('signs in by token and cookie of Cloud Director, and a provider in the context of a tenant', async () => {
  await using rig = await startRig(20)
  const [site] = rig.simulator.sites
  const tokens = site?.accessTokens
  const logins = [
    [{ type: 'vcdAccessToken', vcdAccessToken: tokens?.tenant }, 'admin@Acme', 'Acme', 1],
    [{ type: 'vcdAccessToken', vcdAccessToken: tokens?.provider }, 'administrator@System', 'System', 3],
    [{ type: 'vcdAccessToken', vcdAccessToken: tokens?.provider, context: 'Acme' }, 'administrator@System', 'Acme', 1],
    [{ type: 'vcdCookie', vcdCookie: toCookie('Acme') }, 'admin@Acme', 'Acme', 1],
  ] as const
  for (const [login, user, org, roles] of logins) {
    const caller = rig.stranger()
    expect((await caller.signIn(login)).status).toBe(200)
    const session = await caller.get<{ roles: readonly string[] }>('/sessions')
    expect(session).toMatchObject({ user, authenticatedSites: [{ site: 'cloud-east', org }] })
    expect(session.roles).toHaveLength(roles)
  }
  const foreign = { type: 'vcdAccessToken', vcdAccessToken: tokens?.tenant, context: 'Globex' }
  expect(await rig.stranger().refusal('POST', '/sessions', foreign)).toEqual([401, 'NotAuthenticated'])
})

test.for([
  { type: 'credentials', vcdUsername: 'admin@Acme', vcdPassword: 'Tenant-Pass-1' },
  { type: 'credentials', vcdUser: 'admin@Acme', vcdPassword: 'Tenant-Pass-1' },
  { type: 'cookie', cookie: toCookie('Acme') },
  { type: 'cookie', vcdCookie: toCookie('Acme') },
  { type: 'vcdAccessToken', vcdAccessToken: toAccessToken('Acme') },
  { type: 'accessToken', accessToken: toAccessToken('Acme') },
  { type: 'multisite', org: 'Acme' },
])('extends a session by %o', async (proof) => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  const reply = await caller.send('POST', '/sessions/extend', { site: 'cloud-west', ...proof })
  expect([reply.status, reply.body]).toMatchObject([
    200,
    { authenticatedSites: [{}, { site: 'cloud-west', org: 'Acme' }] },
  ])
  await caller.get('/tasks?site=cloud-west')
})

test('turns down an extension whose proof is wrong', async () => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  for (const proof of [
    { type: 'cookie', cookie: 'f12977876fef48a6b032ffdb2cdf22d7' },
    { type: 'vcdAccessToken', vcdAccessToken: 'eyJ' },
    { type: 'accessToken' },
  ]) {
    const body = { site: 'cloud-west', ...proof }
    expect(await caller.refusal('POST', '/sessions/extend', body)).toEqual([401, 'RemoteAuthenticationFailure'])
  }
})

test('loses an extension after an hour while the session lives on, and takes a new one', async () => {
  await using rig = await startRig(4)
  const caller = await rig.tenant()
  const extension = { type: 'multisite', site: 'cloud-west', org: 'Acme' }
  await caller.send('POST', '/sessions/extend', extension)
  for (let passed = 0; passed < 2; passed++) {
    await caller.get('/tasks?site=cloud-west')
    rig.clock.turn(29 * minuteMs)
    await caller.get('/sites')
  }
  rig.clock.turn(2 * minuteMs)
  expect(await caller.refusal('GET', '/tasks?site=cloud-west')).toEqual([401, 'RemoteAuthenticationFailure'])
  expect(await caller.get('/sessions')).toMatchObject({ authenticatedSites: [{ site: 'cloud-east' }] })
  expect(await caller.refusal('DELETE', '/sessions/cloud-west')).toEqual([400, 'BadUserInput'])
  await caller.send('POST', '/sessions/extend', extension)
  await caller.get('/tasks?site=cloud-west')
})

test('wants an extension of a provider too, where the appliance is set so', async () => {
  await using rig = await startRig(40, { requiresExtension: true })
  const { id } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}/sync`
  expect(await rig.east.refusal('POST', path)).toEqual([401, 'RemoteAuthenticationFailure'])
  expect(rig.simulator.world.tasks.list()).toEqual([])
  const proof = { type: 'vcdAccessToken', site: 'cloud-west', vcdAccessToken: toAccessToken('System') }
  await rig.east.send('POST', '/sessions/extend', proof)
  await rig.east.act('POST', path)
})
