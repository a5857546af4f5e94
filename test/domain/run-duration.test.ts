import { describe, expect, it } from 'vitest'
import { findEtaSeconds, findUsualSeconds } from '../../src/domain/run-duration.ts'
import type { Task } from '../../src/domain/task.ts'
import { later, sampleTask } from '../journal/sample-task.ts'

const run = (seconds: number, given: Partial<Task> = {}): Task =>
  sampleTask({ state: 'SUCCEEDED', endedAt: later(seconds), ...given })

describe('how long an operation usually takes', () => {
  it.each([
    { what: 'is not known without any run', runs: [], seconds: null },
    { what: 'is not known from two runs', runs: [run(10), run(20)], seconds: null },
    { what: 'is the median of three', runs: [run(1_000), run(10), run(20)], seconds: 20 },
    { what: 'is between the two in the middle of four', runs: [run(10), run(20), run(30), run(40)], seconds: 25 },
    {
      what: 'does not count a wait for a decision',
      runs: [run(10), run(20), run(5_000, { awaitingSince: later(30) })],
      seconds: 20,
    },
    {
      what: 'does not count what others have started, which goes by another clock',
      runs: [run(10), run(20), run(30, { request: null })],
      seconds: null,
    },
  ])('$what', ({ runs, seconds }) => {
    expect(findUsualSeconds(runs)).toBe(seconds)
  })
})

describe('how long a task will still take', () => {
  const running = sampleTask({ state: 'RUNNING' })

  it.each([
    { at: later(20), seconds: 40 },
    { at: later(60), seconds: 0 },
    { at: later(3_600), seconds: 0 },
    { at: later(-30), seconds: 60 },
  ])('is what is left of the usual time, and never negative: $seconds', ({ at, seconds }) => {
    expect(findEtaSeconds(running, 60, at)).toBe(seconds)
  })

  it.each(['SUCCEEDED', 'FAILED', 'CANCELLED', 'AWAITING_DECISION', 'OUTCOME_UNKNOWN', 'UNKNOWN'] as const)(
    'is not told of a task that is %s',
    (state) => {
      expect(findEtaSeconds(sampleTask({ state }), 60, later(1))).toBeNull()
    },
  )

  it('is not told once the task has waited for a decision, nor without a usual time', () => {
    expect(findEtaSeconds(sampleTask({ state: 'RUNNING', awaitingSince: later(5) }), 60, later(9))).toBeNull()
    expect(findEtaSeconds(running, null, later(1))).toBeNull()
  })
})
