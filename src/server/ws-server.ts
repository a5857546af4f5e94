import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError, type ExecutionArgs, type FormattedExecutionResult } from 'graphql'
import {
  CloseCode,
  handleProtocols,
  makeServer,
  type Context,
  type OperationResult,
  type SubscribePayload,
} from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { withFields, type Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { AddressLimits, Arrival, AuthenticateFrom } from './address-limits.ts'
import type { Authenticate } from './authentication.ts'
import { hasSeveralHosts } from './client-errors.ts'
import type { GrantWatch } from './grant-watch.ts'
import type { GraphqlEngine, OperationScope } from './graphql-engine.ts'
import { toLimitError, toLimitRefusal, tooManyRequests, type LimitName, type ServerLimits } from './limit-table.ts'
import { closeCodes, endpointPath, socketLimits } from './limits.ts'
import { PreparedPayloads } from './prepared-payloads.ts'
import { toPublicError, toSocketError, toSocketResult, withRequestId } from './public-errors.ts'
import { TokenBucket, type CallerLimits } from './rate-limits.ts'
import { findRequestId, toRequestId } from './request-id.ts'
import { toSharedText, type SubscriptionArgs } from './shared-events.ts'
import { toDelayMs, type ClosingSockets } from './shutdown.ts'
import { withQuery } from './socket-message.ts'
import { SocketSession } from './socket-session.ts'
import { SocketWatch } from './socket-watch.ts'
import type { StoredDocuments } from './stored-documents.ts'

/** One operation that is under way on a socket. */
interface Running {
  readonly controller: AbortController
  readonly requestId: string
}

/** What belongs to one socket for as long as it is open. */
interface Connection extends Record<PropertyKey, unknown> {
  /** Of the socket as a whole. */
  readonly requestId: string
  /** What the upgrade said of the caller. The upgrade itself is not kept: it is most of what an idle socket would cost. */
  readonly authorization: string | null
  readonly address: string | undefined
  readonly isForeign: boolean
  readonly session: SocketSession
  /** One for each operation under way, by the id that the client gave it. */
  readonly operations: Map<string, Running>
  /** The request id of the next operation, by what its `extensions` say, else by the socket and a number. */
  readonly nameOperation: (extensions: SubscribePayload['extensions']) => string
  /** Counts it among the sockets of its caller. False when there are too many, and it is being closed. */
  readonly enter: (viewer: Viewer) => boolean
  /** Closes it for having come from an address where too many credentials were wrong. */
  readonly refuseUnseen: () => void
  /** Stands for a payload whose text is there already: it comes into the message that is sent next. */
  readonly prepare: (text: string) => FormattedExecutionResult
}

type ConnectionContext = Context<Record<string, unknown>, Connection>

interface WsServerOptions {
  readonly server: Server
  readonly engine: GraphqlEngine
  readonly authenticateFrom: AuthenticateFrom
  readonly grants: GrantWatch
  readonly addresses: AddressLimits
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly documents: StoredDocuments
  readonly logger: Logger
}

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
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

/** Also where the handshake fails, which `ws` answers by itself. */
const disposeAtClose = (socket: Duplex, waiting: Disposable): void => {
  socket.once('close', () => waiting[Symbol.dispose]())
}

/** True for a page that was not served from here. Pages cannot hide it, other clients do not send it. */
const isForeign = ({ headers }: IncomingMessage): boolean => {
  if (headers.origin === undefined) return false
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host
}

/**
 * Who is on the socket, by `authorization` of `connection_init`, else by the upgrade's header. Any page may open a
 * socket to here, without asking as it must for HTTP: a foreign one is nobody until it shows a token.
 */
const findViewer = async (context: ConnectionContext, authenticateFrom: AuthenticateFrom): Promise<Arrival> => {
  const given = context.connectionParams?.['authorization']
  const authorization = typeof given === 'string' ? given : context.extra.authorization
  const { address, requestId } = context.extra
  return authorization === null && context.extra.isForeign
    ? { viewer: null, waitSeconds: 0 }
    : authenticateFrom(address, authorization, requestId)
}

const requestIdOf = (context: unknown): string =>
  typeof context === 'object' && context !== null && 'requestId' in context ? String(context.requestId) : 'none'

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

/** Why a caller may not begin another operation on his socket now; null when he may. */
const findRefusal = ({ limits, callers }: WsServerOptions, caller: string, underWay: number): GraphQLError | null => {
  if (!callers.admit(caller))
    return toLimitError(limits, 'maxRequestsPerSecond', null, 'You ask too often', { http: tooManyRequests })
  if (underWay >= limits.maxSubscriptionsPerSocket)
    return toLimitError(limits, 'maxSubscriptionsPerSocket', underWay + 1, 'Too much is under way on this socket')
  return null
}

const createProtocol = (options: WsServerOptions) => {
  const { engine, authenticateFrom, limits, logger } = options
  const { execute } = engine.getEnveloped()

  /** One operation that fails costs the others on the socket nothing. */
  const guarded =
    (run: (args: ExecutionArgs) => OperationResult) =>
    async (args: ExecutionArgs): Promise<Awaited<OperationResult>> => {
      const requestId = requestIdOf(args.contextValue)
      try {
        return toSocketResult(await run(args), requestId)
      } catch (error) {
        return { errors: [toPublicError(error, { requestId, logger })] }
      }
    }

  const end = ({ operations }: Connection, id: string): void => {
    operations.get(id)?.controller.abort()
    operations.delete(id)
  }

  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: limits.connectionInitTimeoutMs,
    execute: guarded(execute),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what openOperation has made
    subscribe: guarded((args) => engine.subscribe(args as SubscriptionArgs)),
    onConnect: async (context) => {
      const { viewer, waitSeconds } = await findViewer(context, authenticateFrom)
      if (viewer === null) {
        if (waitSeconds > 0) context.extra.refuseUnseen()
        return false
      }
      if (!context.extra.enter(viewer)) return false
      context.extra.session.begin(viewer)
      return true
    },
    onSubscribe: async (context, id, payload) => {
      const { session, operations } = context.extra
      const { viewer } = session
      const requestId = context.extra.nameOperation(payload.extensions)
      if (viewer === null || session.isOver) return [withRequestId(new GraphQLError('Unauthorized'), requestId)]
      const refusal = findRefusal(options, viewer.name, operations.size)
      if (refusal !== null) return [withRequestId(refusal, requestId)]
      const controller = new AbortController()
      operations.set(id, { controller, requestId })
      const delivery = { resumeAfter: null, cursor: null }
      const scope = { viewer, session, requestId, signal: controller.signal, delivery }
      const opened = await openOperation(options, scope, payload)
      if (Array.isArray(opened)) end(context.extra, id)
      return opened
    },
    onComplete: (context, id) => end(context.extra, id),
    onNext: (context, _id, _payload, _args, result) => {
      const text = toSharedText(result)
      return text === null ? undefined : context.extra.prepare(text)
    },
    // What a source throws arrives here wrapped once more, without the extensions that say what it was.
    onError: ({ extra }, id, _payload, errors) => {
      const requestId = extra.operations.get(id)?.requestId ?? null
      return errors.map((error) =>
        toSocketError(withRequestId(error.cause instanceof GraphQLError ? error.cause : error, requestId)),
      )
    },
  })
}

/** Closes a socket, and cuts it when the client has not answered that in time. */
const closeWithin = (socket: WebSocket, timeoutMs: number, code: number, reason: string): void => {
  const timer = setTimeout(() => socket.terminate(), timeoutMs)
  socket.once('close', () => clearTimeout(timer))
  socket.close(code, reason)
}

/**
 * Speaks `graphql-transport-ws` on the sockets that `server` is asked for: 4408 without `connection_init`, 4429 for a
 * second one, 4403 for a caller who is refused, or whose token has expired or grants less than it did, 4450 for a client that does not take what is
 * sent, 1008 for one that sends too much, 1013 for one that has too many sockets, 1012 when the server closes. A socket that goes ends its operations at once.
 */
export const startWsServer = (options: WsServerOptions): ClosingSockets => {
  const { server, authenticateFrom, grants, addresses, limits, callers } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxMessageBytes, handleProtocols })
  const protocol = createProtocol(options)
  const watch = new SocketWatch()

  const open = (socket: WebSocket, request: IncomingMessage, waiting: Disposable): void => {
    const { authorization = null } = request.headers
    const requestId = toRequestId(request.headers)
    const logger = withFields(options.logger, { requestId })
    let operationCount = 0
    const { remoteAddress: address } = request.socket
    const authenticate: Authenticate = async (given) => (await authenticateFrom(address, given, requestId)).viewer
    const connection: Connection = {
      requestId,
      authorization,
      address,
      isForeign: isForeign(request),
      session: new SocketSession({
        authenticate,
        grants,
        logger,
        onExpired: () => forbid('Token expired'),
        onWithdrawn: () => forbid('Grant was withdrawn'),
      }),
      operations: new Map(),
      nameOperation: (extensions) => findRequestId(extensions ?? {}) ?? `${requestId}.${(operationCount += 1)}`,
      prepare: (text) => payloads.toStandIn(text),
      enter: ({ name }) => {
        // The client may have gone while it was found out who he is.
        if (isReleased) return false
        place = callers.openSocket(name)
        if (place === null) refuse(closeCodes.tooManySockets, 'maxSocketsPerCaller')
        else waiting[Symbol.dispose]()
        return place !== null
      },
      refuseUnseen: () => refuse(closeCodes.tooManyRefused, 'maxRefusedTokensPerMinute'),
    }
    const payloads = new PreparedPayloads()
    const messages = new TokenBucket(limits.maxMessagesPerSecond)
    /** Takes nothing more from a client that has sent too much. */
    const isTooMuch = (): boolean => {
      if (socket.readyState !== socket.OPEN) return true
      if (messages.take()) return false
      refuse(closeCodes.tooManyMessages, 'maxMessagesPerSecond')
      return true
    }
    const refuse = (code: number, name: LimitName): void => {
      const reason = `limits.${name} allows ${limits[name]}`
      logger.warn('A socket was refused', { viewer: connection.session.viewer?.name ?? null, reason })
      closeWithin(socket, socketLimits.closeTimeoutMs, code, reason)
    }
    const fail = (error: unknown): void => {
      // A message that only servers send is the client's failure, not ours.
      if (error instanceof Error && error.message.startsWith('Unexpected message of type ')) {
        closeWithin(socket, socketLimits.closeTimeoutMs, CloseCode.BadRequest, 'Invalid message received')
        return
      }
      logger.error('A socket message failed', { error })
      socket.close(closeCodes.internalError, 'Internal server error')
    }
    let place: Disposable | null = null
    let isReleased = false
    const release = (code: number, reason: string): void => {
      if (isReleased) return
      isReleased = true
      pulse[Symbol.dispose]()
      place?.[Symbol.dispose]()
      waiting[Symbol.dispose]()
      connection.session[Symbol.dispose]()
      for (const { controller } of connection.operations.values()) controller.abort()
      closed(code, reason).catch((error: unknown) => logger.error('A socket did not close well', { error }))
    }
    const pulse = watch.add(socket, () => {
      logger.info('A client does not take what is sent to it', { viewer: connection.session.viewer?.name ?? null })
      release(closeCodes.slowClient, 'Slow client')
      closeWithin(socket, socketLimits.slowCloseTimeoutMs, closeCodes.slowClient, 'Slow client')
    })
    const forbid = (reason: string): void => {
      if (isReleased) return
      release(CloseCode.Forbidden, reason)
      closeWithin(socket, socketLimits.closeTimeoutMs, CloseCode.Forbidden, reason)
    }
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: async (data) => {
          if (connection.session.isOver) forbid('Token expired')
          else await pulse.send(payloads.fill(data))
        },
        close: (code = CloseCode.BadRequest, reason = '') =>
          closeWithin(socket, socketLimits.closeTimeoutMs, code, reason),
        onMessage: (handle) => {
          socket.on('message', (data, isBinary) => {
            if (isTooMuch()) return
            // Text comes as one buffer. Bytes do too, and are no message of the protocol: they are refused as such.
            handle(Buffer.isBuffer(data) && !isBinary ? withQuery(data.toString()) : '').catch(fail)
          })
        },
      },
      connection,
    )
    socket.on('ping', isTooMuch)
    socket.on('error', (error) => logger.debug('A socket broke', { error }))
    socket.once('close', (code, reason) => release(code, String(reason)))
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    if (request.url?.split('?', 1)[0] !== endpointPath) refuseUpgrade(socket, '404 Not Found')
    else if (hasSeveralHosts(request)) refuseUpgrade(socket, '400 Bad Request')
    else if (isClosing) refuseUpgrade(socket, '503 Service Unavailable')
    else {
      const waiting = addresses.openWaiting(request.socket.remoteAddress)
      if (waiting === null) return refuseWaiting(socket, limits)
      disposeAtClose(socket, waiting)
      // Nothing that lives as long as the socket may hold on to the request, which is larger than all else.
      sockets.handleUpgrade(request, socket, head, (opened, opening) => open(opened, opening, waiting))
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
