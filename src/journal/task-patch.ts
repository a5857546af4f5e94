import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../domain/ports/journal.ts'
import { isFinal, type Task } from '../domain/task.ts'

/** Null is "not told": what was known stays. */
const toProgress = (known: number | null, told: number | null): number | null =>
  known === null || told === null ? (known ?? told) : Math.max(known, told)

/**
 * Whether a task takes a change: not when it is final, and a call that the vendor has accepted is not "not sent" any more,
 * whatever another gateway on the same store has concluded from what it read before.
 */
export const takesPatch = (task: Task, patch: TaskPatch): boolean =>
  !isFinal(task.state) && !(task.dispatch === 'ACCEPTED' && patch.dispatch === 'NOT_SENT')

/** The task after a change. Progress does not go back; `sent` goes into the request, where there is one. */
export const applyPatch = (task: Task, patch: TaskPatch, at: Date): Task => {
  const { sent, ...members } = patch
  const { request } = task
  return {
    ...task,
    ...members,
    progressPercent: toProgress(task.progressPercent, members.progressPercent ?? null),
    request: sent === undefined || request === null ? request : { ...request, sent },
    updatedAt: at,
  }
}

/** True when two states of a task differ in nothing but the time at which they were written. */
export const isSameTask = (one: Task, other: Task): boolean =>
  isDeepStrictEqual({ ...one, updatedAt: null }, { ...other, updatedAt: null })

/** Whether it was sent, and what became of it is neither known nor being looked for. */
export const awaitsAnswer = ({ dispatch, state, vendorTaskId }: Task): boolean =>
  dispatch === 'SENT' && vendorTaskId === null && state !== 'OUTCOME_UNKNOWN' && !isFinal(state)
