import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { DocumentCache } from '../../src/server/document-cache.ts'
import { usualLimits } from '../../src/server/limit-table.ts'

const document = parse('{ a }')

test('drops what was used longest ago when the texts grow over the limit', () => {
  const cache = new DocumentCache(10, usualLimits)
  cache.set('aaaa', document)
  cache.set('bbbb', document)
  cache.get('aaaa')
  cache.set('cccc', document)
  expect(['aaaa', 'bbbb', 'cccc'].filter((text) => cache.get(text) !== undefined)).toEqual(['aaaa', 'cccc'])
})

test('counts a text that is set again once', () => {
  const cache = new DocumentCache(10, usualLimits)
  for (let round = 0; round < 5; round += 1) cache.set('aaaa', document)
  cache.set('bbbb', document)
  expect(cache.get('aaaa')).toBe(document)
})

test('does not keep a text that is longer than the limit', () => {
  const cache = new DocumentCache(10, usualLimits)
  cache.set('a'.repeat(11), document)
  expect(cache.get('a'.repeat(11))).toBeUndefined()
})

test('forgets what was measured by other limits, so that it is measured again', () => {
  const limits = { ...usualLimits }
  const cache = new DocumentCache(10, limits)
  const remember = (): boolean => {
    if (cache.get('aaaa') !== undefined) return true
    cache.set('aaaa', document)
    return false
  }
  expect([remember(), remember()]).toEqual([false, true])
  limits.maxDepth -= 1
  expect([remember(), remember()]).toEqual([false, true])
  limits.maxRequestsPerSecond -= 1
  expect(remember()).toBe(true)
})
