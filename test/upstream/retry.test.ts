import { describe, expect, it } from 'vitest'
import { parseRetryAfterMs, RetryBudget, toRetryDelayMs } from '../../src/upstream/retry.ts'

const now = new Date('2026-01-02T03:04:05Z')

describe('Retry-After', () => {
  it.for([
    { value: '3', expected: 3000 },
    { value: ' 0 ', expected: 0 },
    { value: 'Fri, 02 Jan 2026 03:04:09 GMT', expected: 4000 },
    { value: 'Fri, 02 Jan 2015 03:04:09 GMT', expected: 0 },
    { value: '99999999999999999999', expected: null },
    { value: '-5', expected: null },
    { value: '1.5', expected: null },
    { value: 'soon', expected: null },
    { value: '', expected: null },
  ])('"$value" means $expected ms', ({ value, expected }) => {
    // N6
    expect(parseRetryAfterMs({ 'retry-after': value }, now)).toBe(expected)
  })

  it('is measured on the clock of the site that wrote it', () => {
    const headers = { 'retry-after': 'Fri, 02 Jan 2026 05:00:02 GMT', date: 'Fri, 02 Jan 2026 05:00:00 GMT' }
    expect(parseRetryAfterMs(headers, now)).toBe(2000)
  })

  it('is waited for up to five seconds, and never shortened', () => {
    expect(toRetryDelayMs(0, 5000)).toBeGreaterThanOrEqual(5000)
    expect(toRetryDelayMs(0, 5001)).toBeNull()
  })
})

describe('the retry budget', () => {
  it('allows five at once and then one for every ten requests', () => {
    const budget = new RetryBudget()
    const spent = Array.from({ length: 7 }, () => budget.spend()).filter(Boolean)
    expect(spent).toHaveLength(5)
    for (let request = 0; request < 11; request += 1) budget.earn()
    expect([budget.spend(), budget.spend()]).toEqual([true, false])
  })
})
