import { describe, expect, it } from 'vitest'
import { CircuitBreaker, type Outcome } from '../../src/upstream/circuit-breaker.ts'

const setUp = () => {
  const clock = { ms: 0 }
  const breaker = new CircuitBreaker({ threshold: 3, openMs: 1000, maxOpenMs: 3000, now: () => clock.ms })
  const call = (outcome: Outcome): boolean => {
    const settle = breaker.tryPass(true)
    settle?.(outcome)
    return settle !== null
  }
  const fail = (times: number): void => {
    for (let count = 0; count < times; count += 1) call('FAILED')
  }
  return { clock, breaker, call, fail }
}

describe('the circuit breaker', () => {
  it('opens after failures in a row, and an answer in between starts the count again', () => {
    const { breaker, call, fail } = setUp()
    fail(2)
    call('ANSWERED')
    fail(2)
    expect(breaker.state).toBe('CLOSED')
    fail(1)
    expect(breaker.state).toBe('OPEN')
    expect(call('ANSWERED')).toBe(false)
  })

  it('lets one probe through when its time is over, and closes when the probe is answered', () => {
    // N17
    const { clock, breaker, call, fail } = setUp()
    fail(3)
    clock.ms = 999
    expect(call('ANSWERED')).toBe(false)
    clock.ms = 1000
    const settle = breaker.tryPass(true)
    expect(breaker.state).toBe('HALF_OPEN')
    expect(breaker.tryPass(true)).toBeNull()
    settle?.('ANSWERED')
    expect(breaker.state).toBe('CLOSED')
  })

  it('never uses a call that may not probe to find out', () => {
    const { clock, breaker, fail } = setUp()
    fail(3)
    clock.ms = 5000
    expect(breaker.tryPass(false)).toBeNull()
    expect(breaker.state).toBe('OPEN')
  })

  it('stays open twice as long after each probe that fails, up to its limit', () => {
    const { clock, breaker, fail } = setUp()
    fail(3)
    const remaining: number[] = []
    for (let probe = 0; probe < 3; probe += 1) {
      clock.ms += breaker.remainingMs
      fail(1)
      remaining.push(breaker.remainingMs)
    }
    expect(remaining).toEqual([2000, 3000, 3000])
  })

  it('lets the next probe through at once when a probe learned nothing', () => {
    const { clock, breaker, call, fail } = setUp()
    fail(3)
    clock.ms = 1000
    call('UNDECIDED')
    expect(breaker.state).toBe('OPEN')
    expect(call('ANSWERED')).toBe(true)
    expect(breaker.state).toBe('CLOSED')
  })

  it('ignores stragglers that come back after it has opened', () => {
    const { breaker, fail } = setUp()
    const straggler = breaker.tryPass(true)
    fail(3)
    straggler?.('ANSWERED')
    expect(breaker.state).toBe('OPEN')
  })

  it('opens again when the answer to its probe was nonsense', () => {
    const { clock, breaker, call, fail } = setUp()
    fail(3)
    clock.ms = 1000
    call('ANSWERED')
    breaker.reportNonsense()
    expect(breaker.state).toBe('OPEN')
  })

  it('stays closed when sensible answers come between nonsensical ones', () => {
    const { breaker, call } = setUp()
    for (let round = 0; round < 10; round += 1) {
      call('ANSWERED')
      call('ANSWERED')
      breaker.reportNonsense()
    }
    expect(breaker.state).toBe('CLOSED')
  })
})
