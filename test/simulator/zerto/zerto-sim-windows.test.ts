import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { at, basicAuth, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const loginOf = (zvm: Harness) => zvm.simulator.sites[0]?.login ?? { username: '', password: '' }

const open = async (zvm: Harness, init: RequestInit = {}) =>
  zvm.send(0, 'POST', '/v1/session/add', { headers: basicAuth(loginOf(zvm)), ...init })

const sign = (session: string | null): RequestInit => ({ headers: { 'x-zerto-session': session ?? '' } })

/** The headers as they are written on the wire, names and values in turn. */
const rawHeadersOf = async (url: string, headers: Record<string, string>): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers }, (incoming) => {
      incoming.resume()
      resolve(incoming.rawHeaders)
    })
    outgoing.once('error', reject)
    outgoing.end()
  })

test('opens a session with Basic: an empty 200 whose headers are spelt as a Windows ZVM spells them', async () => {
  await using zvm = await startHarness(20, 'windows')
  const { status, text, headers } = await open(zvm)
  expect({ status, text }).toEqual({ status: 200, text: '' })
  expect(headers.get('x-zerto-session')).toMatch(/^[0-9a-f-]{36}$/)
  const url = `${zvm.simulator.sites[0]?.service.url}/v1//session/Add`
  const raw = await rawHeadersOf(url, basicAuth(loginOf(zvm)))
  for (const name of ['x-zerto-session', 'Content-Length', 'Cache-Control', 'Server', 'X-Content-Type-Options']) {
    expect(raw).toContain(name)
  }
  expect(raw[raw.indexOf('Content-Length') + 1]).toBe('0')
  expect(raw[raw.indexOf('Cache-Control') + 1]).toBe('no-cache')
  expect(raw[raw.indexOf('Server') + 1]).toBe('Microsoft-HTTPAPI/2.0')
})

test('takes both authentication methods as a number or a text, and no other', async () => {
  await using zvm = await startHarness(20, 'windows')
  for (const method of [0, 1, '1']) {
    expect((await open(zvm, { body: JSON.stringify({ AuthenticationMethod: method }) })).status).toBe(200)
  }
  expect((await open(zvm, { body: JSON.stringify({ AuthenticationMethod: 7 }) })).status).toBe(400)
})

test('challenges a caller without credentials, and refuses wrong ones', async () => {
  await using zvm = await startHarness(20, 'windows')
  const asked = await zvm.send(0, 'POST', '/v1/session/add')
  expect(asked).toMatchObject({ status: 401, json: { Message: expect.any(String) } })
  expect(asked.headers.get('www-authenticate')).toMatch(/^Basic /)
  const wrong = { headers: basicAuth({ ...loginOf(zvm), password: 'guess' }) }
  const refused = await zvm.send(0, 'POST', '/v1/session/add', wrong)
  expect(refused.status).toBe(401)
  expect(refused.headers.get('x-zerto-session')).toBeNull()
  expect((await zvm.send(0, 'GET', '/v1/vpgs')).status).toBe(401)
  expect((await zvm.send(0, 'GET', '/v1/vpgs', { headers: basicAuth(loginOf(zvm)) })).status).toBe(401)
})

test('keeps a session for 30 minutes after its last call, and ends it when asked', async () => {
  await using zvm = await startHarness(20, 'windows')
  const session = (await open(zvm)).headers.get('x-zerto-session')
  const read = async () => (await zvm.send(0, 'GET', '/v1/localsite', sign(session))).status
  zvm.turn(1799)
  expect(await read()).toBe(200)
  zvm.turn(1799)
  expect(await read()).toBe(200)
  zvm.turn(1800)
  expect(await read()).toBe(401)
  const other = (await open(zvm)).headers.get('x-zerto-session')
  const ended = await zvm.send(0, 'DELETE', '/v1/session', sign(other))
  expect(ended).toMatchObject({ status: 200, text: '' })
  expect((await zvm.send(0, 'GET', '/v1/localsite', sign(other))).status).toBe(401)
  expect((await zvm.send(0, 'DELETE', '/v1/session', sign(other))).status).toBe(401)
})

test('knows nothing of an appliance: no Keycloak, no encryption detection; and lists its services to anybody', async () => {
  await using zvm = await startHarness(20, 'windows')
  const form = { body: new URLSearchParams({ grant_type: 'password', client_id: 'zerto-client', ...loginOf(zvm) }) }
  expect((await zvm.send(0, 'POST', '/auth/realms/zerto/protocol/openid-connect/token', form)).status).toBe(404)
  expect((await zvm.call(0, 'GET', '/v1/encryptionDetection/state')).status).toBe(404)
  const { json } = await zvm.send(0, 'GET', '/v1/')
  expect(items(json)).toContainEqual({
    href: `${zvm.simulator.sites[0]?.service.url}/v1/vpgs`,
    rel: 'down',
    type: 'IVpgService',
  })
  expect((await zvm.send(0, 'GET', '/v1/vpgs/help')).headers.get('content-type')).toBe('text/html')
})

test('writes groups, machines and sites as version 7 did', async () => {
  await using zvm = await startHarness(120, 'windows')
  const vpg = zvm.healthyVpg()
  const shown = await zvm.vpg(vpg.id)
  expect(shown).toMatchObject({
    Entities: { Protected: 0, Recovery: 0, Source: 0, Target: 0 },
    FailSafeHistory: { ConfiguredFailSafeHistory: expect.any(Number) },
    HistoryStatusApi: { EarliestCheckpoint: { Vss: false } },
    'Link_{0}': { rel: 'self', type: 'VpgApi' },
    SourceSite: 'Boston',
    VpgIdentifier: vpg.id,
  })
  expect(at(shown, 'Link_{0}')).not.toHaveProperty('identifier')
  for (const name of ['AlertStatus', 'StatusDescription', 'VpgType', 'ProtectedSiteName']) {
    expect(shown).not.toHaveProperty(name)
  }
  const checkpoints = (await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}/checkpoints/stats`)).json
  expect(at(checkpoints, 'Latest')).not.toHaveProperty('Type')
  const vm = at((await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json, 0)
  expect(vm).toMatchObject({ Volumes: [{ VmVolumeIdentifier: 'scsi:0:0' }], Entities: { Source: 0 } })
  expect(at(vm, 'Volumes', 0)).not.toHaveProperty('PublicCloudVolumeIdentifier')
  expect(vm).not.toHaveProperty('GuestOs')
  const local = (await zvm.call(0, 'GET', '/v1/localsite')).json
  expect(local).toMatchObject({ Version: '9.7.0' })
  expect(local).not.toHaveProperty('ZvmApiVersion')
  expect((await zvm.call(0, 'GET', '/v1/peersites')).json).toMatchObject([{ Port: 9081 }])
  const free = `/v1/virtualizationsites/${String(at(local, 'SiteIdentifier'))}/vms`
  expect(Object.keys(Object(at((await zvm.call(0, 'GET', free)).json, 0)))).toEqual(['VmName', 'VmIdentifier'])
})

const keysOf = (value: unknown): readonly string[] => Object.keys(Object(value)).toSorted()

/** The first row of a captured answer. */
const fixture = async (name: string): Promise<unknown> => {
  const file = new URL(`../../fixtures/zerto/${name}`, import.meta.url)
  return at(JSON.parse(await readFile(file, 'utf8')), 0)
}

test('has the members of the answers captured from version 7, no more and no fewer', async () => {
  await using zvm = await startHarness(120, 'windows')
  const vpg = await zvm.vpg(zvm.healthyVpg().id)
  // The fixture leaves VpgIdentifier out, as the API description of later versions does; real answers have it.
  expect(keysOf(vpg)).toEqual([...keysOf(await fixture('vpgs-7.0.json')), 'VpgIdentifier'].toSorted())
  const vm = at((await zvm.call(0, 'GET', '/v1/vms')).json, 0)
  // The fixture is shortened by the link to itself, which the captured answer has.
  expect(keysOf(vm)).toEqual([...keysOf(await fixture('vms-7.0.json')), 'Link_{0}'].toSorted())
  await zvm.act(zvm.healthyVpg(), 'pause')
  const task = at((await zvm.call(0, 'GET', '/v1/tasks')).json, 0)
  expect(keysOf(task)).toEqual([...keysOf(await fixture('tasks-7.0.json')), 'Link_{0}'].toSorted())
})

test('writes the moments of tasks, events and alerts in milliseconds', async () => {
  await using zvm = await startHarness(120, 'windows')
  const task = await zvm.task(await zvm.act(zvm.healthyVpg(), 'pause'))
  expect(task).toMatchObject({ Started: `/Date(${zvm.clock.now()})/`, InitiatedBy: 'Administrator' })
  expect(task).not.toHaveProperty('Generation')
  zvm.turn(2)
  const event = at((await zvm.call(0, 'GET', '/v1/events?eventType=PauseProtectionGroup')).json, 0)
  expect(event).toMatchObject({ OccurredOn: `/Date(${zvm.clock.now()})/`, Vpgs: [{ VpgName: expect.any(String) }] })
  const alerts = (await zvm.call(0, 'GET', '/v1/alerts')).json
  expect(at(alerts, 0, 'TurnedOn')).toMatch(/^\/Date\(\d+\)\/$/)
})

test('shows the settings that a session opened to no other session', async () => {
  await using zvm = await startHarness(20, 'windows')
  const first = (await open(zvm)).headers.get('x-zerto-session')
  const second = (await open(zvm)).headers.get('x-zerto-session')
  const { json } = await zvm.send(0, 'POST', '/v1/vpgSettings', { ...sign(first), body: '{}' })
  const path = `/v1/vpgSettings/${String(json)}`
  const settings = await zvm.send(0, 'GET', path, sign(first))
  expect(settings).toMatchObject({ status: 200, json: { Basic: { RpoInSeconds: 300 } } })
  expect(at(settings.json, 'Basic')).not.toHaveProperty('VpgType')
  expect((await zvm.send(0, 'GET', path, sign(second))).status).toBe(404)
  expect((await zvm.send(0, 'GET', '/v1/vpgSettings', sign(second))).json).toEqual([])
})

test('creates a group in one call by the deprecated way, which version 10 has no more', async () => {
  await using zvm = await startHarness(120, 'windows')
  const [boston, london] = zvm.simulator.world.sites
  const [machine = ''] = boston.unprotected.keys()
  const body = {
    VpgName: 'made-in-one',
    VmsIdentifiers: [machine],
    SourceSiteIdentifier: boston.siteIdentifier,
    TargetSiteIdentifier: london.siteIdentifier,
    Priority: 'High',
    ServiceProfileIdentifier: zvm.simulator.world.serviceProfiles.find(({ name }) => name === 'Silver')?.id,
    DatastoreIdentifier: london.infrastructure.datastores[1]?.identifier,
  }
  const { status, json } = await zvm.call(0, 'POST', '/v1/vpgs', body)
  expect(status).toBe(200)
  zvm.turn(10)
  const id = String(at(await zvm.task(String(json)), 'RelatedEntities', 'Vpgs', 0, 'identifier'))
  expect(await zvm.vpg(id)).toMatchObject({
    VpgName: 'made-in-one',
    Priority: 2,
    VmsCount: 1,
    SubStatus: 1,
    ConfiguredRpoSeconds: 600,
    ServiceProfileName: 'Silver',
  })
  expect((await zvm.call(0, 'POST', '/v1/vpgs', { ...body, VpgName: null })).status).toBe(500)
})

test('fails over, commits and reverses on Windows as on an appliance, and refuses business with 500', async () => {
  await using zvm = await startHarness(120, 'windows')
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', { CommitPolicy: 2 })
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/FailoverCommit`)).toMatchObject({
    status: 500,
    json: { Message: expect.stringContaining('not ready') },
  })
  zvm.turn(20)
  await zvm.act(vpg, 'FailoverCommit', { IsReverseProtection: true })
  zvm.turn(60)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0, SourceSite: 'London' })
})
