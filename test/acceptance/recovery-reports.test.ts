import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  CommitFailoverDocument,
  EndTestFailoverDocument,
  FailoverDocument,
  NodeDocument,
  ProtectionGroupsDocument,
  RecoveryReportsDocument,
  ReplicationsDocument,
  RollbackFailoverDocument,
  TaskProgressDocument,
  TestFailoverDocument,
  type Action,
  type RecoveryReportOrderField,
  type RecoveryReportsQueryVariables,
  type TaskOutcomeFragment,
  type TaskState,
  type Vendor,
} from '../generated/graphql.ts'
import { parseCsv, toCells, toUnguarded, type JsonRow } from '../support/parse-csv.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startGateway({
    callers: [
      { name: 'auditor', scopes: ['dr:read'] },
      { name: 'log-reader', scopes: ['dr:audit'] },
    ],
  })
})
afterEach(() => gateway[Symbol.asyncDispose]())

const findGroupId = async (vendor: Vendor, action: Action): Promise<string> => {
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const found = protectionGroups.nodes.find(
    (group) =>
      group.vendor === vendor && group.actions.some((verdict) => verdict.action === action && verdict.available),
  )
  if (found === undefined) throw new Error(`no group of ${vendor} can ${action}`)
  return found.id
}

const requireTask = (outcome: TaskOutcomeFragment): string => {
  if (outcome.__typename !== 'TaskStarted') throw new Error(JSON.stringify(outcome))
  return outcome.task.id
}

/** Turns time until the task is in this state. */
const turnUntil = async (taskId: string, state: TaskState): Promise<void> => {
  await using events = gateway.watch(TaskProgressDocument, { id: taskId })
  for (;;) {
    const event = await events.next()
    const task = event.data?.taskProgress.task
    if (task?.state === state) return
    if (task?.endedAt !== null) throw new Error(JSON.stringify(event))
    gateway.turn(30)
  }
}

const failOver = async (targetId: string, key: string): Promise<string> => {
  const input = { targetId, idempotencyKey: key, reason: 'the roof is leaking' }
  return requireTask((await gateway.dataOf(FailoverDocument, { input })).failover)
}

const runTest = async (targetId: string, verdict: { wasSuccessful?: boolean; summary?: string }): Promise<string> => {
  const begun = await gateway.dataOf(TestFailoverDocument, { input: { targetId, idempotencyKey: `t-${targetId}` } })
  const taskId = requireTask(begun.testFailover)
  await turnUntil(taskId, 'SUCCEEDED')
  const input = { targetId, idempotencyKey: `e-${targetId}`, ...verdict }
  const ended = await gateway.dataOf(EndTestFailoverDocument, { input })
  await turnUntil(requireTask(ended.endTestFailover), 'SUCCEEDED')
  return taskId
}

const listReports = async (variables: RecoveryReportsQueryVariables = {}) => {
  const { recoveryReports } = await gateway.dataOf(RecoveryReportsDocument, { first: 500, ...variables })
  return recoveryReports
}

const download = (path: string, caller?: string): Promise<Response> =>
  fetch(new URL(path, gateway.url), {
    headers: caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` },
  })

describe('the list of reports', () => {
  it('shows a failover that the vendor reports, too, once, with its measured time and what was decided here', async () => {
    const targetId = await findGroupId('ZERTO', 'FAILOVER')
    const before = await listReports({ filter: { groupIds: [targetId] } })
    const taskId = await failOver(targetId, 'f')
    await turnUntil(taskId, 'AWAITING_DECISION')
    // What has not ended is no report yet.
    expect((await listReports({ filter: { groupIds: [targetId] } })).totalCount).toBe(before.totalCount)
    const input = { targetId, idempotencyKey: 'c', reason: 'all is well' }
    const commit = requireTask((await gateway.dataOf(CommitFailoverDocument, { input })).commitFailover)
    await turnUntil(commit, 'SUCCEEDED')
    await turnUntil(taskId, 'SUCCEEDED')

    const after = await listReports({ filter: { groupIds: [targetId] } })
    expect(after.totalCount).toBe(before.totalCount + 1)
    const [newest] = after.nodes
    expect(newest).toMatchObject({
      source: 'VENDOR',
      kind: 'FAILOVER',
      group: { id: targetId },
      wasSuccessful: true,
      task: { id: taskId },
      reason: 'the roof is leaking',
      decision: { outcome: 'COMMITTED', decidedBy: 'tester', reason: 'all is well' },
    })
    expect(newest?.rtoSeconds).toBeGreaterThan(0)
  })

  it('shows a failover that was taken back as that', async () => {
    const targetId = await findGroupId('ZERTO', 'FAILOVER')
    const taskId = await failOver(targetId, 'f')
    await turnUntil(taskId, 'AWAITING_DECISION')
    const input = { targetId, idempotencyKey: 'r' }
    const rollback = requireTask((await gateway.dataOf(RollbackFailoverDocument, { input })).rollbackFailover)
    await turnUntil(rollback, 'SUCCEEDED')
    await turnUntil(taskId, 'CANCELLED')
    const { nodes } = await listReports({ filter: { groupIds: [targetId] } })
    expect(nodes.filter(({ task }) => task?.id === taskId)).toMatchObject([
      { decision: { outcome: 'ROLLED_BACK', decidedBy: 'tester' } },
    ])
  })

  it('shows a test on each product, and a failover of a single machine that the vendor does not report', async () => {
    const groups = {
      VCDA: await findGroupId('VCDA', 'TEST_FAILOVER'),
      ZERTO: await findGroupId('ZERTO', 'TEST_FAILOVER'),
    }
    const tests = {
      VCDA: await runTest(groups.VCDA, {}),
      ZERTO: await runTest(groups.ZERTO, { wasSuccessful: true, summary: 'all came up' }),
    }
    const { replications } = await gateway.dataOf(ReplicationsDocument, {
      first: 500,
      filter: { vendors: ['VCDA'], states: ['PROTECTED'], healths: ['HEALTHY'], isGrouped: false },
    })
    const alone = replications.nodes.find(({ purpose }) => purpose === 'PROTECTION')?.id ?? ''
    const failover = await failOver(alone, 'f')
    await turnUntil(failover, 'SUCCEEDED')

    const { nodes } = await listReports()
    const byTask = new Map(nodes.flatMap((report) => (report.task === null ? [] : [[report.task?.id, report]])))
    expect([...byTask.keys()].toSorted()).toEqual([tests.VCDA, tests.ZERTO, failover].toSorted())
    expect(byTask.get(tests.VCDA)).toMatchObject({
      source: 'GATEWAY',
      kind: 'TEST_FAILOVER',
      group: { id: groups.VCDA },
    })
    expect(byTask.get(tests.ZERTO)).toMatchObject({ source: 'VENDOR', kind: 'TEST_FAILOVER', notes: 'all came up' })
    expect(byTask.get(failover)).toMatchObject({ source: 'GATEWAY', kind: 'FAILOVER', group: { id: alone } })
    for (const report of byTask.values()) expect(report.rtoSeconds).toEqual(expect.any(Number))

    const own = await listReports({ filter: { sources: ['GATEWAY'] } })
    expect(own.nodes.map(({ task }) => task?.id ?? '').toSorted()).toEqual([tests.VCDA, failover].toSorted())
    const failovers = await listReports({ filter: { kinds: ['FAILOVER'], groupIds: [alone], wasSuccessful: true } })
    expect(failovers.nodes.map(({ task }) => task?.id)).toEqual([failover])
    // Found again by its id, like anything that has one.
    const id = byTask.get(failover)?.id ?? ''
    expect((await gateway.dataOf(NodeDocument, { id })).node).toMatchObject({ __typename: 'RecoveryReport', id })
  })

  it('is sorted by beginning, time to recover or name, either way, and paged in that order', async () => {
    for (const vendor of ['VCDA', 'ZERTO'] as const) await runTest(await findGroupId(vendor, 'TEST_FAILOVER'), {})
    const all = await listReports()
    expect(all.totalCount).toBeGreaterThan(3)
    type Node = (typeof all.nodes)[number]
    const orders: readonly (readonly [RecoveryReportOrderField, (node: Node) => string | number])[] = [
      ['STARTED', ({ startedAt }) => Date.parse(startedAt ?? '')],
      ['RTO', ({ rtoSeconds }) => rtoSeconds ?? Number.MAX_SAFE_INTEGER],
      ['NAME', ({ name }) => name.toLowerCase()],
    ]
    for (const [field, toKey] of orders) {
      for (const direction of ['ASC', 'DESC'] as const) {
        const { nodes } = await listReports({ orderBy: { field, direction } })
        const keys = nodes.map(toKey)
        const sorted = keys.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))
        expect(keys).toEqual(direction === 'ASC' ? sorted : sorted.toReversed())
        const paged: string[] = []
        let after: string | null = null
        do {
          const page: typeof all = await listReports({ orderBy: { field, direction }, first: 2, after })
          paged.push(...page.nodes.map(({ id }) => id))
          after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
        } while (after !== null)
        expect(paged).toEqual(nodes.map(({ id }) => id))
      }
    }
  })

  it('keeps what is known here when a site does not answer, and says what is missing', async () => {
    // R1
    const targetId = await findGroupId('VCDA', 'TEST_FAILOVER')
    const taskId = await runTest(targetId, {})
    for (const { service } of gateway.zerto.sites) {
      service.faults.add({ path: /reports\/recovery/, effect: { kind: 'ANSWER', status: 503, body: '' } })
    }
    const { data, errors } = await gateway.ask(RecoveryReportsDocument, { first: 500 })
    expect(data?.recoveryReports.nodes.map(({ task }) => task?.id)).toContain(taskId)
    const silent = data?.recoveryReports.coverage.filter(({ completeness }) => completeness === 'UNAVAILABLE')
    expect(silent).toHaveLength(gateway.zerto.sites.length)
    expect(errors?.map(({ path }) => path)).toEqual(gateway.zerto.sites.map(() => ['recoveryReports']))
    const { headers } = await download('/reports/recovery.csv')
    expect(headers.get('x-coverage')?.match(/=UNAVAILABLE/g)).toHaveLength(gateway.zerto.sites.length)
  })
})

describe('the export', () => {
  it('holds what the query lists, as a table and as JSON alike', async () => {
    const targetId = await findGroupId('ZERTO', 'TEST_FAILOVER')
    await runTest(targetId, { wasSuccessful: false, summary: '=cmd|"/c calc"!A1, and\nmore' })
    const { nodes } = await listReports()
    const csv = await download('/reports/recovery.csv', 'auditor')
    const json = await download('/reports/recovery.json', 'auditor')
    const { reports, coverage } = await json.json()
    expect(reports.map(({ id }: { readonly id: string }) => id).toSorted()).toEqual(
      nodes.map(({ id }) => id).toSorted(),
    )
    expect(coverage.length).toBeGreaterThan(0)
    const [header = [], ...records] = parseCsv(await csv.text())
    expect(records.map((cells) => cells.map(toUnguarded))).toEqual(reports.map((row: JsonRow) => toCells(row, header)))
    const tested = reports.find((row: { readonly groupId: string | null }) => row.groupId === targetId)
    expect(tested).toMatchObject({ kind: 'TEST_FAILOVER', wasSuccessful: false, requestedBy: 'tester' })
    expect(records.flat().filter((cell) => cell.startsWith('='))).toEqual([])
  })

  it('is narrowed like the query', async () => {
    const all = await listReports()
    const some = all.nodes.find(({ group }) => group !== null)
    const { nodes } = await listReports({ filter: { kinds: ['FAILOVER'] } })
    const answer = await download('/reports/recovery.json?kind=FAILOVER')
    const { reports } = await answer.json()
    expect(reports.map(({ id }: { readonly id: string }) => id)).toEqual(nodes.map(({ id }) => id))
    const ofGroup = await (await download(`/reports/recovery.json?groupId=${some?.group?.id}`)).json()
    expect(ofGroup.reports.length).toBeGreaterThan(0)
    expect(new Set(ofGroup.reports.map(({ groupId }: { readonly groupId: string }) => groupId))).toEqual(
      new Set([some?.group?.id]),
    )
  })

  it('is for those who may read', async () => {
    expect((await download('/reports/recovery.csv', 'nobody-known')).status).toBe(401)
    expect((await download('/reports/recovery.csv', 'log-reader')).status).toBe(403)
    expect((await download('/reports/recovery.csv', 'auditor')).status).toBe(200)
  })
})
