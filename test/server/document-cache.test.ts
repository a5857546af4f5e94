import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { DocumentCache } from '../../src/server/document-cache.ts'

const document = parse('{ a }')

test('drops what was used longest ago when the texts grow over the limit', () => {
  const cache = new DocumentCache(10)
  cache.set('aaaa', document)
  cache.set('bbbb', document)
  cache.get('aaaa')
  cache.set('cccc', document)
  expect(['aaaa', 'bbbb', 'cccc'].filter((text) => cache.get(text) !== undefined)).toEqual(['aaaa', 'cccc'])
})

test('counts a text that is set again once', () => {
  const cache = new DocumentCache(10)
  for (let round = 0; round < 5; round += 1) cache.set('aaaa', document)
  cache.set('bbbb', document)
  expect(cache.get('aaaa')).toBe(document)
})

test('does not keep a text that is longer than the limit', () => {
  const cache = new DocumentCache(10)
  cache.set('a'.repeat(11), document)
  expect(cache.get('a'.repeat(11))).toBeUndefined()
})
