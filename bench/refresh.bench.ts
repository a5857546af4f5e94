import { join } from 'node:path'
import { startGateway } from './harness/gateway.ts'
import { startNode } from './harness/processes.ts'
import { measureRefresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { toFigures, toTable } from './harness/statistics.ts'
import { startUpstream, type Upstream } from './harness/upstream.ts'

interface Parsed {
  readonly cpuMs: number
  readonly bytes: number
}

const mib = 1_048_576

/** JSON.parse of the same bytes: of the two lists of the main query, and of all that a refresh reads. */
const parseOnly = async (upstream: Upstream): Promise<{ readonly main: Parsed; readonly all: Parsed }> => {
  const program = join(import.meta.dirname, 'contestants/parse-only.ts')
  const args = [program, '--vcda', upstream.vcda, '--zerto', upstream.zerto]
  await using running = await startNode({ place: 'measured', args, ready: /\}\}\n/ })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
  return JSON.parse(running.said) as { readonly main: Parsed; readonly all: Parsed }
}

/** What a refresh costs, by how much has changed, beside parsing alone: `npm run bench -- refresh`. */
export const runRefresh: Bench = async ({ extent }) => {
  const isQuick = extent === 'quick'
  const count = isQuick ? 100 : 1000
  await using upstream = await startUpstream({ count })
  await using gateway = await startGateway(upstream)
  const parsed = await parseOnly(upstream)
  const plan = isQuick ? { rounds: 2, restMs: 200 } : { rounds: 40, restMs: 3000 }
  const refreshes: { percent: number; cpuMs: number }[] = []
  for (const percent of [5, 0, 100, 5]) {
    refreshes.push({ percent, cpuMs: await measureRefresh(gateway, upstream, { percent, ...plan }) })
  }
  const rows = [
    ['JSON.parse, the two lists of the main query', parsed.main.cpuMs],
    ['JSON.parse, all lists of a refresh', parsed.all.cpuMs],
    ...refreshes.map(({ percent, cpuMs }) => [`a refresh, ${percent} % changed`, cpuMs] as const),
  ] as const
  const lines = rows.map(([what, cpuMs]) => [
    what,
    toFigures(cpuMs),
    toFigures(cpuMs / parsed.main.cpuMs),
    toFigures(cpuMs / parsed.all.cpuMs),
  ])
  const sizes = `${toFigures(parsed.main.bytes / mib)} MiB and ${toFigures(parsed.all.bytes / mib)} MiB`
  const table = toTable(['what', 'CPU ms', '× parse of two', '× parse of all'], lines)
  const markdown = `${count} VCDA replications and ${count} VPGs with a machine each, ${sizes} of JSON:\n\n${table}`
  return { figures: { count, parsed, refreshes }, markdown }
}
