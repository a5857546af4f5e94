import type { Server, ServerResponse } from 'node:http'
import type { InFlight } from './in-flight.ts'
import { drainMs } from './limits.ts'

/** The parts of a server that are closed. */
export interface DrainParts {
  readonly server: Server
  readonly sockets: AsyncDisposable
  /** Answers that have not been closed yet. */
  readonly responses: ReadonlySet<ServerResponse>
  readonly inFlight: InFlight
  readonly engine: { dispose(): void | PromiseLike<void> }
}

const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream')

/** An event stream ends only when it is cut; any other answer may finish, and takes its connection with it. */
const release = (server: Server, response: ServerResponse): void => {
  if (isStream(response)) response.destroy()
  else if (response.headersSent) response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  else response.setHeader('connection', 'close')
}

/**
 * Closes in the order in which nothing is lost: no new connections, sockets told to go, what is under way finishes
 * (also a mutation whose caller has left), then the engine. After {@link drainMs} the rest is cut.
 */
export const drain = async ({ server, sockets, responses, inFlight, engine }: DrainParts): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  for (const response of responses) release(server, response)
  await sockets[Symbol.asyncDispose]()
  const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<void>()
  const timer = setTimeout(giveUp, drainMs)
  await Promise.race([Promise.all([inFlight.whenIdle(), closed]), tooLate])
  clearTimeout(timer)
  server.closeAllConnections()
  await closed
  await engine.dispose()
}
