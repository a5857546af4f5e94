import type { TaskPatch } from '../domain/ports/journal.ts'
import type { CommitPolicy } from '../domain/protection.ts'
import type { Task } from '../domain/task.ts'

/*
 * A vendor may decide by itself on a recovery that waits. Where it does not tell when, that is reckoned from what was asked
 * for and from the first poll that found the recovery waiting.
 */

// The target had begun to wait before the first poll that saw it, so that the vendor decides earlier than was reckoned.
const earlierByMs = 15_000

/**
 * Since when a task waits, and when the vendor decides.
 *
 * @param told When the vendor decides, as the target says it; null where it does not.
 */
export const toWaiting = (
  task: Task,
  told: Date | null,
  at: Date,
): Required<Pick<TaskPatch, 'awaitingSince' | 'autoDecisionAt'>> => {
  const awaitingSince = task.awaitingSince ?? at
  const { policy = 'MANUAL', afterSeconds = null } = task.request?.decision ?? {}
  const reckoned =
    policy === 'MANUAL' || afterSeconds === null ? null : new Date(awaitingSince.getTime() + afterSeconds * 1_000)
  return { awaitingSince, autoDecisionAt: told ?? task.autoDecisionAt ?? reckoned }
}

/**
 * True when the vendor's commit policy explains that a recovery which nobody has decided on through the gateway was
 * decided like this by now.
 *
 * @param toldPolicy The policy as the target told it while it waited; null where it did not.
 */
export const isByPolicy = (
  task: Task,
  toldPolicy: CommitPolicy | null,
  outcome: Exclude<CommitPolicy, 'MANUAL'>,
  at: Date,
): boolean => {
  const decision = task.request?.decision ?? null
  if ((toldPolicy ?? decision?.policy) !== outcome) return false
  // It may have waited for less time than lies between two polls.
  const afterSeconds = decision?.afterSeconds ?? null
  const shortestMs = afterSeconds === null ? null : at.getTime() + afterSeconds * 1_000
  const dueMs = task.autoDecisionAt?.getTime() ?? shortestMs
  return dueMs !== null && at.getTime() >= dueMs - earlierByMs
}
