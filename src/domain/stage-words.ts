import type { Operation } from './actions.ts'
import type { TaskState } from './task.ts'

const whileRunning: Readonly<Record<Operation, string>> = {
  START_REPLICATION: 'setting up the replication',
  UPDATE: 'changing the settings',
  PAUSE: 'pausing the replication',
  RESUME: 'resuming the replication',
  SYNC: 'synchronising',
  STOP: 'removing the protection',
  FAILOVER: 'failing over',
  COMMIT_FAILOVER: 'committing the failover',
  ROLLBACK_FAILOVER: 'rolling the failover back',
  TEST_FAILOVER: 'starting the test',
  END_TEST_FAILOVER: 'ending the test',
  MOVE: 'moving',
  COMMIT_MOVE: 'committing the move',
  ROLLBACK_MOVE: 'rolling the move back',
  REVERSE: 'reversing the direction',
  CREATE_CHECKPOINT: 'creating the recovery point',
  START_CLONE: 'cloning',
  ABORT_CLONE: 'ending the clone',
  DISMISS_ALERT: 'putting the alert aside',
  UNDISMISS_ALERT: 'taking the alert back',
  OTHER: 'at work',
}

const atState: Readonly<Record<Exclude<TaskState, 'RUNNING'>, string>> = {
  ACCEPTED: 'accepted, not begun yet',
  AWAITING_DECISION: 'awaiting commit or rollback',
  SUCCEEDED: 'done',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  OUTCOME_UNKNOWN: 'finding out what became of it',
  UNKNOWN: 'in a state that is not known here',
}

/** What is going on, in plain words, where nothing better is known. */
export const toStageWords = (operation: Operation, state: TaskState): string =>
  state === 'RUNNING' ? whileRunning[operation] : atState[state]
