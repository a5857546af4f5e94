import type { inferredRefusals } from './vcda-inferred.ts'

/** The error body of this vendor, also inside tasks and as `lastError` of a replication. */
export interface ApiError {
  readonly args: readonly string[]
  readonly code: string
  readonly msg: string
  readonly stacktrace: string
}

/** Answers that the published pages of the calls name. The numbers of SiteNotFound and BadRequest go by analogy. */
export const refusals = {
  badRequest: { status: 400, code: 'BadRequest' },
  badUserInput: { status: 400, code: 'BadUserInput' },
  serviceNotLicensed: { status: 400, code: 'ServiceNotLicensed' },
  notAuthenticated: { status: 401, code: 'NotAuthenticated' },
  remoteAuthenticationFailure: { status: 401, code: 'RemoteAuthenticationFailure' },
  forbidden: { status: 403, code: 'Forbidden' },
  siteNotFound: { status: 404, code: 'SiteNotFound' },
  generalServerFailure: { status: 500, code: 'GeneralServerFailure' },
} as const

type RefusalKind = (typeof refusals)[keyof typeof refusals] | (typeof inferredRefusals)[keyof typeof inferredRefusals]

/** The four members in the vendor's order, with the Java trace that a real appliance hands to its callers. */
export const toApiError = (code: string, msg: string, args: readonly string[] = []): ApiError => ({
  args,
  code,
  msg,
  stacktrace: `com.vmware.h4.api.error.exceptions.${code}Exception: ${msg}\n\tat com.vmware.h4.c4.Simulated.run(Simulated.java:1)`,
})

/** Thrown by whatever answers a request; becomes the status and the error body. */
export class VcdaRefusal extends Error {
  readonly status: number
  readonly body: ApiError

  constructor(kind: RefusalKind, message: string, args: readonly string[] = []) {
    super(message)
    this.name = 'VcdaRefusal'
    this.status = kind.status
    this.body = toApiError(kind.code, message, args)
  }
}
