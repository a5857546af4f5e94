import type { ActionTarget } from './vcda-sim-call.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** The vendor's four words; steps have the same. */
export type PlanState = 'NOT_STARTED' | 'RUNNING' | 'SUSPENDED' | 'COMPLETE'
/** What a run does. TEST was seen, the others follow it. */
export type PlanOperation = 'FAILOVER' | 'MIGRATE' | 'TEST' | 'CLEANUP'

/** A step: replications that are recovered together, then a wait, then a question to a person. */
export interface SimPlanStep {
  readonly id: string
  name: string
  /** Milliseconds between this step's recovery and the next step. */
  delay: number
  /** What a person has to confirm before the next step; null asks nobody. */
  prompt: string | null
  /** `C4VAPP-…` or `C4-…`. */
  replications: readonly string[]
  state: PlanState
}

/** What a run did in one step; the report's words. */
export interface ExecutedStep {
  readonly step: SimPlanStep
  readonly sequence: number
  readonly execStart: number
  readonly execEnd: number
  readonly isSkipped: boolean
  readonly result: 'SUCCEEDED' | 'FAILED'
  /** Milliseconds. */
  waitedOnPrompt: number
  readonly recoveries: readonly Rendered[]
}

/** One run of a plan. */
export interface SimExecution {
  readonly id: string
  readonly operation: PlanOperation
  readonly site: string
  readonly execStart: number
  /** -1 while it runs. */
  execEnd: number
  result: 'RUNNING' | 'SUCCEEDED' | 'FAILED'
  error: ApiError | null
  readonly executed: ExecutedStep[]
}

/** A recovery plan: steps in order, and what has become of its runs. */
export interface SimPlan {
  readonly id: string
  displayName: string
  description: string
  /** `org@site`. */
  owner: string
  readonly isMigration: boolean
  /** Milliseconds since 1970 at which its replications are synced; 0 is never. */
  scheduledSyncTime: number
  /** In order. */
  steps: SimPlanStep[]
  state: PlanState
  lastOperation: PlanOperation | null
  lastError: ApiError | null
  isSuspendRequested: boolean
  /** The step whose question waits for an answer. */
  promptStepId: string | null
  /** Goes on with a run that waits; null when none does. */
  goOn: ((at: number) => void) | null
  /** Oldest first. */
  readonly executions: SimExecution[]
}

/** A plan without steps that never ran. */
export const createPlan = (
  fresh: Pick<SimPlan, 'id' | 'displayName' | 'description' | 'owner' | 'isMigration'>,
): SimPlan => ({
  ...fresh,
  scheduledSyncTime: 0,
  steps: [],
  state: 'NOT_STARTED',
  lastOperation: null,
  lastError: null,
  isSuspendRequested: false,
  promptStepId: null,
  goOn: null,
  executions: [],
})

/** What a step recovers, as far as it is still there. */
export const targetsOf = (world: VcdaWorld, step: SimPlanStep): readonly ActionTarget[] =>
  step.replications.flatMap((id): readonly ActionTarget[] => {
    const group = world.groups.get(id)
    if (group !== undefined) return [{ kind: 'vappReplication', record: group, members: world.membersOf(group) }]
    const replication = world.replications.get(id)
    return replication === undefined ? [] : [{ kind: 'vmReplication', record: replication, members: [replication] }]
  })

/** `RecoveryPlanInfo`. */
export const renderPlan = (plan: SimPlan): Rendered => ({
  id: plan.id,
  displayName: plan.displayName,
  description: plan.description,
  owner: plan.owner,
  isMigration: plan.isMigration,
  scheduledSyncTime: plan.scheduledSyncTime,
  executionInfo: {
    state: plan.state,
    lastOperation: plan.lastOperation,
    lastError: plan.lastError,
    isSuspendRequested: plan.isSuspendRequested,
    promptStepId: plan.promptStepId,
  },
})

/** `RecoveryStepInfo`. */
export const renderStep = (world: VcdaWorld, plan: SimPlan, step: SimPlanStep): Rendered => {
  const members = targetsOf(world, step).flatMap((target) => target.members)
  return {
    id: step.id,
    recoveryPlanId: plan.id,
    name: step.name,
    sequence: plan.steps.indexOf(step),
    delay: step.delay,
    prompt: step.prompt,
    replications: step.replications,
    isRecovered: members.length > 0 && members.every(({ recoveryState }) => recoveryState === 'COMPLETE'),
    state: step.state,
  }
}
