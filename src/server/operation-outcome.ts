import { GraphQLError } from 'graphql'
import type { OperationOutcome } from '../domain/ports/operation-observer.ts'

/** How an operation was answered. @param result One result, or a stream of them. */
export const toOutcome = (result: unknown): OperationOutcome => {
  if (typeof result !== 'object' || result === null || Symbol.asyncIterator in result) return 'OK'
  const hasErrors = 'errors' in result && result.errors !== undefined
  if (!hasErrors) return 'OK'
  return 'data' in result && result.data !== null && result.data !== undefined ? 'PARTIAL' : 'FAILED'
}

/** Whether GraphQL over HTTP has a say in the status of an error: then its request was read, also where nothing was to be run. */
export const isGraphqlRefusal = (result: unknown): boolean => {
  const errors: unknown = typeof result === 'object' && result !== null && 'errors' in result ? result.errors : null
  return Array.isArray(errors) && errors.some((error) => error instanceof GraphQLError && hasSpec(error))
}

const hasSpec = ({ extensions: { http } }: GraphQLError): boolean => http?.spec === true
