import type { TaskPatch } from '../domain/ports/journal.ts'
import { isFinal, type Task } from '../domain/task.ts'
import { toWaiting } from './auto-decision.ts'
import { decisionStages } from './decision-stage.ts'
import { isUnsettledWarning, toNeverHappenedProblem, toUnsettledWarning } from './lost-problem.ts'
import type { Finding } from './match-readings.ts'
import type { Trace } from './target-trace.ts'

/** How a task says that its target shows it although the site lists no task for it; also how a restarted gateway knows. */
export const seenAtTargetStage = 'seen at the target, not among the tasks of the site'

const foundStage = 'found again among the tasks of the site'

// The site may have forgotten by then what it did: that it lists nothing proves nothing any more.
const longestProofMs = 24 * 60 * 60 * 1_000

/** What was to be seen of a lost task apart from the site's tasks. */
export interface TargetSight {
  readonly trace: Trace
  /** For people. */
  readonly words: string
}

const adopted = (patch: TaskPatch, evidence: readonly string[], at: Date): TaskPatch => ({
  dispatch: 'ACCEPTED',
  problem: null,
  ...patch,
  reconciliation: { verdict: 'ADOPTED', evidence, at },
})

/**
 * Takes a task of the site for the lost one. How it ended, if it has ended, is for the next poll to say, which looks at the
 * target too.
 */
export const toFoundPatch = ({ reading, evidence }: Extract<Finding, { kind: 'FOUND' }>, at: Date): TaskPatch => {
  const { vendorTaskId, vendorOperation, state } = reading
  return adopted(
    { vendorTaskId, vendorOperation, state: isFinal(state) ? 'RUNNING' : state, stage: foundStage },
    evidence,
    at,
  )
}

/** Ends a task of which it is certain that it did not happen: the same may be asked for again. */
export const toNeverHappenedPatch = (task: Task, evidence: readonly string[], at: Date): TaskPatch => ({
  dispatch: 'NOT_SENT',
  state: 'FAILED',
  stage: 'did not happen',
  problem: toNeverHappenedProblem(task),
  endedAt: at,
  unfinishedSend: null,
  reconciliation: { verdict: 'DID_NOT_HAPPEN', evidence, at },
})

/** Ends a task whose end its target shows. */
export const toDonePatch = (evidence: readonly string[], at: Date): TaskPatch =>
  adopted({ state: 'SUCCEEDED', stage: 'done', progressPercent: 100, endedAt: at }, evidence, at)

/** The task stays open, and says why; null when it says so already. */
const toUnsettledPatch = (task: Task, evidence: readonly string[], stage: string | null): TaskPatch | null => {
  const warning = toUnsettledWarning(task, evidence)
  const isSaid = task.warnings.some(({ message }) => message === warning.message)
  if (isSaid && task.stage === stage) return null
  // What was said of it before is out of date.
  const others = task.warnings.filter((known) => !isUnsettledWarning(known))
  return { stage, warnings: [...others, warning] }
}

/**
 * What becomes of a lost task for which the time of waiting is over; null when there is nothing new to write.
 *
 * The target counts for more than the list of tasks: where it shows that the operation was carried out, or is, the task was
 * taken. That it did not happen is said only when a list that was read after that time has nothing that could be it, and
 * the target does not speak against it.
 */
export const settleLost = (
  task: Task,
  finding: Exclude<Finding, { kind: 'FOUND' }>,
  sight: TargetSight,
  at: Date,
): TaskPatch | null => {
  const evidence = [...finding.evidence, sight.words]
  const { trace } = sight
  if (trace === 'DONE') return toDonePatch(evidence, at)
  if (trace === 'IN_DECISION') {
    const waiting = {
      state: 'AWAITING_DECISION',
      stage: decisionStages.awaiting,
      ...toWaiting(task, null, at),
    } as const
    return adopted(waiting, evidence, at)
  }
  if (trace === 'UNDER_WAY') return toUnsettledPatch(task, evidence, seenAtTargetStage)
  const wasSeen = task.stage === seenAtTargetStage
  const isOpen = finding.kind === 'UNCLEAR' || at.getTime() - task.startedAt.getTime() > longestProofMs
  if (trace !== 'UNCLEAR' && !wasSeen && !isOpen) return toNeverHappenedPatch(task, evidence, at)
  return toUnsettledPatch(task, evidence, task.stage)
}
