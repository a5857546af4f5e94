import { describe, expect, it } from 'vitest'
import { toDuration, toShortDecision, toStanding, toTitle } from '../../src/watch/task-text.ts'
import { sampleTask } from './sample-news.ts'

const now = new Date('2026-01-01T00:01:05Z')
const said = { message: 'the disk is full' }

describe('the words for a task', () => {
  it('name what it does, to what, and where', () => {
    expect(toTitle({ ...sampleTask, operation: 'COMMIT_FAILOVER' })).toBe('Commit failover of db-01 (ACME)')
    expect(toTitle({ ...sampleTask, targetName: null })).toBe('Failover (ACME)')
  })

  it.each([
    [-5, '0 s'],
    [59_400, '59 s'],
    [185_000, '3 min 05 s'],
    [7_810_000, '2 h 10 min'],
  ])('say %d ms as %s', (durationMs, text) => {
    expect(toDuration(durationMs)).toBe(text)
  })

  it('say who must decide, and what happens when nobody does', () => {
    const waiting = { ...sampleTask, state: 'AWAITING_DECISION' }
    expect(toStanding(waiting, now)).toBe('waits for you to call commitFailover or rollbackFailover')
    expect(toShortDecision(waiting, now)).toBe('commit or rollback? waits for you')
    const timed = {
      ...waiting,
      operation: 'MOVE',
      autoDecisionAt: new Date('2026-01-01T00:03:05Z'),
      request: { decision: { policy: 'ROLLBACK' } },
    }
    expect(toStanding(timed, now)).toBe(
      'waits for you to call commitMove or rollbackMove; rolls back by itself in 2 min 00 s',
    )
    // What others have started: nobody here knows what they asked for.
    expect(toShortDecision({ ...timed, request: null }, now)).toBe(
      'commit or rollback? the vendor decides in 2 min 00 s',
    )
  })

  it('say how long it took by one clock, and what went wrong', () => {
    // N13: the vendor's clock is an hour ahead.
    const ended = { ...sampleTask, endedAt: new Date('2026-01-01T01:01:05Z') }
    expect(toStanding({ ...ended, state: 'SUCCEEDED', warnings: [said] }, now)).toBe(
      'succeeded after 1 min 05 s; warning: the disk is full',
    )
    expect(toStanding({ ...ended, state: 'FAILED', problem: said, request: null }, now)).toBe(
      'failed after 1 h 01 min; the disk is full',
    )
  })

  it('say of a lost outcome that it is looked for', () => {
    expect(toStanding({ ...sampleTask, state: 'OUTCOME_UNKNOWN', problem: said }, now)).toBe(
      'outcome unknown, being looked for; the disk is full',
    )
  })
})
