import type { Journal } from '../domain/ports/journal.ts'
import { findRunSeconds, medianOf, mostRunsLookedAt } from '../domain/run-duration.ts'
import type { Sight } from '../domain/sight.ts'
import type { Task } from '../domain/task.ts'

/** How long a recovery will probably take, by those of the past. */
export interface ExpectedDuration {
  /** The median, until the machines run at the destination: a wait for a decision is not counted. */
  readonly seconds: number
  /** Number of runs it was reckoned from, 1 or more. */
  readonly runCount: number
  /** Whether these were runs of the same target, or of others at the same site. */
  readonly basis: 'TARGET' | 'SITE'
}

/**
 * From the runs of the same operation that this gateway started and that went well: on the same target where there are
 * any, else at the same site; null when there are none.
 */
export const findExpectedDuration = async (
  journal: Journal,
  past: {
    readonly operation: Task['operation']
    readonly targetId: string
    readonly siteName: string
    /** Only runs that the caller may see count; null is all. */
    readonly sight: Sight | null
  },
): Promise<ExpectedDuration | null> => {
  const { operation, targetId, siteName, sight } = past
  const query = {
    sight,
    states: ['SUCCEEDED', 'AWAITING_DECISION'],
    operations: [operation],
    limit: mostRunsLookedAt,
  } as const
  const attempts = [
    { basis: 'TARGET', siteNames: null, targetIds: [targetId] },
    { basis: 'SITE', siteNames: [siteName], targetIds: null },
  ] as const
  for (const { basis, ...where } of attempts) {
    const { tasks } = await journal.listTasks({ ...query, ...where, olderThan: null })
    const seconds = tasks.flatMap((run) => findRunSeconds(run) ?? [])
    if (seconds.length > 0) return { seconds: medianOf(seconds), runCount: seconds.length, basis }
  }
  return null
}
