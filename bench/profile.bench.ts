import { findPageStarts } from './harness/answers.ts'
import { toNewDocument, toNewVariables, toPagedQuery } from './harness/documents.ts'
import { startGateway, tokens } from './harness/gateway.ts'
import { putLoad } from './harness/load.ts'
import { findInspector, profileWhile, type Reading, type Share } from './harness/profiler.ts'
import type { Bench } from './harness/report.ts'
import { startUpstream } from './harness/upstream.ts'

const toLines = (shares: readonly Share[]): readonly string[] =>
  shares.map(({ name, percent }) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`)

const describe = (title: string, { idlePercent, functions, whole, rooms }: Reading): string => {
  const idle = `${idlePercent.toFixed(0)} % idle; of the rest, by function:`
  const lines = [idle, ...toLines(functions), 'our functions with what they call:', ...toLines(whole)]
  return [title, ...lines, 'by room:', ...toLines(rooms)].join('\n')
}

/** Where the time goes in each mode, by function and by room: `npm run bench -- profile`. */
export const runProfile: Bench = async ({ extent }) => {
  const isQuick = extent === 'quick'
  const durationMs = isQuick ? 1000 : 6000
  const readings: string[] = []
  for (const count of isQuick ? [100] : [10, 100, 1000]) {
    await using upstream = await startUpstream({ count })
    await using gateway = await startGateway(upstream, { nodeArgs: ['--inspect=127.0.0.1:0'] })
    const starts = await findPageStarts(gateway.url, tokens[0] ?? '')
    const warm = toPagedQuery(starts, count, 300)
    const fresh = JSON.stringify(toPagedQuery(starts, count, 0))
    const modes = [
      { name: 'warm, the same again', body: JSON.stringify(warm), connections: 16 },
      { name: 'warm, a new document each time', body: toNewDocument(warm), connections: 16 },
      { name: 'warm, new variables each time', body: toNewVariables(warm), connections: 16 },
      { name: 'fresh, 16 connections', body: fresh, connections: 16 },
      { name: 'fresh, one after the other', body: fresh, connections: 1 },
    ]
    for (const { name, body, connections } of modes) {
      const job = { url: gateway.url, pid: gateway.process.pid, body, tokens, connections }
      let requestsPerSecond = 0
      let cpuMs = 0
      const reading = await profileWhile(findInspector(gateway.process.said), async () => {
        const result = await putLoad({ ...job, warmupMs: durationMs / 3, durationMs, firstNumber: 0 })
        requestsPerSecond = result.requestsPerSecond
        cpuMs = result.cpuMsPerRequest
      })
      const title = `N = ${count}, ${name}: ${requestsPerSecond.toFixed(0)} req/s, ${cpuMs.toFixed(2)} ms CPU each`
      readings.push(describe(title, reading))
    }
  }
  return { figures: readings, markdown: readings.join('\n\n') }
}
