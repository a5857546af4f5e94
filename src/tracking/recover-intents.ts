import { DomainError } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Task } from '../domain/task.ts'

/** What an operator has to look for, because the gateway cannot tell. */
const toLostProblem = (task: Task) => {
  const operationId = task.request?.operationId ?? null
  const calls = task.request?.sent.map(({ method, path }) => `${method} ${path}`).join(', ') ?? ''
  const what = [
    task.operation,
    task.targetName === null ? '' : ` of ${task.targetName}`,
    calls === '' ? '' : ` (${calls})`,
  ].join('')
  const trace = operationId === null ? '' : `, and its log for the operation id ${operationId}`
  return DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message:
      `The gateway stopped while ${what} was on its way to the site ${task.siteName}. The site may have accepted it. ` +
      `It is not sent again: look at the site's tasks from ${task.startedAt.toISOString()} on${trace}`,
    siteName: task.siteName,
    operationId,
  }).problem
}

/**
 * Clears up what a former process has left between its intent and the vendor's answer. What was PREPARED was never sent:
 * it goes, and its key is free again. What was SENT without an answer becomes OUTCOME_UNKNOWN.
 *
 * Run it once, before this process prepares anything: it cannot tell a former process's intents from those of this one.
 */
export const recoverIntents = async (
  journal: Journal,
  adapters: readonly VendorAdapter[],
  clock: Clock,
): Promise<void> => {
  for (const { siteName } of adapters) {
    for (const task of await journal.listOpenTasks(siteName)) {
      if (task.dispatch === 'PREPARED') await journal.release(task.id)
      if (task.dispatch !== 'SENT' || task.vendorTaskId !== null || task.state === 'OUTCOME_UNKNOWN') continue
      const patch = { state: 'OUTCOME_UNKNOWN', problem: toLostProblem(task) } as const
      await journal.update(task.id, patch, 'STATE_CHANGE', clock.now())
    }
  }
}
