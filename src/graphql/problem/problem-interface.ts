import type { Problem, ProblemCode } from '../../domain/errors.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'

export const ProblemCodeEnum = describedEnum<ProblemCode>(
  'ProblemCode',
  'Why something was refused or failed. Act on the code; the message is for people.',
  {
    INVALID_INPUT: 'The input breaks a rule; `fields` says where. Nothing was sent.',
    NOT_FOUND: 'Nothing is known under the id. Nothing was sent.',
    INVALID_STATE: 'The target is in a state that does not allow it. Nothing was sent.',
    CAPABILITY_UNSUPPORTED: 'The site, at its version, has no such thing. Nothing was sent.',
    PERMISSION_DENIED: 'The caller lacks the scope. Nothing was sent.',
    RATE_LIMITED: 'The site asked for fewer calls; `retryAfterSeconds` says when to come back.',
    VENDOR_REFUSED: 'The site understood and said no. Nothing was changed.',
    VENDOR_UNAVAILABLE: 'The site cannot be reached. Nothing was changed; the same key may be sent again.',
    VENDOR_PROTOCOL: 'The site answered something that is no answer.',
    TIMEOUT: 'The site did not answer in time.',
    CANCELLED: 'The caller went away before the answer came.',
    OUTCOME_UNKNOWN: 'The call left and its answer was lost: it may have been done. It is never sent again.',
    IDEMPOTENCY_MISMATCH: 'The key was used before with another input. Nothing was sent.',
    SPLIT_BRAIN_RISK: 'The same machine could come to run twice. Nothing was sent.',
    PLAN_CHANGED: 'What was planned is no longer how things are. Nothing was sent.',
    STORE_BUSY: "The gateway's own store is locked by somebody else. Nothing was sent: try again in a moment.",
    STORE_UNAVAILABLE:
      "The gateway's own store cannot be used (full, read-only, broken). Nothing was sent; what can be read goes on.",
  },
)

const typeNameOf: Readonly<Record<ProblemCode, string>> = {
  INVALID_INPUT: 'InvalidInput',
  NOT_FOUND: 'NotFound',
  INVALID_STATE: 'InvalidState',
  CAPABILITY_UNSUPPORTED: 'Unsupported',
  PERMISSION_DENIED: 'PermissionDenied',
  RATE_LIMITED: 'VendorProblem',
  VENDOR_REFUSED: 'VendorProblem',
  VENDOR_UNAVAILABLE: 'VendorProblem',
  VENDOR_PROTOCOL: 'VendorProblem',
  TIMEOUT: 'VendorProblem',
  CANCELLED: 'VendorProblem',
  OUTCOME_UNKNOWN: 'VendorProblem',
  IDEMPOTENCY_MISMATCH: 'IdempotencyMismatch',
  SPLIT_BRAIN_RISK: 'SplitBrainRisk',
  PLAN_CHANGED: 'PlanChanged',
  STORE_BUSY: 'StoreProblem',
  STORE_UNAVAILABLE: 'StoreProblem',
}

/** The name of the public type that shows a problem. */
export const toProblemTypeName = ({ code }: Pick<Problem, 'code'>): string => typeNameOf[code]

export const ProblemRef = builder.interfaceRef<Problem>('Problem')
ProblemRef.implement({
  description: 'An expected refusal or failure, as data. Every kind has a message for people and a code for programs.',
  resolveType: toProblemTypeName,
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What went wrong and what to do next, for people.' }),
    code: t.expose('code', { type: ProblemCodeEnum, description: 'What went wrong, for programs.' }),
  }),
})
