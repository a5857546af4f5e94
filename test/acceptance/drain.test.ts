import { once } from 'node:events'
import { createClient } from 'graphql-ws'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { App } from '../../src/app.ts'
import { closeCodes } from '../../src/server/limits.ts'
import { sampleIntent, sampleTaskId } from '../journal/sample-task.ts'
import { startStoreRig } from '../support/start-store-rig.ts'

const toSocketUrl = ({ url }: App): string => url.replace(/^http/, 'ws')

interface Feed {
  readonly taskEvents: {
    readonly cursor: string
    readonly kind: string
    readonly task: { readonly stage: string } | null
  }
}

const query = 'subscription ($after: Cursor) { taskEvents(after: $after) { cursor kind task { stage state } } }'

/** A stock client that resumes: it sends the same variables again after a cut. */
const startClient = (findUrl: () => string, onKind: (kind: string) => void) => {
  const stages: string[] = []
  const client = createClient({
    url: findUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 20,
    retryWait: () => new Promise((resolve) => void setTimeout(resolve, Math.random() * 100)),
  })
  const variables: { after: string | null } = { after: null }
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  const begun = Promise.withResolvers<void>()
  const waits = new Map<string, () => void>()
  client.subscribe<Feed>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (data === null || data === undefined) return failed.reject(new Error(JSON.stringify(errors)))
        const { cursor, kind, task } = data.taskEvents
        variables.after = cursor
        onKind(kind)
        begun.resolve()
        if (kind !== 'STATE_CHANGE' || task === null) return
        stages.push(task.stage)
        waits.get(task.stage)?.()
      },
      error: (error) => failed.reject(new Error(JSON.stringify(error))),
      complete: () => failed.reject(new Error('The subscription has completed')),
    },
  )
  return {
    stages,
    begun: Promise.race([begun.promise, failed.promise]),
    /** Resolves when this change has come. */
    sees: (stage: string): Promise<void> => {
      const seen = new Promise<void>((resolve) => {
        if (stages.includes(stage)) resolve()
        else waits.set(stage, resolve)
      })
      return Promise.race([seen, failed.promise])
    },
    leave: async () => {
      await client.dispose()
    },
  }
}

test('a thousand clients go over to a second gateway on the same store and lose no change of state', async () => {
  // W9, W3
  await using rig = await startStoreRig()
  const [first, second] = [await rig.startGateway(), await rig.startGateway()]
  await rig.writer.begin(sampleIntent(1))
  let target = first
  let told = 0
  const clients = Array.from({ length: 1_000 }, () =>
    startClient(
      () => toSocketUrl(target),
      (kind) => {
        if (kind === 'DRAINING') told += 1
      },
    ),
  )
  await Promise.all(clients.map(({ begun }) => begun))

  const written: string[] = []
  const write = async (stage: string): Promise<void> => {
    written.push(stage)
    await rig.writer.update(sampleTaskId(1), { stage }, 'STATE_CHANGE', new Date())
  }
  await write('before')
  target = second
  const progress = { isDrained: false }
  const drain = async (): Promise<void> => {
    await first[Symbol.asyncDispose]()
    progress.isDrained = true
  }
  const drained = drain()
  while (!progress.isDrained) {
    await write(`stage ${written.length}`)
    await clients[0]?.sees(written.at(-1) ?? '')
  }
  await drained
  await write('last')
  await Promise.all(clients.map(({ sees }) => sees('last')))

  expect(clients.filter(({ stages }) => stages.join() !== written.join())).toEqual([])
  expect(told).toBe(1_000)
  await Promise.all(clients.map(({ leave }) => leave()))
}, 60_000)

test('sockets are told their last cursor, then closed with 1012 one after the other; no new one is taken', async () => {
  // W9
  await using rig = await startStoreRig()
  const gateway = await rig.startGateway()
  const sockets = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const socket = new WebSocket(toSocketUrl(gateway), 'graphql-transport-ws')
      await once(socket, 'open')
      socket.send('{"type":"connection_init"}')
      await once(socket, 'message')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
      const [snapshot] = await once(socket, 'message')
      return { socket, cursor: JSON.parse(String(snapshot)).payload.data.taskEvents.cursor as unknown }
    }),
  )
  const ends = sockets.map(async ({ socket, cursor }) => {
    const [[message], [code]] = await Promise.all([once(socket, 'message'), once(socket, 'close')])
    const { taskEvents } = JSON.parse(String(message)).payload.data
    return {
      code: code as unknown,
      isTold: taskEvents.kind === 'DRAINING' && taskEvents.cursor === cursor,
      at: performance.now(),
    }
  })
  const closed = gateway[Symbol.asyncDispose]()
  await expect(fetch(gateway.url)).rejects.toThrow(/fetch failed/)
  const ended = await Promise.all(ends)
  await closed
  expect(ended.every(({ code, isTold }) => code === closeCodes.draining && isTold)).toBe(true)
  const times = ended.map(({ at }) => at)
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(100)
})

test('an event stream is told its last cursor, then cut without a word that it is complete', async () => {
  // W6, W9
  await using rig = await startStoreRig()
  const gateway = await rig.startGateway()
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  })
  const closed = gateway[Symbol.asyncDispose]()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  } catch {
    text += 'CUT'
  }
  await closed
  expect(text).toMatch(/"kind":"SNAPSHOT"[^]*"kind":"DRAINING"[^]*CUT$/)
  expect(text).not.toContain('event: complete')
})
