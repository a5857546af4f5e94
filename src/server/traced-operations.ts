import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TraceFacts, TracePlace, Tracer, TraceSpan } from '../domain/ports/tracer.ts'
import { endpointPath } from './limits.ts'
import { toOutcome } from './operation-outcome.ts'
import { parseTraceParent } from './trace-parent.ts'

const serverFault = 500

const findErrors = (result: unknown): readonly unknown[] => {
  const errors: unknown = typeof result === 'object' && result !== null && 'errors' in result ? result.errors : null
  return Array.isArray(errors) ? errors : []
}

/** What the first error is called; null where it is called nothing. */
const findCode = (errors: readonly unknown[]): string | null => {
  for (const error of errors) {
    const extensions: unknown =
      typeof error === 'object' && error !== null && 'extensions' in error ? error.extensions : null
    const code: unknown =
      typeof extensions === 'object' && extensions !== null && 'code' in extensions ? extensions.code : null
    if (typeof code === 'string') return code
  }
  return null
}

/** Says of an operation what it was, and how it was answered. @param result One result, or a stream of them. */
export const noteAnswered = (
  span: TraceSpan | null,
  { type, name, result }: { readonly type: string | null; readonly name: string | null; readonly result: unknown },
): void => {
  if (span === null) return
  const outcome = toOutcome(result)
  if (type !== null) span.nameOperation(type, name, outcome === 'FAILED')
  span.note({ 'dr.outcome': outcome.toLowerCase(), 'error.type': findCode(findErrors(result)) })
  if (outcome === 'FAILED') span.fail(findCode(findErrors(result)) ?? 'BAD_REQUEST')
}

/** Says of an operation that its answer was a finished one, given again: such a one is that of a query without errors. */
export const noteKept = (span: TraceSpan | null, name: string | null): void => {
  if (span === null) return
  span.nameOperation('query', name, false)
  span.note({ 'dr.outcome': 'ok', 'dr.kept': true })
}

/** Answers a request as an operation of its caller's trace, else of one of its own. */
export const traceRequest = (
  tracer: Tracer,
  { request, response, requestId }: { request: IncomingMessage; response: ServerResponse; requestId: string },
  answer: (span: TraceSpan) => Promise<void>,
): Promise<void> => {
  const method = request.method ?? ''
  const facts: TraceFacts = { 'http.request.method': method, 'dr.request_id': requestId, 'dr.transport': 'http' }
  const parent = parseTraceParent(request.headers['traceparent'])
  return tracer.run({ kind: 'OPERATION', name: `${method} ${endpointPath}`, facts, parent }, async (span) => {
    await answer(span)
    // Who has left in the middle of his body is not answered.
    if (!response.headersSent) return
    span.note({ 'http.response.status_code': response.statusCode })
    if (response.statusCode >= serverFault) span.fail(String(response.statusCode))
  })
}

/** Where an operation on a socket comes from, and by which id it goes. */
interface SocketOrigin {
  /** Of the operation itself. */
  readonly extensions: Readonly<Record<string, unknown>>
  /** Of the socket. */
  readonly traceParent: TracePlace | null
  readonly requestId: string
}

/** The same for an operation on a socket. What is done when it has ended, is no part of it: a subscription lasts. */
export const traceSocketOperation = <T>(
  tracer: Tracer | null,
  { extensions, traceParent, requestId }: SocketOrigin,
  work: (span: TraceSpan | null) => Promise<T>,
): Promise<T> => {
  if (tracer === null) return work(null)
  const facts: TraceFacts = { 'dr.request_id': requestId, 'dr.transport': 'ws' }
  const parent = parseTraceParent(extensions['traceparent']) ?? traceParent
  return tracer.run({ kind: 'OPERATION', name: `WS ${endpointPath}`, facts, parent }, work)
}
