import { expect, test } from 'vitest'
import { startRig, type Caller, type WirePage } from './vcda-rig.ts'

interface Named {
  readonly id: string
  readonly name: string
}

interface Profile {
  readonly id: string
  readonly displayName: string
  readonly orgs: number
  readonly replications: number
}

const pageOf = async (caller: Caller, path: string): Promise<WirePage<Named>> => caller.get<WirePage<Named>>(path)

test('assigns an SLA profile to organisations, which alone may use it', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const [gold] = await rig.east.get<readonly Profile[]>('/sla-profiles')
  const orgs = rig.simulator.world.organizations.size
  expect(gold).toMatchObject({ displayName: 'Gold', orgs, rpo: 30 })
  expect(gold?.replications).toBeGreaterThan(0)
  const path = `/sla-profiles/orgs/Acme/profiles/${gold?.id}`
  expect(await tenant.refusal('DELETE', path)).toEqual([403, 'Forbidden'])
  const removed = await rig.east.send('DELETE', path)
  expect([removed.status, removed.body]).toEqual([204, null])
  expect(await rig.east.get('/sla-profiles')).toMatchObject([{ orgs: orgs - 1 }, {}, {}])
  const seen = await tenant.get<readonly Profile[]>('/sla-profiles')
  expect(seen.map(({ displayName }) => displayName)).toEqual(['Silver', 'Bronze'])
  await tenant.send('POST', '/sessions/extend', { type: 'multisite', site: 'cloud-west', org: 'Acme' })
  const { items } = await tenant.get<WirePage<{ id: string }>>(
    '/vm-replications?sourceSiteType=vcloud&isMigration=false',
  )
  const patch = `/vm-replications/${items[0]?.id}`
  expect(await tenant.refusal('PATCH', patch, { slaProfileId: gold?.id })).toEqual([400, 'BadUserInput'])
  const added = await rig.east.send('POST', path)
  expect([added.status, added.body]).toEqual([201, null])
  await tenant.act('PATCH', patch, { slaProfileId: gold?.id })
  expect(await rig.east.refusal('POST', `/sla-profiles/orgs/Nobody/profiles/${gold?.id}`)).toEqual([
    400,
    'BadUserInput',
  ])
  expect(await rig.east.refusal('POST', '/sla-profiles/orgs/Acme/profiles/tin')).toEqual([404, 'NotFound'])
})

test('lists policies, each with who has it and what goes beyond it', async () => {
  await using rig = await startRig()
  const policies =
    await rig.east.get<readonly { id: string; orgs: number; minRpo: number; maxIncoming: number }[]>('/policies')
  const [open, narrow] = policies
  expect(open).toMatchObject({ id: 'default', maxIncoming: -1, allowIncomingMigrations: true, minRpo: 5 })
  expect(narrow).toMatchObject({ orgs: 1, minRpo: 60, maxIncoming: 2, allowCustomSlaSettings: false })
  expect(open).not.toHaveProperty('allowIncoming')
  expect((open?.orgs ?? 0) + (narrow?.orgs ?? 0)).toBe(rig.simulator.world.organizations.size)
  expect(await rig.east.get(`/policies/${narrow?.id}`)).toEqual(narrow)
  interface Status {
    readonly org: string
    readonly configuredReplications: number
    readonly quotaViolation: number
    readonly nonRpoCompliant: readonly string[]
  }
  await rig.east.send('PATCH', `/policies/${narrow?.id}/orgs/Acme`)
  const statuses = await rig.west.get<readonly Status[]>(`/policies/${narrow?.id}/status`)
  expect(statuses).toHaveLength(2)
  const status = statuses.find(({ org }) => org === 'Acme')
  const incoming = [...rig.simulator.world.replications.values()].filter(
    ({ destination }) => destination.org === 'Acme' && destination.site === 'cloud-west',
  )
  expect(status?.configuredReplications).toBe(incoming.length)
  expect(status?.quotaViolation).toBe(Math.max(0, incoming.length - 2))
  const tooShort = incoming.filter(({ settings, isMigration }) => !isMigration && settings.rpo < 60)
  expect(tooShort.length).toBeGreaterThan(0)
  expect(status?.nonRpoCompliant).toEqual(tooShort.map(({ id }) => id))
  const clean = await rig.east.get<readonly Status[]>('/policies/default/status')
  expect(clean.flatMap(({ nonRpoCompliant }) => nonRpoCompliant)).toEqual([])
  const tenant = await rig.tenant()
  expect(await tenant.get('/policies')).toMatchObject([{ id: narrow?.id, orgs: 2 }])
  expect(await tenant.refusal('GET', '/policies/default')).toEqual([404, 'NotFound'])
  expect(await tenant.refusal('GET', '/policies/default/status')).toEqual([403, 'Forbidden'])
})

test('makes, changes, assigns and deletes a policy, in the words of the oldest clients too', async () => {
  await using rig = await startRig()
  const old = {
    displayName: 'Gold',
    minRpo: 30,
    maxInstances: 5,
    maxIncoming: 10,
    allowIncoming: true,
    allowOutgoing: false,
  }
  const created = await rig.east.send<{ id: string }>('POST', '/policies', old)
  expect([created.status, created.body]).toMatchObject([
    200,
    { displayName: 'Gold', minRpo: 30, allowIncomingProtections: true, allowOutgoingMigrations: false, orgs: 0 },
  ])
  const path = `/policies/${created.body.id}`
  const accept = { Accept: 'application/vnd.vmware.h4-v3.5+json' }
  expect((await rig.east.send('GET', path, undefined, accept)).body).toMatchObject({ allowOutgoing: false })
  await rig.east.send('PUT', path, { displayName: 'Gold', minRpo: 15, allowOutgoing: null })
  expect(await rig.east.get(path)).toMatchObject({ minRpo: 15, maxIncoming: 10, allowOutgoingProtections: false })
  expect(await rig.east.refusal('PUT', path, { minRpo: 1 })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('POST', '/policies', { displayName: 'Gold' })).toEqual([400, 'BadUserInput'])
  const assigned = await rig.east.send('PATCH', `${path}/orgs/Acme`)
  expect([assigned.status, assigned.body]).toMatchObject([200, { orgs: 1 }])
  const tenant = await rig.tenant()
  expect(await tenant.get('/policies')).toMatchObject([{ displayName: 'Gold' }])
  expect(await tenant.refusal('PUT', path, { minRpo: 5 })).toEqual([403, 'Forbidden'])
  expect(await rig.east.refusal('DELETE', path)).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('DELETE', '/policies/default')).toEqual([400, 'BadUserInput'])
  await rig.east.send('PATCH', '/policies/default/orgs/Acme')
  expect((await rig.east.send('DELETE', path)).status).toBe(204)
  expect(await rig.east.refusal('GET', path)).toEqual([404, 'NotFound'])
})

test('lists what a start dialogue needs, in pages, and to a tenant its own', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const orgs = await pageOf(rig.east, '/inventory/orgs')
  expect(orgs.total).toBeGreaterThan(1)
  expect(orgs).toMatchObject({ limit: 100, offset: 0 })
  const own = await pageOf(tenant, '/inventory/orgs')
  expect(own.items.map(({ name }) => name)).toEqual(['Acme'])
  const [vdc] = (await pageOf(tenant, '/inventory/vdcs')).items
  const networks = await pageOf(tenant, `/inventory/vdcs/${vdc?.id}/networks?limit=1000`)
  expect(networks.items.map(({ name }) => name)).toEqual(['Acme-production', 'Acme-test', 'Acme-dmz'])
  expect(networks).toMatchObject({ limit: 100, total: 3 })
  expect(await pageOf(rig.east, `/inventory/vdcs/${vdc?.id}/networks`)).toEqual({ ...networks })
  const second = await pageOf(tenant, `/inventory/vdcs/${vdc?.id}/networks?limit=2&offset=2`)
  expect(second.items).toEqual(networks.items.slice(2))
  const profiles = await pageOf(tenant, `/inventory/vdcs/${vdc?.id}/storage-profiles?limit=100&offset=0`)
  expect(profiles.total).toBe(2)
  expect(await tenant.get(`/inventory/vdcs/${vdc?.id}/storage-profiles`)).toEqual(profiles.items)
  const foreign = (await pageOf(rig.east, '/inventory/vdcs')).items.find(({ name }) => !name.startsWith('Acme'))
  expect(await tenant.refusal('GET', `/inventory/vdcs/${foreign?.id}/networks`)).toEqual([404, 'NotFound'])
})

test('gives datastores and provider data centers as bare arrays, to providers', async () => {
  await using rig = await startRig()
  const datastores = await rig.east.get<readonly (Named & { moref: string })[]>('/inventory/datastores')
  const { items } = await rig.west.get<
    WirePage<{
      vimLocation: { datastore: string; vimServerInstanceUuid: string; datastoreMoref: string }
      destination: { site: string }
    }>
  >('/vm-replications')
  const arriving = items.find(({ destination }) => destination.site === 'cloud-east')
  const location = arriving?.vimLocation
  expect(datastores.map(({ id }) => id)).toContain(location?.datastore)
  const filter = `vimServerInstanceUuid=${location?.vimServerInstanceUuid}&datastoreMoref=${location?.datastoreMoref}`
  const found = await rig.east.get<WirePage<{ vimLocation: unknown }>>(`/vm-replications?${filter}`)
  expect(found.items.length).toBeGreaterThan(0)
  for (const { vimLocation } of found.items) expect(vimLocation).toEqual(location)
  const lone = `/vm-replications?datastoreMoref=${location?.datastoreMoref}`
  expect(await rig.east.refusal('GET', lone)).toEqual([400, 'BadUserInput'])
  const names = (await rig.west.get<readonly Named[]>('/inventory/provider-vdcs')).map(({ name }) => name)
  expect(names).toEqual(['cloud-west Compute', 'cloud-west Storage'])
  const tenant = await rig.tenant()
  for (const path of ['/inventory/datastores', '/inventory/provider-vdcs', '/replicators', '/license', '/config']) {
    expect([path, ...(await tenant.refusal('GET', path))]).toEqual([path, 403, 'Forbidden'])
  }
})

test('lists the machines of a customer by vCenter, and fails when its tunnel is dead', async () => {
  await using rig = await startRig()
  const [vcenter] = await rig.east.get<readonly { vcId: string }[]>('/vc-sites/acme-branch/vcenters')
  const vms = await pageOf(rig.east, `/vc-sites/acme-branch/${vcenter?.vcId}/vms`)
  expect(vms.total).toBeGreaterThan(0)
  expect(await rig.east.refusal('GET', '/vc-sites/acme-branch/other/vms')).toEqual([404, 'NotFound'])
  expect(await rig.east.refusal('GET', '/vc-sites/cloud-west/vcenters')).toEqual([404, 'SiteNotFound'])
  const branch = rig.simulator.world.sites.get('acme-branch')
  if (branch === undefined) throw new Error('no branch')
  branch.commError = { args: [], code: 'TunnelDown', msg: 'Connection refused.', stacktrace: '' }
  expect(await rig.east.refusal('GET', '/vc-sites/acme-branch/vcenters')).toEqual([500, 'GeneralServerFailure'])
  expect(await rig.east.get('/vc-sites')).toMatchObject([{ site: 'acme-branch' }])
})

test('tells its replicators, one of them in maintenance', async () => {
  await using rig = await startRig(4)
  const [record] = rig.simulator.world.appliances.get('cloud-east')?.replicators ?? []
  if (record === undefined) throw new Error('no replicator')
  record.isInMaintenanceMode = true
  const replicators = await rig.east.get<readonly { id: string }[]>('/replicators')
  expect(replicators).toMatchObject([
    {
      id: record.id,
      owner: '*',
      site: 'cloud-east',
      isInMaintenanceMode: true,
      apiVersion: '4.7',
      pairingCookie: null,
    },
    { isInMaintenanceMode: false, state: { incomingCommError: null, outgoingCommError: null } },
  ])
  expect(await rig.east.get(`/replicators/${record.id}`)).toEqual(replicators[0])
  expect(await rig.east.refusal('GET', '/replicators/none')).toEqual([404, 'NotFound'])
  expect(await rig.west.get('/replicators?site=cloud-east')).toEqual(replicators)
})

test('tells the configuration with the names and the number forms that a typed client reads', async () => {
  await using rig = await startRig(4)
  expect(await rig.east.get('/config/is-configured')).toEqual({ isConfigured: true })
  const endpoints = {
    mgmtAddress: null,
    mgmtPort: 8046,
    mgmtPublicAddress: null,
    mgmtPublicPort: null,
    apiAddress: null,
    apiPort: 8443,
    apiPublicAddress: 'cloud-east.example',
    apiPublicPort: 8048,
  }
  expect(await rig.east.get('/config/endpoints')).toEqual({ configured: endpoints, effective: endpoints })
  expect(await rig.east.get('/config')).toMatchObject({ localSite: 'cloud-east', isCombined: false })
  expect(await rig.west.get('/config/site')).toMatchObject({ localSite: 'cloud-west' })
  const thumbPrint = expect.stringMatching(/^SHA-256(:[\dA-F]{2}){32}$/)
  expect(await rig.east.get('/config/certificate')).toMatchObject({ certificate: { thumbPrint } })
  const remote = '/config/remote-certificate?url=https%3A%2F%2Fcloud-west.example%3A8048'
  expect(await rig.east.get(remote)).toMatchObject({ certificate: { thumbPrint }, encoded: expect.any(String) })
  expect(await rig.east.refusal('GET', '/config/remote-certificate')).toEqual([400, 'BadUserInput'])
  for (const path of ['/config/root-password-expired', '/appliance/root-password-expired']) {
    expect(await rig.east.get(path)).toEqual({ rootPasswordExpired: false, secondsUntilExpiration: 31_536_000 })
  }
})

test('sums the replications of the dashboard up', async () => {
  await using rig = await startRig()
  interface Totals {
    readonly vms: number
    readonly vapps: number
    readonly recovered: number
    readonly overallHealth: Record<string, number>
  }
  const { incoming, outgoing } = await rig.west.get<{ incoming: Totals; outgoing: Totals }>(
    '/vapp-replications/summary',
  )
  const all = [...rig.simulator.world.replications.values()]
  expect(incoming.vms).toBe(all.filter(({ destination }) => destination.site === 'cloud-west').length)
  expect(outgoing.vms).toBe(all.filter(({ source }) => source.site === 'cloud-west').length)
  const { GREEN = 0, YELLOW = 0, RED = 0 } = incoming.overallHealth
  expect(GREEN + YELLOW + RED).toBe(incoming.vms)
  expect(incoming.recovered).toBe(1)
})

/** Every number below a value, with the way to it. */
const numbersIn = (value: unknown, way = ''): readonly (readonly [string, number])[] => {
  if (typeof value === 'number') return [[way, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => numbersIn(member, `${way}/${name}`))
}

test('writes every number as a whole one, as typed clients need it', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  const health = await rig.east.act('POST', '/diagnostics/health')
  rig.clock.turn(7_777)
  const plans = await rig.east.get<WirePage<{ id: string }>>('/recovery-plans')
  const ofPlans = plans.items.flatMap((plan) =>
    ['steps', 'executions'].map((part) => `/recovery-plans/${plan.id}/${part}`),
  )
  const ofReplication = ['instances', 'traffic', 'disk-usage'].map((part) => `/vm-replications/${id}/${part}`)
  const paths = [
    '/vm-replications',
    '/vapp-replications',
    '/vapp-replications/summary',
    '/tasks',
    `/tasks/${health.id}`,
    '/sla-profiles',
    '/policies',
    '/policies/default/status',
    '/recovery-plans',
    '/license',
    '/config/endpoints',
    ...ofReplication,
    ...ofPlans,
  ]
  for (const path of paths) {
    for (const [way, number] of numbersIn(await rig.east.get(path))) {
      expect([path, way, Number.isSafeInteger(number)]).toEqual([path, way, true])
    }
  }
})
