import { ask, dig } from './harness/answers.ts'
import { startGateway, tokens } from './harness/gateway.ts'
import { putLoad } from './harness/load.ts'
import { refresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { toFigures, toSpread, toTable } from './harness/statistics.ts'
import { startUpstream, sumCalls, type Calls } from './harness/upstream.ts'
import type { LoadResult } from './load/load-worker.ts'
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

/** Of a site, for what is not of one group: its two lists and what it says of itself. */
const callsOfSite = 3
const sites = 2

/**
 * Members and recovery points of 100 groups: how often the vendors are asked. The vendor has no call for the points of
 * several groups, so that each group is one call, however many machines it has.
 *
 * @throws for more calls.
 */
const countCalls = async (count: number): Promise<{ readonly calls: Calls; readonly points: number }> => {
  await using upstream = await startUpstream({ count, machinesPerGroup: 3 })
  await using gateway = await startGateway(upstream, { limits: { maxVendorCalls: 10_000 } })
  await refresh(gateway)
  await upstream.takeCalls()
  const text = JSON.stringify(await ask(gateway.url, tokens[0] ?? '', pointsQuery))
  const points = text.match(/"takenAt"/g)?.length ?? 0
  if (points === 0) throw new Error('No recovery point came')
  const calls = await upstream.takeCalls()
  const most = sites * callsOfSite + count
  if (sumCalls(calls) > most) throw new Error(`${sumCalls(calls)} calls, not ${most}: ${JSON.stringify(calls)}`)
  return { calls, points }
}

/** Another name in each request: what is measured is the work, not the answer that was kept. */
const toBody = (query: string, name: string): string =>
  JSON.stringify({ query: query.replace(`query ${name}`, `query ${name}${numberMark}`) })

/** What is asked again and again of what is in memory. */
interface Warm {
  readonly what: string
  readonly rounds: readonly LoadResult[]
}

/** CPU of one answer from memory, over as many requests as make it a measurement: CPU is counted in steps of 10 ms. */
const measureWarm = async (
  count: number,
  plan: { readonly rounds: number; readonly requests: number },
): Promise<readonly Warm[]> => {
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
  const nodeQuery = `query Node { node(id: "${id}") { id ... on ProtectionGroup { name state } } }`
  if (!isObject(dig(await ask(url, token, { query: nodeQuery, variables: {} }), 'node')))
    throw new Error(`No node ${id}`)
  const overview = await ask(url, token, { query: overviewQuery, variables: {} })
  const counted = dig(overview, 'overview', 'totals', 'groupCount')
  if (typeof counted !== 'number' || counted < count) throw new Error(`${String(counted)} groups, not ${count}`)
  const bodies = {
    'node() by id, a new document each time': toBody(nodeQuery, 'Node'),
    'node() by id, the same again': JSON.stringify({ query: nodeQuery }),
    [`overview over ${counted} groups, a new document each time`]: toBody(overviewQuery, 'Overview'),
    [`overview over ${counted} groups, the same again`]: JSON.stringify({ query: overviewQuery }),
  }
  const found: Warm[] = []
  await upstream.takeCalls()
  let firstNumber = 0
  for (const [what, body] of Object.entries(bodies)) {
    const rounds: LoadResult[] = []
    const job = { url, pid: process.pid, body, tokens, connections: 4, durationMs: 0, leastRequests: plan.requests }
    for (let round = 0; round < plan.rounds; round += 1) {
      const warmupMs = round === 0 ? plan.requests : 100
      rounds.push(await putLoad({ ...job, warmupMs, firstNumber }))
      firstNumber = rounds.at(-1)?.nextNumber ?? 0
    }
    found.push({ what, rounds })
  }
  const calls = sumCalls(await upstream.takeCalls())
  if (calls > 0) throw new Error(`${calls} calls to the vendors for what is in memory`)
  return found
}

const toWarmRow = ({ what, rounds }: Warm): readonly string[] => {
  const cpu = toSpread(rounds.map(({ cpuMsPerRequest }) => cpuMsPerRequest))
  const median = (read: (round: LoadResult) => number): string => toFigures(toSpread(rounds.map(read)).median)
  return [
    what,
    toFigures(cpu.median),
    `${toFigures(cpu.least)} - ${toFigures(cpu.most)}`,
    median(({ p50Ms }) => p50Ms),
    median(({ p99Ms }) => p99Ms),
    String(rounds.reduce((sum, { requests }) => sum + requests, 0)),
  ]
}

/** Heavy and odd queries: `npm run bench -- odd`. */
export const runOdd: Bench = async ({ extent }) => {
  const isQuick = extent === 'quick'
  const groups = isQuick ? 10 : 100
  const { calls, points } = await countCalls(groups)
  const count = isQuick ? 100 : 10_000
  const warm = await measureWarm(count, isQuick ? { rounds: 1, requests: 20 } : { rounds: 5, requests: 500 })
  const kinds = Object.entries(calls).map(([kind, many]) => `${many} × \`${kind}\``)
  const table = toTable(['what', 'CPU ms', 'least - most', 'p50 ms', 'p99 ms', 'requests'], warm.map(toWarmRow))
  const asked = `${groups} groups × members × recovery points (${points}): ${sumCalls(calls)} calls to vendors (${kinds.join(', ')}).`
  return { figures: { calls, points, count, warm }, markdown: `${asked}\n\n${table}` }
}
