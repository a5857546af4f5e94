import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Secret } from '../../src/std/secret.ts'
import { createJsonLogger } from '../../src/telemetry/json-logger.ts'
import { FailoverDocument, ProtectionGroupsDocument, TaskProgressDocument } from '../generated/graphql.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { startTraceCollector, type CollectedSpan, type TraceCollector } from './trace-collector.ts'

const internalKind = 1
const serverKind = 2
const clientKind = 3

let collector: TraceCollector
let lines: Record<string, unknown>[]
beforeEach(async () => {
  collector = await startTraceCollector()
  lines = []
})
afterEach(() => collector[Symbol.asyncDispose]())

const start = (sampleRatio = 0, more: Parameters<typeof startGateway>[0] = {}): Promise<TestGateway> =>
  startGateway({
    ...more,
    more: {
      traces: { url: collector.url, headers: { 'x-team': new Secret('recovery') }, sampleRatio },
      logger: createJsonLogger({ level: 'debug', write: (line) => lines.push(JSON.parse(line)) }),
      ...more.more,
    },
  })

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'
const traceparent = `00-${traceId}-${parentId}-01`

const listNames = (spans: readonly CollectedSpan[]): readonly string[] => spans.map(({ name }) => name)

const findOne = (spans: readonly CollectedSpan[], name: string): CollectedSpan => {
  const found = spans.filter((span) => span.name === name)
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${name}`)
  return found[0]
}

const listCalls = (): readonly CollectedSpan[] => collector.spans.filter(({ kind }) => kind === clientKind)

/** Asks on a socket, and waits for the only answer. */
const askOnSocket = async (
  url: string,
  document: string,
  { connectionParams, extensions }: Record<'connectionParams' | 'extensions', Record<string, unknown>>,
): Promise<void> => {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams })
  await client.iterate({ query: document, extensions }).next()
  await client.dispose()
}

const countGroups = 'query CountGroups { protectionGroups(first: 1) { totalCount } }'

describe('an operation with a traceparent', () => {
  it('over HTTP goes on with the trace of its caller, down to each call to a site', async () => {
    {
      await using gateway = await start()
      await query(gateway.url, countGroups, {}, { traceparent, 'x-request-id': 'portal-17' })
      // It stays with us: the sites are told nothing of it.
      const sent = gateway.services.flatMap(({ exchanges }) => exchanges.map(({ headers }) => JSON.stringify(headers)))
      expect(sent.length).toBeGreaterThan(0)
      expect(sent.join()).not.toContain(traceId)
    }
    const operation = findOne(collector.spans, 'query CountGroups')
    expect(operation).toMatchObject({ traceId, parentId, kind: serverKind, hasFailed: false })
    expect(operation.facts).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'CountGroups',
      'dr.request_id': 'portal-17',
      'dr.transport': 'http',
      'dr.outcome': 'ok',
    })
    const field = findOne(collector.spans, 'Query.protectionGroups')
    expect(field).toMatchObject({ traceId, parentId: operation.spanId, kind: internalKind })
    const reads = collector.spans.filter(({ name }) => name === 'read groups')
    expect(reads.map(({ parentId: of }) => of)).toEqual([field, field, field, field].map(({ spanId }) => spanId))
    expect(new Set(reads.map(({ facts }) => facts['dr.site'])).size).toBe(4)
    const calls = listCalls()
    expect(calls.length).toBeGreaterThanOrEqual(8)
    for (const call of calls) {
      expect(listNames(collector.ancestorsOf(call)).slice(-2)).toEqual(['Query.protectionGroups', 'query CountGroups'])
      // Among the first calls to a site are some that find out what it is.
      const outcome = Number(call.facts['http.response.status_code']) >= 400 ? 'refused' : 'ok'
      expect(call.facts).toMatchObject({ 'dr.attempts': 1, 'dr.outcome': outcome, 'dr.site': expect.any(String) })
      expect(call.hasFailed).toBe(outcome !== 'ok')
      expect(call.name).toBe(`${call.facts['http.request.method']} ${call.facts['url.template']}`)
    }
    expect(collector.spans.filter((span) => span.traceId !== traceId)).toEqual([])
    expect(collector.resources[0]).toMatchObject({
      'service.name': 'dr-gateway',
      'service.version': expect.any(String),
    })
    expect(collector.headers[0]).toMatchObject({ 'x-team': 'recovery', 'content-type': 'application/json' })
  })

  it('on a socket goes on with it too, whether the operation has brought it or the socket', async () => {
    const another = '1af7651916cd43dd8448eb211c80319d'
    const connectionParams = { traceparent: `00-${another}-${parentId}-01` }
    {
      await using gateway = await start()
      await askOnSocket(gateway.url, countGroups, { connectionParams, extensions: { traceparent } })
      await askOnSocket(gateway.url, countGroups, { connectionParams, extensions: {} })
    }
    for (const id of [traceId, another]) {
      const spans = collector.spans.filter((span) => span.traceId === id)
      const operation = findOne(spans, 'query CountGroups')
      expect(operation).toMatchObject({ parentId, kind: serverKind })
      expect(operation.facts).toMatchObject({ 'dr.transport': 'ws', 'dr.outcome': 'ok' })
      const calls = spans.filter(({ kind }) => kind === clientKind)
      expect(calls.length).toBeGreaterThanOrEqual(4)
      for (const call of calls) expect(collector.ancestorsOf(call).at(-1)).toEqual(operation)
    }
  })

  it('shows what a mutation reads before it sends, and the one call that it sends', async () => {
    {
      await using gateway = await start()
      const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
      const group = protectionGroups.nodes.find(
        ({ vendor, actions }) =>
          vendor === 'ZERTO' && actions.some(({ action, available }) => action === 'FAILOVER' && available),
      )
      const input = { targetId: group?.id ?? '', idempotencyKey: 'failover-1', reason: 'the roof is leaking' }
      await query(gateway.url, FailoverDocument.toString(), { input }, { traceparent })
    }
    const whole = findOne(collector.spans, 'operation')
    expect(whole.facts).toEqual({ 'dr.operation': 'failover', 'dr.result': 'STARTED' })
    const send = findOne(collector.spans, 'send')
    expect(send.facts).toEqual({ 'dr.operation': 'failover' })
    expect(listNames(collector.ancestorsOf(send))).toEqual(['operation', 'Mutation.failover', 'mutation Failover'])
    const call = findOne(collector.spans, 'POST /v1/vpgs/{id}/Failover')
    expect(collector.ancestorsOf(call)[0]).toEqual(send)
    const check = findOne(collector.spans, 'check')
    expect(
      listCalls().filter((each) => collector.ancestorsOf(each)[0]?.spanId === check.spanId).length,
    ).toBeGreaterThan(0)
  })

  it('says why it was refused, or what failed, by a code and no more', async () => {
    const document =
      'mutation Wrong { failover(input: { targetId: "canary-1", idempotencyKey: "k", reason: "canary-2" }) { __typename } }'
    {
      await using gateway = await start(0, { callers: [{ name: 'reader', scopes: [] }] })
      const headers = { traceparent, authorization: `Bearer ${tokenOf('reader')}` }
      await query(gateway.url, countGroups, {}, headers)
      await query(gateway.url, document, {}, { traceparent })
      await query(gateway.url, 'query Nonsense { canary3 }', {}, { traceparent })
      await query(gateway.url, `{ protectionGroups(first: 1) { canary4 } }`, {}, { traceparent })
    }
    const field = findOne(collector.spans, 'Query.protectionGroups')
    expect(field).toMatchObject({ hasFailed: true, facts: { 'error.type': 'PERMISSION_DENIED' } })
    expect(findOne(collector.spans, 'operation').facts).toEqual({
      'dr.operation': 'failover',
      'dr.result': 'NOT_FOUND',
    })
    // A name that has only ever failed takes no place.
    const operations = collector.spans.filter(({ kind }) => kind === serverKind)
    expect(operations.map(({ name, facts }) => [name, facts['dr.outcome'], facts['error.type'] ?? null])).toEqual([
      ['query other', 'failed', 'PERMISSION_DENIED'],
      ['mutation Wrong', 'ok', null],
      ['query other', 'failed', 'GRAPHQL_VALIDATION_FAILED'],
      ['query', 'failed', 'GRAPHQL_VALIDATION_FAILED'],
    ])
    expect(collector.text).not.toMatch(/canary/i)
    expect(collector.text).not.toContain(tokenOf('reader'))
  })

  it('is not written down where its caller does not want that, nor is any part of it', async () => {
    {
      await using gateway = await start(1)
      await query(gateway.url, countGroups, {}, { traceparent: `00-${traceId}-${parentId}-00` })
    }
    expect(collector.spans.filter((span) => span.traceId === traceId)).toEqual([])
    expect(listNames(collector.spans)).not.toContain('query CountGroups')
  })

  it('has its trace id in each line of the log about it', async () => {
    {
      await using gateway = await start()
      await query(gateway.url, countGroups, {}, { traceparent })
    }
    expect(lines.map(({ message, traceId: id = null }) => [message, id])).toEqual([
      ['Traces are handed over', null],
      ['The server listens', null],
      ['signed in', traceId],
      ['signed in', traceId],
      ['The server drains', null],
      ['The server has ended', null],
    ])
  })
})

describe('a trace of its own', () => {
  it('is begun for an operation without a traceparent, for as many as are configured', async () => {
    {
      await using gateway = await start(1)
      await query(gateway.url, countGroups)
    }
    expect(findOne(collector.spans, 'query CountGroups')).toMatchObject({ parentId: null })
    const before = collector.spans.length
    {
      await using gateway = await start(0)
      await query(gateway.url, countGroups)
    }
    expect(collector.spans).toHaveLength(before)
  })

  it('has each look at running tasks, whoever has begun them', async () => {
    {
      await using gateway = await start(1)
      const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
      const group = protectionGroups.nodes.find(({ actions }) =>
        actions.some(({ action, available }) => action === 'FAILOVER' && available),
      )
      const input = { targetId: group?.id ?? '', idempotencyKey: 'failover-1', reason: 'a drill' }
      const { failover } = await gateway.dataOf(FailoverDocument, { input })
      const id = failover.__typename === 'TaskStarted' ? failover.task.id : ''
      await using events = gateway.watch(TaskProgressDocument, { id })
      await events.next()
      gateway.turnAll(600)
      await events.next()
    }
    const looks = collector.spans.filter(({ name }) => name === 'follow tasks')
    expect(looks.length).toBeGreaterThan(0)
    for (const look of looks) expect(look.parentId).toBeNull()
    const ofLooks = listCalls().filter((call) => collector.ancestorsOf(call).at(-1)?.name === 'follow tasks')
    expect(ofLooks.length).toBeGreaterThan(0)
    // A subscription is an operation until it stands, and holds nothing up that comes later.
    const subscription = findOne(collector.spans, 'subscription TaskProgress')
    expect(collector.spans.filter(({ parentId: of }) => of === subscription.spanId).map(({ name }) => name)).toEqual([
      'Subscription.taskProgress',
    ])
  })

  it('keeps a finished answer, given again, to one span', async () => {
    {
      await using gateway = await start(0, { maxAgeSeconds: 3600 })
      for (let time = 0; time < 3; time += 1) await query(gateway.url, countGroups)
      await query(gateway.url, countGroups, {}, { traceparent })
    }
    expect(listNames(collector.spans)).toEqual(['query CountGroups'])
    expect(collector.spans[0]?.facts).toMatchObject({ 'dr.kept': true, 'dr.outcome': 'ok' })
  })
})

it('leads who waits for a read that another one has begun to that read', async () => {
  const another = '1af7651916cd43dd8448eb211c80319d'
  {
    await using gateway = await start()
    const [site] = gateway.zerto.sites
    site?.service.faults.add({ path: /vpgs$/, times: 1, effect: { kind: 'DELAY', delayMs: 400 } })
    const first = query(gateway.url, countGroups, {}, { traceparent })
    await expect.poll(() => site?.service.exchanges.some(({ path }) => path.includes('vpgs'))).toBe(true)
    await query(gateway.url, countGroups, {}, { traceparent: `00-${another}-${parentId}-01` })
    await first
  }
  const waits = collector.spans.filter(({ name }) => name === 'wait for groups')
  expect(waits.length).toBeGreaterThan(0)
  for (const wait of waits) {
    expect(wait.traceId).toBe(another)
    const [link] = wait.links
    const read = collector.spans.find(({ spanId }) => spanId === link?.spanId)
    expect(read).toMatchObject({ traceId, name: 'read groups', facts: { 'dr.site': wait.facts['dr.site'] } })
  }
})

it('holds no password, token, variable or parameter of a URL', async () => {
  const secret = 'canary-in-a-variable'
  let passwords: readonly string[] = []
  {
    await using gateway = await start(1, { callers: [{ name: 'reader', scopes: ['dr:read'] }] })
    passwords = [...gateway.vcda.sites, ...gateway.zerto.sites].map(({ login }) => login.password)
    const headers = { authorization: `Bearer ${tokenOf('reader')}` }
    const document = 'query Search($text: String) { replications(first: 1, filter: { search: $text }) { totalCount } }'
    await query(gateway.url, document, { text: secret }, headers)
    await query(gateway.url, countGroups, {}, headers)
  }
  expect(collector.spans.length).toBeGreaterThan(10)
  // A4 of the authentication faults
  for (const each of [...passwords, secret, tokenOf('reader'), 'reader']) expect(collector.text).not.toContain(each)
  for (const { facts } of listCalls()) expect(facts['url.template']).toMatch(/^(?:\/(?:[a-zA-Z-]+|v1|\{id\}))+$/)
})
