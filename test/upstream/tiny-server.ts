import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server, Socket } from 'node:net'

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string
  /** Path and query, undecoded. */
  readonly url: string
  readonly headers: Readonly<IncomingHttpHeaders>
  readonly body: string
}

/** `count` is the number of the request, from 1; `whole` is the request with its body. */
export type Handler = (request: IncomingMessage, response: ServerResponse, count: number, whole: SeenRequest) => void

/** A server that does exactly what the test says, to the byte. */
export interface TinyServer extends AsyncDisposable {
  readonly url: string
  /** Method and path of the requests that arrived, in order. */
  readonly seen: readonly string[]
  /** The requests that arrived whole, in order. */
  readonly requests: readonly SeenRequest[]
  /** Connections that were opened. */
  readonly connections: number
}

/** The port of a server that listens on TCP. */
export const portOf = (server: Server): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')
  return address.port
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * @param handle Called after the body of a request has been read.
 * @param tls PEM of key and certificate; left out means plain HTTP.
 */
export const startTinyServer = async (
  handle: Handler,
  tls?: { readonly key: string; readonly cert: string },
): Promise<TinyServer> => {
  const seen: string[] = []
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '', headers } = request
    seen.push(`${method} ${url}`)
    const count = seen.length
    const answer = async (): Promise<void> => {
      const whole = { method, url, headers, body: await read(request) }
      requests.push(whole)
      handle(request, response, count, whole)
    }
    answer().catch(() => response.destroy())
  }
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${portOf(server)}`,
    seen,
    requests,
    get connections() {
      return connections
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}
