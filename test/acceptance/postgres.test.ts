import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import type { StorePlace } from '../../src/config-store.ts'
import { scopes } from '../../src/domain/viewer.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import {
  AuditChainDocument,
  FailoverDocument,
  ProtectionGroupsDocument,
  TaskEventsDocument,
  type TaskEventsSubscription,
} from '../generated/graphql.ts'
import { query, subscribe, type Subscription } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { viewerOf } from '../support/viewer-of.ts'

/** Another gateway on the store, which has no sites: what it tells, it has from the store. */
const startReplica = (store: StorePlace): Promise<App> =>
  startApp({
    host: '127.0.0.1',
    port: 0,
    store,
    sites: [],
    authenticate: async () => viewerOf('tester', scopes, { isAnonymous: true }),
    isGraphiqlEnabled: false,
    maxAgeSeconds: 5,
    staleForSeconds: 60,
    pollIntervalMs: 1_000,
    settleAfterMs: 1_000,
    eventsKeptDays: 30,
    mostEventsKept: 1_000_000,
    mostQueuedEvents: 10_000,
    logger: silentLogger,
  })

const startFailover = async (gateway: TestGateway, idempotencyKey: string) => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const able = protectionGroups.nodes.find(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const zerto = { commitPolicy: 'COMMIT', commitAfterSeconds: 0 } as const
  const input = { targetId: able?.id ?? '', idempotencyKey, zerto }
  return { input, outcome: (await gateway.dataOf(FailoverDocument, { input })).failover }
}

type Feed = Subscription<TaskEventsSubscription>

const nextEvent = async (feed: Feed) => {
  const { data, errors } = await feed.next()
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors))
  return data.taskEvents
}

/**
 * Reads until a task has ended; gives the states that were told, with their cursors.
 *
 * @param beforeEach Called before each event is waited for.
 */
const readToEnd = async (feed: Feed, beforeEach = (): void => {}): Promise<readonly string[]> => {
  const states: string[] = []
  for (;;) {
    beforeEach()
    const { kind, cursor, task } = await nextEvent(feed)
    if (kind === 'STATE_CHANGE') states.push(`${cursor} ${task?.state}`)
    if (task !== null && task.endedAt !== null) return states
  }
}

it('runs on PostgreSQL: operates, tells the subscribers of every gateway the same, and goes on after a restart', async () => {
  // W8, A1: the cursor of one gateway is good at the other.
  await using database = await createTestDatabase()
  const store = { url: database.url }
  await using gateway = await startGateway({ more: { store } })
  await using replica = await startReplica(store)
  await using here = gateway.watch(TaskEventsDocument, {})
  await using there: Feed = subscribe(replica.url, TaskEventsDocument.toString(), {})
  const begin = await nextEvent(here)
  await nextEvent(there)

  const key = randomUUID()
  const { input, outcome } = await startFailover(gateway, key)
  if (outcome.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  const followed = readToEnd(there)
  const states = await readToEnd(here, () => gateway.turn(30))
  expect(states.at(-1)).toMatch(/SUCCEEDED$/)
  expect(await followed).toEqual(states)

  await using resumed: Feed = subscribe(replica.url, TaskEventsDocument.toString(), { after: begin.cursor })
  expect(await readToEnd(resumed)).toEqual(states)

  const sent = gateway.changes().length
  await gateway.restart()
  const again = (await gateway.dataOf(FailoverDocument, { input })).failover
  expect(again).toMatchObject({ __typename: 'TaskStarted', replayed: true, task: { id: outcome.task.id } })
  expect(gateway.changes()).toHaveLength(sent)
  const { body } = await query(replica.url, AuditChainDocument.toString())
  expect(body).toMatchObject({ data: { auditChain: { isWhole: true } } })
})
