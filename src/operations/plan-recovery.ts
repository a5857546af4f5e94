import { DomainError, findProblem, type Problem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { TargetDirectory } from '../domain/ports/target-directory.ts'
import type { PreparedCall, VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionState } from '../domain/protection.ts'
import type { RecoveryPoint } from '../domain/recovery-point.ts'
import type { Replication } from '../domain/replication.ts'
import { requireScope, scopeOf } from '../domain/required-scope.ts'
import type { DecisionPolicy, TaskTarget, WireCall } from '../domain/task.ts'
import type { Viewer } from '../domain/viewer.ts'
import { requireReach, toPlannerView, type CallerView } from './caller-view.ts'
import { listExclusiveIds, requireAllowed, requireIdle, requireOwnOptions } from './checks.ts'
import { findExpectedDuration, type ExpectedDuration } from './expected-duration.ts'
import { toFailoverCommand, type RecoveryChoice } from './failover.ts'
import { toMoveCommand } from './move.ts'
import type { FreshTarget, OptionBlock } from './operation.ts'
import { requireTarget } from './parse-ids.ts'
import { toPlanFacts, toPlanToken } from './plan-token.ts'
import { listPlanWarnings, listReverseWarnings, listTestWarnings, type PlanWarning } from './plan-warnings.ts'
import { readFresh } from './read-fresh.ts'
import { surveyRecovery, type RecoveryCommand, type RecoverySurvey, type SiteLook } from './recovery-survey.ts'

/** What a plan is made with. */
export interface PlanDependencies {
  readonly directory: TargetDirectory
  readonly journal: Journal
  readonly clock: Clock
}

/** What is to be planned: the input of the mutation without what is only of use when something is sent. */
export interface PlanInput extends RecoveryChoice {
  /** Global id of a replication or a group. */
  readonly targetId: string
  readonly options: readonly OptionBlock[]
}

/** What would happen, and what speaks against it. Nothing was sent. */
export interface RecoveryPlan {
  readonly operation: 'FAILOVER' | 'MOVE'
  readonly target: TaskTarget
  readonly targetName: string
  readonly state: ProtectionState
  readonly sites: readonly SiteLook[]
  /** Null for a move, for groups that have none of their own, and where none could be read. */
  readonly recoveryPoint: RecoveryPoint | null
  /** What would be lost, counted from the moment of the plan; 0 for a move, which transfers the rest; null where not known. */
  readonly lossSeconds: number | null
  /** In the order in which they start, where that is told. */
  readonly machines: readonly Replication[]
  readonly calls: readonly WireCall[]
  /** Null where nothing waits for a decision. */
  readonly decision: DecisionPolicy | null
  /** The gravest first. */
  readonly warnings: readonly PlanWarning[]
  /** Null when nothing like it was ever done here. */
  readonly expectedDuration: ExpectedDuration | null
  readonly planToken: string
  readonly plannedAt: Date
}

export type PlanResult =
  | { readonly kind: 'PLANNED'; readonly plan: RecoveryPlan }
  | { readonly kind: 'REFUSED'; readonly problem: Problem }

// As long as the checks of a mutation may take.
const deadlineMs = 30_000

const inStartOrder = (machines: readonly Replication[]): readonly Replication[] =>
  machines.toSorted(
    ({ vm: one, name }, { vm: other, name: otherName }) =>
      (one.startup?.order ?? Infinity) - (other.startup?.order ?? Infinity) || (name < otherName ? -1 : 1),
  )

/**
 * The last test failover of a target, or of the group it is in, that the vendor tells of or this gateway has seen. Who may
 * see the target may know when, whoever tested it.
 */
const findLastTest = async ({ object, target }: FreshTarget, journal: Journal): Promise<Date | null> => {
  const group = 'groupNativeId' in object ? object.groupNativeId : null
  const targetIds = [object.id, ...(group === null ? [] : [toGlobalId('ProtectionGroup', target.vendor, group)])]
  const query = {
    sight: null,
    siteNames: null,
    states: ['SUCCEEDED'],
    operations: ['TEST_FAILOVER'],
    targetIds,
  } as const
  const { tasks } = await journal.listTasks({ ...query, limit: 1, olderThan: null })
  const seen = tasks[0]?.endedAt ?? null
  const told = 'lastTestedAt' in object ? object.lastTestedAt : null
  return seen === null || (told !== null && told > seen) ? told : seen
}

/** What was read, and what would be sent. */
interface Ground {
  readonly view: CallerView
  readonly command: RecoveryCommand
  readonly adapter: VendorAdapter
  readonly fresh: FreshTarget
  readonly call: PreparedCall
  readonly survey: RecoverySurvey
}

const toPlan = async ({ journal, clock }: PlanDependencies, ground: Ground): Promise<RecoveryPlan> => {
  const { view, command, adapter, fresh, call, survey } = ground
  const { operation, target } = command
  const { id, name, state } = fresh.object
  const [lastTestedAt, expectedDuration] = await Promise.all([
    findLastTest(fresh, journal),
    findExpectedDuration(journal, { operation, targetId: id, siteName: adapter.siteName, sight: view.sight }),
  ])
  const plannedAt = clock.now()
  const warnings = [
    ...listPlanWarnings(command, fresh, survey),
    ...listTestWarnings(fresh, lastTestedAt, plannedAt),
    ...listReverseWarnings(fresh, call.isProtectedBack ?? !adapter.capabilities().supports.REVERSE),
  ]
  const facts = toPlanFacts(command, fresh, survey, call.calls)
  return {
    operation,
    target,
    targetName: name,
    state,
    sites: survey.looks,
    recoveryPoint: survey.recoveryPoint?.point ?? null,
    lossSeconds: survey.recoveryPoint === null ? 0 : survey.recoveryPoint.ageSeconds,
    machines: inStartOrder(survey.machines),
    calls: call.calls,
    decision: call.decision,
    warnings,
    expectedDuration,
    planToken: toPlanToken({ operation, targetId: id, plannedAt, facts }),
    plannedAt,
  }
}

/**
 * What a failover or a move would do if it were sent now. It takes every step that the mutation takes before it sends,
 * and refuses what the mutation would refuse; only what the caller can still decide about (a machine that could come to
 * run twice) is a warning here. Sends nothing that changes anything.
 */
export const planRecovery = async (
  deps: PlanDependencies,
  operation: 'FAILOVER' | 'MOVE',
  input: PlanInput,
  viewer: Viewer,
  signal: AbortSignal,
): Promise<PlanResult> => {
  const { directory, journal, clock } = deps
  try {
    requireScope(viewer, 'dr:read')
    const target = requireTarget(input.targetId)
    const options = requireOwnOptions(input.options, target.vendor)
    const command =
      operation === 'FAILOVER' ? toFailoverCommand(input, target, options) : toMoveCommand(target, options)
    const view = toPlannerView(viewer, scopeOf[operation])
    const toAbsent = (): DomainError => DomainError.notFound(input.targetId)
    if (view.touches !== null) requireReach(view, await directory.findPlaces(target), toAbsent)
    const limited = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
    const { adapter, fresh } = await readFresh(directory, input.targetId, target, limited)
    requireReach(view, directory.toPlaces(fresh.object), toAbsent)
    const capabilities = adapter.capabilities()
    requireAllowed(command, fresh, capabilities)
    const ids = await listExclusiveIds(fresh, directory)
    await requireIdle(command, fresh, { ids, capabilities, journal, sight: view.sight, now: clock.now() })
    const [call, survey] = await Promise.all([
      adapter.prepare(command, limited),
      surveyRecovery({ ...deps, view }, command, fresh, limited),
    ])
    return { kind: 'PLANNED', plan: await toPlan(deps, { view, command, adapter, fresh, call, survey }) }
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null) throw error
    return { kind: 'REFUSED', problem }
  }
}
