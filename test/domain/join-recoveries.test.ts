import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { joinRecoveries, type VendorRecovery } from '../../src/domain/join-recoveries.ts'
import { toOwnRecoveries } from '../../src/domain/own-recoveries.ts'
import type { ListedRecovery, RecoveryReport } from '../../src/domain/recovery-report.ts'
import type { Task } from '../../src/domain/task.ts'
import { later, sampleTargetId, sampleTask, sampleTaskId } from '../journal/sample-task.ts'

const report = (given: Partial<RecoveryReport> = {}): RecoveryReport => ({
  id: toGlobalId('RecoveryReport', 'ZERTO', 'r-1'),
  vendor: 'ZERTO',
  nativeId: 'r-1',
  kind: 'FAILOVER',
  name: 'Payroll',
  groupId: sampleTargetId,
  protectedSiteName: 'Boston',
  recoverySiteName: 'London',
  startedAt: later(2),
  endedAt: later(198),
  rtoSeconds: 80,
  recoveredTo: later(-60),
  wasSuccessful: true,
  initiatedBy: 'administrator',
  notes: null,
  vmNames: ['pay-1'],
  steps: [],
  ...given,
})

const vendors = (given: Partial<RecoveryReport> = {}, clockSkewMs: number | null = null): VendorRecovery => ({
  report: report(given),
  clockSkewMs,
})

const own = (number: number, given: Partial<Task> = {}): ListedRecovery => {
  const [recovery] = toOwnRecoveries([
    sampleTask({
      id: sampleTaskId(number),
      dispatch: 'ACCEPTED',
      state: 'SUCCEEDED',
      startedAt: later(0),
      awaitingSince: later(90),
      endedAt: later(200),
      ...given,
    }),
  ])
  if (recovery === undefined) throw new Error('is no recovery')
  return recovery
}

test('one recovery that both have written down stands in the list once, with what each of them knows', () => {
  const ours = own(1)
  const [joined, ...others] = joinRecoveries([vendors()], [ours])
  expect(others).toEqual([])
  expect(joined).toMatchObject({
    id: report().id,
    source: 'VENDOR',
    rtoSeconds: 80,
    initiatedBy: 'administrator',
    vmNames: ['pay-1'],
    recoverySiteName: 'London',
    task: ours.task,
    decision: { outcome: 'COMMITTED' },
  })
})

test('what the vendor did not measure was measured here', () => {
  const [joined] = joinRecoveries([vendors({ rtoSeconds: null, initiatedBy: null, endedAt: null })], [own(1)])
  expect(joined).toMatchObject({ source: 'VENDOR', rtoSeconds: 90, initiatedBy: 'alice', endedAt: later(200) })
})

test.each<[string, VendorRecovery]>([
  ['kind', vendors({ kind: 'TEST_FAILOVER' })],
  ['group', vendors({ groupId: toGlobalId('ProtectionGroup', 'ZERTO', 'group-2') })],
  ['vendor', vendors({ vendor: 'VCDA' })],
  ['time', vendors({ startedAt: later(1000), endedAt: later(1100) })],
  ['time, before', vendors({ startedAt: later(-900), endedAt: later(-600) })],
  ['time, which it does not tell', vendors({ startedAt: null })],
  ['group, which it does not tell', vendors({ groupId: null })],
])('two that differ in their %s are two', (_what, theirs) => {
  expect(joinRecoveries([theirs], [own(1)]).map(({ source }) => source)).toEqual(['VENDOR', 'GATEWAY'])
})

test('a clock that is ahead at the vendor is taken off', () => {
  const hourMs = 3_600_000
  const ahead = { startedAt: later(3602), endedAt: later(3798) }
  expect(joinRecoveries([vendors(ahead, hourMs)], [own(1)])).toHaveLength(1)
  // The same times without it are those of another recovery.
  expect(joinRecoveries([vendors(ahead, 0)], [own(1)])).toHaveLength(2)
})

test('of two that could be, those that began closest to each other are one', () => {
  const first = own(1, { operation: 'TEST_FAILOVER', endedAt: later(30), awaitingSince: null })
  const second = own(2, {
    operation: 'TEST_FAILOVER',
    startedAt: later(100),
    endedAt: later(130),
    awaitingSince: null,
  })
  const theirs = [
    vendors({ id: 'b', kind: 'TEST_FAILOVER', startedAt: later(101), endedAt: later(160) }),
    vendors({ id: 'a', kind: 'TEST_FAILOVER', startedAt: later(1), endedAt: later(60) }),
  ]
  const joined = joinRecoveries(theirs, [second, first])
  expect(joined.map(({ id, task }) => [id, task?.id])).toEqual([
    ['b', sampleTaskId(2)],
    ['a', sampleTaskId(1)],
  ])
})

test('nothing is lost and nothing is invented, whatever overlaps', () => {
  const span = fc.record({ start: fc.integer({ min: 0, max: 3000 }), length: fc.integer({ min: 0, max: 600 }) })
  const property = fc.property(fc.array(span, { maxLength: 8 }), fc.array(span, { maxLength: 8 }), (theirs, ours) => {
    const reports = theirs.map(({ start, length }, index) =>
      vendors({ id: `r-${index}`, startedAt: later(start), endedAt: later(start + length) }),
    )
    const owns = ours.map(({ start, length }, index) =>
      own(index, { startedAt: later(start), awaitingSince: null, endedAt: later(start + length) }),
    )
    const listed = joinRecoveries(reports, owns)
    const ids = listed.filter(({ source }) => source === 'VENDOR').map(({ id }) => id)
    expect(ids).toEqual(reports.map((one) => one.report.id))
    const tasks = listed.flatMap(({ task }) => (task === null ? [] : [task.id]))
    expect(tasks.toSorted()).toEqual(owns.map(({ task }) => task?.id ?? '').toSorted())
  })
  fc.assert(property)
})
