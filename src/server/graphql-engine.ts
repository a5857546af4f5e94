import { getOperationAST, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { createYoga, handleStreamOrSingleExecutionResult, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import type { Session, Viewer } from '../domain/viewer.ts'
import type { GatewayContext } from '../graphql/context.ts'
import { gapsPlugin } from '../graphql/gaps-plugin.ts'
import type { StreamDelivery } from '../graphql/stream/stream-delivery.ts'
import { DocumentCache } from './document-cache.ts'
import { parseDocument } from './document-limits.ts'
import type { InFlight } from './in-flight.ts'
import { introspectionGate } from './introspection-gate.ts'
import { toLimitError, type ServerLimits } from './limit-table.ts'
import { endpointPath, mostCachedCharacters } from './limits.ts'
import { callerLimit, costLimit, responseDeadline } from './operation-limits.ts'
import { toPublicError, type ErrorScope } from './public-errors.ts'
import type { CallerLimits } from './rate-limits.ts'
import { requestParsing } from './request-parsing.ts'
import { eventStreamAnswers } from './sse-plugin.ts'

/** What every operation carries, whichever transport it came by. */
export interface OperationScope {
  readonly viewer: Viewer
  /** The socket that it came by; null for HTTP. */
  readonly session: Session | null
  readonly requestId: string
  /** Aborts when the caller has left or has ended the operation. */
  readonly signal: AbortSignal
  readonly delivery: StreamDelivery
}

/** What the server itself reads of what resolvers get. */
export type OperationContext = Pick<GatewayContext, 'gaps'>

/** Makes what resolvers get, once for each operation. */
export type MakeContext = (caller: {
  readonly viewer: Viewer
  readonly session: Session | null
  /** Aborts when the caller has left. Never for a mutation: what was begun goes on without him. */
  readonly signal: AbortSignal
  readonly delivery: StreamDelivery
}) => OperationContext

export type GraphqlEngine = YogaServerInstance<OperationScope, OperationContext>

interface PluginContext extends OperationScope {
  isMutation?: boolean
  late?: AbortController
}

/** Parses under the document limits, and tells {@link MakeContext} whether the operation is a mutation. */
const boundedParsing = (limits: ServerLimits): Plugin<PluginContext> => ({
  onParse({ params, setParseFn }) {
    setParseFn(() => parseDocument(params.source.toString(), limits))
    return ({ result, context, extendContext }) => {
      if (result === null || result instanceof Error) return
      const operation = getOperationAST(result, context.params.operationName)
      const type = operation?.operation
      extendContext({ isMutation: type === 'mutation', ...(type === 'query' ? { late: new AbortController() } : {}) })
    }
  },
})

/** When what resolvers do is to end: for a query when its caller has left or its time is over, for a mutation never. */
const toSignal = ({ signal, isMutation, late }: PluginContext): AbortSignal => {
  if (isMutation === true) return new AbortController().signal
  return late === undefined ? signal : AbortSignal.any([signal, late.signal])
}

/** Yoga counts what comes, and refuses it in its own words. */
const isBodyRefusal = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'REQUEST_ENTITY_TOO_LARGE'

const toBodyRefusal = (limits: ServerLimits): GraphQLError =>
  toLimitError(limits, 'maxBodyBytes', null, 'The request body is too large', { http: { status: 413 } })

const maskErrors = (result: ExecutionResult, scope: ErrorScope): ExecutionResult =>
  result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => toPublicError(error, scope)) }

/** Shows callers only what {@link toPublicError} lets through, at every place where an error can come from. */
const errorMasking = (logger: Logger): Plugin<PluginContext> => ({
  onPluginInit({ registerContextErrorHandler }) {
    registerContextErrorHandler(({ error, setError, context }) => {
      setError(toPublicError(error, { requestId: String(context['requestId']), logger }))
    })
  },
  onExecute({ args }) {
    const scope = { requestId: args.contextValue.requestId, logger }
    return {
      onExecuteDone: (payload) =>
        handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) => setResult(maskErrors(result, scope))),
    }
  },
  onSubscribe({ args }) {
    const scope = { requestId: args.contextValue.requestId, logger }
    return {
      onSubscribeResult: (payload) =>
        handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) => setResult(maskErrors(result, scope))),
      onSubscribeError: ({ error, setError }) => setError(toPublicError(error, scope)),
    }
  },
})

const executionTracking = (inFlight: InFlight): Plugin => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn((args) => inFlight.track(() => executeFn(args)))
  },
})

/** The GraphQL side of the server: one set of limits, masks and contexts that HTTP and WebSocket both go through. */
export const createGraphqlEngine = (options: {
  readonly schema: GraphQLSchema
  readonly makeContext: MakeContext
  readonly inFlight: InFlight
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly logger: Logger
}): GraphqlEngine => {
  const { schema, makeContext, inFlight, limits, callers, logger } = options
  return createYoga<OperationScope, OperationContext>({
    schema,
    graphqlEndpoint: endpointPath,
    maxRequestBodySize: limits.maxBodyBytes,
    batching: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    // Errors from outside of an operation: the plugin above has seen all the others before.
    maskedErrors: {
      maskError: (error) =>
        isBodyRefusal(error) ? toBodyRefusal(limits) : toPublicError(error, { requestId: 'none', logger }),
    },
    parserAndValidationCache: {
      documentCache: new DocumentCache(mostCachedCharacters),
      // What was refused is not worth remembering.
      errorCache: { get: () => undefined, set: () => undefined },
    },
    plugins: [
      requestParsing(),
      boundedParsing(limits),
      introspectionGate(),
      costLimit(schema, limits),
      gapsPlugin(),
      errorMasking(logger),
      executionTracking(inFlight),
      responseDeadline(limits),
      callerLimit(callers, limits),
      eventStreamAnswers(),
    ],
    context: (operation: PluginContext) => {
      const { viewer, session, delivery } = operation
      return makeContext({ viewer, session, delivery, signal: toSignal(operation) })
    },
  })
}
