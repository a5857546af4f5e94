import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FailoverDocument, ProtectionGroupsDocument, TaskProgressDocument } from '../generated/graphql.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { startCuttableProxy, type CuttableProxy } from './cuttable-proxy.ts'
import { readRecipes } from './recipe-book.ts'
import { runRecipe, type PrintedEvent, type RunningRecipe } from './run-recipe.ts'

/** What other blocks import. */
const parts = ['resuming.ts', 'gateway-socket.ts']
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
const startFailover = async (): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const { failover } = await gateway.dataOf(FailoverDocument, {
    input: { targetId: group?.id ?? '', idempotencyKey: 'f', zerto },
  })
  if (failover.__typename !== 'TaskStarted') throw new Error(JSON.stringify(failover))
  return failover.task.id
}

const isFinal = ({ task }: PrintedEvent): boolean => task?.state === 'SUCCEEDED'

/** Lets the vendors' time go by, a second in every twentieth of one. */
const runTime = (): Disposable => {
  const timer = setInterval(() => gateway.turn(1), 50)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** Runs time until the recipe has seen the end, and calls `disturb` after every event. */
const runToEnd = async (recipe: RunningRecipe, disturb: () => void | Promise<void>): Promise<void> => {
  await recipe.printed(1)
  using time = new DisposableStack()
  time.use(runTime())
  while (!recipe.events.some(isFinal)) {
    const { length } = recipe.events
    await disturb()
    await recipe.printed(length + 1)
  }
  await recipe.ended
}

/** Cursors of all changes of state behind the given one. */
const readChanges = async (id: string, after: string): Promise<readonly string[]> => {
  await using events = gateway.watch(TaskProgressDocument, { id, after })
  const told = (await events.untilDone()).flatMap(({ data }) => data?.taskProgress ?? [])
  return told.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor }) => cursor)
}

/** W3, W8: one snapshot, no event twice, no change of state left out. */
const expectWhole = async (events: readonly PrintedEvent[], id: string): Promise<void> => {
  const told = events.filter(({ kind }) => kind !== 'DRAINING')
  expect(told.map(({ kind }) => kind).filter((kind) => kind === 'SNAPSHOT')).toHaveLength(1)
  expect(told[0]?.kind).toBe('SNAPSHOT')
  const cursors = told.map(({ cursor }) => cursor)
  expect(cursors).toEqual([...new Set(cursors)])
  const changes = await readChanges(id, cursors[0] ?? '')
  expect(changes.length).toBeGreaterThan(0)
  expect(told.filter(({ kind }) => kind === 'STATE_CHANGE').map(({ cursor }) => cursor)).toEqual(changes)
  const percents = told.flatMap(({ task }) => task?.progressPercent ?? [])
  expect(percents).toEqual(percents.toSorted((one, other) => one - other))
}

describe('the page for client authors', () => {
  it('has a recipe for each way to subscribe', () => {
    expect(recipes.toSorted()).toEqual([
      'apollo.ts',
      'graphql-sse.ts',
      'graphql-ws.ts',
      'relay.ts',
      'urql.ts',
      'watch.sh',
    ])
  })

  describe.for(recipes.filter((name) => hasCurl || name !== 'watch.sh'))('%s', (name) => {
    it('loses nothing and doubles nothing when its connection is cut after every event', async () => {
      const taskId = await startFailover()
      await using recipe = runRecipe(name, { url: proxy.url, taskId })
      await runToEnd(recipe, () => proxy.cut())
      expect(proxy.cuts).toBeGreaterThan(1)
      await expectWhole(recipe.events, taskId)
    }, 60_000)

    it('goes on when the gateway was started again', async () => {
      const taskId = await startFailover()
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
