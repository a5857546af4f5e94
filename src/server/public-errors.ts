import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { findProblem } from '../domain/errors.ts'
import type { Logger } from '../domain/ports/logger.ts'

/** Which request an error belongs to. */
export interface ErrorScope {
  readonly requestId: string
  readonly logger: Logger
}

/** What was thrown, out of the wrappings that carry its place in the document. */
const unwrap = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined ? unwrap(error.originalError) : error

/**
 * What a caller may see of an error. A GraphQL error and an expected problem are shown, the latter with its code and
 * its data; anything else is logged here, once, and masked.
 */
export const toPublicError = (error: unknown, { requestId, logger }: ErrorScope): GraphQLError => {
  const cause = unwrap(error)
  const located = error instanceof GraphQLError ? error : null
  if (cause instanceof GraphQLError) return located ?? cause
  const place = located === null ? {} : { nodes: located.nodes, path: located.path }
  const problem = findProblem(cause)
  if (problem !== null) {
    const { message, ...extensions } = problem
    return new GraphQLError(message, { ...place, extensions: { ...extensions, requestId } })
  }
  logger.error('An operation failed unexpectedly', { requestId, path: located?.path, error: cause })
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId }
  return new GraphQLError('Something went wrong inside the gateway', { ...place, extensions })
}

/** An error as a socket carries it: without the member that says how it would go over HTTP. */
export const toSocketError = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...shown } = error.toJSON()
  const { http: _http, ...rest } = extensions ?? {}
  return Object.keys(rest).length === 0 ? shown : { ...shown, extensions: rest }
}

const isRefused = (result: object): result is ExecutionResult & { readonly errors: readonly GraphQLError[] } =>
  'errors' in result && Array.isArray(result.errors)

/** The same result for {@link toSocketError}'s reader; a stream stays as it is. */
export const withoutHttp = <T extends object>(result: T): T => {
  if (!isRefused(result) || !result.errors.some(({ extensions }) => 'http' in extensions)) return result
  const errors = result.errors.map((error) => {
    const { http: _http, ...extensions } = error.extensions
    return new GraphQLError(error.message, { nodes: error.nodes, path: error.path, extensions })
  })
  return { ...result, errors }
}

/** An answer with nothing but one error, for what is refused before GraphQL has been looked at. */
export const toRefusal = (code: string, message: string): { readonly errors: readonly unknown[] } => ({
  errors: [{ message, extensions: { code } }],
})
