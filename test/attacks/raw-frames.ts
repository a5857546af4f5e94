import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const mask = Buffer.from([1, 2, 3, 4])

/** A frame of RFC 6455, as wrong as one likes. */
export const toFrame = (
  payload: string | Buffer,
  options: {
    /** 1 text, 2 binary, 0 the next part, 8 close, 9 ping, 10 pong. @default 1 */
    readonly opcode?: number
    /** Whether it is the last part. @default true */
    readonly isFinal?: boolean
    /** The three reserved bits. @default 0 */
    readonly reserved?: number
    /** @default true */
    readonly isMasked?: boolean
    /** What it says of its length. @default the truth */
    readonly saysLength?: bigint
  } = {},
): Buffer => {
  const { opcode = 1, isFinal = true, reserved = 0, isMasked = true } = options
  const bytes = Buffer.from(payload)
  const length = options.saysLength ?? BigInt(bytes.length)
  const head = [(isFinal ? 0x80 : 0) | (reserved << 4) | opcode]
  const masked = isMasked ? 0x80 : 0
  const long = Buffer.alloc(8)
  if (length < 126n) head.push(masked | Number(length))
  else if (length < 65_536n) {
    head.push(masked | 126, Number(length >> 8n), Number(length & 255n))
  } else {
    long.writeBigUInt64BE(length)
    head.push(masked | 127, ...long)
  }
  if (!isMasked) return Buffer.concat([Buffer.from(head), bytes])
  const hidden = bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([Buffer.from(head), mask, hidden])
}

/** The payload of a close. */
export const toClose = (code: number, reason: string | Buffer = ''): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(code)
  return Buffer.concat([bytes, Buffer.from(reason)])
}

export interface RawSocket extends AsyncDisposable {
  readonly connection: Socket
  /** The code of the server's close, 1006 where it left without one; once the connection has ended. */
  readonly closeCode: Promise<number>
  /** Everything that came behind the handshake. */
  text(): string
  /** Resolves when what came matches. */
  saying(pattern: RegExp): Promise<void>
}

/** Shakes hands as a WebSocket client and leaves the rest to the test. */
export const openRawSocket = async (
  url: string,
  options: {
    readonly headers?: Readonly<Record<string, string>>
    /** Whether it goes when the server closes it. @default true */
    readonly isPolite?: boolean
  } = {},
): Promise<RawSocket> => {
  const { hostname, port } = new URL(url)
  const connection = connect(Number(port), hostname)
  connection.on('error', () => undefined)
  let came: Buffer = Buffer.alloc(0)
  connection.on('data', (data: Buffer) => {
    came = Buffer.concat([came, data])
  })
  const ended = once(connection, 'close').catch(() => undefined)
  const lines = {
    Host: `${hostname}:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Protocol': 'graphql-transport-ws',
    ...options.headers,
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  connection.write(`GET /graphql HTTP/1.1\r\n${head.join('')}\r\n`)
  while (!came.includes('\r\n\r\n')) await once(connection, 'data')
  const start = came.indexOf('\r\n\r\n') + 4
  const findCode = (): number => {
    // Frames of a server are short here, and never masked.
    let at = start
    while (at + 2 <= came.length) {
      const opcode = (came[at] ?? 0) & 15
      const short = (came[at + 1] ?? 0) & 127
      const [size, length] = short === 126 ? [4, came.readUInt16BE(at + 2)] : [2, short]
      if (opcode === 8) return length < 2 ? 1005 : came.readUInt16BE(at + size)
      at += size + length
    }
    return 1006
  }
  const text = (): string => came.toString('latin1', start)
  // Who has been told to go, goes.
  if (options.isPolite !== false) connection.on('data', () => (findCode() === 1006 ? null : connection.end()))
  return {
    connection,
    closeCode: ended.then(findCode),
    text,
    saying: async (pattern) => {
      while (!pattern.test(text())) {
        const isOver = await Promise.race([once(connection, 'data').then(() => false), ended.then(() => true)])
        if (isOver && !pattern.test(text())) throw new Error(`It has ended without saying ${pattern}: ${text()}`)
      }
    },
    [Symbol.asyncDispose]: async () => {
      connection.destroy()
      await ended
    },
  }
}
