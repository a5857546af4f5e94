import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoInnards, startAttackRig, type AttackRig } from './attack-rig.ts'
import { openRawSocket, toClose, toFrame, type RawSocket } from './raw-frames.ts'

// W1, W4, W10: frames and messages on a socket that no client sends.

let rig: AttackRig
beforeAll(async () => {
  rig = await startAttackRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

const init = (): string => JSON.stringify({ type: 'connection_init', payload: { authorization: rig.authorization } })

/** A raw socket on which the attacker is known. */
const openKnown = async (): Promise<RawSocket> => {
  const raw = await openRawSocket(rig.url)
  raw.connection.write(toFrame(init()))
  await raw.saying(/connection_ack/)
  return raw
}

const part = { isFinal: false } as const
const repeat = (count: number, frame: Buffer): Buffer => Buffer.concat(Array.from({ length: count }, () => frame))
const ping = JSON.stringify({ type: 'ping' })

/** Name, bytes, and the codes with which the socket may be closed. */
const frames: readonly (readonly [string, () => Buffer, readonly number[]])[] = [
  ['a frame that is not masked', () => toFrame(ping, { isMasked: false }), [1002]],
  ['a reserved bit', () => toFrame(ping, { reserved: 2 }), [1002]],
  ['a compressed frame that nobody has agreed on', () => toFrame(ping, { reserved: 4 }), [1002]],
  ['a compressed ping', () => toFrame('', { opcode: 9, reserved: 4 }), [1002]],
  ['an opcode that is reserved', () => toFrame(ping, { opcode: 3 }), [1002]],
  ['a control opcode that is reserved', () => toFrame('', { opcode: 11 }), [1002]],
  ['a part of nothing', () => toFrame(ping, { opcode: 0 }), [1002]],
  ['a message within a message', () => Buffer.concat([toFrame('a', part), toFrame('b')]), [1002]],
  ['a ping in parts', () => toFrame('', { ...part, opcode: 9 }), [1002]],
  ['a ping of 126 bytes', () => toFrame('x'.repeat(126), { opcode: 9 }), [1002]],
  ['a close of 126 bytes', () => toFrame(toClose(1000, 'x'.repeat(124)), { opcode: 8 }), [1002]],
  ['a close of one byte', () => toFrame('x', { opcode: 8 }), [1002]],
  ['a close with 999', () => toFrame(toClose(999), { opcode: 8 }), [1002]],
  ['a close with 1005', () => toFrame(toClose(1005), { opcode: 8 }), [1002]],
  ['a close with 1006', () => toFrame(toClose(1006), { opcode: 8 }), [1002]],
  ['a close with 1016', () => toFrame(toClose(1016), { opcode: 8 }), [1002]],
  ['a close with 65535', () => toFrame(toClose(65_535), { opcode: 8 }), [1002]],
  ['a close with a reason that is no UTF-8', () => toFrame(toClose(1000, Buffer.from([0xff])), { opcode: 8 }), [1007]],
  ['a text that is no UTF-8', () => toFrame(Buffer.from([0xc3, 0x28])), [1007]],
  ['a text with half a surrogate', () => toFrame(Buffer.from([0xed, 0xa0, 0x80])), [1007]],
  [
    'a text in parts that is no UTF-8',
    () => Buffer.concat([toFrame(Buffer.from([0xc3]), part), toFrame(Buffer.from([0x28]), { opcode: 0 })]),
    [1007],
  ],
  ['a length of 2^63', () => toFrame('', { saysLength: 1n << 63n }), [1009, 1002]],
  ['a length beyond all numbers', () => toFrame('', { saysLength: (1n << 53n) + 1n }), [1009, 1002]],
  ['a length over the limit, without the rest', () => toFrame('x', { saysLength: 1_048_577n }), [1009]],
  [
    'parts that are too much together',
    () => Buffer.concat([toFrame('x', part), repeat(17, toFrame('x'.repeat(65_536), { ...part, opcode: 0 }))]),
    [1009],
  ],
  [
    '100,000 parts of one byte',
    () => Buffer.concat([toFrame('x', part), repeat(100_000, toFrame('x', { ...part, opcode: 0 }))]),
    [1008, 1009],
  ],
  [
    '100,000 empty parts',
    () => Buffer.concat([toFrame('', part), repeat(100_000, toFrame('', { ...part, opcode: 0 }))]),
    [1008, 1009],
  ],
  // The close may stand behind more answers than the client takes: then it is cut.
  ['5,000 pings', () => repeat(5_000, toFrame('x', { opcode: 9 })), [1008, 1006]],
  ['5,000 pings of the protocol', () => repeat(5_000, toFrame(ping)), [1008]],
  ['5,000 pongs of the protocol', () => repeat(5_000, toFrame('{"type":"pong"}')), [1008]],
  ['a binary message', () => toFrame(ping, { opcode: 2 }), [4400, 1003]],
  ['an empty message', () => toFrame(''), [4400]],
  ['bytes that are no frames', () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), [1002]],
  ['the hello of TLS', () => Buffer.from('16030100a5010000a1030300', 'hex'), [1002]],
]

test.each(frames)('%s closes its socket and no other', async (_what, toBytes, codes) => {
  await using raw = await openKnown()
  raw.connection.write(toBytes())
  expect(codes).toContain(await raw.closeCode)
  expectNoInnards(raw.text())
  await rig.expectUnharmed()
})

test('5,000 pongs that nobody has asked for cost nothing, or the socket', async () => {
  await using raw = await openKnown()
  raw.connection.write(repeat(5_000, toFrame('x', { opcode: 10 })))
  raw.connection.write(toFrame(toClose(1000), { opcode: 8 }))
  expect([1000, 1008]).toContain(await raw.closeCode)
  await rig.expectUnharmed()
})

test('a client that asks for compression does not get it', async () => {
  await using raw = await openRawSocket(rig.url, {
    headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' },
  })
  raw.connection.write(toFrame(init(), { reserved: 4 }))
  expect(await raw.closeCode).toBe(1002)
  await rig.expectUnharmed()
})

const subscribe = (members: object): string =>
  JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ viewer { name } }' }, ...members })

/** Messages of graphql-transport-ws that are none. */
const messages: readonly (readonly [string, () => string, number])[] = [
  ['a type that nobody knows', () => '{"type":"start","id":"1","payload":{"query":"{ viewer { name } }"}}', 4400],
  ['no type', () => '{}', 4400],
  ['a type that is a number', () => '{"type":1}', 4400],
  ['a type from the prototype', () => '{"type":"__proto__"}', 4400],
  ['a type that is a method', () => '{"type":"toString"}', 4400],
  ['null', () => 'null', 4400],
  ['a list', () => '[{"type":"ping"}]', 4400],
  ['a text', () => '"ping"', 4400],
  ['half of a message', () => '{"type":"ping"', 4400],
  ['100,000 lists in one another', () => '['.repeat(100_000), 4400],
  ['a message with a byte order mark', () => '\uFEFF{"type":"ping"}', 4400],
  ['two messages in one', () => '{"type":"ping"}{"type":"ping"}', 4400],
  ['a second connection_init', init, 4429],
  ['the acknowledgement of a server', () => '{"type":"connection_ack"}', 4400],
  ['the result of a server', () => '{"id":"1","type":"next","payload":{}}', 4400],
  ['the error of a server', () => '{"id":"1","type":"error","payload":[{"message":"x"}]}', 4400],
  ['an operation without an id', () => '{"type":"subscribe","payload":{"query":"{ viewer { name } }"}}', 4400],
  ['an operation with an empty id', () => subscribe({ id: '' }), 4400],
  ['an operation with a number for an id', () => subscribe({ id: 1 }), 4400],
  ['an operation with an object for an id', () => subscribe({ id: { a: 1 } }), 4400],
  ['an operation without a payload', () => '{"id":"1","type":"subscribe"}', 4400],
  ['an operation in a list', () => subscribe({ payload: [{ query: '{ viewer { name } }' }] }), 4400],
  ['an operation that is a number', () => subscribe({ payload: { query: 1 } }), 4400],
  ['variables in a text', () => subscribe({ payload: { query: '{ viewer { name } }', variables: '{}' } }), 4400],
  [
    'a name of the operation that is an object',
    () => subscribe({ payload: { query: '{ viewer { name } }', operationName: {} } }),
    4400,
  ],
]

test.each(messages)(
  '%s closes its socket with a code of the protocol, and no other',
  async (_what, toMessage, code) => {
    await using raw = await openKnown()
    raw.connection.write(toFrame(toMessage()))
    expect(await raw.closeCode).toBe(code)
    expectNoInnards(raw.text())
    rig.gateway.forget()
    await rig.expectUnharmed()
  },
)

test.each([
  ['subscribe', () => subscribe({}), [4401]],
  ['a message over the limit', () => 'x'.repeat(1_048_577), [1009]],
  ['messages over the rate', () => '', [1008, 4400]],
])(
  'whoever begins with %s does not get in',
  async (what, toMessage, codes) => {
    await using raw = await openRawSocket(rig.url)
    raw.connection.write(what === 'messages over the rate' ? repeat(5_000, toFrame(ping)) : toFrame(toMessage()))
    expect(codes).toContain(await raw.closeCode)
    expect(raw.text()).not.toContain('attacker')
    await rig.expectUnharmed()
  },
  30_000,
)

test.each([
  ['a name of many letters', () => subscribe({ id: 'x'.repeat(500_000) })],
  ['a hostile name', () => subscribe({ id: '__proto__' })],
  ['a name with line ends', () => subscribe({ id: 'a\r\nb\0' })],
  [
    'an operation with members that nobody knows',
    () => subscribe({ __proto__: { isAdmin: true }, constructor: 1, x: [] }),
  ],
  [
    'extensions of a prototype',
    () => subscribe({ payload: JSON.parse('{"query":"{ viewer { name } }","extensions":{"__proto__":{"a":1}}}') }),
  ],
  ['the end of an operation that never was', () => `{"id":"nobody","type":"complete"}`],
])('%s is data, and the socket stays', async (_what, toMessage) => {
  await using raw = await openKnown()
  raw.connection.write(Buffer.concat([toFrame(toMessage()), toFrame(subscribe({ id: 'next' }))]))
  await raw.saying(/"next","type":"next"|"id":"next"/)
  expect(raw.text()).toContain('attacker')
  expect(Object.prototype).not.toHaveProperty('isAdmin')
  await rig.expectUnharmed()
})

test.each([
  ['a payload of connection_init that is a text', '{"type":"connection_init","payload":"x"}', 4400],
  ['a payload of connection_init that is a list', '{"type":"connection_init","payload":[1]}', 4400],
  ['a token that is an object', '{"type":"connection_init","payload":{"authorization":{"toString":"x"}}}', 0],
  [
    'a token in the prototype',
    '{"type":"connection_init","payload":{"__proto__":{"authorization":"Bearer token-of-bystander"}}}',
    0,
  ],
  [
    'the token of somebody else in another case',
    '{"type":"connection_init","payload":{"Authorization":"Bearer token-of-bystander"}}',
    0,
  ],
  ['a token with a line end', '{"type":"connection_init","payload":{"authorization":"Bearer x\\r\\nX: y"}}', 4403],
  [
    'a token of 500 KB',
    JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${'x'.repeat(500_000)}` } }),
    4403,
  ],
])('%s makes nobody somebody else', async (_what, message, code) => {
  await using raw = await openRawSocket(rig.url)
  raw.connection.write(toFrame(message))
  if (code === 0) {
    // No token was given as one has to be: whoever is let in without one is nobody, as he would be without all this.
    await raw.saying(/connection_ack/)
    raw.connection.write(toFrame(subscribe({})))
    await raw.saying(/"name":"tester"/)
  }
  const closeCode = code === 0 ? 0 : await raw.closeCode
  expect(closeCode).toBe(code)
  expect(raw.text()).not.toMatch(/bystander|attacker/)
  await rig.expectUnharmed()
})

test('whoever is closed and does not go is cut within a second or two', async () => {
  // W7: what has been closed must not stay open for being ignored
  await using raw = await openRawSocket(rig.url, { isPolite: false })
  raw.connection.write(toFrame(init()))
  await raw.saying(/connection_ack/)
  const startedAt = performance.now()
  raw.connection.write(toFrame('{"type":"nobody knows"}'))
  expect(await raw.closeCode).toBe(4400)
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})

test('an id that is in use closes its socket with 4409, and ends what ran on it', async () => {
  await using own = await startAttackRig()
  const payload = { query: 'subscription { taskEvents { kind } }' }
  const bare = await own.openSocket()
  for (const id of ['1', '1']) bare.socket.send(JSON.stringify({ id, type: 'subscribe', payload }))
  expect(await bare.closed).toEqual([4409, 'Subscriber for 1 already exists'])
  expect((await own.ask('{ viewer { name } }')).status).toBe(200)
})
