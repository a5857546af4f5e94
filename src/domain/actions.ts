/** What may be done to a replication or a group, in the order a console shows the buttons. */
export const actions = [
  'UPDATE',
  'PAUSE',
  'RESUME',
  'SYNC',
  'STOP',
  'FAILOVER',
  'COMMIT_FAILOVER',
  'ROLLBACK_FAILOVER',
  'TEST_FAILOVER',
  'END_TEST_FAILOVER',
  'MOVE',
  'COMMIT_MOVE',
  'ROLLBACK_MOVE',
  'REVERSE',
  'CREATE_CHECKPOINT',
  'START_CLONE',
  'ABORT_CLONE',
] as const
export type Action = (typeof actions)[number]

/** What a task does: an action, the start of a replication, the putting aside of an alert, or work of the vendor's own. */
export const operations = [...actions, 'START_REPLICATION', 'DISMISS_ALERT', 'UNDISMISS_ALERT', 'OTHER'] as const
export type Operation = (typeof operations)[number]

/** How much harm a mistaken press does. DISRUPTIVE stops or moves machines; DESTRUCTIVE cannot be taken back. */
export const safetyClasses = ['REVERSIBLE', 'DISRUPTIVE', 'DESTRUCTIVE'] as const
export type SafetyClass = (typeof safetyClasses)[number]

export const safetyOf: Readonly<Record<Action, SafetyClass>> = {
  UPDATE: 'REVERSIBLE',
  PAUSE: 'REVERSIBLE',
  RESUME: 'REVERSIBLE',
  SYNC: 'REVERSIBLE',
  STOP: 'DESTRUCTIVE',
  FAILOVER: 'DISRUPTIVE',
  COMMIT_FAILOVER: 'DESTRUCTIVE',
  ROLLBACK_FAILOVER: 'DISRUPTIVE',
  TEST_FAILOVER: 'REVERSIBLE',
  END_TEST_FAILOVER: 'REVERSIBLE',
  MOVE: 'DISRUPTIVE',
  COMMIT_MOVE: 'DESTRUCTIVE',
  ROLLBACK_MOVE: 'DISRUPTIVE',
  REVERSE: 'DISRUPTIVE',
  CREATE_CHECKPOINT: 'REVERSIBLE',
  START_CLONE: 'REVERSIBLE',
  ABORT_CLONE: 'REVERSIBLE',
}

/** One button: may it be pressed now, and if not, why. `reason` is null exactly when `available` is true. */
export interface ActionAvailability {
  readonly action: Action
  readonly available: boolean
  readonly reason: string | null
  readonly safety: SafetyClass
}
