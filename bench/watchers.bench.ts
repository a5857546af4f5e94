import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { startGateway, tokens } from './harness/gateway.ts'
import { readCpuMs, readMemory, requireWord, startNode, type Running } from './harness/processes.ts'
import type { Bench } from './harness/report.ts'
import { startFailovers, startSimulator } from './harness/simulator.ts'
import { toFigures, toTable } from './harness/statistics.ts'
import type { WatchJob, WatchResult } from './load/watch-worker.ts'

/** How many watch how much, and for how long. */
interface Plan {
  readonly tasks: number
  readonly sockets: number
  readonly events: number
  /** Before memory is read, so that what the openings left behind is gone. */
  readonly restMs: number
}

interface Watched {
  readonly name: string
  readonly messages: number
  readonly cpuUsPerMessage: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
  readonly kibPerSocket: number
  readonly bytesPerMessage: number
}

const query =
  'subscription Watch($id: ID!) { taskProgress(id: $id) { cursor kind at task { id state progressPercent stage } } }'
const clientProcesses = 2
const kib = 1024
const worker = join(import.meta.dirname, 'load/watch-worker.ts')
// A failover of the simulator takes 30 s: a hundredth of it.
const stepSeconds = 0.3

/** Opens the sockets, lets events come once a second, and counts what it cost the server. */
const watch = async (
  name: string,
  server: { readonly url: string; readonly pid: number; readonly fire: () => Promise<void> },
  ids: readonly string[],
  plan: Plan,
): Promise<Watched> => {
  const { pid, fire } = server
  const beforeBytes = readMemory(pid).nowBytes
  const url = server.url.replace(/^http/, 'ws')
  const sockets = Math.ceil(plan.sockets / clientProcesses)
  const job: WatchJob = { url, tokens, query, ids, sockets, hasSnapshot: true }
  await using stack = new AsyncDisposableStack()
  const start = (): Promise<Running> =>
    startNode({ place: 'around', args: [worker, JSON.stringify(job)], ready: /ready\n/ })
  const clients = await Promise.all(Array.from({ length: clientProcesses }, start))
  for (const client of clients) stack.use(client)
  await wait(plan.restMs)
  const grownBytes = readMemory(pid).nowBytes - beforeBytes
  const cpuBeforeMs = readCpuMs(pid)
  for (let event = 0; event < plan.events; event += 1) {
    await fire()
    await wait(1000)
  }
  // What was told last has a moment to arrive.
  await wait(1000)
  const cpuMs = readCpuMs(pid) - cpuBeforeMs
  const results = await Promise.all(
    clients.map(async (client) => {
      process.kill(client.pid, 'SIGUSR2')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own program
      return JSON.parse(requireWord(await client.hear(/\}\n/), /(\{.*\})/)) as WatchResult
    }),
  )
  const sum = (read: (result: WatchResult) => number): number => results.reduce((all, result) => all + read(result), 0)
  const most = (read: (result: WatchResult) => number): number => Math.max(...results.map(read))
  const messages = sum((result) => result.messages)
  return {
    name,
    messages,
    cpuUsPerMessage: (cpuMs * 1000) / messages,
    p50Ms: most(({ p50Ms }) => p50Ms),
    p99Ms: most(({ p99Ms }) => p99Ms),
    mostMs: most(({ mostMs }) => mostMs),
    kibPerSocket: grownBytes / plan.sockets / kib,
    bytesPerMessage: sum(({ bytes }) => bytes) / messages,
  }
}

/** A subscriber of ours beside those that are counted. */
interface Control extends Disposable {
  /** What the gateway sent to it, with a mark in the place of the time. */
  readonly message: string
  /** Resolves when it is told something more. @throws after ten seconds */
  hear(): Promise<unknown>
}

const openControl = async (url: string, id: string): Promise<Control> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${tokens[0]}` } }))
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id } } }))
  const [data] = await once(socket, 'message')
  const text = String(data)
  if (!text.includes('"type":"next"')) throw new Error(`No message: ${text}`)
  return {
    message: text.replace(/"at":"[^"]+"/, '"at":"%AT%"'),
    hear: () => once(socket, 'message', { signal: AbortSignal.timeout(10_000) }),
    [Symbol.dispose]: () => socket.terminate(),
  }
}

const watchGateway = async (plan: Plan) => {
  // A group has three or four machines, and about half of the groups can be failed over.
  await using simulator = await startSimulator(Math.max(30, plan.tasks * 8))
  await using gateway = await startGateway(simulator, { passwords: simulator.passwords })
  const { url, process } = gateway
  const ids = await startFailovers(url, tokens[0] ?? '', plan.tasks)
  // The last one: of what a site says at once, it is told of last.
  using control = await openControl(url, ids.at(-1) ?? '')
  // The clock waits until the gateway has looked: two turns between two of its looks would be one event.
  const fire = async (): Promise<void> => {
    const heard = control.hear()
    await simulator.turnSeconds(stepSeconds)
    await heard
  }
  const { message } = control
  return { ids, message, watched: await watch('ours', { url, pid: process.pid, fire }, ids, plan) }
}

const watchRaw = async (plan: Plan, ids: readonly string[], message: string): Promise<Watched> => {
  const args = [join(import.meta.dirname, 'contestants/raw-broadcast.ts')]
  await using raw = await startNode({ place: 'measured', args, ready: /listens \S+\n/ })
  const url = requireWord(raw.said, /listens (\S+)\n/)
  await (await fetch(`${url}/message`, { method: 'POST', body: message })).text()
  const fire = async (): Promise<void> => void (await (await fetch(`${url}/fire`, { method: 'POST' })).text())
  return await watch('raw ws', { url, pid: raw.pid, fire }, ids, plan)
}

const toMarkdown = (plan: Plan, all: readonly Watched[]): string => {
  const head = [
    'who',
    'messages',
    'events',
    'CPU µs each',
    'p50 ms',
    'p99 ms',
    'last ms',
    'KiB per socket',
    'bytes each',
  ]
  const rows = all.map((watched) => [
    watched.name,
    String(watched.messages),
    toFigures(watched.messages / plan.sockets),
    ...[watched.cpuUsPerMessage, watched.p50Ms, watched.p99Ms, watched.mostMs].map(toFigures),
    ...[watched.kibPerSocket, watched.bytesPerMessage].map(toFigures),
  ])
  return `${plan.tasks} tasks, ${plan.sockets} sockets, an event a second:\n\n${toTable(head, rows)}`
}

const runPlan = async (plan: Plan): Promise<{ readonly figures: readonly Watched[]; readonly markdown: string }> => {
  const { ids, message, watched } = await watchGateway(plan)
  const figures = [watched, await watchRaw(plan, ids, message)]
  for (const { name, messages } of figures) {
    const expected = plan.sockets * plan.events
    if (messages !== expected) throw new Error(`${name} sent ${messages} messages, not ${expected}`)
  }
  return { figures, markdown: toMarkdown(plan, figures) }
}

/** One task that everybody watches: `npm run bench -- watchers`. */
export const runWatchers: Bench = ({ extent }) =>
  runPlan(
    extent === 'quick'
      ? { tasks: 1, sockets: 200, events: 3, restMs: 200 }
      : { tasks: 1, sockets: 10_000, events: 30, restMs: 15_000 },
  )

/** Many tasks, each with some who watch it: `npm run bench -- watchers-many`. */
export const runWatchersMany: Bench = ({ extent }) =>
  runPlan(
    extent === 'quick'
      ? { tasks: 10, sockets: 100, events: 3, restMs: 200 }
      : { tasks: 500, sockets: 10_000, events: 30, restMs: 15_000 },
  )
