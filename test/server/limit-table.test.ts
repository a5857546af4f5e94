import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitNames, limitTable, usualLimits } from '../../src/server/limit-table.ts'
import { httpLimits } from '../../src/server/limits.ts'
import { CallerLimits, TokenBucket } from '../../src/server/rate-limits.ts'

test('the documentation has the table, with its defaults and bounds', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` +\| +(\d+) \| +(\d+) \| +(\d+) \|/gm)].map((row) => row.slice(1))
  const wanted = limitNames.map((name) => {
    const { usual, least, most } = limitTable[name]
    return [name, ...[usual, least, most].map(String)]
  })
  expect(rows).toEqual(wanted)
})

test('every default lies within its bounds', () => {
  const outside = limitNames.filter((name) => {
    const { usual, least, most } = limitTable[name]
    return usual < least || usual > most
  })
  expect(outside).toEqual([])
})

test('a late answer is answered before its connection is taken for dead', () => {
  expect(limitTable.responseDeadlineMs.most).toBeLessThan(httpLimits.idleTimeoutMs)
})

test('a bucket lets a second through at once, then what the rate fills in', () => {
  let now = 0
  const bucket = new TokenBucket(10, () => now)
  const takeAll = (): number => {
    let taken = 0
    while (bucket.take()) taken += 1
    return taken
  }
  expect(takeAll()).toBe(10)
  now += 250
  expect(takeAll()).toBe(2)
  now += 3_600_000
  expect(takeAll()).toBe(10)
})

test('forgets callers who do nothing, and keeps the count of those who do', () => {
  let now = 0
  const callers = new CallerLimits({ ...usualLimits, maxConcurrentOperations: 1 }, () => now)
  using operation = callers.beginOperation('busy')
  expect(operation).not.toBeNull()
  for (let number = 0; number < 10_000; number += 1) {
    now += 10
    callers.admit(`caller-${number}`)
  }
  expect(callers.size).toBeLessThan(2_001)
  expect(callers.beginOperation('busy')).toBeNull()
})

test('gives a place back once, however often it is disposed of', () => {
  const callers = new CallerLimits({ ...usualLimits, maxSocketsPerCaller: 1 })
  const place = callers.openSocket('a')
  place?.[Symbol.dispose]()
  place?.[Symbol.dispose]()
  expect([callers.openSocket('a'), callers.openSocket('a')].map((given) => given !== null)).toEqual([true, false])
})

test('goes by another rate from the moment at which it changes, for callers who are known, too', () => {
  const limits = { ...usualLimits, maxRequestsPerSecond: 2 }
  const callers = new CallerLimits(limits, () => 0)
  const admitted = (): number => Array.from({ length: 10 }, () => callers.admit('busy')).filter(Boolean).length
  expect(admitted()).toBe(2)
  limits.maxRequestsPerSecond = 5
  expect(admitted()).toBe(5)
  limits.maxRequestsPerSecond = 1
  expect(admitted()).toBe(1)
})
