import { expect, test } from 'vitest'
import { ClockSkews } from '../../src/upstream/clock-skews.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const hourMs = 3_600_000

const startSkews = () => {
  const clock = createFakeClock()
  const skews = new ClockSkews(clock)
  const note = (skewMs: number | null): Date => {
    skews.note(skewMs)
    clock.turn(1000)
    return clock.now()
  }
  return { clock, skews, note }
}

test('knows no difference before a site has told its time', () => {
  const { clock, skews, note } = startSkews()
  note(null)
  expect(skews.findLowestSince(clock.now())).toBe(0)
})

test('takes the difference that there was at a moment, and not one from before', () => {
  const { skews, note } = startSkews()
  note(-hourMs)
  const after = note(hourMs)
  expect(skews.findLowestSince(after)).toBe(hourMs)
})

test('takes the lower difference where the clock was set after a moment, whichever way', () => {
  // C4: rather an older task is listed than a wanted one hidden.
  const { skews, note } = startSkews()
  const first = note(0)
  const second = note(hourMs)
  note(-hourMs)
  expect([first, second].map((since) => skews.findLowestSince(since))).toEqual([-hourMs, -hourMs])
  const forward = startSkews()
  const before = forward.note(0)
  forward.note(hourMs)
  expect(forward.skews.findLowestSince(before)).toBe(0)
})

test('takes a difference of the same millisecond for one that may have come later', () => {
  const clock = createFakeClock()
  const skews = new ClockSkews(clock)
  skews.note(0)
  clock.turn(1)
  skews.note(hourMs)
  expect(skews.findLowestSince(clock.now())).toBe(0)
})

test('takes all that it knows for a moment before the first answer', () => {
  const { clock, skews, note } = startSkews()
  const start = clock.now()
  note(hourMs)
  note(-hourMs)
  expect(skews.findLowestSince(new Date(start.getTime() - 1))).toBe(-hourMs)
})

test('keeps a hundred, however often the clock of a site is set', () => {
  const { skews, note } = startSkews()
  const since = note(-hourMs)
  for (let count = 1; count <= 100; count += 1) note(count * hourMs)
  expect(skews.findLowestSince(since)).toBe(hourMs)
})
