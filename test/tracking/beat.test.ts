import { describe, expect, it } from 'vitest'
import { Beat } from '../../src/tracking/beat.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const beatWith = (random: number) => new Beat({ clock: createFakeClock(), pollIntervalMs: 1_000, random: () => random })

const quiet = (beat: Beat, rounds: number): number => {
  for (let round = 0; round < rounds; round += 1) beat.note(false)
  return beat.toPauseMs([])
}

describe('how often a site is looked at', () => {
  it.each([
    [0, 1_000],
    [3, 1_000],
    [4, 2_000],
    [6, 4_000],
    [7, 5_000],
    [1_000, 5_000],
  ])('after %i rounds without a change, the next is %i ms away', (rounds, pauseMs) => {
    expect(quiet(beatWith(0.5), rounds)).toBe(pauseMs)
  })

  it('is at its shortest again after a change, and when somebody begins to wait', () => {
    const beat = beatWith(0.5)
    expect(quiet(beat, 9)).toBe(5_000)
    beat.note(true)
    expect(beat.toPauseMs([])).toBe(1_000)
    expect(quiet(beat, 9)).toBe(5_000)
    beat.hasten()
    expect(beat.toPauseMs([])).toBe(1_000)
  })

  it.each([
    [60_000, 5_000],
    [5_000, 5_000],
    [4_999, 1_000],
    [0, 1_000],
    [-60_000, 1_000],
    [-60_001, 5_000],
  ])('with something due in %i ms, the next is %i ms away although nothing has changed', (dueMs, pauseMs) => {
    const beat = beatWith(0.5)
    quiet(beat, 9)
    expect(beat.toPauseMs([3_600_000, dueMs])).toBe(pauseMs)
  })

  it('is spread by a tenth to either side', () => {
    expect(beatWith(0).toPauseMs([])).toBe(900)
    expect(beatWith(1).toPauseMs([])).toBe(1_100)
    expect(quiet(beatWith(0), 9)).toBe(4_500)
    expect(quiet(beatWith(1), 9)).toBe(5_500)
  })
})
