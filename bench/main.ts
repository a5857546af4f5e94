import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { runGrowth } from './growth.bench.ts'
import { findReportPath, writeReport, type Bench, type Extent, type Found } from './harness/report.ts'
import { runOdd } from './odd.bench.ts'
import { runProfile } from './profile.bench.ts'
import { runQueriesOther } from './queries-other.bench.ts'
import { runQueries } from './queries.bench.ts'
import { runRefresh } from './refresh.bench.ts'
import { runReplicas } from './replicas.bench.ts'
import { runStart } from './start.bench.ts'
import { runWatchers, runWatchersMany } from './watchers.bench.ts'

/*
 * `npm run bench`: all measurements; `npm run bench -- queries start`: these; `--short`: in minutes; `--quick`: in seconds,
 * for its checks alone, and nothing is written. Ends with 1 when a check fails.
 */

const benches: Readonly<Record<string, Bench>> = {
  queries: runQueries,
  'queries-other': runQueriesOther,
  watchers: runWatchers,
  'watchers-many': runWatchersMany,
  refresh: runRefresh,
  growth: runGrowth,
  replicas: runReplicas,
  start: runStart,
  odd: runOdd,
  profile: runProfile,
}

/** What is only done when it is asked for, and not written down. */
const onDemand: ReadonlySet<string> = new Set(['profile'])

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, short: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const extent: Extent = values.quick ? 'quick' : values.short ? 'short' : 'whole'
const log = (text: string): void => void process.stdout.write(`${text}\n\n`)
const chosen = positionals.length === 0 ? Object.keys(benches).filter((name) => !onDemand.has(name)) : positionals
const words = [...positionals, ...(values.short ? ['--short'] : [])]
const command = words.length === 0 ? 'npm run bench' : `npm run bench -- ${words.join(' ')}`
const path = findReportPath()
const found: Record<string, Found> = {}
const failed: string[] = []
for (const name of chosen) {
  const bench = benches[name]
  if (bench === undefined) throw new Error(`No bench is called ${name}; there are: ${Object.keys(benches).join(', ')}`)
  log(`## ${name}`)
  try {
    const result = await bench({ extent, log })
    log(result.markdown)
    if (extent === 'quick' || onDemand.has(name)) continue
    found[name] = result
    writeReport(path, command, found)
    log(`Written: ${basename(path)}`)
  } catch (error) {
    // The others are worth an hour of their own.
    failed.push(name)
    log(`FAILED: ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}
if (failed.length > 0) log(`FAILED: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
