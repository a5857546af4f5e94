import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const statusOf = async (zvm: Harness, id: string): Promise<string> => {
  const vpg = await zvm.vpg(id)
  return `${String(at(vpg, 'Status'))}/${String(at(vpg, 'SubStatus'))}`
}

const waitForCommit = { CommitPolicy: 2 }

test('fails over through Before Commit and commits with reverse protection: the direction turns', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const taskId = await zvm.act(vpg, 'Failover', { commitpolicy: 'None', IsReverseProtection: true })
  expect(taskId).toMatch(new RegExp(`^[0-9a-f-]{36}\\.${zvm.simulator.sites[0]?.siteIdentifier}$`))
  expect(await statusOf(zvm, vpg.id)).toBe('5/0')
  expect(await zvm.task(taskId)).toMatchObject({ Type: 'FailoverBeforeCommit', Status: { Progress: 0, State: 1 } })
  zvm.turn(10)
  expect(await zvm.task(taskId)).toMatchObject({ Completed: null, Status: { Progress: 50, State: 1 } })
  zvm.turn(10)
  expect(await statusOf(zvm, vpg.id)).toBe('5/15')
  expect(await zvm.task(taskId)).toMatchObject({
    Completed: '2026-01-15T12:00:20Z',
    Status: { Progress: 100, State: 6 },
  })
  const alerts = items((await zvm.call(0, 'GET', `/v1/alerts?vpgIdentifier=${vpg.id}`)).json)
  expect(alerts.map((alert) => at(alert, 'HelpIdentifier'))).toEqual(['VPG0014'])

  const commit = await zvm.act(vpg, 'FailoverCommit', { IsReverseProtection: true })
  expect(await statusOf(zvm, vpg.id)).toBe('5/14')
  zvm.turn(10)
  expect(await statusOf(zvm, vpg.id)).toBe('5/17')
  zvm.turn(8)
  expect(await zvm.task(commit)).toMatchObject({ Type: 'FailoverCommit', InitiatedBy: 'admin', Status: { State: 6 } })
  expect(await zvm.vpg(vpg.id)).toMatchObject({
    SubStatus: 6,
    SourceSite: 'London',
    TargetSite: 'Boston',
    ActualRPO: -1,
  })
  zvm.turn(40)
  expect(await statusOf(zvm, vpg.id)).toBe('1/0')
  const { vcenterGuid } = zvm.simulator.world.sites[1].infrastructure
  const machines = items((await zvm.call(0, 'GET', `/v1/vms?vpgName=${vpg.name}`)).json)
  for (const vm of machines) expect(String(at(vm, 'VmIdentifier')).startsWith(vcenterGuid)).toBe(true)
})

test('needs configuration after a commit that names no reverse protection, whatever the failover said', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'failover', { ...waitForCommit, IsReverseProtection: true })
  zvm.turn(20)
  await zvm.act(vpg, 'failoverCommit')
  zvm.turn(18)
  expect(await statusOf(zvm, vpg.id)).toBe('2/7')
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/failover`, waitForCommit)).toMatchObject({ status: 500 })
})

test('refuses a commit and a rollback during the initial stage, and a second failover', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', waitForCommit)
  zvm.turn(19)
  for (const action of ['FailoverCommit', 'FailoverRollback']) {
    const refused = await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/${action}`, {})
    expect(refused).toMatchObject({ status: 500, json: { Message: expect.stringContaining('not ready to commit') } })
  }
  zvm.turn(1)
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/Failover`, waitForCommit)).status).toBe(500)
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/MoveCommit`, {})).status).toBe(500)
  await zvm.act(vpg, 'FailoverCommit')
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/FailoverRollback`)).status).toBe(500)
})

test('rolls back: recovery is possible again, then the group protects with the checkpoints it had', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const checkpoint = vpg.journal.latest(zvm.clock.now())?.id ?? ''
  await zvm.act(vpg, 'Failover', { ...waitForCommit, CheckpointIdentifier: checkpoint })
  zvm.turn(20)
  const rollback = await zvm.act(vpg, 'FailoverRollback')
  expect(await statusOf(zvm, vpg.id)).toBe('5/16')
  zvm.turn(15)
  expect(await statusOf(zvm, vpg.id)).toBe('1/5')
  expect(await zvm.task(rollback)).toMatchObject({ Type: 'FailoverRollback', Status: { State: 6 } })
  zvm.turn(10)
  expect(await statusOf(zvm, vpg.id)).toBe('1/0')
  expect(await zvm.vpg(vpg.id)).toMatchObject({ SourceSite: 'Boston' })
  expect(vpg.journal.find(checkpoint, zvm.clock.now())).not.toBeNull()
})

test('commits by itself, as System, when policy 1 has waited its time', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', { CommitPolicy: 1, TimeToWaitBeforeShutdownInSec: 60, IsReverseProtection: true })
  zvm.turn(79)
  expect(await statusOf(zvm, vpg.id)).toBe('5/15')
  zvm.turn(1)
  expect(await statusOf(zvm, vpg.id)).toBe('5/14')
  const [task] = items((await zvm.call(0, 'GET', '/v1/tasks?type=FailoverCommit')).json)
  expect(task).toMatchObject({ InitiatedBy: 'System', Started: '2026-01-15T12:01:20Z' })
  zvm.turn(58)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0, SourceSite: 'London' })
})

test('rolls back by itself when no policy is named, and acts at once when the wait is 0', async () => {
  await using zvm = await startHarness()
  const patient = zvm.healthyVpg()
  await zvm.act(patient, 'Failover')
  const hasty = zvm.healthyVpg(1)
  await zvm.act(hasty, 'Failover', { CommitPolicy: 'Commit', TimeToWaitBeforeShutdownInSec: 0 }, 1)
  zvm.turn(20)
  expect(await statusOf(zvm, patient.id)).toBe('5/15')
  expect(await statusOf(zvm, hasty.id)).toBe('5/14')
  zvm.turn(3600)
  expect(await statusOf(zvm, patient.id)).toBe('5/16')
  const tasks = items((await zvm.call(0, 'GET', '/v1/tasks?type=failoverrollback')).json)
  expect(tasks.map((task) => at(task, 'InitiatedBy'))).toEqual(['System'])
})

test('does not let an old commit policy act on a group that was committed meanwhile', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', { CommitPolicy: 0, TimeToWaitBeforeShutdownInSec: 100 })
  zvm.turn(20)
  await zvm.act(vpg, 'FailoverCommit', { IsReverseProtection: 'true' })
  zvm.turn(200)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0, SourceSite: 'London' })
  expect((await zvm.call(0, 'GET', '/v1/tasks?type=FailoverRollback')).json).toEqual([])
})

test('fails the task when a machine cannot be shut down gracefully, and goes on protecting', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const [vm] = vpg.vms
  if (vm !== undefined) vm.hasTools = false
  const taskId = await zvm.act(vpg, 'Failover', { ...waitForCommit, ShutdownPolicy: 'Shutdown' })
  zvm.turn(6)
  expect(await zvm.task(taskId)).toMatchObject({
    Status: { State: 4 },
    CompleteReason: expect.stringContaining(vm?.name ?? ''),
  })
  expect(await statusOf(zvm, vpg.id)).toBe('1/0')
})

test('takes only the machines that were named, and refuses a machine or a checkpoint of another group', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg(0, 3)
  const [first, second] = vpg.vms
  for (const body of [{ VmIdentifiers: ['nobody.vm-1'] }, { CheckpointIdentifier: '999999999' }]) {
    const refused = await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/Failover`, body)
    expect(refused).toMatchObject({ status: 500, json: { Message: expect.any(String) } })
  }
  await zvm.act(vpg, 'Failover', { ...waitForCommit, VmIdentifiers: [first?.identifiers[0]] })
  zvm.turn(20)
  await zvm.act(vpg, 'FailoverCommit', { IsReverseProtection: true })
  zvm.turn(18)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ VmsCount: 1, SourceSite: 'London' })
  expect(vpg.vms).toEqual([first])
  expect(zvm.simulator.world.sites[0].unprotected.get(second?.identifiers[0] ?? '')).toBe(second)
})

test('moves with reverse protection by default, and fails a commit that would keep the source machines', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'move', { CommitPolicy: 'None' })
  expect(await statusOf(zvm, vpg.id)).toBe('6/0')
  zvm.turn(40)
  expect(await statusOf(zvm, vpg.id)).toBe('6/19')
  const keeping = await zvm.act(vpg, 'moveCommit', { KeepSourceVms: true })
  zvm.turn(6)
  expect(await zvm.task(keeping)).toMatchObject({ Type: 'MoveCommit', Status: { State: 4 } })
  expect(at(await zvm.task(keeping), 'CompleteReason')).toContain('reverse protection')
  expect(await statusOf(zvm, vpg.id)).toBe('6/19')
  await zvm.act(vpg, 'moveCommit', { ReverseProtection: true, KeepSourceVms: false })
  expect(await statusOf(zvm, vpg.id)).toBe('6/18')
  zvm.turn(58)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0, SourceSite: 'London' })
})

test('keeps the source machines of a move without reverse protection, unprotected where they were', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const source = vpg.vms[0]?.identifiers[0] ?? ''
  await zvm.act(vpg, 'move', { CommitPolicy: 2, ForceShutdown: true })
  zvm.turn(30)
  await zvm.act(vpg, 'moveCommit', { ReverseProtection: false, KeepSourceVms: true })
  zvm.turn(18)
  expect(await statusOf(zvm, vpg.id)).toBe('2/7')
  const boston = zvm.simulator.sites[0]?.siteIdentifier
  const free = items((await zvm.call(1, 'GET', `/v1/virtualizationsites/${boston}/vms`)).json)
  expect(free.map((vm) => at(vm, 'VmIdentifier'))).toContain(source)
})

test('rolls a move back', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Move', { CommitPolicy: 2, ForceShutdown: true })
  zvm.turn(29)
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/moveRollback`)).status).toBe(500)
  zvm.turn(1)
  const rollback = await zvm.act(vpg, 'moveRollback')
  expect(await statusOf(zvm, vpg.id)).toBe('6/20')
  zvm.turn(25)
  expect(await zvm.task(rollback)).toMatchObject({ Type: 'MoveRollback', Status: { State: 6, Progress: 100 } })
  expect(await statusOf(zvm, vpg.id)).toBe('1/0')
})

test('lets only the recovery site fail over a group whose sites do not reach each other', async () => {
  await using zvm = await startHarness()
  const vpg = [...zvm.simulator.world.vpgs.values()].find(({ phase }) => phase.kind === 'DISCONNECTED')
  const protectedSite = vpg?.protectedSite ?? 0
  const recoverySite = protectedSite === 0 ? 1 : 0
  expect((await zvm.call(protectedSite, 'POST', `/v1/vpgs/${vpg?.id}/Failover`, waitForCommit)).status).toBe(500)
  const taken = await zvm.call(recoverySite, 'POST', `/v1/vpgs/${vpg?.id}/Failover`, waitForCommit)
  expect(taken.status).toBe(200)
  // The task is where it was begun, and nowhere else.
  expect((await zvm.call(recoverySite, 'GET', `/v1/tasks/${String(taken.json)}`)).status).toBe(200)
  expect((await zvm.call(protectedSite, 'GET', `/v1/tasks/${String(taken.json)}`)).status).toBe(404)
  zvm.turn(20)
  await zvm.call(recoverySite, 'POST', `/v1/vpgs/${vpg?.id}/FailoverRollback`)
  zvm.turn(15)
  expect(await statusOf(zvm, vpg?.id ?? '')).toBe('2/24')
})

test('pauses the other groups of a machine when reverse protection takes its disks', async () => {
  await using zvm = await startHarness()
  const copy = [...zvm.simulator.world.vpgs.values()].find(({ name }) => name.endsWith('-compliance'))
  const vpg = zvm.simulator.world.requireVpg(copy?.name.replace('-compliance', '') ?? '')
  await zvm.act(vpg, 'Failover', { ...waitForCommit })
  zvm.turn(20)
  await zvm.act(vpg, 'FailoverCommit', { IsReverseProtection: true })
  zvm.turn(18)
  expect(await zvm.vpg(copy?.id ?? '')).toMatchObject({ SubStatus: 26 })
})
