import { planTypes } from './vcda-inferred.ts'
import type { ActionTarget } from './vcda-sim-call.ts'
import type { ExecutedStep, SimExecution, SimPlan, SimPlanStep } from './vcda-sim-plan.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import { buildVersions, type ServedVersion } from './vcda-sim-version.ts'

/** How the recovery of one target went; milliseconds since 1970. */
interface Outcome {
  readonly execStart: number
  readonly execEnd: number
  readonly error: ApiError | null
}

/** `VappRecoveryExecution`; a VM that is in no vApp replication stands in one without a name. */
export const renderRecovery = (target: ActionTarget, outcome: Outcome): Rendered => {
  const { record, members } = target
  const isGroup = target.kind === 'vappReplication'
  const common = { owner: record.owner, sourceSite: record.source.site }
  return {
    ...common,
    vappName: isGroup ? target.record.name : null,
    vappReplicationId: isGroup ? record.id : null,
    vmRecoveryExecutions: members.map((member) => ({
      ...common,
      ...outcome,
      recoveryState: member.recoveryState,
      replicationId: member.id,
      result: outcome.error === null ? 'SUCCEEDED' : 'FAILED',
      vmName: member.vmName,
      warnings: [],
    })),
  }
}

const renderExecuted = ({ step, recoveries, ...executed }: ExecutedStep): Rendered => ({
  stepId: step.id,
  name: step.name,
  delay: step.delay,
  prompt: step.prompt,
  ...executed,
  recoveryExecutions: recoveries,
})

const renderNotExecuted = (step: SimPlanStep, sequence: number): Rendered => ({
  stepId: step.id,
  name: step.name,
  delay: step.delay,
  prompt: step.prompt,
  sequence,
  execStart: -1,
  execEnd: -1,
  isSkipped: false,
  result: null,
  waitedOnPrompt: 0,
  recoveryExecutions: [],
})

/** `RecoveryPlanExecutionInfo`. */
export const renderExecution = (plan: SimPlan, execution: SimExecution, version: ServedVersion): Rendered => ({
  id: execution.id,
  recoveryPlanId: plan.id,
  operation: execution.operation,
  result: execution.result,
  execStart: execution.execStart,
  execEnd: execution.execEnd,
  reportVersion: buildVersions[version],
})

/** `CloudRecoveryPlanExecutionReport`. */
export const renderReport = (plan: SimPlan, execution: SimExecution): Rendered => {
  const done = new Set(execution.executed.map(({ step }) => step))
  const isOpen = (step: SimPlanStep): boolean => !done.has(step)
  return {
    planId: plan.id,
    planName: plan.displayName,
    planDescription: plan.description,
    planOwner: plan.owner,
    planType: plan.isMigration ? planTypes.migration : planTypes.recovery,
    executionId: execution.id,
    operation: execution.operation,
    result: execution.result,
    site: execution.site,
    execStart: execution.execStart,
    execEnd: execution.execEnd,
    error: execution.error,
    executedSteps: execution.executed.map(renderExecuted),
    notExecutedSteps: plan.steps.flatMap((step, sequence) => (isOpen(step) ? [renderNotExecuted(step, sequence)] : [])),
  }
}
