import type { Server, ServerResponse } from 'node:http'
import type { Logger } from '../domain/ports/logger.ts'
import type { InFlight } from './in-flight.ts'
import { drainLimits, drainMs } from './limits.ts'

/** The sockets of a server, as far as closing it goes. */
export interface ClosingSockets {
  readonly size: number
  /** Takes no more of them, and closes each within `spreadMs`. Resolves when all are gone. */
  close(spreadMs: number): Promise<void>
}

/** The parts of a server that are closed. */
export interface DrainParts {
  readonly server: Server
  readonly sockets: ClosingSockets
  /** Answers that have not been closed yet. */
  readonly responses: ReadonlySet<ServerResponse>
  readonly inFlight: InFlight
  readonly engine: { dispose(): void | PromiseLike<void> }
  readonly onDraining: () => void
  readonly logger: Logger
}

const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream')

/**
 * An event stream ends only when it is cut, without a word that it is complete: its client connects again. Any other
 * answer may finish, and takes its connection with it.
 */
const release = (server: Server, response: ServerResponse, spreadMs: number): void => {
  if (isStream(response)) setTimeout(() => response.destroy(), toDelayMs(spreadMs))
  else if (response.headersSent) response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  else response.setHeader('connection', 'close')
}

/** When one of many connections is closed: some time within the spread, but not before it was told. */
export const toDelayMs = (spreadMs: number): number => drainLimits.spacingMs + Math.random() * spreadMs

/**
 * Closes in the order in which nothing is lost: no new connections; subscriptions are told, then their sockets and
 * streams closed one after the other; what is under way finishes (also a mutation whose caller has left); then the
 * engine. After {@link drainMs} the rest is cut.
 */
export const drain = async ({
  server,
  sockets,
  responses,
  inFlight,
  engine,
  onDraining,
  logger,
}: DrainParts): Promise<void> => {
  logger.info('The server drains', { sockets: sockets.size })
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  onDraining()
  const spreadMs = Math.min((sockets.size + responses.size) * drainLimits.spacingMs, drainLimits.mostSpreadMs)
  for (const response of responses) release(server, response, spreadMs)
  await sockets.close(spreadMs)
  const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<void>()
  const timer = setTimeout(giveUp, drainMs)
  await Promise.race([Promise.all([inFlight.whenIdle(), closed]), tooLate])
  clearTimeout(timer)
  server.closeAllConnections()
  await closed
  await engine.dispose()
  logger.info('The server has ended')
}
