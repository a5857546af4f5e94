import { DomainError, type Problem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { WireCall } from '../domain/task.ts'
import type { ActionCommand, FreshTarget, RecoveryGuard } from './operation.ts'
import { listPlanChanges } from './plan-changes.ts'
import { parsePlanToken, toPlanFacts } from './plan-token.ts'
import {
  askEnd,
  findMachines,
  surveyRecovery,
  type RecoveryCommand,
  type SurveyDependencies,
} from './recovery-survey.ts'
import { listSplitBrainRisks, listUncheckedRisks } from './split-brain.ts'

/** A recovery that is about to be sent. */
export interface RecoveryToCheck {
  readonly command: ActionCommand
  readonly fresh: FreshTarget
  /** Exactly what would be sent. */
  readonly calls: readonly WireCall[]
  readonly guard: RecoveryGuard
  readonly reason: string | null
}

/** What goes into the task of a recovery that may be sent. */
export interface RecoveryChecked {
  /** The risks that the caller has accepted, a sentence each. */
  readonly overriddenRisks: readonly string[]
  /** What could not be found out. */
  readonly warnings: readonly Problem[]
}

const isRecovery = (command: ActionCommand): command is RecoveryCommand =>
  command.operation === 'FAILOVER' || command.operation === 'MOVE'

/** @throws INVALID_INPUT, PLAN_CHANGED */
const requirePlan = async (
  deps: SurveyDependencies,
  command: RecoveryCommand,
  { fresh, calls, guard: { planToken } }: RecoveryToCheck,
  signal: AbortSignal,
): Promise<void> => {
  if (planToken === null) return
  const plan = parsePlanToken(planToken)
  const path = 'input.planToken'
  const { kind, vendor, nativeId } = command.target
  if (plan.operation !== command.operation) throw DomainError.invalidInput(path, `is of a plan for ${plan.operation}`)
  if (plan.targetId !== toGlobalId(kind, vendor, nativeId)) {
    throw DomainError.invalidInput(path, 'is of a plan for another target')
  }
  const survey = await surveyRecovery(deps, command, fresh, signal)
  const changes = listPlanChanges(plan.facts, toPlanFacts(command, fresh, survey, calls))
  if (changes.length === 0) return
  const message = `${fresh.object.name}: it is not as it was planned (${changes.join('; ')}). Nothing was sent: plan again`
  throw new DomainError({ code: 'PLAN_CHANGED', message, changes })
}

const toUncheckedProblem = (evidence: readonly string[]): Problem => ({
  code: 'SPLIT_BRAIN_RISK',
  message: 'Whether one machine could come to run twice could not be found out whole',
  evidence,
})

/**
 * Checks what a failover or a move is guarded by, after the checks of its state: that no machine comes to run twice, and
 * that everything still is as it was planned. Reads only; a site that does not answer is waited for some seconds at most.
 *
 * @throws SPLIT_BRAIN_RISK, unless the caller allows it; PLAN_CHANGED; INVALID_INPUT for a plan of something else, or a
 * risk that is allowed without a reason.
 */
export const checkRecovery = async (
  deps: SurveyDependencies,
  recovery: RecoveryToCheck,
  signal: AbortSignal,
): Promise<RecoveryChecked> => {
  const { command, fresh, guard, reason } = recovery
  if (!isRecovery(command)) return { overriddenRisks: [], warnings: [] }
  if (guard.allowSplitBrainRisk && (reason === null || reason.trim() === '')) {
    throw DomainError.invalidInput('input.reason', 'is needed where allowSplitBrainRisk is given: it is kept')
  }
  const [machines, source] = await Promise.all([
    findMachines(deps, command, fresh),
    command.operation === 'MOVE' ? askEnd(deps, fresh.object.source, signal) : null,
    requirePlan(deps, command, recovery, signal),
  ])
  const around = { ...machines, source }
  const risks = listSplitBrainRisks(command, around)
  if (risks.length > 0 && !guard.allowSplitBrainRisk) {
    const advice =
      'Nothing was sent. Make sure that the machines cannot run twice, then send it again, under the same key if you like, with allowSplitBrainRisk: true and a reason'
    const message = `${fresh.object.name}: one machine could come to run twice. ${advice}`
    throw new DomainError({ code: 'SPLIT_BRAIN_RISK', message, evidence: risks })
  }
  const unchecked = listUncheckedRisks(command, around)
  return { overriddenRisks: risks, warnings: unchecked.length === 0 ? [] : [toUncheckedProblem(unchecked)] }
}
