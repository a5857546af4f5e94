import { expect, test } from 'vitest'
import { plainRecovery, secondMs, startRig, type Caller, type WireTask } from './vcda-rig.ts'

const mediaType = (version: string): string => `application/vnd.vmware.h4-v${version}+json;charset=UTF-8`

const statusOf = async (caller: Caller, path: string, accept: string): Promise<readonly [number, string | null]> => {
  const reply = await caller.send('GET', path, undefined, { Accept: accept })
  return [reply.status, reply.headers.get('Content-Type')]
}

test('speaks every version up to its own and no later one', async () => {
  await using rig = await startRig(4, { version: '4.5' })
  for (const version of ['3', '3.0', '3.5', '4', '4.0', '4.1', '4.2', '4.3', '4.4', '4.5']) {
    expect(await statusOf(rig.east, '/sites', mediaType(version))).toEqual([200, mediaType(version)])
  }
  for (const version of ['2', '4.6', '4.7', '5']) {
    expect(await statusOf(rig.east, '/sites', mediaType(version))).toEqual([406, mediaType('4.5')])
  }
  expect(await statusOf(rig.east, '/sites', `${mediaType('4.7')}, ${mediaType('4.2')}`)).toEqual([
    200,
    mediaType('4.2'),
  ])
  expect(await statusOf(rig.east, '/sites', `${mediaType('4.7')}, application/json;q=0.5`)).toEqual([
    200,
    mediaType('4.5'),
  ])
})

test.for(['4.2', '4.5', '4.6', '4.7'] as const)('accepts as Accept what %s gave as Content-Type', async (version) => {
  await using rig = await startRig(4, { version })
  const caller = rig.stranger()
  const login = { type: 'localUser', localUser: 'root', localPassword: 'Provider-Pass-1' }
  const given = (await caller.signIn(login)).headers.get('Content-Type') ?? ''
  expect(given).toBe(mediaType(version))
  expect(await statusOf(caller, '/vm-replications', given)).toEqual([200, given])
  expect(await caller.get('/diagnostics/about')).toMatchObject({ buildVersion: expect.stringMatching(`^${version}`) })
  expect(await caller.get('/sites')).toMatchObject([{ apiVersion: version }, { apiVersion: version }])
})

test('has no recovery plans before 4.6 and no guest customisation before 4.5', async () => {
  for (const [version, plans, customization] of [
    ['4.2', 404, 404],
    ['4.5', 404, 200],
    ['4.6', 200, 200],
  ] as const) {
    await using rig = await startRig(20, { version })
    const { id } = await rig.east.findReplication('OK')
    const found = [
      (await rig.east.send('GET', '/recovery-plans')).status,
      (await rig.east.send('GET', `/vm-replications/${id}/guest-customization`)).status,
    ]
    expect([version, ...found]).toEqual([version, plans, customization])
  }
})

test('leaves out the members that came after the version asked for', async () => {
  await using rig = await startRig(40)
  const { id } = await rig.east.findReplication('OK')
  await rig.east.act('POST', `/vm-replications/${id}/failover`, plainRecovery)
  rig.clock.turn(20 * secondMs)
  const membersIn = async (version: string): Promise<readonly string[]> => {
    const accept = { Accept: mediaType(version) }
    const { body } = await rig.east.send('GET', `/vm-replications/${id}`, undefined, accept)
    const text = JSON.stringify(body)
    const members = ['isPinned', 'slaProfile', 'optimizeUntil', 'guestCustomization']
    return members.filter((member) => text.includes(`"${member}":`))
  }
  expect(await membersIn('3.5')).toEqual([])
  expect(await membersIn('4.0')).toEqual(['isPinned'])
  expect(await membersIn('4.2')).toEqual(['isPinned', 'slaProfile'])
  expect(await membersIn('4.3')).toEqual(['isPinned', 'slaProfile', 'optimizeUntil'])
  expect(await membersIn('4.5')).toEqual(['isPinned', 'slaProfile', 'optimizeUntil', 'guestCustomization'])
})

test.for(['4.2', '4.5'] as const)('makes a health task of a GET on %s and takes no POST', async (version) => {
  await using rig = await startRig(4, { version })
  const task = await rig.east.act('GET', '/diagnostics/health')
  expect(task).toMatchObject({
    state: 'RUNNING',
    workflowInfo: { type: 'health', resourceType: 'CLOUD', resourceId: null, resourceName: null },
  })
  rig.clock.turn(3 * secondMs)
  const done = await rig.east.get<WireTask>(`/tasks/${task.id}`)
  expect(done).toMatchObject({ state: 'SUCCEEDED', resultType: 'CloudHealthInfo', result: { tunnelError: null } })
  expect(done.result).not.toHaveProperty('tunnelConnectivity')
  expect(await rig.east.refusal('POST', '/diagnostics/health')).toEqual([405, 'MethodNotAllowed'])
  const old = await rig.east.send('GET', '/diagnostics/health', undefined, { Accept: mediaType('3') })
  expect([old.status, old.body]).toMatchObject([200, { dbConnectivity: { value: null }, managerHealth: {} }])
})

test('makes a health task of a POST from 4.6 on, whatever version asks, and takes no GET', async () => {
  await using rig = await startRig(4, { version: '4.6' })
  expect(await rig.east.refusal('GET', '/diagnostics/health')).toEqual([405, 'MethodNotAllowed'])
  const task = await rig.east.act('POST', '/diagnostics/health', undefined, { Accept: mediaType('4.5') })
  expect(task.state).toBe('RUNNING')
  const [appliance] = rig.simulator.world.appliances.values()
  const error = { args: [], code: 'DbDown', msg: 'The database is gone.', stacktrace: '' }
  const [replicator] = appliance?.replicators ?? []
  if (appliance === undefined || replicator === undefined) throw new Error('no appliance')
  appliance.ailments.db = error
  replicator.commError = error
  rig.clock.turn(2 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({
    state: 'SUCCEEDED',
    result: {
      dbError: { code: 'DbDown' },
      vcdError: null,
      tunnelConnectivity: [{ tunnelService: { id: expect.any(String) }, error: null }],
      diskUsage: { free: expect.any(Number), total: expect.any(Number) },
      managerHealth: {
        offlineReplicators: [{ id: replicator.id, state: { incomingCommError: { code: 'DbDown' } } }],
        onlineReplicators: [{ isInMaintenanceMode: false }],
      },
    },
  })
  const tenant = await rig.tenant()
  expect(await tenant.refusal('POST', '/diagnostics/health')).toEqual([403, 'Forbidden'])
})

test('knows QUEUED on 4.7 only, and calls it RUNNING to older callers', async () => {
  await using rig = await startRig(4)
  const task = await rig.east.act('POST', '/diagnostics/health')
  expect(task.state).toBe('QUEUED')
  const older = await rig.east.send<WireTask>('GET', `/tasks/${task.id}`, undefined, { Accept: mediaType('4.6') })
  expect(older.body.state).toBe('RUNNING')
  const running = '/tasks?state=RUNNING'
  expect(await rig.east.get(running)).toMatchObject({ total: 0 })
  expect((await rig.east.send('GET', running, undefined, { Accept: mediaType('4.6') })).body).toMatchObject({
    total: 1,
  })
  rig.clock.turn(secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'RUNNING' })
  rig.clock.turn(2 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'SUCCEEDED' })
})

test('changes the time of the first copy by PATCH from 4.4 on only', async () => {
  for (const [version, changes] of [
    ['4.2', false],
    ['4.5', true],
  ] as const) {
    await using rig = await startRig(40, { version })
    const { id } = await rig.east.findReplication('OK')
    const initialSyncTime = rig.clock.now() + 3_600_000
    await rig.east.act('PATCH', `/vm-replications/${id}`, { description: 'later', initialSyncTime })
    rig.clock.turn(3 * secondMs)
    expect(await rig.east.replication(id)).toMatchObject({
      settings: { description: 'later', initialSyncTime: changes ? initialSyncTime : 0 },
    })
  }
})
