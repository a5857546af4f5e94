import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Operation } from '../../../src/domain/actions.ts'
import { isFinal, type TaskState } from '../../../src/domain/task.ts'
import { toTaskKey, toTaskReading } from '../../../src/vendors/zerto/zerto-task-mapping.ts'
import { parseWire } from '../../../src/vendors/zerto/zerto-wire-shapes.ts'
import { wire, type WireTask } from '../../../src/vendors/zerto/zerto-wire.ts'

const read = (name: string): readonly WireTask[] =>
  parseWire(wire.tasks, readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8'))

const readTask = (change: Readonly<Record<string, unknown>>) => {
  const [task] = parseWire(wire.tasks, JSON.stringify([{ TaskIdentifier: 'a.b', ...change }]))
  if (task === undefined) throw new Error('no task was read')
  return toTaskReading(task, 'zvm-a', 0)
}

const states: readonly [number, string, TaskState, string | null][] = [
  [0, 'FirstUnusedValue', 'UNKNOWN', null],
  [1, 'InProgress', 'RUNNING', null],
  [2, 'WaitingForUserInput', 'AWAITING_DECISION', 'waiting for user input'],
  [3, 'Paused', 'RUNNING', 'paused'],
  [4, 'Failed', 'FAILED', null],
  [5, 'Stopped', 'CANCELLED', null],
  [6, 'Completed', 'SUCCEEDED', null],
  [7, 'Cancelling', 'RUNNING', 'cancelling'],
]

test.each(states)('reads task state %i (%s) as %s, by number and by name', (number, name, state, stage) => {
  expect(readTask({ Status: { State: number, Progress: 100 } })).toMatchObject({ state, stage })
  expect(readTask({ Status: { State: name, Progress: 100 } })).toMatchObject({ state, stage })
})

test('does not end a task whose state it does not know', () => {
  // N2
  const reading = readTask({ Status: { State: 8, Progress: 100 } })
  expect(reading).toMatchObject({ state: 'UNKNOWN', stage: '8' })
  expect(isFinal(reading.state)).toBe(false)
  expect(readTask({}).state).toBe('UNKNOWN')
})

const types: readonly [string, Operation][] = [
  ['CreateProtectionGroup', 'START_REPLICATION'],
  ['UpdateProtectionGroup', 'UPDATE'],
  ['ForceUpdateProtectionGroup', 'UPDATE'],
  ['RemoveProtectionGroup', 'STOP'],
  ['ForceRemoveProtectionGroup', 'STOP'],
  ['PauseProtectionGroup', 'PAUSE'],
  ['ResumeProtectionGroup', 'RESUME'],
  ['InitFullSync', 'SYNC'],
  ['FailOver', 'FAILOVER'],
  ['FailoverBeforeCommit', 'FAILOVER'],
  ['FailoverCommit', 'COMMIT_FAILOVER'],
  ['FailoverRollback', 'ROLLBACK_FAILOVER'],
  ['FailOverTest', 'TEST_FAILOVER'],
  ['StopFailOverTest', 'END_TEST_FAILOVER'],
  ['Move', 'MOVE'],
  ['MoveBeforeCommit', 'MOVE'],
  ['MoveCommit', 'COMMIT_MOVE'],
  ['MoveRollback', 'ROLLBACK_MOVE'],
  ['InsertTaggedCP', 'CREATE_CHECKPOINT'],
  ['Clone', 'START_CLONE'],
  ['UpgradeVra', 'OTHER'],
  ['__proto__', 'OTHER'],
]

test.each(types)('reads a task of type %s as %s', (type, operation) => {
  expect(readTask({ Type: type })).toMatchObject({ operation, vendorOperation: type })
})

test('reads the dates that 7.0 writes', () => {
  expect(read('tasks-7.0').map((task) => toTaskReading(task, 'zvm-a', 0))).toMatchObject([
    {
      state: 'SUCCEEDED',
      progressPercent: 100,
      startedAt: new Date(1_520_423_870_000),
      endedAt: new Date(1_520_423_877_045),
      startedBy: 'Administrator',
      target: null,
      problem: null,
      warnings: [],
    },
  ])
})

test('gives the reason of a failure, and the VPG it was about', () => {
  const [failed] = read('tasks-10.0').map((task) => toTaskReading(task, 'zvm-a', 0))
  expect(failed).toMatchObject({
    state: 'FAILED',
    operation: 'COMMIT_FAILOVER',
    target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: '0ccd2c4b-7a2c-4f5a-a2ab-0f2d7d8f3f10' },
    problem: {
      code: 'VENDOR_REFUSED',
      siteName: 'zvm-a',
      vendorMessage: 'The following properties are irrelevant when replicating from vCD to vCD.',
    },
  })
})

test("takes a date without a zone for the site's local time, and two VPGs for no target", () => {
  const [, running] = read('tasks-10.0').map((task) => toTaskReading(task, 'zvm-a', -240))
  expect(running).toMatchObject({
    state: 'RUNNING',
    progressPercent: 79,
    startedAt: new Date('2024-05-01T14:00:00Z'),
    endedAt: null,
    target: null,
  })
})

test('takes a task that is completed below 100 percent at its word, with a warning', () => {
  const [, , completed] = read('tasks-10.0').map((task) => toTaskReading(task, 'zvm-a', 0))
  expect(completed).toMatchObject({
    vendorTaskId: '33333333-3333-4333-8333-333333333333.3e4cdd0d-1064-4022-921f-6265ad6d335a',
    state: 'SUCCEEDED',
    warnings: [{ code: 'VENDOR_PROTOCOL' }],
  })
})

test('compares task ids without regard to case and to the colon of older versions', () => {
  expect(toTaskKey('AB:CD')).toBe(toTaskKey('ab.cd'))
})
