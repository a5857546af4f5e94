import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnsweredOperation } from '../../src/domain/ports/operation-observer.ts'
import type { RpoVerdict } from '../../src/domain/rpo.ts'
import { GatewayMetrics, mostOperationNames } from '../../src/telemetry/gateway-metrics.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { mostGroups, type FigureSources } from '../../src/telemetry/known-figures.ts'
import { startMetricsServer, type MetricsServer } from '../../src/telemetry/metrics-server.ts'
import { parseScrape, type Scrape } from './parse-scrape.ts'

let metrics: GatewayMetrics
let server: MetricsServer
beforeEach(async () => {
  metrics = new GatewayMetrics({ version: '1.2.3' })
  server = await startMetricsServer({ host: '127.0.0.1', port: 0, metrics, logger: silentLogger })
})
afterEach(() => server[Symbol.asyncDispose]())

const scrape = async (): Promise<Scrape> => parseScrape(await metrics.scrape())

type Group = FigureSources['listGroups'] extends () => Iterable<infer Each> ? Each : never

const end = {
  siteId: 'x',
  siteName: 'zvm-a',
  organization: null,
  datacenter: null,
  vApp: null,
  hypervisor: null,
  datastore: null,
  storageProfile: null,
}

const toGroup = (id: string, name: string, verdict: RpoVerdict): Group => {
  const lastSyncedAt = verdict === 'NEVER_SYNCED' ? null : new Date(1_700_000_000_000)
  const rpo = { targetSeconds: 300, actualSeconds: null, violationSeconds: null, verdict, lastSyncedAt }
  return { id, vendor: 'ZERTO', name, source: end, rpo }
}

const nothing: FigureSources = {
  now: () => new Date(),
  listSites: () => [],
  listLists: () => [],
  listGroups: () => [],
  listReplications: () => [],
  listOpenTasks: async () => [],
}

const toOperation = (name: string | null, given: Partial<AnsweredOperation> = {}): AnsweredOperation => ({
  name,
  transport: 'HTTP',
  outcome: 'OK',
  seconds: 0.01,
  ...given,
})

const operationNames = async (): Promise<readonly (string | undefined)[]> =>
  (await scrape()).samples
    .filter(({ name }) => name === 'dr_gateway_operations_total')
    .map(({ labels }) => labels['operation'])

describe('names that callers choose', () => {
  it('have a place of their own up to the bound, and share one beyond', async () => {
    for (let number = 0; number < mostOperationNames + 50; number += 1)
      metrics.noteOperation(toOperation(`Name${number}`))
    metrics.noteOperation(toOperation('Name3'))
    metrics.noteOperation(toOperation(null))
    const { sum } = await scrape()
    expect(new Set(await operationNames()).size).toBe(mostOperationNames + 2)
    expect(sum('dr_gateway_operations_total', { operation: 'other' })).toBe(50)
    expect(sum('dr_gateway_operations_total', { operation: 'Name3' })).toBe(2)
    expect(sum('dr_gateway_operations_total', { operation: 'anonymous' })).toBe(1)
  })

  it('take no place when they are no names, too long, or have only ever failed', async () => {
    const long = 'x'.repeat(65)
    for (const name of [long, 'a"b', 'a b', '']) metrics.noteOperation(toOperation(name))
    metrics.noteOperation(toOperation('Broken', { outcome: 'FAILED' }))
    expect(new Set(await operationNames())).toEqual(new Set(['other']))
    metrics.noteOperation(toOperation('Broken', { outcome: 'PARTIAL' }))
    metrics.noteOperation(toOperation('Broken', { outcome: 'FAILED' }))
    const { sum } = await scrape()
    expect(sum('dr_gateway_operations_total', { operation: 'Broken', outcome: 'failed' })).toBe(1)
  })
})

describe('groups', () => {
  it('have figures of their own up to the bound, the worst first', async () => {
    const good = Array.from({ length: mostGroups }, (_, number) => toGroup(`a${number}`, `good-${number}`, 'MEETING'))
    const bad = [toGroup('z1', 'late', 'VIOLATING'), toGroup('z2', 'never', 'NEVER_SYNCED')]
    metrics.begin({ ...nothing, listGroups: () => [...good, ...bad] })
    const { values, sum } = await scrape()
    expect(values('dr_gateway_group_never_synced')).toHaveLength(mostGroups)
    expect(values('dr_gateway_group_never_synced', { group: 'never' })).toEqual([1])
    expect(values('dr_gateway_group_rpo_violating', { group: 'late' })).toEqual([1])
    expect(values('dr_gateway_groups_left_out')).toEqual([2])
    expect(sum('dr_gateway_groups')).toBe(mostGroups + 2)
  })

  it('of one name are one series, that of the worse one, whatever signs the name has', async () => {
    const name = 'say "hi"\\\nand go'
    const groups = [toGroup('1', name, 'MEETING'), toGroup('2', name, 'NEVER_SYNCED')]
    metrics.begin({ ...nothing, listGroups: () => groups })
    const { values } = await scrape()
    expect(values('dr_gateway_group_never_synced', { group: name })).toEqual([1])
    expect(values('dr_gateway_group_last_synced_timestamp_seconds', { group: name })).toEqual([])
  })

  it('that are gone have no figures any more', async () => {
    let groups = [toGroup('1', 'one', 'MEETING')]
    metrics.begin({ ...nothing, listGroups: () => groups })
    expect((await scrape()).values('dr_gateway_group_last_synced_timestamp_seconds')).toEqual([1_700_000_000])
    groups = []
    expect((await scrape()).values('dr_gateway_group_last_synced_timestamp_seconds')).toEqual([])
  })
})

it('says that the store is down, and everything else all the same', async () => {
  metrics.begin({
    ...nothing,
    listGroups: () => [toGroup('1', 'one', 'MEETING')],
    listOpenTasks: () => Promise.reject(new Error('the disk is gone')),
  })
  const { values } = await scrape()
  expect(values('dr_gateway_store_up')).toEqual([0])
  expect(values('dr_gateway_group_never_synced', { group: 'one' })).toEqual([0])
})

it('counts streams that are open and those that were dropped, and writes that failed', async () => {
  for (const moment of ['OPENED', 'OPENED', 'DROPPED', 'CLOSED'] as const) metrics.noteStream(moment)
  metrics.noteWrite('begin', 'FAILED', 0.2)
  const { sum } = await scrape()
  expect(sum('dr_gateway_subscriptions')).toBe(1)
  expect(sum('dr_gateway_subscription_queue_drops_total')).toBe(1)
  expect(sum('dr_gateway_journal_writes_total', { write: 'begin', outcome: 'failed' })).toBe(1)
})

it('says on its port that the gateway starts until it serves', async () => {
  const ask = async (path: string) => (await fetch(new URL(path, server.url))).status
  expect(await ask('/health/startup')).toBe(503)
  expect(await ask('/health/live')).toBe(200)
  expect((await scrape()).values('dr_gateway_started')).toEqual([0])
  metrics.begin(nothing)
  expect(await ask('/health/startup')).toBe(200)
  expect(await ask('/anything')).toBe(404)
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
})
