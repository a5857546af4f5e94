import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { createClient } from 'graphql-sse'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { usualLimits } from '../../src/server/limit-table.ts'
import type { DocumentSettings } from '../../src/server/stored-documents.ts'
import { send, startTestServer, validAuthorization } from './start-test-server.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const hello = 'query Hello($name: String) { hello(name: $name) }'
const counting = 'subscription Counting { count }'
const acting = 'mutation Acting { act }'
const stored = [hello, counting, acting]
const texts = Object.fromEntries(stored.map((text) => [`sha256:${sha256(text)}`, text]))
const known: DocumentSettings = { mode: 'known', texts }
const only: DocumentSettings = { mode: 'only', texts }
const open: DocumentSettings = { mode: 'open', texts }

const idOf = (text: string): string => `sha256:${sha256(text)}`
const apolloIdOf = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } })

const accept = 'application/graphql-response+json'

interface Answer {
  readonly status: number
  readonly body: {
    readonly data?: unknown
    readonly errors?: readonly { message: string; extensions: { code: string } }[]
  }
}

const post = async (url: string, body: object): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', accept }
  const { status, text } = await send(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status, body: JSON.parse(text) }
}

const get = async (
  url: string,
  parameters: Record<string, string>,
  more: Record<string, string> = {},
): Promise<Answer> => {
  const headers = { accept, 'graphql-require-preflight': '1', ...more }
  const { status, text } = await send(`${url}?${new URLSearchParams(parameters)}`, { method: 'GET', headers })
  return { status, body: JSON.parse(text) }
}

/** A bare socket after its `connection_ack`, and the messages that come on it. */
const openRaw = async (url: string) => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const messages: { id?: string; type: string; payload?: unknown }[] = []
  let wake: (() => void) | null = null
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString()))
    wake?.()
  })
  await once(socket, 'open')
  const next = async () => {
    while (messages.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return messages.shift()
  }
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await next()
  return {
    socket,
    ask: async (payload: object) => {
      socket.send(JSON.stringify({ id: 'x', type: 'subscribe', payload }))
      const answer = await next()
      if (answer?.type === 'next') await next()
      return answer
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

const codeOf = ({ status, body }: Answer) => ({ status, codes: body.errors?.map(({ extensions }) => extensions.code) })
const notAllowed = { status: 400, codes: ['DOCUMENT_NOT_ALLOWED'] }
const notFound = { status: 404, codes: ['DOCUMENT_NOT_FOUND'] }

describe.each([
  ['open', open],
  ['known', known],
  ['only', only],
] as const)('with documents.mode %s', (_mode, documents) => {
  test.each([
    ['documentId with its prefix', { documentId: idOf(hello) }],
    ['documentId without its prefix', { documentId: sha256(hello) }],
    ["the hash of Apollo's clients", { extensions: apolloIdOf(hello) }],
    ['documentId and an empty text', { query: '', documentId: idOf(hello) }],
  ])('runs a stored document by %s, over POST, GET and socket alike', async (_what, named) => {
    await using server = await startTestServer({ documents })
    const variables = { name: 'DR' }
    const answer = { data: { hello: 'hello DR' } }
    expect(await post(server.url, { ...named, variables })).toEqual({ status: 200, body: answer })
    const parameters = Object.entries({ ...named, variables }).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    expect(await get(server.url, Object.fromEntries(parameters))).toEqual({ status: 200, body: answer })
    using socket = await openRaw(server.url)
    expect(await socket.ask({ ...named, variables })).toEqual({ id: 'x', type: 'next', payload: answer })
    const inExtensions = 'documentId' in named ? { query: '', extensions: { ...apolloIdOf(hello) } } : named
    expect(await socket.ask({ ...inExtensions, variables })).toMatchObject({ payload: answer })
  })

  test('refuses an unknown id in words that do not depend on what is stored, and the socket stays open', async () => {
    await using server = await startTestServer({ documents })
    const documentId = idOf('{ hello }')
    const { status, body } = await post(server.url, { documentId })
    expect({ status, body }).toEqual({
      status: 404,
      body: {
        errors: [
          {
            message: 'No stored document has the id that was asked for',
            extensions: { code: 'DOCUMENT_NOT_FOUND', requestId: expect.any(String) },
          },
        ],
      },
    })
    expect(codeOf(await get(server.url, { documentId }))).toEqual(notFound)
    using socket = await openRaw(server.url)
    const refused = await socket.ask({ documentId })
    expect(refused).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'DOCUMENT_NOT_FOUND' } }] })
    expect(JSON.stringify(refused)).not.toContain('http')
    expect(await socket.ask({ documentId: idOf(hello) })).toMatchObject({ type: 'next' })
  })

  test('an answer as application/json has 200, as GraphQL over HTTP has it for what is refused', async () => {
    await using server = await startTestServer({ documents })
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const body = JSON.stringify({ documentId: 'nothing' })
    const { status, text } = await send(server.url, { method: 'POST', headers, body })
    expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('DOCUMENT_NOT_FOUND') })
  })

  test.each([
    ['a documentId that is no text', { documentId: 7 }],
    ['a documentId that is a list', { documentId: [idOf(hello)] }],
    ['a persistedQuery that is no object', { extensions: { persistedQuery: sha256(hello) } }],
    [
      'a persistedQuery of another version',
      { extensions: { persistedQuery: { version: 2, sha256Hash: sha256(hello) } } },
    ],
    ['a persistedQuery without its hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['neither a text nor an id', {}],
    ['an empty text and no id', { query: '' }],
  ])('answers %s with 400, on a socket with an error', async (_what, named) => {
    await using server = await startTestServer({ documents })
    expect(codeOf(await post(server.url, named))).toEqual({ status: 400, codes: ['BAD_REQUEST'] })
    using socket = await openRaw(server.url)
    const asked = await socket.ask({ query: '', ...named })
    expect(asked).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('finds nothing under names that every object has', async () => {
    await using server = await startTestServer({ documents })
    for (const documentId of ['__proto__', 'constructor', 'toString', 'sha256:', '']) {
      expect(codeOf(await post(server.url, { documentId }))).toEqual(notFound)
    }
  })

  test('a mutation by its id is refused as a GET, and a GET without the header that pages cannot send, too', async () => {
    await using server = await startTestServer({ documents })
    expect(await get(server.url, { documentId: idOf(acting) })).toMatchObject({ status: 405 })
    const bare = await send(`${server.url}?documentId=${idOf(hello)}`, { method: 'GET', headers: { accept } })
    expect(bare).toMatchObject({ status: 400, text: expect.stringContaining('graphql-require-preflight') })
    expect(server.stage.executed).toEqual([])
  })

  test('streams a stored subscription as server-sent events', async () => {
    await using server = await startTestServer({ documents })
    const begun = server.whenBegun()
    const headers = { accept: 'text/event-stream', 'graphql-require-preflight': '1' }
    const response = await fetch(`${server.url}?documentId=${idOf(counting)}`, { headers })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await begun
    server.stage.sources[0]?.push(1)
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('"count":1')) text += new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
  })

  test('needs a valid token like anything else, and counts like anything else', async () => {
    await using server = await startTestServer({ documents, isAnonymousAllowed: false })
    const headers = { 'content-type': 'application/json', accept }
    const body = JSON.stringify({ documentId: idOf(hello) })
    expect(await send(server.url, { method: 'POST', headers, body })).toMatchObject({ status: 401 })
    const withToken = { ...headers, authorization: validAuthorization }
    expect(await send(server.url, { method: 'POST', headers: withToken, body })).toMatchObject({ status: 200 })
  })
})

describe('what is not stored', () => {
  const strange = 'query Strange { whoAmI }'
  const introspection = '{ __schema { types { name } } }'

  test.each([
    ['known', known],
    ['only', only],
  ] as const)(
    'is refused with documents.mode %s over POST, GET, event stream and socket alike',
    async (_mode, documents) => {
      // Closed by default: no transport is a way around.
      await using server = await startTestServer({ documents })
      for (const query of [strange, introspection, '{ hello', 'subscription { count }', `${hello} ${strange}`]) {
        expect(codeOf(await post(server.url, { query }))).toEqual(notAllowed)
        expect(codeOf(await post(server.url, { query, documentId: idOf(hello) }))).toEqual(notAllowed)
        expect(codeOf(await get(server.url, { query }))).toEqual(notAllowed)
        expect(codeOf(await get(server.url, { query }, { accept: `text/event-stream, ${accept}` }))).toEqual(notAllowed)
        using socket = await openRaw(server.url)
        const refusal = { type: 'error', payload: [{ extensions: { code: 'DOCUMENT_NOT_ALLOWED' } }] }
        expect(await socket.ask({ query })).toMatchObject(refusal)
        expect(await socket.ask({ query, documentId: idOf(hello), extensions: apolloIdOf(hello) })).toMatchObject(
          refusal,
        )
        expect(await socket.ask({ documentId: idOf(hello) })).toMatchObject({ type: 'next' })
      }
      expect(server.stage.executed.every((field) => field === 'hello')).toBe(true)
      expect(server.stage.sources).toEqual([])
    },
  )

  test('is refused in the same words, however near it comes to what is stored', async () => {
    await using server = await startTestServer({ documents: known })
    const near = [
      'query Hello($name: String) { hello(name: $name) whoAmI }',
      'query Hello { helo }',
      'nonsense(',
      '{ a }',
    ]
    const answers = await Promise.all(near.map((query) => post(server.url, { query })))
    const words = answers.map(({ status, body }) => ({ status, message: body.errors?.[0]?.message }))
    expect(new Set(words.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(JSON.stringify(words)).not.toMatch(/Did you mean|Syntax|hello/)
  })

  test('is run with documents.mode open, also beside an id', async () => {
    await using server = await startTestServer({ documents: open })
    const answer = { status: 200, body: { data: { whoAmI: 'anonymous' } } }
    expect(await post(server.url, { query: strange })).toEqual(answer)
    expect(await post(server.url, { query: strange, documentId: idOf(hello) })).toEqual(answer)
  })
})

test('the client of graphql-sse runs a stored subscription by its id', async () => {
  await using server = await startTestServer({ documents: only })
  const client = createClient({ url: server.url })
  const begun = server.whenBegun()
  const events = client.iterate({ query: '', extensions: apolloIdOf(counting) })
  const first = events.next()
  await begun
  server.stage.sources[0]?.push(1)
  expect((await first).value).toEqual({ data: { count: 1 } })
  await events.return?.()
  client.dispose()
})

test('with documents.mode known a stored text runs, whatever its spaces, commas and order', async () => {
  const nested = 'query Nested {\n  node {\n    ...Named\n  }\n}\n\nfragment Named on Node {\n  name\n}'
  const documents: DocumentSettings = { mode: 'known', texts: { nested } }
  await using server = await startTestServer({ documents })
  const same = ['fragment Named on Node { name, }, query Nested { node { ...Named } } # a comment', nested]
  for (const query of same) {
    expect(await post(server.url, { query })).toEqual({ status: 200, body: { data: { node: { name: 'a node' } } } })
    using socket = await openRaw(server.url)
    expect(await socket.ask({ query })).toMatchObject({ type: 'next' })
  }
})

test('with documents.mode only a stored text is refused, too, and nothing of it is said', async () => {
  await using server = await startTestServer({ documents: only })
  const { body } = await post(server.url, { query: hello })
  expect(body.errors?.[0]?.message).toBe('Only stored documents are run here: send the id of one, and no text')
})

test('what one caller ran by its id is no answer to an empty text of the next', async () => {
  // Documents are remembered by their text across callers.
  await using server = await startTestServer({ documents: only })
  await post(server.url, { documentId: idOf(hello) })
  expect(codeOf(await post(server.url, { query: '' }))).toEqual({ status: 400, codes: ['BAD_REQUEST'] })
  using socket = await openRaw(server.url)
  await socket.ask({ documentId: idOf(hello) })
  expect(await socket.ask({ query: '' })).toMatchObject({ type: 'error' })
})

test('the limits hold for stored documents as for others', async () => {
  await using server = await startTestServer({
    documents: only,
    limits: { ...usualLimits, maxRequestsPerSecond: 2 },
  })
  const answers = [1, 2, 3].map(() => post(server.url, { documentId: idOf(hello) }))
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test.each([
  ['open', true],
  ['known', false],
  ['only', false],
] as const)('with documents.mode %s the page of GraphiQL is there: %s', async (mode, isThere) => {
  await using server = await startTestServer({ documents: { mode, texts }, isGraphiqlEnabled: true })
  const { text } = await send(server.url, { method: 'GET', headers: { accept: 'text/html' } })
  expect(text.includes('<!doctype html>') || text.includes('<!DOCTYPE html>')).toBe(isThere)
})

describe("Apollo's link for persisted queries", () => {
  const asked: object[] = []
  const openApollo = (uri: string) => {
    asked.length = 0
    const http = new HttpLink({
      uri,
      fetch: async (input, init) => {
        asked.push(Object.keys(JSON.parse(typeof init?.body === 'string' ? init.body : '{}')))
        return fetch(input, init)
      },
    })
    const persisted = new PersistedQueryLink({ sha256: async (text) => sha256(text) })
    return new ApolloClient({ cache: new InMemoryCache(), link: persisted.concat(http) })
  }
  const document = gql`
    query Greeting {
      hello
    }
  `
  const printed = 'query Greeting {\n  hello\n}'

  test('runs a stored document by its hash alone', async () => {
    await using server = await startTestServer({ documents: { mode: 'only', texts: { [sha256(printed)]: printed } } })
    const client = openApollo(server.url)
    const { data } = await client.query({ query: document })
    expect(data).toEqual({ hello: 'hello you' })
    expect(asked).toEqual([['operationName', 'variables', 'extensions']])
  })

  test('sends the text when its hash is not known, where texts are taken', async () => {
    await using server = await startTestServer()
    const client = openApollo(server.url)
    const { data } = await client.query({ query: document })
    expect(data).toEqual({ hello: 'hello you' })
    expect(asked).toHaveLength(2)
    expect(asked[1]).toContain('query')
  })

  test('does not send the text where none is taken', async () => {
    await using server = await startTestServer({ documents: only })
    const client = openApollo(server.url)
    await expect(client.query({ query: document })).rejects.toThrow('No stored document')
    expect(asked).toHaveLength(1)
  })
})
