import { expect, test } from 'vitest'
import {
  hourMs,
  minuteMs,
  plainRecovery,
  secondMs,
  startRig,
  type WireGroup,
  type WireInstance,
  type WirePage,
  type WireReplication,
} from './vcda-rig.ts'

const recoveryStateOf = (replication: WireReplication): string =>
  replication.destinationState.recoveryInfo.recoveryState

test('finds what was recovered by the machine that came up, and what a profile protects', async () => {
  await using rig = await startRig()
  const recovered = [...rig.simulator.world.replications.values()].find((item) => item.recovered !== null)
  const found = async (query: string): Promise<readonly string[]> =>
    (await rig.east.get<WirePage<WireReplication>>(`/vm-replications?${query}`)).items.map(({ id }) => id)
  expect(await found(`recoveredVmId=${recovered?.recovered?.vmId}`)).toEqual([recovered?.id])
  const [gold] = await rig.east.get<readonly { id: string; replications: number }[]>('/sla-profiles')
  expect(await found(`slaProfileId=${gold?.id}`)).toHaveLength(gold?.replications ?? 0)
})

test('fails over for good and then refuses everything but reverse and stop', async () => {
  await using rig = await startRig()
  const { id, vmName } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}`
  const task = await rig.east.act('POST', `${path}/failover`, plainRecovery)
  expect(task.workflowInfo).toEqual({
    resourceId: id,
    resourceName: vmName,
    resourceType: 'vmReplication',
    type: 'failover',
  })
  expect(recoveryStateOf(await rig.east.replication(id))).toBe('IN_PROGRESS')
  expect(await rig.east.refusal('POST', `${path}/failover`, plainRecovery)).toEqual([400, 'OperationInProgress'])
  expect(await rig.west.refusal('POST', `${path}/pause`)).toEqual([400, 'OperationInProgress'])
  rig.clock.turn(19 * secondMs)
  expect(recoveryStateOf(await rig.east.replication(id))).toBe('IN_PROGRESS')
  rig.clock.turn(secondMs)
  const recovered = await rig.west.replication(id)
  expect(recoveryStateOf(recovered)).toBe('COMPLETE')
  expect(recovered).toMatchObject({ dataConnectionState: 'FINISHED', overallHealth: 'GREEN', isReversed: false })
  expect(recovered.destination.recoveredVappId).toMatch(/^[\da-f-]{36}$/)
  for (const action of ['failover', 'migrate', 'failover-test', 'pause', 'resume', 'sync']) {
    const refusal = await rig.east.refusal('POST', `${path}/${action}`, plainRecovery)
    expect([action, ...refusal]).toEqual([action, 400, 'InvalidReplicationState'])
  }
  expect(await rig.east.refusal('DELETE', `${path}/failover-test`)).toEqual([400, 'InvalidReplicationState'])
  rig.clock.turn(20 * minuteMs)
  const later = await rig.east.replication(id)
  expect(later.destinationState.latestInstance).toEqual(recovered.destinationState.latestInstance)
  expect(later.destinationState.currentRpoViolation).toBe(0)
})

test('reverses only after a recovery: the ends change places and the first copy of the way back begins', async () => {
  await using rig = await startRig()
  const before = await rig.east.findReplication('OK')
  const path = `/vm-replications/${before.id}`
  expect(await rig.east.refusal('POST', `${path}/reverse`)).toEqual([400, 'InvalidReplicationState'])
  await rig.east.act('POST', `${path}/failover`, plainRecovery)
  rig.clock.turn(20 * secondMs)
  const recovered = await rig.east.replication(before.id)
  await rig.east.act('POST', `${path}/reverse`)
  expect(await rig.east.refusal('POST', `${path}/reverse`)).toEqual([400, 'OperationInProgress'])
  rig.clock.turn(15 * secondMs)
  const reversed = await rig.east.replication(before.id)
  expect(reversed).toMatchObject({
    isReversed: true,
    dataConnectionState: 'INITIAL_SYNCING',
    source: { site: before.destination.site, vappId: recovered.destination.recoveredVappId },
    destination: { site: before.source.site, recoveredVappId: null },
  })
  expect(recoveryStateOf(reversed)).toBe('NOT_STARTED')
  expect(reversed.vmId).not.toBe(before.vmId)
  rig.clock.turn(minuteMs)
  expect((await rig.east.replication(before.id)).dataConnectionState).toBe('OK')
})

test('tests a chosen instance, holds it until the cleanup and goes on protecting', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}`
  const [newest] = await rig.east.get<readonly WireInstance[]>(`${path}/instances`)
  expect(await rig.east.refusal('DELETE', `${path}/failover-test`)).toEqual([400, 'InvalidReplicationState'])
  await rig.east.act('POST', `${path}/failover-test`, { ...plainRecovery, instanceId: newest?.key })
  rig.clock.turn(10 * secondMs)
  expect(recoveryStateOf(await rig.east.replication(id))).toBe('TEST')
  for (const action of ['failover', 'migrate', 'failover-test', 'reverse']) {
    const refusal = await rig.east.refusal('POST', `${path}/${action}`, plainRecovery)
    expect([action, ...refusal]).toEqual([action, 400, 'InvalidReplicationState'])
  }
  for (let half = 0; half < 20; half++) {
    rig.clock.turn(29 * minuteMs)
    await rig.east.get('/sessions')
  }
  const during = await rig.east.get<readonly WireInstance[]>(`${path}/instances`)
  expect(during.find(({ key }) => key === newest?.key)?.isPinned).toBe(true)
  expect(during[0]?.timestamp).toBeGreaterThan(newest?.timestamp ?? 0)
  await rig.east.act('DELETE', `${path}/failover-test`)
  rig.clock.turn(5 * secondMs)
  expect(recoveryStateOf(await rig.east.replication(id))).toBe('NOT_STARTED')
  const after = await rig.east.get<readonly WireInstance[]>(`${path}/instances`)
  expect(after.some(({ isPinned }) => isPinned)).toBe(false)
  await rig.east.act('POST', `${path}/failover`, plainRecovery)
})

test('syncs before a test when asked to, but not together with an instance', async () => {
  await using rig = await startRig()
  const { id, destinationState } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}/failover-test`
  const instanceId = destinationState.latestInstance?.key
  expect(await rig.east.refusal('POST', path, { ...plainRecovery, sync: true, instanceId })).toEqual([
    400,
    'BadUserInput',
  ])
  const startedAt = rig.clock.now()
  await rig.east.act('POST', path, { ...plainRecovery, sync: true })
  rig.clock.turn(10 * secondMs)
  const { latestInstance } = (await rig.east.replication(id)).destinationState
  expect(latestInstance).toMatchObject({ timestamp: startedAt + 5 * secondMs, isPinned: true })
})

test('migrates with a last sync of its own', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const startedAt = rig.clock.now()
  await rig.east.act('POST', `/vm-replications/${id}/migrate`, { type: 'vcloud', powerOn: true })
  rig.clock.turn(30 * secondMs)
  const migrated = await rig.east.replication(id)
  expect(recoveryStateOf(migrated)).toBe('COMPLETE')
  expect(migrated.destinationState.latestInstance?.timestamp).toBe(startedAt + 15 * secondMs)
})

test('refuses to recover what never synced, an unknown instance and a body without its type', async () => {
  await using rig = await startRig()
  const young = await rig.east.findReplication('INITIAL_SYNCING')
  const youngPath = `/vm-replications/${young.id}`
  for (const action of ['failover', 'failover-test', 'migrate']) {
    const refusal = await rig.east.refusal('POST', `${youngPath}/${action}`, plainRecovery)
    expect([action, ...refusal]).toEqual([action, 400, 'NoReplicationInstance'])
  }
  const { id } = await rig.east.findReplication('OK')
  const path = `/vm-replications/${id}/failover`
  const unknown = { ...plainRecovery, instanceId: 'replica-unknown' }
  expect(await rig.east.refusal('POST', path, unknown)).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('POST', path, { ...plainRecovery, powerOn: 'yes' })).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('POST', path, { ...plainRecovery, type: 'zerto' })).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('POST', path, { powerOn: true })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('POST', path)).toEqual([400, 'BadRequest'])
  expect(rig.simulator.world.tasks.list()).toEqual([])
})

test('recovers all VMs of a vApp by one task and into one vApp, with the instance chosen for each', async () => {
  await using rig = await startRig()
  const [group] = await rig.east.groups()
  const path = `/vapp-replications/${group?.id}`
  const first = group?.vmReplications[0]
  const key = first?.destinationState.latestInstance?.key
  const stranger = await rig.east.findReplication('OK')
  for (const instanceMap of [{ [stranger.id]: key }, { [first?.id ?? '']: 'replica-unknown' }]) {
    const refusal = await rig.east.refusal('POST', `${path}/failover`, { ...plainRecovery, instanceMap })
    expect(refusal).toEqual([400, 'BadUserInput'])
  }
  const instanceMap = { [first?.id ?? '']: key }
  const task = await rig.east.act('POST', `${path}/failover`, { ...plainRecovery, instanceMap })
  expect(task.workflowInfo).toMatchObject({ resourceType: 'vappReplication', resourceId: group?.id })
  rig.clock.turn(20 * secondMs)
  const recovered = await rig.east.get<WireGroup>(path)
  expect(recovered.destination.recoveredVappId).toMatch(/^[\da-f-]{36}$/)
  for (const member of recovered.vmReplications) {
    expect(recoveryStateOf(member)).toBe('COMPLETE')
    const alone = await rig.east.replication(member.id)
    expect(alone.destination.recoveredVappId).toBe(recovered.destination.recoveredVappId)
  }
  await rig.east.act('POST', `${path}/reverse`)
  rig.clock.turn(15 * secondMs)
  const reversed = await rig.east.get<WireGroup>(path)
  expect(reversed.source).toMatchObject({ site: group?.destination.site })
  expect(reversed.destination).toMatchObject({ site: group?.source.site, recoveredVappId: null })
  expect(reversed.vmReplications.every(({ isReversed }) => isReversed)).toBe(true)
})

test('refuses an action on a vApp when one of its VMs refuses, and then changes none', async () => {
  await using rig = await startRig()
  const group = (await rig.east.groups()).find(({ vmReplications }) => vmReplications.length > 1)
  const [first, second] = group?.vmReplications ?? []
  await rig.east.act('POST', `/vm-replications/${first?.id}/failover-test`, plainRecovery)
  rig.clock.turn(10 * secondMs)
  const path = `/vapp-replications/${group?.id}/failover`
  expect(await rig.east.refusal('POST', path, plainRecovery)).toEqual([400, 'InvalidReplicationState'])
  expect(recoveryStateOf(await rig.east.replication(second?.id ?? ''))).toBe('NOT_STARTED')
})

test('undoes a failover that fails', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  rig.simulator.world.tasks.plan({ outcome: 'FAIL' })
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  rig.clock.turn(hourMs / 4)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'FAILED', progress: 60 })
  const same = await rig.east.replication(id)
  expect(recoveryStateOf(same)).toBe('NOT_STARTED')
  expect(same.destination.recoveredVappId).toBeNull()
  await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
})
