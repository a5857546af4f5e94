import { describe, expect, it } from 'vitest'
import { WatchTally } from '../../src/watch/watch-tally.ts'
import { sampleTask } from './sample-news.ts'

const tallyOf = (...states: readonly string[]): WatchTally => {
  const tally = new WatchTally(() => 0)
  for (const [index, state] of states.entries()) tally.note({ ...sampleTask, id: String(index), state })
  return tally
}

describe('the exit code', () => {
  it.each([
    [['SUCCEEDED', 'SUCCEEDED'], 0],
    [['SUCCEEDED', 'FAILED'], 1],
    [['OUTCOME_UNKNOWN', 'CANCELLED'], 1],
    [['SUCCEEDED', 'OUTCOME_UNKNOWN'], 2],
    [['RUNNING'], 2],
  ])('of %j is %d', (states, exitCode) => {
    expect(tallyOf(...states).toExitCode()).toBe(exitCode)
  })
})

describe('waiting', () => {
  it('is given up when only outcomes are left that have been unknown for ten minutes', () => {
    let nowMs = 0
    const tally = new WatchTally(() => nowMs)
    tally.note({ ...sampleTask, id: 'done', state: 'SUCCEEDED' })
    tally.note({ ...sampleTask, id: 'lost', state: 'OUTCOME_UNKNOWN' })
    nowMs = 599_999
    tally.note({ ...sampleTask, id: 'lost', state: 'OUTCOME_UNKNOWN' })
    expect(tally.isHopeless()).toBe(false)
    nowMs = 600_000
    expect(tally.isHopeless()).toBe(true)
    tally.note({ ...sampleTask, id: 'other' })
    expect(tally.isHopeless()).toBe(false)
  })

  it('is not given up when everything is over', () => {
    expect(tallyOf('SUCCEEDED').isHopeless()).toBe(false)
  })
})
