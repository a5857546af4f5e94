// RFC 6455, 5.2: a whole message of text, not masked, as servers send it.
const finalText = 0x81
const twoByteLength = 126
const eightByteLength = 127
const mostInOneByte = 125
const mostInTwoBytes = 65_535

const frameHead = (size: number): number => (size <= mostInOneByte ? 2 : size <= mostInTwoBytes ? 4 : 10)

const writeHead = (frame: Buffer, size: number): void => {
  frame[0] = finalText
  if (size <= mostInOneByte) frame[1] = size
  else if (size <= mostInTwoBytes) {
    frame[1] = twoByteLength
    frame.writeUInt16BE(size, 2)
  } else {
    frame[1] = eightByteLength
    frame.writeBigUInt64BE(BigInt(size), 2)
  }
}

const closingBrace = 0x7d

/** Begins the message that carries a result to the operation that the client calls `id`. */
export const toNextHead = (id: string): string => `{"id":${JSON.stringify(id)},"type":"next","payload":`

/** The frame of a `next` message on a socket without extensions: `head` of {@link toNextHead}, `payload` as JSON. */
export const toNextFrame = (head: string, payload: Buffer): Buffer => {
  const headSize = Buffer.byteLength(head)
  const size = headSize + payload.length + 1
  const offset = frameHead(size)
  const frame = Buffer.allocUnsafe(offset + size)
  writeHead(frame, size)
  frame.write(head, offset)
  payload.copy(frame, offset + headSize)
  frame[offset + size - 1] = closingBrace
  return frame
}
