import { getOperationAST, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { createYoga, handleStreamOrSingleExecutionResult, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { GatewayContext } from '../graphql/context.ts'
import { gapsPlugin } from '../graphql/gaps-plugin.ts'
import { DocumentCache } from './document-cache.ts'
import { parseDocument } from './document-limits.ts'
import type { InFlight } from './in-flight.ts'
import { documentLimits, endpointPath, httpLimits } from './limits.ts'
import { toPublicError, type ErrorScope } from './public-errors.ts'
import { requestParsing } from './request-parsing.ts'

/** What every operation carries, whichever transport it came by. */
export interface OperationScope {
  readonly viewer: Viewer
  readonly requestId: string
  /** Aborts when the caller has left or has ended the operation. */
  readonly signal: AbortSignal
}

/** What the server itself reads of what resolvers get. */
export type OperationContext = Pick<GatewayContext, 'gaps'>

/** Makes what resolvers get, once for each operation. */
export type MakeContext = (caller: {
  readonly viewer: Viewer
  /** Aborts when the caller has left. Never for a mutation: what was begun goes on without him. */
  readonly signal: AbortSignal
}) => OperationContext

export type GraphqlEngine = YogaServerInstance<OperationScope, OperationContext>

interface PluginContext extends OperationScope {
  isMutation?: boolean
}

/** Parses under the document limits, and tells {@link MakeContext} whether the operation is a mutation. */
const boundedParsing = (): Plugin<PluginContext> => ({
  onParse({ params, setParseFn }) {
    setParseFn(() => parseDocument(params.source.toString()))
    return ({ result, context, extendContext }) => {
      if (result === null || result instanceof Error) return
      const operation = getOperationAST(result, context.params.operationName)
      extendContext({ isMutation: operation?.operation === 'mutation' })
    }
  },
})

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
  readonly logger: Logger
}): GraphqlEngine => {
  const { schema, makeContext, inFlight, logger } = options
  return createYoga<OperationScope, OperationContext>({
    schema,
    graphqlEndpoint: endpointPath,
    maxRequestBodySize: httpLimits.maxBodyBytes,
    batching: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    // Errors from outside of an operation: the plugin above has seen all the others before.
    maskedErrors: { maskError: (error) => toPublicError(error, { requestId: 'none', logger }) },
    parserAndValidationCache: {
      documentCache: new DocumentCache(documentLimits.maxCachedCharacters),
      // What was refused is not worth remembering.
      errorCache: { get: () => undefined, set: () => undefined },
    },
    plugins: [requestParsing(), boundedParsing(), gapsPlugin(), errorMasking(logger), executionTracking(inFlight)],
    context: ({ viewer, signal, isMutation }: OperationScope & { readonly isMutation?: boolean }) =>
      makeContext({ viewer, signal: isMutation === true ? new AbortController().signal : signal }),
  })
}
