import type { RecoveryRules } from '../domain/capabilities.ts'
import type { PendingRecovery, ProtectedObject, ProtectionState, RecoveryPhase } from '../domain/protection.ts'
import type { Task } from '../domain/task.ts'
import type { TargetView } from './target-view.ts'

/**
 * What a target says of an operation that was allowed on it when it was asked for: the rules of the actions make sure that
 * the target was not in the end state then.
 */
export type Trace =
  /** It is as the operation leaves it. */
  | 'DONE'
  /** The operation, or one like it, is being carried out. */
  | 'UNDER_WAY'
  /** A recovery of this kind waits to be committed or rolled back, or that is being done. */
  | 'IN_DECISION'
  /** It is as it was before the operation. */
  | 'ABSENT'
  /** This operation leaves nothing to be seen there. */
  | 'SILENT'
  /** Nothing can be said of it now. */
  | 'UNCLEAR'

type Look = (object: Pick<ProtectedObject, 'state' | 'sync' | 'recovery'>, rules: RecoveryRules) => Trace

const replicatingStates: ReadonlySet<ProtectionState> = new Set([
  'INITIALIZING',
  'SYNCING',
  'PROTECTED',
  'NOT_MEETING_TARGET',
])

const isTransferring: Look = ({ state, sync }) =>
  sync !== null || state === 'SYNCING' || state === 'INITIALIZING' ? 'UNCLEAR' : 'ABSENT'

const decisionPhases: ReadonlySet<RecoveryPhase> = new Set(['AWAITING_COMMIT', 'COMMITTING', 'ROLLING_BACK'])

const recovering =
  (moving: RecoveryPhase, own: PendingRecovery): Look =>
  ({ recovery: { phase, pending } }, rules) => {
    if (phase === 'NONE' || phase === 'TESTING') return 'ABSENT'
    if (phase === moving && (pending ?? own) === own) return 'UNDER_WAY'
    if (decisionPhases.has(phase) && pending === own) return 'IN_DECISION'
    // Where it may be recovered again, it may have been like this before.
    return phase === 'RECOVERED' && !rules.recoverAgainAfterRecovery ? 'DONE' : 'UNCLEAR'
  }

const committing: Look = ({ recovery: { phase } }) => {
  if (phase === 'AWAITING_COMMIT') return 'ABSENT'
  if (phase === 'COMMITTING') return 'UNDER_WAY'
  return phase === 'RECOVERED' ? 'DONE' : 'UNCLEAR'
}

// At rest it may as well have been committed, and be protected the other way round.
const rollingBack: Look = ({ recovery: { phase } }) => {
  if (phase === 'AWAITING_COMMIT') return 'ABSENT'
  return phase === 'ROLLING_BACK' ? 'UNDER_WAY' : 'UNCLEAR'
}

const silent: Look = () => 'SILENT'

const lookOf: Readonly<Partial<Record<Task['operation'], Look>>> = {
  UPDATE: silent,
  PAUSE: ({ recovery }) => (recovery.isPaused ? 'DONE' : 'ABSENT'),
  RESUME: ({ state, recovery }) => {
    if (recovery.isPaused) return 'ABSENT'
    return replicatingStates.has(state) ? 'DONE' : 'UNCLEAR'
  },
  SYNC: isTransferring,
  STOP: ({ state }) => (state === 'DELETING' ? 'UNDER_WAY' : 'ABSENT'),
  FAILOVER: recovering('FAILING_OVER', 'FAILOVER'),
  COMMIT_FAILOVER: committing,
  ROLLBACK_FAILOVER: rollingBack,
  TEST_FAILOVER: ({ recovery: { isTestRunning, testStage } }) => {
    if (testStage === 'STARTING') return 'UNDER_WAY'
    if (testStage === 'STOPPING') return 'UNCLEAR'
    return isTestRunning ? 'DONE' : 'ABSENT'
  },
  END_TEST_FAILOVER: ({ recovery: { isTestRunning, testStage } }) => {
    if (testStage === 'STOPPING') return 'UNDER_WAY'
    return isTestRunning ? 'ABSENT' : 'DONE'
  },
  MOVE: recovering('MOVING', 'MOVE'),
  COMMIT_MOVE: committing,
  ROLLBACK_MOVE: rollingBack,
  REVERSE: ({ recovery: { phase } }) => {
    if (phase === 'RECOVERED') return 'ABSENT'
    return phase === 'NONE' ? 'DONE' : 'UNCLEAR'
  },
  CREATE_CHECKPOINT: silent,
  START_CLONE: silent,
}

/** Reads what became of an operation off its target. What is not in the table can never be told: UNCLEAR. */
export const toTrace = (operation: Task['operation'], view: TargetView, rules: RecoveryRules): Trace => {
  if (view.kind === 'UNREADABLE') return 'UNCLEAR'
  if (view.kind === 'GONE') return operation === 'STOP' ? 'DONE' : 'UNCLEAR'
  const { object } = view
  const look = lookOf[operation]
  if (look === undefined) return 'UNCLEAR'
  if (look === silent) return 'SILENT'
  return object.state === 'UNKNOWN' || object.recovery.phase === 'UNKNOWN' ? 'UNCLEAR' : look(object, rules)
}

/** What a target showed, for people. */
export const toSightWords = (view: TargetView): string => {
  if (view.kind === 'UNREADABLE') return 'its target cannot be read'
  if (view.kind === 'GONE') return 'the site does not know its target'
  const { state, vendorState, recovery } = view.object
  const words = vendorState === '' ? state : `${state} (${vendorState})`
  return `its target is ${words}, with the recovery at ${recovery.phase}`
}
