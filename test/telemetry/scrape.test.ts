import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  FailoverDocument,
  ProtectionGroupsDocument,
  SitesDocument,
  TaskProgressDocument,
} from '../generated/graphql.ts'
import { query, subscribe } from '../support/graphql-client.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { parseScrape, type Scrape } from './parse-scrape.ts'

let gateway: TestGateway
beforeEach(async () => {
  const metrics = { host: '127.0.0.1', port: 0 }
  // Young for the whole test: nobody but a test's own questions makes the gateway ask a site.
  gateway = await startGateway({ maxAgeSeconds: 3600, more: { metrics, pollIntervalMs: 600_000 } })
})
afterEach(() => gateway[Symbol.asyncDispose]())

const fetchFigures = async (): Promise<{ readonly type: string; readonly text: string }> => {
  const response = await fetch(gateway.metricsUrl ?? '')
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type') ?? '', text: await response.text() }
}

const scrape = async (): Promise<Scrape> => parseScrape((await fetchFigures()).text)

const verdictsQuery = `{ protectionGroups(first: 500) {
  nodes { vendor name source { site { name } } rpo { verdict lastSyncedAt targetSeconds } }
} }`

interface VerdictNode {
  readonly vendor: string
  readonly name: string
  readonly rpo: {
    readonly verdict: string
    readonly lastSyncedAt: string | null
    readonly targetSeconds: number | null
  }
}

const listVerdicts = async (): Promise<readonly VerdictNode[]> => {
  const { body } = await query<{ protectionGroups: { nodes: readonly VerdictNode[] } }>(gateway.url, verdictsQuery)
  return body.data?.protectionGroups.nodes ?? []
}

const findFailoverGroup = async (): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(
    ({ vendor, actions }) =>
      vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  return group?.id ?? ''
}

describe('a scrape', () => {
  it('is text of Prometheus with figures of the process and of what runs', async () => {
    const { type, text } = await fetchFigures()
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/)
    const { values, types } = parseScrape(text)
    expect(values('dr_gateway_build_info', { node: process.version })).toEqual([1])
    expect(values('dr_gateway_started')).toEqual([1])
    expect(values('process_cpu_seconds_total')).toHaveLength(1)
    expect(types.get('dr_gateway_operation_seconds')).toBe('histogram')
  })

  it('tells the recovery points of each group in absolute times, and never synced apart', async () => {
    const groups = await listVerdicts()
    const { values, sum } = await scrape()
    const never = groups.filter(({ rpo }) => rpo.verdict === 'NEVER_SYNCED')
    expect(never.length).toBeGreaterThan(0)
    expect(groups.length).toBeGreaterThan(never.length)
    for (const { name, vendor, rpo } of groups) {
      const labels = { group: name, vendor: vendor.toLowerCase() }
      const isNever = rpo.verdict === 'NEVER_SYNCED'
      expect(values('dr_gateway_group_never_synced', labels)).toEqual([isNever ? 1 : 0])
      expect(values('dr_gateway_group_rpo_violating', labels)).toEqual([rpo.verdict === 'VIOLATING' ? 1 : 0])
      const times = rpo.lastSyncedAt === null ? [] : [Date.parse(rpo.lastSyncedAt) / 1000]
      expect(values('dr_gateway_group_last_synced_timestamp_seconds', labels)).toEqual(times)
    }
    expect(sum('dr_gateway_groups')).toBe(groups.length)
    expect(sum('dr_gateway_groups', { verdict: 'never_synced' })).toBe(never.length)
    expect(sum('dr_gateway_groups_left_out')).toBe(0)
  })

  it('asks no site, however often it is read', async () => {
    // What is read anyway has been read.
    await query(gateway.url, '{ protectionGroups { totalCount } replications { totalCount } }')
    await gateway.dataOf(SitesDocument, {})
    const before = gateway.countRequests()
    for (let time = 0; time < 5; time += 1) await scrape()
    expect(gateway.countRequests()).toBe(before)
  })

  it('shows what runs right after a failover, with the write and the calls that it took', async () => {
    const targetId = await findFailoverGroup()
    const input = { targetId, idempotencyKey: 'failover-1', reason: 'the roof is leaking' }
    await gateway.dataOf(FailoverDocument, { input })
    const { sum } = await scrape()
    expect(sum('dr_gateway_open_tasks', { vendor: 'zerto', operation: 'failover' })).toBe(1)
    expect(sum('dr_gateway_operations_total', { operation: 'Failover', transport: 'http', outcome: 'ok' })).toBe(1)
    expect(sum('dr_gateway_journal_writes_total', { write: 'begin', outcome: 'ok' })).toBe(1)
    const call = { method: 'POST', endpoint: '/v1/vpgs/{id}/Failover', outcome: 'ok' }
    expect(sum('dr_gateway_vendor_calls_total', call)).toBe(1)
    expect(sum('dr_gateway_vendor_call_seconds_count', { method: 'POST', endpoint: call.endpoint })).toBe(1)
    expect(sum('dr_gateway_store_up')).toBe(1)
  })

  it('counts operations by name over HTTP and WebSocket, also finished answers that are given again', async () => {
    for (let time = 0; time < 3; time += 1) await gateway.dataOf(SitesDocument, {})
    await query(gateway.url, 'query Nonsense { nothingOfTheKind }')
    await using socket = subscribe(gateway.url, 'query OverSocket { sites { id } }')
    await socket.next()
    const { sum } = await scrape()
    expect(sum('dr_gateway_operations_total', { operation: 'Sites', outcome: 'ok' })).toBe(3)
    expect(sum('dr_gateway_operation_seconds_count', { operation: 'Sites' })).toBe(3)
    expect(sum('dr_gateway_operations_total', { operation: 'OverSocket', transport: 'ws', outcome: 'ok' })).toBe(1)
    // A name that has only ever failed takes no place.
    expect(sum('dr_gateway_operations_total', { operation: 'other', outcome: 'failed' })).toBe(1)
  })

  it('counts a subscription for as long as it is open', async () => {
    const targetId = await findFailoverGroup()
    const input = { targetId, idempotencyKey: 'failover-1', reason: 'the roof is leaking' }
    const { failover } = await gateway.dataOf(FailoverDocument, { input })
    const id = failover.__typename === 'TaskStarted' ? failover.task.id : ''
    {
      await using events = gateway.watch(TaskProgressDocument, { id })
      await events.next()
      expect((await scrape()).sum('dr_gateway_subscriptions')).toBe(1)
    }
    await expect.poll(async () => (await scrape()).sum('dr_gateway_subscriptions')).toBe(0)
  })

  it('tells of a site that is down, with its breaker, and of the age of its lists', async () => {
    const [down] = gateway.vcda.sites
    down?.service.faults.add({ path: /./, effect: { kind: 'RESET_BEFORE' } })
    const document = '{ protectionGroups(first: 1, maxAgeSeconds: 0) { totalCount } }'
    const site = down?.name ?? ''
    const isOpen = async () => {
      await query(gateway.url, document)
      return (await scrape()).values('dr_gateway_site_breaker', { site, state: 'open' })
    }
    await expect.poll(isOpen, { timeout: 20_000 }).toEqual([1])
    await query(gateway.url, document)
    const { values, sum } = await scrape()
    expect(sum('dr_gateway_vendor_calls_total', { site, outcome: 'not_sent' })).toBeGreaterThan(0)
    expect(values('dr_gateway_site_state', { site, state: 'down' })).toEqual([1])
    expect(values('dr_gateway_site_state', { site, state: 'up' })).toEqual([0])
    expect(sum('dr_gateway_vendor_calls_total', { site, outcome: 'lost' })).toBeGreaterThan(0)
    const [other] = gateway.zerto.sites
    expect(values('dr_gateway_site_state', { site: other?.name ?? '', state: 'up' })).toEqual([1])
    const list = 'groups'
    expect(values('dr_gateway_snapshot_known', { site, list })).toEqual([0])
    expect(values('dr_gateway_snapshot_age_seconds', { site, list })).toEqual([])
    expect(values('dr_gateway_snapshot_age_seconds', { site: other?.name ?? '', list })).toEqual([expect.any(Number)])
  })

  it('has endpoints without the ids that stood in them, and no secret', async () => {
    await listVerdicts()
    const { text } = await fetchFigures()
    const endpoints = new Set(parseScrape(text).samples.flatMap(({ labels }) => labels['endpoint'] ?? []))
    expect(endpoints.size).toBeGreaterThan(4)
    for (const endpoint of endpoints) expect(endpoint).toMatch(/^(?:\/(?:[a-zA-Z-]+|v1|\{id\}))+$/)
    // A4 of the authentication faults
    const passwords = [...gateway.vcda.sites, ...gateway.zerto.sites].map(({ login }) => login.password)
    for (const password of passwords) expect(text).not.toContain(password)
  })
})

it('says whether the gateway has started, on the port of the figures and on its own', async () => {
  for (const url of [gateway.metricsUrl, gateway.url]) {
    const answer = await fetch(new URL('/health/startup', url ?? ''))
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'started' }])
  }
})
