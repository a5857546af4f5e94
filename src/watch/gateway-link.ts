import { setTimeout as wait } from 'node:timers/promises'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'

export interface GatewayLinkOptions {
  /** Of the GraphQL endpoint, with `ws` or `wss`. */
  readonly url: string
  /** Bearer token; null goes without. */
  readonly token: string | null
  /** Called when the line is lost and it will be tried again; once until {@link GatewayLinkOptions.onBack}. */
  readonly onLost: (reason: string) => void
  /** Called when it is there again. */
  readonly onBack: () => void
  /** Ends every attempt to come back. */
  readonly signal: AbortSignal
}

/** A socket to the gateway that comes back by itself after it was cut. */
export interface GatewayLink extends Disposable {
  readonly client: Client
}

/** What graphql-transport-ws closes with when it does not let the caller in. */
const forbidden = 4403

// A gateway that is silent for a ping and this wait is gone, though its machine may not have said so.
const pingEveryMs = 10_000
const pongWaitMs = 5_000

// Long enough for a gateway to be started again, or for another one to take over.
const patienceMs = 5 * 60_000

const firstWaitMs = 250
const longestWaitMs = 10_000

/** How long to wait before attempt `retries + 1`: doubling, and anywhere in its upper half, so that a crowd spreads out. */
export const toRetryWaitMs = (retries: number, random: () => number): number => {
  const wholeMs = Math.min(firstWaitMs * 2 ** retries, longestWaitMs)
  return wholeMs * (0.5 + random() / 2)
}

/** Waits as {@link toRetryWaitMs} says, or until `signal` aborts. */
export const waitToRetry = async (retries: number, signal: AbortSignal): Promise<void> => {
  await wait(toRetryWaitMs(retries, Math.random), undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** What went wrong, from an error event, a close event or an error. */
export const describeLoss = (loss: unknown): string => {
  if (typeof loss !== 'object' || loss === null) return String(loss)
  if ('code' in loss && 'reason' in loss) {
    const reason = String(loss.reason)
    return `closed with ${String(loss.code)}${reason === '' ? '' : ` ${reason}`}`
  }
  return 'message' in loss && loss.message !== '' ? String(loss.message) : 'the line broke'
}

/** True when the gateway does not let the caller in, which trying again does not change. */
export const isRefusal = (loss: unknown): boolean =>
  typeof loss === 'object' && loss !== null && 'code' in loss && loss.code === forbidden

/**
 * Opens at the first subscription. A gateway that was never reached is not tried again; one that was is, for five minutes.
 * What a subscription asks again after a cut is its payload as it is then.
 */
export const createGatewayLink = ({ url, token, onLost, onBack, signal }: GatewayLinkOptions): GatewayLink => {
  let hasConnected = false
  let isDisposed = false
  let lostAtMs: number | null = null
  let pongDue: NodeJS.Timeout | undefined

  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    ...(token === null ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
    connectionAckWaitTimeout: pongWaitMs,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => waitToRetry(retries, signal),
    shouldRetry: (loss) => {
      if (isDisposed || signal.aborted || !hasConnected || isRefusal(loss)) return false
      if (lostAtMs === null) {
        lostAtMs = Date.now()
        onLost(describeLoss(loss))
      }
      return Date.now() - lostAtMs < patienceMs
    },
    on: {
      connected: () => {
        hasConnected = true
        if (lostAtMs !== null) onBack()
        lostAtMs = null
      },
      ping: (isReceived) => {
        if (!isReceived) pongDue = setTimeout(() => client.terminate(), pongWaitMs)
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongDue)
      },
      closed: () => clearTimeout(pongDue),
    },
  })
  return {
    client,
    [Symbol.dispose]: () => {
      isDisposed = true
      clearTimeout(pongDue)
      // A socket that nobody uses is closed already; this ends an attempt to open one.
      client.terminate()
    },
  }
}
