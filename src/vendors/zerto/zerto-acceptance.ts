import { DomainError } from '../../domain/errors.ts'
import type { Acceptance } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import { findIdentifier } from './zerto-wire.ts'

/** The calls that are documented to answer with success and no body. */
const tasklessPattern = /\/CloneAbort$|^\/v1\/alerts\/[^/]+\/(?:dis|undis)miss$/

/**
 * What a success says: a task, in either of its two forms, or "done".
 *
 * @throws OUTCOME_UNKNOWN when a task was to come and none can be read: the site took the call, and nobody can follow it.
 */
export const toAcceptance = (siteName: string, call: WireCall, body: string): Acceptance => {
  const vendorTaskId = findIdentifier('TaskIdentifier', body)
  if (vendorTaskId !== null) return { kind: 'TASK', vendorTaskId }
  if (tasklessPattern.test(call.path)) return { kind: 'DONE' }
  throw DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message: `site ${siteName}: ${call.method} ${call.path} was taken, but the answer names no task`,
    siteName,
    retry: 'never',
  })
}
