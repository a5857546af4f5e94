import { expect, test } from 'vitest'
import { minuteMs, secondMs, startRig, type Rig, type WireError, type WirePage } from './vcda-rig.ts'

interface WirePlan {
  readonly id: string
  readonly displayName: string
  readonly owner: string
  readonly executionInfo: {
    readonly state: string
    readonly lastOperation: string | null
    readonly lastError: WireError | null
    readonly promptStepId: string | null
  }
}

interface WireStep {
  readonly id: string
  readonly name: string
  readonly sequence: number
  readonly isRecovered: boolean
  readonly state: string
}

interface WireExecution {
  readonly id: string
  readonly operation: string
  readonly result: string
  readonly execStart: number
  readonly execEnd: number
}

interface WireReport {
  readonly result: string
  readonly error: WireError | null
  readonly executedSteps: readonly {
    readonly name: string
    readonly result: string
    readonly isSkipped: boolean
    readonly waitedOnPrompt: number
    readonly execStart: number
    readonly execEnd: number
    readonly recoveryExecutions: readonly {
      readonly vappReplicationId: string
      readonly vmRecoveryExecutions: readonly { readonly replicationId: string; readonly recoveryState: string }[]
    }[]
  }[]
  readonly notExecutedSteps: readonly { readonly name: string }[]
}

const findPlan = async (rig: Rig, name: string): Promise<WirePlan> => {
  const page = await rig.east.get<WirePage<WirePlan>>(`/recovery-plans?displayName=${encodeURIComponent(name)}`)
  const [plan] = page.items
  if (plan === undefined) throw new Error(`no plan ${name}`)
  return plan
}

const stateOf = async (rig: Rig, id: string): Promise<string> =>
  (await rig.east.get<WirePlan>(`/recovery-plans/${id}`)).executionInfo.state

const latestReport = async (rig: Rig, id: string): Promise<WireReport> => {
  const { items } = await rig.east.get<WirePage<WireExecution>>(`/recovery-plans/${id}/executions`)
  return rig.east.get<WireReport>(`/recovery-plans/${id}/executions/${items[0]?.id}/report`)
}

/** Time passes second by second, and somebody looks. */
const pass = async (rig: Rig, durationMs: number): Promise<void> => {
  rig.clock.turn(durationMs)
  await rig.east.get('/sessions')
}

test('lists plans and tells of a test that is over', async () => {
  await using rig = await startRig()
  const page = await rig.east.get<WirePage<WirePlan>>('/recovery-plans?sort=displayName-')
  expect(page).toMatchObject({ total: 2, items: [{ displayName: 'Whole region' }, { displayName: 'First tier' }] })
  const plan = await findPlan(rig, 'First')
  expect(plan).toMatchObject({
    owner: 'Acme@cloud-west',
    isMigration: false,
    scheduledSyncTime: 0,
    executionInfo: { state: 'NOT_STARTED', lastOperation: 'TEST', isSuspendRequested: false, promptStepId: null },
  })
  const executions = await rig.east.get<WirePage<WireExecution>>(`/recovery-plans/${plan.id}/executions`)
  expect(executions).toMatchObject({
    total: 1,
    items: [{ recoveryPlanId: plan.id, operation: 'TEST', result: 'SUCCEEDED' }],
  })
  const report = await latestReport(rig, plan.id)
  expect(report).toMatchObject({
    planId: plan.id,
    planName: 'First tier',
    planType: 'RECOVERY',
    operation: 'TEST',
    result: 'SUCCEEDED',
    error: null,
    notExecutedSteps: [],
  })
  expect(report.executedSteps[0]).toMatchObject({ isSkipped: false, result: 'SUCCEEDED', sequence: 0 })
  expect(await rig.east.refusal('GET', `/recovery-plans/${plan.id}/executions/none/report`)).toEqual([404, 'NotFound'])
})

test('shows a tenant its own plan only', async () => {
  await using rig = await startRig()
  const tenant = await rig.tenant()
  expect(await tenant.get('/recovery-plans')).toMatchObject({ total: 1, items: [{ displayName: 'First tier' }] })
  const foreign = await findPlan(rig, 'Whole')
  expect(await tenant.refusal('GET', `/recovery-plans/${foreign.id}`)).toEqual([404, 'NotFound'])
  expect(await tenant.refusal('POST', `/recovery-plans/${foreign.id}/chown`, {})).toEqual([403, 'Forbidden'])
  const given = await rig.east.send('POST', `/recovery-plans/${foreign.id}/chown`, { owner: 'Acme@cloud-west' })
  expect([given.status, given.body]).toMatchObject([200, { owner: 'Acme@cloud-west' }])
  await tenant.get(`/recovery-plans/${foreign.id}`)
  const own = await findPlan(rig, 'First')
  const refused = await tenant.refusal('POST', `/recovery-plans/${own.id}/test`, { validate: true })
  expect(refused).toEqual([401, 'RemoteAuthenticationFailure'])
})

test('makes, changes, orders and deletes plans and steps without tasks', async () => {
  await using rig = await startRig()
  const [group] = await rig.east.groups()
  const created = await rig.east.send<WirePlan>('POST', '/recovery-plans', { displayName: 'Mine', description: 'x' })
  expect([created.status, created.body]).toMatchObject([200, { owner: 'System@cloud-east', description: 'x' }])
  const base = `/recovery-plans/${created.body.id}`
  expect(await rig.east.refusal('POST', '/recovery-plans', { displayName: 'Mine' })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('POST', '/recovery-plans', {})).toEqual([400, 'BadRequest'])
  const add = async (name: string): Promise<WireStep> =>
    (await rig.east.send<WireStep>('POST', `${base}/steps`, { name, delay: 30_000, replications: [group?.id] })).body
  const first = await add('one')
  const second = await add('two')
  expect([first.sequence, second.sequence]).toEqual([0, 1])
  expect(await rig.east.refusal('POST', `${base}/steps`, { name: 'one' })).toEqual([400, 'BadUserInput'])
  expect(await rig.east.refusal('POST', `${base}/steps`, { name: 'x', replications: ['C4VAPP-no'] })).toEqual([
    400,
    'BadUserInput',
  ])
  await rig.east.send('POST', `${base}/steps/${second.id}/move?newSequence=0`)
  const ordered = await rig.east.get<readonly WireStep[]>(`${base}/steps`)
  expect(ordered.map(({ name, sequence }) => [name, sequence])).toEqual([
    ['two', 0],
    ['one', 1],
  ])
  await rig.east.send('PUT', `${base}/steps/${first.id}`, { name: 'last', prompt: 'Sure?' })
  expect(await rig.east.get(`${base}/steps/${first.id}`)).toMatchObject({
    name: 'last',
    prompt: 'Sure?',
    delay: 30_000,
    replications: [group?.id],
  })
  expect((await rig.east.send('DELETE', `${base}/steps/${second.id}`)).status).toBe(204)
  expect(await rig.east.get(`${base}/steps`)).toMatchObject([{ id: first.id }])
  await rig.east.send('PUT', base, { displayName: 'Renamed' })
  expect(await rig.east.get(base)).toMatchObject({ displayName: 'Renamed', description: 'x' })
  expect((await rig.east.send('DELETE', base)).status).toBe(204)
  expect(await rig.east.refusal('GET', base)).toEqual([404, 'NotFound'])
  expect(rig.simulator.world.tasks.list()).toEqual([])
})

test('runs a test step by step, waits for an answer between them, and cleans up', async () => {
  await using rig = await startRig()
  const { id } = await findPlan(rig, 'Whole')
  const path = `/recovery-plans/${id}`
  const task = await rig.east.act('POST', `${path}/test`, { validate: true })
  expect(task.workflowInfo).toEqual({
    type: 'failoverTest',
    resourceType: 'recoveryPlan',
    resourceId: id,
    resourceName: 'Whole region',
  })
  expect(await stateOf(rig, id)).toBe('RUNNING')
  expect(await rig.east.refusal('POST', `${path}/failover`, {})).toEqual([400, 'OperationInProgress'])
  expect(await rig.east.refusal('DELETE', path)).toEqual([400, 'OperationInProgress'])
  await pass(rig, 10 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({ state: 'RUNNING', progress: 33, endTime: -1 })
  await pass(rig, 30 * secondMs)
  const waiting = await rig.east.get<WirePlan>(path)
  const [first] = await rig.east.get<readonly WireStep[]>(`${path}/steps`)
  expect(waiting.executionInfo).toMatchObject({ state: 'SUSPENDED', promptStepId: first?.id })
  await pass(rig, 5 * minuteMs)
  expect(await stateOf(rig, id)).toBe('SUSPENDED')
  await rig.east.send('POST', `${path}/resume`)
  expect(await stateOf(rig, id)).toBe('RUNNING')
  await pass(rig, 10 * secondMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({
    state: 'SUCCEEDED',
    progress: 100,
    resultType: 'RecoveryPlanInfo',
    result: { id, executionInfo: { state: 'COMPLETE', lastOperation: 'TEST' } },
  })
  const report = await latestReport(rig, id)
  expect(report.executedSteps.map(({ waitedOnPrompt }) => waitedOnPrompt)).toEqual([5 * minuteMs, 0])
  const [recovery] = report.executedSteps[0]?.recoveryExecutions ?? []
  const [machine] = recovery?.vmRecoveryExecutions ?? []
  expect(machine?.recoveryState).toBe('TEST')
  expect(await rig.east.replication(machine?.replicationId ?? '')).toMatchObject({
    destinationState: { recoveryInfo: { recoveryState: 'TEST' } },
  })
  const cleanup = await rig.east.act('DELETE', `${path}/test`)
  for (const wait of [5, 30]) await pass(rig, wait * secondMs)
  await rig.east.send('POST', `${path}/resume`)
  await pass(rig, 5 * secondMs)
  expect(await rig.east.get(`/tasks/${cleanup.id}`)).toMatchObject({ state: 'SUCCEEDED' })
  expect(await stateOf(rig, id)).toBe('NOT_STARTED')
})

test('fails over a plan for good, and refuses to do it again', async () => {
  await using rig = await startRig()
  const { id } = await findPlan(rig, 'First')
  await rig.east.act('POST', `/recovery-plans/${id}/failover`)
  await pass(rig, 20 * secondMs)
  expect(await stateOf(rig, id)).toBe('COMPLETE')
  const [step] = await rig.east.get<readonly WireStep[]>(`/recovery-plans/${id}/steps`)
  expect(step).toMatchObject({ isRecovered: true, state: 'COMPLETE' })
  const again = await rig.east.refusal('POST', `/recovery-plans/${id}/migrate`, { validate: true })
  expect(again).toEqual([400, 'InvalidReplicationState'])
  const task = await rig.east.act('POST', `/recovery-plans/${id}/migrate`, { validate: false })
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({
    state: 'FAILED',
    error: { code: 'InvalidReplicationState' },
  })
  expect(await latestReport(rig, id)).toMatchObject({
    operation: 'MIGRATE',
    result: 'FAILED',
    error: { code: 'InvalidReplicationState' },
    executedSteps: [{ result: 'FAILED' }],
  })
})

test('undoes a step that fails and does not go on', async () => {
  await using rig = await startRig()
  const { id } = await findPlan(rig, 'Whole')
  rig.simulator.world.tasks.plan({ outcome: 'FAIL' })
  const task = await rig.east.act('POST', `/recovery-plans/${id}/failover`, { validate: true })
  await pass(rig, minuteMs)
  expect(await rig.east.get(`/tasks/${task.id}`)).toMatchObject({
    state: 'FAILED',
    error: { code: 'GeneralServerFailure' },
  })
  const report = await latestReport(rig, id)
  expect(report.executedSteps).toHaveLength(1)
  expect(report.notExecutedSteps).toHaveLength(1)
  const [group] = await rig.east.groups()
  expect(group?.vmReplications[0]?.destinationState.recoveryInfo).toEqual({ recoveryState: 'NOT_STARTED' })
})

test('stops after the step at hand when it is to be suspended, and skips what is no longer there', async () => {
  await using rig = await startRig()
  const groups = await rig.east.groups()
  const { body: plan } = await rig.east.send<WirePlan>('POST', '/recovery-plans', { displayName: 'Two' })
  const path = `/recovery-plans/${plan.id}`
  for (const [index, group] of [groups[0], groups[2]].entries()) {
    await rig.east.send('POST', `${path}/steps`, { name: `step ${index}`, replications: [group?.id] })
  }
  expect(await rig.east.refusal('POST', `${path}/suspend`)).toEqual([400, 'InvalidReplicationState'])
  await rig.east.act('POST', `${path}/failover`)
  expect((await rig.east.send('POST', `${path}/suspend`)).body).toMatchObject({
    executionInfo: { isSuspendRequested: true },
  })
  await pass(rig, 20 * secondMs)
  expect(await stateOf(rig, plan.id)).toBe('SUSPENDED')
  await rig.east.act('DELETE', `/vapp-replications/${groups[2]?.id}`)
  await pass(rig, minuteMs)
  await rig.east.send('POST', `${path}/resume`)
  await pass(rig, secondMs)
  const report = await latestReport(rig, plan.id)
  expect(report).toMatchObject({ result: 'SUCCEEDED', executedSteps: [{ isSkipped: false }, { isSkipped: true }] })
})

test('syncs the replications of a plan at its hour, unless the hour has been changed', async () => {
  await using rig = await startRig()
  const { id } = await findPlan(rig, 'First')
  const [group] = await rig.east.groups()
  const member = group?.vmReplications[0]?.id ?? ''
  const timeline = rig.simulator.world.replications.get(member)?.timeline
  const early = rig.clock.now() + minuteMs
  const late = rig.clock.now() + 2 * minuteMs
  await rig.east.send('PUT', `/recovery-plans/${id}`, { scheduledSyncTime: early })
  await rig.east.send('PUT', `/recovery-plans/${id}`, { scheduledSyncTime: late })
  await pass(rig, 4 * minuteMs)
  expect(timeline?.between(early, late)).toEqual([])
  expect(timeline?.between(late, late + minuteMs).map(({ at }) => at)).toContain(late + 12 * secondMs)
})
