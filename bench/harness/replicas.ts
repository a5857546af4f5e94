import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { WatchJob, WatchResult } from '../load/watch-worker.ts'
import { startGateway, tokens, type Gateway } from './gateway.ts'
import type { Database } from './postgres.ts'
import { readCpuMs, readMemory, requireWord, startNode, type Running } from './processes.ts'
import type { Upstream } from './upstream.ts'

type Vendors = Pick<Upstream, 'vcda' | 'zerto'> & {
  readonly passwords?: { readonly vcda: string; readonly zerto: string }
}

/** Some gateways on one database. */
export interface Replicas extends AsyncDisposable {
  readonly all: readonly Gateway[]
  /** CPU of each so far, in milliseconds. */
  readCpuMs(): readonly number[]
  /** Resident MiB of each. */
  readMib(): readonly number[]
}

const mib = 1_048_576

/** Starts them one after the other, with the limits that a load from one machine needs. */
export const startReplicas = async (
  database: Database,
  { passwords, ...vendors }: Vendors,
  count: number,
  limits: Readonly<Record<string, number>> = {},
): Promise<Replicas> => {
  await using stack = new AsyncDisposableStack()
  const all: Gateway[] = []
  const options = { storeUrl: database.url, limits, ...(passwords === undefined ? {} : { passwords }) }
  for (let started = 0; started < count; started += 1) all.push(stack.use(await startGateway(vendors, options)))
  const owned = stack.move()
  return {
    all,
    readCpuMs: () => all.map(({ process }) => readCpuMs(process.pid)),
    readMib: () => all.map(({ process }) => readMemory(process.pid).nowBytes / mib),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

// Pings are answered all the time.
const restCpuMs = 30

/** Subscribers of one gateway. */
export interface Watchers extends AsyncDisposable {
  /** Resolves when they have read all that was told: they do nothing any more. */
  rest(): Promise<void>
  /** Ends them. */
  count(): Promise<WatchResult>
}

/** Opens so many sockets with a subscription each. */
export const watch = async (
  { url }: Gateway,
  { query, sockets, hasSnapshot }: Pick<WatchJob, 'query' | 'sockets' | 'hasSnapshot'>,
): Promise<Watchers> => {
  const job: WatchJob = { url: url.replace(/^http/, 'ws'), tokens, query, ids: [], sockets, hasSnapshot }
  const worker = join(import.meta.dirname, '../load/watch-worker.ts')
  const client: Running = await startNode({
    place: 'around',
    args: [worker, JSON.stringify(job)],
    ready: /ready\n/,
  })
  return {
    rest: async () => {
      for (let before = Number.NaN; !(readCpuMs(client.pid) - before <= restCpuMs);) {
        before = readCpuMs(client.pid)
        await wait(1500)
      }
    },
    count: async () => {
      process.kill(client.pid, 'SIGUSR2')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
      return JSON.parse(requireWord(await client.hear(/\}\n/), /(\{.*\})/)) as WatchResult
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
