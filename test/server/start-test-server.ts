import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql'
import { DomainError } from '../../src/domain/errors.ts'
import type { Viewer } from '../../src/domain/viewer.ts'
import { createTokenAuthentication } from '../../src/server/authentication.ts'
import { startGatewayServer, type GatewayServer, type GatewayServerOptions } from '../../src/server/gateway-server.ts'
import { lastingGrants } from '../../src/server/grant-watch.ts'
import { usualLimits } from '../../src/server/limit-table.ts'
import { createJsonLogger } from '../../src/telemetry/json-logger.ts'
import { everywhere } from '../support/viewer-of.ts'

/** An event source that a test feeds by hand, and that tells when it was let go. */
export class TestSource implements AsyncIterableIterator<number> {
  /** Resolves when the source was released. */
  readonly released: Promise<void>
  readonly #release: () => void
  #items: (number | Error)[] = []
  #wake: (() => void) | null = null
  #isReleased = false

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.released = promise
    this.#release = resolve
  }

  push(item: number | Error): void {
    this.#items.push(item)
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<number>> {
    while (this.#items.length === 0 && !this.#isReleased) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const item = this.#items.shift()
    if (item instanceof Error) throw item
    return item === undefined ? { done: true, value: undefined } : { done: false, value: item }
  }

  async return(): Promise<IteratorResult<number>> {
    this.#isReleased = true
    this.#wake?.()
    this.#release()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** What the tiny schema's resolvers get. */
interface TestContext {
  readonly viewer: Viewer
  readonly signal: AbortSignal
  readonly stage: Stage
  readonly gaps: GraphQLError[]
}

/** Where a test and the resolvers meet. */
export interface Stage {
  /** Each subscription's source, in the order in which they were opened. */
  readonly sources: TestSource[]
  /** Names of the root fields that ran. */
  readonly executed: string[]
  /** Signals of the operations that ran, in order. */
  readonly signals: AbortSignal[]
  /** Called when a `wait` field or a subscription begins. */
  began: () => void
  /** What a `wait` field waits for. */
  gate: Promise<void>
}

const requiredText = new GraphQLNonNull(GraphQLString)

const node: GraphQLObjectType = new GraphQLObjectType({
  name: 'Node',
  fields: () => ({ name: { type: requiredText, resolve: () => 'a node' }, next: { type: node, resolve: () => ({}) } }),
})

const wait = {
  type: requiredText,
  resolve: async (_source: unknown, _args: unknown, { stage, signal }: TestContext) => {
    stage.executed.push('wait')
    stage.signals.push(signal)
    stage.began()
    await stage.gate
    return 'waited'
  },
}

const colorType = new GraphQLEnumType({ name: 'Color', values: { RED: {}, BLUE: {} } })

const queryType = new GraphQLObjectType<unknown, TestContext>({
  name: 'Query',
  fields: {
    hello: {
      type: requiredText,
      args: { name: { type: GraphQLString } },
      resolve: (_source, args, { stage }) => {
        stage.executed.push('hello')
        return `hello ${String(args['name'] ?? 'you')}`
      },
    },
    paint: { type: colorType, args: { color: { type: colorType } }, resolve: (_source, args) => args['color'] },
    whoAmI: { type: requiredText, resolve: (_source, _args, { viewer }) => viewer.name },
    node: { type: node, resolve: () => ({}) },
    nodes: { type: new GraphQLList(node), resolve: () => [{}, {}] },
    shortList: {
      type: new GraphQLList(requiredText),
      resolve: (_source, _args, { gaps }) => {
        gaps.push(new GraphQLError('one site is silent', { path: ['shortList'] }))
        return ['a']
      },
    },
    broken: {
      type: GraphQLString,
      resolve: () => {
        throw new Error('secret-stack-detail')
      },
    },
    refused: {
      type: GraphQLString,
      resolve: () => {
        throw DomainError.invalidInput('first', 'must be at most 100')
      },
    },
    wait,
  },
})

const mutationType = new GraphQLObjectType<unknown, TestContext>({
  name: 'Mutation',
  fields: {
    act: {
      type: requiredText,
      resolve: (_source, _args, { stage }) => {
        stage.executed.push('act')
        return 'done'
      },
    },
    wait,
  },
})

const subscriptionType = new GraphQLObjectType<unknown, TestContext>({
  name: 'Subscription',
  fields: {
    count: {
      type: new GraphQLNonNull(GraphQLInt),
      subscribe: (_source, _args, { stage, signal }) => {
        const source = new TestSource()
        stage.sources.push(source)
        stage.signals.push(signal)
        stage.began()
        return source
      },
      resolve: (value: unknown) => value,
    },
    refusedAtOnce: {
      type: GraphQLInt,
      subscribe: () => {
        throw new Error('secret-stack-detail')
      },
    },
  },
})

const schema = new GraphQLSchema({ query: queryType, mutation: mutationType, subscription: subscriptionType })

/** A gateway server over a tiny schema, with what a test wants to know about it. */
export interface TestServer extends GatewayServer {
  readonly stage: Stage
  /** What the server logged. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
  /** Resolves at the next `wait` field or subscription that begins. */
  whenBegun(): Promise<void>
}

/** The token that {@link startTestServer} knows, as a header. */
export const validAuthorization = 'Bearer operator-token'
// SHA-256 of `operator-token`.
const validSha256 = '0850123315d21ab90f4f7236408a52ef6dbd6a02a6550e5c10dc73f4d993680e'

const anonymous = { name: 'anonymous', grants: everywhere(['dr:read', 'dr:introspect']) }

export const startTestServer = async (
  overrides: Partial<GatewayServerOptions> & { readonly isAnonymousAllowed?: boolean } = {},
): Promise<TestServer> => {
  const { isAnonymousAllowed = true, ...rest } = overrides
  const stage: Stage = { sources: [], executed: [], signals: [], began: () => undefined, gate: Promise.resolve() }
  const logged: Record<string, unknown>[] = []
  const server = await startGatewayServer({
    host: '127.0.0.1',
    port: 0,
    schema,
    makeContext: ({ viewer, signal }) => ({ viewer, signal, stage, gaps: [] }),
    authenticate: createTokenAuthentication({
      tokens: [{ name: 'operator', sha256: validSha256, grants: everywhere(['dr:read', 'dr:operate']) }],
      anonymous: isAnonymousAllowed ? anonymous : null,
    }),
    grants: lastingGrants,
    isGraphiqlEnabled: false,
    limits: usualLimits,
    corsOrigins: () => [],
    versions: { known: () => null, young: () => null },
    readiness: async () => ({ status: 'ready', sites: [], store: 'ok' }),
    onDraining: () => undefined,
    listRecoveries: async () => ({ recoveries: [], coverage: [] }),
    logger: createJsonLogger({ level: 'debug', write: (line) => logged.push(JSON.parse(line)) }),
    ...rest,
  })
  const whenBegun = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      stage.began = resolve
    })
  }
  return { ...server, stage, logged, whenBegun, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** An answer as it came, whatever it holds. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Sends one request exactly as told, header by header. */
export const send = async (
  url: string,
  options: {
    readonly method: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Buffer
  },
): Promise<RawAnswer> => {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const request = httpRequest(
    url,
    { method: options.method, headers: options.headers ?? {}, agent: false },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
    },
  )
  request.on('error', reject)
  request.end(options.body)
  return promise
}
