import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { socketLimits } from './limits.ts'

/** Whose socket it is. */
export interface PulseOwner {
  /** The client does not take what was sent to it. */
  onSlow(): void
  /** All that was sent has left. */
  onClear(): void
}

const roundsBetweenPings = Math.round(socketLimits.pingIntervalMs / socketLimits.watchIntervalMs)

/** RFC 6455: a ping that says nothing. One for all, since there is one for each socket every few seconds. */
const pingFrame = Buffer.from([0x89, 0])

/** One socket under watch, and the one way to send on it. Dispose when it has closed. */
export class SocketPulse implements Disposable {
  readonly #socket: WebSocket
  readonly #duplex: Duplex
  readonly #owner: PulseOwner
  readonly #watched: Set<SocketPulse>
  #hasAnswered = true
  /** Rounds until its next ping. */
  #roundsToPing: number
  #unsentMessages = 0
  /** When something last left for the client while more was waiting, in ms of `performance.now`; null when nothing waits. */
  #stuckSince: number | null = null

  /** @param duplex What `socket` writes to. */
  constructor(socket: WebSocket, duplex: Duplex, owner: PulseOwner, watched: Set<SocketPulse>, roundsToPing: number) {
    this.#socket = socket
    this.#duplex = duplex
    this.#owner = owner
    this.#watched = watched
    this.#roundsToPing = roundsToPing
    watched.add(this)
    socket.on('pong', () => {
      this.#hasAnswered = true
    })
  }

  [Symbol.dispose](): void {
    this.#watched.delete(this)
  }

  /** True when none of the messages that were sent waits for the client. */
  get isClear(): boolean {
    // Pings may wait all the same: nobody is told when they have left.
    return this.#unsentMessages === 0 || this.#duplex.writableLength === 0
  }

  /** Resolves when the message has left this process, or never will: who waits for it sends no more than the client takes. */
  async send(data: string): Promise<void> {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > socketLimits.maxUnsentBytes) {
      this.#owner.onSlow()
      return
    }
    // A socket that breaks while it is written to says so by closing.
    await new Promise<void>((resolve) => {
      this.#unsentMessages += 1
      socket.send(data, () => {
        this.#noteSent()
        resolve()
      })
      this.#noteStuck()
    })
  }

  /** Sends a frame that is whole already. Only while {@link SocketPulse.isClear}. */
  sendFrame(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#unsentMessages += 1
    this.#duplex.write(frame, this.#noteSent)
    this.#noteStuck()
  }

  /** Looks after it, once in each round. */
  look(now: number): void {
    const socket = this.#socket
    if (this.#stuckSince !== null && now - this.#stuckSince >= socketLimits.stuckAfterMs) this.#owner.onSlow()
    this.#roundsToPing -= 1
    if (this.#roundsToPing > 0 || socket.readyState !== socket.OPEN) return
    this.#roundsToPing = roundsBetweenPings
    if (!this.#hasAnswered) socket.terminate()
    else this.#duplex.write(pingFrame)
    this.#hasAnswered = false
  }

  #noteStuck(): void {
    if (!this.isClear) this.#stuckSince ??= performance.now()
  }

  readonly #noteSent = (): void => {
    this.#unsentMessages -= 1
    this.#stuckSince = this.#unsentMessages === 0 ? null : performance.now()
    if (this.isClear) this.#owner.onClear()
  }
}

/**
 * Looks after all sockets of a server with one timer. A client that has not answered a ping by the next one is cut, so a
 * half-open connection is gone after two intervals at most. A client that takes nothing for
 * {@link socketLimits.stuckAfterMs} while something waits for it is told on to its owner.
 */
export class SocketWatch implements Disposable {
  readonly #watched = new Set<SocketPulse>()
  readonly #timer: NodeJS.Timeout
  #nextRounds = 0

  constructor() {
    const look = (): void => {
      const now = performance.now()
      for (const pulse of this.#watched) pulse.look(now)
    }
    // Without a socket there is nothing to look after: a server that could not listen must not live on by this.
    this.#timer = setInterval(look, socketLimits.watchIntervalMs).unref()
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  /** @param duplex What `socket` writes to. */
  add(socket: WebSocket, duplex: Duplex, owner: PulseOwner): SocketPulse {
    // Pings of many sockets are spread over the rounds, so that no round has to write to all of them.
    const roundsToPing = 1 + (this.#nextRounds++ % roundsBetweenPings)
    return new SocketPulse(socket, duplex, owner, this.#watched, roundsToPing)
  }
}
