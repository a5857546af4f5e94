import { expect, test } from 'vitest'
import { toEndpoint } from '../../src/upstream/endpoint-template.ts'

const words = new Set(['groups', 'members'])

test.each([
  ['/v1/groups', '/v1/groups'],
  ['/v1/groups/4711/members?from=2026-01-01', '/v1/groups/{id}/members'],
  // Names can look like words; only those of the interface get through.
  ['/groups/site-a', '/groups/{id}'],
  ['/groups/v1234', '/groups/{id}'],
  ['/groups/a%2Fb', '/groups/{id}'],
  ['', ''],
])('shows %j as %j', (path, endpoint) => {
  expect(toEndpoint(path, words)).toBe(endpoint)
})
