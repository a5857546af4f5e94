import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getOperationAST, type GraphQLSchema } from 'graphql'
import { createYoga, handleStreamOrSingleExecutionResult, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from '../domain/ports/logger.ts'
import type { OperationObserver } from '../domain/ports/operation-observer.ts'
import type { Session, Viewer } from '../domain/viewer.ts'
import type { GatewayContext } from '../graphql/context.ts'
import { gapsPlugin } from '../graphql/gaps-plugin.ts'
import type { StreamDelivery } from '../graphql/stream/stream-delivery.ts'
import { acceptableTypes } from './acceptable-types.ts'
import { DocumentCache, validOnce } from './document-cache.ts'
import { parseDocument } from './document-limits.ts'
import type { GrantWatch } from './grant-watch.ts'
import type { HttpTrail } from './http-trail.ts'
import { answerOrigins, type ListVersions } from './kept-answers.ts'
import type { InFlight } from './in-flight.ts'
import { observedOperations } from './observed-operations.ts'
import { introspectionGate } from './introspection-gate.ts'
import type { ServerLimits } from './limit-table.ts'
import { endpointPath, mostCachedCharacters } from './limits.ts'
import { callerLimit, costLimit, responseDeadline } from './operation-limits.ts'
import { maskErrors, toPublicError, withRequestIds } from './public-errors.ts'
import { queryExecution } from './query-execution.ts'
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
  /** Over HTTP only. */
  readonly trail?: HttpTrail
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
  'getEnveloped' | 'dispose'
> {
  /**
   * Answers an operation over HTTP, whose body stands on the trail of its scope; so does what follows on an answer that is a
   * stream of events.
   */
  answer(request: IncomingMessage, response: ServerResponse, scope: OperationScope): Promise<Response>
  /** Forgets every document that was parsed. What runs goes on to its end. */
  forgetDocuments(): void
  /** Runs a valid subscription, for a transport of its own. */
  subscribe(args: SubscriptionArgs): ReturnType<SharedEvents['subscribe']>
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
      const { params: request, trail } = context
      const isOf = getOperationAST(result, request.operationName)?.operation
      extendContext({
        isMutation: isOf === 'mutation',
        ...(isOf === 'query' ? { late: trail?.ending ?? new AbortController() } : {}),
      })
      if (trail !== undefined) trail.operationType = isOf ?? null
    }
  },
})

/** When what resolvers do is to end: for a query when its caller has left or its time is over, for a mutation never. */
const toSignal = ({ signal, isMutation, late }: PluginContext): AbortSignal => {
  if (isMutation === true) return new AbortController().signal
  return late === undefined || late.signal === signal ? signal : AbortSignal.any([signal, late.signal])
}

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
  readonly observer: OperationObserver | null
  /** Whether operations are told to a tracer. */
  readonly isTraced: boolean
  readonly logger: Logger
}): GraphqlEngine => {
  const { schema, makeContext, inFlight, limits, callers, documents, grants, logger, versions } = options
  const makeEventContext = (viewer: Viewer): OperationContext => {
    const signal = new AbortController().signal
    const delivery = { resumeAfter: null, cursor: null }
    return makeContext({ viewer, session: null, requestId: randomUUID(), signal, delivery })
  }
  const shared = new SharedEvents(makeEventContext, logger)
  const documentCache = new DocumentCache(mostCachedCharacters, limits)
  const yoga = createYoga<OperationScope, OperationContext>({
    schema,
    graphqlEndpoint: endpointPath,
    // The body has been read before.
    maxRequestBodySize: false,
    batching: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    // Errors from outside of an operation: the plugin above has seen all the others before.
    maskedErrors: { maskError: (error) => toPublicError(error, { requestId: null, logger }) },
    parserAndValidationCache: {
      documentCache,
      // What was refused is not worth remembering.
      errorCache: { get: () => undefined, set: () => undefined },
      validationCache: false,
    },
    plugins: [
      requestParsing(documents, limits, logger),
      documentGate(documents),
      observedOperations(options.observer, options.isTraced),
      answerOrigins(schema, versions),
      validOnce(documentCache),
      queryExecution(schema),
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
    answer: async (request, response, scope) => yoga.handleNodeRequestAndResponse(request, response, scope),
    getEnveloped: yoga.getEnveloped,
    dispose: () => yoga.dispose(),
    forgetDocuments: () => documentCache.forgetAll(),
    subscribe: (args) => shared.subscribe(args),
  }
}
