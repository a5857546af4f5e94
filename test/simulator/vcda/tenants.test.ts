import { expect, test } from 'vitest'
import { plainRecovery, secondMs, startRig, type Caller, type WirePage, type WireReplication } from './vcda-rig.ts'

type Page = WirePage<WireReplication>

const extendToWest = async (caller: Caller): Promise<void> => {
  const login = { type: 'credentials', site: 'cloud-west', vcdUsername: 'admin@Acme', vcdPassword: 'Tenant-Pass-1' }
  expect((await caller.send('POST', '/sessions/extend', login)).status).toBe(200)
}

test('shows a tenant what its organisation owns, and nothing of the others', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const all = await rig.east.get<Page>('/vm-replications')
  const own = await tenant.get<Page>('/vm-replications')
  const expected = all.items.filter(({ owner }) => owner.startsWith('Acme@'))
  expect(own.items).toEqual(expected)
  expect(expected.length).toBeGreaterThan(0)
  expect(expected.length).toBeLessThan(all.items.length)
  const foreign = all.items.find(({ owner }) => !owner.startsWith('Acme@'))
  const refusals = [
    await tenant.refusal('GET', `/vm-replications/${foreign?.id}`),
    await tenant.refusal('GET', '/vm-replications/C4-unknown'),
    await tenant.refusal('POST', `/vm-replications/${foreign?.id}/failover`, plainRecovery),
  ]
  for (const refusal of refusals) expect(refusal).toEqual([404, 'ReplicationNotFound'])
  const groups = await tenant.groups()
  expect(new Set(groups.map(({ owner }) => owner.split('@')[0]))).toEqual(new Set(['Acme']))
  for (const path of ['/inventory/vms', '/inventory/vapps', '/inventory/vdcs']) {
    const { items } = await tenant.get<WirePage<{ org: string }>>(path)
    expect([path, ...new Set(items.map(({ org }) => org))]).toEqual([path, 'Acme'])
  }
})

test('wants an extended session of a tenant for what touches the other site, and none of a provider', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const { items } = await tenant.get<Page>('/vm-replications?dataConnectionState=OK&sourceSiteType=vcloud')
  const path = `/vm-replications/${items[0]?.id}`
  expect(await tenant.refusal('POST', `${path}/sync`)).toEqual([401, 'RemoteAuthenticationFailure'])
  expect(await tenant.refusal('GET', '/tasks?site=cloud-west')).toEqual([401, 'RemoteAuthenticationFailure'])
  expect(rig.simulator.world.tasks.list()).toEqual([])
  await rig.east.act('POST', `${path}/sync`)
  await extendToWest(tenant)
  await tenant.act('POST', `${path}/sync`)
  await tenant.get('/tasks?site=cloud-west')
  await tenant.send('DELETE', '/sessions/cloud-west')
  expect(await tenant.refusal('POST', `${path}/sync`)).toEqual([401, 'RemoteAuthenticationFailure'])
})

test('shows a tenant its own tasks only', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  await extendToWest(tenant)
  const { items } = await tenant.get<Page>('/vm-replications?dataConnectionState=OK&sourceSiteType=vcloud')
  const path = `/vm-replications/${items[0]?.id}/sync`
  const foreign = await rig.east.act('POST', path)
  const own = await tenant.act('POST', path)
  expect(own.user).toBe('admin@Acme')
  expect(await tenant.get('/tasks')).toMatchObject({ total: 1, items: [{ id: own.id }] })
  expect(await rig.east.get('/tasks')).toMatchObject({ total: 2 })
  expect(await tenant.refusal('GET', `/tasks/${foreign.id}`)).toEqual([404, 'TaskNotFound'])
})

test('hides from the tenant what a provider started, until the owner is changed', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  const { items } = await tenant.get<Page>('/vm-replications?dataConnectionState=OK&sourceSiteType=vcloud')
  const [first] = items
  const path = `/vm-replications/${first?.id}`
  expect(await tenant.refusal('PATCH', `${path}/chown`, { owner: 'Acme@cloud-west' })).toEqual([403, 'Forbidden'])
  expect(await tenant.refusal('GET', '/vm-replications?owner=Acme@cloud-west')).toEqual([403, 'Forbidden'])
  await rig.east.send('PATCH', `${path}/chown`, {})
  expect(await tenant.refusal('GET', path)).toEqual([404, 'ReplicationNotFound'])
  await rig.east.send('PATCH', `${path}/chown`, { owner: first?.owner })
  await tenant.get(path)
})

const vmsOf = async (caller: Caller): Promise<readonly { id: string; org: string }[]> =>
  (await caller.get<WirePage<{ id: string; org: string }>>('/inventory/vms')).items

const bodyFor = (vmId: string | undefined, vdc: string | undefined) => ({
  source: { type: 'vm', site: 'cloud-east', vmId },
  destination: { type: 'vcloud', site: 'cloud-west', vdc },
  rpo: 15,
})

test('lets a tenant start only from its own machines into its own data centers', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  await extendToWest(tenant)
  const vdcs = await rig.west.get<WirePage<{ id: string; org: string }>>('/inventory/vdcs')
  const ownVdc = vdcs.items.find(({ org }) => org === 'Acme')?.id
  const foreignVdc = vdcs.items.find(({ org }) => org !== 'Acme')?.id
  const foreignVm = (await vmsOf(rig.east)).find(({ org }) => org !== 'Acme')?.id
  const ownVm = (await vmsOf(tenant))[0]?.id
  expect(await tenant.refusal('POST', '/vm-replications', bodyFor(foreignVm, ownVdc))).toEqual([400, 'BadUserInput'])
  expect(await tenant.refusal('POST', '/vm-replications', bodyFor(ownVm, foreignVdc))).toEqual([400, 'BadUserInput'])
  const replication = [...rig.simulator.world.replications.values()].find(({ vmId }) => vmId === ownVm)
  await rig.east.act('DELETE', `/vm-replications/${replication?.id}`)
  rig.clock.turn(5 * secondMs)
  const task = await tenant.act('POST', '/vm-replications', bodyFor(ownVm, ownVdc))
  rig.clock.turn(5 * secondMs)
  expect(await tenant.replication(task.workflowInfo.resourceId)).toMatchObject({ owner: 'Acme@cloud-west' })
})
