/** The one path that queries, mutations and subscriptions come to, over HTTP and over WebSocket alike. */
export const endpointPath = '/graphql'

/** Parsed documents are remembered until their texts together are this long, in UTF-16 units. */
export const mostCachedCharacters = 2_097_152

/** How connections over HTTP are looked after. What a caller may cost stands in the limit table. */
export const httpLimits = {
  /** How often slow connections are looked for. */
  timeoutCheckIntervalMs: 1_000,
  /** A connection on which nothing moves for this long is cut: its caller does not read. Event streams ping sooner. */
  idleTimeoutMs: 60_000,
  /** An event stream on which nothing happens carries a comment this often. */
  eventStreamPingMs: 12_000,
} as const

/** How sockets are looked after. What a caller may cost stands in the limit table. */
export const socketLimits = {
  /** Answers that wait because the client does not read them; a socket with more is cut. */
  maxUnsentBytes: 33_554_432,
  /** A ping is sent this often; a socket that has not answered it by the next one is gone. */
  pingIntervalMs: 12_000,
  /** How often all sockets are looked at. */
  watchIntervalMs: 1_000,
  /** A client that takes nothing for this long while something waits for it is closed with `closeCodes.slowClient`. */
  stuckAfterMs: 10_000,
  /** How long a client may take to answer a close before its socket is cut. */
  closeTimeoutMs: 1_000,
  /** The same for a client that was closed because it takes nothing: the code stands behind all that it has not taken. */
  slowCloseTimeoutMs: 10_000,
} as const

/** With which code a socket is closed, besides those of graphql-transport-ws itself. */
export const closeCodes = {
  /** RFC 6455's "service restart": the gateway drains. Go on at another one, or at this one when it is back. */
  draining: 1012,
  /** The client has not taken what was sent to it. Of the codes that graphql-transport-ws leaves to the server. */
  slowClient: 4450,
  /** RFC 6455's "policy violation": more messages than the limit table allows. */
  tooManyMessages: 1008,
  /** The registry's "try again later": the caller has as many sockets open as the limit table allows. */
  tooManySockets: 1013,
  /** The same: too many credentials from its address were wrong, so this one was not looked at. */
  tooManyRefused: 1013,
  /** graphql-transport-ws: the server failed. */
  internalError: 4500,
} as const

/** How connections that stay open are closed when the server is. */
export const drainLimits = {
  /** One after the other in random order, on average this far apart, so that their clients do not come back all at once. */
  spacingMs: 5,
  /** However many there are, all are told within this time. */
  mostSpreadMs: 5_000,
} as const

/** How long what is under way may take to finish when the server is closed; what is left then is cut. */
export const drainMs = 10_000
