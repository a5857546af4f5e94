import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FailoverDocument, ProtectionGroupsDocument, TaskProgressDocument } from '../generated/graphql.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { startTokenIssuer } from '../support/token-issuer.ts'
import { startCuttableProxy, type CuttableProxy } from './cuttable-proxy.ts'
import { readRecipes } from './recipe-book.ts'
import { runRecipe, type PrintedEvent, type RunningRecipe } from './run-recipe.ts'

/** What other blocks import. */
const parts = ['resuming.ts', 'gateway-socket.ts']
/** The one that gets tokens from elsewhere; the others are nobody. */
const tokenRecipe = 'fresh-tokens.ts'
const recipes = [...readRecipes().keys()].filter((name) => !parts.includes(name))

const hasCurl = spawnSync('curl', ['--version']).status === 0
const whyNoCurl = 'watch.sh is not tried: curl is not installed'
if (!hasCurl && process.env['CI'] === 'true') throw new Error(whyNoCurl)
if (!hasCurl) process.stderr.write(`${whyNoCurl}\n`)

let gateway: TestGateway
let proxy: CuttableProxy
beforeEach(async () => {
  gateway = await startGateway()
  proxy = await startCuttableProxy(gateway.url)
})
afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  await gateway[Symbol.asyncDispose]()
})

/** Starts a failover that decides by itself at once, so that it comes to its end without anybody's help. */
const startFailover = async (at: TestGateway): Promise<string> => {
  const { protectionGroups } = await at.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const { failover } = await at.dataOf(FailoverDocument, {
    input: { targetId: group?.id ?? '', idempotencyKey: 'f', zerto },
  })
  if (failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(failover))
  return failover.task.id
}

const isFinal = ({ task }: PrintedEvent): boolean => task?.state === 'SUCCEEDED'

/** Lets the vendors' time go by, a second in every twentieth of one. */
const runTime = (at: TestGateway): Disposable => {
  const timer = setInterval(() => at.turn(1), 50)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** Runs time until the recipe has seen the end, and calls `disturb` after every event. */
const runToEnd = async (recipe: RunningRecipe, disturb: () => void | Promise<void>): Promise<void> => {
  await recipe.printed(1)
  using time = new DisposableStack()
  time.use(runTime(gateway))
  while (!recipe.events.some(isFinal)) {
    const { length } = recipe.events
    await disturb()
    await recipe.printed(length + 1)
  }
  await recipe.ended
}

/** Cursors of all changes of state behind the given one. */
const readChanges = async (at: TestGateway, id: string, after: string): Promise<readonly string[]> => {
  await using events = at.watch(TaskProgressDocument, { id, after })
  const told = (await events.untilDone()).flatMap(({ data }) => data?.taskProgress ?? [])
  return told.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor }) => cursor)
}

/** W3, W8: one snapshot, no event twice, no change of state left out. */
const expectWhole = async (events: readonly PrintedEvent[], id: string, at = gateway): Promise<void> => {
  const told = events.filter(({ kind }) => kind !== 'DRAINING')
  expect(told.map(({ kind }) => kind).filter((kind) => kind === 'SNAPSHOT')).toHaveLength(1)
  expect(told[0]?.kind).toBe('SNAPSHOT')
  const cursors = told.map(({ cursor }) => cursor)
  expect(cursors).toEqual([...new Set(cursors)])
  const changes = await readChanges(at, id, cursors[0] ?? '')
  expect(changes.length).toBeGreaterThan(0)
  expect(told.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor }) => cursor)).toEqual(changes)
  const percents = told.flatMap(({ task }) => task?.progressPercent ?? [])
  expect(percents).toEqual(percents.toSorted((one, other) => one - other))
}

describe('the page for client authors', () => {
  it('has a recipe for each way to subscribe', () => {
    expect(recipes.toSorted()).toEqual([
      'apollo.ts',
      'fresh-tokens.ts',
      'graphql-sse.ts',
      'graphql-ws.ts',
      'relay.ts',
      'urql.ts',
      'watch.sh',
    ])
  })

  describe.for(recipes.filter((name) => name !== tokenRecipe && (hasCurl || name !== 'watch.sh')))('%s', (name) => {
    it('loses nothing and doubles nothing when its connection is cut after every event', async () => {
      const taskId = await startFailover(gateway)
      await using recipe = runRecipe(name, { url: proxy.url, taskId })
      await runToEnd(recipe, () => proxy.cut())
      expect(proxy.cuts).toBeGreaterThan(1)
      await expectWhole(recipe.events, taskId)
    }, 60_000)

    it('goes on when the gateway was started again', async () => {
      const taskId = await startFailover(gateway)
      await using recipe = runRecipe(name, { url: gateway.url, taskId })
      let restarts = 0
      await runToEnd(recipe, async () => {
        if (restarts++ === 0) await gateway.restart()
      })
      expect(restarts).toBeGreaterThan(0)
      await expectWhole(recipe.events, taskId)
    }, 60_000)
  })
})

/** Hands out what `nextToken` gives, as an identity provider's client would. */
const startTokenSource = async (nextToken: () => Promise<string>) => {
  const server = createServer((_request, response) => {
    nextToken().then(
      (token) => response.end(token),
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The source of tokens has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

describe('a client whose token ends', () => {
  it('goes on with a fresh one, loses nothing and doubles nothing', async () => {
    // W2
    await using issuer = await startTokenIssuer()
    await using trusting = await startGateway({ issuers: [issuer.trusted] })
    let handedOut = 0
    const third = Promise.withResolvers<void>()
    await using source = await startTokenSource(() => {
      handedOut += 1
      if (handedOut === 3) third.resolve()
      const lifeSeconds = handedOut < 3 ? 2 : 3_600
      return issuer.sign({ scope: scopes.join(' '), exp: Math.floor(Date.now() / 1_000) + lifeSeconds })
    })
    const taskId = await startFailover(trusting)
    await using recipe = runRecipe(tokenRecipe, { url: trusting.url, taskId, tokenUrl: source.url })
    // Some of it with the first token, the end with the third, and both others end between.
    const beginning = runTime(trusting)
    await recipe.printed(3)
    beginning[Symbol.dispose]()
    await third.promise
    using time = new DisposableStack()
    time.use(runTime(trusting))
    while (!recipe.events.some(isFinal)) await recipe.printed(recipe.events.length + 1)
    await recipe.ended
    expect(handedOut).toBe(3)
    await expectWhole(recipe.events, taskId, trusting)
  }, 60_000)

  it('gives up when the fresh one is refused, too', async () => {
    let handedOut = 0
    await using source = await startTokenSource(async () => {
      handedOut += 1
      return 'nobody-knows-this-one'
    })
    const taskId = await startFailover(gateway)
    await using recipe = runRecipe(tokenRecipe, { url: gateway.url, taskId, tokenUrl: source.url })
    await expect(recipe.ended).rejects.toThrow('fresh-tokens.ts ended with 1: CloseEvent')
    expect(handedOut).toBe(2)
    expect(recipe.events).toEqual([])
  }, 60_000)
})
