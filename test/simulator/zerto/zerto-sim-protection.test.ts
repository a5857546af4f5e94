import { expect, test } from 'vitest'
import { at, items, startHarness, type Harness } from './zerto-sim-harness.ts'

const refusal = { status: 500, json: { Message: expect.any(String) } }

const stageOf = async (zvm: Harness, id: string): Promise<unknown> =>
  at(await zvm.vpg(id), 'ActiveProcessesApi', 'RunningFailOverTestApi', 'Stage')

test('tests a group while it goes on protecting, and tags the tested checkpoint when the test is stopped', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const checkpoint = vpg.journal.latest(zvm.clock.now())?.id ?? ''
  const start = await zvm.act(vpg, 'failoverTest', { CheckpointIdentifier: checkpoint, VmIdentifiers: [] })
  expect(await stageOf(zvm, vpg.id)).toBe('Starting')
  expect((await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/failover`)).status).toBe(500)
  zvm.turn(12)
  expect(await stageOf(zvm, vpg.id)).toBe('InTest')
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0 })
  expect(await zvm.task(start)).toMatchObject({ Type: 'FailOverTest', Status: { State: 6 } })
  const stop = await zvm.act(vpg, 'failoverTestStop', { FailoverTestSuccess: true, FailoverTestSummary: null })
  expect(await stageOf(zvm, vpg.id)).toBe('Stopping')
  zvm.turn(8)
  expect(await zvm.task(stop)).toMatchObject({ Type: 'StopFailOverTest', Status: { State: 6 } })
  expect(await zvm.vpg(vpg.id)).toMatchObject({
    LastTest: '2026-01-15T12:00:20Z',
    ActiveProcessesApi: { RunningFailOverTestApi: null },
  })
  const tagged = vpg.journal.find(checkpoint, zvm.clock.now())
  expect(tagged?.tag).toBe('Tested at 2026-01-15T12:00:00Z')
})

test('allows a live failover while a test runs, and refuses to stop a test that does not', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/failoverTestStop`)).toMatchObject(refusal)
  await zvm.act(vpg, 'failoverTest')
  zvm.turn(12)
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/failoverTest`)).toMatchObject(refusal)
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/pause`)).toMatchObject(refusal)
  expect(await zvm.call(0, 'DELETE', `/v1/vpgs/${vpg.id}`, {})).toMatchObject(refusal)
  await zvm.act(vpg, 'Failover', { CommitPolicy: 2 })
  expect(at(await zvm.vpg(vpg.id), 'Status')).toBe(5)
})

test('pauses and resumes: the RPO grows meanwhile and no checkpoint is written', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const task = await zvm.act(vpg, 'pause')
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 25 })
  zvm.turn(1000)
  expect(await zvm.task(task)).toMatchObject({ Type: 'PauseProtectionGroup', Completed: '2026-01-15T12:00:02Z' })
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 3, SubStatus: 25 })
  expect(at(await zvm.vpg(vpg.id), 'ActualRPO')).toBeGreaterThanOrEqual(1000)
  const stats = (await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}/checkpoints/stats`)).json
  expect(Date.parse(String(at(stats, 'Latest', 'TimeStamp')))).toBeLessThanOrEqual(Date.UTC(2026, 0, 15, 12))
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/pause`)).toMatchObject(refusal)
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/forcesync`)).toMatchObject(refusal)
  await zvm.act(vpg, 'resume')
  expect(at(await zvm.vpg(vpg.id), 'SubStatus')).toBe(23)
  zvm.turn(10)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0 })
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/resume`)).toMatchObject(refusal)
})

test('synchronises by force, with progress on the group and on the task, and refuses a failover meanwhile', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const task = await zvm.act(vpg, 'forcesync')
  zvm.turn(15)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 6, ProgressPercentage: 50 })
  expect(await zvm.task(task)).toMatchObject({ Type: 'InitFullSync', Status: { State: 1, Progress: 50 } })
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/Failover`)).toMatchObject(refusal)
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/Checkpoints`, { CheckpointName: 'x' })).toMatchObject(refusal)
  zvm.turn(15)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 1, SubStatus: 0, ProgressPercentage: 0 })
})

test('inserts a tagged checkpoint, which needs a name', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/Checkpoints`, {})).toMatchObject(refusal)
  const task = await zvm.act(vpg, 'Checkpoints', { checkpointName: 'before the upgrade' })
  zvm.turn(2)
  expect(await zvm.task(task)).toMatchObject({ Type: 'InsertTaggedCP', Status: { State: 6 } })
  const path = `/v1/vpgs/${vpg.id}/checkpoints?startDate=2026-01-15T12:00:00Z`
  const found = items((await zvm.call(1, 'GET', path)).json).filter((item) => at(item, 'Tag') !== null)
  expect(found).toEqual([
    {
      CheckpointIdentifier: expect.stringMatching(/^\d+$/),
      TimeStamp: '2026-01-15T12:00:02Z',
      Tag: 'before the upgrade',
      Type: 0,
    },
  ])
})

test('lists the checkpoints of a window, reads a date without a zone as local time, and tells first and last', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const list = async (query: string) =>
    items((await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}/checkpoints?${query}`)).json)
  const window = await list('startDate=2026-01-15T11:00:00Z&endDate=2026-01-15T11:01:00Z')
  expect(window.length).toBeGreaterThanOrEqual(12)
  expect(window.length).toBeLessThanOrEqual(13)
  // Boston is five hours behind.
  expect(await list('startDate=2026-01-15T06:00:00&endDate=2026-01-15T06:01:00')).toEqual(window)
  expect(await list('startdate=2026-02')).toEqual([])
  const stats = (await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}/checkpoints/stats`)).json
  const all = await list('')
  expect(all).toHaveLength(vpg.journal.historyMinutes * 12 + 1)
  expect(at(stats, 'Earliest')).toEqual(all[0])
  expect(at(stats, 'Latest')).toEqual(all.at(-1))
  expect(at(await zvm.vpg(vpg.id), 'HistoryStatusApi', 'EarliestCheckpoint')).toEqual(all[0])
  expect(new Set(all.map((item) => at(item, 'CheckpointIdentifier'))).size).toBe(all.length)
})

test('clones, aborts a clone without a task or a body, and refuses an abort of nothing', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  const abort = () => zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/CloneAbort`)
  expect(await abort()).toMatchObject(refusal)
  const first = await zvm.act(vpg, 'CloneStart', { VmIdentifiers: [] })
  expect(await zvm.task(first)).toMatchObject({ Type: 'Clone', IsCancellable: true })
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/CloneStart`)).toMatchObject(refusal)
  zvm.turn(30)
  expect(await abort()).toMatchObject({ status: 200, text: '' })
  zvm.turn(60)
  expect(await zvm.task(first)).toMatchObject({ Status: { State: 5 }, IsCancellable: false })
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/CloneStart`, { CheckpointId: '0' })).toMatchObject(refusal)
  expect(await zvm.call(0, 'POST', `/v1/vpgs/${vpg.id}/CloneStart`, { DatastoreIdentifier: 'x' })).toMatchObject(
    refusal,
  )
  const second = await zvm.act(vpg, 'CloneStart')
  zvm.turn(60)
  expect(await zvm.task(second)).toMatchObject({ Status: { State: 6, Progress: 100 } })
})

test('deletes a group, whose machines are then unprotected, and one that waits for a commit only by force', async () => {
  await using zvm = await startHarness()
  const vpg = zvm.healthyVpg()
  await zvm.act(vpg, 'Failover', { CommitPolicy: 2 })
  zvm.turn(20)
  expect(await zvm.call(0, 'DELETE', `/v1/vpgs/${vpg.id}`, { KeepRecoveryVolumes: true })).toMatchObject(refusal)
  const answer = await zvm.call(0, 'DELETE', `/v1/vpgs/${vpg.id}`, { KeepRecoveryVolumes: true, Force: true })
  expect(answer.status).toBe(200)
  expect(await zvm.vpg(vpg.id)).toMatchObject({ Status: 7, SubStatus: 21 })
  zvm.turn(8)
  expect((await zvm.call(0, 'GET', `/v1/vpgs/${vpg.id}`)).status).toBe(404)
  expect(await zvm.task(String(answer.json))).toMatchObject({ Type: 'RemoveProtectionGroup', Status: { State: 6 } })
  const boston = zvm.simulator.sites[0]?.siteIdentifier
  const free = items((await zvm.call(0, 'GET', `/v1/virtualizationsites/${boston}/vms`)).json)
  expect(free.map((vm) => at(vm, 'VmIdentifier'))).toContain(vpg.vms[0]?.identifiers[0])
})

test('lists the tasks of the ZVM that ran them, by type, state and time', async () => {
  await using zvm = await startHarness()
  const [first, second] = [zvm.healthyVpg(0), zvm.healthyVpg(1)]
  const pause = await zvm.act(first, 'pause')
  zvm.turn(60)
  const sync = await zvm.act(second, 'forcesync')
  await zvm.act(second, 'pause', {}, 1)
  const ids = async (query: string) =>
    items((await zvm.call(0, 'GET', `/v1/tasks?${query}`)).json).map((task) => at(task, 'TaskIdentifier'))
  expect(await ids('')).toEqual([pause, sync])
  expect(await ids('status=6')).toEqual([pause])
  expect(await ids('status=inprogress')).toEqual([sync])
  expect(await ids('type=InitFullSync')).toEqual([sync])
  expect(await ids('startedAfterDate=2026-01-15T12:00:30Z')).toEqual([sync])
  expect(await ids('completedBeforeDate=2026-01-15T12:00:30Z')).toEqual([pause])
  expect(await zvm.task(pause)).toEqual({
    CompleteReason: '',
    Completed: '2026-01-15T12:00:02Z',
    Generation: 2,
    InitiatedBy: 'admin',
    IsCancellable: false,
    Link: expect.objectContaining({ identifier: pause, type: 'TaskApi' }),
    RelatedEntities: {
      FlrSessions: [],
      Hosts: [],
      Sites: [expect.objectContaining({ type: 'LocalSiteApi' })],
      Vpgs: [expect.objectContaining({ identifier: first.id, type: 'VpgApi' })],
    },
    Started: '2026-01-15T12:00:00Z',
    Status: { Progress: 100, State: 6 },
    TaskIdentifier: pause,
    Type: 'PauseProtectionGroup',
  })
})
