import type { WebSocket } from 'ws'
import { socketLimits } from './limits.ts'

/** What the watch knows of one socket. */
interface Watched {
  readonly socket: WebSocket
  /** Called when the client does not take what was sent to it. */
  readonly onSlow: () => void
  hasAnswered: boolean
  /** Rounds until its next ping. */
  roundsToPing: number
  unsentMessages: number
  /** When something last left for the client while more was waiting, in ms of `performance.now`; null when nothing waits. */
  stuckSince: number | null
}

/** One socket under watch. Dispose when it has closed. */
export interface SocketPulse extends Disposable {
  /** Resolves when the message has left this process, or never will: who waits for it sends no more than the client takes. */
  send(data: string): Promise<void>
}

const roundsBetweenPings = Math.round(socketLimits.pingIntervalMs / socketLimits.watchIntervalMs)

/**
 * Looks after all sockets of a server with one timer. A client that has not answered a ping by the next one is cut, so a
 * half-open connection is gone after two intervals at most. A client that takes nothing for
 * {@link socketLimits.stuckAfterMs} while something waits for it is told on to `onSlow`.
 */
export class SocketWatch implements Disposable {
  readonly #watched = new Set<Watched>()
  readonly #timer: NodeJS.Timeout
  #nextRounds = 0

  constructor() {
    this.#timer = setInterval(() => this.#round(), socketLimits.watchIntervalMs)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  add(socket: WebSocket, onSlow: () => void): SocketPulse {
    // Pings of many sockets are spread over the rounds, so that no round has to write to all of them.
    const roundsToPing = 1 + (this.#nextRounds++ % roundsBetweenPings)
    const watched: Watched = { socket, onSlow, hasAnswered: true, roundsToPing, unsentMessages: 0, stuckSince: null }
    this.#watched.add(watched)
    socket.on('pong', () => {
      watched.hasAnswered = true
    })
    return {
      send: (data) => this.#send(watched, data),
      [Symbol.dispose]: () => {
        this.#watched.delete(watched)
      },
    }
  }

  #round(): void {
    const now = performance.now()
    for (const watched of this.#watched) {
      const { socket, stuckSince } = watched
      if (stuckSince !== null && now - stuckSince >= socketLimits.stuckAfterMs) watched.onSlow()
      watched.roundsToPing -= 1
      if (watched.roundsToPing > 0 || socket.readyState !== socket.OPEN) continue
      watched.roundsToPing = roundsBetweenPings
      if (!watched.hasAnswered) socket.terminate()
      else socket.ping()
      watched.hasAnswered = false
    }
  }

  async #send(watched: Watched, data: string): Promise<void> {
    const { socket } = watched
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > socketLimits.maxUnsentBytes) {
      watched.onSlow()
      return
    }
    watched.stuckSince ??= performance.now()
    watched.unsentMessages += 1
    // A socket that breaks while it is written to says so by closing.
    await new Promise<void>((resolve) => {
      socket.send(data, () => resolve())
    })
    watched.unsentMessages -= 1
    watched.stuckSince = watched.unsentMessages === 0 ? null : performance.now()
  }
}
