import { actions, safetyOf, type Action, type ActionAvailability } from './actions.ts'
import type { Capabilities, RecoveryRules, TargetKind } from './capabilities.ts'
import type { ProtectionState, RecoveryStatus } from './protection.ts'

/** All that decides whether an action may be taken. */
export interface ActionFacts {
  readonly kind: TargetKind
  readonly state: ProtectionState
  readonly recovery: RecoveryStatus
  readonly capabilities: Capabilities
}

/** Why not, in a sentence for an operator; null when nothing speaks against it. */
type Rule = (state: ProtectionState, recovery: RecoveryStatus, rules: RecoveryRules) => string | null

const underWay: Readonly<Partial<Record<RecoveryStatus['phase'], string>>> = {
  FAILING_OVER: 'A failover is running',
  MOVING: 'A move is running',
  COMMITTING: 'A commit is running',
  ROLLING_BACK: 'A rollback is running',
  AWAITING_COMMIT: 'A recovery waits for commit or rollback: decide that first',
}

const whileUnderWay: Rule = (state, recovery) =>
  state === 'DELETING' ? 'It is being deleted' : (underWay[recovery.phase] ?? null)

const whileTestChanges: Rule = (_state, { testStage }) => {
  if (testStage === 'STARTING') return 'A test failover is starting: wait until it runs'
  return testStage === 'STOPPING' ? 'A test failover is being ended: wait until it is over' : null
}

const unlessDuringTest =
  (rule: 'failoverDuringTest' | 'moveDuringTest' | 'changeProtectionDuringTest'): Rule =>
  (_state, recovery, rules) =>
    recovery.isTestRunning && !rules[rule] ? 'A test failover is running: end it first' : null

const whenRecovered: Rule = (_state, recovery, rules) =>
  recovery.phase === 'RECOVERED' && !rules.recoverAgainAfterRecovery
    ? 'It has already been recovered: reverse it or stop it'
    : null

const whenUnconfigured: Rule = (state) =>
  state === 'NEEDS_CONFIGURATION' ? 'It needs configuration at the vendor first' : null

const withoutRecoveryPoint: Rule = (_state, recovery) => {
  if (recovery.isBlockedBySync) return 'Data is being synchronised in a way that makes a recovery impossible: wait'
  return recovery.hasRecoveryPoint === false ? 'There is no recovery point yet' : null
}

const whenRecoveredAtAll: Rule = (_state, recovery) =>
  recovery.phase === 'RECOVERED' ? 'It has been recovered and no longer replicates' : null

/** The first reason that any of the rules gives. */
const firstOf =
  (...rules: readonly Rule[]): Rule =>
  (state, recovery, traits) => {
    for (const rule of rules) {
      const reason = rule(state, recovery, traits)
      if (reason !== null) return reason
    }
    return null
  }

const decision =
  (pending: RecoveryStatus['pending'], word: string): Rule =>
  (_state, recovery) => {
    if (recovery.phase === 'AWAITING_COMMIT' && recovery.pending === pending) return null
    return `No ${word} waits for a decision`
  }

const changeProtection = firstOf(
  whileUnderWay,
  whileTestChanges,
  unlessDuringTest('changeProtectionDuringTest'),
  whenRecoveredAtAll,
  whenUnconfigured,
)

const recover = firstOf(whileUnderWay, whileTestChanges, whenRecovered, whenUnconfigured, withoutRecoveryPoint)

const notPaused: Rule = (_state, recovery) => (recovery.isPaused ? 'It is paused: resume it first' : null)

const stopRule: Rule = (state, recovery, rules) => {
  if (recovery.phase === 'AWAITING_COMMIT' && rules.stopBeforeCommit) return null
  if (recovery.isTestRunning) return 'A test failover is running: end it first'
  return whileUnderWay(state, recovery, rules)
}

const ruleOf: Readonly<Record<Action, Rule>> = {
  UPDATE: firstOf(whileUnderWay, whileTestChanges, whenRecoveredAtAll),
  PAUSE: firstOf(changeProtection, (_state, recovery) => (recovery.isPaused ? 'It is already paused' : null)),
  RESUME: firstOf(changeProtection, (_state, recovery) => (recovery.isPaused ? null : 'It is not paused')),
  SYNC: firstOf(changeProtection, notPaused),
  STOP: stopRule,
  FAILOVER: firstOf(unlessDuringTest('failoverDuringTest'), recover),
  COMMIT_FAILOVER: decision('FAILOVER', 'failover'),
  ROLLBACK_FAILOVER: decision('FAILOVER', 'failover'),
  TEST_FAILOVER: firstOf(
    (_state, recovery) => (recovery.isTestRunning ? 'A test failover is already running' : null),
    recover,
  ),
  END_TEST_FAILOVER: firstOf(whileTestChanges, (_state, recovery) =>
    recovery.isTestRunning ? null : 'No test failover is running',
  ),
  MOVE: firstOf(unlessDuringTest('moveDuringTest'), recover),
  COMMIT_MOVE: decision('MOVE', 'move'),
  ROLLBACK_MOVE: decision('MOVE', 'move'),
  REVERSE: (_state, recovery) =>
    recovery.phase === 'RECOVERED' ? null : 'Only what has been recovered can be reversed',
  CREATE_CHECKPOINT: firstOf(whileUnderWay, whenRecoveredAtAll, whenUnconfigured, withoutRecoveryPoint, notPaused),
  START_CLONE: firstOf(
    whileUnderWay,
    unlessDuringTest('changeProtectionDuringTest'),
    whenUnconfigured,
    withoutRecoveryPoint,
  ),
  ABORT_CLONE: whileUnderWay,
}

/**
 * Whether an action may be taken now: the one judgement behind the buttons and behind every refusal. Null when nothing
 * speaks against it. What the site cannot do at all is refused before the state is looked at.
 */
export const findRefusal = (action: Action, facts: ActionFacts): string | null => {
  const { supports, actsOn, rules } = facts.capabilities
  if (!supports[action]) return 'This site cannot do it'
  if (!actsOn[action].includes(facts.kind)) {
    return facts.kind === 'Replication' ? 'It acts on whole groups only' : 'It acts on single machines only'
  }
  return ruleOf[action](facts.state, facts.recovery, rules)
}

/** The verdict on every action, in the order of the list of actions. */
export const judgeActions = (facts: ActionFacts): readonly ActionAvailability[] =>
  actions.map((action) => {
    const reason = findRefusal(action, facts)
    return { action, available: reason === null, reason, safety: safetyOf[action] }
  })
