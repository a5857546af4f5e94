import { getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { openSocket, query, type Result } from '../support/graphql-client.ts'
import { startTestServer, validAuthorization, type TestServer } from './start-test-server.ts'

/** What both transports answer to the caller with a token, who may not introspect. */
const ask = async (server: TestServer, document: string, variables = {}): Promise<readonly Result<unknown>[]> => {
  const { body } = await query(server.url, document, variables, { authorization: validAuthorization })
  await using socket = openSocket(server.url, validAuthorization)
  await using asking = socket.subscribe(document, variables)
  const answer = await asking.next().catch((error: Error) => ({ errors: JSON.parse(error.message) }))
  return [body, answer]
}

test.each([
  ['what tools send', getIntrospectionQuery()],
  ['one field', '{ __schema { types { name } } }'],
  ['another name', '{ hello innocent: __type(name: "Query") { name } }'],
  ['a fragment', '{ ...f } fragment f on Query { ... { __schema { queryType { name } } } }'],
  ['directives', '{ hello @skip(if: true) __type(name: "Query") @include(if: true) { fields { name } } }'],
])('a caller without dr:introspect learns nothing of the schema by %s', async (_what, document) => {
  // D3
  await using server = await startTestServer()
  // Documents are remembered: that somebody else was allowed to ask the same must not help.
  expect((await query(server.url, document)).body.errors).toBeUndefined()
  const extensions = { code: 'PERMISSION_DENIED', requiredScope: 'dr:introspect', requestId: expect.any(String) }
  for (const answer of await ask(server, document)) {
    expect(answer).toEqual({ errors: [expect.objectContaining({ extensions })] })
  }
})

test('may ask for the names of types in the answer', async () => {
  await using server = await startTestServer()
  const answers = await ask(server, '{ __typename node { __typename } }')
  expect(answers).toEqual([1, 2].map(() => ({ data: { __typename: 'Query', node: { __typename: 'Node' } } })))
})

test('is not told what he may have meant, whoever made the same mistake before', async () => {
  // D3
  await using server = await startTestServer()
  const document = '{ helo }'
  const { body } = await query(server.url, document)
  expect(body.errors?.[0]?.message).toBe('Cannot query field "helo" on type "Query". Did you mean "hello"?')
  for (const answer of await ask(server, document)) {
    expect(answer.errors?.map(({ message }) => message)).toEqual(['Cannot query field "helo" on type "Query".'])
  }
})

test('is not told it about variables either', async () => {
  // D3
  await using server = await startTestServer()
  const document = 'query ($color: Color) { paint(color: $color) }'
  const { body } = await query(server.url, document, { color: 'REDD' })
  expect(body.errors?.[0]?.message).toContain('Did you mean')
  for (const answer of await ask(server, document, { color: 'REDD' })) {
    expect(answer.errors).toHaveLength(1)
    expect(JSON.stringify(answer)).not.toMatch(/Did you mean|"RED"/)
  }
})
