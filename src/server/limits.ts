/** The one path that queries, mutations and subscriptions come to, over HTTP and over WebSocket alike. */
export const endpointPath = '/graphql'

/** What one caller may cost before anything of his is executed. The same on both transports. */
export const documentLimits = {
  /** Length of a document's text, in UTF-16 units: one long literal is one token only. */
  maxCharacters: 65_536,
  /** Lexical tokens. Keeps the checks that compare every field with every other one short. */
  maxTokens: 2_000,
  /** Levels of fields, fragments followed. The introspection of GraphiQL needs 15. */
  maxDepth: 16,
  /** Fields that execution would meet, fragments followed. */
  maxFields: 800,
  /** Fields under another name, fragments followed. */
  maxAliases: 60,
  /** Parsed documents are remembered until their texts together are this long, in UTF-16 units. */
  maxCachedCharacters: 2_097_152,
} as const

/** What one connection may cost over HTTP. */
export const httpLimits = {
  /** Largest request body, as received. */
  maxBodyBytes: 1_048_576,
  /** All header lines together. */
  maxHeaderBytes: 16_384,
  /** From the first byte of a request to the end of its headers. */
  headersTimeoutMs: 5_000,
  /** From the first byte of a request to the end of its body. */
  requestTimeoutMs: 10_000,
  /** How often slow connections are looked for. */
  timeoutCheckIntervalMs: 1_000,
  /** A connection on which nothing moves for this long is cut: its caller does not read. Event streams ping sooner. */
  idleTimeoutMs: 60_000,
} as const

/** What one socket may cost. */
export const socketLimits = {
  /** Largest message, as received. */
  maxMessageBytes: 1_048_576,
  /** From the opening of a socket to its `connection_init`. */
  initTimeoutMs: 5_000,
  /** Operations under way on one socket; a further one is refused, the socket stays. */
  maxOperations: 100,
  /** Answers that wait because the client does not read them; a socket with more is cut. */
  maxUnsentBytes: 33_554_432,
  /** A ping is sent this often; a socket that has not answered it by the next one is gone. */
  pingIntervalMs: 12_000,
} as const

/** How long what is under way may take to finish when the server is closed; what is left then is cut. */
export const drainMs = 10_000
