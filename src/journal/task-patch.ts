import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../domain/ports/journal.ts'
import type { Task } from '../domain/task.ts'

/** Null is "not told": what was known stays. */
const toProgress = (known: number | null, told: number | null): number | null =>
  known === null || told === null ? (known ?? told) : Math.max(known, told)

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
