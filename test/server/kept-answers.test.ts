import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { expect, test } from 'vitest'
import type { GatewayServerOptions } from '../../src/server/gateway-server.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { send, startTestServer, validAuthorization, type RawAnswer, type TestServer } from './start-test-server.ts'

interface World extends AsyncDisposable {
  readonly server: TestServer
  /** How often the list was read. */
  reads: number
  /** Of the lists. */
  version: string
  /** False where a site would have to be asked. */
  isYoung: boolean
}

/** A server over a list that says, each time it is read, how often it was. */
const startWorld = async (options: Partial<GatewayServerOptions> = {}): Promise<World> => {
  const list = {
    type: new GraphQLNonNull(GraphQLInt),
    args: { name: { type: GraphQLString } },
    extensions: { lasting: ['groups'] },
    resolve: (): number => (world.reads += 1),
  }
  const broken = {
    type: GraphQLInt,
    extensions: { lasting: ['groups'] },
    resolve: (): never => {
      world.reads += 1
      throw new Error('no list')
    },
  }
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { list, broken } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: { list } }),
  })
  const versions = { known: () => world.version, young: () => (world.isYoung ? world.version : null) }
  const server = await startTestServer({ schema, versions, ...options })
  const world: World = {
    server,
    reads: 0,
    version: '1',
    isYoung: true,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
  return world
}

const listBody = '{"query":"{ list }"}'

const ask = (
  { server }: World,
  body: string | Buffer = listBody,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> =>
  send(server.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

/** Asks as often as it takes until it is kept. */
const askTwice = async (world: World): Promise<void> => {
  await ask(world)
  await ask(world)
}

const open = async ({ server }: World): Promise<Socket> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

const toHead = (length: string): string =>
  `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`

/** All that comes until so many answers have ended. */
const readAnswers = async (socket: Socket, count: number): Promise<string> => {
  let received = ''
  while (received.split('"data":{"list":').length <= count) {
    const [bytes] = await once(socket, 'data')
    received += String(bytes)
  }
  return received
}

test('a kept answer has the bytes and the headers of the first one, each with its own request id', async () => {
  const origin = 'https://portal.example'
  await using world = await startWorld({ corsOrigins: () => [origin] })
  for (const accept of ['*/*', 'application/graphql-response+json']) {
    const headers = { origin, accept }
    await ask(world, listBody, headers)
    const first = await ask(world, listBody, { ...headers, 'x-request-id': 'first' })
    const { reads } = world
    const kept = await ask(world, listBody, { ...headers, 'x-request-id': 'kept' })
    expect(world.reads).toBe(reads)
    expect([kept.status, kept.text]).toEqual([first.status, first.text])
    expect(Object.keys(kept.headers)).toEqual(Object.keys(first.headers))
    expect({ ...kept.headers, date: '' }).toEqual({ ...first.headers, date: '', 'x-request-id': 'kept' })
  }
})

test.each([
  ['the letters of the request', '{"query":"{ list  }"}', {}],
  ['its variables', '{"query":"{ list }","variables":{"a":1}}', {}],
  ['what the caller accepts', listBody, { accept: 'application/json' }],
  ['the rights', listBody, { authorization: validAuthorization }],
])('where %s are others it is answered anew', async (_what, body, headers) => {
  await using world = await startWorld()
  await askTwice(world)
  await ask(world, body, headers)
  expect(world.reads).toBe(3)
  await ask(world)
  expect(world.reads).toBe(3)
})

test('an answer is kept from the second time on that somebody asks for it', async () => {
  await using world = await startWorld()
  const answers = [await ask(world), await ask(world), await ask(world)]
  expect(answers.map(({ text }) => JSON.parse(text).data.list)).toEqual([1, 2, 2])
})

test('it is answered anew once the lists have another version, or are not young any more', async () => {
  await using world = await startWorld()
  await askTwice(world)
  world.version = '2'
  expect((await ask(world)).text).toBe('{"data":{"list":3}}')
  expect((await ask(world)).text).toBe('{"data":{"list":3}}')
  world.isYoung = false
  expect((await ask(world)).text).toBe('{"data":{"list":4}}')
})

test.each([
  ['had an error', '{"query":"{ broken }"}'],
  ['came of a mutation', '{"query":"mutation { list }"}'],
  ['is of a request over 16 KiB', JSON.stringify({ query: `{ list(name: "${'x'.repeat(16_384)}") }` })],
])('an answer that %s is not kept', async (_what, body) => {
  await using world = await startWorld()
  for (const times of [1, 2, 3]) {
    await ask(world, body)
    expect(world.reads).toBe(times)
  }
})

test('who is not known, or asks too often, is given nothing that is kept', async () => {
  await using world = await startWorld({ limits: { ...usualLimits, maxRequestsPerSecond: 3 } })
  await askTwice(world)
  const unknown = await ask(world, listBody, { authorization: 'Bearer nobody' })
  expect([unknown.status, unknown.headers['www-authenticate']]).toEqual([401, 'Bearer'])
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(world)))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  for (const { text } of refused) expect(text).toContain('limits.maxRequestsPerSecond')
})

test('what is compressed, or in another character set, is refused, whatever is kept', async () => {
  // H1, H3
  await using world = await startWorld()
  await askTwice(world)
  expect((await ask(world, listBody, { 'content-encoding': 'gzip' })).status).toBe(415)
  expect((await ask(world, listBody, { 'content-type': 'application/json; charset=utf-16' })).status).toBe(400)
  expect((await ask(world, listBody, { 'content-type': 'text/plain' })).status).toBe(415)
})

test('a request is the same in whatever pieces it comes', async () => {
  await using world = await startWorld()
  await askTwice(world)
  const socket = await open(world)
  const chunks = Array.from(listBody, (letter) => `1\r\n${letter}\r\n`)
  for (const piece of [toHead('Transfer-Encoding: chunked'), ...chunks, '0\r\n\r\n']) {
    socket.write(piece)
    await new Promise(setImmediate)
  }
  expect(await readAnswers(socket, 1)).toContain('{"data":{"list":2}}')
  socket.destroy()
})

test('requests that come at once on one connection are answered in their order, kept or not', async () => {
  await using world = await startWorld()
  await askTwice(world)
  const socket = await open(world)
  const bodies = [listBody, '{"query":"{ list(name: \\"a\\") }"}', listBody]
  socket.write(bodies.map((body) => `${toHead(`Content-Length: ${body.length}`)}${body}`).join(''))
  const received = await readAnswers(socket, 3)
  expect([...received.matchAll(/\{"list":(\d)\}/g)].map(([, read]) => read)).toEqual(['2', '3', '2'])
  socket.destroy()
})

test('a caller who leaves in the middle of his request does no harm', async () => {
  // H10
  await using world = await startWorld()
  const socket = await open(world)
  const { promise: arrived, resolve } = Promise.withResolvers<void>()
  socket.write(`${toHead(`Content-Length: ${listBody.length}`)}{"que`, () => resolve())
  await arrived
  await ask(world, '{"query":"{ list(name: \\"other\\") }"}')
  socket.destroy()
  await once(socket, 'close')
  expect((await ask(world)).text).toBe('{"data":{"list":2}}')
  expect(world.server.logged.filter(({ level }) => level === 'error')).toEqual([])
})

test('a connection on which a body turned out to be too large takes nothing else', async () => {
  // H2
  await using world = await startWorld({ limits: { ...usualLimits, maxBodyBytes: 1_024 } })
  const socket = await open(world)
  let received = ''
  socket.on('data', (bytes) => (received += String(bytes)))
  socket.on('error', () => undefined)
  const chunk = `400\r\n${'x'.repeat(1_024)}\r\n`
  socket.write(`${toHead('Transfer-Encoding: chunked')}${chunk}${chunk}`)
  await once(socket, 'close')
  expect(received).toMatch(/^HTTP\/1\.1 413 /)
  expect(received).toMatch(/connection: close/i)
})
