import { serverAudits } from 'graphql-http'
import { expect, test } from 'vitest'
import type { Viewer } from '../../src/domain/viewer.ts'
import { viewerOf } from '../support/viewer-of.ts'
import { startTestServer } from './start-test-server.ts'

const developer = viewerOf('developer', ['dr:introspect'])

const token = 'Bearer audit'
const authenticate = async (authorization: string | null): Promise<Viewer | null> =>
  authorization === token ? developer : null

const fetchWithToken: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('authorization', token)
  return fetch(input, { ...init, headers })
}

test('passes every audit of GraphQL over HTTP, with a token', async () => {
  await using server = await startTestServer({ authenticate })
  const audits = serverAudits({ url: server.url, fetchFn: fetchWithToken })
  const results = await Promise.all(audits.map(({ fn }) => fn()))
  const failures = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.name}: ${result.reason}`]))
  expect(failures).toEqual([])
  expect(results).toHaveLength(61)
})
