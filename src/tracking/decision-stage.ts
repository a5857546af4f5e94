import type { Action } from '../domain/actions.ts'
import type { Capabilities } from '../domain/capabilities.ts'
import { DomainError } from '../domain/errors.ts'
import type { TaskPatch } from '../domain/ports/journal.ts'
import type { RecoveryStatus } from '../domain/protection.ts'
import { isFinal, type Task, type TaskReading } from '../domain/task.ts'
import { isByPolicy } from './auto-decision.ts'

/*
 * A failover or move may end in two steps: the vendor's task succeeds, and the target then waits until somebody commits
 * the recovery or takes it back. For the caller that is one task, which is over when the decision has been carried out.
 */

/** What a task of this stage says in `Task.stage`; the stage is also how a restarted gateway knows where it was. */
export const decisionStages = {
  awaiting: 'awaiting commit or rollback',
  committing: 'committing',
  rollingBack: 'rolling back',
  autoCommitting: "committing by the vendor's commit policy",
  autoRollingBack: "rolling back by the vendor's commit policy",
} as const

/** How a task says that it has ended after a decision. */
export const endStages = {
  committed: 'committed',
  rolledBack: 'rolled back',
  autoCommitted: "committed by the vendor's commit policy",
  autoRolledBack: "rolled back by the vendor's commit policy",
} as const

const stageNames: ReadonlySet<string> = new Set(Object.values(decisionStages))

/** The actions that decide, for each operation that has to be decided on. */
const deciders: Partial<Record<Task['operation'], { readonly commit: Action; readonly rollback: Action }>> = {
  FAILOVER: { commit: 'COMMIT_FAILOVER', rollback: 'ROLLBACK_FAILOVER' },
  MOVE: { commit: 'COMMIT_MOVE', rollback: 'ROLLBACK_MOVE' },
}

/** The operations that decide on this task; none where its site carries it out in one step. */
export const listDeciders = (task: Task, capabilities: Capabilities): readonly Action[] => {
  const decider = deciders[task.operation]
  return decider !== undefined && capabilities.supports[decider.commit] ? [decider.commit, decider.rollback] : []
}

/** True when the target was seen to wait for the decision, or to carry it out. */
export const isInDecisionStage = (task: Task): boolean => task.stage !== null && stageNames.has(task.stage)

/**
 * What the gateway's own commits and rollbacks of the target say. PENDING is one whose end is not known yet. Null where
 * nobody has decided through the gateway.
 */
export type Verdict = 'COMMITTED' | 'ROLLED_BACK' | 'PENDING' | null

/** Who has decided how. */
export interface Verdicts {
  readonly verdict: Verdict
  /**
   * What the commits and rollbacks say that others have started: people, or the vendor by its own policy. Null where none
   * is known, which proves nothing: nobody may have looked for them.
   */
  readonly foreignVerdict: Verdict
}

/** Nothing is known to have decided. */
export const undecided: Verdicts = { verdict: null, foreignVerdict: null }

/** @param decisions The commits and rollbacks of the task's target, newest first. */
export const toVerdicts = (task: Task, decisions: readonly Task[]): Verdicts => ({
  verdict: toVerdict(
    task,
    decisions.filter(({ dispatch }) => dispatch !== 'FOREIGN'),
  ),
  foreignVerdict: toVerdict(
    task,
    decisions.filter(({ dispatch }) => dispatch === 'FOREIGN'),
  ),
})

const toVerdict = (task: Task, decisions: readonly Task[]): Verdict => {
  const decision = decisions.find(
    ({ state, startedAt }) => startedAt >= task.startedAt && (state === 'SUCCEEDED' || !isFinal(state)),
  )
  if (decision === undefined || decision.state === 'OUTCOME_UNKNOWN') return null
  if (decision.state !== 'SUCCEEDED') return 'PENDING'
  return decision.operation === deciders[task.operation]?.rollback ? 'ROLLED_BACK' : 'COMMITTED'
}

/** What is known of the target of a task that has to be decided on. */
export type TargetSighting =
  /** It could not be read now. */
  | { readonly kind: 'UNREADABLE' }
  /** The site does not know it; `reads` in a row have said so. */
  | ({ readonly kind: 'GONE'; readonly reads: number } & Verdicts)
  | ({
      readonly kind: 'SEEN'
      readonly recovery: RecoveryStatus
      /** How many reads in a row, this one included, have found the target in no recovery. */
      readonly restingReads: number
      /** How the target was when it last waited for a decision; null when this process has not seen it wait. */
      readonly waiting: RecoveryStatus | null
    } & Verdicts)

/** What the decision stage makes of a task; the other members are those of the vendor's task. */
export type DecisionPatch = Pick<TaskPatch, 'state' | 'stage' | 'endedAt' | 'problem' | 'warnings'>

// A target may show what its task has done a moment later, so that one look at rest does not prove that it is over.
const restingReadsNeeded = 2

const goneReadsAllowed = 3

const ended = (state: 'SUCCEEDED' | 'CANCELLED', stage: string | null, endedAt: Date): DecisionPatch => ({
  state,
  stage,
  endedAt,
})

const going = (state: 'RUNNING' | 'AWAITING_DECISION', stage: string | null): DecisionPatch => ({
  state,
  stage,
  endedAt: null,
})

const toUnseenWarning = (task: Task) =>
  DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message:
      'The site no longer waits for a decision, and it was not seen whether the recovery was committed or rolled back: ' +
      'look at the target',
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
  }).problem

const toGoneProblem = (task: Task) =>
  DomainError.vendor({
    code: 'OUTCOME_UNKNOWN',
    message: `The site ${task.siteName} no longer lists what was being recovered, so the outcome is not known`,
    siteName: task.siteName,
    operationId: task.request?.operationId ?? null,
  }).problem

/** The task goes on as it was: what the vendor's task has reached is not the end, and nothing better is known. */
const hold = (task: Task, reading: TaskReading | null): DecisionPatch =>
  isInDecisionStage(task)
    ? { state: task.state, stage: task.stage, problem: task.problem, endedAt: null }
    : going('RUNNING', reading?.stage ?? task.stage)

type Seen = Extract<TargetSighting, { kind: 'SEEN' }>

/** How it ends when it was seen how the decision was carried out. */
const endOf: ReadonlyMap<string | null, readonly ['SUCCEEDED' | 'CANCELLED', string]> = new Map([
  [decisionStages.committing, ['SUCCEEDED', endStages.committed]],
  [decisionStages.autoCommitting, ['SUCCEEDED', endStages.autoCommitted]],
  [decisionStages.rollingBack, ['CANCELLED', endStages.rolledBack]],
  [decisionStages.autoRollingBack, ['CANCELLED', endStages.autoRolledBack]],
])

const afterDecision = (task: Task, seen: Seen, at: Date): DecisionPatch => {
  const end = endOf.get(task.stage)
  if (end !== undefined) return ended(...end, at)
  if (seen.verdict === 'ROLLED_BACK') return ended('CANCELLED', endStages.rolledBack, at)
  if (seen.verdict === 'COMMITTED') return ended('SUCCEEDED', endStages.committed, at)
  // Nobody decided through the gateway, and it was over before the next look: the policy that was set is all there is.
  const policy = seen.waiting?.commitPolicy ?? null
  const isTakenBackByPolicy = isByPolicy(task, policy, 'ROLLBACK', at)
  if (seen.foreignVerdict === 'ROLLED_BACK' && !isTakenBackByPolicy) {
    return ended('CANCELLED', endStages.rolledBack, at)
  }
  if (isByPolicy(task, policy, 'COMMIT', at)) return ended('SUCCEEDED', endStages.autoCommitted, at)
  if (seen.recovery.phase === 'RECOVERED') return ended('SUCCEEDED', endStages.committed, at)
  if (isTakenBackByPolicy) return ended('CANCELLED', endStages.autoRolledBack, at)
  if (seen.foreignVerdict === 'COMMITTED') return ended('SUCCEEDED', endStages.committed, at)
  const guess = policy === 'ROLLBACK' ? ended('CANCELLED', endStages.rolledBack, at) : ended('SUCCEEDED', null, at)
  return { ...guess, warnings: [...task.warnings, toUnseenWarning(task)] }
}

/** The decision is being carried out. Who took it is told by the first look that sees it. */
const whileDeciding = (task: Task, seen: Seen, at: Date): DecisionPatch => {
  const isCommit = seen.recovery.phase === 'COMMITTING'
  const [plain, auto] = isCommit
    ? [decisionStages.committing, decisionStages.autoCommitting]
    : [decisionStages.rollingBack, decisionStages.autoRollingBack]
  if (task.stage === plain || task.stage === auto) return going('RUNNING', task.stage)
  const policy = (seen.waiting ?? seen.recovery).commitPolicy
  const isAuto = seen.verdict === null && isByPolicy(task, policy, isCommit ? 'COMMIT' : 'ROLLBACK', at)
  return going('RUNNING', isAuto ? auto : plain)
}

const atRest = (task: Task, reading: TaskReading | null, seen: Seen, at: Date): DecisionPatch => {
  if (seen.verdict === 'PENDING') return hold(task, reading)
  if (isInDecisionStage(task)) return afterDecision(task, seen, at)
  if (seen.verdict === 'ROLLED_BACK') return ended('CANCELLED', endStages.rolledBack, at)
  if (seen.verdict === 'COMMITTED') return ended('SUCCEEDED', endStages.committed, at)
  if (seen.foreignVerdict === 'ROLLED_BACK') return ended('CANCELLED', endStages.rolledBack, at)
  if (seen.restingReads < restingReadsNeeded) return hold(task, reading)
  return ended('SUCCEEDED', reading?.stage ?? null, reading?.endedAt ?? at)
}

const whenGone = (
  task: Task,
  reading: TaskReading | null,
  { reads, verdict, foreignVerdict }: Extract<TargetSighting, { kind: 'GONE' }>,
  at: Date,
): DecisionPatch => {
  const known = verdict ?? foreignVerdict
  if (known === 'COMMITTED') return ended('SUCCEEDED', endStages.committed, at)
  if (known === 'ROLLED_BACK') return ended('CANCELLED', endStages.rolledBack, at)
  if (reads < goneReadsAllowed) return hold(task, reading)
  return { state: 'OUTCOME_UNKNOWN', endedAt: null, problem: toGoneProblem(task) }
}

/**
 * What a look at the target makes of a failover or move; null where the vendor's task alone decides.
 *
 * @param reading The vendor's task as this poll found it; null when it is no longer listed.
 */
export const toDecisionPatch = (
  task: Task,
  reading: TaskReading | null,
  target: TargetSighting,
  at: Date,
): DecisionPatch | null => {
  if (reading?.state === 'FAILED' || reading?.state === 'CANCELLED') return null
  const vendorIsDone = reading?.state === 'SUCCEEDED' || isInDecisionStage(task)
  if (target.kind === 'SEEN') {
    const { phase } = target.recovery
    if (phase === 'AWAITING_COMMIT') return going('AWAITING_DECISION', decisionStages.awaiting)
    if (phase === 'COMMITTING' || phase === 'ROLLING_BACK') return whileDeciding(task, target, at)
    if (!vendorIsDone) return null
    if (phase === 'FAILING_OVER' || phase === 'MOVING') return going('RUNNING', reading?.stage ?? null)
    return phase === 'UNKNOWN' ? hold(task, reading) : atRest(task, reading, target, at)
  }
  if (!vendorIsDone) return null
  return target.kind === 'GONE' ? whenGone(task, reading, target, at) : hold(task, reading)
}
