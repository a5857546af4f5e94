import { setTimeout as wait } from 'node:timers/promises'
import { ask, dig } from './harness/answers.ts'
import { tokens } from './harness/gateway.ts'
import { startPostgres, type Database, type Postgres } from './harness/postgres.ts'
import { startReplicas, watch, type Replicas, type Watchers } from './harness/replicas.ts'
import type { Bench, Extent } from './harness/report.ts'
import { startFailovers, startSimulator } from './harness/simulator.ts'
import { toFigures, toTable } from './harness/statistics.ts'
import { startUpstream, sumCalls } from './harness/upstream.ts'

/** How much is measured. */
interface Plan {
  /** Gateways, and subscribers to all of them together. */
  readonly subscribers: readonly (readonly [number, number])[]
  readonly events: number
  /** Gateways, and machines at both vendors together. */
  readonly machines: readonly (readonly [number, number])[]
  /** Tasks that run at once, at three gateways. */
  readonly tasks: readonly number[]
  /** How many operations are begun at one, two and three gateways. */
  readonly presses: number
  /** For what is looked at while nothing is done. */
  readonly restMs: number
  /** For what vendors are asked. */
  readonly lookMs: number
}

const plans: Readonly<Record<Extent, Plan>> = {
  quick: { subscribers: [[2, 20]], events: 2, machines: [[2, 20]], tasks: [4], presses: 4, restMs: 500, lookMs: 1500 },
  short: {
    subscribers: [
      [1, 1000],
      [3, 3000],
    ],
    events: 5,
    machines: [
      [1, 1000],
      [3, 1000],
      [1, 10_000],
    ],
    tasks: [20],
    presses: 30,
    restMs: 4000,
    lookMs: 15_000,
  },
  whole: {
    subscribers: [
      [1, 0],
      [1, 1000],
      [1, 5000],
      [1, 10_000],
      [3, 9000],
      [3, 30_000],
    ],
    events: 60,
    machines: [
      [1, 1000],
      [3, 1000],
      [1, 10_000],
      [3, 10_000],
    ],
    tasks: [0, 20, 100, 500],
    presses: 150,
    restMs: 20_000,
    lookMs: 120_000,
  },
}

const eventsQuery = 'subscription Follow { taskEvents { cursor kind at task { id state progressPercent stage } } }'
const changesQuery = 'subscription Watch { protectionEvents { __typename } }'
// A failover of the simulator takes 30 s.
const stepSeconds = 0.3

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const list = (values: readonly number[]): string => values.map(toFigures).join(', ')
const minus = (after: readonly number[], before: readonly number[]): readonly number[] =>
  after.map((value, place) => value - (before[place] ?? 0))

const countRows = async (database: Database, from: string): Promise<number> => {
  const [row] = await database.run(`select count(*) as count from ${from} /* of the bench */`)
  return Number(row?.['count'])
}

/** Looks every few milliseconds. @throws after half a minute */
const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let left = 3000; !(await isSo()); left -= 1) {
    if (left === 0) throw new Error(`${what} does not come`)
    await wait(10)
  }
}

const measureSubscribers = async (postgres: Postgres, [gateways, sockets]: readonly [number, number], plan: Plan) => {
  await using database = await postgres.makeDatabase()
  await using simulator = await startSimulator(30)
  await using replicas = await startReplicas(database, simulator, gateways)
  const [first] = replicas.all
  const [task] = await startFailovers(first?.url ?? '', tokens[0] ?? '', 1)
  const mibBefore = replicas.readMib()
  await using stack = new AsyncDisposableStack()
  const watchers: Watchers[] = []
  for (const gateway of sockets === 0 ? [] : replicas.all) {
    const job = { query: eventsQuery, sockets: Math.round(sockets / gateways), hasSnapshot: true }
    watchers.push(stack.use(await watch(gateway, job)))
  }
  await wait(plan.restMs)
  const mib = replicas.readMib()
  const cpuAtRest = replicas.readCpuMs()
  const rest = await database.measure(() => wait(plan.restMs))
  const restCpuMs = minus(replicas.readCpuMs(), cpuAtRest)
  const cpuBefore = replicas.readCpuMs()
  for (let event = 0; event < plan.events; event += 1) {
    const from = `task_events where task_id = '${task}'`
    const known = await countRows(database, from)
    await simulator.turnSeconds(stepSeconds)
    await until('A change', async () => (await countRows(database, from)) > known)
    await wait(500)
  }
  // What was told last has to arrive.
  for (const one of watchers) await one.rest()
  const cpuMs = minus(replicas.readCpuMs(), cpuBefore)
  const told = await Promise.all(watchers.map((one) => one.count()))
  const messages = told.map((one) => one.messages)
  for (const count of messages) {
    const expected = Math.round(sockets / gateways) * plan.events
    if (count < expected) throw new Error(`A gateway has told ${count} messages, not ${expected}`)
  }
  return {
    gateways,
    sockets,
    mib,
    kibPerSocket: (sum(minus(mib, mibBefore)) * 1024) / Math.max(1, sockets),
    restCpuPercent: restCpuMs.map((ms) => (ms * 100) / plan.restMs),
    cpuUsPerMessage: (sum(cpuMs) * 1000) / Math.max(1, sum(messages)),
    p50Ms: told.map((one) => one.p50Ms),
    p99Ms: told.map((one) => one.p99Ms),
    leaseStatementsPerSecond: (rest.leaseStatements * 1000) / plan.restMs,
    otherStatementsPerSecond: (rest.otherStatements * 1000) / plan.restMs,
    connections: await database.countConnections(),
  }
}

const measureMachines = async (postgres: Postgres, [gateways, machines]: readonly [number, number], plan: Plan) => {
  await using database = await postgres.makeDatabase()
  await using upstream = await startUpstream({ count: machines / 2 })
  await using replicas = await startReplicas(database, upstream, gateways)
  await using stack = new AsyncDisposableStack()
  for (const gateway of replicas.all) {
    stack.use(await watch(gateway, { query: changesQuery, sockets: 1, hasSnapshot: false }))
  }
  await wait(plan.restMs)
  await upstream.takeCalls()
  const cpuBefore = replicas.readCpuMs()
  const startedMs = performance.now()
  const load = await database.measure(async () => {
    while (performance.now() - startedMs < plan.lookMs) {
      await upstream.churn(5)
      await wait(5000)
    }
  })
  const minutes = (performance.now() - startedMs) / 60_000
  const calls = sumCalls(await upstream.takeCalls()) / minutes
  const [size] = await database.run(`select pg_total_relation_size('snapshots') as bytes /* of the bench */`)
  return {
    gateways,
    machines,
    mib: replicas.readMib(),
    cpuPercent: minus(replicas.readCpuMs(), cpuBefore).map((ms) => ms / (minutes * 600)),
    callsPerMinute: calls,
    statementsPerMinute: load.otherStatements / minutes,
    snapshotBytesPerMachine: Number(size?.['bytes']) / machines,
  }
}

const measureSize = async (database: Database, table: string): Promise<number> => {
  const [row] = await database.run(
    `select pg_total_relation_size('${table}') as bytes, (select count(*) from ${table}) as rows /* of the bench */`,
  )
  return Number(row?.['bytes']) / Math.max(1, Number(row?.['rows']))
}

/** How long all progress of one turn of the vendor's clock takes to be written. */
const turnAll = async (
  database: Database,
  turn: () => Promise<void>,
  tasks: number,
): Promise<{ readonly changes: number; readonly tookMs: number }> => {
  const events = `task_events`
  const before = await countRows(database, events)
  await turn()
  await until('A change', async () => (await countRows(database, events)) > before)
  const startedMs = performance.now()
  const first = await countRows(database, events)
  await until('The last change', async () => (await countRows(database, events)) >= before + tasks)
  return { changes: before + tasks - first, tookMs: performance.now() - startedMs }
}

const measureTasks = async (postgres: Postgres, tasks: number, plan: Plan) => {
  const gateways = 3
  await using database = await postgres.makeDatabase()
  await using simulator = await startSimulator(Math.max(30, tasks * 8))
  await using replicas = await startReplicas(database, simulator, gateways)
  const [first] = replicas.all
  await startFailovers(first?.url ?? '', tokens[0] ?? '', tasks)
  await wait(plan.restMs)
  const cpuBefore = replicas.readCpuMs()
  await wait(plan.restMs)
  const restCpuMs = minus(replicas.readCpuMs(), cpuBefore)
  const turns: { readonly changes: number; readonly tookMs: number }[] = []
  const cpuBeforeTurns = replicas.readCpuMs()
  const load = await database.measure(async () => {
    if (tasks === 0) return
    for (let turn = 0; turn < plan.events; turn += 1) {
      turns.push(await turnAll(database, () => simulator.turnSeconds(stepSeconds), tasks))
    }
  })
  const changes = Math.max(1, tasks * turns.length)
  const turnCpuMs = minus(replicas.readCpuMs(), cpuBeforeTurns)
  return {
    tasks,
    restCpuPercent: restCpuMs.map((ms) => (ms * 100) / plan.restMs),
    turnCpuMs,
    changesPerSecond: (sum(turns.map((turn) => turn.changes)) * 1000) / sum(turns.map((turn) => turn.tookMs)),
    statementsPerChange: load.otherStatements / changes,
    storeCpuMsPerChange: load.cpuMs / changes,
    gatewayCpuMsPerChange: sum(turnCpuMs) / changes,
    bytesPerTask: await measureSize(database, 'tasks'),
    bytesPerEvent: await measureSize(database, 'task_events'),
    bytesPerAuditEntry: await measureSize(database, 'audit_entries'),
  }
}

const listTargets = async (url: string): Promise<readonly string[]> => {
  const query = `{ protectionGroups(filter: { vendors: [ZERTO], states: [PROTECTED] }, first: 500) { nodes { id } } }`
  const nodes = dig(await ask(url, tokens[0] ?? '', { query, variables: {} }), 'protectionGroups', 'nodes')
  return Array.isArray(nodes) ? nodes.map((node: unknown) => String(dig(node, 'id'))) : []
}

const callersAtOnce = 8

/** Begins an operation on each target, at one gateway after the other. */
const pressAll = async ({ all }: Replicas, targets: readonly string[]): Promise<void> => {
  const left = targets.entries()
  const mutation = `mutation Test($id: ID!, $key: String!) {
    testFailover(input: { targetId: $id, idempotencyKey: $key }) { __typename } }`
  const work = async (): Promise<void> => {
    for (const [place, id] of left) {
      const url = all[place % all.length]?.url ?? ''
      await ask(url, tokens[place % tokens.length] ?? '', { query: mutation, variables: { id, key: id } })
    }
  }
  await Promise.all(Array.from({ length: callersAtOnce }, work))
}

const measurePresses = async (postgres: Postgres, gateways: number, plan: Plan) => {
  await using database = await postgres.makeDatabase()
  await using simulator = await startSimulator(Math.max(30, plan.presses * 8))
  await using replicas = await startReplicas(database, simulator, gateways)
  const targets = (await listTargets(replicas.all[0]?.url ?? '')).slice(0, plan.presses)
  for (const { url } of replicas.all) await listTargets(url)
  const cpuBefore = replicas.readCpuMs()
  const startedMs = performance.now()
  const load = await database.measure(() => pressAll(replicas, targets))
  const tookMs = performance.now() - startedMs
  const writes = await countRows(database, 'audit_entries')
  const sent = await countRows(database, `tasks where asked_by is not null`)
  return {
    gateways,
    presses: targets.length,
    sent,
    auditEntries: writes,
    pressesPerSecond: (targets.length * 1000) / tookMs,
    statementsPerPress: load.otherStatements / targets.length,
    storeCpuMsPerPress: load.cpuMs / targets.length,
    gatewayCpuMsPerPress: sum(minus(replicas.readCpuMs(), cpuBefore)) / targets.length,
    connections: await database.countConnections(),
  }
}

type Rows<T> = T extends (...parameters: never) => Promise<infer R> ? readonly R[] : never

const describeSubscribers = (rows: Rows<typeof measureSubscribers>): string =>
  toTable(
    [
      'gateways',
      'subscribers',
      'MiB of each',
      'KiB per socket',
      'CPU % at rest',
      'CPU µs a message',
      'p50 ms',
      'p99 ms',
      'leases/s',
      'reads/s',
      'connections',
    ],
    rows.map((row) => [
      String(row.gateways),
      String(row.sockets),
      list(row.mib),
      row.sockets === 0 ? '' : toFigures(row.kibPerSocket),
      list(row.restCpuPercent),
      row.sockets === 0 ? '' : toFigures(row.cpuUsPerMessage),
      list(row.p50Ms),
      list(row.p99Ms),
      ...[row.leaseStatementsPerSecond, row.otherStatementsPerSecond, row.connections].map(toFigures),
    ]),
  )

const describeMachines = (rows: Rows<typeof measureMachines>): string =>
  toTable(
    [
      'gateways',
      'machines',
      'MiB of each',
      'CPU % of each',
      'calls a minute',
      'statements a minute',
      'bytes of a snapshot per machine',
    ],
    rows.map((row) => [
      String(row.gateways),
      String(row.machines),
      list(row.mib),
      list(row.cpuPercent),
      ...[row.callsPerMinute, row.statementsPerMinute, row.snapshotBytesPerMachine].map(toFigures),
    ]),
  )

const describeTasks = (rows: Rows<typeof measureTasks>): string =>
  toTable(
    [
      'tasks',
      'CPU % at rest',
      'changes/s',
      'statements each',
      'CPU ms of the store',
      'of the gateways',
      'bytes of a task',
      'of an event',
      'of an audit entry',
    ],
    rows.map((row) => [
      String(row.tasks),
      list(row.restCpuPercent),
      ...(row.tasks === 0
        ? ['', '', '', '', '', '', '']
        : [
            row.changesPerSecond,
            row.statementsPerChange,
            row.storeCpuMsPerChange,
            row.gatewayCpuMsPerChange,
            row.bytesPerTask,
            row.bytesPerEvent,
            row.bytesPerAuditEntry,
          ].map(toFigures)),
    ]),
  )

const describePresses = (rows: Rows<typeof measurePresses>): string =>
  toTable(
    [
      'gateways',
      'operations',
      'sent',
      'a second',
      'statements each',
      'CPU ms of the store',
      'of the gateways',
      'connections',
    ],
    rows.map((row) => [
      ...[row.gateways, row.presses, row.sent].map(String),
      ...[row.pressesPerSecond, row.statementsPerPress, row.storeCpuMsPerPress, row.gatewayCpuMsPerPress].map(
        toFigures,
      ),
      String(row.connections),
    ]),
  )

/** What gateways on one PostgreSQL hold, and what they ask of it: `npm run bench -- replicas`. */
export const runReplicas: Bench = async ({ extent, log }) => {
  const plan = plans[extent]
  await using postgres = await startPostgres()
  const parts: string[] = []
  const each = async <T, R>(
    inputs: readonly T[],
    measure: (postgres: Postgres, input: T, plan: Plan) => Promise<R>,
    describe: (rows: readonly R[]) => string,
  ): Promise<readonly R[]> => {
    const rows: R[] = []
    for (const input of inputs) {
      rows.push(await measure(postgres, input, plan))
      log(describe(rows.slice(-1)))
    }
    parts.push(describe(rows))
    return rows
  }
  const figures = {
    tasks: await each(plan.tasks, measureTasks, describeTasks),
    presses: await each(extent === 'quick' ? [2] : [1, 2, 3], measurePresses, describePresses),
    machines: await each(plan.machines, measureMachines, describeMachines),
    subscribers: await each(plan.subscribers, measureSubscribers, describeSubscribers),
  }
  return { figures, markdown: parts.join('\n\n') }
}
