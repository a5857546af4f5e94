import type { Task, TaskReading } from '../domain/task.ts'
import type { TargetViews } from './target-views.ts'

// Of these, the target's transfer is what takes the time.
const transferring: ReadonlySet<Task['operation']> = new Set([
  'START_REPLICATION',
  'RESUME',
  'SYNC',
  'FAILOVER',
  'MOVE',
  'REVERSE',
])

// The transfer may be over before the task is.
const mostPercent = 99

/**
 * The reading with the percentage that its target shows, while the vendor's task gives none of its own. Everything else
 * passes as it is, without a call.
 */
export const withObjectProgress = async (
  task: Task,
  reading: TaskReading | null,
  views: TargetViews,
): Promise<TaskReading | null> => {
  if (reading?.state !== 'RUNNING' || reading.progressPercent !== null) return reading
  const target = task.target ?? reading.target
  if (target === null || !transferring.has(task.operation)) return reading
  const view = await views.view(target)
  const percent = view.kind === 'SEEN' ? (view.object.sync?.percent ?? null) : null
  return { ...reading, progressPercent: percent === null ? null : Math.min(mostPercent, percent) }
}
