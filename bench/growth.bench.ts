import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startGateway, tokens, type Gateway } from './harness/gateway.ts'
import { readMemory, startNode } from './harness/processes.ts'
import { measureRefresh, refresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { fitExponent, toFigures, toTable } from './harness/statistics.ts'
import { startUpstream, sumCalls, type Upstream } from './harness/upstream.ts'
import type { PacedJob } from './load/paced-worker.ts'
import type { WatchJob } from './load/watch-worker.ts'

interface Wanted {
  readonly who: 'clients' | 'watchers'
  readonly many: number
}

interface Asked extends Wanted {
  readonly callsPerMinute: number
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

/** How often the vendors are asked in a minute while so many look. */
const countCalls = async (
  gateway: Gateway,
  upstream: Upstream,
  { who, many }: Wanted,
  durationMs: number,
): Promise<Asked> => {
  const args = who === 'clients' ? toClients(gateway, many) : toWatchers(gateway, many)
  await using stack = new AsyncDisposableStack()
  stack.use(await startNode({ place: 'around', args, ready: /ready\n/ }))
  await wait(durationMs / 4)
  await upstream.takeCalls()
  await wait(durationMs)
  return { who, many, callsPerMinute: (sumCalls(await upstream.takeCalls()) * 60_000) / durationMs }
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
export const runGrowth: Bench = async ({ isQuick }) => {
  const durationMs = isQuick ? 2000 : 60_000
  const clients = isQuick ? [1, 20] : [1, 10, 100, 1000]
  const watchers = isQuick ? [1, 50] : [1, 100, 1000, 10_000]
  const wanted: readonly Wanted[] = [
    ...clients.map((many) => ({ who: 'clients', many }) as const),
    ...watchers.map((many) => ({ who: 'watchers', many }) as const),
  ]
  const asked: Asked[] = []
  {
    await using upstream = await startUpstream({ count: 100 })
    // In the quick form no minute passes: lists have to grow old sooner than they do.
    await using gateway = await startGateway(upstream, isQuick ? { limits: { maxAgeSeconds: 1 } } : {})
    for (const each of wanted) asked.push(await countCalls(gateway, upstream, each, durationMs))
  }
  const grown: Grown[] = []
  const plan = isQuick ? { rounds: 3, restMs: 200 } : { rounds: 20, restMs: 3000 }
  for (const machines of isQuick ? [20, 200] : [100, 1000, 10_000]) grown.push(await measureSize(machines, plan))
  return { figures: { asked, grown }, markdown: `${describeCalls(asked)}\n\n${describeSizes(grown)}` }
}
