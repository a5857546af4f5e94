import { expect, test } from 'vitest'
import { findOpenHeaders, tracesSection } from '../src/config-traces.ts'
import { Secret } from '../src/std/secret.ts'

const url = 'https://collector.example:4318/v1/traces'

test('traces nothing where nothing is said', () => {
  expect(tracesSection.parse(undefined)).toBeUndefined()
})

test('traces everything unless told otherwise, to the path that OTLP has for it unless there is another', () => {
  expect(tracesSection.parse({ url: 'http://127.0.0.1:4318' })).toEqual({
    url: 'http://127.0.0.1:4318/v1/traces',
    headers: {},
    sampleRatio: 1,
  })
  expect(tracesSection.parse({ url: 'https://traces.example/otlp/x' })?.url).toBe('https://traces.example/otlp/x')
})

test('takes a ratio as the text that a reference gives, and keeps the headers as secrets', () => {
  const parsed = tracesSection.parse({
    url,
    sampleRatio: '0.05',
    headers: { 'x-scope': 'dr', token: new Secret('a b') },
  })
  expect(parsed?.sampleRatio).toBe(0.05)
  const shown = Object.entries(parsed?.headers ?? {}).map(([name, value]) => [name, value.reveal(), String(value)])
  expect(shown).toEqual([
    ['x-scope', 'dr', '[redacted]'],
    ['token', 'a b', '[redacted]'],
  ])
})

test.each([
  {},
  { url: 'collector:4318' },
  { url: 'grpc://collector:4317' },
  { url: 'https://user:password@collector.example' },
  { url: 'https://collector.example/?key=1' },
  { url, sampleRatio: 1.5 },
  { url, sampleRatio: -1 },
  { url, sampleRatio: 'often' },
  { url, headers: { 'a b': 'c' } },
  { url, headers: { a: 'b\r\nc: d' } },
  { url, headers: { a: '' } },
  { url, headers: ['a'] },
  { url, ratio: 1 },
])('refuses %j', (given) => {
  expect(tracesSection.safeParse(given).success).toBe(false)
})

test('finds headers that let somebody in, and stand in the file', () => {
  const headers = { Authorization: 'Bearer x', 'api-key': new Secret('y'), 'x-scope': 'dr' }
  expect(findOpenHeaders({ traces: { url, headers } })).toEqual(['traces.headers.Authorization'])
  for (const file of [null, {}, { traces: null }, { traces: { headers: 'x' } }])
    expect(findOpenHeaders(file)).toEqual([])
})
