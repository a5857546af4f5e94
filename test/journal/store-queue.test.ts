import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/journal/database.ts'
import { ownTransactions, StoreQueue } from '../../src/journal/store-queue.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const busy = new Error('busy')

const startQueue = async () => {
  const clock = createFakeClock()
  const db = await openDatabase(':memory:')
  const queue = new StoreQueue({
    db,
    close: () => db.destroy(),
    transactions: ownTransactions(db),
    clock,
    findFailure: (error) => (error === busy ? { code: 'STORE_BUSY', isPassing: true, message: 'busy' } : null),
  })
  return { clock, queue, [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]() }
}

describe('the queue of a store', () => {
  it('tells only of the try that was committed, before the next write starts', async () => {
    await using started = await startQueue()
    const { clock, queue } = started
    const told: string[] = []
    let tries = 0
    const first = queue.write('TASKS', async ({ afterCommit }) => {
      tries += 1
      const number = tries
      afterCommit(() => told.push(`try ${number}`))
      if (number === 1) throw busy
    })
    const second = queue.write('TASKS', async () => void told.push('second write'))
    await clock.untilWaiting(1)
    expect(told).toEqual([])
    clock.turn(50)
    await Promise.all([first, second])
    expect(told).toEqual(['try 2', 'second write'])
  })

  it('tells nothing of a write that failed, and goes on with the next one', async () => {
    await using started = await startQueue()
    const { queue } = started
    const told: string[] = []
    const failed = queue.write('TASKS', async ({ afterCommit }) => {
      afterCommit(() => told.push('failed'))
      throw new Error('no')
    })
    const second = queue.write('TASKS', async ({ afterCommit }) => afterCommit(() => told.push('second')))
    await expect(failed).rejects.toThrow('no')
    await second
    expect(told).toEqual(['second'])
  })

  it('is closed once, however often that is asked', async () => {
    await using started = await startQueue()
    await started.queue[Symbol.asyncDispose]()
    expect(started.queue.isClosing).toBe(true)
    await started.queue[Symbol.asyncDispose]()
  })
})
