import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError, type ExecutionArgs } from 'graphql'
import {
  CloseCode,
  handleProtocols,
  makeServer,
  type Context,
  type OperationResult,
  type SubscribePayload,
} from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Authenticate } from './authentication.ts'
import { hasSeveralHosts } from './client-errors.ts'
import type { GraphqlEngine, OperationScope } from './graphql-engine.ts'
import { toLimitError, tooManyRequests, type LimitName, type ServerLimits } from './limit-table.ts'
import { closeCodes, endpointPath, socketLimits } from './limits.ts'
import { toPublicError, toSocketError, withoutHttp } from './public-errors.ts'
import { TokenBucket, type CallerLimits } from './rate-limits.ts'
import { toDelayMs, type ClosingSockets } from './shutdown.ts'
import { SocketSession } from './socket-session.ts'
import { SocketWatch } from './socket-watch.ts'

/** What belongs to one socket for as long as it is open. */
interface Connection extends Record<PropertyKey, unknown> {
  /** What the upgrade said of the caller. The upgrade itself is not kept: it is most of what an idle socket would cost. */
  readonly authorization: string | null
  readonly isForeign: boolean
  readonly session: SocketSession
  /** One for each operation under way, by the id that the client gave it. */
  readonly operations: Map<string, AbortController>
  /** Counts it among the sockets of its caller. False when there are too many, and it is being closed. */
  readonly enter: (viewer: Viewer) => boolean
}

type ConnectionContext = Context<Record<string, unknown>, Connection>

interface WsServerOptions {
  readonly server: Server
  readonly engine: GraphqlEngine
  readonly authenticate: Authenticate
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly logger: Logger
}

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
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
const findViewer = async (context: ConnectionContext, authenticate: Authenticate): Promise<Viewer | null> => {
  const given = context.connectionParams?.['authorization']
  const authorization = typeof given === 'string' ? given : context.extra.authorization
  return authorization === null && context.extra.isForeign ? null : authenticate(authorization)
}

const findRequestId = (context: unknown): string =>
  typeof context === 'object' && context !== null && 'requestId' in context ? String(context.requestId) : 'none'

/** Turns a `subscribe` message into what is executed, or into the errors that answer it. Never throws. */
const openOperation = async (
  engine: GraphqlEngine,
  scope: OperationScope,
  params: SubscribePayload,
  logger: Logger,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  try {
    const context = { ...scope, params }
    const { schema, parse, validate, contextFactory } = engine.getEnveloped(context)
    const document = parse(params.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return errors
    return {
      schema,
      document,
      contextValue: await contextFactory(),
      variableValues: params.variables,
      operationName: params.operationName,
    }
  } catch (error) {
    return [toPublicError(error, { requestId: scope.requestId, logger })]
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
  const { engine, authenticate, limits, logger } = options
  const { execute, subscribe } = engine.getEnveloped()

  /** One operation that fails costs the others on the socket nothing. */
  const guarded =
    (run: (args: ExecutionArgs) => OperationResult) =>
    async (args: ExecutionArgs): Promise<Awaited<OperationResult>> => {
      try {
        return withoutHttp(await run(args))
      } catch (error) {
        return { errors: [toPublicError(error, { requestId: findRequestId(args.contextValue), logger })] }
      }
    }

  const end = ({ operations }: Connection, id: string): void => {
    operations.get(id)?.abort()
    operations.delete(id)
  }

  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: limits.connectionInitTimeoutMs,
    execute: guarded(execute),
    subscribe: guarded(subscribe),
    onConnect: async (context) => {
      const viewer = await findViewer(context, authenticate)
      if (viewer === null) return false
      if (!context.extra.enter(viewer)) return false
      context.extra.session.begin(viewer)
      return true
    },
    onSubscribe: async (context, id, payload) => {
      const { session, operations } = context.extra
      const { viewer } = session
      if (viewer === null || session.isExpired) return [new GraphQLError('Unauthorized')]
      const refusal = findRefusal(options, viewer.name, operations.size)
      if (refusal !== null) return [refusal]
      const controller = new AbortController()
      operations.set(id, controller)
      const delivery = { resumeAfter: null, cursor: null }
      const scope = { viewer, session, requestId: randomUUID(), signal: controller.signal, delivery }
      const opened = await openOperation(engine, scope, payload, logger)
      if (Array.isArray(opened)) end(context.extra, id)
      return opened
    },
    onComplete: (context, id) => end(context.extra, id),
    // What a source throws arrives here wrapped once more, without the extensions that say what it was.
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) => toSocketError(error.cause instanceof GraphQLError ? error.cause : error)),
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
 * second one, 4403 for a caller who is refused or whose token has expired, 4450 for a client that does not take what is
 * sent, 1008 for one that sends too much, 1013 for one that has too many sockets, 1012 when the server closes. A socket that goes ends its operations at once.
 */
export const startWsServer = (options: WsServerOptions): ClosingSockets => {
  const { server, authenticate, limits, callers, logger } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxMessageBytes, handleProtocols })
  const protocol = createProtocol(options)
  const watch = new SocketWatch()

  const open = (socket: WebSocket, request: IncomingMessage): void => {
    const { authorization = null } = request.headers
    const connection: Connection = {
      authorization,
      isForeign: isForeign(request),
      session: new SocketSession({ authenticate, logger, onExpired: () => expire() }),
      operations: new Map(),
      enter: ({ name }) => {
        // The client may have gone while it was found out who he is.
        if (isReleased) return false
        place = callers.openSocket(name)
        if (place === null) refuse(closeCodes.tooManySockets, 'maxSocketsPerCaller')
        return place !== null
      },
    }
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
      connection.session[Symbol.dispose]()
      for (const operation of connection.operations.values()) operation.abort()
      closed(code, reason).catch((error: unknown) => logger.error('A socket did not close well', { error }))
    }
    const pulse = watch.add(socket, () => {
      logger.info('A client does not take what is sent to it', { viewer: connection.session.viewer?.name ?? null })
      release(closeCodes.slowClient, 'Slow client')
      closeWithin(socket, socketLimits.slowCloseTimeoutMs, closeCodes.slowClient, 'Slow client')
    })
    const expire = (): void => {
      if (isReleased) return
      release(CloseCode.Forbidden, 'Token expired')
      closeWithin(socket, socketLimits.closeTimeoutMs, CloseCode.Forbidden, 'Token expired')
    }
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: async (data) => {
          if (connection.session.isExpired) expire()
          else await pulse.send(data)
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data) => {
            if (isTooMuch()) return
            // Text comes as one buffer; anything else is no message of the protocol and is refused as such.
            handle(Buffer.isBuffer(data) ? data.toString() : '').catch(fail)
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
    else sockets.handleUpgrade(request, socket, head, open)
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
