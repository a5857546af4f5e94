import { describe, expect, it } from 'vitest'
import { scopes } from '../../src/domain/viewer.ts'
import {
  createGatewayClient,
  GatewayError,
  type Connection,
  type GatewayClient,
} from '../../src/client/gateway-client.ts'
import { createMemoryStorage } from '../../src/client/idempotency-keys.ts'
import { startCuttableProxy } from '../clients/cuttable-proxy.ts'
import {
  FailoverDocument,
  ProtectionGroupsDocument,
  SyncReplicationDocument,
  TaskProgressDocument,
  ViewerDocument,
  type TaskProgressSubscription,
} from '../generated/graphql.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { startTokenIssuer } from '../support/token-issuer.ts'

type Event = TaskProgressSubscription['taskProgress']

const findGroup = async (gateway: TestGateway, vendor: string, wanted: string): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(
    (node) => node.vendor === vendor && node.actions.some(({ action, available }) => action === wanted && available),
  )
  if (group === undefined) throw new Error(`No group can ${wanted}`)
  return group.id
}

/** Starts a failover that decides by itself at once, so that it comes to its end without anybody's help. */
const startFailover = async (gateway: TestGateway): Promise<string> => {
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const { failover } = await gateway.dataOf(FailoverDocument, {
    input: { targetId: await findGroup(gateway, 'ZERTO', 'FAILOVER'), idempotencyKey: 'f', zerto },
  })
  if (failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(failover))
  return failover.task.id
}

const watchToEnd = async (
  client: GatewayClient,
  gateway: TestGateway,
  id: string,
  disturb: () => void | Promise<void>,
): Promise<readonly Event[]> => {
  const events: Event[] = []
  const time = setInterval(() => gateway.turn(1), 50)
  try {
    for await (const { taskProgress } of client.watch(TaskProgressDocument, { id })) {
      events.push(taskProgress)
      await disturb()
    }
  } finally {
    clearInterval(time)
  }
  return events
}

/** W3, W8: one snapshot, no event twice, no change of state left out. */
const expectWhole = async (gateway: TestGateway, id: string, events: readonly Event[]): Promise<void> => {
  const [first] = events
  expect(events.filter(({ kind }) => kind === 'SNAPSHOT')).toEqual([first])
  expect(events.filter(({ kind }) => kind === 'DRAINING')).toEqual([])
  const cursors = events.map(({ cursor }) => cursor)
  expect(cursors).toEqual([...new Set(cursors)])
  await using rest = gateway.watch(TaskProgressDocument, { id, after: first?.cursor ?? '' })
  const told = (await rest.untilDone()).flatMap(({ data }) => data?.taskProgress ?? [])
  const changesOf = (all: readonly Event[]): readonly string[] =>
    all.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor }) => cursor)
  expect(changesOf(told).length).toBeGreaterThan(0)
  expect(changesOf(events)).toEqual(changesOf(told))
}

const failureOf = async (attempt: Promise<unknown>): Promise<unknown> => {
  try {
    await attempt
  } catch (error) {
    return error
  }
  throw new Error('It has not failed')
}

/** Sends, and loses the answer. */
const losing: typeof fetch = async (input, init) => {
  await fetch(input, init)
  throw new TypeError('fetch failed')
}

const answering = (response: () => Response): GatewayClient =>
  createGatewayClient({ url: 'http://127.0.0.1:9/graphql', fetch: async () => response() })

describe('watching', () => {
  it('tells each event once when the socket is cut after every one of them', async () => {
    await using gateway = await startGateway()
    await using proxy = await startCuttableProxy(gateway.url)
    const seen: Connection['kind'][] = []
    using client = createGatewayClient({ url: proxy.url, onConnection: ({ kind }) => seen.push(kind) })
    const id = await startFailover(gateway)
    const events = await watchToEnd(client, gateway, id, () => proxy.cut())
    expect(proxy.cuts).toBeGreaterThan(1)
    await expectWhole(gateway, id, events)
    expect(seen.slice(0, 4)).toEqual(['connecting', 'open', 'lost', 'open'])
  }, 60_000)

  it('goes on over a restart of the gateway, and keeps its farewell to itself', async () => {
    await using gateway = await startGateway()
    using client = createGatewayClient({ url: gateway.url })
    const id = await startFailover(gateway)
    let restarts = 0
    const events = await watchToEnd(client, gateway, id, async () => {
      if (restarts++ === 0) await gateway.restart()
    })
    expect(restarts).toBeGreaterThan(0)
    await expectWhole(gateway, id, events)
  }, 60_000)

  it('ends without an error when it is left', async () => {
    await using gateway = await startGateway()
    using client = createGatewayClient({ url: gateway.url })
    const id = await startFailover(gateway)
    const left = new AbortController()
    const kinds: string[] = []
    for await (const { taskProgress } of client.watch(TaskProgressDocument, { id }, { signal: left.signal })) {
      kinds.push(taskProgress.kind)
      left.abort()
    }
    expect(kinds).toEqual(['SNAPSHOT'])
  })

  it('throws the code of what ends it', async () => {
    await using gateway = await startGateway()
    using client = createGatewayClient({ url: gateway.url })
    const error = await failureOf(client.watch(TaskProgressDocument, { id: 'nothing' }).next())
    expect(error).toMatchObject({ name: 'GatewayError', code: 'NOT_FOUND' })
  })
})

describe('tokens', () => {
  const caller = { name: 'portal', scopes }

  it('are replaced once when they are refused, and the request is sent again', async () => {
    await using gateway = await startGateway({ callers: [caller] })
    const asked: string[] = []
    using client = createGatewayClient({
      url: gateway.url,
      token: (occasion) => {
        asked.push(occasion)
        return occasion === 'first' ? 'a wrong one' : tokenOf('portal')
      },
    })
    const { data } = await client.query(ViewerDocument, {})
    expect(data?.viewer.name).toBe('portal')
    expect(asked).toEqual(['first', 'refused'])
  })

  it('that are refused again end with UNAUTHENTICATED, over HTTP and on the socket', async () => {
    await using gateway = await startGateway({ callers: [caller] })
    using client = createGatewayClient({ url: gateway.url, token: () => 'a wrong one' })
    expect(await failureOf(client.query(ViewerDocument, {}))).toMatchObject({ code: 'UNAUTHENTICATED' })
    const watched = await failureOf(client.watch(TaskProgressDocument, { id: 'x' }).next())
    expect(watched).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(client.connection.kind).toBe('refused')
  })

  it('are handed over on the open socket before they end, and nothing is lost', async () => {
    // W2
    await using issuer = await startTokenIssuer()
    await using gateway = await startGateway({ issuers: [issuer.trusted] })
    const asked: string[] = []
    const seen: string[] = []
    using client = createGatewayClient({
      url: gateway.url,
      token: (occasion) => {
        asked.push(occasion)
        const lifeSeconds = asked.length < 3 ? 2 : 3_600
        return issuer.sign({ scope: scopes.join(' '), exp: Math.floor(Date.now() / 1_000) + lifeSeconds })
      },
      onConnection: ({ kind }) => seen.push(kind),
    })
    const id = await startFailover(gateway)
    let stopped = false
    const events = await watchToEnd(client, gateway, id, async () => {
      // Until the third token is there, the task stands still.
      if (stopped) return
      stopped = true
      while (asked.length < 3) await new Promise((resolve) => setImmediate(resolve))
    })
    await expectWhole(gateway, id, events)
    expect(asked).toEqual(['first', 'expiring', 'expiring'])
    expect(seen).toEqual(['connecting', 'open'])
  }, 60_000)
})

describe('a press whose answer is lost', () => {
  it('is done once when it is pressed again after a reload', async () => {
    // A1, A2: the same key, from the storage
    await using gateway = await startGateway()
    const targetId = await findGroup(gateway, 'VCDA', 'SYNC')
    gateway.forget()
    const storage = createMemoryStorage()
    const press = (client: GatewayClient) =>
      client.keys.press(`sync ${targetId}`, (idempotencyKey) =>
        client.mutate(SyncReplicationDocument, { input: { targetId, idempotencyKey } }),
      )
    using before = createGatewayClient({ url: gateway.url, storage, fetch: losing })
    const lost = await failureOf(press(before))
    expect(lost).toBeInstanceOf(GatewayError)
    expect(lost).toMatchObject({ code: 'UNREACHABLE' })

    using after = createGatewayClient({ url: gateway.url, storage })
    expect(after.keys.list()).toEqual([`sync ${targetId}`])
    const { data } = await press(after)
    expect(data?.syncReplication).toMatchObject({ __typename: 'TaskStarted', replayed: true })
    expect(gateway.changes()).toHaveLength(1)
    expect(after.keys.list()).toEqual([])
    expect(storage.length).toBe(0)
  })
})

describe('what is no answer', () => {
  it('of a gateway that is not there is UNREACHABLE', async () => {
    using client = createGatewayClient({ url: 'http://127.0.0.1:9/graphql' })
    expect(await failureOf(client.query(ViewerDocument, {}))).toMatchObject({ code: 'UNREACHABLE' })
  })

  it('of something else in between is BAD_ANSWER', async () => {
    using client = answering(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    expect(await failureOf(client.query(ViewerDocument, {}))).toMatchObject({ code: 'BAD_ANSWER' })
  })

  it('of a gateway with too much to do says when to come back', async () => {
    const body = { errors: [{ message: 'You ask too often', extensions: { code: 'LIMIT_EXCEEDED' } }] }
    using client = answering(() => Response.json(body, { status: 429, headers: { 'retry-after': '7' } }))
    const error = await failureOf(client.query(ViewerDocument, {}))
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', retryAfterSeconds: 7 })
  })
})
