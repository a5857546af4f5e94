import { once } from 'node:events'
import { WebSocket } from 'ws'
import { requireWord } from './processes.ts'

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

/** As the inspector gives it. */
interface Profile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** A function, or a library, and what part of the busy time it took. */
export interface Share {
  readonly name: string
  readonly percent: number
}

export interface Reading {
  /** Part of the time in which the process did nothing. */
  readonly idlePercent: number
  readonly functions: readonly Share[]
  /** Functions of the gateway itself, with everything that they call. */
  readonly whole: readonly Share[]
  readonly rooms: readonly Share[]
}

const idleNames: ReadonlySet<string> = new Set(['(idle)', '(program)', '(root)'])

/** `src/server`, `node_modules/graphql`, `node:internal`. */
const toRoom = (url: string, functionName: string): string => {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (found !== undefined) return found
  const own = /\/src\/([^/]+(?:\/(?:vcda|zerto))?)/.exec(url)?.[1]
  if (own !== undefined) return `src/${own}`
  if (url.startsWith('node:')) return url.split('/')[0] === 'node:internal' ? url.split('/').slice(0, 2).join('/') : url
  return functionName.startsWith('(') ? functionName : 'native'
}

const toShares = (times: ReadonlyMap<string, number>, busy: number, most: number): readonly Share[] =>
  [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, time]) => ({ name, percent: (time * 100) / busy }))

/** `answer server/gateway-server.ts:146`; what has no file has its name alone. */
const toPlace = ({ functionName, url, lineNumber }: ProfileNode['callFrame']): string => {
  if (idleNames.has(functionName) || url === '') return functionName
  return `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
}

/** The gateway's own functions on the way to each node, each once. */
const listCallers = (nodes: readonly ProfileNode[]): ReadonlyMap<number, ReadonlySet<string>> => {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
  const callers = new Map<number, ReadonlySet<string>>()
  // A node comes after its parent.
  for (const { id, callFrame } of nodes) {
    const above = callers.get(parents.get(id) ?? -1) ?? new Set<string>()
    const isOwn = callFrame.url.includes('/src/') && !callFrame.url.includes('node_modules')
    callers.set(id, isOwn ? new Set([...above, toPlace(callFrame)]) : above)
  }
  return callers
}

const read = ({ nodes, samples, timeDeltas }: Profile): Reading => {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]))
  const callers = listCallers(nodes)
  const whole = new Map<string, number>()
  const functions = new Map<string, number>()
  const rooms = new Map<string, number>()
  let [busy, all] = [0, 0]
  for (const [index, id] of samples.entries()) {
    const frame = byId.get(id)
    const delta = timeDeltas[index] ?? 0
    all += delta
    if (frame === undefined || frame.functionName === '(idle)') continue
    busy += delta
    const place = toPlace(frame)
    functions.set(place, (functions.get(place) ?? 0) + delta)
    const room = toRoom(frame.url, frame.functionName)
    rooms.set(room, (rooms.get(room) ?? 0) + delta)
    for (const caller of callers.get(id) ?? []) whole.set(caller, (whole.get(caller) ?? 0) + delta)
  }
  return {
    idlePercent: ((all - busy) * 100) / all,
    functions: toShares(functions, busy, 15),
    whole: toShares(whole, busy, 25),
    rooms: toShares(rooms, busy, 12),
  }
}

/** Where a process that was started with `--inspect=127.0.0.1:0` says its inspector is. Node says it on standard error. */
export const findInspector = (said: string): string => requireWord(said, /(ws:\/\/\S+)/)

/** Profiles a process while something runs. */
export const profileWhile = async (inspectorUrl: string, work: () => Promise<void>): Promise<Reading> => {
  const socket = new WebSocket(inspectorUrl, { maxPayload: 1_000_000_000 })
  await once(socket, 'open')
  let id = 0
  const call = async (method: string, params: object = {}): Promise<unknown> => {
    id += 1
    const mine = id
    socket.send(JSON.stringify({ id: mine, method, params }))
    for (;;) {
      const [data] = await once(socket, 'message')
      const answer: unknown = JSON.parse(String(data))
      if (typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === mine) {
        return 'result' in answer ? answer.result : null
      }
    }
  }
  await call('Profiler.enable')
  await call('Profiler.setSamplingInterval', { interval: 200 })
  await call('Profiler.start')
  await work()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the inspector's protocol has it
  const { profile } = (await call('Profiler.stop')) as { readonly profile: Profile }
  socket.terminate()
  return read(profile)
}
