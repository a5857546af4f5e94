import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task, taskStates } from '../domain/task.ts'
import { toLostProblem } from './lost-problem.ts'

const pageSize = 200

const openStates = taskStates.filter((state) => !isFinal(state))

/** Those of all sites, also of ones that are no longer configured. */
const listAllOpenTasks = async (journal: Journal): Promise<readonly Task[]> => {
  const all: Task[] = []
  const everything = {
    sight: null,
    siteNames: null,
    states: openStates,
    operations: null,
    targetIds: null,
    limit: pageSize,
  }
  for (let hasMore = true; hasMore;) {
    const page = await journal.listTasks({ ...everything, olderThan: all.at(-1)?.id ?? null })
    all.push(...page.tasks)
    hasMore = page.hasMore && page.tasks.length > 0
  }
  return all
}

/**
 * Clears up what a former process has left between its intent and the vendor's answer, whatever site it was for. What was
 * PREPARED was never sent: it goes, and its key is free again. What was SENT without an answer becomes OUTCOME_UNKNOWN;
 * the tracker of its site then looks for it, and takes away what a send of several steps has left open. No site is asked
 * here, so that a gateway starts whatever its sites do.
 *
 * Run it once, before this process prepares anything: it cannot tell a former process's intents from those of this one.
 */
export const recoverIntents = async (
  journal: Journal,
  adapters: readonly VendorAdapter[],
  clock: Clock,
): Promise<void> => {
  const siteNames = new Set(adapters.map(({ siteName }) => siteName))
  for (const task of await listAllOpenTasks(journal)) {
    if (task.dispatch === 'PREPARED') await journal.release(task.id, 'PREPARED', null)
    if (task.dispatch !== 'SENT' || task.vendorTaskId !== null || task.state === 'OUTCOME_UNKNOWN') continue
    const problem = toLostProblem(task, siteNames.has(task.siteName))
    await journal.update(task.id, { state: 'OUTCOME_UNKNOWN', problem }, 'STATE_CHANGE', clock.now())
  }
}
