import type { Action } from '../generated/graphql.ts'

/** How one action is called, and what a person has to know before pressing it. */
export interface OperationWords {
  /** On the button. */
  readonly label: string
  /** What it does, in the dialogue. */
  readonly effect: string
  /** On the button that sends it. */
  readonly press: string
}

export const operationWords: Readonly<Record<Action, OperationWords>> = {
  UPDATE: {
    label: 'Change settings',
    effect: 'Changes how it is protected. What you leave alone stays as it is.',
    press: 'Save settings',
  },
  PAUSE: {
    label: 'Pause',
    effect: 'Stops the transfer of data. The recovery points that exist are kept, and get older.',
    press: 'Pause replication',
  },
  RESUME: { label: 'Resume', effect: 'Goes on with the transfer of data.', press: 'Resume replication' },
  SYNC: {
    label: 'Synchronise',
    effect: 'Transfers what has changed now, without waiting for the next interval.',
    press: 'Synchronise now',
  },
  STOP: {
    label: 'Stop protection',
    effect: 'Ends the protection for good. The machines at the source go on running; the recovery points are lost.',
    press: 'Stop protection',
  },
  FAILOVER: {
    label: 'Fail over',
    effect: 'Starts the machines at the destination, from a recovery point. What was written after it is lost.',
    press: 'Fail over',
  },
  COMMIT_FAILOVER: {
    label: 'Commit failover',
    effect: 'Makes the failover final. It cannot be rolled back afterwards.',
    press: 'Commit',
  },
  ROLLBACK_FAILOVER: {
    label: 'Roll back failover',
    effect:
      'Takes the failover back: the machines at the destination are removed, and what was written on them is lost.',
    press: 'Roll back',
  },
  TEST_FAILOVER: {
    label: 'Test failover',
    effect: 'Starts copies at the destination in a test network. The source runs on, and stays protected.',
    press: 'Start test',
  },
  END_TEST_FAILOVER: {
    label: 'End test',
    effect: 'Removes the copies of the running test.',
    press: 'End test',
  },
  MOVE: {
    label: 'Move',
    effect:
      'Shuts the machines down at the source, transfers the rest, and starts them at the destination. Nothing is lost.',
    press: 'Move',
  },
  COMMIT_MOVE: {
    label: 'Commit move',
    effect: 'Makes the move final. It cannot be rolled back afterwards.',
    press: 'Commit',
  },
  ROLLBACK_MOVE: {
    label: 'Roll back move',
    effect: 'Takes the move back: the machines run at the source again.',
    press: 'Roll back',
  },
  REVERSE: {
    label: 'Reverse',
    effect: 'Protects the recovered machines the other way round, back to where they came from.',
    press: 'Reverse protection',
  },
  CREATE_CHECKPOINT: {
    label: 'Name a recovery point',
    effect: 'Marks this moment with a name, to find it again in a recovery.',
    press: 'Create',
  },
  START_CLONE: {
    label: 'Clone',
    effect: 'Copies the machines at the destination, as they were at a recovery point. The protection goes on.',
    press: 'Start clone',
  },
  ABORT_CLONE: {
    label: 'End clone',
    effect: 'Ends the copying. What was copied so far is removed.',
    press: 'End clone',
  },
}

/** Actions as they are laid out: what one comes for first, then what finishes it, then the rest. */
export const actionGroups: readonly {
  readonly title: string
  readonly actions: readonly Action[]
}[] = [
  { title: 'Decide', actions: ['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER', 'COMMIT_MOVE', 'ROLLBACK_MOVE'] },
  { title: 'Recover', actions: ['TEST_FAILOVER', 'END_TEST_FAILOVER', 'FAILOVER', 'MOVE', 'REVERSE'] },
  { title: 'Protect', actions: ['PAUSE', 'RESUME', 'SYNC', 'CREATE_CHECKPOINT', 'START_CLONE', 'ABORT_CLONE'] },
  { title: 'Manage', actions: ['UPDATE', 'STOP'] },
]
