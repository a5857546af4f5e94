import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { findProblem } from '../domain/errors.ts'
import type { Logger } from '../domain/ports/logger.ts'

/** Which request an error belongs to. */
export interface ErrorScope {
  /** Null where that is added later. */
  readonly requestId: string | null
  readonly logger: Logger
}

/** What was thrown, out of the wrappings that carry its place in the document. */
const unwrap = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined ? unwrap(error.originalError) : error

/** The same error with the id of its request, by which it is found in the log. */
export const withRequestId = (error: GraphQLError, requestId: string | null): GraphQLError => {
  if (requestId === null || 'requestId' in error.extensions) return error
  // A copy: what validation said of a document is remembered, and goes to the next caller, too.
  const { message, nodes, source, positions, path, originalError } = error
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    originalError,
    extensions: { ...error.extensions, requestId },
  })
}

/**
 * What a caller may see of an error. A GraphQL error and an expected problem are shown, the latter with its code and
 * its data; anything else is logged here, once, and masked. All have the id of their request.
 */
export const toPublicError = (error: unknown, { requestId, logger }: ErrorScope): GraphQLError => {
  const cause = unwrap(error)
  const located = error instanceof GraphQLError ? error : null
  if (cause instanceof GraphQLError) return withRequestId(located ?? cause, requestId)
  const id = requestId === null ? {} : { requestId }
  const place = located === null ? {} : { nodes: located.nodes, path: located.path }
  const problem = findProblem(cause)
  if (problem !== null) {
    const { message, ...extensions } = problem
    return new GraphQLError(message, { ...place, extensions: { ...extensions, ...id } })
  }
  logger.error('An operation failed unexpectedly', { requestId, path: located?.path, error: cause })
  const extensions = { code: 'INTERNAL_SERVER_ERROR', ...id }
  return new GraphQLError('Something went wrong inside the gateway', { ...place, extensions })
}

/** A result as callers may see it. */
export const maskErrors = (result: ExecutionResult, scope: ErrorScope): ExecutionResult =>
  result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => toPublicError(error, scope)) }

/** An error as a socket carries it: without the member that says how it would go over HTTP. */
export const toSocketError = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...shown } = error.toJSON()
  const { http: _http, ...rest } = extensions ?? {}
  return Object.keys(rest).length === 0 ? shown : { ...shown, extensions: rest }
}

const isRefused = (result: object): result is ExecutionResult & { readonly errors: readonly GraphQLError[] } =>
  'errors' in result && Array.isArray(result.errors)

/** The same result for {@link toSocketError}'s reader; a stream stays as it is. */
export const toSocketResult = <T extends object>(result: T, requestId: string): T => {
  if (!isRefused(result)) return result
  const errors = result.errors.map((error) => {
    const { http: _http, ...extensions } = error.extensions
    return new GraphQLError(error.message, {
      nodes: error.nodes,
      path: error.path,
      extensions: { requestId, ...extensions },
    })
  })
  return { ...result, errors }
}

/** The same result with the id of its request in every error; a stream stays as it is. */
export const withRequestIds = <T extends object>(result: T, requestId: string): T =>
  isRefused(result) ? { ...result, errors: result.errors.map((error) => withRequestId(error, requestId)) } : result

/** An answer with nothing but one error, for what is refused before GraphQL has been looked at. */
export const toRefusal = (code: string, message: string): { readonly errors: readonly unknown[] } => ({
  errors: [{ message, extensions: { code } }],
})
