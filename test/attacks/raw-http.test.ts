import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoInnards, startAttackRig, type AttackRig } from './attack-rig.ts'

// H6, H8, H9: bytes that two servers in a row would read in two ways, and connections that never get anywhere.

let rig: AttackRig
beforeAll(async () => {
  rig = await startAttackRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

const body = '{"query":"{ viewer { name } }"}'
const json = 'Content-Type: application/json'

/** A whole request by a bystander, which somebody tries to hide in his own. */
const hidden = (): string =>
  `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-of-bystander\r\n${json}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

const head = (...lines: readonly string[]): string =>
  ['POST /graphql HTTP/1.1', 'Host: x', `Authorization: ${rig.authorization}`, json, ...lines, '', ''].join('\r\n')

/** Where one request ends is not to be doubted: one refusal at most, and nothing behind it. */
const doubtful: readonly (readonly [string, () => string])[] = [
  ['a length and chunks', () => `${head('Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden()}`],
  ['chunks and a length', () => `${head('Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n${hidden()}`],
  ['two lengths', () => `${head(`Content-Length: ${body.length}`, 'Content-Length: 0')}${body}${hidden()}`],
  ['two lengths in one line', () => `${head(`Content-Length: ${body.length}, 0`)}${body}${hidden()}`],
  [
    'the same length twice',
    () => `${head(`Content-Length: ${body.length}`, `Content-Length: ${body.length}`)}${body}${hidden()}`,
  ],
  ['a length with a plus', () => `${head(`Content-Length: +${body.length}`)}${body}${hidden()}`],
  ['a length below 0', () => `${head('Content-Length: -1')}${hidden()}`],
  ['a length in hexadecimal', () => `${head('Content-Length: 0x1f')}${body}${hidden()}`],
  ['a length of 30 digits', () => `${head(`Content-Length: ${'9'.repeat(30)}`)}${hidden()}`],
  ['a blank before the colon', () => `${head('Content-Length : 0')}${hidden()}`],
  ['chunks in disguise', () => `${head('Transfer-Encoding: xchunked')}0\r\n\r\n${hidden()}`],
  ['chunks that are not last', () => `${head('Transfer-Encoding: chunked, identity')}0\r\n\r\n${hidden()}`],
  ['chunks behind a vertical tab', () => `${head('Transfer-Encoding: \x0bchunked')}0\r\n\r\n${hidden()}`],
  ['chunks in a folded line', () => `${head('X: y', ' Transfer-Encoding: chunked')}0\r\n\r\n${hidden()}`],
  ['a chunk of a size that is none', () => `${head('Transfer-Encoding: chunked')}zz\r\n${hidden()}`],
  ['a chunk of a size with a sign', () => `${head('Transfer-Encoding: chunked')}-1\r\n${hidden()}`],
  ['a chunk of more than there can be', () => `${head('Transfer-Encoding: chunked')}FFFFFFFFFFFFFFFFF\r\n${hidden()}`],
  [
    'a chunk that goes on behind its size',
    () => `${head('Transfer-Encoding: chunked')}1\r\n{xx\r\n0\r\n\r\n${hidden()}`,
  ],
  [
    'a chunk with an endless extension',
    () => `${head('Transfer-Encoding: chunked')}1;${'a'.repeat(100_000)}\r\n{\r\n0\r\n\r\n`,
  ],
  ['line feeds alone', () => `${head(`Content-Length: ${body.length}`).replaceAll('\r\n', '\n')}${body}${hidden()}`],
  ['a carriage return in a header', () => `${head('X: a\rContent-Length: 0')}${hidden()}`],
  ['a NUL in a header', () => `${head('X: a\0b', 'Content-Length: 0')}${hidden()}`],
  ['a NUL in the name of a header', () => `${head('X\0: a', 'Content-Length: 0')}${hidden()}`],
  ['a header without a name', () => `${head(': x', 'Content-Length: 0')}${hidden()}`],
  ['a header without a colon', () => `${head('nonsense', 'Content-Length: 0')}${hidden()}`],
  ['two hosts', () => `${head('Host: evil.example', `Content-Length: ${body.length}`)}${body}`],
  ['no host', () => head('Content-Length: 0').replace('Host: x\r\n', '')],
  ['a blank in the path', () => `POST /graph ql HTTP/1.1\r\nHost: x\r\n\r\n${hidden()}`],
  ['a method that is none', () => `P@ST /graphql HTTP/1.1\r\nHost: x\r\n\r\n${hidden()}`],
  ['a version that is none', () => `POST /graphql HTTP/9.9\r\nHost: x\r\n\r\n${hidden()}`],
  ['HTTP/0.9', () => 'GET /graphql\r\n\r\n'],
  ['the beginning of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the hello of TLS', () => '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03'],
  ['2,000 headers', () => head(...Array.from({ length: 2_000 }, (_, index) => `X-${index}: y`), 'Content-Length: 0')],
]

test.each(doubtful)(
  '%s: at most one refusal, then the end of the connection',
  async (_what, toBytes) => {
    const text = await rig.sendRaw(Buffer.from(toBytes(), 'latin1'))
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
    expect(statuses.length).toBeLessThanOrEqual(1)
    for (const status of statuses) expect([400, 405, 408, 413, 415, 431, 505]).toContain(status)
    expect(text).not.toContain('bystander')
    expectNoInnards(text)
    await rig.expectUnharmed()
  },
  30_000,
)

test.each([
  ['the path of another host', 'POST http://evil.example/graphql HTTP/1.1'],
  ['a path that climbs', 'GET /../../etc/passwd HTTP/1.1'],
  ['a path that climbs in disguise', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1'],
  ['an endpoint in disguise', 'GET /health/..%2fgraphql?query=%7Bviewer%7Bname%7D%7D HTTP/1.1'],
  ['a path with two slashes', 'GET //graphql HTTP/1.1'],
  ['a path of a file', 'GET /package.json HTTP/1.1'],
  ['a tunnel', 'CONNECT 169.254.169.254:80 HTTP/1.1'],
  ['everything', 'OPTIONS * HTTP/1.1'],
  ['an echo', 'TRACE /graphql HTTP/1.1'],
])('%s leads nowhere', async (_what, line) => {
  const text = await rig.sendRaw(`${line}\r\nHost: x\r\nConnection: close\r\nX-Secret: c4n4ry\r\n\r\n`)
  expect(text).not.toMatch(/^HTTP\/1\.1 (?:2|3)/)
  expect(text).not.toMatch(/c4n4ry|evil\.example|root:|"name"/)
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test.each([
  ['another protocol', ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__']],
  ['a socket without a key', ['Upgrade: websocket', 'Sec-WebSocket-Version: 13']],
  ['a socket with a key that is none', ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x']],
  [
    'a socket of a version that is none',
    ['Upgrade: websocket', 'Sec-WebSocket-Version: 99', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
  ],
  [
    'a socket of protocols that are none',
    [
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: a,,b;',
    ],
  ],
])('an upgrade to %s is refused', async (_what, lines) => {
  const text = await rig.sendRaw(
    ['GET /graphql HTTP/1.1', 'Host: x', 'Connection: Upgrade, close', ...lines, '', ''].join('\r\n'),
  )
  expect(text).not.toMatch(/^HTTP\/1\.1 (?:101|2)/)
  expectNoInnards(text)
  await rig.expectUnharmed()
})

test('requests one after the other on a connection are each who they say they are', async () => {
  const own = `${head(`Content-Length: ${body.length}`)}${body}`
  const last = `${head(`Content-Length: ${body.length}`, 'Connection: close')}${body}`
  const text = await rig.sendRaw(`${own}${hidden()}${last}`)
  expect([...text.matchAll(/"name":"(\w+)"/g)].map((match) => match[1])).toEqual(['attacker', 'bystander', 'attacker'])
  await rig.expectUnharmed()
})

test('100 upgrades that never end their headers are cut, and others are served meanwhile', async () => {
  // H8
  const { hostname, port } = new URL(rig.url)
  const stuck = Array.from({ length: 100 }, () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write('GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX: ')
    return new Promise<void>((resolve) => {
      socket.once('close', () => resolve())
      socket.resume()
    })
  })
  await rig.expectUnharmed()
  expect(await Promise.all(stuck)).toHaveLength(100)
  await rig.expectUnharmed()
}, 30_000)
