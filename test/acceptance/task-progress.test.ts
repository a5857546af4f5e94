import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  FailoverDocument,
  ProtectionGroupsDocument,
  TaskProgressDocument,
  TasksDocument,
  type TaskProgressSubscription,
} from '../generated/graphql.ts'
import { openSocket, type Subscription } from '../support/graphql-client.ts'
import { pollIntervalMs, startGateway, type TestGateway } from '../support/start-gateway.ts'

type Events = Subscription<TaskProgressSubscription>
type TaskEvent = TaskProgressSubscription['taskProgress']

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

/** Starts a failover that decides by itself at once, so that it comes to its end without anybody's help. */
const startFailover = async (): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const input = { targetId: group?.id ?? '', idempotencyKey: 'f', zerto }
  const { failover } = await gateway.dataOf(FailoverDocument, { input })
  if (failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(failover))
  return failover.task.id
}

const nextEvent = async (events: Events): Promise<TaskEvent> => {
  const { data, errors } = await events.next()
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors))
  return data.taskProgress
}

/** Turns time until the subscription has ended; gives every event that came. */
const turnToEnd = async (events: Events): Promise<readonly TaskEvent[]> => {
  const seen: TaskEvent[] = []
  do {
    gateway.turn(30)
    seen.push(await nextEvent(events))
  } while (seen.at(-1)?.task.endedAt === null)
  expect(await events.untilDone()).toEqual([])
  return seen
}

describe('taskProgress', () => {
  // W1
  it('begins with the present state, tells every change, and completes when the task is final', async () => {
    const id = await startFailover()
    await using events = gateway.watch(TaskProgressDocument, { id })
    const first = await nextEvent(events)
    expect(first).toMatchObject({ kind: 'SNAPSHOT', task: { id, operation: 'FAILOVER' } })
    const rest = await turnToEnd(events)
    expect(rest.every(({ kind }) => kind === 'PROGRESS' || kind === 'STATE_CHANGE')).toBe(true)
    expect(rest.at(-1)?.task).toMatchObject({ state: 'SUCCEEDED', problem: null })
    const percents = rest.flatMap(({ task }) => task.progressPercent ?? [])
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
  })

  it('shows a late subscriber the end, and completes at once', async () => {
    const id = await startFailover()
    {
      await using events = gateway.watch(TaskProgressDocument, { id })
      await turnToEnd(events)
    }
    await using late = gateway.watch(TaskProgressDocument, { id })
    expect(await nextEvent(late)).toMatchObject({ kind: 'SNAPSHOT', task: { state: 'SUCCEEDED' } })
    expect(await late.untilDone()).toEqual([])
  })

  // W2
  it('costs the vendor one poll at a time, also with fifty watchers', async () => {
    const id = await startFailover()
    const watchers = Array.from({ length: 50 }, () => gateway.watch(TaskProgressDocument, { id }))
    await Promise.all(watchers.map(nextEvent))
    gateway.forget()
    const startedAt = performance.now()
    const [one] = watchers
    if (one === undefined) throw new Error('nobody watches')
    const last = (await turnToEnd(one)).at(-1)
    const pollsAllowed = (performance.now() - startedAt) / (pollIntervalMs - 1) + 2
    const polls = gateway.services.flatMap(({ exchanges }) => exchanges).filter(({ path }) => path === '/v1/tasks')
    expect(polls.length).toBeGreaterThan(0)
    expect(polls.length).toBeLessThan(pollsAllowed)
    for (const watcher of watchers.slice(1)) {
      const events = await watcher.untilDone()
      expect(events.at(-1)?.data?.taskProgress.cursor).toBe(last?.cursor)
      await watcher[Symbol.asyncDispose]()
    }
  })

  // W3, W5
  it('goes on after a restart of the gateway, and resumes behind a cursor without a gap or a double', async () => {
    const id = await startFailover()
    await using before = gateway.watch(TaskProgressDocument, { id })
    await nextEvent(before)
    gateway.turn(2)
    const seen = await nextEvent(before)
    await gateway.restart()
    await using whole = gateway.watch(TaskProgressDocument, { id })
    expect((await nextEvent(whole)).kind).toBe('SNAPSHOT')
    const live = await turnToEnd(whole)
    expect(live.at(-1)?.task.state).toBe('SUCCEEDED')
    await using resumed = gateway.watch(TaskProgressDocument, { id, after: seen.cursor })
    const missed = (await resumed.untilDone()).flatMap(({ data }) => data?.taskProgress ?? [])
    expect(missed.map(({ cursor }) => cursor)).toEqual([...new Set(missed.map(({ cursor }) => cursor))])
    expect(missed.map(({ cursor }) => cursor)).toEqual(expect.arrayContaining(live.map(({ cursor }) => cursor)))
    expect(missed.some(({ cursor }) => cursor === seen.cursor)).toBe(false)
  })

  it.each([
    ['an id of nothing', 'bm9uc2Vuc2U'],
    ['the id of another kind', Buffer.from('Site:VCDA:site1').toString('base64url')],
    ['a task that nobody started', Buffer.from('Task:VCDA:00000000').toString('base64url')],
  ])('answers %s with one error, and the other subscriptions of the socket live on', async (_what, id) => {
    await using socket = openSocket(gateway.url)
    const taskId = await startFailover()
    await using good = socket.subscribe<TaskProgressSubscription>(TaskProgressDocument.toString(), { id: taskId })
    await nextEvent(good)
    await using bad = socket.subscribe(TaskProgressDocument.toString(), { id })
    expect(await bad.next()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    expect(await bad.untilDone()).toEqual([])
    expect((await turnToEnd(good)).at(-1)?.task.state).toBe('SUCCEEDED')
  })

  it('is not asked of the vendor while nothing runs', async () => {
    const id = await startFailover()
    await using events = gateway.watch(TaskProgressDocument, { id })
    await turnToEnd(events)
    gateway.forget()
    await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    expect(gateway.services.flatMap(({ exchanges }) => exchanges).filter(({ path }) => path.includes('tasks'))).toEqual(
      [],
    )
  })
})

describe('tasks', () => {
  it('lists what was started here, with what was asked and what was sent', async () => {
    const id = await startFailover()
    const { tasks } = await gateway.dataOf(TasksDocument, { filter: { operations: ['FAILOVER'] } })
    expect(tasks).toMatchObject({ totalCount: 1, nodes: [{ id, operation: 'FAILOVER', vendor: 'ZERTO' }] })
    const [task] = tasks.nodes
    expect(task?.request?.requestedBy).toBe('tester')
    expect(task?.request?.sent[0]?.path).toMatch(/^\/v1\/vpgs\/[\w-]+\/Failover$/)
    // A4
    expect(task?.request?.sent).toEqual([
      {
        method: 'POST',
        path: task?.request?.sent[0]?.path,
        body: {
          CommitPolicy: 1,
          ShutdownPolicy: 0,
          TimeToWaitBeforeShutdownInSec: 0,
          IsReverseProtection: false,
          VmIdentifiers: [],
        },
      },
    ])
    expect((await gateway.dataOf(TasksDocument, { filter: { operations: ['MOVE'] } })).tasks.totalCount).toBe(0)
  })
})
