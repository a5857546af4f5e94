import { ask, findPageStarts, requireEqual } from './harness/answers.ts'
import {
  allContestants,
  installPeers,
  quickContestants,
  startContestant,
  toMapped,
  type Contestant,
} from './harness/contestants.ts'
import { toNewDocument, toNewVariables, toPagedQuery, toVendorQuery, toWholeQuery } from './harness/documents.ts'
import { startGateway, tokens, type Gateway } from './harness/gateway.ts'
import { putLoad } from './harness/load.ts'
import { readMemory, resetPeak, type Running } from './harness/processes.ts'
import type { Bench } from './harness/report.ts'
import { startUpstream, sumCalls, type Upstream } from './harness/upstream.ts'
import { numberMark } from './load/raw-connection.ts'
import { toQueryTable, type QueryRow, type Round } from './queries-table.ts'

/** One way to ask one server. */
interface Entry {
  readonly name: string
  readonly process: Running
  readonly url: string
  readonly body: string
  readonly connections: number
}

/** How old the read model may be where its age is not the question. */
const warmSeconds = 300
const mib = 1_048_576

const listGatewayEntries = async (gateway: Gateway, count: number): Promise<readonly Entry[]> => {
  const [token = ''] = tokens
  const starts = await findPageStarts(gateway.url, token)
  const warm = toPagedQuery(starts, count, warmSeconds)
  const fresh = JSON.stringify(toPagedQuery(starts, count, 0))
  const { process, url } = gateway
  const bodies = {
    'ours, kept answer': [JSON.stringify(warm), 16],
    'ours, new document': [toNewDocument(warm), 16],
    'ours, new variables': [toNewVariables(warm), 16],
    'ours, fresh': [fresh, 16],
    'ours, fresh, one caller': [fresh, 1],
  } as const
  return Object.entries(bodies).map(([name, [body, connections]]) => ({ name, process, url, body, connections }))
}

const listOtherEntries = ({ name, process, url }: Contestant, count: number): readonly Entry[] => {
  const body = JSON.stringify(name === 'Hive Gateway' ? toVendorQuery(count) : toWholeQuery(count, 0))
  const entry = { name, process, url, body, connections: 16 }
  return name === 'floor' ? [entry, { ...entry, name: 'floor, one caller', connections: 1 }] : [entry]
}

/** @throws unless everybody answers the same. */
const requireEqualAnswers = async (
  upstream: Upstream,
  contestants: readonly Contestant[],
  gateway: Gateway,
): Promise<void> => {
  const { count } = upstream
  const [token = ''] = tokens
  const [floor, ...others] = contestants
  if (floor?.name !== 'floor') throw new Error('The floor comes first')
  const expected = await ask(floor.url, token, toWholeQuery(count, 0))
  for (const { name, url } of others) {
    const given =
      name === 'Hive Gateway'
        ? toMapped(await ask(url, token, toVendorQuery(count)))
        : await ask(url, token, toWholeQuery(count, 0))
    requireEqual(name, given, expected, count)
  }
  const starts = await findPageStarts(gateway.url, token)
  const warm = toPagedQuery(starts, count, warmSeconds)
  const ways = {
    fresh: JSON.stringify(toPagedQuery(starts, count, 0)),
    warm: JSON.stringify(warm),
    'kept answer': JSON.stringify(warm),
    'new document': toNewDocument(warm).replace(numberMark, '7'),
    'new variables': toNewVariables(warm).replace(numberMark, '301'),
  }
  for (const [way, body] of Object.entries(ways)) {
    requireEqual(`ours, ${way}`, await ask(gateway.url, token, JSON.parse(body)), expected, count)
  }
}

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

interface Plan {
  readonly rounds: number
  readonly warmupMs: number
  readonly durationMs: number
}

// With 10,000 objects some take minutes for the answers that a round has to have.
const toPlan = (count: number, isQuick: boolean): Plan =>
  isQuick
    ? { rounds: 1, warmupMs: 50, durationMs: 200 }
    : { rounds: count < 10_000 ? 5 : 3, warmupMs: 1000, durationMs: 4000 }

/** The ways to ask, once around each round, so that what disturbs the machine for a while disturbs all of them. */
const measureAll = async (
  entries: readonly Entry[],
  upstream: Upstream,
  plan: Plan,
): Promise<ReadonlyMap<string, readonly Round[]>> => {
  const { warmupMs, durationMs } = plan
  const rounds = new Map<string, Round[]>(entries.map(({ name }) => [name, []]))
  let firstNumber = 0
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const entry of entries) {
      const measured = await measure(entry, upstream, { warmupMs, durationMs, firstNumber })
      firstNumber = measured.nextNumber
      rounds.get(entry.name)?.push(measured)
    }
  }
  return rounds
}

/**
 * The main query, everybody, all sizes: `npm run bench -- queries`. Quick, it is there for its checks that all answers
 * are equal.
 */
export const runQueries: Bench = async ({ isQuick, log }) => {
  const names = isQuick ? quickContestants : allContestants
  if (!isQuick) installPeers()
  const sizes = isQuick ? [10, 600] : [10, 100, 1000, 10_000]
  const latencies = isQuick ? [0] : [0, 20]
  const rows: QueryRow[] = []
  for (const count of sizes) {
    for (const latencyMs of latencies) {
      await using stack = new AsyncDisposableStack()
      const upstream = stack.use(await startUpstream({ count, latencyMs }))
      const contestants: Contestant[] = []
      for (const name of names) contestants.push(stack.use(await startContestant(name, upstream)))
      const gateway = stack.use(await startGateway(upstream))
      await requireEqualAnswers(upstream, contestants, gateway)
      log(`N = ${count}, ${latencyMs} ms: all answers are equal`)
      const entries = [
        ...contestants.flatMap((contestant) => listOtherEntries(contestant, count)),
        ...(await listGatewayEntries(gateway, count)),
      ]
      const measured = await measureAll(entries, upstream, toPlan(count, isQuick))
      rows.push(...[...measured].map(([name, rounds]) => ({ name, count, latencyMs, rounds })))
      // Nothing of an hour is lost when the next size fails.
      log(toQueryTable(rows, count, latencyMs))
    }
  }
  const tables = sizes.flatMap((count) =>
    latencies.map(
      (latencyMs) => `N = ${count}, vendors' latency ${latencyMs} ms:\n\n${toQueryTable(rows, count, latencyMs)}`,
    ),
  )
  return { figures: rows, markdown: tables.join('\n\n') }
}
