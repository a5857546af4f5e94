import { createClient } from 'graphql-sse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  FailoverDocument,
  ProtectionGroupsDocument,
  TaskEventsDocument,
  TaskProgressDocument,
  type TaskEventsSubscription,
} from '../generated/graphql.ts'
import { openSocket, type Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

type TaskFeedEvent = TaskEventsSubscription['taskEvents']
type Events = Subscription<TaskEventsSubscription>

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway[Symbol.asyncDispose]())

/** Starts a failover of one of the groups, which decides by itself at once. */
const startFailover = async (number: number): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const able = protectionGroups.nodes.filter(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const input = { targetId: able[number]?.id ?? '', idempotencyKey: `f${number}`, zerto }
  const { failover } = await gateway.dataOf(FailoverDocument, { input })
  if (failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(failover))
  return failover.task.id
}

const nextEvent = async (events: Events): Promise<TaskFeedEvent> => {
  const { data, errors } = await events.next()
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors))
  return data.taskEvents
}

/** Turns time until every one of the tasks has ended; gives every event that came. */
const turnToEnd = async (events: Events, ids: readonly string[]): Promise<readonly TaskFeedEvent[]> => {
  const seen: TaskFeedEvent[] = []
  const open = new Set(ids)
  while (open.size > 0) {
    gateway.turn(30)
    const event = await nextEvent(events)
    seen.push(event)
    if (event.task !== null && event.task.endedAt !== null) open.delete(event.task.id)
  }
  return seen
}

const toStates = (events: readonly TaskFeedEvent[]): readonly string[] =>
  events.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor, task }) => `${cursor} ${task?.id} ${task?.state}`)

/** One subscription as server-sent events, read as they are on the wire. */
const openEventStream = async (variables: object, headers: Readonly<Record<string, string>> = {}) => {
  const leaving = new AbortController()
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query: TaskEventsDocument.toString(), variables }),
    signal: leaving.signal,
  })
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    leave: () => leaving.abort(),
    /** The next event, comments left out. */
    next: async (): Promise<string> => {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const event = text.slice(0, end)
          text = text.slice(end + 2)
          if (!event.startsWith(':')) return event
          continue
        }
        const { done, value } = await reader.read()
        if (done) throw new Error('The stream has ended')
        text += value
      }
    },
  }
}

describe('taskEvents', () => {
  it('begins with every task that is open, and tells what becomes of all of them', async () => {
    // W1, W5
    const first = await startFailover(0)
    const second = await startFailover(1)
    await using events = gateway.watch(TaskEventsDocument, {})
    const snapshots = [await nextEvent(events), await nextEvent(events)]
    expect(snapshots.map(({ kind, task }) => `${kind} ${task?.id}`).toSorted()).toEqual(
      [`SNAPSHOT ${first}`, `SNAPSHOT ${second}`].toSorted(),
    )
    const seen = await turnToEnd(events, [first, second])
    expect(seen.findLast(({ task }) => task?.id === first)?.task?.state).toBe('SUCCEEDED')
    expect(seen.findLast(({ task }) => task?.id === second)?.task?.state).toBe('SUCCEEDED')
  })

  it('resumes at every event over a restart of the gateway, over WebSocket and SSE, with no gap and no double', async () => {
    // W3, W6, W8
    await using events = gateway.watch(TaskEventsDocument, {})
    const begin = await nextEvent(events)
    expect([begin.kind, begin.task]).toEqual(['SNAPSHOT', null])
    const seen = await turnToEnd(events, [await startFailover(0), await startFailover(1)])
    await gateway.restart()
    await using whole = gateway.watch(TaskEventsDocument, { after: begin.cursor })
    const all: TaskFeedEvent[] = []
    while (all.at(-1)?.cursor !== seen.at(-1)?.cursor) all.push(await nextEvent(whole))
    expect(toStates(all)).toEqual(toStates(seen))
    for (const [index, { cursor }] of all.entries()) {
      const rest = all.slice(index + 1).map((event) => event.cursor)
      await using resumed = gateway.watch(TaskEventsDocument, { after: cursor })
      const bySocket: string[] = []
      while (bySocket.length < rest.length) bySocket.push((await nextEvent(resumed)).cursor)
      expect(bySocket).toEqual(rest)
      // The newest word on what the client has seen is the header, as a browser sends it with the first `after` again.
      const stream = await openEventStream({ after: begin.cursor }, { 'last-event-id': cursor })
      const byStream: string[] = []
      while (byStream.length < rest.length)
        byStream.push(/^id: (?<id>.+)$/m.exec(await stream.next())?.groups?.['id'] ?? '')
      expect(byStream).toEqual(rest)
      stream.leave()
    }
  })

  it('refuses a cursor of something else with one error, and the socket lives on', async () => {
    // W10
    await using socket = openSocket(gateway.url)
    await using good = socket.subscribe<TaskEventsSubscription>(TaskEventsDocument.toString())
    expect((await nextEvent(good)).kind).toBe('SNAPSHOT')
    for (const after of ['nonsense', 'p1.1', 'e1.zzzz']) {
      await using bad = socket.subscribe(TaskEventsDocument.toString(), { after })
      expect((await bad.next()).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
    const id = await startFailover(0)
    expect((await turnToEnd(good, [id])).at(-1)?.task?.state).toBe('SUCCEEDED')
  })
})

describe('the same as server-sent events', () => {
  it('carries the cursor as id, and what the documents of graphql-sse say of distinct connections', async () => {
    // W6
    const stream = await openEventStream({})
    expect([stream.status, stream.contentType]).toEqual([200, 'text/event-stream'])
    const [id, event, data] = (await stream.next()).split('\n')
    expect(event).toBe('event: next')
    const result: unknown = JSON.parse(data?.slice('data: '.length) ?? '')
    expect(result).toMatchObject({ data: { taskEvents: { cursor: id?.slice('id: '.length), kind: 'SNAPSHOT' } } })
    stream.leave()
  })

  it('serves the graphql-sse client to the end of a task', async () => {
    // W6
    const id = await startFailover(0)
    const client = createClient({ url: gateway.url, retryAttempts: 0 })
    const states: unknown[] = []
    const done = new Promise<void>((resolve, reject) => {
      client.subscribe<{ readonly taskProgress: { readonly task: { readonly state: string } } }>(
        { query: TaskProgressDocument.toString(), variables: { id } },
        {
          next: ({ data }) => {
            states.push(data?.taskProgress.task.state)
            gateway.turn(60)
          },
          error: reject,
          complete: resolve,
        },
      )
    })
    await done
    client.dispose()
    expect(states.at(-1)).toBe('SUCCEEDED')
  })

  it('answers a syntax error, an unknown field and an unknown task as itself', async () => {
    // W6, W10
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' }
    const ask = async (query: string): Promise<string> => {
      const response = await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return response.text()
    }
    expect(await ask('subscription {')).toContain('Syntax Error')
    expect(await ask('subscription { nothing }')).toContain('Cannot query field')
    expect(await ask('subscription { taskProgress(id: "x") { cursor } }')).toContain('NOT_FOUND')
  })
})
