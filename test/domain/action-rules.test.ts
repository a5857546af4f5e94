import { describe, expect, it } from 'vitest'
import { findRefusal, judgeActions, type ActionFacts } from '../../src/domain/action-rules.ts'
import { actions, type Action } from '../../src/domain/actions.ts'
import { capabilityNames, type Capabilities } from '../../src/domain/capabilities.ts'
import type { RecoveryStatus } from '../../src/domain/protection.ts'
import { recordOf } from '../../src/std/record-of.ts'

const idle: RecoveryStatus = {
  phase: 'NONE',
  pending: null,
  isTestRunning: false,
  testStage: null,
  isPaused: false,
  isBlockedBySync: false,
  hasRecoveryPoint: true,
  since: null,
  commitPolicy: null,
  autoDecisionAt: null,
  recoveryPointNativeId: null,
}

const everything: Capabilities = {
  supports: recordOf(capabilityNames, () => true),
  actsOn: recordOf(actions, () => ['ProtectionGroup', 'Replication'] as const),
  rules: {
    failoverDuringTest: true,
    moveDuringTest: false,
    changeProtectionDuringTest: false,
    recoverAgainAfterRecovery: false,
    stopBeforeCommit: true,
    testIsToldByGroup: false,
  },
  minRpoSeconds: null,
  maxRpoSeconds: null,
}

const facts = (state: ActionFacts['state'], recovery: Partial<RecoveryStatus> = {}): ActionFacts => ({
  kind: 'ProtectionGroup',
  state,
  recovery: { ...idle, ...recovery },
  capabilities: everything,
})

const available = (given: ActionFacts): readonly Action[] =>
  judgeActions(given).flatMap((verdict) => (verdict.available ? [verdict.action] : []))

const test = { isTestRunning: true, testStage: 'RUNNING' } as const
const waiting = { phase: 'AWAITING_COMMIT', pending: 'FAILOVER' } as const

/** What may be done in each situation; everything else is refused. */
const table: readonly (readonly [string, ActionFacts, readonly Action[]])[] = [
  [
    'protected',
    facts('PROTECTED'),
    [
      ...(['UPDATE', 'PAUSE', 'SYNC', 'STOP', 'FAILOVER', 'TEST_FAILOVER', 'MOVE', 'CREATE_CHECKPOINT'] as const),
      ...(['START_CLONE', 'ABORT_CLONE'] as const),
    ],
  ],
  [
    'paused',
    facts('PAUSED', { isPaused: true }),
    ['UPDATE', 'RESUME', 'STOP', 'FAILOVER', 'TEST_FAILOVER', 'MOVE', 'START_CLONE', 'ABORT_CLONE'],
  ],
  [
    'in its first sync',
    facts('INITIALIZING', { isBlockedBySync: true, hasRecoveryPoint: false }),
    ['UPDATE', 'PAUSE', 'SYNC', 'STOP', 'ABORT_CLONE'],
  ],
  [
    'without a recovery point',
    facts('SYNCING', { hasRecoveryPoint: false }),
    ['UPDATE', 'PAUSE', 'SYNC', 'STOP', 'ABORT_CLONE'],
  ],
  ['failing over', facts('FAILING_OVER', { phase: 'FAILING_OVER', pending: 'FAILOVER' }), []],
  ['moving', facts('MOVING', { phase: 'MOVING', pending: 'MOVE' }), []],
  [
    'waiting for the decision on a failover',
    facts('AWAITING_COMMIT', waiting),
    ['STOP', 'COMMIT_FAILOVER', 'ROLLBACK_FAILOVER'],
  ],
  [
    'waiting for the decision on a move',
    facts('AWAITING_COMMIT', { ...waiting, pending: 'MOVE' }),
    ['STOP', 'COMMIT_MOVE', 'ROLLBACK_MOVE'],
  ],
  ['committing', facts('COMMITTING', { phase: 'COMMITTING', pending: 'FAILOVER' }), []],
  ['rolling back', facts('ROLLING_BACK', { phase: 'ROLLING_BACK', pending: 'MOVE' }), []],
  [
    'under test',
    facts('PROTECTED', test),
    ['UPDATE', 'FAILOVER', 'END_TEST_FAILOVER', 'CREATE_CHECKPOINT', 'ABORT_CLONE'],
  ],
  [
    'with a test that starts',
    facts('PROTECTED', { ...test, testStage: 'STARTING' }),
    ['CREATE_CHECKPOINT', 'ABORT_CLONE'],
  ],
  [
    'with a test that stops',
    facts('PROTECTED', { ...test, testStage: 'STOPPING' }),
    ['CREATE_CHECKPOINT', 'ABORT_CLONE'],
  ],
  ['recovered', facts('RECOVERED', { phase: 'RECOVERED' }), ['STOP', 'REVERSE', 'START_CLONE', 'ABORT_CLONE']],
  ['in need of configuration', facts('NEEDS_CONFIGURATION'), ['UPDATE', 'STOP', 'ABORT_CLONE']],
  ['being deleted', facts('DELETING'), []],
]

describe('what may be done', () => {
  it.each(table)('%s', (_situation, given, expected) => {
    expect(available(given)).toEqual(expected)
  })

  // A disaster is when the sites do not see each other, and when the vendor says things nobody has heard before.
  it.each(['DISCONNECTED', 'ERROR', 'UNKNOWN', 'NOT_MEETING_TARGET'] as const)('allows a failover in %s', (state) => {
    expect(available(facts(state))).toContain('FAILOVER')
  })

  it('gives a reason exactly where it refuses', () => {
    for (const [, given] of table) {
      for (const { available: isAvailable, reason } of judgeActions(given)) expect(reason === null).toBe(isAvailable)
    }
  })

  it('refuses what the site cannot do before it looks at the state', () => {
    const capabilities = { ...everything, supports: { ...everything.supports, FAILOVER: false } }
    expect(findRefusal('FAILOVER', { ...facts('PROTECTED'), capabilities })).toBe('This site cannot do it')
  })

  it('refuses a kind of target that the action does not take', () => {
    const capabilities = { ...everything, actsOn: { ...everything.actsOn, PAUSE: ['ProtectionGroup'] as const } }
    expect(findRefusal('PAUSE', { ...facts('PROTECTED'), capabilities, kind: 'Replication' })).toContain('whole groups')
  })

  it.each([
    ['failoverDuringTest', 'FAILOVER'],
    ['moveDuringTest', 'MOVE'],
    ['changeProtectionDuringTest', 'PAUSE'],
  ] as const)('follows the vendor in %s', (rule, action) => {
    const allows = (value: boolean): boolean => {
      const capabilities = { ...everything, rules: { ...everything.rules, [rule]: value } }
      return findRefusal(action, { ...facts('PROTECTED', test), capabilities }) === null
    }
    expect([allows(true), allows(false)]).toEqual([true, false])
  })

  it('follows the vendor in whether what was recovered can be recovered again', () => {
    const capabilities = { ...everything, rules: { ...everything.rules, recoverAgainAfterRecovery: true } }
    expect(findRefusal('FAILOVER', { ...facts('RECOVERED', { phase: 'RECOVERED' }), capabilities })).toBeNull()
  })

  it('follows the vendor in whether a waiting recovery can be ended', () => {
    const capabilities = { ...everything, rules: { ...everything.rules, stopBeforeCommit: false } }
    expect(findRefusal('STOP', { ...facts('AWAITING_COMMIT', waiting), capabilities })).not.toBeNull()
  })
})
