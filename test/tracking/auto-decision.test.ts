import { describe, expect, it } from 'vitest'
import type { RecoveryPhase } from '../../src/domain/protection.ts'
import type { DecisionPolicy, Task } from '../../src/domain/task.ts'
import { sampleRequest, sampleTarget, sampleTaskId } from '../journal/sample-task.ts'
import { sampleReading, sampleRecovery } from './sample-recovery.ts'
import { ScriptedSite } from './scripted-site.ts'
import { accept, start } from './tracking-rig.ts'

const hour = 3_600

/** A failover with this policy, whose target waits for the decision since the first poll. */
const startWaiting = async (decision: DecisionPolicy | null, told: Date | null = null) => {
  const site = new ScriptedSite()
  site.recoveries.set('group-1', sampleRecovery('AWAITING_COMMIT', { autoDecisionAt: told }))
  site.tasks.set('task-1', sampleReading({ state: 'SUCCEEDED' }))
  const gateway = await start({ sites: [site] })
  const taskId = await accept(gateway.journal, 1, { request: sampleRequest({ decision }) })
  await gateway.paused()
  const find = async (): Promise<Task | null> => gateway.journal.getTask(taskId)
  return {
    ...gateway,
    site,
    find,
    see: (phase: RecoveryPhase) => site.recoveries.set('group-1', sampleRecovery(phase)),
    /** The task at its end, which the next round sees. */
    end: async (durationMs: number) => {
      await gateway.paused()
      const ended = Promise.race([gateway.until(taskId, 'SUCCEEDED'), gateway.until(taskId, 'CANCELLED')])
      gateway.clock.turn(durationMs)
      return ended
    },
  }
}

describe('the deadline of a decision', () => {
  it.each(['COMMIT', 'ROLLBACK'] as const)(
    'is reckoned from the first poll that saw it wait, for %s',
    async (policy) => {
      await using story = await startWaiting({ policy, afterSeconds: hour })
      const since = story.clock.now()
      const deadline = { awaitingSince: since, autoDecisionAt: new Date(since.getTime() + hour * 1_000) }
      expect(await story.find()).toMatchObject({ state: 'AWAITING_DECISION', ...deadline })
      const events = story.events.length
      await story.round()
      expect(await story.find()).toMatchObject(deadline)
      expect(story.events).toHaveLength(events)
    },
  )

  it('is that of the vendor where it tells one', async () => {
    const told = new Date('2026-01-01T00:30:00Z')
    await using story = await startWaiting({ policy: 'COMMIT', afterSeconds: hour }, told)
    expect(await story.find()).toMatchObject({ autoDecisionAt: told })
  })

  it.each([null, { policy: 'MANUAL', afterSeconds: null } as const])(
    'is none where a person decides: %j',
    async (policy) => {
      await using story = await startWaiting(policy)
      expect(await story.find()).toMatchObject({ awaitingSince: story.clock.now(), autoDecisionAt: null })
    },
  )

  it('is gone when it waits no longer, and since when it waited is kept', async () => {
    await using story = await startWaiting({ policy: 'COMMIT', afterSeconds: hour })
    const awaitingSince = story.clock.now()
    story.see('COMMITTING')
    await story.round()
    expect(await story.find()).toMatchObject({ awaitingSince, autoDecisionAt: null })
  })
})

describe('a decision that nobody has taken through the gateway', () => {
  it.each([
    { policy: 'COMMIT', phase: 'COMMITTING', words: 'committing', end: 'committed', state: 'SUCCEEDED' },
    { policy: 'ROLLBACK', phase: 'ROLLING_BACK', words: 'rolling back', end: 'rolled back', state: 'CANCELLED' },
  ] as const)("is told as the vendor's own at its time: $phase", async ({ policy, phase, words, end, state }) => {
    await using story = await startWaiting({ policy, afterSeconds: hour })
    story.see(phase)
    await story.round(hour * 1_000)
    expect(await story.find()).toMatchObject({ state: 'RUNNING', stage: `${words} by the vendor's commit policy` })
    story.see('NONE')
    const task = await story.end(1_000)
    expect(task).toMatchObject({ state, stage: `${end} by the vendor's commit policy`, warnings: [] })
  })

  it.each([
    { policy: 'COMMIT', phase: 'NONE', end: 'committed', state: 'SUCCEEDED' },
    { policy: 'COMMIT', phase: 'RECOVERED', end: 'committed', state: 'SUCCEEDED' },
    { policy: 'ROLLBACK', phase: 'NONE', end: 'rolled back', state: 'CANCELLED' },
  ] as const)(
    'is told as such when it was over between two polls: $policy, $phase',
    async ({ policy, phase, end, state }) => {
      await using story = await startWaiting({ policy, afterSeconds: hour })
      story.see(phase)
      const task = await story.end(hour * 1_000)
      expect(task).toMatchObject({ state, stage: `${end} by the vendor's commit policy`, warnings: [] })
    },
  )

  it.each([
    { why: 'long before its time', policy: 'COMMIT', atSeconds: hour / 2, phase: 'COMMITTING' },
    { why: 'against the policy', policy: 'ROLLBACK', atSeconds: hour, phase: 'COMMITTING' },
    { why: 'without a policy', policy: 'MANUAL', atSeconds: hour, phase: 'COMMITTING' },
  ] as const)('is not told as the one of the vendor $why', async ({ policy, atSeconds, phase }) => {
    await using story = await startWaiting({ policy, afterSeconds: policy === 'MANUAL' ? null : hour })
    story.see(phase)
    await story.round(atSeconds * 1_000)
    expect(await story.find()).toMatchObject({ state: 'RUNNING', stage: 'committing' })
    story.see('NONE')
    // The deadline passes while it is being carried out: that changes nothing any more.
    expect(await story.end(hour * 1_000)).toMatchObject({ state: 'SUCCEEDED', stage: 'committed', warnings: [] })
  })

  it('has a warning when it was over between two polls long before its time', async () => {
    await using story = await startWaiting({ policy: 'COMMIT', afterSeconds: hour })
    story.see('NONE')
    const task = await story.end(1_000)
    expect(task).toMatchObject({ state: 'SUCCEEDED', stage: null, warnings: [{ code: 'OUTCOME_UNKNOWN' }] })
  })
})

describe('a decision that was taken through the gateway', () => {
  it('is never told as the one of the vendor, also at its time', async () => {
    await using story = await startWaiting({ policy: 'COMMIT', afterSeconds: hour })
    story.see('COMMITTING')
    story.site.tasks.set('task-2', sampleReading({ vendorTaskId: 'task-2' }))
    await story.paused()
    story.clock.turn(hour * 1_000 - 1_000)
    const committing = story.until(sampleTaskId(1), 'RUNNING')
    await accept(story.journal, 2, { operation: 'COMMIT_FAILOVER', target: sampleTarget })
    expect(await committing).toMatchObject({ stage: 'committing' })
  })
})
