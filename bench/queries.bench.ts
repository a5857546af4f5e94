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
import type { Bench, Extent } from './harness/report.ts'
import { measureAll, type Entry, type Round, type RoundPlan } from './harness/rounds.ts'
import { startUpstream, type Upstream } from './harness/upstream.ts'
import { numberMark } from './load/raw-connection.ts'
import { toQueryTable, type QueryRow } from './queries-table.ts'

/** How old the read model may be where its age is not the question. */
const warmSeconds = 300
/** Replications in a page of VCDA. */
const vendorPage = 100

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

/** @throws where a way to ask has asked the vendors more often than is promised. */
const requireCalls = (measured: ReadonlyMap<string, readonly Round[]>, count: number): void => {
  // The pages of one list, and the one page of the other.
  const whole = Math.ceil(count / vendorPage) + 1
  const promised: Readonly<Record<string, number>> = {
    floor: whole,
    'floor, one caller': whole,
    'ours, kept answer': 0,
    'ours, new document': 0,
    'ours, new variables': 0,
    'ours, fresh': whole,
    'ours, fresh, one caller': whole,
  }
  for (const [name, rounds] of measured) {
    const most = promised[name] ?? Number.POSITIVE_INFINITY
    const worst = Math.max(...rounds.map(({ callsPerRequest }) => callsPerRequest))
    if (worst > most) throw new Error(`${name} calls the vendors ${worst} times for a request, not ${most} at most`)
  }
}

interface Plan {
  readonly sizes: readonly number[]
  readonly latenciesMs: readonly number[]
  readonly toRounds: (count: number) => RoundPlan
}

const plans: Readonly<Record<Extent, Plan>> = {
  // 600 is more than a page of the gateway and of VCDA.
  quick: {
    sizes: [10, 600],
    latenciesMs: [0],
    toRounds: () => ({ rounds: 1, warmupMs: 50, durationMs: 100 }),
  },
  short: {
    sizes: [10, 100, 1000],
    latenciesMs: [0, 20],
    toRounds: () => ({ rounds: 3, warmupMs: 400, durationMs: 1300 }),
  },
  whole: {
    sizes: [10, 100, 1000, 10_000],
    latenciesMs: [0, 20],
    // With 10,000 objects some take minutes for the answers that a round has to have.
    toRounds: (count) => ({ rounds: count < 10_000 ? 5 : 3, warmupMs: 1000, durationMs: 4000 }),
  },
}

const describeExtent = (extent: Extent, { sizes, latenciesMs, toRounds }: Plan): string => {
  const [first = 0] = sizes
  const { rounds, durationMs } = toRounds(first)
  const what = `N = ${sizes.join(', ')}; ${latenciesMs.join(' and ')} ms; ${rounds} rounds of ${durationMs / 1000} s each`
  return extent === 'whole' ? '' : `This run was shortened: ${what}.\n\n`
}

/**
 * The main query, everybody, all sizes: `npm run bench -- queries`. Quick, it is there for its checks: that all answers are
 * equal, and that nobody asks the vendors more often than is promised.
 */
export const runQueries: Bench = async ({ extent, log }) => {
  const names = extent === 'quick' ? quickContestants : allContestants
  if (extent !== 'quick') installPeers()
  const plan = plans[extent]
  const { sizes, latenciesMs } = plan
  const rows: QueryRow[] = []
  for (const count of sizes) {
    for (const latencyMs of latenciesMs) {
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
      const measured = await measureAll(entries, upstream, plan.toRounds(count))
      requireCalls(measured, count)
      rows.push(...[...measured].map(([name, rounds]) => ({ name, count, latencyMs, rounds })))
      // Nothing of an hour is lost when the next size fails.
      if (extent !== 'quick') log(toQueryTable(rows, count, latencyMs))
    }
  }
  const tables = sizes.flatMap((count) =>
    latenciesMs.map(
      (latencyMs) => `N = ${count}, vendors' latency ${latencyMs} ms:\n\n${toQueryTable(rows, count, latencyMs)}`,
    ),
  )
  return {
    figures: { extent, rows },
    markdown: `${describeExtent(extent, plan)}${tables.join('\n\n')}`,
    hasPeers: true,
  }
}
