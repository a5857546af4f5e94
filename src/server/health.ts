import type { ServerResponse } from 'node:http'
import type { Logger } from '../domain/ports/logger.ts'
import type { ConnectionState } from '../domain/site.ts'
import type { Vendor } from '../domain/vendor.ts'

/** How one configured site is doing. */
export interface SiteReadiness {
  readonly name: string
  readonly vendor: Vendor
  readonly state: ConnectionState
  /** Null when the site has not answered since the start. */
  readonly lastSuccessAt: Date | null
}

/** What `/health/ready` says. A site that does not answer makes it degraded, and the gateway goes on serving. */
export interface Readiness {
  readonly status: 'ready' | 'degraded'
  readonly sites: readonly SiteReadiness[]
  /** `ok`, or in words what is wrong with the store. */
  readonly store: string
}

/** Writes a small JSON answer that nobody may keep. */
export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(body)}\n`)
}

/** 200 for as long as the process answers at all. */
export const sendLiveness = (response: ServerResponse): void => sendJson(response, 200, { status: 'live' })

/** 200 for `ready` and for `degraded`; 503 only when the gateway cannot tell. */
export const sendReadiness = async (
  response: ServerResponse,
  readiness: () => Promise<Readiness>,
  logger: Logger,
): Promise<void> => {
  try {
    sendJson(response, 200, await readiness())
  } catch (error) {
    logger.error('The readiness check failed', { error })
    sendJson(response, 503, { status: 'unknown' })
  }
}
