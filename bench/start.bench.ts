import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, dig } from './harness/answers.ts'
import { startGateway } from './harness/gateway.ts'
import { readCpuMs, requireWord, startNode } from './harness/processes.ts'
import { refresh } from './harness/refresh-load.ts'
import type { Bench } from './harness/report.ts'
import { toFigures, toSpread, toTable } from './harness/statistics.ts'
import { startUpstream } from './harness/upstream.ts'

const main = join(import.meta.dirname, '../src/main.ts')
const readyQuery = {
  query: '{ protectionGroups(first: 1) { totalCount coverage { completeness } } }',
  variables: {},
}

/** From the start of the demo to its first whole answer. */
const startDemo = async (): Promise<number> => {
  const startedMs = performance.now()
  const args = [main, 'demo', '--port', '0']
  await using demo = await startNode({ place: 'measured', args, ready: /https?:\/\/\S+\/graphql/ })
  const url = requireWord(demo.said, /(http:\/\/\S+\/graphql)/)
  for (;;) {
    const list = dig(await ask(url, '', readyQuery), 'protectionGroups')
    const coverage = dig(list, 'coverage')
    const isWhole = Array.isArray(coverage) && coverage.every((site) => dig(site, 'completeness') === 'COMPLETE')
    if (isWhole && Number(dig(list, 'totalCount')) > 0) return performance.now() - startedMs
    if (performance.now() - startedMs > 30_000) throw new Error(`The demo does not get ready: ${JSON.stringify(list)}`)
    await wait(20)
  }
}

const toRow = (what: string, times: readonly number[]): readonly string[] => {
  const { median, least, most } = toSpread(times)
  return [what, `${toFigures(median)} ms`, `${toFigures(least)} - ${toFigures(most)} ms`]
}

/** How long until it listens, how long until the demo is of use, what it costs to do nothing: `npm run bench -- start`. */
export const runStart: Bench = async ({ extent }) => {
  const isQuick = extent === 'quick'
  const rounds = isQuick ? 1 : 7
  const idleMs = isQuick ? 1000 : 60_000
  const count = isQuick ? 100 : 1000
  await using upstream = await startUpstream({ count })
  const listening: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await using gateway = await startGateway(upstream)
    listening.push(gateway.process.readyMs)
  }
  const demo: number[] = []
  for (let round = 0; round < rounds; round += 1) demo.push(await startDemo())

  await using gateway = await startGateway(upstream)
  await refresh(gateway)
  await wait(isQuick ? 500 : 20_000)
  const { pid } = gateway.process
  const beforeMs = readCpuMs(pid)
  await wait(idleMs)
  const idlePercent = ((readCpuMs(pid) - beforeMs) * 100) / idleMs

  const rows = [
    toRow('from start to listening', listening),
    toRow('from start to the first whole answer of the demo', demo),
    [`CPU with nobody there, ${2 * count} machines known`, `${toFigures(idlePercent)} % of a core`, ''],
  ]
  return { figures: { listening, demo, idlePercent }, markdown: toTable(['what', 'median', 'least - most'], rows) }
}
