import type { Viewer } from '../domain/viewer.ts'
import { abortClone } from './abort-clone.ts'
import type { OperationDependencies } from './attempt.ts'
import type { AlertInput } from './dismiss-alert.ts'
import { commitFailover } from './commit-failover.ts'
import { commitMove } from './commit-move.ts'
import { createCheckpoint } from './create-checkpoint.ts'
import { endTestFailover } from './end-test-failover.ts'
import { failover } from './failover.ts'
import { move } from './move.ts'
import type { OperationResult, TargetInput, TargetOperation } from './operation.ts'
import { pauseReplication } from './pause-replication.ts'
import { planRecovery, type PlanInput, type PlanResult } from './plan-recovery.ts'
import { resumeReplication } from './resume-replication.ts'
import { reverseReplication } from './reverse-replication.ts'
import { rollbackFailover } from './rollback-failover.ts'
import { rollbackMove } from './rollback-move.ts'
import { OperationRunner } from './run-operation.ts'
import { startClone } from './start-clone.ts'
import type { StartReplicationInput } from './start-replication.ts'
import { stopReplication } from './stop-replication.ts'
import { syncReplication } from './sync-replication.ts'
import { testFailover } from './test-failover.ts'
import { updateReplication } from './update-replication.ts'

/**
 * All the gateway can do, by the name of the mutation, for one request. Refusals are data; what is thrown is a defect or a
 * broken store.
 */
export type Operations = ReturnType<typeof bindOperations>

const bindOperations = (deps: OperationDependencies, runner: OperationRunner, requestId: string | null) => {
  const on =
    <I extends TargetInput>(operation: TargetOperation<I>) =>
    (input: I, viewer: Viewer): Promise<OperationResult> =>
      runner.runOnTarget(operation, input, { viewer, requestId })
  return {
    abortClone: on(abortClone),
    commitFailover: on(commitFailover),
    commitMove: on(commitMove),
    createCheckpoint: on(createCheckpoint),
    endTestFailover: on(endTestFailover),
    failover: on(failover),
    move: on(move),
    pauseReplication: on(pauseReplication),
    resumeReplication: on(resumeReplication),
    reverseReplication: on(reverseReplication),
    rollbackFailover: on(rollbackFailover),
    rollbackMove: on(rollbackMove),
    startClone: on(startClone),
    stopReplication: on(stopReplication),
    syncReplication: on(syncReplication),
    testFailover: on(testFailover),
    updateReplication: on(updateReplication),
    dismissAlert: (input: AlertInput, viewer: Viewer): Promise<OperationResult> =>
      runner.runOnAlert('DISMISS_ALERT', input, { viewer, requestId }),
    undismissAlert: (input: AlertInput, viewer: Viewer): Promise<OperationResult> =>
      runner.runOnAlert('UNDISMISS_ALERT', input, { viewer, requestId }),
    /** Reads, and sends nothing. */
    planFailover: (input: PlanInput, viewer: Viewer, signal: AbortSignal): Promise<PlanResult> =>
      planRecovery(deps, 'FAILOVER', input, viewer, signal),
    /** Reads, and sends nothing. */
    planMove: (input: PlanInput, viewer: Viewer, signal: AbortSignal): Promise<PlanResult> =>
      planRecovery(deps, 'MOVE', input, viewer, signal),
    startReplication: (input: StartReplicationInput, viewer: Viewer): Promise<OperationResult> =>
      runner.start(input, { viewer, requestId }),
  }
}

/** Gives the operations of a request by its id; null for one without. All go one path, so that no mutation has a way of its own. */
export const createOperations = (deps: OperationDependencies): ((requestId: string | null) => Operations) => {
  const runner = new OperationRunner(deps)
  return (requestId) => bindOperations(deps, runner, requestId)
}
