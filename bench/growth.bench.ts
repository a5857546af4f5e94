import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startGateway, tokens, type Gateway } from './harness/gateway.ts'
import { readMemory, startNode } from './harness/processes.ts'
import { measureRefresh, refresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { fitExponent, toFigures, toTable } from './harness/statistics.ts'
import { startUpstream, sumCalls, type Calls, type Upstream } from './harness/upstream.ts'
import type { PacedJob } from './load/paced-worker.ts'
import type { WatchJob } from './load/watch-worker.ts'

interface Wanted {
  readonly who: 'clients' | 'watchers'
  readonly many: number
}

interface Asked extends Wanted {
  readonly callsPerMinute: number
  /** By vendor, method and path, as they were counted. */
  readonly calls: Calls
}

interface Grown {
  readonly machines: number
  readonly refreshCpuMs: number
  readonly residentMib: number
}

const mib = 1_048_576

/** What a page of an overview asks for, of one page of each list. */
const clientQuery = `query Look {
  replications(first: 10) { totalCount nodes { id name state } }
  protectionGroups(first: 10) { totalCount nodes { id name state } }
}`
const watchQuery = 'subscription Watch { protectionEvents { __typename } }'

const toClients = ({ url }: Gateway, many: number): readonly string[] => {
  const job: PacedJob = { url, tokens, body: JSON.stringify({ query: clientQuery }), clients: many, everyMs: 2000 }
  return [join(import.meta.dirname, 'load/paced-worker.ts'), JSON.stringify(job)]
}

const toWatchers = ({ url }: Gateway, many: number): readonly string[] => {
  const socketUrl = url.replace(/^http/, 'ws')
  const job: WatchJob = { url: socketUrl, tokens, query: watchQuery, ids: [], sockets: many, hasSnapshot: false }
  return [join(import.meta.dirname, 'load/watch-worker.ts'), JSON.stringify(job)]
}

/**
 * How often the vendors are asked in a minute while so many look: from before the first comes until some time after the
 * last has come. The gap between two looks grows while nothing changes, so that no shorter part of it can be compared.
 */
const countCalls = async (
  gateway: Gateway,
  upstream: Upstream,
  { who, many }: Wanted,
  durationMs: number,
): Promise<Asked> => {
  const args = who === 'clients' ? toClients(gateway, many) : toWatchers(gateway, many)
  await upstream.takeCalls()
  const startedMs = performance.now()
  await using stack = new AsyncDisposableStack()
  stack.use(await startNode({ place: 'around', args, ready: /ready\n/ }))
  await wait(durationMs)
  const calls = await upstream.takeCalls()
  const tookMs = performance.now() - startedMs
  return { who, many, calls, callsPerMinute: (sumCalls(calls) * 60_000) / tookMs }
}

/** One kind of those who look, the few before the many. The first refresh of all is not counted. */
const countAll = async (
  upstream: Upstream,
  wanted: readonly Wanted[],
  plan: { readonly durationMs: number; readonly limits: Readonly<Record<string, number>> },
): Promise<readonly Asked[]> => {
  await using gateway = await startGateway(upstream, { limits: plan.limits })
  await refresh(gateway)
  const asked: Asked[] = []
  for (const each of wanted) asked.push(await countCalls(gateway, upstream, each, plan.durationMs))
  requireFlat(asked, plan.durationMs)
  return asked
}

/** Calls of one look at all sites: two lists of each, and which sites VCDA knows. */
const callsOfALook = 5

/**
 * One caller who comes every two seconds finds the lists up to two seconds older than they may be: he alone has them read
 * less often than many.
 */
const mostGrowth = 1.4

/** @throws where many have the vendors asked more often than one has. Two looks more or less fall into a span of time. */
const requireFlat = (asked: readonly Asked[], durationMs: number): void => {
  const [one] = asked
  const slack = (2 * callsOfALook * 60_000) / durationMs
  for (const { who, many, callsPerMinute, calls } of asked) {
    if (one === undefined || callsPerMinute <= one.callsPerMinute * mostGrowth + slack) continue
    const what = `${toFigures(callsPerMinute)} calls a minute for ${many} ${who}, ${toFigures(one.callsPerMinute)} for one`
    throw new Error(`The vendors are asked by how many look: ${what}: ${JSON.stringify(calls)}`)
  }
}

/** CPU of a refresh and memory with so many machines, half of them of each vendor. */
const measureSize = async (
  machines: number,
  plan: { readonly rounds: number; readonly restMs: number },
): Promise<Grown> => {
  await using upstream = await startUpstream({ count: machines / 2 })
  await using gateway = await startGateway(upstream)
  await refresh(gateway)
  const refreshCpuMs = await measureRefresh(gateway, upstream, { percent: 5, ...plan })
  await wait(plan.restMs)
  return { machines, refreshCpuMs, residentMib: readMemory(gateway.process.pid).nowBytes / mib }
}

const describeCalls = (asked: readonly Asked[]): string =>
  toTable(
    ['who looks', 'how many', 'calls to vendors a minute'],
    asked.map(({ who, many, callsPerMinute }) => [who, String(many), toFigures(callsPerMinute)]),
  )

const describeSizes = (grown: readonly Grown[]): string => {
  const fit = (read: (row: Grown) => number): string =>
    fitExponent(grown.map((row) => ({ x: row.machines, y: read(row) }))).toFixed(2)
  const rows = grown.map(({ machines, refreshCpuMs, residentMib }) => [
    String(machines),
    toFigures(refreshCpuMs),
    toFigures(residentMib),
  ])
  const exponents = ['exponent', fit(({ refreshCpuMs }) => refreshCpuMs), fit(({ residentMib }) => residentMib)]
  return toTable(['machines', 'CPU ms of a refresh', 'resident MiB'], [...rows, exponents])
}

/** What grows with callers, watchers and machines: `npm run bench -- growth`. */
export const runGrowth: Bench = async ({ extent, log }) => {
  const isQuick = extent === 'quick'
  // In the quick form no minute passes: lists have to grow old sooner than they do.
  const plan = isQuick
    ? { durationMs: 3000, limits: { maxAgeSeconds: 1 } }
    : { durationMs: extent === 'short' ? 30_000 : 60_000, limits: {} }
  const clients = isQuick ? [1, 50] : [1, 10, 100, 1000]
  const watchers = isQuick ? [1, 50] : [1, 100, 1000, 10_000]
  // Calls are counted, not times: both kinds may go on at once, each at vendors and a gateway of its own.
  const asked = await Promise.all(
    ([['clients', clients] as const, ['watchers', watchers] as const] as const).map(async ([who, numbers]) => {
      await using upstream = await startUpstream({ count: 100 })
      const wanted = numbers.map((many) => ({ who, many }))
      return await countAll(upstream, wanted, plan)
    }),
  )
  log(describeCalls(asked.flat()))
  const grown: Grown[] = []
  const sizePlan = isQuick ? { rounds: 3, restMs: 200 } : { rounds: 20, restMs: 3000 }
  for (const machines of isQuick ? [20, 200] : [100, 1000, 10_000]) grown.push(await measureSize(machines, sizePlan))
  const markdown = `${describeCalls(asked.flat())}\n\n${describeSizes(grown)}`
  return { figures: { asked: asked.flat(), grown }, markdown }
}
