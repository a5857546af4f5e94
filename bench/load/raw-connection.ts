import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Stands in a body for a number that is another one in each request, always of nine digits. */
export const numberMark = '%NUMBER%'

const firstNumber = 100_000_000
const headEnd = Buffer.from('\r\n\r\n')
const chunkedEnd = Buffer.from('\r\n0\r\n\r\n')

interface Waiting {
  readonly resolve: (bytes: number) => void
  readonly reject: (error: Error) => void
}

/**
 * One connection that asks, waits for the answer and asks again, at as little cost as can be. One that the server has
 * closed in between is opened again.
 */
export class RawConnection {
  readonly #url: URL
  readonly #pieces: readonly string[]
  #socket: Socket | null = null
  #waiting: Waiting | null = null
  /** What is left to come of an answer of known length; -1 while that is not known, -2 for one in chunks. */
  #left = -1
  #received = 0
  #head: Buffer = Buffer.alloc(0)
  #tail: Buffer = Buffer.alloc(0)

  /** @param body May hold {@link numberMark}. */
  constructor(url: string, token: string, body: string) {
    this.#url = new URL(url)
    const { hostname, port, pathname } = this.#url
    const filled = body.replaceAll(numberMark, String(firstNumber))
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      'content-type: application/json',
      'accept: application/json',
      `authorization: Bearer ${token}`,
      `content-length: ${Buffer.byteLength(filled)}`,
      '',
      body,
    ]
    this.#pieces = head.join('\r\n').split(numberMark)
  }

  /** Resolves with the size of the answer, head included. @throws for any status but 200, and when the line breaks. */
  async ask(number: number): Promise<number> {
    this.#socket ??= await this.#open()
    const socket = this.#socket
    this.#left = -1
    this.#received = 0
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      socket.write(this.#pieces.join(String(firstNumber + number)))
    })
  }

  close(): void {
    this.#waiting = null
    this.#socket?.destroy()
    this.#socket = null
  }

  async #open(): Promise<Socket> {
    const socket = connect(Number(this.#url.port), this.#url.hostname)
    await once(socket, 'connect')
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#socket = null
      this.#waiting?.reject(new Error('The connection was closed'))
    })
    return socket
  }

  #take(bytes: Buffer): void {
    this.#received += bytes.length
    if (this.#left === -1) return this.#takeHead(bytes)
    if (this.#left === -2) return this.#takeChunks(bytes)
    this.#left -= bytes.length
    if (this.#left <= 0) this.#done()
  }

  #takeHead(bytes: Buffer): void {
    this.#head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes])
    const end = this.#head.indexOf(headEnd)
    if (end < 0) return
    const text = this.#head.toString('latin1', 0, end)
    const rest = this.#head.subarray(end + headEnd.length)
    this.#head = Buffer.alloc(0)
    if (!text.startsWith('HTTP/1.1 200')) {
      this.#waiting?.reject(new Error(`${text}\n${rest.toString('utf8', 0, 500)}`))
      return
    }
    const length = /content-length: *(\d+)/i.exec(text)?.[1]
    this.#tail = Buffer.alloc(0)
    if (length === undefined) {
      this.#left = -2
      this.#takeChunks(rest)
      return
    }
    this.#left = Number(length) - rest.length
    if (this.#left <= 0) this.#done()
  }

  // A JSON text holds no bare CR, so what looks like the last chunk is it.
  #takeChunks(bytes: Buffer): void {
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-chunkedEnd.length)]).subarray(-chunkedEnd.length)
    if (this.#tail.equals(chunkedEnd)) this.#done()
  }

  #done(): void {
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve(this.#received)
  }
}
