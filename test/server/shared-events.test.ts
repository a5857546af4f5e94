import { createHash } from 'node:crypto'
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { expect, it } from 'vitest'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import type { Viewer } from '../../src/domain/viewer.ts'
import { openSocket } from '../support/graphql-client.ts'
import { startTestServer } from './start-test-server.ts'

interface Beat {
  readonly number: number
}

interface BeatContext {
  readonly viewer: Viewer
}

/** Gives every event to all who listen, as the very same object. */
class BeatSource {
  readonly #wakes = new Set<(beat: Beat) => void>()

  get size(): number {
    return this.#wakes.size
  }

  send(beat: Beat): void {
    const wakes = [...this.#wakes]
    this.#wakes.clear()
    for (const wake of wakes) wake(beat)
  }

  async *listen(): AsyncGenerator<Beat, void, void> {
    for (;;) {
      yield await new Promise<Beat>((resolve) => {
        this.#wakes.add(resolve)
      })
    }
  }
}

const toToken = (name: string, scopes: Viewer['scopes']) => ({
  name,
  grants: [{ scopes: [...scopes], siteNames: null, organizations: null }],
  sha256: createHash('sha256').update(name).digest('hex'),
})

const makeContext = ({ viewer }: { readonly viewer: Viewer }) => ({ viewer, gaps: [] })

const isBeat = (event: unknown): event is Beat => typeof event === 'object' && event !== null && 'number' in event

const startBeats = async () => {
  const source = new BeatSource()
  const executed: { readonly scopes: readonly string[]; readonly times: unknown }[] = []
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLString, resolve: () => 'you' } } }),
    subscription: new GraphQLObjectType<unknown, BeatContext>({
      name: 'Subscription',
      fields: {
        beat: {
          type: GraphQLInt,
          args: { times: { type: GraphQLInt } },
          subscribe: () => source.listen(),
          resolve: (beat, { times }, { viewer }) => {
            executed.push({ scopes: [...viewer.scopes], times })
            return isBeat(beat) ? beat.number * (times ?? 1) : null
          },
        },
      },
    }),
  })
  const authenticate = createTokenAuthentication({
    tokens: [
      toToken('one', new Set(['dr:read'])),
      toToken('two', new Set(['dr:read'])),
      toToken('more', new Set(['dr:read', 'dr:audit'])),
    ],
    anonymous: null,
  })
  const server = await startTestServer({ schema, authenticate, makeContext })
  return { source, executed, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

const document = 'subscription Beat($times: Int) { beat(times: $times) }'

/** Opens one watch each, and waits until all of them listen. */
const watchAll = async (
  beats: Awaited<ReturnType<typeof startBeats>>,
  wanted: readonly { readonly caller: string; readonly times?: number }[],
) => {
  const sockets = wanted.map(({ caller }) => openSocket(beats.server.url, `Bearer ${caller}`))
  const watches = sockets.map((socket, index) =>
    socket.subscribe<{ beat: number }>(document, { times: wanted[index]?.times ?? 1 }),
  )
  await expect.poll(() => beats.source.size).toBe(wanted.length)
  return watches
}

it('runs a selection once for all who watch the same with the same rights', async () => {
  await using beats = await startBeats()
  const watches = await watchAll(beats, [{ caller: 'one' }, { caller: 'one' }, { caller: 'two' }])
  beats.source.send({ number: 7 })
  for (const watch of watches) expect(await watch.next()).toEqual({ data: { beat: 7 } })
  expect(beats.executed).toHaveLength(1)
})

// W12: an answer never goes to somebody with other rights.
it('runs it anew for other rights, and for other variables', async () => {
  await using beats = await startBeats()
  const watches = await watchAll(beats, [{ caller: 'one' }, { caller: 'more' }, { caller: 'one', times: 3 }])
  beats.source.send({ number: 2 })
  const results = await Promise.all(watches.map((watch) => watch.next()))
  expect(results.map(({ data }) => data?.beat)).toEqual([2, 2, 6])
  expect(beats.executed).toHaveLength(3)
})

it('runs it anew for each event', async () => {
  await using beats = await startBeats()
  const [watch] = await watchAll(beats, [{ caller: 'one' }])
  for (const number of [1, 2, 3]) {
    await expect.poll(() => beats.source.size).toBe(1)
    beats.source.send({ number })
    expect(await watch?.next()).toEqual({ data: { beat: number } })
  }
  expect(beats.executed).toHaveLength(3)
})
