import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError } from 'graphql'
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  parseMessage,
  type ConnectionInitMessage,
  type SubscribeMessage,
} from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { DoorObserver } from '../domain/ports/door-observer.ts'
import { withFields, type Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { AuthenticateFrom } from './address-limits.ts'
import type { DeliveryRounds, Addressee } from './delivery-rounds.ts'
import type { GrantWatch } from './grant-watch.ts'
import { toLimitError, tooManyRequests, type LimitName, type ServerLimits } from './limit-table.ts'
import { closeCodes, socketLimits } from './limits.ts'
import { toSocketError, withRequestId } from './public-errors.ts'
import { TokenBucket, type CallerLimits } from './rate-limits.ts'
import { findRequestId, toRequestId } from './request-id.ts'
import { withQuery } from './socket-message.ts'
import { SocketOperation, type OperationLine } from './socket-operation.ts'
import { SocketSession, type SessionOwner } from './socket-session.ts'
import type { PulseOwner, SocketPulse, SocketWatch } from './socket-watch.ts'
import { parseTraceParent } from './trace-parent.ts'

/** What all sockets of a server share. */
export interface SocketSetting {
  readonly authenticateFrom: AuthenticateFrom
  readonly grants: GrantWatch
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly observer: DoorObserver | null
  readonly logger: Logger
  readonly watch: SocketWatch
  readonly rounds: DeliveryRounds
  /** Runs what a client asks for, and tells him what comes of it. Rejects only for what nobody has thought of. */
  readonly run: (
    operation: SocketOperation,
    message: SubscribeMessage,
    viewer: Viewer,
    session: SocketSession,
  ) => Promise<void>
}

/** Closes a socket, and cuts it when the client has not answered that in time. */
export const closeWithin = (socket: WebSocket, timeoutMs: number, code: number, reason: string): void => {
  const timer = setTimeout(() => socket.terminate(), timeoutMs)
  socket.once('close', () => clearTimeout(timer))
  socket.close(code, reason)
}

/** True for a page that was not served from here. Pages cannot hide it, other clients do not send it. */
const isForeign = ({ headers }: IncomingMessage): boolean => {
  if (headers.origin === undefined) return false
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host
}

/** RFC 6455: what fits into a frame that closes, besides the code. */
const mostReasonBytes = 123

const now = (): number => performance.now()

/** What the upgrade said of the caller, until he has said who he is. The upgrade itself is larger than all else, and is not kept. */
interface Upgrade {
  readonly authorization: string | null
  readonly isForeign: boolean
  /** Counts the socket among those of its address on which nobody has said yet who he is. */
  readonly waiting: Disposable
  /** Runs until `connection_init` has come. */
  readonly timer: NodeJS.Timeout
}

/**
 * The server's side of `graphql-transport-ws` on one socket. One object without functions of its own, as far as that goes:
 * there may be tens of thousands, most of them idle. The texts of messages are parsed and checked by graphql-ws.
 */
export class SocketConnection implements SessionOwner, PulseOwner, OperationLine {
  readonly #setting: SocketSetting
  readonly #socket: WebSocket
  readonly #pulse: SocketPulse
  readonly #session: SocketSession
  readonly #requestId: string
  readonly #address: string | undefined
  readonly #messages: TokenBucket
  /** By the id that the client gave it. */
  readonly #operations = new Map<string, SocketOperation>()
  #operationCount = 0
  #upgrade: Upgrade | null
  #isInitialised = false
  #isAcknowledged = false
  #isReleased = false
  #place: Disposable | null = null
  #waitingOperations: Addressee[] | null = null

  private constructor(
    setting: SocketSetting,
    socket: WebSocket,
    duplex: Duplex,
    request: IncomingMessage,
    waiting: Disposable,
  ) {
    const { limits, watch } = setting
    this.#setting = setting
    this.#socket = socket
    this.#requestId = toRequestId(request.headers)
    this.#address = request.socket.remoteAddress
    this.#messages = new TokenBucket(limits.maxMessagesPerSecond, now)
    this.#session = new SocketSession(this)
    this.#pulse = watch.add(socket, duplex, this)
    const late = (): void => this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout')
    this.#upgrade = {
      authorization: request.headers.authorization ?? null,
      isForeign: isForeign(request),
      waiting,
      timer: setTimeout(late, limits.connectionInitTimeoutMs),
    }
  }

  /**
   * Serves a socket that has just been opened.
   *
   * @param duplex What `socket` writes to.
   * @param waiting Counts it among those of its address on which nobody has said yet who he is.
   */
  static open(
    setting: SocketSetting,
    socket: WebSocket,
    duplex: Duplex,
    request: IncomingMessage,
    waiting: Disposable,
  ): void {
    const connection = new SocketConnection(setting, socket, duplex, request, waiting)
    socket.on('message', (data, isBinary) => {
      // Text comes as one buffer. Bytes do too, and are no message of the protocol: they are refused as such.
      connection.#hear(Buffer.isBuffer(data) && !isBinary ? data.toString() : '')
    })
    socket.on('ping', () => connection.#isTooMuch())
    socket.on('error', (error) => connection.logger.debug('A socket broke', { error }))
    socket.once('close', () => connection.#release())
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      connection.#close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
    }
  }

  get grants(): GrantWatch {
    return this.#setting.grants
  }

  get logger(): Logger {
    return withFields(this.#setting.logger, { requestId: this.#requestId })
  }

  get isClear(): boolean {
    return this.#pulse.isClear
  }

  /** Who comes with this credential; null for nobody. */
  async authenticate(authorization: string | null): Promise<Viewer | null> {
    return (await this.#setting.authenticateFrom(this.#address, authorization, this.#requestId)).viewer
  }

  onExpired(): void {
    this.#forbid('Token expired')
  }

  onWithdrawn(): void {
    this.#forbid('Grant was withdrawn')
  }

  onSlow(): void {
    this.logger.info('A client does not take what is sent to it', { viewer: this.#viewerName })
    this.#setting.observer?.noteSlowSocket()
    this.#release()
    closeWithin(this.#socket, socketLimits.slowCloseTimeoutMs, closeCodes.slowClient, 'Slow client')
  }

  onClear(): void {
    const waiting = this.#waitingOperations
    if (waiting === null) return
    this.#waitingOperations = null
    for (const operation of waiting) operation.serve()
  }

  whenClear(operation: Addressee): void {
    this.#waitingOperations ??= []
    this.#waitingOperations.push(operation)
  }

  async send(message: string): Promise<void> {
    if (this.#session.isOver) this.onExpired()
    else await this.#pulse.send(message)
  }

  sendFrame(frame: Buffer): void {
    if (this.#session.isOver) this.onExpired()
    else this.#pulse.sendFrame(frame)
  }

  forget(operation: SocketOperation): void {
    this.#operations.delete(operation.id)
  }

  fail(error: unknown): void {
    this.logger.error('A socket message failed', { error })
    this.#socket.close(closeCodes.internalError, 'Internal server error')
  }

  get #viewerName(): string | null {
    return this.#session.viewer?.name ?? null
  }

  #close(code: number, reason: string): void {
    closeWithin(this.#socket, socketLimits.closeTimeoutMs, code, reason)
  }

  /** The socket is over for both sides: everything that it holds is let go, once. */
  #release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#pulse[Symbol.dispose]()
    this.#place?.[Symbol.dispose]()
    this.#settle()
    this.#session[Symbol.dispose]()
    for (const operation of this.#operations.values()) operation.end()
  }

  /** What was kept for `connection_init` is of no use any more. */
  #settle(): void {
    if (this.#upgrade === null) return
    clearTimeout(this.#upgrade.timer)
    this.#upgrade.waiting[Symbol.dispose]()
    this.#upgrade = null
  }

  #forbid(reason: string): void {
    if (this.#isReleased) return
    this.#release()
    this.#close(CloseCode.Forbidden, reason)
  }

  #refuse(code: number, name: LimitName): void {
    const reason = `limits.${name} allows ${this.#setting.limits[name]}`
    this.logger.warn('A socket was refused', { viewer: this.#viewerName, reason })
    this.#close(code, reason)
  }

  /** Takes nothing more from a client that has sent too much. */
  #isTooMuch(): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return true
    if (this.#messages.take()) return false
    this.#refuse(closeCodes.tooManyMessages, 'maxMessagesPerSecond')
    return true
  }

  #hear(text: string): void {
    if (this.#isTooMuch()) return
    let message: ReturnType<typeof parseMessage>
    try {
      message = parseMessage(withQuery(text))
    } catch {
      this.#close(CloseCode.BadRequest, 'Invalid message received')
      return
    }
    try {
      this.#take(message)
    } catch (error) {
      this.fail(error)
    }
  }

  #take(message: ReturnType<typeof parseMessage>): void {
    switch (message.type) {
      case MessageType.ConnectionInit:
        this.#initialise(message).catch((error: unknown) => this.fail(error))
        return
      case MessageType.Ping: {
        const { payload = null } = message
        this.#say(payload === null ? { type: MessageType.Pong } : { type: MessageType.Pong, payload })
        return
      }
      case MessageType.Pong:
        return
      case MessageType.Subscribe:
        this.#subscribe(message)
        return
      case MessageType.Complete:
        this.#operations.get(message.id)?.end()
        return
      default:
        // A message that only servers send.
        this.#close(CloseCode.BadRequest, 'Invalid message received')
    }
  }

  #say(message: object): void {
    this.send(JSON.stringify(message)).catch((error: unknown) => this.fail(error))
  }

  /** By `authorization` of `connection_init`, else by the upgrade's header. */
  async #initialise({ payload }: ConnectionInitMessage): Promise<void> {
    if (this.#isInitialised) {
      this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
      return
    }
    this.#isInitialised = true
    if (this.#upgrade === null) return
    const { timer, authorization, isForeign: isForeignPage } = this.#upgrade
    clearTimeout(timer)
    this.#session.traceParent = parseTraceParent(payload?.['traceparent'])
    const given = payload?.['authorization']
    const credential = typeof given === 'string' ? given : authorization
    // Any page may open a socket to here, without asking as it must for HTTP: it is nobody until it shows a token.
    const { viewer, waitSeconds } =
      credential === null && isForeignPage
        ? { viewer: null, waitSeconds: 0 }
        : await this.#setting.authenticateFrom(this.#address, credential, this.#requestId)
    if (viewer === null && waitSeconds > 0) this.#refuse(closeCodes.tooManyRefused, 'maxRefusedTokensPerMinute')
    if (viewer === null || !this.#enter(viewer)) {
      this.#close(CloseCode.Forbidden, 'Forbidden')
      return
    }
    this.#isAcknowledged = true
    this.#say({ type: MessageType.ConnectionAck })
  }

  /** Counts it among the sockets of its caller. False when there are too many, and it is being closed. */
  #enter(viewer: Viewer): boolean {
    // The client may have gone while it was found out who he is.
    if (this.#isReleased) return false
    this.#place = this.#setting.callers.openSocket(viewer.name)
    if (this.#place === null) {
      this.#refuse(closeCodes.tooManySockets, 'maxSocketsPerCaller')
      return false
    }
    this.#settle()
    this.#session.begin(viewer)
    return true
  }

  #subscribe(message: SubscribeMessage): void {
    const { id, payload } = message
    if (!this.#isAcknowledged) {
      this.#close(CloseCode.Unauthorized, 'Unauthorized')
      return
    }
    if (this.#operations.has(id)) {
      const reason = `Subscriber for ${id} already exists`
      const isShort = Buffer.byteLength(reason) <= mostReasonBytes
      this.#close(CloseCode.SubscriberAlreadyExists, isShort ? reason : 'Subscriber already exists')
      return
    }
    const { viewer } = this.#session
    const requestId = findRequestId(payload.extensions ?? {}) ?? `${this.#requestId}.${(this.#operationCount += 1)}`
    const operation = new SocketOperation(id, requestId, this, this.#setting.rounds)
    const refusal =
      viewer === null || this.#session.isOver ? new GraphQLError('Unauthorized') : this.#findRefusal(viewer.name)
    this.#operations.set(id, operation)
    const done =
      viewer === null || refusal !== null
        ? operation.refuse([toSocketError(withRequestId(refusal ?? new GraphQLError('Unauthorized'), requestId))])
        : this.#setting.run(operation, message, viewer, this.#session)
    done.catch((error: unknown) => this.fail(error))
  }

  /** Why a caller may not begin another operation on his socket now; null when he may. */
  #findRefusal(caller: string): GraphQLError | null {
    const { limits, callers } = this.#setting
    if (!callers.admit(caller))
      return toLimitError(limits, 'maxRequestsPerSecond', null, 'You ask too often', { http: tooManyRequests })
    const underWay = this.#operations.size
    if (underWay >= limits.maxSubscriptionsPerSocket)
      return toLimitError(limits, 'maxSubscriptionsPerSocket', underWay + 1, 'Too much is under way on this socket')
    return null
  }
}
