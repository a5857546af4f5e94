import type { Task } from './task.ts'

/** As many of the newest runs as are looked at for how long the next takes: what was long ago was another network. */
export const mostRunsLookedAt = 20

/**
 * How long a run took that went well, in whole seconds, until the machines run at the destination: a wait for a decision is
 * not counted. Null where it is not over, and for what others have started: that began by the vendor's own clock.
 */
export const findRunSeconds = ({ request, startedAt, awaitingSince, endedAt }: Task): number | null => {
  const end = awaitingSince ?? endedAt
  if (request === null || end === null || end < startedAt) return null
  return Math.round((end.getTime() - startedAt.getTime()) / 1000)
}

/** The median of at least one value, as a whole number. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0]
  return Math.round((low + high) / 2)
}

/** So many runs have to have gone well before anything is said about the next. */
const fewestRuns = 3

/**
 * How long runs like these take, in whole seconds: their median; null where there are too few.
 *
 * @param runs Runs of one operation at one site that went well.
 */
export const findUsualSeconds = (runs: readonly Task[]): number | null => {
  const seconds = runs.flatMap((run) => findRunSeconds(run) ?? [])
  return seconds.length < fewestRuns ? null : medianOf(seconds)
}

/**
 * How long a task will probably still take, in whole seconds, never negative; null where nothing can be said: it waits for
 * somebody, or nobody knows how it stands.
 *
 * @param usualSeconds What {@link findUsualSeconds} gives.
 */
export const findEtaSeconds = (task: Task, usualSeconds: number | null, now: Date): number | null => {
  const isUnderWay = (task.state === 'ACCEPTED' || task.state === 'RUNNING') && task.awaitingSince === null
  if (!isUnderWay || usualSeconds === null) return null
  const elapsedSeconds = Math.max(0, (now.getTime() - task.startedAt.getTime()) / 1000)
  return Math.max(0, Math.round(usualSeconds - elapsedSeconds))
}
