import { isDeepStrictEqual } from 'node:util'
import { DomainError, type Problem } from '../domain/errors.ts'
import type { TaskPatch } from '../domain/ports/journal.ts'
import { isFinal, type Task, type TaskEvent, type TaskReading } from '../domain/task.ts'
import { toWaiting } from './auto-decision.ts'
import { type TargetSighting, toDecisionPatch } from './decision-stage.ts'

/** How many polls in a row may leave a task out before it counts as vanished. */
export const missedReadsAllowed = 3

/** What one successful poll has found out about one task. */
export interface Sighting {
  /** Null when the vendor does not list the task. */
  readonly reading: TaskReading | null
  /** How many polls in a row, this one included, have not listed it; 0 when `reading` is there. */
  readonly missedReads: number
  /** Null where the vendor's task alone tells the end. */
  readonly target: TargetSighting | null
  readonly at: Date
}

/** What to write into the journal, and as what. */
export interface TaskChange {
  readonly patch: TaskPatch
  /** PROGRESS when nothing but the percentage differs. */
  readonly kind: TaskEvent['kind']
}

const toVanishedProblem = (task: Task): Problem =>
  DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message: `The site ${task.siteName} no longer lists the task ${task.vendorTaskId ?? ''}, so its outcome is not known`,
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
  }).problem

const toProgress = (known: number | null, told: number | null): number | null =>
  known === null || told === null ? (known ?? told) : Math.max(known, told)

const addWarnings = (known: readonly Problem[], told: readonly Problem[]): readonly Problem[] => {
  const isNew = (warning: Problem) => !known.some((other) => isDeepStrictEqual(other, warning))
  return [...known, ...told.filter(isNew)]
}

/** A task that has begun is not ACCEPTED again because an older answer came late. */
const toState = (task: Task, reading: TaskReading): Task['state'] =>
  reading.state === 'ACCEPTED' && task.state === 'RUNNING' ? 'RUNNING' : reading.state

const fromReading = (task: Task, reading: TaskReading, at: Date): TaskPatch => {
  const state = toState(task, reading)
  return {
    state,
    stage: reading.stage,
    progressPercent: toProgress(task.progressPercent, reading.progressPercent),
    endedAt: isFinal(state) ? (reading.endedAt ?? at) : null,
    vendorOperation: reading.vendorOperation ?? task.vendorOperation,
    startedBy: reading.startedBy ?? task.startedBy,
    target: task.target ?? reading.target,
    targetName: task.targetName ?? reading.targetName,
    problem: reading.problem,
    warnings: addWarnings(task.warnings, reading.warnings),
  }
}

const fromSilence = (task: Task, missedReads: number): TaskPatch => {
  const isLost = missedReads >= missedReadsAllowed && task.state !== 'OUTCOME_UNKNOWN'
  return isLost ? { state: 'OUTCOME_UNKNOWN', endedAt: null, problem: toVanishedProblem(task) } : {}
}

/** A target that is seen in a recovery finds a lost task again. */
const toBase = (task: Task, { reading, missedReads, at }: Sighting, isSeenAtTarget: boolean): TaskPatch => {
  if (reading !== null) return fromReading(task, reading, at)
  return isSeenAtTarget ? { problem: null } : fromSilence(task, missedReads)
}

/** A deadline is told for as long as a decision is waited for. */
const toDeadline = (task: Task, state: Task['state'], { target, at }: Sighting): TaskPatch => {
  const told = target?.kind === 'SEEN' ? target.recovery.autoDecisionAt : null
  return state === 'AWAITING_DECISION' ? toWaiting(task, told, at) : { autoDecisionAt: null }
}

/**
 * What a poll makes of a task; null when there is nothing to write.
 *
 * A final task never changes, progress never goes back, and a task fails only when the vendor says that it has failed: a
 * task that the vendor no longer lists is kept for {@link missedReadsAllowed} polls and is then OUTCOME_UNKNOWN.
 */
export const nextTaskState = (task: Task, sighting: Sighting): TaskChange | null => {
  if (isFinal(task.state)) return null
  const { reading, target, at } = sighting
  const decision = target && toDecisionPatch(task, reading, target, at)
  const found = { ...toBase(task, sighting, decision !== null), ...decision }
  const patch = { ...found, ...toDeadline(task, found.state ?? task.state, sighting) }
  const next = { ...task, ...patch }
  if (isDeepStrictEqual(next, task)) return null
  const isOnlyProgress = isDeepStrictEqual({ ...next, progressPercent: task.progressPercent }, task)
  return { patch, kind: isOnlyProgress ? 'PROGRESS' : 'STATE_CHANGE' }
}
