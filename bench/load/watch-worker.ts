import { once } from 'node:events'
import { WebSocket } from 'ws'

/*
 * Many subscribers, each on a socket of its own: `node bench/load/watch-worker.ts JOB`, JOB being a {@link WatchJob} as
 * JSON. Says `ready` when each has had its first message, and prints a {@link WatchResult} when told to end.
 */

export interface WatchJob {
  readonly url: string
  readonly tokens: readonly string[]
  readonly query: string
  /** What is watched; the subscribers take turns. Empty for a subscription without variables. */
  readonly ids: readonly string[]
  readonly sockets: number
  /** Whether each subscriber has a message at once. */
  readonly hasSnapshot: boolean
}

export interface WatchResult {
  readonly messages: number
  /** Of the messages since `ready`. */
  readonly bytes: number
  /** From the time that stands in a message until it was there. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

const atMark = '"at":"'
const isoLength = 24

const toResult = (delays: readonly number[], bytes: number): WatchResult => {
  const sorted = Float64Array.from(delays).toSorted()
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { messages: sorted.length, bytes, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}

/** The time that stands in a message; not parsed again while it is the same. */
const createTimeReader = () => {
  let known = { text: '', ms: 0 }
  return (message: string): number | null => {
    const from = message.indexOf(atMark)
    if (from < 0) return null
    const text = message.slice(from + atMark.length, from + atMark.length + isoLength)
    if (text !== known.text) known = { text, ms: Date.parse(text) }
    return known.ms
  }
}

const run = async (job: WatchJob): Promise<void> => {
  const { url, tokens, query, ids, hasSnapshot } = job
  const readTime = createTimeReader()
  const delays: number[] = []
  let bytes = 0
  let isReady = false
  const take = (socket: WebSocket, data: Buffer): void => {
    const nowMs = performance.timeOrigin + performance.now()
    const message = data.toString('latin1')
    if (message.includes('"type":"ping"')) return socket.send('{"type":"pong"}')
    const ms = isReady ? readTime(message) : null
    if (ms === null) return undefined
    bytes += data.length
    delays.push(nowMs - ms)
    return undefined
  }
  const open = async (index: number): Promise<void> => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false, skipUTF8Validation: true })
    await once(socket, 'open')
    const authorization = `Bearer ${tokens[index % tokens.length]}`
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
    await once(socket, 'message')
    const variables = ids.length === 0 ? {} : { id: ids[index % ids.length] }
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
    if (hasSnapshot) await once(socket, 'message')
    socket.on('message', (data: Buffer) => take(socket, data))
    socket.on('close', (code, reason) => {
      if (!isEnding) throw new Error(`A socket was closed: ${code} ${String(reason)}`)
    })
  }
  let isEnding = false
  process.once('SIGUSR2', () => {
    isEnding = true
    process.stdout.write(`${JSON.stringify(toResult(delays, bytes))}\n`, () => process.exit(0))
  })
  const atOnce = 50
  for (let index = 0; index < job.sockets; index += atOnce) {
    const batch = Math.min(atOnce, job.sockets - index)
    await Promise.all(Array.from({ length: batch }, (_, place) => open(index + place)))
  }
  process.stdout.write('ready\n')
  isReady = true
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the harness
await run(JSON.parse(process.argv[2] ?? '{}') as WatchJob)
