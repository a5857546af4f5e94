import type { Action } from './actions.ts'
import type { Capability } from './capabilities.ts'
import type { ProtectionState } from './protection.ts'
import type { Vendor } from './vendor.ts'

/** Every reason for which something is refused or fails. Callers act on the code, never on the text. */
export const problemCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'INVALID_STATE',
  'CAPABILITY_UNSUPPORTED',
  'PERMISSION_DENIED',
  'RATE_LIMITED',
  'VENDOR_REFUSED',
  'VENDOR_UNAVAILABLE',
  'VENDOR_PROTOCOL',
  'TIMEOUT',
  'CANCELLED',
  'OUTCOME_UNKNOWN',
  'IDEMPOTENCY_MISMATCH',
  'SPLIT_BRAIN_RISK',
  'PLAN_CHANGED',
  'STORE_BUSY',
  'STORE_UNAVAILABLE',
] as const
export type ProblemCode = (typeof problemCodes)[number]

/** The codes of a problem that came from a vendor site, or from the way to it. */
export type VendorProblemCode = Extract<
  ProblemCode,
  | 'RATE_LIMITED'
  | 'VENDOR_REFUSED'
  | 'VENDOR_UNAVAILABLE'
  | 'VENDOR_PROTOCOL'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'OUTCOME_UNKNOWN'
>

/** The codes of a problem with the gateway's own store. Nothing was sent. */
export type StoreProblemCode = Extract<ProblemCode, 'STORE_BUSY' | 'STORE_UNAVAILABLE'>

export interface FieldProblem {
  /** Where in the input, e.g. `input.acme.networks`. */
  readonly path: string
  readonly message: string
}

/** What went wrong at a vendor site. `siteName` is the name from the configuration. */
export interface VendorProblemData {
  readonly code: VendorProblemCode
  readonly message: string
  readonly siteName: string
  /** The vendor's own error code, e.g. `NotAuthenticated`; null where it gave none. */
  readonly vendorCode: string | null
  /** The vendor's own words, without stack traces and secrets. */
  readonly vendorMessage: string | null
  readonly httpStatus: number | null
  readonly retryAfterSeconds: number | null
  /** Finds the call in the vendor's log, where the vendor keeps one. */
  readonly operationId: string | null
}

/** An expected refusal or failure, as data. */
export type Problem =
  | { readonly code: 'INVALID_INPUT'; readonly message: string; readonly fields: readonly FieldProblem[] }
  | { readonly code: 'NOT_FOUND'; readonly message: string; readonly id: string }
  | {
      readonly code: 'INVALID_STATE'
      readonly message: string
      readonly state: ProtectionState
      readonly availableActions: readonly Action[]
    }
  | {
      readonly code: 'CAPABILITY_UNSUPPORTED'
      readonly message: string
      readonly capability: Capability
      readonly vendor: Vendor
    }
  | { readonly code: 'PERMISSION_DENIED'; readonly message: string; readonly requiredScope: string }
  | VendorProblemData
  | { readonly code: 'IDEMPOTENCY_MISMATCH'; readonly message: string; readonly originalTaskId: string }
  | { readonly code: 'SPLIT_BRAIN_RISK'; readonly message: string; readonly evidence: readonly string[] }
  | { readonly code: 'PLAN_CHANGED'; readonly message: string; readonly changes: readonly string[] }
  | { readonly code: StoreProblemCode; readonly message: string }

/** Whether trying the same again may help: `gave-up` means that it was already tried more than once. */
export type RetryAdvice = 'never' | 'later' | 'gave-up'

/** What a vendor problem is made from; what is left out is null. */
export interface VendorProblemInput {
  readonly code: VendorProblemCode
  readonly message: string
  readonly siteName: string
  readonly vendorCode?: string | null
  readonly vendorMessage?: string | null
  readonly httpStatus?: number | null
  readonly retryAfterSeconds?: number | null
  readonly operationId?: string | null
  readonly retry?: RetryAdvice
  readonly cause?: unknown
}

/** The one error class of the gateway: a {@link Problem} that can be thrown. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly problem: Problem
  readonly retry: RetryAdvice

  constructor(problem: Problem, retry: RetryAdvice = 'never', cause?: unknown) {
    super(problem.message, cause === undefined ? undefined : { cause })
    this.problem = problem
    this.retry = retry
  }

  get code(): ProblemCode {
    return this.problem.code
  }

  static invalidInput(path: string, message: string): DomainError {
    return new DomainError({ code: 'INVALID_INPUT', message: `${path}: ${message}`, fields: [{ path, message }] })
  }

  static notFound(id: string, message = `Nothing is known under the id ${id}`): DomainError {
    return new DomainError({ code: 'NOT_FOUND', message, id })
  }

  static unsupported(capability: Capability, vendor: Vendor, message: string): DomainError {
    return new DomainError({ code: 'CAPABILITY_UNSUPPORTED', message, capability, vendor })
  }

  /** BUSY may pass by itself; UNAVAILABLE (full, read-only, broken) needs somebody. */
  static store(code: StoreProblemCode, message: string, cause: unknown): DomainError {
    return new DomainError({ code, message }, code === 'STORE_BUSY' ? 'later' : 'never', cause)
  }

  static vendor(input: VendorProblemInput): DomainError {
    const { retry = 'later', cause, ...given } = input
    const absent = { vendorCode: null, vendorMessage: null, httpStatus: null, retryAfterSeconds: null }
    return new DomainError({ ...absent, operationId: null, ...given }, retry, cause)
  }
}

/** The problem inside a thrown value, or null where the value is not an expected failure. */
export const findProblem = (thrown: unknown): Problem | null => (thrown instanceof DomainError ? thrown.problem : null)
