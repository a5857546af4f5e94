import { expect, test } from 'vitest'
import {
  hourMs,
  minuteMs,
  secondMs,
  startRig,
  type Caller,
  type Rig,
  type WireGroup,
  type WirePage,
} from './vcda-rig.ts'

interface Item {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly vappId: string | null
}

const listItems = async (caller: Caller, path: string): Promise<readonly Item[]> =>
  (await caller.get<WirePage<Item>>(path)).items

/** A machine of a vApp that nobody protects yet, and a place for it in the west. */
const findUnprotected = async (rig: Rig) => {
  const vms = await listItems(rig.east, '/inventory/vms')
  const vapps = await listItems(rig.east, '/inventory/vapps?name=sandbox')
  const vapp = vapps[0]
  const members = vms.filter((vm) => vm.vappId === vapp?.id)
  const vdcs = await listItems(rig.west, '/inventory/vdcs')
  const vdc = vdcs.find(({ org }) => org === vapp?.org)
  const [vm] = members
  if (vapp === undefined || vm === undefined || vdc === undefined) throw new Error('everything is protected')
  return { vapp, vm, members, vdc }
}

const bodyFor = (source: unknown, vdc: string) => ({
  dataConnectionType: 'ENCRYPTED_COMPRESSED',
  description: 'new description',
  destination: { type: 'vcloud', site: 'cloud-west', vdc, storageProfile: '*' },
  initialSyncTime: 0,
  isMigration: false,
  quiesced: true,
  retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 3 }] },
  rpo: 15,
  source,
  targetDiskType: 'THIN',
})

test('starts a VM replication: task, first copy, then protected', async () => {
  await using rig = await startRig(20)
  const { vm, vdc } = await findUnprotected(rig)
  const task = await rig.east.act(
    'POST',
    '/vm-replications',
    bodyFor({ type: 'vm', site: 'cloud-east', vmId: vm.id }, vdc.id),
  )
  const id = task.workflowInfo.resourceId
  expect(task).toMatchObject({ state: 'RUNNING', progress: 0, endTime: -1, error: null, site: 'cloud-east' })
  expect(task.workflowInfo).toMatchObject({ type: 'start', resourceType: 'vmReplication', resourceName: vm.name })
  expect(task).not.toHaveProperty('result')
  expect(id).toMatch(/^C4-[\da-f-]{36}$/)
  expect(await rig.east.refusal('GET', `/vm-replications/${id}`)).toEqual([404, 'ReplicationNotFound'])

  rig.clock.turn(5 * secondMs)
  const done = await rig.east.get(`/tasks/${task.id}`)
  expect(done).toMatchObject({ state: 'SUCCEEDED', progress: 100, endTime: rig.clock.now(), result: { id } })
  const young = await rig.east.replication(id)
  expect(young).toMatchObject({
    dataConnectionState: 'INITIAL_SYNCING',
    overallHealth: 'GREEN',
    owner: 'System@cloud-west',
    vmId: vm.id,
    isMigration: false,
    settings: {
      dataConnectionType: 'ENCRYPTED_COMPRESSED',
      description: 'new description',
      quiesced: true,
      retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 3 }] },
      rpo: 15,
    },
    source: { site: 'cloud-east', org: vm.org, vappId: vm.vappId },
    destination: { site: 'cloud-west', vdcId: vdc.id, recoveredVappId: null },
    sourceState: { state: 'syncing' },
    destinationState: { state: 'fullsync', latestInstance: null },
    slaProfile: null,
  })
  rig.clock.turn(20 * secondMs)
  const copying = await rig.west.replication(id)
  expect(copying.sourceState.progress?.progress).toBeGreaterThan(0)

  rig.clock.turn(5 * minuteMs)
  const settled = await rig.east.replication(id)
  expect(settled).toMatchObject({ dataConnectionState: 'OK', sourceState: { state: 'idle', progress: null } })
  expect(settled.destinationState.latestInstance?.sequenceNumber).toBe(1)
})

test('fans a vApp out into a VM replication for each of its VMs', async () => {
  await using rig = await startRig(20)
  const { vapp, members, vdc } = await findUnprotected(rig)
  const body = bodyFor({ type: 'vapp', site: 'cloud-east', vappId: vapp.id }, vdc.id)
  const task = await rig.east.act('POST', '/vapp-replications', body)
  expect(task.workflowInfo).toMatchObject({ resourceType: 'vappReplication', resourceName: vapp.name })
  rig.clock.turn(5 * secondMs)
  const group = await rig.east.get<WireGroup>(`/vapp-replications/${task.workflowInfo.resourceId}`)
  expect(group.id).toMatch(/^C4VAPP-/)
  expect(group.vmReplications.map(({ vmId }) => vmId).sort()).toEqual(members.map(({ id }) => id).sort())
  for (const { id } of group.vmReplications) {
    expect((await rig.east.replication(id)).vappReplicationId).toBe(group.id)
  }
})

test('waits for the initial sync time', async () => {
  await using rig = await startRig(20)
  const { vm, vdc } = await findUnprotected(rig)
  const body = bodyFor({ type: 'vm', site: 'cloud-east', vmId: vm.id }, vdc.id)
  const initialSyncTime = rig.clock.now() + 20 * minuteMs
  const task = await rig.east.act('POST', '/vm-replications', { ...body, initialSyncTime })
  rig.clock.turn(19 * minuteMs)
  const waiting = await rig.east.replication(task.workflowInfo.resourceId)
  expect(waiting).toMatchObject({ dataConnectionState: 'INITIAL_SYNCING', sourceState: { progress: null } })
  rig.clock.turn(2 * minuteMs)
  const copying = await rig.east.replication(task.workflowInfo.resourceId)
  expect(copying.sourceState.progress?.progress).toBeGreaterThan(0)
})

test('takes RPO, retention and traffic from the profile, and for a migration from nobody', async () => {
  await using rig = await startRig(20)
  const { members, vapp, vdc } = await findUnprotected(rig)
  const profiles = await rig.east.get<readonly { id: string; displayName: string; rpo: number }[]>('/sla-profiles')
  expect(profiles.map(({ displayName, rpo }) => [displayName, rpo])).toEqual([
    ['Gold', 30],
    ['Silver', 120],
    ['Bronze', 240],
  ])
  const body = bodyFor({ type: 'vapp', site: 'cloud-east', vappId: vapp.id }, vdc.id)
  const protection = await rig.east.act('POST', '/vapp-replications', { ...body, slaProfileId: profiles[0]?.id })
  rig.clock.turn(5 * secondMs)
  const gold = await rig.east.get<WireGroup>(`/vapp-replications/${protection.workflowInfo.resourceId}`)
  expect(gold.vmReplications[0]).toMatchObject({
    settings: { rpo: 30, quiesced: false, retentionPolicy: { rules: [{ numberOfInstances: 14, distance: 60 }] } },
    slaProfile: { displayName: 'Gold', id: profiles[0]?.id },
  })
  await rig.east.act('DELETE', `/vapp-replications/${gold.id}`)
  rig.clock.turn(5 * secondMs)
  const source = { type: 'vm', site: 'cloud-east', vmId: members[0]?.id }
  const migration = await rig.east.act('POST', '/vm-replications', { ...body, source, isMigration: true })
  rig.clock.turn(5 * secondMs)
  expect(await rig.east.replication(migration.workflowInfo.resourceId)).toMatchObject({
    isMigration: true,
    slaProfile: null,
    settings: { rpo: 1_440, retentionPolicy: { rules: [] } },
  })
})

test('starts from and to a machine room on premises', async () => {
  await using rig = await startRig(60)
  const [room] = await rig.east.get<readonly { site: string }[]>('/vc-sites')
  const [vcenter] = await rig.east.get<readonly { vcId: string }[]>(`/vc-sites/${room?.site}/vcenters`)
  const vms = await listItems(rig.east, `/vc-sites/${room?.site}/${vcenter?.vcId}/vms`)
  const vmIds = vms.map(({ id }) => id)
  for (const vmId of vmIds) {
    const [replication] = [...rig.simulator.world.replications.values()].filter((item) => item.vmId === vmId)
    await rig.east.act('DELETE', `/vm-replications/${replication?.id}`)
  }
  rig.clock.turn(10 * secondMs)
  const vdcs = await listItems(rig.west, '/inventory/vdcs')
  const vdc = vdcs.find(({ org }) => org === 'Acme')?.id ?? ''
  const source = { type: 'vcVapp', site: room?.site, vcUuid: vcenter?.vcId, vmIds, vappName: 'from-branch' }
  const task = await rig.east.act('POST', '/vapp-replications', bodyFor(source, vdc))
  rig.clock.turn(5 * secondMs)
  const group = await rig.east.get<WireGroup>(`/vapp-replications/${task.workflowInfo.resourceId}`)
  expect(group.source).toEqual({ site: 'acme-branch', vappId: null })
  expect(group.vmReplications.map(({ vmId }) => vmId)).toEqual(vmIds)

  const { vm } = await findUnprotected(rig)
  const back = {
    ...bodyFor({ type: 'vm', site: 'cloud-east', vmId: vm.id }, ''),
    destination: { type: 'vc', site: 'acme-branch' },
  }
  const outward = await rig.east.act('POST', '/vm-replications', back)
  rig.clock.turn(5 * secondMs)
  expect((await rig.east.replication(outward.workflowInfo.resourceId)).destination.site).toBe('acme-branch')
})

test('refuses a body that is incomplete or names what is not there', async () => {
  await using rig = await startRig(20)
  const { vm, vapp, vdc } = await findUnprotected(rig)
  const source = { type: 'vm', site: 'cloud-east', vmId: vm.id }
  const good = bodyFor(source, vdc.id)
  const { source: _source, ...withoutSource } = good
  const { destination, ...withoutDestination } = good
  const { rpo: _rpo, ...withoutRpo } = good
  const cases: readonly (readonly [unknown, number, string])[] = [
    ['{"rpo": 15,', 400, 'BadRequest'],
    [withoutSource, 400, 'BadRequest'],
    [withoutDestination, 400, 'BadRequest'],
    [withoutRpo, 400, 'BadUserInput'],
    [{ ...good, rpo: '15' }, 400, 'BadRequest'],
    [{ ...good, rpo: 4 }, 400, 'BadUserInput'],
    [{ ...good, rpo: 1_441 }, 400, 'BadUserInput'],
    [{ ...good, quiesced: 'yes' }, 400, 'BadRequest'],
    [{ ...good, dataConnectionType: 'CARRIER_PIGEON' }, 400, 'BadRequest'],
    [{ ...good, targetDiskType: 'THICK' }, 400, 'BadRequest'],
    [{ ...good, retentionPolicy: { rules: [{ distance: 15, numberOfInstances: 25 }] } }, 400, 'BadUserInput'],
    [{ ...good, retentionPolicy: { rules: [{ distance: 0, numberOfInstances: 1 }] } }, 400, 'BadUserInput'],
    [{ ...good, slaProfileId: 'platinum' }, 400, 'BadUserInput'],
    [{ ...good, source: { ...source, type: 'vapp', vappId: vapp.id } }, 400, 'BadRequest'],
    [{ ...good, source: { ...source, vmId: 'nobody' } }, 400, 'BadUserInput'],
    [{ ...good, source: { ...source, site: 'cloud-west' } }, 400, 'BadUserInput'],
    [{ ...good, source: { ...source, site: 'cloud-north' } }, 404, 'SiteNotFound'],
    [{ ...good, destination: { ...destination, vdc: 'nowhere' } }, 400, 'BadUserInput'],
    [{ ...good, destination: { ...destination, storageProfile: 'Gold' } }, 400, 'BadUserInput'],
    [{ ...good, destination: { ...destination, type: 'vapp' } }, 400, 'BadRequest'],
  ]
  for (const [body, status, code] of cases) {
    const refusal = await rig.east.refusal('POST', '/vm-replications', body)
    expect([body, ...refusal]).toEqual([body, status, code])
  }
  expect(rig.simulator.world.tasks.list()).toEqual([])
})

test('replicates a VM once, also while its start is under way', async () => {
  await using rig = await startRig(20)
  const { vm, vapp, vdc } = await findUnprotected(rig)
  const body = bodyFor({ type: 'vm', site: 'cloud-east', vmId: vm.id }, vdc.id)
  const { workflowInfo } = await rig.east.act('POST', '/vm-replications', body)
  expect(await rig.east.refusal('POST', '/vm-replications', body)).toEqual([400, 'VmAlreadyReplicated'])
  rig.clock.turn(10 * secondMs)
  const whole = bodyFor({ type: 'vapp', site: 'cloud-east', vappId: vapp.id }, vdc.id)
  expect(await rig.east.refusal('POST', '/vapp-replications', whole)).toEqual([400, 'VmAlreadyReplicated'])
  await rig.east.act('DELETE', `/vm-replications/${workflowInfo.resourceId}`)
  rig.clock.turn(10 * secondMs)
  await rig.east.act('POST', '/vapp-replications', whole)
})

test('leaves nothing behind when the start fails', async () => {
  await using rig = await startRig(20)
  const { vm, vdc } = await findUnprotected(rig)
  const body = bodyFor({ type: 'vm', site: 'cloud-east', vmId: vm.id }, vdc.id)
  rig.simulator.world.tasks.plan({ outcome: 'FAIL' })
  const task = await rig.east.act('POST', '/vm-replications', body)
  rig.clock.turn(hourMs / 4)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'FAILED' })
  expect(await rig.east.refusal('GET', `/vm-replications/${task.workflowInfo.resourceId}`)).toEqual([
    404,
    'ReplicationNotFound',
  ])
  await rig.east.act('POST', '/vm-replications', body)
})
