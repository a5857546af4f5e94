import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError, type ExecutionArgs } from 'graphql'
import { handleProtocols, makeServer, type Context, type OperationResult, type SubscribePayload } from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Authenticate } from './authentication.ts'
import type { GraphqlEngine, OperationScope } from './graphql-engine.ts'
import { endpointPath, socketLimits } from './limits.ts'
import { toPublicError } from './public-errors.ts'

/** What belongs to one socket for as long as it is open. */
interface Connection extends Record<PropertyKey, unknown> {
  readonly request: IncomingMessage
  /** Null until `connection_init` was accepted. */
  viewer: Viewer | null
  /** One for each operation under way, by the id that the client gave it. */
  readonly operations: Map<string, AbortController>
}

type ConnectionContext = Context<Record<string, unknown>, Connection>

interface WsServerOptions {
  readonly server: Server
  readonly engine: GraphqlEngine
  readonly authenticate: Authenticate
  readonly logger: Logger
}

/** RFC 6455: the endpoint goes away. */
const goingAway = 1001
/** graphql-transport-ws: the server failed. */
const internalError = 4500
/** How long a client may take to answer a close before its socket is cut. */
const closeTimeoutMs = 1_000

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
const findViewer = (context: ConnectionContext, authenticate: Authenticate): Viewer | null => {
  const { request } = context.extra
  const given = context.connectionParams?.['authorization']
  const authorization = typeof given === 'string' ? given : (request.headers.authorization ?? null)
  return authorization === null && isForeign(request) ? null : authenticate(authorization)
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

const createProtocol = ({ engine, authenticate, logger }: WsServerOptions) => {
  const { execute, subscribe } = engine.getEnveloped()

  /** One operation that fails costs the others on the socket nothing. */
  const guarded =
    (run: (args: ExecutionArgs) => OperationResult) =>
    async (args: ExecutionArgs): Promise<Awaited<OperationResult>> => {
      try {
        return await run(args)
      } catch (error) {
        return { errors: [toPublicError(error, { requestId: findRequestId(args.contextValue), logger })] }
      }
    }

  const end = ({ operations }: Connection, id: string): void => {
    operations.get(id)?.abort()
    operations.delete(id)
  }

  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: socketLimits.initTimeoutMs,
    execute: guarded(execute),
    subscribe: guarded(subscribe),
    onConnect: (context) => {
      context.extra.viewer = findViewer(context, authenticate)
      return context.extra.viewer !== null
    },
    onSubscribe: async (context, id, payload) => {
      const { viewer, operations } = context.extra
      if (viewer === null) return [new GraphQLError('Unauthorized')]
      if (operations.size >= socketLimits.maxOperations) {
        const message = `A socket carries at most ${socketLimits.maxOperations} operations at once`
        return [new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } })]
      }
      const controller = new AbortController()
      operations.set(id, controller)
      const scope = { viewer, requestId: randomUUID(), signal: controller.signal }
      const opened = await openOperation(engine, scope, payload, logger)
      if (Array.isArray(opened)) end(context.extra, id)
      return opened
    },
    onComplete: (context, id) => end(context.extra, id),
    // What a source throws arrives here wrapped once more, without the extensions that say what it was.
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) => (error.cause instanceof GraphQLError ? error.cause : error).toJSON()),
  })
}

/** Pings the client; one that has not answered by the next ping is cut, and all it held is released. */
const keepAlive = (socket: WebSocket): Disposable => {
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate()
    isAlive = false
    if (socket.readyState === socket.OPEN) socket.ping()
  }, socketLimits.pingIntervalMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const send = async (socket: WebSocket, data: string): Promise<void> => {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > socketLimits.maxUnsentBytes) {
    socket.terminate()
    return
  }
  await new Promise<void>((resolve) => {
    // A socket that breaks while it is written to says so by closing.
    socket.send(data, () => resolve())
  })
}

const closeAll = async (sockets: WebSocketServer): Promise<void> => {
  for (const socket of sockets.clients) socket.close(goingAway, 'Going away')
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate()
  }, closeTimeoutMs)
  await new Promise<void>((resolve) => {
    sockets.close(() => resolve())
  })
  clearTimeout(cut)
}

/**
 * Speaks `graphql-transport-ws` on the sockets that `server` is asked for: 4408 without `connection_init`, 4429 for a
 * second one, 4403 for a caller who is refused. A socket that goes ends its operations at once. Dispose closes every
 * socket with 1001.
 */
export const startWsServer = (options: WsServerOptions): AsyncDisposable => {
  const { server, logger } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: socketLimits.maxMessageBytes, handleProtocols })
  const protocol = createProtocol(options)

  const open = (socket: WebSocket, request: IncomingMessage): void => {
    const connection: Connection = { request, viewer: null, operations: new Map() }
    const pings = keepAlive(socket)
    const fail = (error: unknown): void => {
      logger.error('A socket message failed', { error })
      socket.close(internalError, 'Internal server error')
    }
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data) => {
            // Text comes as one buffer; anything else is no message of the protocol and is refused as such.
            handle(Buffer.isBuffer(data) ? data.toString() : '').catch(fail)
          })
        },
      },
      connection,
    )
    socket.on('error', (error) => logger.debug('A socket broke', { error }))
    socket.once('close', (code, reason) => {
      pings[Symbol.dispose]()
      for (const operation of connection.operations.values()) operation.abort()
      closed(code, String(reason)).catch((error: unknown) => logger.error('A socket did not close well', { error }))
    })
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    if (request.url?.split('?', 1)[0] !== endpointPath) refuseUpgrade(socket, '404 Not Found')
    else sockets.handleUpgrade(request, socket, head, open)
  }

  server.on('upgrade', upgrade)
  return {
    [Symbol.asyncDispose]: async () => {
      server.off('upgrade', upgrade)
      await closeAll(sockets)
    },
  }
}
