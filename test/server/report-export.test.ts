import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { toOwnRecoveries } from '../../src/domain/own-recoveries.ts'
import type { ListedRecovery } from '../../src/domain/recovery-report.ts'
import type { RecoveryFilter } from '../../src/graphql/recovery-report/recovery-report-filter.ts'
import type { RecoveryListing } from '../../src/graphql/recovery-report/recovery-report-list.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { later, sampleRequest, sampleTask, sampleTaskId } from '../journal/sample-task.ts'
import { parseCsv, toCells, toUnguarded, type JsonRow } from '../support/parse-csv.ts'
import { everywhere } from '../support/viewer-of.ts'
import { send, startTestServer, type RawAnswer, type TestServer } from './start-test-server.ts'

const recovery = (number: number, given: Partial<ListedRecovery> = {}): ListedRecovery => {
  const task = sampleTask({
    id: sampleTaskId(number),
    dispatch: 'ACCEPTED',
    state: 'SUCCEEDED',
    awaitingSince: later(90),
    endedAt: later(200),
    request: sampleRequest({ reason: 'drill, "quarterly"' }),
  })
  const [only] = toOwnRecoveries([task])
  if (only === undefined) throw new Error('is no recovery')
  return { ...only, ...given }
}

const listing: RecoveryListing = {
  recoveries: [
    recovery(1, { vmNames: ['pay-1', 'pay-2'], notes: 'first\r\nsecond' }),
    recovery(2, { name: '=HYPERLINK("http://evil")', rtoSeconds: null, wasSuccessful: null }),
  ],
  coverage: [
    { siteName: 'Boston', completeness: 'COMPLETE', observedAt: later(0), problem: null },
    {
      siteName: 'Zürich, West',
      completeness: 'UNAVAILABLE',
      observedAt: null,
      problem: DomainError.vendor({ code: 'TIMEOUT', message: 'no answer', siteName: 'Zürich, West' }).problem,
    },
  ],
}

const get = (server: TestServer, path: string, authorization?: string, method = 'GET'): Promise<RawAnswer> =>
  send(new URL(path, server.url).href, { method, headers: authorization === undefined ? {} : { authorization } })

const start = (list: (filter: RecoveryFilter) => Promise<RecoveryListing> = async () => listing): Promise<TestServer> =>
  startTestServer({ listRecoveries: list })

test('gives the reports as a table that says of itself what it is', async () => {
  await using server = await start()
  const { status, headers, text } = await get(server, '/reports/recovery.csv')
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="recovery-reports.csv"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-coverage': 'Boston=COMPLETE, Z%C3%BCrich%2C%20West=UNAVAILABLE',
  })
  const [header = [], ...records] = parseCsv(text)
  expect(header.slice(0, 5)).toEqual(['id', 'source', 'vendor', 'kind', 'name'])
  expect(records).toHaveLength(2)
  // A spreadsheet must not run what a machine or group is called.
  expect(records[1]?.[header.indexOf('name')]).toBe(`'=HYPERLINK("http://evil")`)
})

test('says in JSON the same as in the table, and what could not be seen', async () => {
  await using server = await start()
  const json = await get(server, '/reports/recovery.json')
  const csv = await get(server, '/reports/recovery.csv')
  expect(json.headers['content-type']).toBe('application/json; charset=utf-8')
  const { reports, coverage } = JSON.parse(json.text)
  expect(coverage).toMatchObject([
    { siteName: 'Boston', completeness: 'COMPLETE', problem: null },
    { siteName: 'Zürich, West', completeness: 'UNAVAILABLE', problem: { code: 'TIMEOUT' } },
  ])
  expect(reports[0]).toMatchObject({
    rtoSeconds: 90,
    wasSuccessful: true,
    requestedBy: 'alice',
    reason: 'drill, "quarterly"',
    decision: 'COMMITTED',
    vmNames: ['pay-1', 'pay-2'],
    taskId: sampleTaskId(1),
  })
  const [header = [], ...records] = parseCsv(csv.text)
  expect(records.map((cells) => cells.map(toUnguarded))).toEqual(reports.map((row: JsonRow) => toCells(row, header)))
  expect(Object.keys(reports[0])).toEqual(header)
})

test('gives an empty list as a header, and as an empty array', async () => {
  await using server = await start(async () => ({ recoveries: [], coverage: [] }))
  expect(parseCsv((await get(server, '/reports/recovery.csv')).text)).toHaveLength(1)
  expect(JSON.parse((await get(server, '/reports/recovery.json')).text)).toEqual({ coverage: [], reports: [] })
})

test('writes as many rows as there are, each once', async () => {
  const recoveries = Array.from({ length: 1_234 }, (_, number) => recovery(number))
  await using server = await start(async () => ({ recoveries, coverage: [] }))
  const [header = [], ...records] = parseCsv((await get(server, '/reports/recovery.csv')).text)
  const taskIds = recoveries.map(({ task }) => task?.id)
  expect(records.map((cells) => cells[header.indexOf('taskId')])).toEqual(taskIds)
  const { reports } = JSON.parse((await get(server, '/reports/recovery.json')).text)
  expect(reports.map(({ taskId }: { readonly taskId: string }) => taskId)).toEqual(taskIds)
})

test('passes the parameters on as the filter of the list', async () => {
  const filters: RecoveryFilter[] = []
  await using server = await start(async (filter) => {
    filters.push(filter)
    return listing
  })
  await get(server, '/reports/recovery.csv')
  await get(
    server,
    '/reports/recovery.json?kind=FAILOVER&kind=MOVE&groupId=g1&source=GATEWAY&wasSuccessful=false&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00%2B01:00',
  )
  const nothing = { vendors: null, kinds: null, sources: null, groupIds: null, wasSuccessful: null }
  expect(filters).toEqual([
    { ...nothing, from: null, to: null },
    {
      ...nothing,
      kinds: ['FAILOVER', 'MOVE'],
      groupIds: ['g1'],
      sources: ['GATEWAY'],
      wasSuccessful: false,
      from: new Date('2026-01-01T00:00:00Z'),
      to: new Date('2026-01-31T23:00:00Z'),
    },
  ])
})

test.each([
  'kind=failover',
  'kind=',
  'source=US',
  'vendor=ACME',
  'wasSuccessful=yes',
  'from=yesterday',
  'to=2026-02-30T00:00:00Z',
  'from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z',
  'kinds=FAILOVER',
  'group=g1',
])('refuses %s instead of giving everything', async (query) => {
  await using server = await start()
  const { status, text } = await get(server, `/reports/recovery.csv?${query}`)
  expect(status).toBe(400)
  const name = query.split('=')[0]
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ extensions: { code: 'INVALID_INPUT', fields: [{ path: name }] } }],
  })
})

const toGrant = (name: string, scopes: readonly ('dr:read' | 'dr:audit')[]) => ({
  name,
  grants: everywhere(scopes),
  sha256: createHash('sha256').update(name).digest('hex'),
})

test('asks who is there, and what he may do, before it looks at anything else', async () => {
  let asked = 0
  const tokens = [toGrant('reader', ['dr:read']), toGrant('auditor', ['dr:audit'])]
  await using server = await startTestServer({
    authenticate: createTokenAuthentication({ tokens, anonymous: null }),
    listRecoveries: async () => {
      asked += 1
      return listing
    },
  })
  for (const path of ['/reports/recovery.csv', '/reports/recovery.json?kind=nonsense']) {
    const nobody = await get(server, path)
    expect([nobody.status, nobody.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect((await get(server, path, 'Bearer wrong')).status).toBe(401)
    const without = await get(server, path, 'Bearer auditor')
    expect(without.status).toBe(403)
    expect(JSON.parse(without.text)).toMatchObject({ errors: [{ extensions: { code: 'PERMISSION_DENIED' } }] })
  }
  expect(asked).toBe(0)
  expect((await get(server, '/reports/recovery.csv', 'Bearer reader')).status).toBe(200)
  expect(asked).toBe(1)
})

test('takes nothing but GET', async () => {
  await using server = await start()
  const { status, headers } = await get(server, '/reports/recovery.csv', undefined, 'POST')
  expect([status, headers.allow]).toEqual([405, 'GET'])
})

test('says that the journal cannot be read, and hides what nobody expected', async () => {
  const errors = [DomainError.store('STORE_UNAVAILABLE', 'The disk is full', null), new Error('secret-stack-detail')]
  await using server = await start(() => Promise.reject(errors.shift()))
  const store = await get(server, '/reports/recovery.csv')
  expect([store.status, JSON.parse(store.text).errors[0].extensions.code]).toEqual([503, 'STORE_UNAVAILABLE'])
  const broken = await get(server, '/reports/recovery.csv')
  expect(broken.status).toBe(500)
  expect(broken.text).not.toContain('secret-stack-detail')
  expect(server.logged.some((line) => JSON.stringify(line).includes('secret-stack-detail'))).toBe(true)
})
