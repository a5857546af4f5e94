import { isOver, type WatchedTask } from './watched-task.ts'

/** What it does, to what, and at which vendor, whose names may be the same: `Failover of db-01 (ACME)`. */
export const toTitle = ({ operation, targetName, vendor }: WatchedTask): string => {
  const words = operation.toLowerCase().replaceAll('_', ' ')
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return `${title}${targetName === null ? '' : ` of ${targetName}`} (${vendor})`
}

/** A length of time as people say it: `42 s`, `3 min 05 s`, `2 h 10 min`. */
export const toDuration = (durationMs: number): string => {
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** How long it may still take; empty where that cannot be told, or it has taken longer already. */
export const toOutlook = (leftMs: number | null): string =>
  leftMs === null || leftMs <= 0 ? '' : `, about ${toDuration(leftMs)} left`

/** The mutations that end the wait, by what waits. */
const decisions: Readonly<Record<string, string>> = {
  FAILOVER: 'commitFailover or rollbackFailover',
  MOVE: 'commitMove or rollbackMove',
}

/** What becomes of it when nobody decides, by what was asked for. */
const ownDecisions: Readonly<Record<string, string>> = { COMMIT: 'commits itself', ROLLBACK: 'rolls back by itself' }

/** Who must decide a task that waits for it, and what becomes of it when nobody does. */
export const toDecision = ({ operation, autoDecisionAt, request }: WatchedTask, now: Date): string => {
  const question = `waits for you to call ${decisions[operation] ?? 'the commit or the rollback'}`
  if (autoDecisionAt === null) return question
  const own = ownDecisions[request?.decision?.policy ?? ''] ?? 'is decided by the vendor'
  return `${question}; ${own} in ${toDuration(autoDecisionAt.getTime() - now.getTime())}`
}

/** The same in short, for a place that is narrow. */
export const toShortDecision = ({ autoDecisionAt, request }: WatchedTask, now: Date): string => {
  if (autoDecisionAt === null) return 'commit or rollback? waits for you'
  const own = ownDecisions[request?.decision?.policy ?? ''] ?? 'the vendor decides'
  return `commit or rollback? ${own} in ${toDuration(autoDecisionAt.getTime() - now.getTime())}`
}

/**
 * How long it took. What was started here began by the gateway's clock, so it ends by it too, not by the vendor's.
 */
const toTaken = ({ request, startedAt, endedAt }: WatchedTask, now: Date): string => {
  const end = request === null ? (endedAt ?? now) : now
  return toDuration(end.getTime() - startedAt.getTime())
}

/**
 * How the task stands, without its title: what a person has to know now.
 *
 * @param now For a task that is over, when the gateway has seen that.
 */
export const toStanding = (task: WatchedTask, now: Date): string => {
  const { state, stage, problem, warnings } = task
  if (state === 'AWAITING_DECISION') return toDecision(task, now)
  const said = warnings.map(({ message }) => `warning: ${message}`)
  if (isOver(task)) {
    return [
      `${state.toLowerCase()} after ${toTaken(task, now)}`,
      ...(problem === null ? [] : [problem.message]),
      ...said,
    ].join('; ')
  }
  const words = state === 'OUTCOME_UNKNOWN' ? 'outcome unknown, being looked for' : (stage ?? state.toLowerCase())
  return [words, ...(problem === null ? [] : [problem.message]), ...said].join('; ')
}
