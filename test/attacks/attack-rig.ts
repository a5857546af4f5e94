import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { WebSocket, type RawData } from 'ws'
import type { Scope } from '../../src/domain/viewer.ts'
import { send, type RawAnswer } from '../server/start-test-server.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

/** A socket on which a caller is known, without a client's manners. */
export interface BareSocket {
  readonly socket: WebSocket
  /** Code and reason. */
  readonly closed: Promise<readonly [number, string]>
  /** Everything that came, as text. */
  readonly received: readonly string[]
  /** All answers to one `subscribe` message up to its end: an error, or complete. */
  run(payload: object): Promise<readonly string[]>
}

/** A gateway over both simulators, with somebody who has a token, may read, and means harm. */
export interface AttackRig extends AsyncDisposable {
  readonly gateway: TestGateway
  readonly url: string
  readonly authorization: string
  /** Sends a body as it is, as the attacker. */
  post(body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>
  /** Asks as the attacker; the answer as it came. */
  ask(query: string, variables?: object): Promise<RawAnswer>
  /** Opens a socket as the attacker. */
  openSocket(): Promise<BareSocket>
  /** Sends these bytes on a connection of its own; everything that comes back until the server ends it. */
  sendRaw(bytes: string | Buffer): Promise<string>
  /**
   * The gateway goes on as if nothing had been: other callers are answered over HTTP and on a socket that was open all
   * the while, and no vendor was asked anything since the last look.
   */
  expectUnharmed(): Promise<void>
}

// What an answer must not tell: where code is, what it is made of, how it failed.
const innards =
  /node_modules|node:internal|file:\/\/|\bat [\w.<>]+ \(|\.[cm]?[jt]s:\d+|\b(?:yoga|envelop|whatwg|pothos|undici|kysely|sqlite|zod|jose|graphql-js|graphql-ws)\b|\b(?:Type|Range|Reference|Internal)Error\b|stack/i

/** Fails when an answer shows what the gateway is made of. */
export const expectNoInnards = (text: string): void => {
  expect(innards.exec(text)?.[0] ?? null).toBeNull()
}

const toText = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString() : '')

const openBare = async (url: string, authorization: string): Promise<BareSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate: false })
  socket.on('error', () => undefined)
  const received: string[] = []
  socket.on('message', (data) => received.push(toText(data)))
  const closed = once(socket, 'close').then(([code, reason]) => [Number(code), String(reason)] as const)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await once(socket, 'message')
  let count = 0
  return {
    socket,
    closed,
    received,
    run: async (payload) => {
      const id = `run-${(count += 1)}`
      const isMine = (text: string): boolean => text.includes(`"${id}"`)
      const isEnd = (text: string): boolean => isMine(text) && /"type":"(?:error|complete)"/.test(text)
      socket.send(JSON.stringify({ id, type: 'subscribe', payload }))
      while (!received.some(isEnd)) {
        const end = await Promise.race([once(socket, 'message').then(() => null), closed])
        if (end !== null) throw new Error(`The socket was closed with ${end.join(' ')}`)
      }
      return received.filter(isMine)
    },
  }
}

const viewerQuery = '{ viewer { name } }'

export const startAttackRig = async (scopes: readonly Scope[] = ['dr:read', 'dr:operate']): Promise<AttackRig> => {
  await using stack = new AsyncDisposableStack()
  const callers = [
    { name: 'attacker', scopes },
    { name: 'bystander', scopes: ['dr:read'] as const },
  ]
  const gateway = stack.use(await startGateway({ fleetSize: 12, maxAgeSeconds: 3_600, callers }))
  const { url } = gateway
  const authorization = `Bearer ${tokenOf('attacker')}`
  const bystander = `Bearer ${tokenOf('bystander')}`
  const headers = { 'content-type': 'application/json' }
  const post: AttackRig['post'] = (body, more = {}) =>
    send(url, { method: 'POST', headers: { ...headers, authorization, ...more }, body })
  const askAs = (who: string, query: string, variables?: object): Promise<RawAnswer> =>
    send(url, {
      method: 'POST',
      headers: { ...headers, authorization: who },
      body: JSON.stringify({ query, variables }),
    })
  await askAs(
    bystander,
    '{ replications(first: 1) { totalCount } protectionGroups(first: 1) { totalCount } sites { name } }',
  )
  const watching = await openBare(url, bystander)
  stack.defer(() => watching.socket.terminate())
  gateway.forget()
  const { hostname, port } = new URL(url)
  const owned = stack.move()
  return {
    gateway,
    url,
    authorization,
    post,
    ask: (query, variables) => askAs(authorization, query, variables),
    openSocket: () => openBare(url, authorization),
    sendRaw: async (bytes) => {
      const socket = connect(Number(port), hostname)
      let text = ''
      socket.on('data', (data) => {
        text += data.toString('latin1')
      })
      const closed = once(socket, 'close').catch(() => undefined)
      socket.on('error', () => undefined)
      socket.write(bytes)
      await closed
      return text
    },
    expectUnharmed: async () => {
      const { status, text } = await askAs(bystander, viewerQuery)
      expect([status, text]).toEqual([200, '{"data":{"viewer":{"name":"bystander"}}}'])
      expect((await watching.run({ query: viewerQuery }))[0]).toContain('"name":"bystander"')
      expect(gateway.changes()).toEqual([])
      expect(gateway.countRequests()).toBe(0)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
