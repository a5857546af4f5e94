import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server } from 'node:net'
import { bendReply, bendRequest } from './bent-delivery.ts'
import { deliver } from './delivery.ts'
import { FaultList, type FaultEffect } from './faults.ts'

/** With what a service proves who it is, both as PEM. */
export interface TlsIdentity {
  readonly key: string
  readonly cert: string
}

/** Where a service listens. */
export interface ServiceAddress {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Speaks HTTPS with this; without it plain HTTP. */
  readonly tls?: TlsIdentity
}

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
  /** e.g. `http://127.0.0.1:40123` or `https://…`, without a slash at the end. */
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

const listen = async (server: Server, { host, port, tls }: ServiceAddress): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the service has no port')
  const name = host.includes(':') ? `[${host}]` : host
  return `${tls === undefined ? 'http' : 'https'}://${name}:${address.port}`
}

/** What is answered without a look at what was asked, or null. */
const findFixedReply = (effect: FaultEffect | null): ServiceReply | null => {
  if (effect?.kind === 'ANSWER') return effect
  return effect?.kind === 'REDIRECT' ? { status: effect.status, headers: { Location: effect.location } } : null
}

/**
 * Serves one vendor API over HTTP/1.1.
 *
 * @param options.now The time that the Date header tells, in milliseconds since 1970: an appliance shows its own. Faults
 * last by it too. @default the real time
 * @param options.handle Answers every request that no fault has taken; what it throws becomes a bare 500.
 */
export const startHttpService = async (
  options: ServiceAddress & {
    readonly now?: () => number
    readonly handle: (request: ServiceRequest) => ServiceReply
  },
): Promise<HttpService> => {
  const { now = Date.now, tls } = options
  const exchanges: RecordedExchange[] = []
  const faults = new FaultList(now)

  const answer = (request: ServiceRequest): ServiceReply => {
    try {
      return options.handle(request)
    } catch (error) {
      return { status: 500, body: String(error) }
    }
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = toRequest(incoming, await readBody(incoming))
    const strike = faults.take(request.method, request.path)
    const effect = strike?.effect ?? null
    if (effect?.kind === 'RESET_BEFORE') {
      incoming.socket.destroy()
      return
    }
    const reply = findFixedReply(effect) ?? answer(effect === null ? request : bendRequest(request, effect))
    const delivery = bendReply(reply, request, strike)
    if (exchanges.length === exchangesKept) exchanges.shift()
    exchanges.push({ ...request, status: delivery.status })
    if (effect?.kind === 'HANG') return
    if (effect?.kind === 'RESET_AFTER') incoming.socket.destroy()
    else await deliver(outgoing, delivery, effect?.kind === 'CLOCK_SKEW' ? () => now() + effect.seconds * 1000 : now)
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  const url = await listen(server, options)
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
