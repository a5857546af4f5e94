import { expect, test } from 'vitest'
import { findRequestId, toRequestId } from '../../src/server/request-id.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parent = 'b7ad6b7169203331'

test.each([
  ['x-request-id', { 'x-request-id': 'portal-17:a.b_c' }, 'portal-17:a.b_c'],
  [
    'x-request-id before traceparent',
    { 'x-request-id': 'portal', traceparent: `00-${traceId}-${parent}-01` },
    'portal',
  ],
  ['the trace id of traceparent', { traceparent: `00-${traceId}-${parent}-00` }, traceId],
  [
    'traceparent where x-request-id is not plain',
    { 'x-request-id': 'a b', traceparent: `00-${traceId}-${parent}-01` },
    traceId,
  ],
  ['a later version, which may have more', { traceparent: `01-${traceId}-${parent}-01-more` }, traceId],
  ['a later version without more', { traceparent: `cc-${traceId}-${parent}-01` }, traceId],
])('a request goes by %s', (_what, said, expected) => {
  expect(findRequestId(said)).toBe(expected)
})

test.each([
  ['nothing', {}],
  ['no text', { 'x-request-id': 7, traceparent: null }],
  ['an empty text', { 'x-request-id': '' }],
  ['two headers', { 'x-request-id': ['a', 'b'] }],
  ['more than 64 characters', { 'x-request-id': 'x'.repeat(65) }],
  ['a line feed', { 'x-request-id': 'a\nb' }],
  ['a line feed at its end', { 'x-request-id': 'a\n' }],
  ['what would be JSON', { 'x-request-id': '{"level":"error"}' }],
  ['letters beyond ASCII', { 'x-request-id': 'ä' }],
  ['version 00 with more', { traceparent: `00-${traceId}-${parent}-01-more` }],
  ['the version that is none', { traceparent: `ff-${traceId}-${parent}-01` }],
  ['a trace id of zeros', { traceparent: `00-${'0'.repeat(32)}-${parent}-01` }],
  ['a parent id of zeros', { traceparent: `00-${traceId}-${'0'.repeat(16)}-01` }],
  ['capital letters', { traceparent: `00-${traceId.toUpperCase()}-${parent}-01` }],
  ['a trace id that is too short', { traceparent: `00-${traceId.slice(1)}-${parent}-01` }],
  ['no flags', { traceparent: `00-${traceId}-${parent}` }],
])('a request with %s gets a new id', (_what, said) => {
  expect(findRequestId(said)).toBeNull()
  expect(toRequestId(said)).toMatch(/^[\da-f-]{36}$/)
  expect(toRequestId(said)).not.toBe(toRequestId(said))
})
