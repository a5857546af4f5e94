import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  CommitFailoverDocument,
  FailoverDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  ReplicationsDocument,
  RollbackFailoverDocument,
  SitesDocument,
  StartReplicationDocument,
  TaskProgressDocument,
  TestFailoverDocument,
  EndTestFailoverDocument,
  type Action,
  type ProtectionGroupsQuery,
  type TaskOutcomeFragment,
  type TaskProgressSubscription,
  type Vendor,
} from '../generated/graphql.ts'
import type { Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Group = ProtectionGroupsQuery['protectionGroups']['nodes'][number]
type TaskEvent = TaskProgressSubscription['taskProgress']

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

const findGroup = async (vendor: Vendor, action: Action): Promise<Group> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const found = protectionGroups.nodes.find(
    (group) =>
      group.vendor === vendor && group.actions.some((verdict) => verdict.action === action && verdict.available),
  )
  if (found === undefined) throw new Error(`no group of ${vendor} can ${action}`)
  return found
}

const requireTask = (outcome: TaskOutcomeFragment): string => {
  if (outcome.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  return outcome.task.id
}

/** Turns time on, half a minute at a time, until an event of the subscription satisfies the test. */
const turnUntil = async (
  events: Subscription<TaskProgressSubscription>,
  isIt: (event: TaskEvent) => boolean,
): Promise<TaskEvent> => {
  for (;;) {
    gateway.turn(30)
    const { data } = await events.next()
    if (data?.taskProgress !== undefined && isIt(data.taskProgress)) return data.taskProgress
  }
}

describe('a failover with a commit stage', () => {
  it('runs to AWAITING_DECISION, is committed, and both tasks succeed', async () => {
    const group = await findGroup('ZERTO', 'FAILOVER')
    const input = { targetId: group.id, idempotencyKey: 'failover-1', reason: 'the roof is leaking' }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    const failoverId = requireTask(failover)
    await using events = gateway.watch(TaskProgressDocument, { id: failoverId })
    const first = (await events.next()).data?.taskProgress
    expect(first?.kind).toBe('SNAPSHOT')
    const waiting = await turnUntil(events, ({ task }) => task.state === 'AWAITING_DECISION')
    expect(waiting.task.stage).toContain('commit')

    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    expect(protectionGroups.nodes.find(({ id }) => id === group.id)?.state).toBe('AWAITING_COMMIT')
    const { commitFailover } = await gateway.dataOf(CommitFailoverDocument, {
      input: { targetId: group.id, idempotencyKey: 'commit-1' },
    })
    await using commits = gateway.watch(TaskProgressDocument, { id: requireTask(commitFailover) })
    await commits.next()
    expect((await turnUntil(commits, ({ task }) => task.state === 'SUCCEEDED')).task.operation).toBe('COMMIT_FAILOVER')
    await turnUntil(events, ({ task }) => task.state === 'SUCCEEDED')
    expect(await events.untilDone()).toEqual([])

    const states = gateway.changes().map(({ path, body }) => [path.split('/').at(-1), JSON.parse(body)])
    expect(states).toEqual([
      ['Failover', expect.objectContaining({ CommitPolicy: 2, ShutdownPolicy: 0, IsReverseProtection: false })],
      ['FailoverCommit', { IsReverseProtection: false }],
    ])
  })

  it('is taken back by a rollback, and the failover ends as CANCELLED', async () => {
    const group = await findGroup('ZERTO', 'FAILOVER')
    const { failover } = await gateway.dataOf(FailoverDocument, { input: { targetId: group.id, idempotencyKey: 'f' } })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(failover) })
    await turnUntil(events, ({ task }) => task.state === 'AWAITING_DECISION')
    const { rollbackFailover } = await gateway.dataOf(RollbackFailoverDocument, {
      input: { targetId: group.id, idempotencyKey: 'r' },
    })
    await using rollback = gateway.watch(TaskProgressDocument, { id: requireTask(rollbackFailover) })
    await turnUntil(rollback, ({ task }) => task.state === 'SUCCEEDED')
    expect((await turnUntil(events, ({ task }) => task.endedAt !== null)).task.state).toBe('CANCELLED')
  })

  it('decides by itself when its policy says so, and nobody sends a commit', async () => {
    const group = await findGroup('ZERTO', 'FAILOVER')
    const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 300 } as const
    const { failover } = await gateway.dataOf(FailoverDocument, {
      input: { targetId: group.id, idempotencyKey: 'f', zerto },
    })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(failover) })
    await turnUntil(events, ({ task }) => task.state === 'AWAITING_DECISION')
    gateway.turn(300)
    await turnUntil(events, ({ task }) => task.state === 'SUCCEEDED')
    expect(gateway.changes()).toHaveLength(1)
  })
})

describe('a failover that is final at once', () => {
  it('runs to its end on a single replication, and can be reversed only then', async () => {
    const { replications } = await gateway.dataOf(ReplicationsDocument, {
      first: 500,
      filter: { vendors: ['VCDA'], states: ['PROTECTED'], healths: ['HEALTHY'] },
    })
    const alone = replications.nodes.find(({ group, purpose }) => group === null && purpose === 'PROTECTION')
    if (alone === undefined) throw new Error('no machine is replicated alone')
    const { failover } = await gateway.dataOf(FailoverDocument, { input: { targetId: alone.id, idempotencyKey: 'f' } })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(failover) })
    await turnUntil(events, ({ task }) => task.state === 'SUCCEEDED')
    const after = await gateway.dataOf(ReplicationsDocument, { first: 500, filter: { states: ['RECOVERED'] } })
    expect(after.replications.nodes.map(({ id }) => id)).toContain(alone.id)
  })
})

describe('a test failover', () => {
  it.each([
    ['VCDA', {}],
    ['ZERTO', { wasSuccessful: true, summary: 'all came up' }],
  ] as const)('starts and ends on a group of %s', async (vendor, verdict) => {
    const group = await findGroup(vendor, 'TEST_FAILOVER')
    const { testFailover } = await gateway.dataOf(TestFailoverDocument, {
      input: { targetId: group.id, idempotencyKey: 't' },
    })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(testFailover) })
    await turnUntil(events, ({ task }) => task.state === 'SUCCEEDED')
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    expect(protectionGroups.nodes.find(({ id }) => id === group.id)?.recovery.isTestRunning).toBe(true)
    const { endTestFailover } = await gateway.dataOf(EndTestFailoverDocument, {
      input: { targetId: group.id, idempotencyKey: 'e', ...verdict },
    })
    await using end = gateway.watch(TaskProgressDocument, { id: requireTask(endTestFailover) })
    await turnUntil(end, ({ task }) => task.state === 'SUCCEEDED')
  })
})

describe('a start', () => {
  it('brings a machine of the cloud under protection', async () => {
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const [first] = gateway.vcda.sites
    const site = sites.find(({ name }) => name === first?.name)
    const world = gateway.vcda.world
    const vm = [...world.vms.values()].find(({ name, site: at }) => name.startsWith('sandbox') && at === first?.name)
    const other = gateway.vcda.sites[1]?.name ?? ''
    const vdc = [...world.vdcs.values()].find((candidate) => candidate.site === other && candidate.org === vm?.org)
    const { startReplication } = await gateway.dataOf(StartReplicationDocument, {
      input: {
        siteId: site?.id ?? '',
        idempotencyKey: 's',
        rpoSeconds: 900,
        work: {
          vcdaVm: {
            sourceSiteName: first?.name ?? '',
            vmId: vm?.id ?? '',
            destination: { siteName: other, vdcId: vdc?.id ?? '' },
          },
        },
      },
    })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(startReplication) })
    const done = await turnUntil(events, ({ task }) => task.state === 'SUCCEEDED')
    expect(done.task.targetName).toBe(vm?.name)
    const { replications } = await gateway.dataOf(ReplicationsDocument, {
      first: 500,
      filter: { text: vm?.name ?? '' },
    })
    expect(replications.nodes[0]?.state).toMatch(/INITIALIZING|SYNCING|PROTECTED/)
  })
})

describe('the same key', () => {
  it('answers with the first task after a restart too', async () => {
    const group = await findGroup('ZERTO', 'PAUSE')
    const input = { targetId: group.id, idempotencyKey: 'key' }
    const id = requireTask((await gateway.dataOf(PauseReplicationDocument, { input })).pauseReplication)
    await gateway.restart()
    const again = (await gateway.dataOf(PauseReplicationDocument, { input })).pauseReplication
    expect(again).toMatchObject({ __typename: 'TaskStarted', replayed: true, task: { id } })
    expect(gateway.changes()).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  // A2, N8
  it.each([
    ['ZERTO', 'the line breaks after the request', { kind: 'RESET_AFTER' }],
    ['VCDA', 'the line breaks after the request', { kind: 'RESET_AFTER' }],
    ['VCDA', 'the site answers 502', { kind: 'ANSWER', status: 502, body: 'bad gateway' }],
    ['ZERTO', 'the site answers nonsense', { kind: 'ANSWER', status: 200, body: '<html>' }],
  ] as const)('of %s, because %s, is OUTCOME_UNKNOWN and is not sent again', async (vendor, _why, effect) => {
    const group = await findGroup(vendor, 'FAILOVER')
    gateway.forget()
    for (const { faults } of gateway.services) faults.add({ method: 'POST', path: /failover$/i, effect })
    const input = { targetId: group.id, idempotencyKey: 'lost' }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    expect(failover).toMatchObject({ __typename: 'TaskStarted', task: { state: 'OUTCOME_UNKNOWN' } })
    const again = (await gateway.dataOf(FailoverDocument, { input })).failover
    expect(again).toMatchObject({ __typename: 'TaskStarted', replayed: true, task: { state: 'OUTCOME_UNKNOWN' } })
    const other = await gateway.dataOf(FailoverDocument, { input: { ...input, idempotencyKey: 'other' } })
    expect(other.failover.__typename).toBe('InvalidState')
    expect(gateway.changes()).toHaveLength(1)
  })

  it('before anything could reach the vendor leaves the key free', async () => {
    const group = await findGroup('ZERTO', 'PAUSE')
    const input = { targetId: group.id, idempotencyKey: 'free' }
    const urls = gateway.zerto.sites.map(({ service }) => service)
    for (const service of urls) await service[Symbol.asyncDispose]()
    const { pauseReplication } = await gateway.dataOf(PauseReplicationDocument, { input })
    expect(pauseReplication).toMatchObject({ __typename: 'VendorProblem', code: 'VENDOR_UNAVAILABLE' })
  })
})
