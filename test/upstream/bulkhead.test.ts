import { describe, expect, it } from 'vitest'
import { Bulkhead, BulkheadFullError } from '../../src/upstream/bulkhead.ts'

const never = new AbortController().signal

describe('the bulkhead', () => {
  it('lets the next one in when one leaves, in the order of arrival, and counts nobody twice', async () => {
    const bulkhead = new Bulkhead({ capacity: 1, maxWaiting: 5 })
    const order: string[] = []
    const leave = await bulkhead.enter(never)
    const second = bulkhead.enter(never).then((next) => {
      order.push('second')
      return next
    })
    const third = bulkhead.enter(never).then((next) => {
      order.push('third')
      return next
    })
    leave()
    leave()
    const leaveSecond = await second
    expect(order).toEqual(['second'])
    leaveSecond()
    await third
    expect(order).toEqual(['second', 'third'])
  })

  it('gives the place in the queue back when a caller goes away', async () => {
    const bulkhead = new Bulkhead({ capacity: 1, maxWaiting: 1 })
    const leave = await bulkhead.enter(never)
    const caller = new AbortController()
    const waiting = bulkhead.enter(caller.signal)
    await expect(bulkhead.enter(never)).rejects.toBeInstanceOf(BulkheadFullError)
    caller.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    const next = bulkhead.enter(never)
    leave()
    expect(typeof (await next)).toBe('function')
  })
})
