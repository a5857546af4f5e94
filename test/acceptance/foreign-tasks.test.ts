import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseGlobalId } from '../../src/domain/global-id.ts'
import {
  ProtectionGroupsDocument,
  ReplicationsDocument,
  SitesDocument,
  TaskEventsDocument,
  TaskProgressDocument,
  TasksDocument,
  type Action,
  type TaskEventsSubscription,
  type TasksQuery,
  type Vendor,
} from '../generated/graphql.ts'
import type { Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type Task = TasksQuery['tasks']['nodes'][number]

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

const nativeIdOf = (id: string): string => {
  const key = parseGlobalId(id)
  if (key === null) throw new Error(`${id} is no id`)
  return key.nativeId
}

/** Native id of a group on which the action can be done. */
const findGroup = async (vendor: Vendor, action: Action): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const found = protectionGroups.nodes.find(
    (group) =>
      group.vendor === vendor && group.actions.some((verdict) => verdict.action === action && verdict.available),
  )
  if (found === undefined) throw new Error(`no group of ${vendor} can ${action}`)
  return nativeIdOf(found.id)
}

const post = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, { method: 'POST', ...init })
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`)
  return response
}

/** Does something to a group at its recovery site, as a person in the vendor's own interface does. */
const actAtZerto = async (groupId: string, action: string, body: object): Promise<void> => {
  const answers = gateway.zerto.sites.map(async ({ service, login }) => {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'zerto-client', ...login })
    const answer = await post(`${service.url}/auth/realms/zerto/protocol/openid-connect/token`, { body: form })
    const grant: unknown = await answer.json()
    if (typeof grant !== 'object' || grant === null || !('access_token' in grant)) throw new Error('no token')
    const headers = { authorization: `Bearer ${String(grant.access_token)}`, 'content-type': 'application/json' }
    return post(`${service.url}/v1/vpgs/${groupId}/${action}`, { headers, body: JSON.stringify(body) })
  })
  // Only one of the two sites takes it.
  await Promise.any(answers)
}

/** Starts to synchronise a replication at the first site. */
const syncAtVcda = async (replicationId: string): Promise<void> => {
  const [site] = gateway.vcda.sites
  if (site === undefined) throw new Error('no site')
  const { url } = site.service
  const login = { type: 'localUser', localUser: site.login.user, localPassword: site.login.password }
  const json = { 'content-type': 'application/json' }
  const session = await post(`${url}/sessions`, { headers: json, body: JSON.stringify(login) })
  const headers = { ...json, 'x-vcav-auth': session.headers.get('x-vcav-auth') ?? '' }
  await post(`${url}/vm-replications/${replicationId}/sync`, { headers, body: '{}' })
}

const listTasks = async (): Promise<readonly Task[]> => (await gateway.dataOf(TasksDocument, {})).tasks.nodes

const isTaskCall = ({ path }: { readonly path: string }): boolean => /\/tasks(\?|$)/.test(path)
const countTaskCalls = (): number => gateway.services.flatMap(({ exchanges }) => exchanges).filter(isTaskCall).length

type FeedTask = NonNullable<TaskEventsSubscription['taskEvents']['task']>

/** Turns time until there was an event for each of these tasks, in whatever order. */
const turnUntilAll = async (
  events: Subscription<TaskEventsSubscription>,
  wanted: readonly ((task: FeedTask) => boolean)[],
): Promise<readonly FeedTask[]> => {
  const told: FeedTask[] = []
  for (;;) {
    const { data } = await events.next()
    const task = data?.taskEvents.task ?? null
    if (task !== null) told.push(task)
    const found = wanted.flatMap((isIt) => told.find(isIt) ?? [])
    if (found.length === wanted.length) return found
    gateway.turn(30)
  }
}

describe('a task that was started in the vendor’s own interface', () => {
  it('is in the list with who started it, and can be followed to its end', async () => {
    // W5
    const groupId = await findGroup('ZERTO', 'FAILOVER')
    expect(await listTasks()).toEqual([])
    await actAtZerto(groupId, 'Failover', { CommitPolicy: 1, TimeToWaitBeforeShutdownInSec: 0 })
    const [task, ...others] = await listTasks()
    expect(others).toEqual([])
    expect(task).toMatchObject({ operation: 'FAILOVER', vendor: 'ZERTO', endedAt: null, request: null })

    await using events = gateway.watch(TaskProgressDocument, { id: task?.id ?? '' })
    for (let state = ''; state !== 'SUCCEEDED';) {
      gateway.turn(30)
      const { data, errors } = await events.next()
      expect(errors).toBeUndefined()
      state = data?.taskProgress.task?.state ?? state
      expect(['ACCEPTED', 'RUNNING', 'AWAITING_DECISION', 'SUCCEEDED']).toContain(state)
    }
    expect(await events.untilDone()).toEqual([])
    // Those that were sent here.
    expect(gateway.changes()).toHaveLength(gateway.zerto.sites.length)
  })

  it.each(['DUPLICATED', 'REVERSED'] as const)('is one task that never goes back where the list is %s', async (how) => {
    // N14
    for (const { service } of gateway.zerto.sites) {
      service.faults.add({ method: 'GET', path: /^\/v1\/tasks/, effect: { kind: 'DISORDER', how } })
    }
    const groupId = await findGroup('ZERTO', 'FAILOVER')
    await actAtZerto(groupId, 'Failover', { CommitPolicy: 1, TimeToWaitBeforeShutdownInSec: 0 })
    const [task] = await listTasks()
    await using events = gateway.watch(TaskProgressDocument, { id: task?.id ?? '' })
    const percents: number[] = []
    for (let endedAt: string | null = null; endedAt === null;) {
      gateway.turn(30)
      const { data } = await events.next()
      percents.push(data?.taskProgress.task?.progressPercent ?? 0)
      endedAt = data?.taskProgress.task?.endedAt ?? null
    }
    expect(percents).toEqual(percents.toSorted((one, other) => one - other))
    expect((await listTasks()).filter(({ operation }) => operation === 'FAILOVER')).toMatchObject([
      { id: task?.id, state: 'SUCCEEDED' },
    ])
  })

  it('comes to whoever watches all tasks, and so does the commit that a policy has fired', async () => {
    // W5
    const groupId = await findGroup('ZERTO', 'FAILOVER')
    await using events = gateway.watch(TaskEventsDocument, {})
    expect(await events.next()).toMatchObject({ data: { taskEvents: { kind: 'SNAPSHOT', task: null } } })
    await actAtZerto(groupId, 'Failover', { CommitPolicy: 1, TimeToWaitBeforeShutdownInSec: 0 })
    const [commit, ended] = await turnUntilAll(events, [
      ({ operation }) => operation === 'COMMIT_FAILOVER',
      ({ operation, endedAt }) => operation === 'FAILOVER' && endedAt !== null,
    ])
    expect(ended).toMatchObject({ state: 'SUCCEEDED', problem: null })
    const tasks = await listTasks()
    expect(tasks.map(({ operation }) => operation).sort()).toEqual(['COMMIT_FAILOVER', 'FAILOVER'])
    expect(tasks.map(({ id }) => id).sort()).toEqual([commit?.id ?? '', ended?.id ?? ''].sort())
  })

  it('is one task although both of two paired sites list it', async () => {
    // W5
    const { replications } = await gateway.dataOf(ReplicationsDocument, {
      first: 500,
      filter: { vendors: ['VCDA'], states: ['PROTECTED'], healths: ['HEALTHY'] },
    })
    await syncAtVcda(nativeIdOf(replications.nodes[0]?.id ?? ''))
    for (let number = 0; number < 3; number += 1) await listTasks()
    expect(await listTasks()).toMatchObject([{ operation: 'SYNC', vendor: 'VCDA' }])
    const asked = gateway.vcda.sites.map(({ service }) => service.exchanges.some(isTaskCall))
    expect(asked).toEqual([true, true])
  })
})

describe('what it costs the vendors', () => {
  it('is nothing while nobody watches and nobody asks for tasks', async () => {
    // W2
    const groupId = await findGroup('ZERTO', 'FAILOVER')
    await actAtZerto(groupId, 'Failover', { CommitPolicy: 2 })
    gateway.forget()
    for (let number = 0; number < 5; number += 1) {
      gateway.turn(30)
      await gateway.dataOf(SitesDocument, {})
    }
    expect(countTaskCalls()).toBe(0)
  })

  it('is nothing again when the last one who watched has left', async () => {
    // W2, W11
    {
      await using events = gateway.watch(TaskEventsDocument, {})
      await events.next()
      await gateway.dataOf(SitesDocument, {})
    }
    // Each of these takes longer than a round that was under way.
    for (let number = 0; number < 5; number += 1) await gateway.dataOf(SitesDocument, {})
    gateway.forget()
    for (let number = 0; number < 10; number += 1) await gateway.dataOf(SitesDocument, {})
    expect(countTaskCalls()).toBe(0)
  })
})
