import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'

/*
 * What one idle subscriber costs, and how long an event takes to all of them:
 * `node bench/idle-subscribers.bench.ts [10000]` starts the simulator and `serve`, each as a process of its own,
 * subscribes so often to one task, each on a socket of its own, and prints by how much the resident memory of the gateway
 * has grown for each, socket included, and the time from the first to the last client that has an event.
 */

const count = Number(process.argv[2] ?? 10_000)
const token = 'bench'
// Memory is looked at when what the openings have left behind has had time to go.
const restMs = 15_000

const main = join(import.meta.dirname, '../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-bench-'))
const children: ChildProcess[] = []
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a command of the gateway. @returns Its process, and what it has said once that matches. */
const start = async (args: readonly string[], pattern: RegExp) => {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  let said = ''
  while (!pattern.test(said)) said += String((await once(child.stdout, 'data'))[0])
  return { child, said }
}

const requireGroup = (text: string, pattern: RegExp, name: string): string => {
  const found = pattern.exec(text)?.groups?.[name]
  if (found === undefined) throw new Error(`No ${name} in: ${text}`)
  return found
}

const simulate = ['simulate', '--vcda', '127.0.0.1:0', '--zerto', '127.0.0.1:0', '--admin', '127.0.0.1:0']
const simulator = await start([...simulate, '--fleet', '12', '--speed', '0.05'], /_simulator\n/)
const site = /(?<url>http:\S+) {2}Boston\n +password: (?<user>\S+) \/ (?<password>\S+)/
const password = requireGroup(simulator.said, site, 'password')
writeFileSync(join(folder, 'password'), password)
writeFileSync(
  join(folder, 'gateway.yaml'),
  `listen: { host: 127.0.0.1, port: 0 }
store: { url: 'sqlite:./bench.db' }
auth:
  tokens: [{ name: bench, sha256: '${createHash('sha256').update(token).digest('hex')}', scopes: [dr:read, dr:recover] }]
limits: { maxSocketsPerCaller: 100000 }
sites:
  - name: boston
    vendor: zerto
    url: ${requireGroup(simulator.said, site, 'url')}
    login: { type: password, username: ${requireGroup(simulator.said, site, 'user')}, password: '\${file:./password}' }
`,
)
const gateway = await start(['serve', '--config', join(folder, 'gateway.yaml')], /serves \S+\n/)
const url = requireGroup(gateway.said, /serves (?<url>\S+)/, 'url')

const residentBytes = (): number =>
  Number(requireGroup(readFileSync(`/proc/${gateway.child.pid}/status`, 'utf8'), /VmRSS:\s+(?<kib>\d+)/, 'kib')) * 1024

const ask = async (query: string): Promise<string> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return response.text()
}

const groups = await ask('{ protectionGroups(filter: { states: [PROTECTED] }, first: 1) { nodes { id } } }')
const groupId = requireGroup(groups, /"id":"(?<id>[^"]+)"/, 'id')
const started = await ask(
  `mutation { failover(input: { targetId: "${groupId}", idempotencyKey: "bench" }) { ... on TaskStarted { task { id } } } }`,
)
const taskId = requireGroup(started, /"id":"(?<id>[^"]+)"/, 'id')
const document = `subscription { taskProgress(id: "${taskId}") { cursor kind task { state progressPercent stage } } }`

const arrivals = new Map<string, number[]>()
const open = async (): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate: false })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: document } }))
  await once(socket, 'message')
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8')
    if (text.includes('"ping"')) socket.send('{"type":"pong"}')
    const cursor = /"cursor":"(?<cursor>[^"]+)"/.exec(text)?.groups?.['cursor']
    if (cursor !== undefined) arrivals.set(cursor, [...(arrivals.get(cursor) ?? []), performance.now()])
  })
  return socket
}

const openMany = async (wanted: number): Promise<void> => {
  for (let opened = 0; opened < wanted; opened += 100) await Promise.all(Array.from({ length: 100 }, open))
}

// What the first ones bring into memory for all of them is not counted.
await openMany(100)
await wait(3000)
const before = residentBytes()
await openMany(count)
await wait(restMs)
const grownBytes = residentBytes() - before
process.stdout.write(
  `${count} subscribers, each on its own socket: ${(grownBytes / count / 1024).toFixed(1)} KiB each\n`,
)
process.stdout.write(`all in all the gateway holds ${(residentBytes() / 1024 / 1024).toFixed(0)} MiB\n`)
for (const times of arrivals.values()) {
  if (times.length < count) continue
  const spreadMs = Math.max(...times) - Math.min(...times)
  process.stdout.write(`an event reached ${times.length} clients, the last ${spreadMs.toFixed(0)} ms after the first\n`)
}
process.exit(0)
