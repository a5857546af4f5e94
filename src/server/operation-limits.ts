import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import { handleStreamOrSingleExecutionResult, type GraphQLParams, type Plugin } from 'graphql-yoga'
import type { OperationScope } from './graphql-engine.ts'
import { CostMeter, type DocumentCost } from './document-cost.ts'
import { toLimitError, tooManyRequests, type ServerLimits } from './limit-table.ts'
import type { CallerLimits } from './rate-limits.ts'

interface LimitedContext extends OperationScope {
  readonly params?: GraphQLParams
  /** Over HTTP only. */
  readonly request?: Request
  readonly cost?: DocumentCost
  readonly isMutation?: boolean
  /** Aborted when there was no answer in time. */
  readonly late?: AbortController
}

/** What `extensions.cost` of an answer says. */
const toCostExtension = (limits: ServerLimits, { requested, vendorCalls }: DocumentCost) => ({
  requested,
  limit: limits.maxCost,
  vendorCalls,
  vendorCallsLimit: limits.maxVendorCalls,
})

/** Why an operation of this cost is not run; null when it is. */
export const findCostRefusal = (limits: ServerLimits, cost: DocumentCost): GraphQLError | null => {
  const { requested, vendorCalls } = cost
  const more = { cost: toCostExtension(limits, cost) }
  if (requested > limits.maxCost) {
    return toLimitError(limits, 'maxCost', requested, `The operation may answer with ${requested} fields`, { more })
  }
  if (vendorCalls > limits.maxVendorCalls) {
    const what = `The operation may cause ${vendorCalls} calls to vendors`
    return toLimitError(limits, 'maxVendorCalls', vendorCalls, what, { more })
  }
  return null
}

/**
 * Refuses what costs too much, after it was found valid and before anything of it runs. Whoever sends
 * `"extensions": { "cost": true }` with a query or mutation is told its cost in `extensions.cost` of the answer.
 */
export const costLimit = (schema: GraphQLSchema, limits: ServerLimits): Plugin<LimitedContext> => {
  const meter = new CostMeter(schema)
  return {
    onValidate:
      ({ params }) =>
      ({ valid, context, setResult, extendContext }) => {
        if (!valid) return
        const { operationName, variables } = context.params ?? {}
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- yoga leaves open what its parser gives
        const cost = meter.measure(params.documentAST as DocumentNode, operationName ?? null, variables ?? {})
        const refusal = findCostRefusal(limits, cost)
        if (refusal !== null) setResult([refusal])
        else if (context.params?.extensions?.['cost'] === true) extendContext({ cost })
      },
    onExecute: ({ args }) => {
      const { cost } = args.contextValue
      if (cost === undefined) return {}
      return {
        onExecuteDone: (payload) =>
          handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) => {
            setResult({ ...result, extensions: { ...result.extensions, cost: toCostExtension(limits, cost) } })
          }),
      }
    },
  }
}

/**
 * Lets each caller have so many queries and mutations under way, and so many event streams open. Sockets count as event
 * streams do, and are counted where they are opened.
 */
export const callerLimit = (callers: CallerLimits, limits: ServerLimits): Plugin<LimitedContext> => ({
  onExecute: ({ args, setResultAndStopExecution }) => {
    const place = callers.beginOperation(args.contextValue.viewer.name)
    if (place !== null) return { onExecuteDone: () => place[Symbol.dispose]() }
    const what = 'Too many of your queries and mutations are under way'
    setResultAndStopExecution({
      errors: [toLimitError(limits, 'maxConcurrentOperations', null, what, { http: tooManyRequests })],
    })
    return {}
  },
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    const { viewer, request, signal } = args.contextValue
    if (request === undefined || signal.aborted) return
    const place = callers.openSocket(viewer.name)
    if (place !== null) {
      signal.addEventListener('abort', () => place[Symbol.dispose](), { once: true })
      return
    }
    const what = 'Too many of your sockets and event streams are open'
    setResultAndStopExecution({
      errors: [toLimitError(limits, 'maxSocketsPerCaller', null, what, { http: tooManyRequests })],
    })
  },
})

const toLateError = (limits: ServerLimits, isMutation: boolean): ExecutionResult => {
  const what = isMutation
    ? 'There is no answer in time, but what was begun goes on: ask with the same idempotency key'
    : 'There is no answer in time'
  return { errors: [toLimitError(limits, 'responseDeadlineMs', null, what, { http: { status: 504 } })] }
}

/** Answers a query or mutation that takes too long. A query is ended, a mutation goes on without its caller. */
export const responseDeadline = (limits: ServerLimits): Plugin<LimitedContext> => ({
  onExecute: ({ executeFn, setExecuteFn }) => {
    setExecuteFn(async (args) => {
      const { isMutation = false, late } = args.contextValue
      const { promise, resolve } = Promise.withResolvers<ExecutionResult>()
      const timer = setTimeout(() => {
        resolve(toLateError(limits, isMutation))
        late?.abort()
      }, limits.responseDeadlineMs)
      try {
        return await Promise.race([executeFn(args), promise])
      } finally {
        clearTimeout(timer)
      }
    })
  },
})
