import { DomainError, type Problem } from '../domain/errors.ts'
import type { Task } from '../domain/task.ts'

/** What was asked for, in words. */
const toWords = ({ operation, targetName, request }: Task): string => {
  const calls = request?.sent.map(({ method, path }) => `${method} ${path}`).join(', ') ?? ''
  return [operation, targetName === null ? '' : ` of ${targetName}`, calls === '' ? '' : ` (${calls})`].join('')
}

/** Says what an operator has to look for, while the gateway cannot tell. */
export const toLostProblem = (task: Task, isSiteConfigured: boolean): Problem => {
  const operationId = task.request?.operationId ?? null
  const trace = operationId === null ? '' : `, and its log for the operation id ${operationId}`
  const outlook = isSiteConfigured
    ? 'It is not sent again; the gateway looks for it there'
    : 'It is not sent again, and the site is no longer configured, so that the gateway cannot look for it'
  return DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message:
      `The gateway stopped while ${toWords(task)} was on its way to the site ${task.siteName}. The site may have accepted ` +
      `it. ${outlook}: see the site's tasks from ${task.startedAt.toISOString()} on${trace}`,
    siteName: task.siteName,
    operationId,
    retry: 'never',
  }).problem
}

/** Says that the same may be asked for again. */
export const toNeverHappenedProblem = (task: Task): Problem =>
  DomainError.vendor({
    code: 'VENDOR_UNAVAILABLE',
    message:
      `${toWords(task)} did not happen: the answer of the site ${task.siteName} was lost, and nothing of it is to be seen ` +
      'there. It is safe to ask for it again, with a new idempotency key',
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
  }).problem

const unsettled = 'What became of'

/** True for a warning that {@link toUnsettledWarning} has made. */
export const isUnsettledWarning = ({ code, message }: Problem): boolean =>
  code === 'OUTCOME_UNKNOWN' && message.startsWith(unsettled)

/** Says why it is still open what became of a task, with what was seen. */
export const toUnsettledWarning = (task: Task, evidence: readonly string[]): Problem =>
  DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message: `${unsettled} ${toWords(task)} is not clear: ${evidence.join('; ')}`,
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
    retry: 'never',
  }).problem
