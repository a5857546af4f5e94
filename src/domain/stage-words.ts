import type { Operation } from './actions.ts'
import type { TaskState } from './task.ts'

const whileRunning: Readonly<Record<Operation, string | null>> = {
  START_REPLICATION: 'setting up the replication',
  UPDATE: 'changing the settings',
  PAUSE: 'pausing',
  RESUME: 'resuming',
  SYNC: 'synchronising',
  STOP: 'removing the protection',
  FAILOVER: 'failing over',
  COMMIT_FAILOVER: 'committing',
  ROLLBACK_FAILOVER: 'rolling back',
  TEST_FAILOVER: 'starting the test',
  END_TEST_FAILOVER: 'ending the test',
  MOVE: 'moving',
  COMMIT_MOVE: 'committing',
  ROLLBACK_MOVE: 'rolling back',
  REVERSE: 'reversing',
  CREATE_CHECKPOINT: 'creating the recovery point',
  START_CLONE: 'cloning',
  ABORT_CLONE: 'ending the clone',
  DISMISS_ALERT: 'putting the alert aside',
  UNDISMISS_ALERT: 'taking the alert back',
  OTHER: null,
}

const atState: Readonly<Partial<Record<TaskState, string>>> = {
  SUCCEEDED: 'done',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/** What is going on, in plain words, where the vendor has none of its own. */
export const toStageWords = (operation: Operation, state: TaskState): string | null =>
  atState[state] ?? (state === 'RUNNING' ? whileRunning[operation] : null)
