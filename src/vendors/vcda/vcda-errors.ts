import { DomainError, type VendorProblemData } from '../../domain/errors.ts'
import type { UpstreamReply } from '../../upstream/http-client.ts'
import { redact, redactText } from '../../upstream/redact.ts'
import { parseRetryAfterMs } from '../../upstream/retry.ts'
import { apiError, findJson, type ApiErrorWire } from './vcda-wire.ts'

/** What was asked of which site, for the text of a problem. */
export interface CallContext {
  readonly siteName: string
  /** READ changes nothing; WRITE does. */
  readonly effect: 'READ' | 'WRITE'
  /** e.g. `GET /vm-replications`, without ids that a caller has not seen. */
  readonly call: string
  /** Null for calls that carry none. */
  readonly operationId: string | null
}

/** The error body of an answer; both members null where it has none. `stacktrace` is never read. */
export const findApiError = (body: string): { readonly code: string | null; readonly message: string | null } => {
  const parsed = apiError.safeParse(findJson(body))
  if (!parsed.success) return { code: null, message: null }
  const { code, msg } = parsed.data
  return { code: code ?? null, message: typeof msg === 'string' ? redactText(msg) : null }
}

const statusMeaning = (
  reply: UpstreamReply,
  effect: CallContext['effect'],
): { readonly code: VendorProblemData['code']; readonly says: string } => {
  if (reply.status === 429) return { code: 'RATE_LIMITED', says: 'asked for fewer requests' }
  if (reply.status >= 400 && reply.status < 500) return { code: 'VENDOR_REFUSED', says: 'refused' }
  if (effect === 'WRITE') return { code: 'OUTCOME_UNKNOWN', says: 'gave an answer that leaves the outcome open' }
  if (reply.status >= 500) return { code: 'VENDOR_UNAVAILABLE', says: 'failed' }
  return { code: 'VENDOR_PROTOCOL', says: 'gave an answer that is none' }
}

/**
 * An answer with a status other than success, as a problem. A 4xx is a refusal before anything was done. Anything else
 * to a WRITE leaves open what was done: OUTCOME_UNKNOWN. The documents list codes as "including but not limited to",
 * so no rule here depends on a code but the two under 401.
 */
export const toVcdaError = (reply: UpstreamReply, context: CallContext): DomainError => {
  const { code, says } = statusMeaning(reply, context.effect)
  const vendor = findApiError(reply.body)
  const retryAfterMs = parseRetryAfterMs(reply.headers, new Date())
  const words = vendor.message ?? vendor.code
  return DomainError.vendor({
    code,
    message: `site ${context.siteName} ${says}: ${context.call} (${reply.status}${words === null ? '' : `: ${words}`})`,
    siteName: context.siteName,
    vendorCode: vendor.code,
    vendorMessage: vendor.message,
    httpStatus: reply.status,
    retryAfterSeconds: retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000),
    operationId: context.operationId,
    retry: code === 'RATE_LIMITED' || code === 'VENDOR_UNAVAILABLE' ? 'later' : 'never',
    cause: redact(findJson(reply.body) ?? reply.body),
  })
}

/** A successful answer that cannot be understood. To a WRITE it means that the task's id is lost. */
export const toNonsenseError = (reply: UpstreamReply, context: CallContext, why: string): DomainError =>
  DomainError.vendor({
    code: context.effect === 'WRITE' ? 'OUTCOME_UNKNOWN' : 'VENDOR_PROTOCOL',
    message: `site ${context.siteName} gave an answer that cannot be understood: ${context.call} (${why})`,
    siteName: context.siteName,
    httpStatus: reply.status,
    operationId: context.operationId,
    retry: context.effect === 'WRITE' ? 'never' : 'later',
    cause: redact(findJson(reply.body) ?? reply.body),
  })

/** An error inside a task, as data. */
export const toTaskProblem = (error: ApiErrorWire | null | undefined, siteName: string): VendorProblemData => {
  const vendorMessage = typeof error?.msg === 'string' ? redactText(error.msg) : null
  const vendorCode = error?.code ?? null
  return {
    code: 'VENDOR_REFUSED',
    message: vendorMessage ?? vendorCode ?? 'the vendor gave no reason',
    siteName,
    vendorCode,
    vendorMessage,
    httpStatus: null,
    retryAfterSeconds: null,
    operationId: null,
  }
}
