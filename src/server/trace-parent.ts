import type { TracePlace } from '../domain/ports/tracer.ts'

// W3C Trace Context: version, trace id, parent id, flags. Version 00 ends there, a later one may go on.
const form =
  /^(?!ff)(?<version>[\da-f]{2})-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})(?<more>-.*)?$/

const sampledFlag = 1

/** What a caller's `traceparent` says; null where it says nothing, or nothing that can be understood. */
export const parseTraceParent = (given: unknown): TracePlace | null => {
  const { version, traceId, spanId, flags, more } = (typeof given === 'string' ? form.exec(given)?.groups : null) ?? {}
  if (traceId === undefined || spanId === undefined || (version === '00' && more !== undefined)) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags ?? '', 16) & sampledFlag) === sampledFlag }
}
