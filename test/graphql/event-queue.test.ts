import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventQueue } from '../../src/graphql/stream/event-queue.ts'

interface Entry {
  readonly sequence: number
  readonly task: string
  readonly isProgress: boolean
}

const openQueue = (mostEvents: number): EventQueue<Entry> =>
  new EventQueue(mostEvents, { conflationKey: ({ isProgress, task }) => (isProgress ? task : null) })

const takeAll = (queue: EventQueue<Entry>): readonly Entry[] => {
  const taken: Entry[] = []
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) taken.push(entry)
  return taken
}

/** What happens to a queue: an event of one of three tasks comes, or the client takes one. */
const step = fc.oneof(
  fc.record({ task: fc.constantFrom('a', 'b', 'c'), isProgress: fc.boolean() }),
  fc.constant('TAKE' as const),
)

/** Plays the steps; gives what came and what the client has in the end. */
const play = (queue: EventQueue<Entry>, steps: readonly (Omit<Entry, 'sequence'> | 'TAKE')[]) => {
  const came: Entry[] = []
  const taken: Entry[] = []
  for (const one of steps) {
    if (one === 'TAKE') {
      const entry = queue.shift()
      if (entry !== undefined) taken.push(entry)
    } else {
      const entry = { ...one, sequence: came.length + 1 }
      came.push(entry)
      queue.push(entry)
    }
  }
  return { came, taken: [...taken, ...takeAll(queue)] }
}

test('hands out every change of state, the newest progress of every task, all in order, whoever takes when', () => {
  // W4
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { came, taken } = play(openQueue(1_000), steps)
      const sequences = taken.map(({ sequence }) => sequence)
      expect(sequences).toEqual(sequences.toSorted((one, other) => one - other))
      expect(new Set(sequences).size).toBe(sequences.length)
      expect(taken.filter(({ isProgress }) => !isProgress)).toEqual(came.filter(({ isProgress }) => !isProgress))
      for (const task of ['a', 'b', 'c']) {
        const isProgressOf = (entry: Entry): boolean => entry.isProgress && entry.task === task
        expect(taken.findLast(isProgressOf)).toEqual(came.findLast(isProgressOf))
      }
    }),
  )
})

test('never holds more than its cap of changes of state and one progress for each task', () => {
  // W4
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 5 }), (steps, mostEvents) => {
      const queue = openQueue(mostEvents)
      let sequence = 0
      for (const one of steps) {
        if (one === 'TAKE') queue.shift()
        else queue.push({ ...one, sequence: (sequence += 1) })
        expect(queue.size).toBeLessThanOrEqual(mostEvents + 3)
      }
    }),
  )
})

test('lets everything go at once when there is no room for a change of state, and takes nothing in any more', () => {
  const queue = openQueue(2)
  for (const sequence of [1, 2]) queue.push({ sequence, task: 'a', isProgress: false })
  expect(queue.isOverflown).toBe(false)
  queue.push({ sequence: 3, task: 'a', isProgress: false })
  queue.push({ sequence: 4, task: 'a', isProgress: true })
  expect([queue.isOverflown, queue.size, queue.shift()]).toEqual([true, 0, undefined])
})

test('counts only what waits: a client that takes as much as comes never overflows it', () => {
  const queue = openQueue(1)
  for (let sequence = 1; sequence <= 100; sequence += 1) {
    queue.push({ sequence, task: 'a', isProgress: false })
    expect(queue.shift()?.sequence).toBe(sequence)
  }
  expect(queue.isOverflown).toBe(false)
})
