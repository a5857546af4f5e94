import { once } from 'node:events'
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Arrival, LiveStream } from '../../src/graphql/stream/live-stream.ts'
import { startTestServer } from './start-test-server.ts'

interface Beat {
  readonly number: number
}

/** The live end of one subscriber. */
class LiveBeats implements LiveStream<Beat> {
  readonly #waiting: Beat[] = []
  readonly #all: Set<LiveBeats>
  #wake: (() => void) | null = null
  #arrival: Arrival | null = null
  #isClosed = false
  /** How often `next` was asked for. */
  asked = 0

  constructor(all: Set<LiveBeats>) {
    this.#all = all.add(this)
  }

  push(beat: Beat): void {
    this.#waiting.push(beat)
    this.#tell()
  }

  close(): void {
    this.#isClosed = true
    this.#tell()
  }

  takeNow(): Beat | null {
    return this.#waiting.shift() ?? null
  }

  get isResting(): boolean {
    return !this.#isClosed
  }

  rest(arrival: Arrival): void {
    this.#arrival = arrival
  }

  async next(): Promise<IteratorResult<Beat, undefined>> {
    this.asked += 1
    while (this.#waiting.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const value = this.#waiting.shift()
    return value === undefined ? { done: true, value: undefined } : { done: false, value }
  }

  async return(): Promise<IteratorResult<Beat, undefined>> {
    this.#all.delete(this)
    this.close()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #tell(): void {
    this.#wake?.()
    this.#arrival?.onArrival()
  }
}

const isBeat = (event: unknown): event is Beat => typeof event === 'object' && event !== null && 'number' in event

/** A number that is found out late, one that cannot be told, and one whose text is long. */
const special = { late: 1_000, broken: 1_013, long: 1_070 }

const startBeats = async () => {
  const streams = new Set<LiveBeats>()
  const gate = Promise.withResolvers<void>()
  let executions = 0
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType<unknown, object>({
      name: 'Subscription',
      fields: {
        beat: {
          type: GraphQLInt,
          subscribe: () => new LiveBeats(streams),
          resolve: async (beat) => (isBeat(beat) ? beat.number : null),
        },
        told: {
          type: GraphQLString,
          subscribe: () => new LiveBeats(streams),
          resolve: (beat) => {
            executions += 1
            if (!isBeat(beat)) return null
            if (beat.number === special.broken) throw new Error('secret-stack-detail')
            if (beat.number === special.long) return 'é'.repeat(40_000)
            return beat.number === special.late ? gate.promise.then(() => 'late') : String(beat.number)
          },
        },
      },
    }),
  })
  const server = await startTestServer({ schema })
  return {
    server,
    streams,
    gate,
    get executions() {
      return executions
    },
    /** Tells all the same. */
    push: (number: number): void => {
      const beat = { number }
      for (const stream of streams) stream.push(beat)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A client that sees the messages themselves. */
const connect = async (url: string) => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const messages: { readonly id?: string; readonly type: string; readonly payload?: unknown }[] = []
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())))
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await expect.poll(() => messages.length).toBe(1)
  return {
    socket,
    messages,
    begin: (id: string, query = 'subscription { told }', extensions = {}): void =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, extensions } })),
    /** What was told to an operation, once there is so much. */
    told: async (id: string, count: number): Promise<readonly unknown[]> => {
      const ofId = (): typeof messages => messages.filter((message) => message.id === id)
      await expect.poll(() => ofId().length, { timeout: 10_000 }).toBe(count)
      return ofId().map(({ type, payload }) => (type === 'next' ? payload : type))
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

const told = (text: string) => ({ data: { told: text } })

test('tells one event to all under the ids of their own, and runs its selection once', async () => {
  // W12
  await using beats = await startBeats()
  using one = await connect(beats.server.url)
  using other = await connect(beats.server.url)
  for (const id of ['1', 'a"b', '東京']) one.begin(id)
  other.begin('1')
  await expect.poll(() => beats.streams.size).toBe(4)
  for (const number of [1, 2, special.long, 3]) beats.push(number)
  const expected = [told('1'), told('2'), told('é'.repeat(40_000)), told('3')]
  for (const id of ['1', 'a"b', '東京']) expect(await one.told(id, 4)).toEqual(expected)
  expect(await other.told('1', 4)).toEqual(expected)
  expect(beats.executions).toBe(4)
})

test('asks nobody for the next event while none comes', async () => {
  await using beats = await startBeats()
  using client = await connect(beats.server.url)
  client.begin('1')
  await expect.poll(() => beats.streams.size).toBe(1)
  const [stream] = beats.streams
  for (const number of [1, 2, 3]) {
    beats.push(number)
    expect(await client.told('1', number)).toHaveLength(number)
  }
  expect(stream?.asked).toBe(1)
})

test('keeps the order where an answer is found out late', async () => {
  await using beats = await startBeats()
  using client = await connect(beats.server.url)
  client.begin('1')
  client.begin('2', 'subscription { beat }')
  await expect.poll(() => beats.streams.size).toBe(2)
  for (const number of [1, special.late, 3]) beats.push(number)
  expect(await client.told('2', 3)).toEqual([1, special.late, 3].map((beat) => ({ data: { beat } })))
  expect(await client.told('1', 1)).toEqual([told('1')])
  beats.gate.resolve()
  expect(await client.told('1', 3)).toEqual([told('1'), told('late'), told('3')])
})

test('says in the error of an event whose request it was, to each his own, and goes on', async () => {
  await using beats = await startBeats()
  using client = await connect(beats.server.url)
  client.begin('1', undefined, { 'x-request-id': 'mine' })
  client.begin('2', undefined, { 'x-request-id': 'yours' })
  await expect.poll(() => beats.streams.size).toBe(2)
  for (const number of [1, special.broken, 3]) beats.push(number)
  for (const [id, requestId] of [
    ['1', 'mine'],
    ['2', 'yours'],
  ] as const) {
    const [first, failed, last] = await client.told(id, 3)
    expect([first, last]).toEqual([told('1'), told('3')])
    expect(failed).toMatchObject({ errors: [{ path: ['told'], extensions: { requestId } }], data: { told: null } })
    expect(JSON.stringify(failed)).not.toContain('secret-stack-detail')
  }
})

test('completes when the source has ended, and tells what came before', async () => {
  await using beats = await startBeats()
  using client = await connect(beats.server.url)
  client.begin('1')
  await expect.poll(() => beats.streams.size).toBe(1)
  beats.push(1)
  await client.told('1', 1)
  for (const stream of beats.streams) {
    stream.push({ number: 2 })
    stream.close()
  }
  expect(await client.told('1', 3)).toEqual([told('1'), told('2'), 'complete'])
  // The id is free again.
  client.begin('1')
  await expect.poll(() => beats.streams.size).toBe(1)
})

test('tells nothing more to an operation that its client has ended, and all to the others', async () => {
  // W11
  await using beats = await startBeats()
  using client = await connect(beats.server.url)
  client.begin('1')
  client.begin('2')
  await expect.poll(() => beats.streams.size).toBe(2)
  beats.push(1)
  await client.told('1', 1)
  client.socket.send('{"id":"1","type":"complete"}')
  await expect.poll(() => beats.streams.size).toBe(1)
  beats.push(2)
  expect(await client.told('2', 2)).toEqual([told('1'), told('2')])
  expect(await client.told('1', 1)).toEqual([told('1')])
})

test('closes a socket that uses an id twice with 4409, however long the id is', async () => {
  // W1
  for (const id of ['1', 'x'.repeat(500)]) {
    await using beats = await startBeats()
    using client = await connect(beats.server.url)
    const closed = once(client.socket, 'close')
    client.begin(id)
    client.begin(id)
    const [code] = await closed
    expect(code).toBe(4409)
  }
})
