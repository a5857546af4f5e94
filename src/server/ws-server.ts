import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { getOperationAST, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql'
import { handleProtocols, type SubscribePayload } from 'graphql-ws'
import { WebSocketServer } from 'ws'
import type { Logger } from '../domain/ports/logger.ts'
import type { Tracer, TraceSpan } from '../domain/ports/tracer.ts'
import type { AddressLimits, AuthenticateFrom } from './address-limits.ts'
import { hasSeveralHosts } from './client-errors.ts'
import { DeliveryRounds } from './delivery-rounds.ts'
import type { GrantWatch } from './grant-watch.ts'
import type { GraphqlEngine, OperationScope } from './graphql-engine.ts'
import type { ServerObserver } from './http-operations.ts'
import { toLimitRefusal, type ServerLimits } from './limit-table.ts'
import { closeCodes, endpointPath, socketLimits } from './limits.ts'
import { noteSocketRefusal, observedRun, toOperationName } from './observed-operations.ts'
import { toPublicError, toSocketError, toSocketResult, withRequestId } from './public-errors.ts'
import type { CallerLimits } from './rate-limits.ts'
import { EventResponses, type SubscriptionArgs } from './shared-events.ts'
import { toDelayMs, type ClosingSockets } from './shutdown.ts'
import { closeWithin, SocketConnection, type SocketSetting } from './socket-connection.ts'
import type { SocketOperation } from './socket-operation.ts'
import { SocketWatch } from './socket-watch.ts'
import type { StoredDocuments } from './stored-documents.ts'
import { noteAnswered, traceSocketOperation } from './traced-operations.ts'

interface WsServerOptions {
  readonly server: Server
  readonly engine: GraphqlEngine
  readonly authenticateFrom: AuthenticateFrom
  readonly grants: GrantWatch
  readonly addresses: AddressLimits
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly documents: StoredDocuments
  readonly observer: ServerObserver | null
  readonly tracer: Tracer | null
  readonly logger: Logger
}

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function cut(this: Duplex): void {
  this.destroy()
}

const refuseWaiting = (socket: Duplex, limits: ServerLimits): void => {
  const what = 'Too many sockets from your address have not said yet who is on them'
  const body = JSON.stringify(toLimitRefusal(limits, 'maxWaitingSocketsPerAddress', what))
  const head = [
    'HTTP/1.1 429 Too Many Requests',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Retry-After: 1',
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Turns a `subscribe` message into what is executed, or into the errors that answer it. Never throws. */
const openOperation = async (
  { engine, documents, logger }: WsServerOptions,
  scope: OperationScope,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const { requestId } = scope
  try {
    const params = { ...payload, query: documents.resolveText(payload) }
    const context = { ...scope, params }
    const { schema, parse, validate, contextFactory } = engine.getEnveloped(context)
    const document = parse(params.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return errors.map((error: GraphQLError) => withRequestId(error, requestId))
    return {
      schema,
      document,
      contextValue: await contextFactory(),
      variableValues: params.variables,
      operationName: params.operationName,
    }
  } catch (error) {
    return [toPublicError(error, { requestId, logger })]
  }
}

const isRefused = (opened: ExecutionArgs | readonly GraphQLError[]): opened is readonly GraphQLError[] =>
  Array.isArray(opened)

/** Runs operations of sockets: one that fails costs the others on its socket nothing. */
const createRun = (options: WsServerOptions): SocketSetting['run'] => {
  const { engine, observer, tracer, logger } = options
  const envelop = engine.getEnveloped()
  const execute = observedRun(observer, envelop.execute)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what openOperation has made
  const subscribe = observedRun(observer, (args) => engine.subscribe(args as SubscriptionArgs))

  const begin = async (
    args: ExecutionArgs,
    type: string,
    requestId: string,
  ): Promise<EventResponses | ExecutionResult> => {
    try {
      const result = await (type === 'subscription' ? subscribe(args) : execute(args))
      return result instanceof EventResponses ? result : toSocketResult(result, requestId)
    } catch (error) {
      return { errors: [toPublicError(error, { requestId, logger })] }
    }
  }

  /** Does what is to be done before an answer can be told. @returns what tells it. */
  const prepare = async (
    operation: SocketOperation,
    payload: SubscribePayload,
    { viewer, session }: Pick<OperationScope, 'viewer' | 'session'>,
    span: TraceSpan | null,
  ): Promise<() => Promise<void> | void> => {
    const { requestId, signal } = operation
    const delivery = { resumeAfter: null, cursor: null }
    const opened = await openOperation(options, { viewer, session, requestId, signal, delivery }, payload)
    if (operation.isOver) return () => {}
    const name = toOperationName(payload.operationName, payload.query)
    if (isRefused(opened)) {
      noteSocketRefusal(observer, payload)
      noteAnswered(span, { type: null, name, result: { errors: opened } })
      return () => operation.refuse(opened.map((error) => toSocketError(withRequestId(error, requestId))))
    }
    const type = getOperationAST(opened.document, opened.operationName)?.operation
    if (type === undefined) {
      const error = new GraphQLError('Unable to identify operation')
      noteAnswered(span, { type: null, name, result: { errors: [error] } })
      return () => operation.refuse([toSocketError(withRequestId(error, requestId))])
    }
    const result = await begin(opened, type, requestId)
    noteAnswered(span, { type, name, result })
    return () => (result instanceof EventResponses ? operation.follow(result) : operation.answer(result))
  }

  return async (operation, { payload }, viewer, session) => {
    const { requestId } = operation
    const { traceParent } = session
    const origin = { extensions: payload.extensions ?? {}, traceParent, requestId }
    const tell = await traceSocketOperation(tracer, origin, (span) =>
      prepare(operation, payload, { viewer, session }, span),
    )
    await tell()
  }
}

/**
 * Speaks `graphql-transport-ws` on the sockets that `server` is asked for: 4408 without `connection_init`, 4429 for a
 * second one, 4403 for a caller who is refused, or whose token has expired or grants less than it did, 4450 for a client that does not take what is
 * sent, 1008 for one that sends too much, 1013 for one that has too many sockets, 1012 when the server closes. A socket that goes ends its operations at once.
 */
export const startWsServer = (options: WsServerOptions): ClosingSockets => {
  const { server, authenticateFrom, grants, addresses, limits, callers, observer, logger } = options
  // Frames that are made once for many must not be compressed by each socket on its own.
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.maxMessageBytes,
    handleProtocols,
  })
  const watch = new SocketWatch()
  const rounds = new DeliveryRounds()
  const run = createRun(options)
  const setting = { authenticateFrom, grants, limits, callers, observer, logger, watch, rounds, run }

  const refuse = (socket: Duplex, status: string): void => {
    observer?.noteRefusal(Number.parseInt(status, 10))
    refuseUpgrade(socket, status)
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', cut)
    if (request.url?.split('?', 1)[0] !== endpointPath) refuse(socket, '404 Not Found')
    else if (hasSeveralHosts(request)) refuse(socket, '400 Bad Request')
    else if (isClosing) refuse(socket, '503 Service Unavailable')
    else {
      const waiting = addresses.openWaiting(request.socket.remoteAddress)
      if (waiting === null) {
        observer?.noteRefusal(429)
        return refuseWaiting(socket, limits)
      }
      // Also where the handshake fails, which `ws` answers by itself.
      const dispose = (): void => waiting[Symbol.dispose]()
      socket.once('close', dispose)
      // Nothing that lives as long as the socket may hold on to the request, which is larger than all else.
      sockets.handleUpgrade(request, socket, head, (opened, opening) => {
        socket.off('close', dispose)
        SocketConnection.open(setting, opened, socket, opening, waiting)
      })
    }
  }

  let isClosing = false
  server.on('upgrade', upgrade)
  return {
    get size() {
      return sockets.clients.size
    },
    close: async (spreadMs) => {
      isClosing = true
      rounds.flush()
      for (const socket of sockets.clients) {
        setTimeout(
          () => closeWithin(socket, socketLimits.closeTimeoutMs, closeCodes.draining, 'Draining'),
          toDelayMs(spreadMs),
        )
      }
      await new Promise<void>((resolve) => {
        sockets.close(() => resolve())
      })
      watch[Symbol.dispose]()
    },
  }
}
