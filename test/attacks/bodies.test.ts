import { afterAll, beforeAll, expect, test } from 'vitest'
import { send } from '../server/start-test-server.ts'
import { expectNoInnards, startAttackRig, type AttackRig } from './attack-rig.ts'

// H1, H3 to H5, H12, D4, V2: bodies and addresses of HTTP requests that are not what they should be.

let rig: AttackRig
beforeAll(async () => {
  rig = await startAttackRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

const viewer = '"query":"{ viewer { name } }"'
const withVariables = (variables: string): string => `{${viewer},"variables":${variables}}`
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** What is no request: 400, and nothing runs. */
const refused: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['blanks', ' \r\n\t '],
  ['half of a request', `{${viewer}`],
  ['a request and more', `{${viewer}}{${viewer}}`],
  ['a request and a comma', `{${viewer},}`],
  ['a request with a comment', `{${viewer} /* no */}`],
  ['single quotes', `{'query':'{ viewer { name } }'}`],
  ['NaN', `{${viewer},"variables":{"a":NaN}}`],
  ['Infinity', `{${viewer},"variables":{"a":-Infinity}}`],
  ['a number in hexadecimal', `{${viewer},"variables":{"a":0x10}}`],
  ['a number that begins with 0', `{${viewer},"variables":{"a":007}}`],
  ['a line feed in a text', '{"query":"{ viewer\n{ name } }"}'],
  ['an escape that is none', '{"query":"\\x7b"}'],
  ['null', 'null'],
  ['a number', '1e999'],
  ['a text', '"{ viewer { name } }"'],
  ['a list', `[{${viewer}}]`],
  ['an empty list', '[]'],
  ['100,000 lists in one another', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['100,000 lists without an end', '['.repeat(100_000)],
  ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(`{${viewer}}`)])],
  ['UTF-16 without a mark', utf16(`{${viewer}}`)],
  ['UTF-16, the other way round', utf16(`{${viewer}}`).swap16()],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['letters that are longer than they need be', Buffer.from([0x7b, 0xc0, 0xa2, 0x7d])],
  ['half a surrogate as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a query that is a list', '{"query":["{ viewer { name } }"]}'],
  ['a query that is an object', '{"query":{"toString":"x"}}'],
  ['a query that is null', '{"query":null}'],
  ['variables in a list', withVariables('[]')],
  ['variables in a text', withVariables('"{}"')],
  ['a name of the operation that is an object', `{${viewer},"operationName":{"a":1}}`],
  ['extensions in a list', `{${viewer},"extensions":[]}`],
  ['form data', 'query={viewer{name}}'],
  ['multipart', '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'],
]

/** What is odd and is JSON all the same: the answer is that of the request without it. */
const taken: readonly (readonly [string, string | Buffer])[] = [
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`{${viewer}}`)])],
  ['members that nobody knows', `{${viewer},"id":1,"a":{"b":[null]},"sha256Hash":"x"}`],
  ['a prototype', `{${viewer},"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}`],
  [
    'a prototype in variables',
    withVariables('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":1}}}'),
  ],
  ['a prototype in extensions', `{${viewer},"extensions":{"__proto__":{"cost":true},"constructor":1}}`],
  ['a lone surrogate', withVariables('{"a":"\\ud800"}')],
  ['numbers beyond all bounds', withVariables('{"a":1e999,"b":-1e999,"c":9007199254740993,"d":-0}')],
  ['a member twice, the last one good', `{"query":"{ __schema { types { name } } }",${viewer}}`],
  [
    '5,000 variables that nobody uses',
    withVariables(`{${Array.from({ length: 5_000 }, (_, i) => `"v${i}":${i}`).join(',')}}`),
  ],
  ['1,000 lists in one another in a variable', withVariables(`{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`)],
]

test.each(refused)('%s is refused with 400', async (_what, body) => {
  const { status, text } = await rig.post(body)
  expect(status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({ errors: [{ message: expect.any(String) }] })
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test.each(taken)('%s does no harm', async (_what, body) => {
  const { status, text } = await rig.post(body)
  expect([status, text]).toEqual([200, '{"data":{"viewer":{"name":"attacker"}}}'])
  expect(Object.prototype).not.toHaveProperty('isAdmin')
  await rig.expectUnharmed()
})

test('a member twice is the last one, which is what is looked at: nothing slips by the first', async () => {
  const { text } = await rig.post(`{${viewer},"query":"{ __schema { types { name } } }"}`)
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'PERMISSION_DENIED' } }] })
  await rig.expectUnharmed()
})

test.each([
  ['numbers beyond all bounds', '1e999'],
  ['more than 2^31', '2147483648'],
  ['a fraction', '1.5'],
  ['a text', '"1"'],
  ['true', 'true'],
  ['a list in a list', '[[1]]'],
  ['an object', '{"valueOf":1}'],
])('%s for a number is refused', async (_what, value) => {
  // V2
  const query = 'query ($n: Int!) { replications(first: $n) { totalCount } }'
  const { text } = await rig.post(`{"query":${JSON.stringify(query)},"variables":{"n":${value}}}`)
  expect(JSON.parse(text)).toMatchObject({ errors: [{ message: expect.any(String) }] })
  expectNoInnards(text)
  await rig.expectUnharmed()
})

/** What a page of another origin could make a browser send without asking here first. */
const unasked: readonly (readonly [string, string, Readonly<Record<string, string>>, string | undefined])[] = [
  ['a form', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, `query={viewer{name}}`],
  ['JSON as plain text', 'POST', { 'content-type': 'text/plain' }, `{${viewer}}`],
  ['JSON as plain text that names JSON', 'POST', { 'content-type': 'text/plain; a=application/json' }, `{${viewer}}`],
  ['JSON as a list of types', 'POST', { 'content-type': 'text/plain, application/json' }, `{${viewer}}`],
  ['JSON as a type that begins so', 'POST', { 'content-type': 'application/jsonx' }, `{${viewer}}`],
  ['JSON as another kind of JSON', 'POST', { 'content-type': 'application/csp-report' }, `{${viewer}}`],
  ['JSON without a type', 'POST', {}, `{${viewer}}`],
  ['multipart', 'POST', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
  ['JSON in UTF-7', 'POST', { 'content-type': 'application/json; charset=utf-7' }, `{${viewer}}`],
  ['JSON in UTF-16', 'POST', { 'content-type': 'application/json; charset=utf-16le' }, `{${viewer}}`],
  ['compressed JSON', 'POST', { 'content-type': 'application/json', 'content-encoding': 'br' }, 'x'],
]

test.each(unasked)('%s is refused, token or not', async (_what, method, headers, body) => {
  // H3, H4: neither here nor by what stands behind
  const options = {
    method,
    headers: { ...headers, authorization: rig.authorization },
    ...(body === undefined ? {} : { body }),
  }
  const { status, text } = await send(rig.url, options)
  expect([400, 415]).toContain(status)
  expect(text).not.toContain('attacker')
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test.each([
  ['a GET', 'GET', {}],
  [
    'a GET that says that it is another method',
    'GET',
    { 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
  ],
  ['a HEAD', 'HEAD', {}],
  ['a PUT', 'PUT', {}],
  ['a DELETE', 'DELETE', {}],
  ['a PATCH', 'PATCH', {}],
  ['a TRACE', 'TRACE', {}],
  ['a QUERY', 'QUERY', {}],
])('a mutation by %s is refused', async (_what, method, more) => {
  // H5
  const mutation = encodeURIComponent(
    'mutation { pauseReplication(input: { targetId: "x", idempotencyKey: "k" }) { __typename } }',
  )
  const headers = { authorization: rig.authorization, ...more }
  const { status, text } = await send(`${rig.url}?query=${mutation}`, { method, headers })
  expect([400, 405, 501]).toContain(status)
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test.each([
  ['twice the same parameter', '?query={viewer{name}}&query=mutation{x}'],
  ['a parameter in brackets', '?query[]={viewer{name}}'],
  ['percent signs that are none', '?query=%zz%'],
  ['bytes that are no UTF-8', '?query=%ff%fe'],
  ['a NUL', '?query=%00'],
  ['variables that are no JSON', '?query={viewer{name}}&variables={'],
  ['variables of a prototype', '?query={viewer{name}}&variables={"__proto__":{"isAdmin":true}}'],
  ['a token in the address', '?access_token=token-of-bystander&query={viewer{name}}'],
])('a GET with %s is no harm, and gives nobody another name', async (_what, query) => {
  const headers = { authorization: rig.authorization }
  const { status, text } = await send(
    `${rig.url}${query.replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('"', '%22')}`,
    {
      method: 'GET',
      headers,
    },
  )
  expect(status).toBeLessThan(500)
  expect(text).not.toContain('bystander')
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test.each([
  ['an operation that is to come in parts', 'multipart/mixed; deferSpec=20220824'],
  ['everything', '*/*'],
  ['nothing that there is', 'application/xml'],
  ['a list without end', Array.from({ length: 500 }, () => 'a/b;q=0.1').join(',')],
  ['no type at all', ';;;,,,'],
])('whoever accepts %s is answered or refused in JSON', async (_what, accept) => {
  const { status, headers, text } = await rig.post(`{${viewer}}`, { accept })
  expect([200, 406]).toContain(status)
  expect(JSON.stringify(headers).length).toBeLessThan(2_000)
  const type = text === '' ? 'application/json' : headers['content-type']
  expect(type).toMatch(/^(?:application\/(?:graphql-response\+)?json|multipart\/mixed)/)
  expectNoInnards(text)
  await rig.expectUnharmed()
})
