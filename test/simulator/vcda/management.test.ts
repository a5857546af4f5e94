import { expect, test } from 'vitest'
import { minuteMs, secondMs, startRig, type WireGroup, type WirePage, type WireReplication } from './vcda-rig.ts'

test('pauses: no instance comes and the RPO runs out; resumes: one comes soon', async () => {
  await using rig = await startRig()
  const { id, settings } = await rig.east.findReplication('OK')
  await rig.east.act('POST', `/vm-replications/${id}/pause`)
  expect((await rig.east.replication(id)).isPaused).toBe(false)
  rig.clock.turn(2 * secondMs)
  const paused = await rig.east.replication(id)
  expect(paused).toMatchObject({ isPaused: true, dataConnectionState: 'PAUSED', overallHealth: 'YELLOW' })
  expect(paused).toMatchObject({ sourceState: { state: 'paused' }, destinationState: { state: 'paused' } })
  for (let passed = 0; passed <= settings.rpo + 20; passed += 20) {
    rig.clock.turn(20 * minuteMs)
    await rig.east.get('/sessions')
  }
  const late = await rig.east.replication(id)
  expect(late.destinationState.latestInstance).toEqual(paused.destinationState.latestInstance)
  expect(late.destinationState.currentRpoViolation).toBeGreaterThanOrEqual(20)
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(minuteMs)
  expect((await rig.east.replication(id)).destinationState).toMatchObject({
    latestInstance: paused.destinationState.latestInstance,
  })
  await rig.east.act('POST', `/vm-replications/${id}/resume`)
  rig.clock.turn(2 * secondMs)
  expect(await rig.east.replication(id)).toMatchObject({ isPaused: false, dataConnectionState: 'SYNCING' })
  rig.clock.turn(30 * secondMs)
  const back = await rig.east.replication(id)
  expect(back).toMatchObject({ dataConnectionState: 'OK', overallHealth: 'GREEN' })
  expect(back.destinationState.currentRpoViolation).toBe(0)
})

test('makes an instance by a sync, at the end of its task', async () => {
  await using rig = await startRig()
  const { id, destinationState } = await rig.east.findReplication('OK')
  const startedAt = rig.clock.now()
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(11 * secondMs)
  const before = await rig.east.replication(id)
  expect(before.destinationState.latestInstance).toEqual(destinationState.latestInstance)
  rig.clock.turn(secondMs)
  const after = await rig.east.replication(id)
  expect(after.destinationState.latestInstance).toMatchObject({
    timestamp: startedAt + 12 * secondMs,
    sequenceNumber: (destinationState.latestInstance?.sequenceNumber ?? 0) + 1,
  })
})

test('makes one instance by a sync of a machine that is off, and none after it', async () => {
  await using rig = await startRig()
  const { id, destinationState } = await rig.east.findReplication('POWERED_OFF')
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(12 * secondMs)
  const synced = await rig.east.replication(id)
  expect(synced).toMatchObject({
    dataConnectionState: 'POWERED_OFF',
    destinationState: { latestInstance: { timestamp: rig.clock.now() } },
  })
  expect(synced.destinationState.latestInstance).not.toEqual(destinationState.latestInstance)
  rig.clock.turn(25 * minuteMs)
  const later = await rig.east.replication(id)
  expect(later.destinationState.latestInstance).toEqual(synced.destinationState.latestInstance)
})

test('makes no instance by a sync that fails', async () => {
  await using rig = await startRig()
  const { id, destinationState, settings } = await rig.east.findReplication('OK')
  rig.simulator.world.tasks.plan({ outcome: 'FAIL' })
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(13 * secondMs)
  const after = await rig.east.replication(id)
  expect(after.destinationState.latestInstance).toEqual(destinationState.latestInstance)
  for (let passed = 0; passed < settings.rpo + 20; passed += 20) {
    rig.clock.turn(20 * minuteMs)
    await rig.east.get('/sessions')
  }
  const later = await rig.east.replication(id)
  expect(later.destinationState.latestInstance?.sequenceNumber).toBeGreaterThan(
    destinationState.latestInstance?.sequenceNumber ?? 0,
  )
})

test('changes what a PATCH names and drops the profile when it names a custom value', async () => {
  await using rig = await startRig()
  const { items } = await rig.east.get<WirePage<WireReplication>>('/vm-replications?dataConnectionState=OK')
  const gold = items.find(({ slaProfile }) => slaProfile?.displayName === 'Gold')
  const path = `/vm-replications/${gold?.id}`
  await rig.east.act('PATCH', path, { description: 'renamed' })
  rig.clock.turn(3 * secondMs)
  const described = await rig.east.replication(gold?.id ?? '')
  expect(described).toMatchObject({
    settings: { ...gold?.settings, description: 'renamed' },
    slaProfile: gold?.slaProfile,
  })
  await rig.east.act('PATCH', path, { rpo: 5 })
  rig.clock.turn(3 * secondMs)
  const custom = await rig.east.replication(gold?.id ?? '')
  expect(custom).toMatchObject({ settings: { ...described.settings, rpo: 5 }, slaProfile: null })
  rig.clock.turn(10 * minuteMs)
  expect((await rig.east.replication(gold?.id ?? '')).destinationState.currentRpoViolation).toBe(0)
  await rig.east.act('PATCH', path, { slaProfileId: gold?.slaProfile?.id })
  rig.clock.turn(3 * secondMs)
  expect(await rig.east.replication(gold?.id ?? '')).toMatchObject({
    settings: { rpo: 30 },
    slaProfile: gold?.slaProfile,
  })
  expect(await rig.east.refusal('PATCH', path, { rpo: 1 })).toEqual([400, 'BadUserInput'])
  expect((await rig.east.send('PUT', path, { rpo: 5 })).status).toBe(405)
})

test('stops a replication, and a vApp with all its VMs', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const task = await rig.east.act('DELETE', `/vm-replications/${id}`)
  expect(await rig.east.refusal('DELETE', `/vm-replications/${id}`)).toEqual([400, 'OperationInProgress'])
  rig.clock.turn(4 * secondMs)
  expect(await rig.east.refusal('GET', `/vm-replications/${id}`)).toEqual([404, 'ReplicationNotFound'])
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'SUCCEEDED', result: null })
  const [group] = await rig.east.groups()
  await rig.east.act('DELETE', `/vapp-replications/${group?.id}`)
  rig.clock.turn(4 * secondMs)
  expect(await rig.east.refusal('GET', `/vapp-replications/${group?.id}`)).toEqual([404, 'ReplicationNotFound'])
  const ids = group?.vmReplications.map((member) => member.id).join(',')
  expect(await rig.east.get(`/vm-replications?ids=${ids}`)).toMatchObject({ total: 0 })
})

test('takes a stopped VM out of its vApp replication', async () => {
  await using rig = await startRig()
  const group = (await rig.east.groups()).find(({ vmReplications }) => vmReplications.length > 1)
  const [first, ...others] = group?.vmReplications ?? []
  await rig.east.act('DELETE', `/vm-replications/${first?.id}`)
  rig.clock.turn(4 * secondMs)
  const left = await rig.east.get<WireGroup>(`/vapp-replications/${group?.id}`)
  expect(left.vmReplications.map(({ id }) => id)).toEqual(others.map(({ id }) => id))
})

test('changes the owner at once and without a task, of a vApp with its VMs', async () => {
  await using rig = await startRig()
  const [group] = await rig.east.groups()
  const path = `/vapp-replications/${group?.id}/chown`
  const reply = await rig.east.send<WireGroup>('PATCH', path, { owner: 'Globex@cloud-west' })
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({ id: group?.id, owner: 'Globex@cloud-west' })
  const member = await rig.east.replication(group?.vmReplications[0]?.id ?? '')
  expect(member.owner).toBe('Globex@cloud-west')
  expect((await rig.east.send<WireGroup>('PATCH', path, {})).body.owner).toBe('System@cloud-east')
  expect(await rig.east.refusal('PATCH', path, { owner: 'Globex' })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('PATCH', path, { owner: 'Nobody@cloud-west' })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('PATCH', path, { owner: 'Globex@mars' })).toEqual([404, 'SiteNotFound'])
  expect(rig.simulator.world.tasks.list()).toEqual([])
})

test('moves the replica to another storage profile', async () => {
  await using rig = await startRig()
  const { id, destination, storageProfile } = await rig.east.findReplication('OK')
  const profiles = await rig.east.get<readonly { id: string }[]>(
    `/inventory/vdcs/${destination.vdcId}/storage-profiles?site=${destination.site}`,
  )
  const other = profiles.find((profile) => profile.id !== storageProfile)
  const path = `/vm-replications/${id}/storage-profile`
  await rig.east.act('POST', path, { storageProfileId: other?.id })
  expect((await rig.east.replication(id)).destinationState.isMovingReplica).toBe(true)
  rig.clock.turn(5 * secondMs)
  const moved = await rig.east.replication(id)
  expect(moved).toMatchObject({ storageProfile: other?.id, destinationState: { isMovingReplica: false } })
  await rig.east.act('POST', path, { storageProfileId: null })
  expect(await rig.east.refusal('POST', path, { storageProfileId: 'tape' })).toEqual([400, 'BadUserInput'])
})

test('keeps network settings', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}/network-settings`
  expect(await rig.east.get(path)).toMatchObject({ failoverSettings: { vAppNetworkSettings: null } })
  const settings = { failoverSettings: { vAppNetworkSettings: { copySourceNetworks: true }, vmNetworkSettings: null } }
  await rig.east.act('PUT', path, settings)
  rig.clock.turn(2 * secondMs)
  expect(await rig.east.get(path)).toEqual({ ...settings, failoverTestSettings: null })
  expect(await rig.east.refusal('PUT', path, { failoverSettings: 'none' })).toEqual([400, 'BadRequest'])
})

test('keeps the network settings of a vApp in full, of both kinds of recovery', async () => {
  await using rig = await startRig()
  const [group] = await rig.east.groups()
  const [member] = group?.vmReplications ?? []
  const network = { id: '3d2fe641-28a4-40b4-9b5b-1c0e00ecd92d', name: 'network1' }
  const vAppNetworkSettings = {
    bridgeOrgVdcNetworks: [network],
    bulkConnectVmNics: true,
    copySourceNetworks: true,
    networkMappings: [{ sourceNetworkName: 'ext', sourceOrgVdcNetwork: network, destinationOrgVdcNetwork: network }],
  }
  const nic = {
    nicIndex: 0,
    isConnected: true,
    resetMacAddress: false,
    network: 'ext',
    ipAddressAllocationMode: 'POOL',
  }
  const vmNetworkSettings = { [member?.vmId ?? '']: { primaryNicIndex: 0, nics: [nic], copySourceNicSettings: true } }
  const settings = {
    failoverSettings: { vAppNetworkSettings, vmNetworkSettings },
    failoverTestSettings: { vAppNetworkSettings: null, vmNetworkSettings: null },
  }
  const path = `/vapp-replications/${group?.id}/network-settings`
  const task = await rig.east.act('PUT', path, settings)
  rig.clock.turn(2 * secondMs)
  expect(await rig.west.get(path)).toEqual(settings)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ result: { id: group?.id } })
})

test('takes the change of an on-premises source in a PATCH, and no other kind', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}`
  const sourceReconfigure = { type: 'vcVmReconfigure', vmStartupInfo: { order: 1 } }
  await rig.east.act('PATCH', path, { rpo: 60, sourceReconfigure, destinationReconfigure: null })
  rig.clock.turn(3 * secondMs)
  expect(await rig.east.replication(id)).toMatchObject({
    settings: { rpo: 60 },
    startupInfo: { order: 1, startDelay: 0 },
  })
  const wrong = { sourceReconfigure: { type: 'carrierPigeon' } }
  expect(await rig.east.refusal('PATCH', path, wrong)).toEqual([400, 'BadRequest'])
})
