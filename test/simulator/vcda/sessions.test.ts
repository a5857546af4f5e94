import { expect, test } from 'vitest'
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
  // The name of the member differs between the two calls; with the login's name there is no user at all.
  const loginsName = { type: 'credentials', site: 'cloud-west', vcdUser: 'admin@Acme', vcdPassword: 'Tenant-Pass-1' }
  expect(await caller.refusal('POST', '/sessions/extend', loginsName)).toEqual([401, 'RemoteAuthenticationFailure'])
  const foreign = { type: 'multisite', site: 'cloud-west', org: 'Globex' }
  expect(await caller.refusal('POST', '/sessions/extend', foreign)).toEqual([401, 'RemoteAuthenticationFailure'])
  const nowhere = { type: 'multisite', site: 'cloud-north', org: 'Acme' }
  expect(await caller.refusal('POST', '/sessions/extend', nowhere)).toEqual([404, 'SiteNotFound'])
  expect((await caller.send('POST', '/sessions/extend', { ...nowhere, site: 'cloud-west' })).status).toBe(200)
})
