import { expect, test } from 'vitest'
import type { SimVpg } from '../../../src/simulator/zerto/zerto-sim-vpg.ts'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const open = async (zvm: Harness, body: unknown, query = ''): Promise<string> => {
  const { json } = await zvm.call(0, 'POST', `/v1/vpgSettings${query}`, body)
  return `/v1/vpgSettings/${String(json)}`
}

const put = async (zvm: Harness, path: string, body: unknown): Promise<void> => {
  expect(await zvm.call(0, 'PUT', path, body)).toMatchObject({ status: 200, text: '' })
}

/** Commits, waits for the task, and answers the group as it is then. */
const commit = async (zvm: Harness, path: string, vpg: SimVpg): Promise<unknown> => {
  const { status, json } = await zvm.call(0, 'POST', `${path}/commit`)
  expect(status).toBe(200)
  zvm.turn(4)
  const task = await zvm.task(String(json))
  expect(task).toMatchObject({ Type: 'UpdateProtectionGroup', Status: { State: 6, Progress: 100 } })
  return zvm.vpg(vpg.id)
}

test('changes RPO, journal history and priority of a group, which goes on protecting meanwhile', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  await put(zvm, `${path}/basic`, { rpoInSeconds: 1500, JournalHistoryInHours: 2, Priority: 0 })
  expect((await zvm.call(0, 'GET', `${path}/priority`)).json).toBe('Low')
  expect(await zvm.vpg(vpg.id)).toMatchObject({ ConfiguredRpoSeconds: vpg.configuredRpoSeconds })
  expect(await commit(zvm, path, vpg)).toMatchObject({
    ConfiguredRpoSeconds: 1500,
    Priority: 0,
    Status: 1,
    SubStatus: 0,
    HistoryStatusApi: { ActualHistoryInMinutes: 120, ConfiguredHistoryInMinutes: 120 },
  })
  expect((await zvm.call(0, 'GET', path)).status).toBe(404)
})

test('refuses to commit a value that no group may have, and leaves group and settings as they were', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  for (const [part, body, reason] of [
    ['basic', { JournalHistoryInHours: 721 }, 'JournalHistoryInHours'],
    ['basic', { JournalHistoryInHours: 24, RpoInSeconds: 0 }, 'RpoInSeconds'],
    ['basic', { RpoInSeconds: 300, ServiceProfileIdentifier: 'x' }, 'Service profile x'],
    ['networks', { Failover: { Hypervisor: { DefaultNetworkIdentifier: 'x' } } }, 'Failover network x'],
    ['journal', { DatastoreIdentifier: 'x' }, 'Journal datastore x'],
  ] as const) {
    await put(zvm, `${path}/${part}`, body)
    const { status, json } = await zvm.call(0, 'POST', `${path}/commit`)
    expect(status).toBe(500)
    expect(at(json, 'Message')).toContain(reason)
    if (part === 'basic') await put(zvm, `${path}/basic`, { ServiceProfileIdentifier: null })
    if (part === 'networks') await put(zvm, `${path}/networks`, { Failover: { Hypervisor: goodNetwork(zvm) } })
  }
  expect(await zvm.vpg(vpg.id)).toMatchObject({ ConfiguredRpoSeconds: vpg.configuredRpoSeconds })
  expect((await zvm.call(0, 'GET', path)).status).toBe(200)
})

const goodNetwork = (zvm: Harness) => ({
  DefaultNetworkIdentifier: zvm.simulator.world.sites[1].infrastructure.networks[2]?.identifier,
})

test('changes networks, host, datastore and folder, to clusters of them too, and loads them again as committed', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const { clusters, datastoreCluster, folders } = zvm.simulator.world.sites[1].infrastructure
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  await put(zvm, `${path}/networks`, {
    Failover: { Hypervisor: goodNetwork(zvm) },
    FailoverTest: { Hypervisor: goodNetwork(zvm) },
  })
  await put(zvm, `${path}/recovery`, {
    DefaultHostIdentifier: null,
    DefaultHostClusterIdentifier: clusters[0]?.identifier,
    DefaultDatastoreIdentifier: null,
    DefaultDatastoreClusterIdentifier: datastoreCluster.identifier,
    DefaultFolderIdentifier: folders[2]?.identifier,
  })
  await commit(zvm, path, vpg)
  const again = (await zvm.call(0, 'GET', await open(zvm, { VpgIdentifier: vpg.id }))).json
  expect(again).toMatchObject({
    Networks: { Failover: { Hypervisor: goodNetwork(zvm) }, FailoverTest: { Hypervisor: goodNetwork(zvm) } },
    Recovery: {
      DefaultHostIdentifier: null,
      DefaultHostClusterIdentifier: clusters[0]?.identifier,
      DefaultDatastoreClusterIdentifier: datastoreCluster.identifier,
      DefaultFolderIdentifier: folders[2]?.identifier,
    },
  })
  const vms = (await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json
  expect(at(vms, 0, 'RecoveryHostName')).toMatch(/^esx-lon-/)
})

test('adds a machine, which is synchronised first, and removes one, which is free afterwards', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 2)
  const [boston] = zvm.simulator.world.sites
  const [newcomer = ''] = boston.unprotected.keys()
  const leaving = vpg.vms[0]?.identifiers[0] ?? ''
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  await zvm.call(0, 'POST', `${path}/vms`, { VmIdentifier: newcomer })
  await zvm.call(0, 'DELETE', `${path}/vms/${leaving}`)
  expect(await commit(zvm, path, vpg)).toMatchObject({ VmsCount: vpg.vms.length, Status: 1, SubStatus: 3 })
  const machines = items((await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json)
  const identifiers = machines.map((vm) => at(vm, 'VmIdentifier'))
  expect(identifiers).toContain(newcomer)
  expect(identifiers).not.toContain(leaving)
  const free = (await zvm.call(0, 'GET', `/v1/virtualizationsites/${boston.siteIdentifier}/vms`)).json
  const freeIdentifiers = items(free).map((vm) => at(vm, 'VmIdentifier'))
  expect(freeIdentifiers).toContain(leaving)
  expect(freeIdentifiers).not.toContain(newcomer)
  zvm.turn(60)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0 })
})

test('edits one volume and one network card of one machine by their own paths', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const machine = vpg.vms[0]?.identifiers[0] ?? ''
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  const volume = `${path}/vms/${machine}/volumes/scsi:0:0`
  const nic = `${path}/vms/${machine}/nics/Network%20adapter%201`
  const datastore = zvm.simulator.world.sites[1].infrastructure.datastores[3]?.identifier
  await put(zvm, volume, { Datastore: { DatastoreIdentifier: datastore, IsThin: false }, IsSwap: true })
  const network = goodNetwork(zvm).DefaultNetworkIdentifier
  await put(zvm, nic, {
    Failover: { Hypervisor: { NetworkIdentifier: network, IpConfig: { IsDhcp: false, StaticIp: '10.0.0.9' } } },
  })
  expect((await zvm.call(0, 'GET', volume)).json).toMatchObject({
    VolumeIdentifier: 'scsi:0:0',
    Datastore: { DatastoreIdentifier: datastore, IsThin: false },
    IsSwap: true,
    VolumeSyncSettings: 'ContinuousSync',
  })
  expect(items((await zvm.call(0, 'GET', `${path}/vms/${machine}/nics`)).json)).toHaveLength(1)
  expect((await zvm.call(0, 'GET', `${path}/vms/${machine}/volumes/scsi:9:9`)).status).toBe(404)
  await commit(zvm, path, vpg)
  const again = (await zvm.call(0, 'GET', await open(zvm, { VpgIdentifier: vpg.id }))).json
  const vm = items(at(again, 'Vms')).find((row) => at(row, 'VmIdentifier') === machine)
  expect(at(vm, 'Nics', 0, 'Failover', 'Hypervisor', 'IpConfig', 'StaticIp')).toBe('10.0.0.9')
  const anew = (await zvm.call(0, 'GET', await open(zvm, { VpgIdentifier: vpg.id }, '?repopulateSettings=true'))).json
  const fresh = items(at(anew, 'Vms')).find((row) => at(row, 'VmIdentifier') === machine)
  expect(at(fresh, 'Volumes', 0, 'IsSwap')).toBeNull()
})

test('keeps boot groups, scripts, scratch and retention, and refuses a machine in a boot group that is not there', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const machine = vpg.vms[0]?.identifiers[0] ?? ''
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  const late = { BootGroupIdentifier: '11111111-1111-4111-8111-111111111111', Name: 'Late', BootDelayInSeconds: 90 }
  await put(zvm, `${path}/vms/${machine}`, { BootGroupIdentifier: late.BootGroupIdentifier })
  const refused = await zvm.call(0, 'POST', `${path}/commit`)
  expect(refused).toMatchObject({ status: 500, json: { Message: expect.stringContaining('Boot group 1111') } })
  const known = items(at((await zvm.call(0, 'GET', `${path}/bootgroup`)).json, 'BootGroups'))
  await put(zvm, `${path}/bootgroup`, { BootGroups: [...known, late] })
  await put(zvm, `${path}/scripting`, { PreRecovery: { Command: 'c:\\before.ps1', TimeoutInSeconds: 60 } })
  await put(zvm, `${path}/scratch`, { Limitation: { HardLimitInMB: 307_200 } })
  expect((await zvm.call(0, 'POST', `${path}/ltr`, { Enabled: false })).status).toBe(200)
  await commit(zvm, path, vpg)
  expect((await zvm.call(0, 'GET', await open(zvm, { VpgIdentifier: vpg.id }))).json).toMatchObject({
    BootGroups: { BootGroups: [{ Name: 'Default' }, late] },
    Scripting: { PreRecovery: { Command: 'c:\\before.ps1', TimeoutInSeconds: 60 } },
    Scratch: { Limitation: { HardLimitInMB: 307_200 } },
    LongTermRetention: { Enabled: false },
  })
})

test('refuses to change a group during a recovery and a test', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const path = await open(zvm, { VpgIdentifier: vpg.id })
  await zvm.act(vpg, 'failoverTest')
  zvm.turn(12)
  expect((await zvm.call(0, 'POST', `${path}/commit`)).status).toBe(500)
  await zvm.act(vpg, 'failover', { CommitPolicy: 2 })
  zvm.turn(20)
  expect((await zvm.call(0, 'POST', `${path}/commit`)).status).toBe(500)
})

test('copies the settings of a group into those of a new one with a name of its own', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const copy = await zvm.call(0, 'POST', '/v1/vpgSettings/copyVpgSettings', { VpgIdentifier: vpg.id })
  const path = `/v1/vpgSettings/${String(copy.json)}`
  expect((await zvm.call(0, 'GET', path)).json).toMatchObject({
    VpgIdentifier: null,
    Basic: { Name: `${vpg.name}_Copy_1`, RpoInSeconds: vpg.configuredRpoSeconds },
  })
  // Its machines are those of the first, and taken.
  expect((await zvm.call(0, 'POST', `${path}/commit`)).status).toBe(500)
  const [newcomer = ''] = zvm.simulator.world.sites[0].unprotected.keys()
  await put(zvm, path, { Vms: [{ VmIdentifier: newcomer }] })
  const { json } = await zvm.call(0, 'POST', `${path}/commit`)
  zvm.turn(8)
  expect(await zvm.task(String(json))).toMatchObject({ Type: 'CreateProtectionGroup', Status: { State: 6 } })
  expect((await zvm.call(0, 'GET', `/v1/vpgs?name=${vpg.name}_Copy_1`)).json).toMatchObject([{ VmsCount: 1 }])
  expect((await zvm.call(0, 'POST', '/v1/vpgSettings/copyVpgSettings', {})).status).toBe(400)
})

test('exports settings under the moment it did, and imports them as new groups, each with its own outcome', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const names = { VpgNames: [vpg.name] }
  const made = (await zvm.call(0, 'POST', '/v1/vpgSettings/exportSettings', names)).json
  expect(made).toMatchObject({ TimeStamp: '2026-01-15T12:00:00.000Z', ExportResult: { Result: 'Success' } })
  const path = `/v1/vpgSettings/exportedSettings/${encodeURIComponent(String(at(made, 'TimeStamp')))}`
  expect((await zvm.call(0, 'GET', `${path}/vpgsinfo`)).json).toEqual([
    { VpgName: vpg.name, SourceSiteName: 'Boston', TargetSiteName: 'London' },
  ])
  const read = (await zvm.call(0, 'POST', path, names)).json
  const exported: unknown = at(read, 'ExportedVpgSettingsApi', 0)
  expect(exported).toMatchObject({ Basic: { Name: vpg.name }, VpgIdentifier: vpg.id, SourceSiteName: 'Boston' })
  const [newcomer = ''] = zvm.simulator.world.sites[0].unprotected.keys()
  const renamed = {
    ...Object(exported),
    Basic: { ...Object(at(exported, 'Basic')), Name: 'imported' },
    Vms: [{ VmIdentifier: newcomer }],
  }
  const body = { ExportedVpgSettingsApi: [exported, renamed], VpgNames: [] }
  const result = (await zvm.call(0, 'POST', '/v1/vpgSettings/import', body)).json
  expect(result).toMatchObject({
    ValidationFailedResults: [{ VpgName: vpg.name, ErrorMessages: [expect.stringContaining('already exists')] }],
    ImportFailedResults: [],
    ImportTaskIdentifiers: [{ VpgName: 'imported' }],
  })
  zvm.turn(8)
  expect((await zvm.call(0, 'GET', '/v1/vpgs?name=imported')).json).toMatchObject([{ VmsCount: 1 }])
  expect((await zvm.call(0, 'POST', '/v1/vpgSettings/exportedSettings/yesterday', names)).status).toBe(404)
  const nobody = { VpgNames: ['nobody'] }
  expect((await zvm.call(0, 'POST', '/v1/vpgSettings/exportSettings', nobody)).status).toBe(500)
})

test('protects machines into a Cloud Director next to the recovery vCenter', async () => {
  await using zvm = await startHarness()
  const [boston, london] = zvm.simulator.world.sites
  const [vdc] = london.infrastructure.orgVdcs
  const [newcomer = ''] = boston.unprotected.keys()
  const network = { VCD: { DefaultRecoveryOrgVdcNetworkIdentifier: vdc?.networks[0]?.identifier } }
  const body = {
    Basic: {
      Name: 'to-the-cloud',
      ProtectedSiteIdentifier: boston.siteIdentifier,
      RecoverySiteIdentifier: london.siteIdentifier,
    },
    Recovery: { VCD: { OrgVdcIdentifier: vdc?.identifier } },
    Networks: { Failover: network, FailoverTest: network },
    Vms: [{ VmIdentifier: newcomer }],
  }
  expect((await zvm.call(0, 'POST', `${await open(zvm, body)}/commit`)).status).toBe(200)
  zvm.turn(200)
  const [vpg] = items((await zvm.call(0, 'GET', '/v1/vpgs?name=to-the-cloud&recoverySiteType=VCDvApp')).json)
  expect(vpg).toMatchObject({ Entities: { Protected: 0, Recovery: 2 }, Status: 1 })
  const id = String(at(vpg, 'VpgIdentifier'))
  const settings = (await zvm.call(0, 'GET', await open(zvm, { VpgIdentifier: id }))).json
  expect(settings).toMatchObject({
    Recovery: { VCD: { OrgVdcIdentifier: vdc?.identifier }, DefaultHostIdentifier: null },
    Networks: { Failover: network },
  })
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${id}/CloneStart`)).status).toBe(500)
  const wrong = { ...body, Recovery: { VCD: { OrgVdcIdentifier: 'x' } } }
  expect((await zvm.call(0, 'POST', `${await open(zvm, wrong)}/commit`)).status).toBe(500)
})
