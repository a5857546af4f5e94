import type { RecoveryPhase, RecoveryStatus } from '../../src/domain/protection.ts'
import type { TaskReading } from '../../src/domain/task.ts'

/** How a target stands in this phase of a recovery. */
export const sampleRecovery = (phase: RecoveryPhase, given: Partial<RecoveryStatus> = {}): RecoveryStatus => ({
  phase,
  pending: phase === 'NONE' ? null : 'FAILOVER',
  isTestRunning: phase === 'TESTING',
  testStage: phase === 'TESTING' ? 'RUNNING' : null,
  isPaused: false,
  isBlockedBySync: false,
  hasRecoveryPoint: true,
  since: null,
  commitPolicy: null,
  autoDecisionAt: null,
  recoveryPointNativeId: null,
  ...given,
})

/** What a vendor says of a failover that runs. */
export const sampleReading = (given: Partial<TaskReading> = {}): TaskReading => ({
  vendorTaskId: 'task-1',
  operation: 'FAILOVER',
  vendorOperation: 'FailoverBeforeCommit',
  state: 'RUNNING',
  progressPercent: 10,
  stage: null,
  startedAt: new Date('2026-01-01T00:00:01Z'),
  endedAt: null,
  startedBy: 'alice',
  target: null,
  targetName: null,
  problem: null,
  warnings: [],
  ...given,
})
