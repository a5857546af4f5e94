import { randomUUID } from 'node:crypto'
import { getOperationAST, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { createYoga, handleStreamOrSingleExecutionResult, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import type { Session, Viewer } from '../domain/viewer.ts'
import type { GatewayContext } from '../graphql/context.ts'
import { gapsPlugin } from '../graphql/gaps-plugin.ts'
import type { StreamDelivery } from '../graphql/stream/stream-delivery.ts'
import { acceptableTypes } from './acceptable-types.ts'
import { compiledExecution } from './compiled-execution.ts'
import { DocumentCache } from './document-cache.ts'
import { parseDocument } from './document-limits.ts'
import type { GrantWatch } from './grant-watch.ts'
import { keptAnswers, type ListVersions } from './kept-answers.ts'
import type { InFlight } from './in-flight.ts'
import { introspectionGate } from './introspection-gate.ts'
import { toLimitError, type ServerLimits } from './limit-table.ts'
import { endpointPath, mostCachedCharacters } from './limits.ts'
import { callerLimit, costLimit, responseDeadline } from './operation-limits.ts'
import { maskErrors, toPublicError, withRequestIds } from './public-errors.ts'
import type { CallerLimits } from './rate-limits.ts'
import { requestParsing } from './request-parsing.ts'
import { SharedEvents, type SubscriptionArgs } from './shared-events.ts'
import { eventStreamAnswers } from './sse-plugin.ts'
import { documentGate, type StoredDocuments } from './stored-documents.ts'

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
  readonly requestId: string
  /** Aborts when the caller has left. Never for a mutation: what was begun goes on without him. */
  readonly signal: AbortSignal
  readonly delivery: StreamDelivery
}) => OperationContext

export interface GraphqlEngine extends Pick<
  YogaServerInstance<OperationScope, OperationContext>,
  'handle' | 'getEnveloped' | 'dispose'
> {
  /** Runs a valid subscription, for a transport of its own. */
  subscribe(args: SubscriptionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>
}

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
})

/** Says in every error of an answer over HTTP which request it belongs to, also where nothing was executed. */
const errorIds = (): Plugin<object, OperationScope> => ({
  onResultProcess: (processing) => {
    const { result, serverContext } = processing
    if (!Array.isArray(result)) processing.setResult(withRequestIds(result, serverContext.requestId))
  },
})

const executionTracking = (inFlight: InFlight): Plugin => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn((args) => inFlight.track(() => executeFn(args)))
  },
})

const sharedSubscriptions = (shared: SharedEvents): Plugin<OperationScope> => ({
  onSubscribe: ({ args, setSubscribeFn }) => setSubscribeFn(() => shared.subscribe(args)),
})

/** The GraphQL side of the server: one set of limits, masks and contexts that HTTP and WebSocket both go through. */
export const createGraphqlEngine = (options: {
  readonly schema: GraphQLSchema
  readonly makeContext: MakeContext
  readonly inFlight: InFlight
  readonly versions: ListVersions
  readonly limits: ServerLimits
  readonly callers: CallerLimits
  readonly documents: StoredDocuments
  readonly grants: GrantWatch
  readonly logger: Logger
}): GraphqlEngine => {
  const { schema, makeContext, inFlight, limits, callers, documents, grants, logger, versions } = options
  const makeEventContext = (viewer: Viewer): OperationContext => {
    const signal = new AbortController().signal
    const delivery = { resumeAfter: null, cursor: null }
    return makeContext({ viewer, session: null, requestId: randomUUID(), signal, delivery })
  }
  const shared = new SharedEvents(makeEventContext, logger)
  const yoga = createYoga<OperationScope, OperationContext>({
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
        isBodyRefusal(error) ? toBodyRefusal(limits) : toPublicError(error, { requestId: null, logger }),
    },
    parserAndValidationCache: {
      documentCache: new DocumentCache(mostCachedCharacters, limits),
      // What was refused is not worth remembering.
      errorCache: { get: () => undefined, set: () => undefined },
    },
    plugins: [
      requestParsing(documents, logger),
      documentGate(documents),
      keptAnswers(schema, versions),
      compiledExecution(schema),
      sharedSubscriptions(shared),
      boundedParsing(limits),
      introspectionGate(),
      costLimit(schema, limits),
      gapsPlugin(),
      errorMasking(logger),
      executionTracking(inFlight),
      responseDeadline(limits),
      callerLimit(callers, limits),
      eventStreamAnswers(grants),
      acceptableTypes(),
      errorIds(),
    ],
    context: (operation: PluginContext) => {
      const { viewer, session, requestId, delivery } = operation
      return makeContext({ viewer, session, requestId, delivery, signal: toSignal(operation) })
    },
  })
  return {
    handle: yoga.handle,
    getEnveloped: yoga.getEnveloped,
    dispose: () => yoga.dispose(),
    subscribe: (args) => shared.subscribe(args),
  }
}
