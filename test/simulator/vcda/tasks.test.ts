import { expect, test } from 'vitest'
import { plainRecovery, secondMs, startRig, type WirePage, type WireTask } from './vcda-rig.ts'

test('runs from 0 to 100 percent and ends when it says', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const startTime = rig.clock.now()
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  expect(task).toMatchObject({ startTime, endTime: -1, lastUpdated: startTime, user: 'root', warnings: [] })
  const percents: number[] = []
  for (let second = 0; second < 20; second++) {
    const { progress, state, endTime, lastUpdated } = await rig.east.get<WireTask>(`/tasks/${task.id}`)
    expect([state, endTime, lastUpdated]).toEqual(['RUNNING', -1, rig.clock.now()])
    percents.push(progress)
    rig.clock.turn(secondMs)
  }
  expect(percents).toEqual(Array.from({ length: 20 }, (_, second) => second * 5))
  rig.clock.turn(60 * secondMs)
  const done = await rig.east.get<WireTask>(`/tasks/${task.id}`)
  const endTime = startTime + 20 * secondMs
  expect(done).toMatchObject({ state: 'SUCCEEDED', progress: 100, endTime, lastUpdated: endTime, error: null })
  expect(done).toMatchObject({ resultType: 'SingleVmReplicationInfo', result: { id, lastUpdated: endTime } })
})

test('shows the error of a failed task and no result', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const error = { args: ['vsan-7'], code: 'DatastoreFull', msg: 'No space left.', stacktrace: 'at Simulated' }
  rig.simulator.world.tasks.plan({ outcome: 'FAIL', error })
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  rig.clock.turn(12 * secondMs)
  const failed = await rig.east.get<WireTask>(`/tasks/${task.id}`)
  expect(failed).toMatchObject({ state: 'FAILED', progress: 60, endTime: rig.clock.now(), error })
  expect(failed).not.toHaveProperty('result')
  expect(failed).not.toHaveProperty('resultType')
})

test('can wait in a queue before it runs', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  rig.simulator.world.tasks.plan({ outcome: 'SUCCEED', queuedMs: 5 * secondMs })
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  expect(task).toMatchObject({ state: 'QUEUED', progress: 0, endTime: -1 })
  expect(await rig.east.refusal('POST', `/vm-replications/${id}/failover`, plainRecovery)).toEqual([
    400,
    'OperationInProgress',
  ])
  rig.clock.turn(15 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'RUNNING', progress: 50 })
  rig.clock.turn(10 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'SUCCEEDED', endTime: rig.clock.now() })
})

test('can say that it succeeded and have done nothing', async () => {
  // N15: success reported while the object's state disagrees.
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  rig.simulator.world.tasks.plan({ outcome: 'NO_EFFECT' })
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  rig.clock.turn(20 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'SUCCEEDED' })
  expect(await rig.east.replication(id)).toMatchObject({
    destinationState: { recoveryInfo: { recoveryState: 'NOT_STARTED' } },
  })
})

test('can vanish while its work is done all the same', async () => {
  // N14: a vanished task.
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const task = await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  rig.simulator.world.tasks.forget(task.id)
  expect(await rig.east.refusal('GET', `/tasks/${task.id}`)).toEqual([404, 'TaskNotFound'])
  rig.clock.turn(20 * secondMs)
  expect(await rig.east.replication(id)).toMatchObject({ dataConnectionState: 'FINISHED' })
})

test('belongs to the site on which it runs, and both sites can be asked for it', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const here = await rig.east.act('POST', `/vm-replications/${id}/sync`)
  const there = await rig.east.act('POST', `/vm-replications/${id}/sync?site=cloud-west`)
  expect([here.site, there.site]).toEqual(['cloud-east', 'cloud-west'])
  const idsAt = async (path: string): Promise<readonly string[]> =>
    (await rig.east.get<WirePage<WireTask>>(path)).items.map((task) => task.id)
  expect(await idsAt('/tasks')).toEqual([here.id])
  expect(await idsAt('/tasks?site=cloud-west')).toEqual([there.id])
  expect(await rig.west.get(`/tasks/${there.id}`)).toMatchObject({ site: 'cloud-west' })
  expect(await rig.west.refusal('GET', `/tasks/${here.id}`)).toEqual([404, 'TaskNotFound'])
  expect(await rig.west.get(`/tasks/${here.id}?site=cloud-east`)).toMatchObject({ site: 'cloud-east' })
})

test('is listed newest first, filtered, sorted and paged', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const [group] = await rig.east.groups()
  const sync = await rig.east.act('POST', `/vm-replications/${id}/sync`)
  rig.clock.turn(60 * secondMs)
  const pause = await rig.east.act('POST', `/vapp-replications/${group?.id}/pause`)
  const resume = await rig.east.act('POST', `/vapp-replications/${group?.id}/resume`)
  rig.simulator.world.tasks.plan({ outcome: 'FAIL' })
  const failed = await rig.east.act('POST', `/vm-replications/${id}/pause`)
  rig.clock.turn(1_500)
  const found = async (query: string): Promise<readonly string[]> =>
    (await rig.east.get<WirePage<WireTask>>(`/tasks?${query}`)).items.map((task) => task.id)
  expect(await found('')).toEqual([failed.id, resume.id, pause.id, sync.id])
  expect(await found('sort=startTime')).toEqual([sync.id, failed.id, resume.id, pause.id])
  expect(await found('limit=2&offset=1')).toEqual([resume.id, pause.id])
  expect(await found(`ids=${sync.id},${pause.id}`)).toEqual([pause.id, sync.id])
  expect(await found('state=RUNNING')).toEqual([resume.id, pause.id])
  expect(await found('state=SUCCEEDED,FAILED')).toEqual([failed.id, sync.id])
  expect(await found('type=pause')).toEqual([failed.id, pause.id])
  expect(await found(`resourceId=${id}`)).toEqual([failed.id, sync.id])
  expect(await found('resourceType=vappReplication')).toEqual([resume.id, pause.id])
  expect(await found('resourceType=vappReplication,vmReplication')).toHaveLength(4)
  expect(await found(`resourceName=${group?.descriptor.name}`)).toEqual([resume.id, pause.id])
  expect(await found('user=root')).toHaveLength(4)
  expect(await found('user=admin@Acme')).toEqual([])
  expect(await found(`startTimeAfter=${sync.startTime}`)).toEqual([failed.id, resume.id, pause.id])
  expect(await found(`startTimeBefore=${pause.startTime}`)).toEqual([sync.id])
  expect(await found(`endTimeAfter=${sync.startTime + 12 * secondMs}`)).toEqual([failed.id])
  expect(await found(`endTimeAfter=0&endTimeBefore=${pause.startTime}`)).toEqual([sync.id])
  expect(await rig.east.refusal('GET', '/tasks?state=DONE')).toEqual([400, 'BadRequest'])
  expect(await rig.east.refusal('GET', '/tasks?startTimeAfter=noon')).toEqual([400, 'BadRequest'])
})

test('remembers the operation id of the request without showing it', async () => {
  await using rig = await startRig()
  const { id } = await rig.east.findReplication('OK')
  const task = await rig.east.act('POST', `/vm-replications/${id}/sync`, undefined, { operationID: 'drgw-42' })
  expect(rig.simulator.world.tasks.find(task.id)?.operationId).toBe('drgw-42')
  expect(JSON.stringify(task)).not.toContain('drgw-42')
  await rig.east.act('POST', `/vm-replications/${id}/sync`)
  expect(await rig.east.get('/tasks?operationID=drgw-42')).toMatchObject({ total: 1, items: [{ id: task.id }] })
})
