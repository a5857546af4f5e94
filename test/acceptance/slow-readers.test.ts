import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { App } from '../../src/app.ts'
import { closeCodes } from '../../src/server/limits.ts'
import { sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { openSocket, query as ask, type Result, type Subscription } from '../support/graphql-client.ts'
import { startStoreRig, type StoreRig } from '../support/start-store-rig.ts'
import { parseScrape } from '../telemetry/parse-scrape.ts'

interface Feed {
  readonly taskEvents: {
    readonly cursor: string
    readonly kind: string
    readonly task: { readonly stage: string | null; readonly state: string } | null
  }
}

const document = 'subscription ($after: Cursor) { taskEvents(after: $after) { cursor kind task { stage state } } }'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What this process holds after everything that can go is gone, in bytes: the gateway, and its clients with it. */
const heldBytes = (): number => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Opens a socket that subscribes `count` times, gets the first event of each, and then reads no more. */
const openDeafSocket = async ({ url }: App, count: number): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  for (let id = 0; id < count; id += 1) {
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: document } }))
    await once(socket, 'message')
  }
  socket.pause()
  return socket
}

/**
 * Appends events of the task as another gateway would, all at once: every `changeEvery`th is a change of state, the others
 * progress. Its stage is made `extraBytes` longer, so that what waits unsent weighs something.
 */
const appendEvents = (
  { storePath }: StoreRig,
  {
    count,
    changeEvery,
    extraBytes,
  }: { readonly count: number; readonly changeEvery: number; readonly extraBytes: number },
): void => {
  const db = new DatabaseSync(storePath)
  db.exec(`
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into task_events (task_id, kind, at, document)
    select t.id, case when n % ${changeEvery} = 0 then 'STATE_CHANGE' else 'PROGRESS' end, t.started_at,
      json_set(t.document, '$.stage', 'stage ' || n || ' ' || printf('%.*c', ${extraBytes}, 'x'))
    from numbers, tasks t where t.id = '${sampleTaskId(1)}'`)
  db.close()
}

const toStage = ({ data }: Result<Feed>): string => data?.taskEvents.task?.stage ?? ''

/** Reads until the last of `count` events has come; gives how many changes of state did. */
const countChanges = async (subscription: Subscription<Feed>, count: number): Promise<number> => {
  let changes = 0
  for (;;) {
    const result = await subscription.next()
    if (result.data?.taskEvents.kind === 'STATE_CHANGE') changes += 1
    if (toStage(result).startsWith(`stage ${count} `)) return changes
  }
}

test('a client that never reads costs 500 others nothing: each gets every change of state, and memory stays bounded', async () => {
  // W4, W5
  await using rig = await startStoreRig()
  const gateway = await rig.startGateway()
  await rig.writer.begin(sampleIntent(1))
  await using sockets = new AsyncDisposableStack()
  const healthy: Subscription<Feed>[] = []
  for (let number = 0; number < 5; number += 1) {
    const socket = sockets.use(openSocket(gateway.url))
    for (let id = 0; id < 100; id += 1) healthy.push(socket.subscribe<Feed>(document))
  }
  await Promise.all(healthy.map((subscription) => subscription.next()))
  const deaf = await openDeafSocket(gateway, 100)
  const before = heldBytes()

  let most = 0
  const count = 20_000
  for (let round = 0; round < 5; round += 1) {
    appendEvents(rig, { count, changeEvery: 1_000, extraBytes: 10 })
    const changes = await Promise.all(healthy.map((subscription) => countChanges(subscription, count)))
    expect(new Set(changes)).toEqual(new Set([count / 1_000]))
    most = Math.max(most, heldBytes() - before)
  }
  expect(most).toBeLessThan(50 * 1024 * 1024)
  expect((await ask(gateway.url, '{ __typename }')).status).toBe(200)
  deaf.terminate()
}, 180_000)

interface Message {
  readonly id: string
  readonly type: string
  readonly payload: { readonly data: Feed } & readonly { readonly extensions: Readonly<Record<string, unknown>> }[]
}

/** The number of the last change of state that a subscription of the socket brought, or of its first. */
const findChange = (messages: readonly Message[], id: string, which: 'first' | 'last'): number => {
  const stages = messages
    .filter((message) => message.id === id && message.type === 'next')
    .map(({ payload }) => payload.data.taskEvents)
    .filter(({ kind }) => kind === 'STATE_CHANGE')
    .map(({ task }) => Number(task?.stage?.split(' ')[1]))
  return (which === 'first' ? stages[0] : stages.at(-1)) ?? 0
}

test('a client that takes too little ends with SLOW_CONSUMER, and goes on from its cursor on the same socket', async () => {
  // W4
  await using rig = await startStoreRig()
  const gateway = await rig.startGateway(100)
  await rig.writer.begin(sampleIntent(1))
  const socket = await openDeafSocket(gateway, 1)
  await using watcher = openSocket(gateway.url)
  await using watching = watcher.subscribe<Feed>(document)
  await watching.next()
  // More than fits between the two, so that the gateway has to wait for the client.
  appendEvents(rig, { count: 1_500, changeEvery: 1, extraBytes: 20_000 })
  await watching.untilDone().catch(() => undefined)

  const messages: Message[] = []
  const waits: (() => void)[] = []
  socket.on('message', (data) => {
    messages.push(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''))
    for (const look of waits) look()
  })
  const until = (id: string, type: string): Promise<Message> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = messages.find((message) => message.id === id && message.type === type)
        if (found !== undefined) resolve(found)
      }
      waits.push(look)
      look()
    })
  socket.resume()
  const failure = await until('0', 'error')
  const [{ extensions } = { extensions: {} }] = failure.payload
  expect(extensions['code']).toBe('SLOW_CONSUMER')
  const variables = { after: extensions['cursor'] }
  socket.send(JSON.stringify({ id: 'again', type: 'subscribe', payload: { query: document, variables } }))
  await until('again', 'next')
  expect(findChange(messages, 'again', 'first')).toBe(findChange(messages, '0', 'last') + 1)
  socket.terminate()
}, 60_000)

test('a socket that takes nothing for ten seconds is closed with 4450, and only that one', async () => {
  // W4
  await using rig = await startStoreRig()
  const gateway = await rig.startGateway(10_000, { metrics: { host: '127.0.0.1', port: 0 } })
  await rig.writer.begin(sampleIntent(1))
  await using healthy = openSocket(gateway.url)
  await using watching = healthy.subscribe<Feed>(document)
  await watching.next()
  const deaf = await openDeafSocket(gateway, 100)
  const closed = once(deaf, 'close')
  appendEvents(rig, { count: 1_000, changeEvery: 10, extraBytes: 20_000 })
  await countChanges(watching, 1_000)
  await rig.writer.update(sampleTaskId(1), { stage: 'still here' }, 'STATE_CHANGE', new Date())
  expect(toStage(await watching.next())).toBe('still here')
  // Ten seconds of the gateway's own, and the next of its looks.
  setTimeout(() => deaf.resume(), 12_000)
  const [code] = await closed
  expect(code).toBe(closeCodes.slowClient)
  const figures = parseScrape(await (await fetch(gateway.metricsUrl ?? '')).text())
  expect(figures.values('dr_gateway_subscription_queue_drops_total', { kind: 'socket' })).toEqual([1])
}, 60_000)
