import { nameDocument, type DocumentMode, type GatewayDocument } from './gateway-document.ts'
import { GatewayError, toErrorItem } from './gateway-error.ts'
import type { LiveSocket } from './live-socket.ts'

/** From where, and how long, something is watched. */
export interface WatchOptions {
  /** The cursor of the last event that is known, to go on behind it; left out, it begins with the present state. */
  readonly after?: string | null
  /** Ends the watching, without an error. */
  readonly signal?: AbortSignal
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The event in the data of a subscription, which has one field. */
const eventOf = (data: unknown): Readonly<Record<string, unknown>> | null => {
  const [event] = isRecord(data) ? Object.values(data) : []
  return isRecord(event) ? event : null
}

const cursorOf = (data: unknown): string | null => {
  const cursor = eventOf(data)?.['cursor']
  return typeof cursor === 'string' ? cursor : null
}

/** The cursor with which a reader that was too slow goes on; null for any other error. */
const resumeCursorOf = (error: unknown): string | null => {
  if (!Array.isArray(error)) return null
  const cursors = error.map((each) => toErrorItem(each).extensions['cursor'])
  return cursors.find((cursor) => typeof cursor === 'string') ?? null
}

const toGatewayError = (socket: LiveSocket, error: unknown): GatewayError => {
  if (socket.isRefusal(error)) return new GatewayError('UNAUTHENTICATED', 'The token is not valid, or not any more')
  if (!Array.isArray(error)) return new GatewayError('UNREACHABLE', 'The socket was closed for good', { cause: error })
  const first = toErrorItem(error[0])
  return new GatewayError(first.code ?? 'REFUSED', first.message, { cause: error })
}

const doNothing = (): void => undefined

/**
 * Everything that a subscription tells, each event once, over cuts of the socket and restarts of the gateway: it is
 * asked again with the cursor of the last event. For that the document has to ask for `cursor` and to take `$after`.
 * `DRAINING` is not handed on: the connection is opened again. `LAGGED` is: ask for the present state then.
 *
 * Ends when the subscription is complete. @throws GatewayError when it cannot go on.
 */
export async function* watchDocument<Data, Variables>(
  socket: LiveSocket,
  mode: DocumentMode,
  document: GatewayDocument<Data, Variables>,
  given: Variables,
  { after = null, signal }: WatchOptions,
): AsyncGenerator<Data, void, void> {
  // graphql-ws sends this very object again when it has connected again.
  const variables: Record<string, unknown> = { ...given, ...(after === null ? {} : { after }) }
  const payload = { ...nameDocument(document, mode), variables }
  const waiting: Data[] = []
  let end: { readonly error: GatewayError | null } | null = null
  let wake: () => void = doNothing
  let leave: () => void = doNothing
  const finish = (error: GatewayError | null): void => {
    end ??= { error }
    wake()
  }
  const begin = (): void => {
    leave = socket.client.subscribe<unknown>(payload, {
      next: ({ data, errors = [] }) => {
        const cursor = cursorOf(data)
        if (cursor !== null) variables['after'] = cursor
        if (eventOf(data)?.['kind'] === 'DRAINING') return
        if (data === null || data === undefined) return finish(toGatewayError(socket, errors))
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the document says which data it asks for
        waiting.push(data as Data)
        wake()
      },
      error: (error) => {
        const cursor = resumeCursorOf(error)
        if (cursor === null) return finish(toGatewayError(socket, error))
        variables['after'] = cursor
        begin()
      },
      complete: () => finish(null),
    })
  }
  const abort = (): void => finish(null)
  signal?.addEventListener('abort', abort)
  try {
    if (signal?.aborted !== true) begin()
    for (;;) {
      const next = signal?.aborted === true ? undefined : waiting.shift()
      if (next !== undefined) yield next
      else if (signal?.aborted === true || end !== null) break
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    const { error } = end ?? { error: null }
    if (error !== null) throw error
  } finally {
    signal?.removeEventListener('abort', abort)
    leave()
  }
}
