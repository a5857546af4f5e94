import { DomainError, type ProblemCode } from '../domain/errors.ts'

const refusals: readonly ProblemCode[] = ['VENDOR_REFUSED', 'RATE_LIMITED', 'VENDOR_UNAVAILABLE']

/** What went wrong before a change was sent, in the words that a send may end with: nothing reached the vendor. */
export const toUnsent = (siteName: string, error: unknown): unknown => {
  if (!(error instanceof DomainError) || error.code === 'VENDOR_UNAVAILABLE') return error
  const told = 'httpStatus' in error.problem ? error.problem : {}
  const message = `site ${siteName}: nothing was sent: ${error.message}`
  return DomainError.vendor({ ...told, code: 'VENDOR_UNAVAILABLE', message, siteName, retry: 'later', cause: error })
}

/** What the way to the site said of a change it could not finish: only CANCELLED and the refusals mean "not sent". */
export const toLostWrite = (siteName: string, error: unknown): unknown => {
  if (!(error instanceof DomainError)) return error
  if (error.code === 'CANCELLED' || refusals.includes(error.code)) return toUnsent(siteName, error)
  if (error.code === 'OUTCOME_UNKNOWN') return error
  return DomainError.vendor({ code: 'OUTCOME_UNKNOWN', message: error.message, siteName, retry: 'never', cause: error })
}

/** What went wrong in a step after which nothing has started yet, whether the step arrived or not. */
export const toNothingStarted = (siteName: string, error: unknown): unknown => {
  if (error instanceof DomainError && refusals.includes(error.code)) return error
  if (!(error instanceof DomainError) || error.code !== 'OUTCOME_UNKNOWN') return toUnsent(siteName, error)
  const message = `site ${siteName}: an answer was lost before the commit, so nothing has started`
  return DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message, siteName, retry: 'later', cause: error })
}
