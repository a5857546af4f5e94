import { randomUUID } from 'node:crypto'
import { parseTraceParent } from './trace-parent.ts'

/** What a caller may say of a request: headers, or the `extensions` of an operation on a socket, under the same names. */
type Said = Readonly<Record<string, unknown>>

const acceptable = /^[\w.:-]{1,64}$/

/** The caller's own `x-request-id` where it is short and plain, else the trace id of `traceparent`; null without either. */
export const findRequestId = (said: Said): string | null => {
  const given = said['x-request-id']
  return typeof given === 'string' && acceptable.test(given)
    ? given
    : (parseTraceParent(said['traceparent'])?.traceId ?? null)
}

/**
 * The id that a request goes by in the answer, in logs, in the audit log and at the vendor: {@link findRequestId}, else a
 * new one. At most 64 letters, digits, dots, colons, hyphens and underscores.
 */
export const toRequestId = (said: Said): string => findRequestId(said) ?? randomUUID()
