import type { GraphQLFormattedError } from 'graphql'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'

/** A GraphQL answer as it is on the wire. */
export interface Result<Data> {
  readonly data?: Data | null | undefined
  readonly errors?: readonly GraphQLFormattedError[] | undefined
  readonly extensions?: unknown
}

/** What came back over HTTP. `body` is what the answer holds: a GraphQL result, unless the server is broken. */
export interface HttpAnswer<Data> {
  readonly status: number
  readonly headers: Headers
  readonly body: Result<Data>
}

type Variables = object

/** How long a test waits for an event that must come. */
const patienceMs = 10_000

/** Runs one query or mutation by POST. */
export const query = async <Data = Record<string, unknown>>(
  url: string,
  document: string,
  variables: Variables = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query: document, variables }),
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test says which data it asked for
  const body = (await response.json()) as Result<Data>
  return { status: response.status, headers: response.headers, body }
}

/** A test's view of one subscription: everything it sent, one after the other, however late the test looks. */
export interface Subscription<Data> extends AsyncDisposable {
  /** The next result. Fails when the subscription ended, or when nothing comes for 10 seconds. */
  next(): Promise<Result<Data>>
  /** All results that are still to come. Fails when the subscription does not end within 10 seconds. */
  untilDone(): Promise<readonly Result<Data>[]>
}

/** A socket that carries any number of operations. */
export interface SocketClient extends AsyncDisposable {
  subscribe<Data = Record<string, unknown>>(document: string, variables?: Variables): Subscription<Data>
}

const withPatience = async <T>(promise: Promise<T>, awaited: string): Promise<T> => {
  const { promise: impatience, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`Waited ${patienceMs} ms in vain for ${awaited}`)), patienceMs)
  try {
    return await Promise.race([promise, impatience])
  } finally {
    clearTimeout(timer)
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(JSON.stringify(error)))

const openSubscription = <Data>(client: Client, document: string, variables: Variables): Subscription<Data> => {
  const results: Result<Data>[] = []
  let ended: { readonly error: Error | null } | null = null
  let wake: (() => void) | null = null

  const unsubscribe = client.subscribe<Data>(
    { query: document, variables: { ...variables } },
    {
      next: (result) => {
        results.push(result)
        wake?.()
      },
      error: (error) => {
        ended = { error: toError(error) }
        wake?.()
      },
      complete: () => {
        ended ??= { error: null }
        wake?.()
      },
    },
  )

  /** The next result, or null at the end. */
  const take = async (): Promise<Result<Data> | null> => {
    if (results.length === 0 && ended === null) {
      const arrival = new Promise<void>((resolve) => {
        wake = resolve
      })
      await withPatience(arrival, `the next result of ${document.trim()}`)
    }
    const result = results.shift()
    if (result !== undefined) return result
    if (ended !== null && ended.error !== null) throw ended.error
    return null
  }

  return {
    next: async () => {
      const result = await take()
      if (result === null) throw new Error(`The subscription has ended: ${document.trim()}`)
      return result
    },
    untilDone: async () => {
      const rest: Result<Data>[] = []
      for (let result = await take(); result !== null; result = await take()) rest.push(result)
      return rest
    },
    [Symbol.asyncDispose]: async () => unsubscribe(),
  }
}

/**
 * Opens one socket on the endpoint, at its first subscription.
 *
 * @param url Of the endpoint as it is spoken to over HTTP.
 * @param authorization What `connection_init` carries; left out means no credential.
 */
export const openSocket = (url: string, authorization?: string): SocketClient => {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  })
  return {
    subscribe: (document, variables = {}) => openSubscription(client, document, variables),
    [Symbol.asyncDispose]: async () => {
      await client.dispose()
    },
  }
}

/** Subscribes on a socket of its own, which is closed with the subscription. */
export const subscribe = <Data = Record<string, unknown>>(
  url: string,
  document: string,
  variables: Variables = {},
  authorization?: string,
): Subscription<Data> => {
  const socket = openSocket(url, authorization)
  const subscription = socket.subscribe<Data>(document, variables)
  return {
    next: () => subscription.next(),
    untilDone: () => subscription.untilDone(),
    [Symbol.asyncDispose]: async () => {
      await subscription[Symbol.asyncDispose]()
      await socket[Symbol.asyncDispose]()
    },
  }
}
