import { expect, test } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { toOwnRecoveries } from '../../src/domain/own-recoveries.ts'
import type { Task } from '../../src/domain/task.ts'
import { later, sampleRequest, sampleTarget, sampleTargetId, sampleTask, sampleTaskId } from '../journal/sample-task.ts'

const done = (number: number, given: Partial<Task>): Task =>
  sampleTask({ id: sampleTaskId(number), dispatch: 'ACCEPTED', state: 'SUCCEEDED', ...given })

const failover = done(1, {
  startedAt: later(0),
  awaitingSince: later(90),
  endedAt: later(200),
  request: sampleRequest({ reason: 'the roof is leaking' }),
})

test('measures a failover from the request until its machines waited for the decision', () => {
  const [only, ...others] = toOwnRecoveries([failover])
  expect(others).toEqual([])
  expect(only).toMatchObject({
    id: toGlobalId('RecoveryReport', 'ZERTO', 'task:1'),
    source: 'GATEWAY',
    kind: 'FAILOVER',
    name: 'Payroll',
    groupId: sampleTargetId,
    targetId: sampleTargetId,
    startedAt: later(0),
    endedAt: later(200),
    rtoSeconds: 90,
    wasSuccessful: true,
    initiatedBy: 'alice',
    reason: 'the roof is leaking',
    task: failover,
  })
})

test('measures what is final at once until its end', () => {
  const [only] = toOwnRecoveries([done(1, { operation: 'MOVE', endedAt: later(40) })])
  expect(only).toMatchObject({ kind: 'MOVE', rtoSeconds: 40, decision: null })
})

test('says who committed, and why, by the task that did', () => {
  const commit = done(2, {
    operation: 'COMMIT_FAILOVER',
    startedAt: later(150),
    endedAt: later(199),
    request: sampleRequest({ requestedBy: 'bob', reason: 'all is well' }),
  })
  expect(toOwnRecoveries([commit, failover])).toMatchObject([
    { decision: { outcome: 'COMMITTED', decidedBy: 'bob', decidedAt: later(199), reason: 'all is well' } },
  ])
})

test('tells a roll-back from a failure and from a success', () => {
  const back = done(1, { state: 'CANCELLED', awaitingSince: later(60), endedAt: later(90) })
  const failed = done(2, { state: 'FAILED', startedAt: later(300), endedAt: later(310) })
  expect(toOwnRecoveries([back, failed])).toMatchObject([
    { rtoSeconds: 60, wasSuccessful: null, decision: { outcome: 'ROLLED_BACK', decidedBy: null } },
    { rtoSeconds: null, wasSuccessful: false, decision: null },
  ])
})

test('takes the first of several tries to decide that succeeded', () => {
  const tried = done(2, { operation: 'COMMIT_FAILOVER', state: 'FAILED', startedAt: later(100), endedAt: later(101) })
  const other = sampleRequest({ requestedBy: 'carol' })
  const rolled = done(3, { operation: 'ROLLBACK_FAILOVER', startedAt: later(110), endedAt: later(120), request: other })
  expect(toOwnRecoveries([failover, tried, rolled])).toMatchObject([
    { decision: { outcome: 'ROLLED_BACK', decidedBy: 'carol' } },
  ])
})

test('ends a test with its clean-up, in the words of the tester', () => {
  const begun = done(1, { operation: 'TEST_FAILOVER', startedAt: later(0), endedAt: later(30) })
  const input = { targetId: sampleTargetId, wasSuccessful: false, summary: 'no mail' }
  const ended = done(2, {
    operation: 'END_TEST_FAILOVER',
    startedAt: later(600),
    endedAt: later(630),
    request: sampleRequest({ input }),
  })
  expect(toOwnRecoveries([begun, ended])).toMatchObject([
    {
      kind: 'TEST_FAILOVER',
      rtoSeconds: 30,
      endedAt: later(630),
      wasSuccessful: false,
      notes: 'no mail',
      decision: null,
      steps: [{ description: 'TEST_FAILOVER' }, { description: 'END_TEST_FAILOVER' }],
    },
  ])
})

test('does not end a test with the clean-up of the next one, nor with that of another group', () => {
  const first = done(1, { operation: 'TEST_FAILOVER', startedAt: later(0), endedAt: later(30) })
  const second = done(2, { operation: 'TEST_FAILOVER', startedAt: later(100), endedAt: later(130) })
  const foreign = done(3, {
    operation: 'END_TEST_FAILOVER',
    target: { ...sampleTarget, nativeId: 'group-2' },
    startedAt: later(50),
    endedAt: later(60),
  })
  const ended = done(4, { operation: 'END_TEST_FAILOVER', startedAt: later(200), endedAt: later(210) })
  expect(toOwnRecoveries([ended, foreign, second, first])).toMatchObject([
    { startedAt: later(0), endedAt: null },
    { startedAt: later(100), endedAt: later(210) },
  ])
})

test('a machine that is replicated alone is a target, and no group', () => {
  const target = { kind: 'Replication', vendor: 'VCDA', nativeId: 'machine-1' } as const
  const [only] = toOwnRecoveries([done(1, { target, vendor: 'VCDA', endedAt: later(5) })])
  expect(only).toMatchObject({ groupId: null, targetId: toGlobalId('Replication', 'VCDA', 'machine-1') })
})

test.each<[string, Partial<Task>]>([
  ['still runs', { state: 'RUNNING' }],
  ['waits for a decision', { state: 'AWAITING_DECISION' }],
  ['the vendor refused', { state: 'FAILED', dispatch: 'NOT_SENT', endedAt: later(1) }],
  [
    'was found not to have happened',
    {
      state: 'FAILED',
      endedAt: later(1),
      reconciliation: { verdict: 'DID_NOT_HAPPEN', evidence: [], at: later(1) },
    },
  ],
  ['is no recovery', { operation: 'PAUSE', endedAt: later(1) }],
])('leaves out what %s', (_what, given) => {
  expect(toOwnRecoveries([done(1, given)])).toEqual([])
})
