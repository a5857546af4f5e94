import { expect, test } from 'vitest'
import { toNextFrame, toNextHead } from '../../src/server/socket-frame.ts'

/** Reads one frame as RFC 6455 has it; fails for anything but a whole message of text that is not masked. */
const readText = (frame: Buffer): string => {
  expect(frame[0]).toBe(0x81)
  const said = frame[1] ?? 0
  const [size, from] =
    said === 127 ? [Number(frame.readBigUInt64BE(2)), 10] : said === 126 ? [frame.readUInt16BE(2), 4] : [said, 2]
  expect(frame.length).toBe(from + size)
  return frame.toString('utf8', from)
}

const headSize = Buffer.byteLength(toNextHead('1')) + 1

test.each([125, 126, 65_535, 65_536].map((size) => ({ size })))(
  'frames a message of $size bytes with a length of the right form',
  ({ size }) => {
    const payload = Buffer.from(JSON.stringify('x'.repeat(size - headSize - 2)))
    const text = readText(toNextFrame(toNextHead('1'), payload))
    expect(Buffer.byteLength(text)).toBe(size)
    expect(JSON.parse(text)).toEqual({ id: '1', type: 'next', payload: JSON.parse(payload.toString()) })
  },
)

test('carries any id that a client may choose', () => {
  for (const id of ['a"b\\c', 'Zürich', '東京 🚀', '\u0000\n', '\ud800']) {
    const message: unknown = JSON.parse(readText(toNextFrame(toNextHead(id), Buffer.from('{"data":{"é":"ü"}}'))))
    expect(message).toEqual({ id, type: 'next', payload: { data: { é: 'ü' } } })
  }
})
