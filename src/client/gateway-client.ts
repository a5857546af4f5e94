import { askOverHttp, type HttpWay } from './ask-over-http.ts'
import type { DocumentMode, GatewayDocument } from './gateway-document.ts'
import type { Answer } from './gateway-error.ts'
import { createMemoryStorage, createPendingKeys, type KeyStorage, type PendingKeys } from './idempotency-keys.ts'
import { openLiveSocket, type Connection } from './live-socket.ts'
import { SessionRefresh, usualSessionDocuments, type SessionDocuments } from './session-refresh.ts'
import { TokenKeeper, type TokenSource } from './token-keeper.ts'
import { watchDocument, type WatchOptions } from './watch-document.ts'

export type { DocumentMode, GatewayDocument } from './gateway-document.ts'
export { GatewayError, type Answer, type GatewayErrorItem } from './gateway-error.ts'
export { createPendingKeys, newIdempotencyKey, type KeyStorage, type PendingKeys } from './idempotency-keys.ts'
export type { Connection, ConnectionKind } from './live-socket.ts'
export { matchTaskResult, type TaskResultCases } from './match-task-result.ts'
export type { SessionDocuments } from './session-refresh.ts'
export type { TokenOccasion, TokenSource } from './token-keeper.ts'
export type { WatchOptions } from './watch-document.ts'

export interface GatewayClientOptions {
  /** Of the endpoint, e.g. `https://dr.example/graphql`. */
  readonly url: string
  /** Left out where the gateway lets anybody in. */
  readonly token?: TokenSource
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch
  /** A class like the browser's `WebSocket`. @default that of the platform: browsers, Node from 22 on */
  readonly webSocket?: unknown
  /** Where idempotency keys are kept, e.g. `localStorage`. @default as long as the process lives */
  readonly storage?: KeyStorage
  /** `id` for a gateway that takes known documents only. @default 'text' */
  readonly documents?: DocumentMode
  /** @default texts of its own */
  readonly sessionDocuments?: SessionDocuments
  /** Called when the socket opens, is lost, comes back. */
  readonly onConnection?: (connection: Connection) => void
}

export interface AskOptions {
  /** Gives the waiting up. What was asked of a vendor goes on. */
  readonly signal?: AbortSignal
}

/** A client of one gateway: queries and mutations over HTTP, subscriptions over one WebSocket that comes back by itself. */
export interface GatewayClient extends Disposable {
  readonly url: string
  /** @throws GatewayError where there is no answer. Errors of an answer stand in it. */
  query<Data, Variables>(
    document: GatewayDocument<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Answer<Data>>
  /**
   * The same for what changes something. Give it an idempotency key, and the same key when you send it again.
   *
   * @throws GatewayError where there is no answer: it may have been done.
   */
  mutate<Data, Variables>(
    document: GatewayDocument<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Answer<Data>>
  /** What a subscription tells, each event once; see {@link watchDocument}. */
  watch<Data, Variables>(
    document: GatewayDocument<Data, Variables>,
    variables: Variables,
    options?: WatchOptions,
  ): AsyncGenerator<Data, void, void>
  /** Idempotency keys of what is not answered yet. */
  readonly keys: PendingKeys
  /** How the socket is doing. */
  readonly connection: Connection
  /** Closes the socket. */
  dispose(): void
}

/** Nothing is sent, and no socket opened, before something is asked. */
export const createGatewayClient = (options: GatewayClientOptions): GatewayClient => {
  const { url, documents = 'text', sessionDocuments = usualSessionDocuments } = options
  const { onConnection = () => undefined, storage = createMemoryStorage() } = options
  const tokens = new TokenKeeper(options.token ?? null)
  // A browser's fetch wants to be called on the window.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const way: HttpWay = { url, fetch, tokens, documents }
  const session = new SessionRefresh(() => socket, tokens, documents, sessionDocuments)
  const socket = openLiveSocket({
    url: url.replace(/^http/, 'ws'),
    tokens,
    webSocket: options.webSocket,
    onConnection,
    onOpen: () => session.begin(),
  })
  const ask: GatewayClient['query'] = (document, variables, { signal } = {}) =>
    askOverHttp(way, document, variables, signal ?? null)
  const dispose = (): void => {
    session[Symbol.dispose]()
    socket[Symbol.dispose]()
  }
  return {
    url,
    query: ask,
    mutate: ask,
    watch: (document, variables, watching = {}) => watchDocument(socket, documents, document, variables, watching),
    keys: createPendingKeys(storage),
    get connection() {
      return socket.connection
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}
