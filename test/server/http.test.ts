import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { query, subscribe } from '../support/graphql-client.ts'
import { send, startTestServer } from './start-test-server.ts'

const json = { 'content-type': 'application/json' }

test('answers a query', async () => {
  await using server = await startTestServer()
  const { status, body } = await query(server.url, 'query ($name: String) { hello(name: $name) }', { name: 'DR' })
  expect({ status, body }).toEqual({ status: 200, body: { data: { hello: 'hello DR' } } })
})

test('answers a query that came as a GET', async () => {
  await using server = await startTestServer()
  const search = new URLSearchParams({
    query: 'query ($name: String) { hello(name: $name) }',
    variables: '{"name":"DR"}',
  })
  const headers = { 'graphql-require-preflight': '1' }
  const { status, text } = await send(`${server.url}?${search}`, { method: 'GET', headers })
  expect({ status, text }).toEqual({ status: 200, text: '{"data":{"hello":"hello DR"}}' })
})

test.each([
  ['no JSON at all', 'hello'],
  ['truncated JSON', '{"query":"{ hello }"'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['an empty body', ''],
  ['a number', '42'],
  ['null', 'null'],
  ['an object without a query', '{"variables":{}}'],
  ['a query that is no string', '{"query":["{ hello }"]}'],
  ['variables that are no object', '{"query":"{ hello }","variables":[1]}'],
  ['an operation name that is no string', '{"query":"{ hello }","operationName":7}'],
])('answers %s with 400 and a GraphQL error without a stack', async (_what, body) => {
  // H1
  await using server = await startTestServer()
  const { status, text } = await send(server.url, { method: 'POST', headers: json, body })
  expect(status).toBe(400)
  const extensions = { code: 'BAD_REQUEST', requestId: expect.any(String) }
  expect(JSON.parse(text)).toEqual({ errors: [{ message: expect.any(String), extensions }] })
  expect(text).not.toMatch(/stack|node_modules|SyntaxError/)
  expect(server.stage.executed).toEqual([])
})

test('answers a body in another character set with 400', async () => {
  // H1
  await using server = await startTestServer()
  const headers = { 'content-type': 'application/json; charset=utf-16' }
  const { status } = await send(server.url, { method: 'POST', headers, body: '{"query":"{ hello }"}' })
  expect(status).toBe(400)
})

test('answers broken variables of a GET with 400', async () => {
  // H1
  await using server = await startTestServer()
  const { status, text } = await send(`${server.url}?query={hello}&variables={`, { method: 'GET' })
  expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('BAD_REQUEST') })
})

test('answers a body over 1 MiB with 413 and does not wait for it', async () => {
  // H2: nothing but the announcement is sent
  await using server = await startTestServer()
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  socket.on('error', reject)
  socket.once('data', (data) => resolve(data.toString()))
  const head = ['POST /graphql HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 1048577']
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  expect(await promise).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
})

test('answers a body of unknown length with 413 once 1 MiB of it has come', async () => {
  // H2
  await using server = await startTestServer()
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  socket.on('error', reject)
  socket.once('data', (data) => resolve(data.toString()))
  const head = ['POST /graphql HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Transfer-Encoding: chunked']
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const chunk = 'x'.repeat(65_536)
  for (let sent = 0; sent <= 1_048_576; sent += chunk.length) socket.write(`10000\r\n${chunk}\r\n`)
  // The last chunk never comes.
  expect(await promise).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
})

test('takes a body of just under 1 MiB', async () => {
  await using server = await startTestServer()
  const frame = Buffer.byteLength(
    JSON.stringify({ query: 'query ($name: String) { hello(name: $name) }', variables: { name: '' } }),
  )
  const { status } = await query(server.url, 'query ($name: String) { hello(name: $name) }', {
    name: 'x'.repeat(1_048_576 - frame),
  })
  expect(status).toBe(200)
})

test.each([
  ['text/plain', '{"query":"mutation { act }"}'],
  ['application/x-www-form-urlencoded', 'query=mutation{act}'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'],
  ['application/graphql', 'mutation { act }'],
  ['application/json-seq', '{"query":"mutation { act }"}'],
])('answers a body of the type %s with 415 and runs nothing', async (type, body) => {
  // H4
  await using server = await startTestServer()
  const { status } = await send(server.url, { method: 'POST', headers: { 'content-type': type }, body })
  expect(status).toBe(415)
  expect(server.stage.executed).toEqual([])
})

test('answers a compressed body with 415', async () => {
  // H3
  await using server = await startTestServer()
  const body = gzipSync('{"query":"{ hello }"}')
  const { status } = await send(server.url, { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body })
  expect(status).toBe(415)
})

test('answers a GET of a mutation with 405 and runs nothing', async () => {
  // H5
  await using server = await startTestServer()
  const { status, headers } = await send(`${server.url}?query=mutation{act}`, { method: 'GET' })
  expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'POST' })
  expect(server.stage.executed).toEqual([])
})

test('answers other methods with 405', async () => {
  await using server = await startTestServer()
  const { status } = await send(server.url, { method: 'PUT', headers: json, body: '{"query":"{ hello }"}' })
  expect(status).toBe(405)
})

test('gives a foreign origin no CORS headers, also when its browser asks first', async () => {
  // H11
  await using server = await startTestServer()
  const headers = { ...json, origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  const asked = await send(server.url, { method: 'OPTIONS', headers })
  const sent = await send(server.url, { method: 'POST', headers, body: '{"query":"{ hello }"}' })
  const names = [...Object.keys(asked.headers), ...Object.keys(sent.headers)]
  expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect({ asked: asked.status, sent: sent.status }).toEqual({ asked: 405, sent: 200 })
})

test('refuses a batch', async () => {
  // H12
  await using server = await startTestServer()
  const body = '[{"query":"{ hello }"},{"query":"mutation { act }"}]'
  const { status, text } = await send(server.url, { method: 'POST', headers: json, body })
  expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('Batches') })
  expect(server.stage.executed).toEqual([])
})

test('cuts a request of too many headers with 431', async () => {
  // H7
  await using server = await startTestServer()
  const headers = { ...json, 'x-long': 'x'.repeat(14_000), 'x-longer': 'x'.repeat(14_000) }
  const { status } = await send(server.url, { method: 'POST', headers, body: '{"query":"{ hello }"}' })
  expect(status).toBe(431)
})

test('answers an unknown path with 404 and says where GraphQL is', async () => {
  await using server = await startTestServer()
  const { status, text } = await send(new URL('/graphq', server.url).href, { method: 'GET' })
  expect({ status, text }).toEqual({ status: 404, text: expect.stringContaining('/graphql') })
})

test('shows a landing text with the paths at the root', async () => {
  await using server = await startTestServer()
  const { status, text } = await send(new URL('/', server.url).href, { method: 'GET' })
  expect({ status, text }).toEqual({ status: 200, text: expect.stringMatching(/\/graphql[^]*\/health\/ready/) })
})

test('gives back the request id of the caller, and makes one where it is missing or hostile', async () => {
  await using server = await startTestServer()
  const given = await query(server.url, '{ hello }', {}, { 'x-request-id': 'portal-17' })
  const missing = await query(server.url, '{ hello }')
  const hostile = await query(server.url, '{ hello }', {}, { 'x-request-id': 'a b{"level":"x"}' })
  expect(given.headers.get('x-request-id')).toBe('portal-17')
  expect(missing.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  expect(hostile.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
})

test('masks an unexpected error and logs it once, with the request id', async () => {
  await using server = await startTestServer()
  const { status, body } = await query(server.url, '{ broken hello }', {}, { 'x-request-id': 'portal-17' })
  expect(status).toBe(200)
  expect(body.data).toEqual({ broken: null, hello: 'hello you' })
  expect(body.errors).toEqual([
    {
      message: 'Something went wrong inside the gateway',
      locations: [{ line: 1, column: 3 }],
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'portal-17' },
    },
  ])
  const errors = server.logged.filter(({ level }) => level === 'error')
  expect(errors).toEqual([
    expect.objectContaining({
      requestId: 'portal-17',
      path: ['broken'],
      error: expect.objectContaining({ message: 'secret-stack-detail', stack: expect.any(String) }),
    }),
  ])
})

test('masks what goes wrong while the context is made', async () => {
  await using server = await startTestServer({
    makeContext: () => {
      throw new Error('secret-stack-detail')
    },
  })
  const { body } = await query(server.url, '{ hello }', {}, { 'x-request-id': 'portal-17' })
  expect(body).toEqual({
    errors: [
      {
        message: 'Something went wrong inside the gateway',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'portal-17' },
      },
    ],
  })
  expect(server.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('shows an expected problem with its code and its data', async () => {
  await using server = await startTestServer()
  const { body } = await query(server.url, '{ refused }', {}, { 'x-request-id': 'portal-17' })
  const fields = [{ path: 'first', message: 'must be at most 100' }]
  expect(body.errors).toEqual([
    expect.objectContaining({
      message: 'first: must be at most 100',
      path: ['refused'],
      extensions: { code: 'INVALID_INPUT', fields, requestId: 'portal-17' },
    }),
  ])
  expect(server.logged.filter(({ level }) => level === 'error')).toEqual([])
})

test('joins what a list could not see to the errors of its answer, on both transports', async () => {
  // R1
  await using server = await startTestServer()
  const gap = { message: 'one site is silent', path: ['shortList'], extensions: { requestId: expect.any(String) } }
  const answer = { data: { shortList: ['a'] }, errors: [gap] }
  expect((await query(server.url, '{ shortList }')).body).toEqual(answer)
  await using overSocket = subscribe(server.url, '{ shortList }')
  expect(await overSocket.next()).toEqual(answer)
})

test('tells a query that its caller has left', async () => {
  // H10
  await using server = await startTestServer()
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const leaving = new AbortController()
  const begun = server.whenBegun()
  const body = '{"query":"{ wait }"}'
  const answer = fetch(server.url, { method: 'POST', headers: json, body, signal: leaving.signal }).catch(() => null)
  await begun
  const [signal] = server.stage.signals
  const { promise: aborted, resolve } = Promise.withResolvers<boolean>()
  signal?.addEventListener('abort', () => resolve(true))
  leaving.abort()
  expect(await aborted).toBe(true)
  await answer
  gate.resolve()
})

test('lets a mutation run on when its caller has left', async () => {
  // H10
  await using server = await startTestServer()
  const gate = Promise.withResolvers<void>()
  server.stage.gate = gate.promise
  const leaving = new AbortController()
  const begun = server.whenBegun()
  const body = '{"query":"mutation { wait act }"}'
  const answer = fetch(server.url, { method: 'POST', headers: json, body, signal: leaving.signal }).catch(() => null)
  await begun
  leaving.abort()
  await answer
  // Any later answer shows that the server has seen the connection go.
  await query(server.url, '{ hello }')
  expect(server.stage.signals.map(({ aborted }) => aborted)).toEqual([false])
  gate.resolve()
  await server[Symbol.asyncDispose]()
  expect(server.stage.executed).toEqual(['wait', 'hello', 'act'])
})
