import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../src/simulator/faults.ts'
import {
  FailoverDocument,
  PauseReplicationDocument,
  ProtectionGroupsDocument,
  TaskProgressDocument,
  type Action,
  type ProtectionGroupsQuery,
  type TaskOutcomeFragment,
  type TaskProgressSubscription,
  type Vendor,
} from '../generated/graphql.ts'
import { query, type Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Group = ProtectionGroupsQuery['protectionGroups']['nodes'][number]
type TaskEvent = TaskProgressSubscription['taskProgress']

const vendors = ['VCDA', 'ZERTO'] as const

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway({ callers: [{ name: 'other', scopes: ['dr:read', 'dr:recover'] }] })
})
afterEach(() => gateway[Symbol.asyncDispose]())

const listGroups = async (vendor: Vendor, action: Action): Promise<readonly Group[]> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  return protectionGroups.nodes.filter(
    (group) => group.vendor === vendor && group.actions.some((one) => one.action === action && one.available),
  )
}

const findGroup = async (vendor: Vendor, action: Action): Promise<Group> => {
  const [group] = await listGroups(vendor, action)
  if (group === undefined) throw new Error(`no group of ${vendor} can ${action}`)
  return group
}

const requireTask = (outcome: TaskOutcomeFragment): string => {
  if (outcome.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  return outcome.task.id
}

const untilEvent = async (
  events: Subscription<TaskProgressSubscription>,
  isIt: (event: TaskEvent) => boolean,
): Promise<TaskEvent> => {
  for (;;) {
    const { data } = await events.next()
    if (data?.taskProgress !== undefined && isIt(data.taskProgress)) return data.taskProgress
  }
}

const addToAll = (effect: FaultEffect): void => {
  const fault = { method: 'POST', path: /failover|pause/i, effect }
  for (const { faults } of gateway.services) faults.add(fault)
}

const whatIsKnown = async (id: string) => {
  const document = `query Known($id: ID!) {
    node(id: $id) { ... on Task {
      state vendorTaskId reconciliation { verdict evidence } problem { code message }
      request { idempotencyKey sent { method path } }
    } }
  }`
  const { body } = await query<{ node: Readonly<Record<string, unknown>> }>(gateway.url, document, { id })
  return body.data?.node
}

describe.each(vendors)('one key, of %s', (vendor) => {
  it('is one request at the vendor under 50 presses at once, with equal answers', async () => {
    // A1, C1
    const group = await findGroup(vendor, 'FAILOVER')
    const input = { targetId: group.id, idempotencyKey: 'the one', reason: 'fire' }
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => gateway.dataOf(FailoverDocument, { input })))
    const ids = outcomes.map(({ failover }) => requireTask(failover))
    expect(new Set(ids).size).toBe(1)
    const fresh = outcomes.filter(({ failover }) => failover.__typename === 'TaskStarted' && !failover.replayed)
    expect(fresh).toHaveLength(1)
    expect(gateway.changes()).toHaveLength(1)
  })

  it('is refused for another input, and is another key for another caller', async () => {
    // C2
    const [group, second] = await listGroups(vendor, 'FAILOVER')
    if (group === undefined || second === undefined) throw new Error('two groups are needed')
    const input = { targetId: group.id, idempotencyKey: 'k' }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    const again = await gateway.dataOf(FailoverDocument, { input: { ...input, targetId: second.id } })
    requireTask(failover)
    expect(again.failover).toMatchObject({ __typename: 'IdempotencyMismatch' })
    const other = await gateway.ask(FailoverDocument, { input: { ...input, targetId: second.id } }, 'other')
    expect(other.data?.failover).toMatchObject({ __typename: 'TaskStarted', replayed: false })
    expect(gateway.changes()).toHaveLength(2)
  })

  it('sends one request when one document asks twice', async () => {
    // D5
    const group = await findGroup(vendor, 'FAILOVER')
    const document = `mutation Twice($input: FailoverInput!) {
      one: failover(input: $input) { ... on TaskStarted { task { id } replayed } }
      two: failover(input: $input) { ... on TaskStarted { task { id } replayed } }
    }`
    const { body } = await query(gateway.url, document, { input: { targetId: group.id, idempotencyKey: 'k' } })
    expect(body.errors).toBeUndefined()
    expect(body.data).toMatchObject({ one: { replayed: false }, two: { replayed: true } })
    expect(gateway.changes()).toHaveLength(1)
  })

  it('of another press on a busy target is refused, and names the task', async () => {
    // C3
    const group = await findGroup(vendor, 'FAILOVER')
    const { failover } = await gateway.dataOf(FailoverDocument, { input: { targetId: group.id, idempotencyKey: 'a' } })
    const second = await gateway.dataOf(FailoverDocument, { input: { targetId: group.id, idempotencyKey: 'b' } })
    expect(second.failover).toMatchObject({ __typename: 'InvalidState' })
    expect(gateway.changes()).toHaveLength(1)
    requireTask(failover)
  })
})

describe.each(vendors)('an answer of %s that is lost', (vendor) => {
  it.each<[string, FaultEffect]>([
    ['cut off', { kind: 'RESET_AFTER' }],
    ['half of it', { kind: 'TRUNCATED_BODY' }],
    ['nonsense', { kind: 'MALFORMED_BODY' }],
  ])('is found again at the vendor, and nothing is sent twice: %s', async (_how, effect) => {
    // N8, A2
    const group = await findGroup(vendor, 'FAILOVER')
    addToAll(effect)
    const input = { targetId: group.id, idempotencyKey: 'lost' }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    const id = requireTask(failover)
    await using events = gateway.watch(TaskProgressDocument, { id })
    await untilEvent(events, ({ task }) => task.state !== 'OUTCOME_UNKNOWN')
    expect(await whatIsKnown(id)).toMatchObject({
      reconciliation: { verdict: 'ADOPTED', evidence: expect.arrayContaining([expect.any(String)]) },
      problem: null,
    })
    expect(await gateway.dataOf(FailoverDocument, { input })).toMatchObject({ failover: { replayed: true } })
    expect(gateway.changes()).toHaveLength(1)
  })

  it('is settled as not happened where the vendor never took it, and a new key may do it', async () => {
    // N8, A2
    const group = await findGroup(vendor, 'PAUSE')
    for (const { faults } of gateway.services) {
      faults.add({ method: 'POST', path: /pause/i, times: 1, effect: { kind: 'ANSWER', status: 502, body: '' } })
    }
    const input = { targetId: group.id, idempotencyKey: 'lost' }
    const { pauseReplication } = await gateway.dataOf(PauseReplicationDocument, { input })
    const id = requireTask(pauseReplication)
    await using events = gateway.watch(TaskProgressDocument, { id })
    await untilEvent(events, ({ task }) => task.state === 'FAILED')
    expect(await whatIsKnown(id)).toMatchObject({ reconciliation: { verdict: 'DID_NOT_HAPPEN' }, vendorTaskId: null })
    const again = await gateway.dataOf(PauseReplicationDocument, { input })
    expect(again.pauseReplication).toMatchObject({ __typename: 'VendorProblem' })
    const anew = await gateway.dataOf(PauseReplicationDocument, { input: { ...input, idempotencyKey: 'anew' } })
    requireTask(anew.pauseReplication)
    expect(gateway.changes()).toHaveLength(2)
  })
})

describe('a decision that the vendor takes by itself', () => {
  it('has a deadline that everybody can see, and arrives as an event', async () => {
    const group = await findGroup('ZERTO', 'FAILOVER')
    const zerto = { commitPolicy: 'ROLLBACK', commitAfterSeconds: 600 } as const
    const input = { targetId: group.id, idempotencyKey: 'f', zerto }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    await using events = gateway.watch(TaskProgressDocument, { id: requireTask(failover) })
    const until = async (isIt: (event: TaskEvent) => boolean, seconds: number): Promise<TaskEvent> => {
      for (;;) {
        gateway.turnAll(seconds)
        const { data } = await events.next()
        if (data?.taskProgress !== undefined && isIt(data.taskProgress)) return data.taskProgress
      }
    }
    // In small steps: the gateway reckons from when it first saw it wait, and the vendor from when it began to.
    const waiting = await until(({ task }) => task.state === 'AWAITING_DECISION', 5)
    const document = `query Deadline($id: ID!) {
      node(id: $id) { ... on ProtectionGroup { recovery { phase since commitPolicy autoDecisionAt } } }
    }`
    const { body } = await query<{
      node: { recovery: { since: string; autoDecisionAt: string } }
    }>(gateway.url, document, { id: group.id })
    const recovery = body.data?.node.recovery
    expect(recovery).toMatchObject({ phase: 'AWAITING_COMMIT', commitPolicy: 'ROLLBACK' })
    const waitMs = new Date(recovery?.autoDecisionAt ?? 0).getTime() - new Date(recovery?.since ?? 0).getTime()
    expect(waitMs).toBe(600_000)
    expect(waiting.task.endedAt).toBeNull()
    // Time must not jump past the decision under a poll that is on its way: it would tell of it as of before.
    gateway.turnAll(590)
    const asked = gateway.countRequests()
    await expect.poll(() => gateway.countRequests()).toBeGreaterThan(asked + 4)
    const ended = await until(({ task }) => task.endedAt !== null, 20)
    expect(ended.task.state).toBe('CANCELLED')
    expect(ended.task.stage).toMatch(/policy/)
    expect(gateway.changes()).toHaveLength(1)
  })
})
