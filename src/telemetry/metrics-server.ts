import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Logger } from '../domain/ports/logger.ts'
import type { GatewayMetrics } from './gateway-metrics.ts'

/** Serves figures, and whether the gateway has started, on a port of its own. */
export interface MetricsServer extends AsyncDisposable {
  /** Of the figures, e.g. `http://127.0.0.1:9464/metrics`. */
  readonly url: string
}

// A scrape is one small request; who sends more is not a scraper.
const headersTimeoutMs = 5_000

const end = (response: ServerResponse, status: number, type: string, body: string): void => {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  response.writeHead(status, headers).end(body)
}

const endWithStatus = (response: ServerResponse, status: number, word: string): void =>
  end(response, status, 'application/json; charset=utf-8', `${JSON.stringify({ status: word })}\n`)

const answer = async (metrics: GatewayMetrics, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return endWithStatus(response, 405, 'only GET')
  switch (request.url?.split('?', 1)[0]) {
    case '/metrics':
      return end(response, 200, metrics.contentType, await metrics.scrape())
    case '/health/live':
      return endWithStatus(response, 200, 'live')
    case '/health/startup':
      return metrics.hasBegun ? endWithStatus(response, 200, 'started') : endWithStatus(response, 503, 'starting')
    default:
      return endWithStatus(response, 404, 'figures are at /metrics')
  }
}

/**
 * Serves `/metrics`, `/health/live` and `/health/startup` without asking who calls. Listens before the gateway does.
 *
 * @param options.port 0 takes a free one.
 * @throws What `listen` throws, e.g. EADDRINUSE.
 */
export const startMetricsServer = async (options: {
  readonly host: string
  readonly port: number
  readonly metrics: GatewayMetrics
  readonly logger: Logger
}): Promise<MetricsServer> => {
  const { host, port, metrics, logger } = options
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: headersTimeoutMs },
    (request, response) => {
      answer(metrics, request, response).catch((error: unknown) => {
        logger.error('The figures could not be read', { error })
        if (response.headersSent) response.destroy()
        else endWithStatus(response, 500, 'failed')
      })
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The figures have no port')
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/metrics`
  logger.info('Figures are served', { url })
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
