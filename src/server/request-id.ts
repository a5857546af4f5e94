import { randomUUID } from 'node:crypto'

/** What a caller may say of a request: headers, or the `extensions` of an operation on a socket, under the same names. */
type Said = Readonly<Record<string, unknown>>

const acceptable = /^[\w.:-]{1,64}$/

// W3C Trace Context: version, trace id, parent id, flags. Version 00 ends there, a later one may go on.
const traceParent =
  /^(?!ff)(?<version>[\da-f]{2})-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?<more>-.*)?$/

const findTraceId = (given: unknown): string | null => {
  const { version, traceId, more } = (typeof given === 'string' ? traceParent.exec(given)?.groups : null) ?? {}
  return traceId === undefined || (version === '00' && more !== undefined) ? null : traceId
}

/** The caller's own `x-request-id` where it is short and plain, else the trace id of `traceparent`; null without either. */
export const findRequestId = (said: Said): string | null => {
  const given = said['x-request-id']
  return typeof given === 'string' && acceptable.test(given) ? given : findTraceId(said['traceparent'])
}

/**
 * The id that a request goes by in the answer, in logs, in the audit log and at the vendor: {@link findRequestId}, else a
 * new one. At most 64 letters, digits, dots, colons, hyphens and underscores.
 */
export const toRequestId = (said: Said): string => findRequestId(said) ?? randomUUID()
