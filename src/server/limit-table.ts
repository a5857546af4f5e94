import { GraphQLError } from 'graphql'
import { recordOf } from '../std/record-of.ts'

interface LimitRow {
  /** What holds where the configuration says nothing. */
  readonly usual: number
  readonly least: number
  readonly most: number
}

/**
 * What a caller may cost, one row for each key under `limits` of the configuration. The same on every transport.
 * `docs/limits.md` says what each is for, and a test compares the two.
 */
export const limitTable = {
  /** Largest body of an HTTP request, as received. */
  maxBodyBytes: { usual: 1_048_576, least: 1_024, most: 67_108_864 },
  /** All header lines of a request together. */
  maxHeaderBytes: { usual: 16_384, least: 2_048, most: 65_536 },
  /** Largest message on a socket, as received. */
  maxMessageBytes: { usual: 1_048_576, least: 1_024, most: 67_108_864 },
  /** Length of a document's text, in UTF-16 units: one long literal is one token only. */
  maxDocumentCharacters: { usual: 65_536, least: 1_024, most: 1_048_576 },
  /** Lexical tokens. Keeps the checks that compare every field with every other one short. */
  maxTokens: { usual: 2_000, least: 100, most: 20_000 },
  /** Levels of fields, fragments followed. The introspection of GraphiQL needs 15. */
  maxDepth: { usual: 16, least: 4, most: 50 },
  /** Fields under another name, fragments followed. */
  maxAliases: { usual: 60, least: 0, most: 1_000 },
  /** Directives on what is selected, fragments followed. */
  maxDirectives: { usual: 100, least: 0, most: 1_000 },
  /** Fields that stand in an operation, fragments followed. */
  maxFields: { usual: 800, least: 50, most: 10_000 },
  /** Fields that an answer may have: those of a list count for each of its objects. */
  maxCost: { usual: 250_000, least: 1_000, most: 10_000_000 },
  /** Calls to vendors that one operation may cause beyond the lists that are there anyway. */
  maxVendorCalls: { usual: 250, least: 1, most: 10_000 },
  /** Requests and operations of one caller in a second, all transports together. */
  maxRequestsPerSecond: { usual: 2_000, least: 1, most: 100_000 },
  /** Queries and mutations of one caller under way at once, all transports together. */
  maxConcurrentOperations: { usual: 1_000, least: 1, most: 100_000 },
  /** Sockets and event streams of one caller that are open at once. */
  maxSocketsPerCaller: { usual: 250, least: 1, most: 100_000 },
  /** Operations under way on one socket, subscriptions above all; a further one is refused, the socket stays. */
  maxSubscriptionsPerSocket: { usual: 100, least: 1, most: 10_000 },
  /** Messages and pings that one socket may send in a second; a socket with more is closed. */
  maxMessagesPerSecond: { usual: 500, least: 1, most: 100_000 },
  /** Credentials from one address that may be refused in a minute; further ones are not looked at for a while. */
  maxRefusedTokensPerMinute: { usual: 1_200, least: 10, most: 1_000_000 },
  /** Sockets from one address on which nobody has said yet who he is. */
  maxWaitingSocketsPerAddress: { usual: 2_000, least: 1, most: 100_000 },
  /** From the opening of a socket to its `connection_init`. */
  connectionInitTimeoutMs: { usual: 5_000, least: 100, most: 60_000 },
  /** From the first byte of a request to the end of its headers. */
  headersTimeoutMs: { usual: 5_000, least: 100, most: 60_000 },
  /** From the first byte of a request to the end of its body. */
  bodyTimeoutMs: { usual: 10_000, least: 100, most: 300_000 },
  /** From the beginning of a query or mutation to its answer. Longer than one call to a vendor may take. */
  responseDeadlineMs: { usual: 45_000, least: 1_000, most: 50_000 },
} as const satisfies Readonly<Record<string, LimitRow>>

export type LimitName = keyof typeof limitTable

/** Those that the server is made with. The others may change while it runs: they are read when they are needed. */
export const limitsOfStart: readonly LimitName[] = [
  'maxBodyBytes',
  'maxHeaderBytes',
  'maxMessageBytes',
  'connectionInitTimeoutMs',
  'headersTimeoutMs',
  'bodyTimeoutMs',
]

/** A value for each row of {@link limitTable}. */
export type ServerLimits = Readonly<Record<LimitName, number>>

const isLimitName = (name: string): name is LimitName => name in limitTable

export const limitNames: readonly LimitName[] = Object.keys(limitTable).filter(isLimitName)

export const usualLimits: ServerLimits = recordOf(limitNames, (name) => limitTable[name].usual)

/** How a refusal goes over HTTP. Other transports leave it out. */
interface HttpRefusal {
  readonly status: number
  /** True where GraphQL over HTTP answers `application/json` with 200 all the same. */
  readonly spec?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** The status of a request whose document is refused, by GraphQL over HTTP. */
const refusedDocument: HttpRefusal = { status: 400, spec: true }

/** The status of a caller who sends too much at once. */
export const tooManyRequests: HttpRefusal = { status: 429, headers: { 'retry-after': '1' } }

/** What a refusal says to programs: the key of the configuration, what it allows, and what was asked for where known. */
export const toLimitExtensions = (limits: ServerLimits, name: LimitName, requested: number | null) => ({
  code: 'LIMIT_EXCEEDED',
  limit: `limits.${name}`,
  allowed: limits[name],
  ...(requested === null ? {} : { requested }),
})

/** The body of an answer that refuses a request before GraphQL has been looked at. */
export const toLimitRefusal = (limits: ServerLimits, name: LimitName, what: string) => ({
  errors: [
    { message: `${what}; limits.${name} allows ${limits[name]}`, extensions: toLimitExtensions(limits, name, null) },
  ],
})

/**
 * A refusal.
 *
 * @param requested What was asked for; null where nobody has counted to the end.
 * @param what Says it to people: `The document is 50 levels deep`.
 */
export const toLimitError = (
  limits: ServerLimits,
  name: LimitName,
  requested: number | null,
  what: string,
  { http = refusedDocument, more = {} }: { readonly http?: HttpRefusal; readonly more?: object } = {},
): GraphQLError =>
  new GraphQLError(`${what}; limits.${name} allows ${limits[name]}`, {
    extensions: { ...toLimitExtensions(limits, name, requested), ...more, http },
  })
