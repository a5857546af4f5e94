import { ask, dig } from './harness/answers.ts'
import { startGateway, tokens } from './harness/gateway.ts'
import { putLoad } from './harness/load.ts'
import { refresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { toFigures, toTable } from './harness/statistics.ts'
import { startUpstream, sumCalls, type Calls } from './harness/upstream.ts'
import { numberMark } from './load/raw-connection.ts'

const pointsQuery = {
  query: `query Points {
    protectionGroups(filter: { vendors: [ZERTO] }, first: 100) {
      nodes { id name replications(first: 10) { nodes { id name recoveryPoints(first: 5) { nodes { id takenAt } } } } }
    }
  }`,
  variables: {},
}

const overviewQuery = `query Overview {
  overview(maxAgeSeconds: 300) {
    totals { targetCount groupCount vmCount unhealthyCount storage { provisionedBytes usedBytes } }
    byVendor { vendor totals { targetCount } } bySite { site { id name } asSource { targetCount } }
    byHealth { health count } byState { state count }
    rpo { meeting violating worst(first: 5) { id name } }
  }
}`

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Members and recovery points of 100 groups: how often the vendors are asked. */
const countCalls = async (count: number): Promise<{ readonly calls: Calls; readonly points: number }> => {
  await using upstream = await startUpstream({ count, machinesPerGroup: 3 })
  await using gateway = await startGateway(upstream, { limits: { maxVendorCalls: 10_000 } })
  await refresh(gateway)
  await upstream.takeCalls()
  const data = await ask(gateway.url, tokens[0] ?? '', pointsQuery)
  const points = JSON.stringify(data).match(/"takenAt"/g)?.length ?? 0
  if (points === 0) throw new Error('No recovery point came')
  return { calls: await upstream.takeCalls(), points }
}

/** Another name in each request: what is measured is the work, not the answer that was kept. */
const toBody = (query: string, name: string): string =>
  JSON.stringify({ query: query.replace(`query ${name}`, `query ${name}${numberMark}`) })

/** CPU of one answer from memory, in milliseconds. */
const measureWarm = async (count: number, durationMs: number) => {
  await using upstream = await startUpstream({ count })
  await using gateway = await startGateway(upstream, { limits: { maxAgeSeconds: 300 } })
  await refresh(gateway)
  const { url, process } = gateway
  const [token = ''] = tokens
  const list = await ask(url, token, {
    query: '{ protectionGroups(first: 1, filter: { vendors: [ZERTO] }) { nodes { id } } }',
    variables: {},
  })
  const nodes = dig(list, 'protectionGroups', 'nodes')
  const id = String(dig(Array.isArray(nodes) ? nodes[0] : null, 'id'))
  const node = { query: `query Node { node(id: "${id}") { id ... on ProtectionGroup { name state } } }`, variables: {} }
  if (!isObject(dig(await ask(url, token, node), 'node'))) throw new Error(`No node ${id}`)
  const load = (body: string) =>
    putLoad({
      url,
      pid: process.pid,
      body,
      tokens,
      connections: 4,
      warmupMs: durationMs / 2,
      durationMs,
      firstNumber: 0,
    })
  await ask(url, token, { query: overviewQuery, variables: {} })
  return {
    nodeCpuMs: (await load(toBody(node.query, 'Node'))).cpuMsPerRequest,
    overviewCpuMs: (await load(toBody(overviewQuery, 'Overview'))).cpuMsPerRequest,
    keptOverviewCpuMs: (await load(JSON.stringify({ query: overviewQuery }))).cpuMsPerRequest,
  }
}

/** Heavy and odd queries: `npm run bench -- odd`. */
export const runOdd: Bench = async ({ isQuick }) => {
  const groups = isQuick ? 10 : 100
  const { calls, points } = await countCalls(groups)
  const count = isQuick ? 100 : 10_000
  const warm = await measureWarm(count, isQuick ? 300 : 10_000)
  const kinds = Object.entries(calls).map(([kind, many]) => `${many} × \`${kind}\``)
  const rows = [
    [`${groups} groups × members × recovery points (${points})`, `${sumCalls(calls)} calls to vendors`],
    ['node() by id, a new document each time', `${toFigures(warm.nodeCpuMs)} ms CPU`],
    [`overview over ${count} groups, a new document each time`, `${toFigures(warm.overviewCpuMs)} ms CPU`],
    [`overview over ${count} groups, the same again`, `${toFigures(warm.keptOverviewCpuMs)} ms CPU`],
  ]
  const markdown = `${toTable(['what', 'result'], rows)}\n\nThe calls: ${kinds.join(', ')}.`
  return { figures: { calls, points, count, ...warm }, markdown }
}
