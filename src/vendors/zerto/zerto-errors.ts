import { DomainError, type VendorProblemInput } from '../../domain/errors.ts'
import { parseRetryAfterMs } from '../../upstream/retry.ts'
import type { UpstreamReply } from '../../upstream/http-client.ts'
import { redactText } from '../../upstream/redact.ts'

/** Which site was asked for what. */
export interface CallContext {
  readonly siteName: string
  /** In words, e.g. `GET /v1/vpgs`. Holds no secret. */
  readonly call: string
  /** The global id that a "not found" is about; null where the call names no object. */
  readonly objectId: string | null
}

const longestMessage = 500
const longestRetryAfterSeconds = 3600

/**
 * How a ZVM says in a 500 that an id names nothing. Inferred: no public source has the text, and some versions may
 * answer 404 instead.
 */
const unknownObjectPattern = /not (?:be )?found|does ?n[o']t exist|no such|unknown/i

/** vpgSettings answers are "... Exception occurred in API: <detail>;" (the vendor's SDK strips the same). */
const wrapperPattern = /^.*Exception occurred in API:\s*/s

const memberNames = ['message', 'errormessage', 'error_description', 'error']

/** The vendor's own words in an error body: `{"Message"}`, Keycloak's pair, or the pair of very old versions. */
export const findVendorMessage = (body: string): string | null => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null) return null
  const members = new Map(Object.entries(parsed).map(([name, value]): [string, unknown] => [name.toLowerCase(), value]))
  const text = memberNames.map((name) => members.get(name)).find((value) => typeof value === 'string' && value !== '')
  if (typeof text !== 'string') return null
  const detail = text.replace(wrapperPattern, '').trim()
  return redactText(detail === text.trim() ? detail : detail.replace(/;$/, '')).slice(0, longestMessage)
}

/** Keycloak's error code, e.g. `invalid_grant`. */
const findVendorCode = (body: string): string | null => {
  try {
    const parsed: unknown = JSON.parse(body)
    const code: unknown = typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : null
    return typeof code === 'string' ? code.slice(0, 100) : null
  } catch {
    return null
  }
}

const toProblem = (
  context: CallContext,
  reply: UpstreamReply,
  input: Pick<VendorProblemInput, 'code' | 'message'> & Partial<VendorProblemInput>,
): DomainError => {
  const vendorMessage = findVendorMessage(reply.body)
  const said = vendorMessage === null ? '' : `: ${vendorMessage}`
  return DomainError.vendor({
    siteName: context.siteName,
    httpStatus: reply.status,
    vendorMessage,
    retry: 'never',
    ...input,
    message: `site ${context.siteName}: ${input.message}${said}`,
  })
}

const toRateLimited = (context: CallContext, reply: UpstreamReply): DomainError => {
  const retryAfterMs = parseRetryAfterMs(reply.headers, new Date())
  const seconds = retryAfterMs === null ? null : Math.min(longestRetryAfterSeconds, Math.ceil(retryAfterMs / 1000))
  const message = `${context.call} was asked too often`
  return toProblem(context, reply, { code: 'RATE_LIMITED', message, retryAfterSeconds: seconds, retry: 'later' })
}

const isUnknownObject = (reply: UpstreamReply): boolean =>
  reply.status === 404 || (reply.status === 500 && unknownObjectPattern.test(findVendorMessage(reply.body) ?? ''))

/** True for a change that the site refused because the object that its path names is not there. */
export const isUnknownObjectRefusal = (error: unknown): boolean => {
  if (!(error instanceof DomainError) || error.problem.code !== 'VENDOR_REFUSED') return false
  const { httpStatus, vendorMessage } = error.problem
  return httpStatus === 404 || (httpStatus === 500 && unknownObjectPattern.test(vendorMessage ?? ''))
}

/** What an answer to a read that is no success means. */
export const toReadError = (context: CallContext, reply: UpstreamReply): DomainError => {
  const { status } = reply
  if (context.objectId !== null && isUnknownObject(reply)) return DomainError.notFound(context.objectId)
  if (status === 429) return toRateLimited(context, reply)
  if (status === 401) return toProblem(context, reply, { code: 'VENDOR_REFUSED', message: 'not signed in' })
  if (status === 403) {
    return toProblem(context, reply, { code: 'VENDOR_REFUSED', message: `the account may not ${context.call}` })
  }
  const isRefusal = (status >= 400 && status < 500) || (status === 500 && findVendorMessage(reply.body) !== null)
  if (isRefusal) return toProblem(context, reply, { code: 'VENDOR_REFUSED', message: `${context.call} was refused` })
  const message = `${context.call} answered ${status}`
  if (status >= 500) return toProblem(context, reply, { code: 'VENDOR_UNAVAILABLE', message, retry: 'later' })
  return toProblem(context, reply, { code: 'VENDOR_PROTOCOL', message, retry: 'later' })
}

/**
 * What an answer to a call that changes something means. A 500 with a Message is how this vendor states a business rule
 * (public issues of the vendor's own PowerShell module); any other 5xx may come from in front of it, so the outcome is
 * not known. A redirect was not followed, so nothing was done. A session that has ended is no word about the change: it
 * may be sent again.
 */
export const toWriteError = (context: CallContext, reply: UpstreamReply): DomainError => {
  const { status } = reply
  if (status === 429) return toRateLimited(context, reply)
  if (status === 401) {
    const message = 'not signed in; nothing was done, and the next call signs in again'
    return toProblem(context, reply, { code: 'VENDOR_UNAVAILABLE', message, retry: 'later' })
  }
  const isRefusal = status < 500 || (status === 500 && findVendorMessage(reply.body) !== null)
  if (isRefusal) return toProblem(context, reply, { code: 'VENDOR_REFUSED', message: `${context.call} was refused` })
  const message = `${context.call} answered ${status}: it is not known whether it was done`
  return toProblem(context, reply, { code: 'OUTCOME_UNKNOWN', message })
}

/** A sign-in that was answered with no. */
export const toSignInError = (context: CallContext, reply: UpstreamReply): DomainError => {
  if (reply.status === 429) return toRateLimited(context, reply)
  if (reply.status >= 500) {
    const message = `signing in answered ${reply.status}`
    return toProblem(context, reply, { code: 'VENDOR_UNAVAILABLE', message, retry: 'later' })
  }
  const vendorCode = findVendorCode(reply.body)
  return toProblem(context, reply, { code: 'VENDOR_REFUSED', message: 'signing in was refused', vendorCode })
}

/** A success whose body cannot be read. */
export const toProtocolError = (context: CallContext, reply: UpstreamReply, cause: Error): DomainError =>
  DomainError.vendor({
    code: 'VENDOR_PROTOCOL',
    message: `site ${context.siteName}: ${context.call} answered something unexpected: ${cause.message}`,
    siteName: context.siteName,
    httpStatus: reply.status,
    retry: 'later',
    cause,
  })
