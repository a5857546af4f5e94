import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import { withFields, type Logger } from '../domain/ports/logger.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { Viewer } from '../domain/viewer.ts'
import { AddressLimits, limitAuthentication, type AuthenticateFrom } from './address-limits.ts'
import type { Authenticate } from './authentication.ts'
import { toCallerSignal } from './caller-signal.ts'
import { answerClientErrors, hasSeveralHosts } from './client-errors.ts'
import type { ConsoleConfig, ConsoleFiles } from './console-files.ts'
import { createGraphiqlPage, wantsPage, type GraphiqlPage } from './graphiql-page.ts'
import { createGraphqlEngine, type MakeContext } from './graphql-engine.ts'
import { sendJson, sendLiveness, sendReadiness, type Readiness } from './health.ts'
import type { GrantWatch } from './grant-watch.ts'
import { answerOperation, type HttpOperations, type ServerObserver } from './http-operations.ts'
import { InFlight } from './in-flight.ts'
import { toLimitRefusal, type ServerLimits } from './limit-table.ts'
import { endpointPath, httpLimits } from './limits.ts'
import { KeptAnswers, type ListVersions } from './kept-answers.ts'
import { toRefusal } from './public-errors.ts'
import { CallerLimits } from './rate-limits.ts'
import { reportPaths, sendReports, type ListRecoveries } from './report-export.ts'
import { toRequestId } from './request-id.ts'
import { answerCors, setSecurityHeaders } from './response-headers.ts'
import { drain } from './shutdown.ts'
import { anyDocument, StoredDocuments, type DocumentSettings } from './stored-documents.ts'
import { startWsServer } from './ws-server.ts'

export interface GatewayServerOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly schema: GraphQLSchema
  /** Called once for each operation. What it gives is merged into what resolvers get. */
  readonly makeContext: MakeContext
  readonly authenticate: Authenticate
  /** Who may no longer do what he could. */
  readonly grants: GrantWatch
  /** What the exports of reports hold. */
  readonly listRecoveries: ListRecoveries
  /** Whether a browser that opens the endpoint gets GraphiQL. */
  readonly isGraphiqlEnabled: boolean
  /** What is served under `/` to browsers; `files` is null where it has not been built. @default nothing */
  readonly console?: { readonly files: ConsoleFiles | null; readonly config: ConsoleConfig } | null
  readonly versions: ListVersions
  /** What a caller may cost. */
  readonly limits: ServerLimits
  /** Which documents are run. @default anyDocument */
  readonly documents?: DocumentSettings
  /** Whose pages may read answers, as `https://portal.example`. Asked for each request. */
  readonly corsOrigins: () => readonly string[]
  readonly readiness: () => Promise<Readiness>
  /** Called once, when the server begins to close, while what is open can still be told. */
  readonly onDraining: () => void
  /** Is told of every operation, and of every refusal. @default nobody */
  readonly observer?: ServerObserver | null
  /** @default null // nobody traces */
  readonly tracer?: Tracer | null
  readonly logger: Logger
}

/** A listening server. Dispose lets what is under way finish, and cuts what takes too long. */
export interface GatewayServer extends AsyncDisposable {
  /** Of the GraphQL endpoint, e.g. `http://127.0.0.1:4000/graphql`. For subscriptions the same with `ws`. */
  readonly url: string
  /**
   * These documents are stored from now on, and no answer is given again that was made before: also by what else it was made has
   * changed. The mode stays; what runs goes on to its end.
   */
  replaceDocuments(texts: DocumentSettings['texts']): void
}

/** Of the statuses of HTTP. */
const firstRefusal = 400

interface Routes extends Omit<GatewayServerOptions, 'observer' | 'tracer'>, HttpOperations {
  readonly inFlight: InFlight
  readonly callers: CallerLimits
  readonly authenticateFrom: AuthenticateFrom
  readonly page: GraphiqlPage | null
}

/** True for a caller who asks too often, and has been told. */
const isTooOften = ({ limits, callers }: Routes, viewer: Viewer, response: ServerResponse): boolean => {
  if (callers.admit(viewer.name)) return false
  response.setHeader('retry-after', '1')
  sendJson(response, 429, toLimitRefusal(limits, 'maxRequestsPerSecond', 'You ask too often'))
  return true
}

const tooManyRefused = 'Too many tokens from your address were refused'

/** Who is asking; null when he was refused, and has been told. */
const findViewer = async (
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<Viewer | null> => {
  const { remoteAddress } = request.socket
  const { authorization = null } = request.headers
  const { viewer, waitSeconds } = await routes.authenticateFrom(remoteAddress, authorization, requestId)
  if (viewer === null && waitSeconds > 0) {
    response.setHeader('retry-after', String(waitSeconds))
    sendJson(response, 429, toLimitRefusal(routes.limits, 'maxRefusedTokensPerMinute', tooManyRefused))
    return null
  }
  if (viewer === null) {
    response.setHeader('www-authenticate', 'Bearer')
    sendJson(response, 401, toRefusal('UNAUTHENTICATED', 'Send a valid token as "Authorization: Bearer <token>"'))
    return null
  }
  return isTooOften(routes, viewer, response) ? null : viewer
}

const answerReports = async (
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> => {
  // Before the wait, in which the caller may leave.
  const signal = toCallerSignal(response)
  const viewer = await findViewer(routes, request, response, requestId)
  if (viewer === null) return
  const { listRecoveries, logger, inFlight } = routes
  const caller = { viewer, signal }
  await inFlight.track(() => sendReports(request, response, { caller, listRecoveries, requestId, logger }))
}

const answerRoot = (routes: Routes, request: IncomingMessage, response: ServerResponse): void => {
  const console = routes.console ?? null
  if (console === null && routes.page !== null && wantsPage(request)) {
    response.writeHead(302, { location: endpointPath }).end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
  const paths = [
    `${endpointPath}  GraphQL, over HTTP and WebSocket`,
    ...Object.values(reportPaths),
    '/health/startup',
    '/health/live',
    '/health/ready',
  ]
  const hint = console?.files === null ? '\nThe console is not built: npm run console:build\n' : ''
  response.end(`DR Gateway\n\n${paths.join('\n')}\n${hint}`)
}

const answer = async (routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const requestId = toRequestId(request.headers)
  response.setHeader('x-request-id', requestId)
  setSecurityHeaders(response)
  if (hasSeveralHosts(request)) {
    response.setHeader('connection', 'close')
    return sendJson(response, 400, toRefusal('BAD_REQUEST', 'The request has several Host headers'))
  }
  if (answerCors(request, response, routes.corsOrigins())) return
  const { files = null, config = null } = routes.console ?? {}
  if (files !== null && config !== null && (await files.answer(request, response, config))) return
  switch (request.url?.split('?', 1)[0]) {
    case endpointPath: {
      if (routes.page !== null && wantsPage(request)) return routes.page.send(request, response)
      const viewer = await findViewer(routes, request, response, requestId)
      return viewer === null ? undefined : answerOperation(routes, request, response, { viewer, requestId })
    }
    case reportPaths.csv:
    case reportPaths.json:
      return answerReports(routes, request, response, requestId)
    case '/health/live':
      return sendLiveness(response)
    case '/health/startup':
      return sendJson(response, 200, { status: 'started' })
    case '/health/ready':
      return sendReadiness(response, routes.readiness, withFields(routes.logger, { requestId }))
    case '/':
      return answerRoot(routes, request, response)
    default:
      return sendJson(response, 404, toRefusal('NOT_FOUND', `Nothing is served here; GraphQL is at ${endpointPath}`))
  }
}

/** Tells of an answer that turned its caller away before he was understood. What was read as GraphQL counts as an operation. */
const noteRefusal = ({ observer, asOperations }: Routes, response: ServerResponse): void => {
  const { statusCode, headersSent } = response
  if (observer === null || statusCode < firstRefusal || !headersSent || asOperations.has(response)) return
  observer.noteRefusal(statusCode)
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
 * set of limits and one way to say who is asking, the reports of recoveries as files, and `/health/startup`, `/health/live`
 * and `/health/ready`.
 *
 * @throws What `listen` throws, e.g. EADDRINUSE.
 */
export const startGatewayServer = async (options: GatewayServerOptions): Promise<GatewayServer> => {
  const { host, port, schema, makeContext, authenticate, grants, limits, onDraining, logger } = options
  const inFlight = new InFlight()
  const callers = new CallerLimits(limits)
  const addresses = new AddressLimits(limits)
  const authenticateFrom = limitAuthentication(authenticate, addresses)
  const documents = new StoredDocuments(options.documents ?? anyDocument, limits)
  const { versions } = options
  const ofCallers = { limits, callers, documents, grants, observer: options.observer ?? null }
  const tracer = options.tracer ?? null
  const shared = { ...ofCallers, isTraced: tracer !== null, logger }
  const engine = createGraphqlEngine({ schema, makeContext, inFlight, versions, ...shared })
  const isAnonymousAllowed = (await authenticate(null)) !== null
  // It asks for the schema, and sends texts of its own.
  const canUsePage = options.isGraphiqlEnabled && documents.mode === 'open'
  const page = canUsePage ? createGraphiqlPage(isAnonymousAllowed ? 'WS' : 'SSE') : null
  const answers = new KeptAnswers(versions)
  const routes: Routes = {
    ...options,
    observer: ofCallers.observer,
    tracer,
    asOperations: new WeakSet(),
    engine,
    answers,
    inFlight,
    callers,
    authenticateFrom,
    page,
  }
  const responses = new Set<ServerResponse>()

  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.bodyTimeoutMs,
      connectionsCheckingInterval: httpLimits.timeoutCheckIntervalMs,
    },
    (request, response) => {
      responses.add(response)
      response.once('close', () => {
        responses.delete(response)
        noteRefusal(routes, response)
      })
      answer(routes, request, response).catch((error: unknown) => {
        logger.error('A request failed unexpectedly', { requestId: response.getHeader('x-request-id'), error })
        response.destroy()
      })
    },
  )
  server.timeout = httpLimits.idleTimeoutMs
  answerClientErrors(server, limits, { responses, observer: routes.observer })
  const sockets = startWsServer({
    server,
    engine,
    authenticateFrom,
    grants,
    addresses,
    limits,
    callers,
    documents,
    observer: ofCallers.observer,
    tracer,
    logger,
  })
  const url = await listen(server, host, port)
  logger.info('The server listens', { url })
  const parts = { server, sockets, responses, inFlight, engine, onDraining, logger }
  let draining: Promise<void> | null = null
  return {
    url,
    replaceDocuments: (texts) => {
      documents.replace(texts)
      engine.forgetDocuments()
      answers.forgetAll()
    },
    [Symbol.asyncDispose]: () => (draining ??= drain(parts)),
  }
}
