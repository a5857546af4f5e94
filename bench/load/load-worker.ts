import { readCpuMs } from '../harness/processes.ts'
import { RawConnection } from './raw-connection.ts'

/*
 * Asks one server for a while and prints what came of it as JSON: `node bench/load/load-worker.ts JOB`, JOB being a
 * {@link LoadJob} as JSON. A process of its own, so that its work is not counted as the server's.
 */

export interface LoadJob {
  readonly url: string
  /** Whose CPU is counted. */
  readonly pid: number
  /** May hold the mark of a number. */
  readonly body: string
  /** The callers; each connection is one of them, in turn. */
  readonly tokens: readonly string[]
  readonly connections: number
  readonly warmupMs: number
  readonly durationMs: number
  /** How many answers are measured at least, however long it takes. @default one for each connection */
  readonly leastRequests?: number
  /** The first number that is put in the place of the mark. */
  readonly firstNumber: number
}

export interface LoadResult {
  /** Those that were measured. */
  readonly requests: number
  /** Those, the ones to warm up before, and the last ones after. */
  readonly allRequests: number
  readonly requestsPerSecond: number
  readonly cpuMsPerRequest: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of one answer, head included. */
  readonly bytes: number
  /** The next number that was not used. */
  readonly nextNumber: number
}

const quantile = (sorted: Float64Array, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

/** The answers of one job: the first ones warm the server up, then they count until there are enough. */
class Tally {
  readonly #job: LoadJob
  readonly #startedMs = performance.now()
  readonly #times: number[] = []
  #warmups = 0
  #begun: { readonly atMs: number; readonly cpuMs: number } | null = null
  #ended: { readonly tookMs: number; readonly cpuMs: number; readonly requests: number } | null = null

  constructor(job: LoadJob) {
    this.#job = job
  }

  get isOver(): boolean {
    return this.#ended !== null
  }

  /** However slow the server is, there are as many answers before and in what is measured as there are connections. */
  note(tookMs: number): void {
    const { warmupMs, durationMs, connections, pid, leastRequests = connections } = this.#job
    const nowMs = performance.now()
    if (this.#begun === null) {
      this.#warmups += 1
      if (nowMs - this.#startedMs < warmupMs || this.#warmups < connections) return
      this.#begun = { atMs: nowMs, cpuMs: readCpuMs(pid) }
      return
    }
    this.#times.push(tookMs)
    const requests = this.#times.length
    const { atMs, cpuMs } = this.#begun
    if (nowMs - atMs < durationMs || requests < leastRequests) return
    this.#ended ??= { tookMs: nowMs - atMs, cpuMs: readCpuMs(pid) - cpuMs, requests }
  }

  toResult(seen: Pick<LoadResult, 'bytes' | 'nextNumber'>): LoadResult {
    if (this.#ended === null) throw new Error('It has not ended')
    const { requests, tookMs, cpuMs } = this.#ended
    const sorted = Float64Array.from(this.#times.slice(0, requests)).toSorted()
    return {
      ...seen,
      requests,
      allRequests: this.#times.length + this.#warmups,
      requestsPerSecond: (requests * 1000) / tookMs,
      cpuMsPerRequest: cpuMs / requests,
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
    }
  }
}

const run = async (job: LoadJob): Promise<LoadResult> => {
  const { url, tokens, body } = job
  const connections = Array.from(
    { length: job.connections },
    (_, index) => new RawConnection(url, tokens[index % tokens.length] ?? '', body),
  )
  const tally = new Tally(job)
  let number = job.firstNumber
  let bytes = 0
  const loop = async (connection: RawConnection): Promise<void> => {
    // Nobody stops in between: what is under way keeps the server as busy as it was.
    while (!tally.isOver) {
      const askedMs = performance.now()
      bytes = await connection.ask((number += 1))
      tally.note(performance.now() - askedMs)
    }
  }
  await Promise.all(connections.map(loop))
  for (const connection of connections) connection.close()
  return tally.toResult({ bytes, nextNumber: number + 1 })
}

if (import.meta.main) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the harness
  const job = JSON.parse(process.argv[2] ?? '{}') as LoadJob
  process.stdout.write(`${JSON.stringify(await run(job))}\n`)
}
