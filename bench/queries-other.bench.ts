import { graphql, type GraphQLSchema } from 'graphql'
import { createSchema } from 'graphql-yoga'
import { toResolvers, typeDefs } from './contestants/main-schema.ts'
import { openVendorSources } from './contestants/vendor-sources.ts'
import { ask, dig } from './harness/answers.ts'
import {
  installPeers,
  quickContestants,
  resolverContestants,
  startContestant,
  type Contestant,
} from './harness/contestants.ts'
import { toNewDocument, toNewVariables, type Operation } from './harness/documents.ts'
import { startGateway, tokens } from './harness/gateway.ts'
import { listOtherDocuments, type KnownIds, type OtherDocument } from './harness/other-documents.ts'
import type { Bench, Extent } from './harness/report.ts'
import { measureAll, type Entry, type Round, type RoundPlan } from './harness/rounds.ts'
import { toFigures, toSpread, toTable } from './harness/statistics.ts'
import { startUpstream } from './harness/upstream.ts'
import { numberMark } from './load/raw-connection.ts'

const warmSeconds = 300
/** Enough for a document to be compiled, kept, and given again. */
const times = 5
const machinesPerGroup = 3
/** Put in the place of the mark, above all ages of what is remembered. */
const numbers = ['301', '302', '303', '304']

const execute = async (schema: GraphQLSchema, { query, variables }: Operation): Promise<unknown> => {
  const { data, errors } = await graphql({ schema, source: query, variableValues: variables })
  if (errors !== undefined) throw new Error(`The document is wrong: ${errors.map(String).join('; ')}`)
  return data
}

const findIds = async (schema: GraphQLSchema): Promise<KnownIds> => {
  const query = '{ replications(first: 20) { nodes { id } } protectionGroups(first: 20) { nodes { id } } }'
  const data = await execute(schema, { query, variables: {} })
  const toIds = (list: string): readonly string[] => {
    const nodes = dig(data, list, 'nodes')
    return Array.isArray(nodes) ? nodes.map((node: unknown) => String(dig(node, 'id'))) : []
  }
  return { replications: toIds('replications'), groups: toIds('protectionGroups') }
}

/** Letter by letter: members stand in the order in which they were asked for, too. */
const requireSame = (who: string, given: unknown, expected: string): void => {
  const text = JSON.stringify(given)
  if (text === expected) return
  let at = 0
  while (text[at] === expected[at]) at += 1
  const cut = (whole: string): string => whole.slice(Math.max(0, at - 80), at + 120)
  throw new Error(`${who} answers\n…${cut(text)}…\ninstead of\n…${cut(expected)}…`)
}

/** Every document, with all its variables, as often as it takes to be compiled and kept. @returns How many answers. */
const requireSameAnswers = async (
  schema: GraphQLSchema,
  documents: readonly OtherDocument[],
  gatewayUrl: string,
  contestants: readonly Contestant[],
): Promise<number> => {
  const [token = ''] = tokens
  let compared = 0
  const compare = async (who: string, url: string, operation: Operation, expected: string): Promise<void> => {
    requireSame(who, await ask(url, token, operation), expected)
    compared += 1
  }
  for (const { name, operations } of documents) {
    for (const operation of operations) {
      const expected = JSON.stringify(await execute(schema, operation))
      for (const other of contestants) await compare(`${other.name}, ${name}`, other.url, operation, expected)
      for (let time = 0; time < times; time += 1) {
        await compare(`ours, ${name}, time ${time + 1}`, gatewayUrl, operation, expected)
      }
      const fresh = { ...operation, variables: { ...operation.variables, age: 0 } }
      await compare(`ours, ${name}, fresh`, gatewayUrl, fresh, expected)
      for (const [way, text] of [
        ['new document', toNewDocument(operation)],
        ['new variables', toNewVariables(operation)],
      ] as const) {
        for (const number of numbers) {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an operation with a number in it
          const other = JSON.parse(text.replace(numberMark, number)) as Operation
          await compare(`ours, ${name}, ${way}`, gatewayUrl, other, expected)
        }
      }
    }
  }
  return compared
}

/** One way to ask for one document. */
interface OtherRow {
  readonly document: string
  readonly name: string
  readonly rounds: readonly Round[]
}

const toOtherTable = (rows: readonly OtherRow[]): string => {
  const median = ({ rounds }: OtherRow, read: (round: Round) => number): number => toSpread(rounds.map(read)).median
  const lines = rows.map((row) => {
    const yoga = rows.find(({ document, name }) => document === row.document && name === 'graphql-yoga')
    const speed = toSpread(row.rounds.map(({ requestsPerSecond }) => requestsPerSecond))
    const cpuMs = median(row, ({ cpuMsPerRequest }) => cpuMsPerRequest)
    return [
      row.document,
      row.name,
      toFigures(speed.median),
      `${toFigures(speed.least)} - ${toFigures(speed.most)}`,
      yoga === undefined ? '' : toFigures(speed.median / median(yoga, ({ requestsPerSecond }) => requestsPerSecond)),
      toFigures(cpuMs),
      yoga === undefined ? '' : toFigures(median(yoga, ({ cpuMsPerRequest }) => cpuMsPerRequest) / cpuMs),
      ...[
        median(row, ({ p50Ms }) => p50Ms),
        median(row, ({ p99Ms }) => p99Ms),
        Math.max(...row.rounds.map(({ peakMib }) => peakMib)),
        median(row, ({ bytes }) => bytes / 1024),
        median(row, ({ callsPerRequest }) => callsPerRequest),
      ].map(toFigures),
    ]
  })
  const head = ['query', 'who', 'req/s', 'least - most', '× yoga', 'CPU ms', '× yoga by CPU']
  return toTable([...head, 'p50 ms', 'p99 ms', 'peak MiB', 'KiB', 'calls'], lines)
}

const plans: Readonly<Record<Extent, { readonly count: number; readonly rounds: RoundPlan | null }>> = {
  quick: { count: 37, rounds: null },
  short: { count: 150, rounds: { rounds: 3, warmupMs: 300, durationMs: 1000 } },
  whole: { count: 150, rounds: { rounds: 5, warmupMs: 1000, durationMs: 3000 } },
}

/**
 * Queries that are not the main one (fragments, aliases, variables, unions, nested members): `npm run bench --
 * queries-other`. Each answer is compared with what graphql-js makes of the same document over the plain mapping of the
 * vendors' lists, letter by letter.
 */
export const runQueriesOther: Bench = async ({ extent, log }) => {
  const { count, rounds } = plans[extent]
  if (rounds !== null) installPeers()
  await using stack = new AsyncDisposableStack()
  const upstream = stack.use(await startUpstream({ count, machinesPerGroup }))
  const contestants: Contestant[] = []
  for (const name of rounds === null
    ? quickContestants.filter((one) => resolverContestants.includes(one))
    : resolverContestants) {
    contestants.push(stack.use(await startContestant(name, upstream)))
  }
  const gateway = stack.use(await startGateway(upstream))
  const sources = await openVendorSources(upstream)
  const schema = createSchema({ typeDefs, resolvers: toResolvers(sources) })
  const documents = listOtherDocuments(await findIds(schema), warmSeconds)
  const compared = await requireSameAnswers(schema, documents, gateway.url, contestants)
  const found = `${documents.length} documents, ${compared} answers: letter by letter those of graphql-js.`
  log(found)
  const rows: OtherRow[] = []
  for (const { name: document, operations } of rounds === null ? [] : documents) {
    const [operation] = operations
    if (rounds === null || operation === undefined) continue
    const ours = { process: gateway.process, url: gateway.url, connections: 16 }
    const entries: readonly Entry[] = [
      ...contestants.map(({ name, process, url }) => ({
        name,
        process,
        url,
        body: JSON.stringify(operation),
        connections: 16,
      })),
      { ...ours, name: 'ours, kept answer', body: JSON.stringify(operation) },
      { ...ours, name: 'ours, new document', body: toNewDocument(operation) },
      { ...ours, name: 'ours, new variables', body: toNewVariables(operation) },
    ]
    const measured = await measureAll(entries, upstream, rounds)
    rows.push(...[...measured].map(([name, all]) => ({ document, name, rounds: all })))
  }
  if (rows.length === 0) return { figures: { compared }, markdown: found }
  const sizes = `N = ${count}, ${machinesPerGroup} machines in a VPG, ${rounds?.rounds} rounds of ${(rounds?.durationMs ?? 0) / 1000} s`
  return {
    figures: { extent, compared, rows },
    markdown: `${sizes}. ${found}\n\n${toOtherTable(rows)}`,
    hasPeers: true,
  }
}
