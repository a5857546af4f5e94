import { describe, expect, it } from 'vitest'
import type { Task } from '../../src/domain/task.ts'
import { listDeciders, toVerdicts } from '../../src/tracking/decision-stage.ts'
import { sampleTask } from '../journal/sample-task.ts'
import { ScriptedSite } from './scripted-site.ts'

const failover = sampleTask({ startedAt: new Date(1_000) })

const decision = (operation: Task['operation'], state: Task['state'], startedAtMs = 2_000): Task =>
  sampleTask({ operation, state, startedAt: new Date(startedAtMs) })

describe('the verdict of the decisions that were made through the gateway', () => {
  it.each([
    { decisions: [], verdict: null },
    { decisions: [decision('COMMIT_FAILOVER', 'SUCCEEDED')], verdict: 'COMMITTED' },
    { decisions: [decision('ROLLBACK_FAILOVER', 'SUCCEEDED')], verdict: 'ROLLED_BACK' },
    { decisions: [decision('ROLLBACK_FAILOVER', 'RUNNING')], verdict: 'PENDING' },
    { decisions: [decision('COMMIT_FAILOVER', 'UNKNOWN')], verdict: 'PENDING' },
    { decisions: [decision('COMMIT_FAILOVER', 'OUTCOME_UNKNOWN')], verdict: null },
    { decisions: [decision('ROLLBACK_FAILOVER', 'FAILED')], verdict: null },
    { decisions: [decision('COMMIT_FAILOVER', 'SUCCEEDED', 999)], verdict: null },
    {
      decisions: [decision('ROLLBACK_FAILOVER', 'FAILED', 3_000), decision('COMMIT_FAILOVER', 'SUCCEEDED')],
      verdict: 'COMMITTED',
    },
  ])('is $verdict', ({ decisions, verdict }) => {
    expect(toVerdicts(failover, decisions)).toEqual({ verdict, foreignVerdict: null })
  })

  it('is told apart from that of the decisions of others', () => {
    const foreign = { ...decision('ROLLBACK_FAILOVER', 'SUCCEEDED', 3_000), dispatch: 'FOREIGN' } as const
    expect(toVerdicts(failover, [foreign])).toEqual({ verdict: null, foreignVerdict: 'ROLLED_BACK' })
    const own = decision('COMMIT_FAILOVER', 'FAILED')
    expect(toVerdicts(failover, [foreign, own])).toEqual({ verdict: null, foreignVerdict: 'ROLLED_BACK' })
    expect(toVerdicts(failover, [decision('COMMIT_FAILOVER', 'SUCCEEDED'), foreign])).toEqual({
      verdict: 'COMMITTED',
      foreignVerdict: 'ROLLED_BACK',
    })
  })
})

describe('the operations that decide on a task', () => {
  it('are those of its own operation, where the site has a decision stage', () => {
    const capabilities = new ScriptedSite().capabilities()
    expect(listDeciders(failover, capabilities)).toEqual(['COMMIT_FAILOVER', 'ROLLBACK_FAILOVER'])
    expect(listDeciders(sampleTask({ operation: 'MOVE' }), capabilities)).toEqual(['COMMIT_MOVE', 'ROLLBACK_MOVE'])
    expect(listDeciders(sampleTask({ operation: 'TEST_FAILOVER' }), capabilities)).toEqual([])
    expect(listDeciders(failover, new ScriptedSite('zvm-a', false).capabilities())).toEqual([])
  })
})
