import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Authenticate } from './authentication.ts'
import { createGraphiqlPage, wantsPage, type GraphiqlPage } from './graphiql-page.ts'
import { createGraphqlEngine, type GraphqlEngine, type MakeContext } from './graphql-engine.ts'
import { sendJson, sendLiveness, sendReadiness, type Readiness } from './health.ts'
import { InFlight } from './in-flight.ts'
import { endpointPath, httpLimits } from './limits.ts'
import { toRefusal } from './public-errors.ts'
import { toRequestId } from './request-id.ts'
import { drain } from './shutdown.ts'
import { startWsServer } from './ws-server.ts'

export interface GatewayServerOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly schema: GraphQLSchema
  /** Called once for each operation. What it gives is merged into what resolvers get. */
  readonly makeContext: MakeContext
  readonly authenticate: Authenticate
  /** Whether a browser that opens the endpoint gets GraphiQL. */
  readonly isGraphiqlEnabled: boolean
  readonly readiness: () => Promise<Readiness>
  readonly logger: Logger
}

/** A listening server. Dispose lets what is under way finish, and cuts what takes too long. */
export interface GatewayServer extends AsyncDisposable {
  /** Of the GraphQL endpoint, e.g. `http://127.0.0.1:4000/graphql`. For subscriptions the same with `ws`. */
  readonly url: string
}

interface Routes extends GatewayServerOptions {
  readonly engine: GraphqlEngine
  readonly page: GraphiqlPage | null
}

const answerOperation = async (
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> => {
  const viewer: Viewer | null = routes.authenticate(request.headers.authorization ?? null)
  if (viewer === null) {
    response.setHeader('www-authenticate', 'Bearer')
    sendJson(response, 401, toRefusal('UNAUTHENTICATED', 'Send a valid token as "Authorization: Bearer <token>"'))
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  await routes.engine.handle(request, response, { viewer, requestId, signal: gone.signal })
}

const answerRoot = (routes: Routes, request: IncomingMessage, response: ServerResponse): void => {
  if (routes.page !== null && wantsPage(request)) {
    response.writeHead(302, { location: endpointPath }).end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
  const paths = [`${endpointPath}  GraphQL, over HTTP and WebSocket`, '/health/live', '/health/ready']
  response.end(`DR Gateway\n\n${paths.join('\n')}\n`)
}

const answer = async (routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const requestId = toRequestId(request.headers['x-request-id'])
  response.setHeader('x-request-id', requestId)
  response.setHeader('x-content-type-options', 'nosniff')
  switch (request.url?.split('?', 1)[0]) {
    case endpointPath:
      if (routes.page !== null && wantsPage(request)) return routes.page.send(request, response)
      return answerOperation(routes, request, response, requestId)
    case '/health/live':
      return sendLiveness(response)
    case '/health/ready':
      return sendReadiness(response, routes.readiness, routes.logger)
    case '/':
      return answerRoot(routes, request, response)
    default:
      return sendJson(response, 404, toRefusal('NOT_FOUND', `Nothing is served here; GraphQL is at ${endpointPath}`))
  }
}

const listen = async (server: Server, host: string, port: number): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${endpointPath}`
}

/**
 * Serves GraphQL over HTTP (queries, mutations, and subscriptions as server-sent events) and over WebSocket, with one
 * set of limits and one way to say who is asking, and `/health/live` and `/health/ready`.
 *
 * @throws What `listen` throws, e.g. EADDRINUSE.
 */
export const startGatewayServer = async (options: GatewayServerOptions): Promise<GatewayServer> => {
  const { host, port, schema, makeContext, authenticate, logger } = options
  const inFlight = new InFlight()
  const engine = createGraphqlEngine({ schema, makeContext, inFlight, logger })
  const isAnonymousAllowed = authenticate(null) !== null
  const page = options.isGraphiqlEnabled ? createGraphiqlPage(isAnonymousAllowed ? 'WS' : 'SSE') : null
  const routes: Routes = { ...options, engine, page }
  const responses = new Set<ServerResponse>()

  const server = createServer(
    {
      maxHeaderSize: httpLimits.maxHeaderBytes,
      headersTimeout: httpLimits.headersTimeoutMs,
      requestTimeout: httpLimits.requestTimeoutMs,
      connectionsCheckingInterval: httpLimits.timeoutCheckIntervalMs,
    },
    (request, response) => {
      responses.add(response)
      response.once('close', () => responses.delete(response))
      // A body that was refused half way is not read to its end, so nothing else can come on this connection.
      const { socket } = request
      response.once('finish', () => {
        if (request.destroyed && !request.complete) socket.destroySoon()
      })
      answer(routes, request, response).catch((error: unknown) => {
        logger.error('A request failed unexpectedly', { requestId: response.getHeader('x-request-id'), error })
        response.destroy()
      })
    },
  )
  server.timeout = httpLimits.idleTimeoutMs
  const sockets = startWsServer({ server, engine, authenticate, logger })
  const url = await listen(server, host, port)
  logger.info('The server listens', { url })
  let draining: Promise<void> | null = null
  return {
    url,
    [Symbol.asyncDispose]: () => (draining ??= drain({ server, sockets, responses, inFlight, engine })),
  }
}
