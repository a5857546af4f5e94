import type { LoadResult } from '../load/load-worker.ts'
import { tokens } from './gateway.ts'
import { putLoad } from './load.ts'
import { readMemory, resetPeak, type Running } from './processes.ts'
import { sumCalls, type Upstream } from './upstream.ts'

/** One way to ask one server. */
export interface Entry {
  readonly name: string
  readonly process: Running
  readonly url: string
  /** May hold the mark of a number. */
  readonly body: string
  readonly connections: number
}

/** What one round of one way to ask gave. */
export interface Round extends LoadResult {
  readonly callsPerRequest: number
  readonly peakMib: number
}

/** How often, and how long. */
export interface RoundPlan {
  readonly rounds: number
  readonly warmupMs: number
  readonly durationMs: number
}

const mib = 1_048_576

const measure = async (
  entry: Entry,
  upstream: Upstream,
  times: { readonly warmupMs: number; readonly durationMs: number; readonly firstNumber: number },
): Promise<Round> => {
  const { process, url, body, connections } = entry
  const { pid } = process
  await upstream.takeCalls()
  resetPeak(pid)
  const result = await putLoad({ url, pid, body, tokens, connections, ...times })
  const calls = sumCalls(await upstream.takeCalls())
  return { ...result, callsPerRequest: calls / result.allRequests, peakMib: readMemory(pid).peakBytes / mib }
}

/** All ways to ask, once around in each round, so that what disturbs the machine for a while disturbs all of them. */
export const measureAll = async (
  entries: readonly Entry[],
  upstream: Upstream,
  { rounds: count, warmupMs, durationMs }: RoundPlan,
): Promise<ReadonlyMap<string, readonly Round[]>> => {
  const rounds = new Map<string, Round[]>(entries.map(({ name }) => [name, []]))
  let firstNumber = 0
  for (let round = 0; round < count; round += 1) {
    for (const entry of entries) {
      const measured = await measure(entry, upstream, { warmupMs, durationMs, firstNumber })
      firstNumber = measured.nextNumber
      rounds.get(entry.name)?.push(measured)
    }
  }
  return rounds
}
