import { createClient, type Client } from 'graphql-ws/client'
import type { TokenKeeper } from './token-keeper.ts'

/**
 * How the one socket is doing: `idle` while nothing is watched, `lost` while it waits before it connects again, `refused`
 * when it has given up because no token is taken.
 */
export type ConnectionKind = 'idle' | 'connecting' | 'open' | 'lost' | 'refused'

export interface Connection {
  readonly kind: ConnectionKind
  /** Since when it is so. */
  readonly since: Date
}

export interface LiveSocketOptions {
  /** Of the endpoint, `ws:` or `wss:`. */
  readonly url: string
  readonly tokens: TokenKeeper
  /** Where the platform has none of its own, e.g. `WebSocket` of the package `ws`. */
  readonly webSocket: unknown
  /** Called with every change. */
  readonly onConnection: (connection: Connection) => void
  /** Called when the gateway has taken the token and the socket is ready. */
  readonly onOpen: () => void
}

/** A socket that comes back by itself. */
export interface LiveSocket extends Disposable {
  readonly client: Client
  readonly connection: Connection
  /** True for the error of a socket whose token was refused. */
  isRefusal(error: unknown): boolean
}

/** Close codes of the gateway; docs/subscriptions.md says what each is for. */
const forbidden = 4403
const normal = 1000

const longestWaitMs = 10_000
const shortestWaitMs = 250
const pingEveryMs = 10_000
const pongWithinMs = 5_000
/** A page that changes from one screen to the next does not close its socket. */
const idleCloseMs = 3_000

const codeOf = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : null

/** Longer each time and by chance, so that the clients of a gateway that comes back do not all come in one moment. */
const toWaitMs = (retries: number): number =>
  Math.min(longestWaitMs, shortestWaitMs * 2 ** retries) * (0.5 + Math.random() / 2)

/** Waits, but no longer than until the device has a network again. */
const waitToRetry = (retries: number): Promise<void> =>
  new Promise((resolve) => {
    const network = 'addEventListener' in globalThis ? globalThis : null
    const done = (): void => {
      clearTimeout(timer)
      network?.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, toWaitMs(retries))
    network?.addEventListener('online', done)
  })

/** One socket for everything that is watched, opened when something is. */
export const openLiveSocket = (options: LiveSocketOptions): LiveSocket => {
  const { url, tokens, webSocket, onConnection, onOpen } = options
  let connection: Connection = { kind: 'idle', since: new Date() }
  const become = (kind: ConnectionKind): void => {
    if (connection.kind === kind) return
    connection = { kind, since: new Date() }
    onConnection(connection)
  }
  /** Tokens refused since one was taken. */
  let refusals = 0
  let hasSourceFailed = false
  let pongDue: ReturnType<typeof setTimeout> | undefined

  const findToken = async (): Promise<string | null> => {
    hasSourceFailed = false
    try {
      return await (refusals > 0 && tokens.canRenew ? tokens.renew() : tokens.get())
    } catch {
      // Whoever gives tokens may be down for a moment: the gateway refuses, and it is tried again later.
      hasSourceFailed = true
      return null
    }
  }
  const mayRetry = (error: unknown): boolean =>
    codeOf(error) !== forbidden || (tokens.canRenew && (refusals <= 1 || hasSourceFailed))

  const client = createClient({
    url,
    connectionParams: async () => {
      const token = await findToken()
      return token === null ? undefined : { authorization: `Bearer ${token}` }
    },
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
    lazyCloseTimeout: idleCloseMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: mayRetry,
    retryWait: waitToRetry,
    keepAlive: pingEveryMs,
    on: {
      connecting: () => {
        if (connection.kind !== 'lost') become('connecting')
      },
      connected: () => {
        refusals = 0
        become('open')
        onOpen()
      },
      ping: (isReceived) => {
        if (!isReceived) pongDue = setTimeout(() => client.terminate(), pongWithinMs)
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongDue)
      },
      closed: (event) => {
        clearTimeout(pongDue)
        const code = codeOf(event)
        if (code === forbidden) refusals++
        if (code === normal) become('idle')
        else become(mayRetry(event) ? 'lost' : 'refused')
      },
    },
  })
  return {
    client,
    get connection() {
      return connection
    },
    isRefusal: (error) => codeOf(error) === forbidden,
    [Symbol.dispose]: () => {
      clearTimeout(pongDue)
      void client.dispose()
    },
  }
}
