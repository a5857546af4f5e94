import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { FaultList, type FaultEffect } from './faults.ts'

/** A request as it arrived. */
export interface ServiceRequest {
  readonly method: string
  /** Without the query, decoded by nobody, repeated slashes made one. */
  readonly path: string
  readonly query: URLSearchParams
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text; empty when there was none. */
  readonly body: string
}

export interface ServiceReply {
  readonly status: number
  /** Names are sent in exactly this case. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is; left out means no body at all. */
  readonly body?: string
}

/** What a service saw and said, so that a test can count and compare. */
export interface RecordedExchange extends ServiceRequest {
  readonly status: number
}

export interface HttpService extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string
  /** Everything answered since the start or the last {@link HttpService.forget}, oldest first; at most 100,000. */
  readonly exchanges: readonly RecordedExchange[]
  readonly faults: FaultList
  forget(): void
}

const exchangesKept = 100_000
const largestBodyBytes = 4 * 1024 * 1024

const readBody = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBodyBytes) throw new Error('body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const toRequest = (incoming: IncomingMessage, body: string): ServiceRequest => {
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  const method = incoming.method ?? 'GET'
  return { method, path: path.replaceAll(/\/{2,}/g, '/'), query: new URLSearchParams(query), headers, body }
}

const write = (outgoing: ServerResponse, reply: ServiceReply, now: number): void => {
  const length = reply.body === undefined ? 0 : Buffer.byteLength(reply.body)
  const own = { Date: new Date(now).toUTCString(), ...(reply.status === 204 ? {} : { 'Content-Length': length }) }
  outgoing.writeHead(reply.status, { ...reply.headers, ...own })
  outgoing.end(reply.body)
}

const listen = async (server: Server, host: string, port: number): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the service has no port')
  return `http://${host}:${address.port}`
}

/**
 * Serves one vendor API over HTTP/1.1.
 *
 * @param options.port 0 takes a free one.
 * @param options.now The time that the Date header tells, in milliseconds since 1970: an appliance shows its own. @default the real time
 * @param options.handle Answers every request that no fault has taken; what it throws becomes a bare 500.
 */
export const startHttpService = async (options: {
  readonly host: string
  readonly port: number
  readonly now?: () => number
  readonly handle: (request: ServiceRequest) => ServiceReply
}): Promise<HttpService> => {
  const exchanges: RecordedExchange[] = []
  const faults = new FaultList()

  const answer = (request: ServiceRequest, effect: FaultEffect | null): ServiceReply => {
    if (effect?.kind === 'ANSWER') return effect
    try {
      return options.handle(request)
    } catch (error) {
      return { status: 500, body: String(error) }
    }
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = toRequest(incoming, await readBody(incoming))
    const effect = faults.take(request.method, request.path)
    if (effect?.kind === 'RESET_BEFORE') {
      incoming.socket.destroy()
      return
    }
    const reply = answer(request, effect)
    if (exchanges.length === exchangesKept) exchanges.shift()
    exchanges.push({ ...request, status: reply.status })
    if (effect?.kind === 'HANG') return
    if (effect?.kind === 'RESET_AFTER') incoming.socket.destroy()
    else write(outgoing, reply, options.now?.() ?? Date.now())
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  const url = await listen(server, options.host, options.port)
  return {
    url,
    exchanges,
    faults,
    forget: () => {
      exchanges.length = 0
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
