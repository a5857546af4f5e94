import { expect, it } from 'vitest'
import { createSimClock } from '../../src/simulator/clock.ts'

it('stands still until it is turned', () => {
  const clock = createSimClock({ speed: 0, startAt: 1000 })
  expect([clock.now(), clock.speed()]).toEqual([1000, 0])
  clock.turn(500)
  expect(clock.now()).toBe(1500)
})

it('keeps the time that has passed when its speed changes', () => {
  const clock = createSimClock({ speed: 0, startAt: 1000 })
  clock.turn(86_400_000)
  clock.setSpeed(1_000_000)
  while (clock.now() === 86_401_000) continue
  clock.setSpeed(0)
  const now = clock.now()
  expect(now).toBeGreaterThan(86_401_000)
  clock.turn(1)
  expect(clock.now()).toBe(now + 1)
})
