import { expect, test } from 'vitest'
import { at, items, startHarness, type Answer, type Harness } from './zerto-sim-harness.ts'

/** The parts of a good new group of one free machine, from Boston to London. */
const goodParts = (zvm: Harness) => {
  const [boston, london] = zvm.simulator.world.sites
  const { hosts, datastores, folders, networks } = london.infrastructure
  const network = { Hypervisor: { DefaultNetworkIdentifier: networks[0]?.identifier } }
  const [vmIdentifier = ''] = boston.unprotected.keys()
  return {
    vmIdentifier,
    basic: {
      Name: 'new-app',
      RpoInSeconds: 600,
      JournalHistoryInHours: 12,
      priority: 2,
      ProtectedSiteIdentifier: boston.siteIdentifier,
      RecoverySiteIdentifier: london.siteIdentifier,
    },
    recovery: {
      DefaultHostIdentifier: hosts[0]?.identifier,
      DefaultDatastoreIdentifier: datastores[0]?.identifier,
      DefaultFolderIdentifier: folders[0]?.identifier,
    },
    networks: { Failover: network, FailoverTest: network },
  }
}

const open = async (zvm: Harness, body: unknown = {}): Promise<string> => {
  const { json } = await zvm.call(0, 'POST', '/v1/vpgSettings', body)
  return `/v1/vpgSettings/${String(json)}`
}

/** A whole settings body that commits. */
const wholeOf = (zvm: Harness) => {
  const { basic, recovery, networks, vmIdentifier } = goodParts(zvm)
  return { Basic: basic, Recovery: recovery, Networks: networks, Vms: [{ VmIdentifier: vmIdentifier }] }
}

const commitWhole = async (zvm: Harness, change: (body: ReturnType<typeof wholeOf>) => unknown): Promise<Answer> => {
  const path = await open(zvm, change(wholeOf(zvm)))
  return zvm.call(0, 'POST', `${path}/commit`)
}

test('creates a group in parts: it is listed some seconds after its task has ended, and synchronises', async () => {
  await using zvm = await startHarness()
  const parts = goodParts(zvm)
  const path = await open(zvm)
  for (const part of ['basic', 'recovery', 'networks'] as const) {
    expect(await zvm.call(0, 'PUT', `${path}/${part}`, parts[part])).toMatchObject({ status: 200, text: '' })
  }
  expect(await zvm.call(0, 'PUT', `${path}/journal`, { DatastoreIdentifier: null })).toMatchObject({ status: 200 })
  expect(await zvm.call(0, 'POST', `${path}/vms`, { vmIdentifier: parts.vmIdentifier })).toMatchObject({ status: 200 })
  expect((await zvm.call(0, 'GET', path)).json).toMatchObject({
    VpgIdentifier: null,
    Basic: { Name: 'new-app', RpoInSeconds: 600, Priority: 'High', VpgType: 'Remote', UseWanCompression: true },
    Journal: { Limitation: { HardLimitInMB: 153_600 }, DatastoreIdentifier: null },
    Vms: [{ VmIdentifier: parts.vmIdentifier, Nics: [{ NicIdentifier: 'Network adapter 1' }] }],
    Networks: { Failover: { VCD: null } },
  })
  const commit = await zvm.call(0, 'POST', `${path}/commit`)
  expect(commit.status).toBe(200)
  expect((await zvm.call(0, 'GET', path)).status).toBe(404)
  zvm.turn(5)
  const task = await zvm.task(String(commit.json))
  expect(task).toMatchObject({ Type: 'CreateProtectionGroup', Status: { State: 6 } })
  const id = String(at(task, 'RelatedEntities', 'Vpgs', 0, 'identifier'))
  expect((await zvm.call(0, 'GET', `/v1/vpgs/${id}`)).status).toBe(404)
  zvm.turn(3)
  expect(await zvm.vpg(id)).toMatchObject({ VpgName: 'new-app', Status: 0, SubStatus: 1, ActualRPO: -1, Priority: 2 })
  zvm.turn(87)
  expect(await zvm.vpg(id)).toMatchObject({ ProgressPercentage: 50 })
  zvm.turn(90)
  expect(await zvm.vpg(id)).toMatchObject({ Status: 1, SubStatus: 0, ConfiguredRpoSeconds: 600 })
  zvm.turn(600)
  const history = at(await zvm.vpg(id), 'HistoryStatusApi')
  expect(history).toMatchObject({ ActualHistoryInMinutes: 10, ConfiguredHistoryInMinutes: 720 })
})

test('creates a group without a machine, and synchronises when the first one is added', async () => {
  // So does the vendor's SDK: the group first, then one machine after the other.
  await using zvm = await startHarness()
  const { vmIdentifier } = goodParts(zvm)
  const commit = await commitWhole(zvm, (body) => ({ ...body, Vms: [] }))
  expect(commit.status).toBe(200)
  zvm.turn(8)
  const task = await zvm.task(String(commit.json))
  const id = String(at(task, 'RelatedEntities', 'Vpgs', 0, 'identifier'))
  expect(await zvm.vpg(id)).toMatchObject({ Status: 2, SubStatus: 9, VmsCount: 0, ActualRPO: -1 })
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${id}/Failover`, {})).status).toBe(500)
  const path = await open(zvm, { VpgIdentifier: id })
  await zvm.call(0, 'POST', `${path}/vms`, { VmIdentifier: vmIdentifier })
  expect((await zvm.call(0, 'POST', `${path}/commit`)).status).toBe(200)
  zvm.turn(5)
  expect(await zvm.vpg(id)).toMatchObject({ Status: 0, SubStatus: 1, VmsCount: 1 })
  zvm.turn(180)
  expect(await zvm.vpg(id)).toMatchObject({ Status: 1, SubStatus: 0 })
  const emptied = await open(zvm, { VpgIdentifier: id })
  await zvm.call(0, 'DELETE', `${emptied}/vms/${vmIdentifier}`)
  const refused = await zvm.call(0, 'POST', `${emptied}/commit`)
  expect(at(refused.json, 'Message')).toContain('at least one virtual machine')
})

test('refuses to commit what does not hold together, each time with the reason', async () => {
  await using zvm = await startHarness()
  const taken = zvm.healthyVpg()
  const refuses = async (change: (body: ReturnType<typeof wholeOf>) => unknown, reason: string) => {
    const { status, json } = await commitWhole(zvm, change)
    expect({ reason, status }).toEqual({ reason, status: 500 })
    expect(at(json, 'Message')).toContain(`Exception occurred in API: ${reason}`)
  }
  const unknown = 'is not a paired site'
  await refuses((body) => ({ ...body, Basic: { ...body.Basic, Name: null } }), 'VPG name is missing')
  await refuses((body) => ({ ...body, Basic: { ...body.Basic, Name: taken.name } }), `A VPG named ${taken.name}`)
  await refuses(
    (body) => ({ ...body, Basic: { ...body.Basic, RecoverySiteIdentifier: 'x' } }),
    `RecoverySiteIdentifier x ${unknown}`,
  )
  await refuses((body) => ({ ...body, Vms: [{ VmIdentifier: 'x.vm-1' }] }), 'Virtual machine x.vm-1 does not exist')
  const machine = taken.vms[0]?.identifiers[0]
  await refuses((body) => ({ ...body, Vms: [{ VmIdentifier: machine }] }), `Virtual machine ${machine} is already`)
  await refuses(
    (body) => ({ ...body, Recovery: { ...body.Recovery, DefaultHostIdentifier: null } }),
    'Default recovery host is missing',
  )
  await refuses(
    (body) => ({ ...body, Recovery: { ...body.Recovery, DefaultDatastoreIdentifier: 'x' } }),
    'Default recovery datastore x does not exist',
  )
  await refuses((body) => ({ ...body, Networks: {} }), 'Failover network is missing')
})

test('takes a commit with members that mean nothing between two vCenters, and then fails its task', async () => {
  await using zvm = await startHarness()
  const { json } = await commitWhole(zvm, (body) => ({
    ...body,
    Protected: { VCD: { VcdVappIdentifier: 'x' } },
  }))
  zvm.turn(5)
  const task = await zvm.task(String(json))
  expect(task).toMatchObject({ Status: { State: 4 } })
  expect(at(task, 'CompleteReason')).toContain('Name: VcdVapp; Location: Protected')
})

test('gives neither one machine nor one name to two commits, also while the first group is not listed yet', async () => {
  await using zvm = await startHarness()
  const whole = wholeOf(zvm)
  const first = await open(zvm, whole)
  const sameMachine = await open(zvm, { ...whole, Basic: { ...whole.Basic, Name: 'other-app' } })
  expect((await zvm.call(0, 'POST', `${first}/commit`)).status).toBe(200)
  const sameName = await open(zvm, wholeOf(zvm))
  expect(at((await zvm.call(0, 'POST', `${sameMachine}/commit`)).json, 'Message')).toContain('Virtual machine')
  zvm.turn(6)
  expect(at((await zvm.call(0, 'POST', `${sameName}/commit`)).json, 'Message')).toContain('A VPG named new-app')
})

test('edits a group that exists: loads its settings, commits them, keeps its identifier', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 2)
  const path = await open(zvm, { vpgIdentifier: vpg.id })
  const loaded = (await zvm.call(0, 'GET', path)).json
  expect(loaded).toMatchObject({
    VpgIdentifier: vpg.id,
    Basic: { Name: vpg.name, RpoInSeconds: vpg.configuredRpoSeconds },
    Recovery: { DefaultHostIdentifier: vpg.recovery.hostIdentifier },
  })
  expect(items(at(loaded, 'Vms'))).toHaveLength(vpg.vms.length)
  const leaving = String(at(loaded, 'Vms', 0, 'VmIdentifier'))
  expect((await zvm.call(0, 'DELETE', `${path}/vms/${leaving}`)).status).toBe(200)
  await zvm.call(0, 'POST', `${path}/vms`, { VmIdentifier: goodParts(zvm).vmIdentifier })
  await zvm.call(0, 'PUT', `${path}/basic`, { RpoInSeconds: 1200, Priority: 'low' })
  const commit = await zvm.call(0, 'POST', `${path}/commit`)
  zvm.turn(4)
  expect(await zvm.task(String(commit.json))).toMatchObject({ Type: 'UpdateProtectionGroup', Status: { State: 6 } })
  expect(await zvm.vpg(vpg.id)).toMatchObject({ ConfiguredRpoSeconds: 1200, Priority: 0, Status: 1, SubStatus: 3 })
  expect(zvm.simulator.world.sites[0].unprotected.has(leaving)).toBe(true)
  zvm.turn(60)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0 })
})

test('brings a group that needs configuration back to protection when its settings are committed', async () => {
  await using zvm = await startHarness()
  const vpg = [...zvm.simulator.world.vpgs.values()].find(({ phase }) => phase.kind === 'NEEDS_CONFIGURATION')
  const path = await open(zvm, { VpgIdentifier: vpg?.id })
  expect((await zvm.call(0, 'POST', `${path}/commit`)).status).toBe(200)
  zvm.turn(4)
  expect(await zvm.vpg(vpg?.id ?? '')).toMatchObject({ SubStatus: 6 })
  zvm.turn(40)
  expect(await zvm.vpg(vpg?.id ?? '')).toMatchObject({ Status: 1, SubStatus: 0 })
})

test('forgets settings that nobody touched for 30 minutes, and those that were deleted', async () => {
  await using zvm = await startHarness()
  const path = await open(zvm)
  zvm.turn(1799)
  expect((await zvm.call(0, 'GET', `${path}/basic`)).status).toBe(200)
  zvm.turn(1799)
  expect(items((await zvm.call(0, 'GET', '/v1/vpgSettings')).json)).toHaveLength(1)
  zvm.turn(1)
  expect((await zvm.call(0, 'GET', path)).status).toBe(404)
  const other = await open(zvm)
  expect(await zvm.call(0, 'DELETE', other)).toMatchObject({ status: 200, text: '' })
  expect((await zvm.call(0, 'GET', other)).status).toBe(404)
})
