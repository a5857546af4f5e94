import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { RecoveryPhase, RecoveryStatus } from '../../src/domain/protection.ts'
import type { Task, TaskReading } from '../../src/domain/task.ts'
import type { TargetSighting } from '../../src/tracking/decision-stage.ts'
import { nextTaskState, type Sighting } from '../../src/tracking/next-task-state.ts'
import { sampleTarget, sampleTask } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'

const at = new Date('2026-01-01T01:00:00Z')
const vendorEnd = new Date('2026-01-01T00:59:00Z')

const problem = DomainError.vendor({ code: 'VENDOR_REFUSED', message: 'No space', siteName: 'zvm-a' }).problem
const lost = DomainError.vendor({ code: 'OUTCOME_UNKNOWN', message: 'Lost', siteName: 'zvm-a' }).problem

const running = (given: Partial<Task> = {}): Task =>
  sampleTask({
    vendorTaskId: 'task-1',
    vendorOperation: 'FailoverBeforeCommit',
    dispatch: 'ACCEPTED',
    state: 'RUNNING',
    progressPercent: 10,
    ...given,
  })

const polled = (reading: TaskReading | null, given: Partial<Sighting> = {}): Sighting => ({
  reading,
  missedReads: reading === null ? 1 : 0,
  target: null,
  at,
  ...given,
})

describe('what a poll makes of a task', () => {
  it('writes nothing when the vendor says what is known', () => {
    expect(nextTaskState(running(), polled(sampleReading()))).toBeNull()
  })

  it.each<{ told: Partial<TaskReading>; kind: string; patch: object }>([
    { told: { progressPercent: 20 }, kind: 'PROGRESS', patch: { progressPercent: 20, state: 'RUNNING' } },
    { told: { stage: 'copying' }, kind: 'STATE_CHANGE', patch: { stage: 'copying' } },
    { told: { stage: 'copying', progressPercent: 20 }, kind: 'STATE_CHANGE', patch: { stage: 'copying' } },
    { told: { state: 'UNKNOWN' }, kind: 'STATE_CHANGE', patch: { state: 'UNKNOWN', endedAt: null } },
    { told: { state: 'FAILED', problem }, kind: 'STATE_CHANGE', patch: { state: 'FAILED', endedAt: at, problem } },
    { told: { state: 'CANCELLED', endedAt: vendorEnd }, kind: 'STATE_CHANGE', patch: { endedAt: vendorEnd } },
    { told: { state: 'SUCCEEDED' }, kind: 'STATE_CHANGE', patch: { state: 'SUCCEEDED', endedAt: at } },
    { told: { warnings: [problem] }, kind: 'STATE_CHANGE', patch: { warnings: [problem] } },
    { told: { vendorOperation: 'Failover' }, kind: 'STATE_CHANGE', patch: { vendorOperation: 'Failover' } },
  ])('writes $kind when it is told $told', ({ told, kind, patch }) => {
    expect(nextTaskState(running(), polled(sampleReading(told)))).toMatchObject({ kind, patch })
  })

  it.each([5, null])('keeps the progress when it is told %s after 10', (progressPercent) => {
    // N14
    expect(nextTaskState(running(), polled(sampleReading({ progressPercent })))).toBeNull()
  })

  it('does not take a task back to ACCEPTED that runs', () => {
    // N14: answers out of order
    expect(nextTaskState(running(), polled(sampleReading({ state: 'ACCEPTED' })))).toBeNull()
  })

  it.each(['SUCCEEDED', 'FAILED', 'CANCELLED'] as const)('never changes a task that is %s', (state) => {
    // N14
    for (const reading of [sampleReading({ state: 'RUNNING', progressPercent: 99 }), null]) {
      expect(nextTaskState(running({ state }), polled(reading, { missedReads: 9 }))).toBeNull()
    }
  })

  it('learns the target that the vendor tells, and does not change one that is known', () => {
    const reading = sampleReading({ target: { ...sampleTarget, nativeId: 'group-2' }, targetName: 'New' })
    const started = running({ target: null, targetName: null, operation: 'START_REPLICATION' })
    expect(nextTaskState(started, polled(reading))).toMatchObject({
      kind: 'STATE_CHANGE',
      patch: { target: { nativeId: 'group-2' }, targetName: 'New' },
    })
    expect(nextTaskState(running(), polled(reading))).toBeNull()
  })

  it('keeps the warnings it has and adds each new one once', () => {
    const task = running({ warnings: [lost] })
    const change = nextTaskState(task, polled(sampleReading({ warnings: [lost, problem] })))
    expect(change?.patch.warnings).toEqual([lost, problem])
    expect(nextTaskState({ ...task, ...change?.patch }, polled(sampleReading({ warnings: [problem] })))).toBeNull()
  })

  it.each([1, 2])('keeps a task as it is that was left out of %i polls in a row', (missedReads) => {
    // N14
    expect(nextTaskState(running(), polled(null, { missedReads }))).toBeNull()
  })

  it.each([3, 4])('makes a task OUTCOME_UNKNOWN that was left out of %i polls in a row', (missedReads) => {
    // N14, A2
    expect(nextTaskState(running(), polled(null, { missedReads }))).toMatchObject({
      kind: 'STATE_CHANGE',
      patch: { state: 'OUTCOME_UNKNOWN', endedAt: null, problem: { code: 'OUTCOME_UNKNOWN', siteName: 'zvm-a' } },
    })
  })

  it('says once that a task has vanished, and goes on with it when it is listed again', () => {
    const vanished = running({ state: 'OUTCOME_UNKNOWN', problem: lost })
    expect(nextTaskState(vanished, polled(null, { missedReads: 4 }))).toBeNull()
    expect(nextTaskState(vanished, polled(sampleReading()))?.patch).toMatchObject({ state: 'RUNNING', problem: null })
  })
})

const seen = (
  phase: RecoveryPhase,
  given: Partial<Extract<TargetSighting, { kind: 'SEEN' }>> = {},
): TargetSighting => ({
  kind: 'SEEN',
  recovery: sampleRecovery(phase),
  restingReads: 1,
  waiting: null,
  verdict: null,
  foreignVerdict: null,
  ...given,
})

const waitedWith = (commitPolicy: RecoveryStatus['commitPolicy']) => sampleRecovery('AWAITING_COMMIT', { commitPolicy })

const awaiting = { state: 'AWAITING_DECISION', stage: 'awaiting commit or rollback' } as const
const committing = { state: 'RUNNING', stage: 'committing' } as const
const rollingBack = { state: 'RUNNING', stage: 'rolling back' } as const
const begun = { state: 'RUNNING', stage: null } as const
const committed = { state: 'SUCCEEDED', stage: 'committed', endedAt: at } as const
const rolledBack = { state: 'CANCELLED', stage: 'rolled back', endedAt: at } as const
const unseen = { code: 'OUTCOME_UNKNOWN', message: expect.stringMatching(/was not seen/) }

const done: Partial<TaskReading> = { state: 'SUCCEEDED', endedAt: vendorEnd }

interface Decision {
  readonly before: Partial<Task>
  readonly vendor: Partial<TaskReading> | null
  readonly target: TargetSighting
  /** Null where nothing is to be written. */
  readonly after: object | null
}

const decisions: readonly Decision[] = [
  // The vendor's task still runs.
  { before: begun, vendor: {}, target: seen('FAILING_OVER'), after: null },
  { before: begun, vendor: {}, target: seen('NONE', { restingReads: 9 }), after: null },
  { before: begun, vendor: {}, target: { kind: 'UNREADABLE' }, after: null },
  { before: begun, vendor: {}, target: { kind: 'GONE', reads: 9, verdict: null, foreignVerdict: null }, after: null },
  { before: begun, vendor: {}, target: seen('AWAITING_COMMIT'), after: awaiting },
  { before: begun, vendor: { state: 'UNKNOWN' }, target: seen('AWAITING_COMMIT'), after: awaiting },
  { before: begun, vendor: { state: 'FAILED', problem }, target: seen('NONE'), after: { state: 'FAILED', problem } },
  // The vendor's task has succeeded.
  { before: begun, vendor: done, target: seen('AWAITING_COMMIT'), after: { ...awaiting, endedAt: null } },
  { before: begun, vendor: done, target: seen('COMMITTING'), after: committing },
  { before: begun, vendor: done, target: seen('ROLLING_BACK'), after: rollingBack },
  { before: begun, vendor: done, target: seen('FAILING_OVER'), after: null },
  { before: begun, vendor: done, target: seen('MOVING'), after: null },
  { before: begun, vendor: done, target: seen('UNKNOWN'), after: null },
  { before: begun, vendor: done, target: { kind: 'UNREADABLE' }, after: null },
  { before: begun, vendor: done, target: seen('NONE', { restingReads: 1 }), after: null },
  {
    before: begun,
    vendor: done,
    target: seen('NONE', { restingReads: 2 }),
    after: { state: 'SUCCEEDED', stage: null, endedAt: vendorEnd },
  },
  { before: begun, vendor: done, target: seen('TESTING', { restingReads: 2 }), after: { state: 'SUCCEEDED' } },
  { before: begun, vendor: done, target: seen('RECOVERED', { restingReads: 2 }), after: { state: 'SUCCEEDED' } },
  { before: begun, vendor: done, target: seen('NONE', { verdict: 'ROLLED_BACK' }), after: rolledBack },
  { before: begun, vendor: done, target: seen('NONE', { verdict: 'COMMITTED' }), after: committed },
  // It waits for the decision, or the decision is being carried out.
  { before: awaiting, vendor: done, target: seen('AWAITING_COMMIT'), after: null },
  { before: awaiting, vendor: done, target: { kind: 'UNREADABLE' }, after: null },
  { before: awaiting, vendor: done, target: seen('UNKNOWN'), after: null },
  { before: awaiting, vendor: done, target: seen('COMMITTING'), after: committing },
  { before: awaiting, vendor: done, target: seen('ROLLING_BACK'), after: rollingBack },
  { before: committing, vendor: done, target: seen('NONE'), after: committed },
  { before: committing, vendor: done, target: seen('RECOVERED'), after: committed },
  { before: committing, vendor: done, target: seen('AWAITING_COMMIT'), after: awaiting },
  { before: rollingBack, vendor: done, target: seen('NONE'), after: rolledBack },
  { before: rollingBack, vendor: done, target: seen('AWAITING_COMMIT'), after: awaiting },
  { before: awaiting, vendor: done, target: seen('NONE', { verdict: 'COMMITTED' }), after: committed },
  { before: awaiting, vendor: done, target: seen('NONE', { verdict: 'ROLLED_BACK' }), after: rolledBack },
  { before: awaiting, vendor: done, target: seen('NONE', { verdict: 'PENDING' }), after: null },
  { before: rollingBack, vendor: done, target: seen('NONE', { verdict: 'PENDING' }), after: null },
  { before: awaiting, vendor: done, target: seen('RECOVERED'), after: committed },
  // Nobody saw the decision.
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE'),
    after: { state: 'SUCCEEDED', stage: null, warnings: [unseen] },
  },
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { waiting: waitedWith('MANUAL') }),
    after: { state: 'SUCCEEDED', warnings: [unseen] },
  },
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { waiting: waitedWith('COMMIT') }),
    after: { state: 'SUCCEEDED', warnings: [unseen] },
  },
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { waiting: waitedWith('ROLLBACK') }),
    after: { ...rolledBack, warnings: [unseen] },
  },
  // The vendor forgets its task while the target waits.
  { before: awaiting, vendor: null, target: seen('AWAITING_COMMIT'), after: null },
  { before: awaiting, vendor: null, target: seen('COMMITTING'), after: committing },
  { before: awaiting, vendor: null, target: { kind: 'UNREADABLE' }, after: null },
  { before: begun, vendor: null, target: seen('AWAITING_COMMIT'), after: awaiting },
  { before: begun, vendor: null, target: seen('NONE', { restingReads: 9 }), after: { state: 'OUTCOME_UNKNOWN' } },
  {
    before: { state: 'OUTCOME_UNKNOWN', problem: lost },
    vendor: null,
    target: seen('AWAITING_COMMIT'),
    after: { ...awaiting, problem: null },
  },
  // Others have decided.
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { foreignVerdict: 'ROLLED_BACK', waiting: waitedWith('MANUAL') }),
    after: rolledBack,
  },
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { foreignVerdict: 'COMMITTED', waiting: waitedWith('ROLLBACK') }),
    after: committed,
  },
  { before: begun, vendor: done, target: seen('NONE', { foreignVerdict: 'ROLLED_BACK' }), after: rolledBack },
  {
    before: awaiting,
    vendor: done,
    target: seen('NONE', { foreignVerdict: 'PENDING' }),
    after: { warnings: [unseen] },
  },
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 1, verdict: null, foreignVerdict: 'COMMITTED' },
    after: committed,
  },
  // The target is no longer listed.
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 2, verdict: null, foreignVerdict: null },
    after: null,
  },
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 3, verdict: null, foreignVerdict: null },
    after: { state: 'OUTCOME_UNKNOWN' },
  },
  {
    before: begun,
    vendor: done,
    target: { kind: 'GONE', reads: 3, verdict: null, foreignVerdict: null },
    after: { state: 'OUTCOME_UNKNOWN' },
  },
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 1, verdict: 'COMMITTED', foreignVerdict: null },
    after: committed,
  },
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 1, verdict: 'ROLLED_BACK', foreignVerdict: null },
    after: rolledBack,
  },
  {
    before: awaiting,
    vendor: done,
    target: { kind: 'GONE', reads: 1, verdict: 'PENDING', foreignVerdict: null },
    after: null,
  },
]

const decide = ({ before, vendor, target }: Decision) => {
  const reading = vendor === null ? null : sampleReading(vendor)
  const awaitingSince = before.state === 'AWAITING_DECISION' ? vendorEnd : null
  return nextTaskState(
    running({ awaitingSince, ...before }),
    polled(reading, { target, missedReads: reading === null ? 9 : 0 }),
  )
}

describe('what a look at the target makes of a failover', () => {
  it.each(decisions.filter(({ after }) => after !== null))(
    'from $before.stage with the vendor at $vendor.state and the target $target.kind, it is $after',
    (decision) => {
      expect(decide(decision)).toMatchObject({ kind: 'STATE_CHANGE', patch: decision.after })
    },
  )

  it.each(decisions.filter(({ after }) => after === null))(
    'from $before.stage with the vendor at $vendor.state and the target $target, it stays as it is',
    (decision) => {
      expect(decide(decision)).toBeNull()
    },
  )

  it('keeps a lost target lost while it stays away, and finds it again', () => {
    const gone: TargetSighting = { kind: 'GONE', reads: 3, verdict: null, foreignVerdict: null }
    const task = running(awaiting)
    const change = nextTaskState(task, polled(sampleReading(done), { target: gone }))
    const lostTask = { ...task, ...change?.patch }
    expect(nextTaskState(lostTask, polled(sampleReading(done), { target: { ...gone, reads: 4 } }))).toBeNull()
    expect(nextTaskState(lostTask, polled(null, { target: { kind: 'UNREADABLE' }, missedReads: 9 }))).toBeNull()
    expect(nextTaskState(lostTask, polled(sampleReading(done), { target: seen('AWAITING_COMMIT') }))).toMatchObject({
      patch: { ...awaiting, problem: null },
    })
  })
})
