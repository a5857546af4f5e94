import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Bytes that are made while they are sent. */
export interface MadeContent {
  /** Null where it is not known before the end. */
  readonly lengthBytes: number | null
  readonly chunks: Iterable<Buffer> | AsyncIterable<Buffer>
}

/** An answer, and how it leaves. */
export interface Delivery {
  readonly status: number
  /** Names are sent in exactly this case. */
  readonly headers: Readonly<Record<string, string>>
  /** Null means no body at all. */
  readonly content: Buffer | MadeContent | null
  /** How long it is held back, in real time. */
  readonly delayMs: number
  /** The connection is cut after so many bytes of the content; null sends them all. */
  readonly cutAfterBytes: number | null
  /** How many bytes leave at a time, and how long after one another; null sends them as fast as they are taken. */
  readonly pace: { readonly bytes: number; readonly intervalMs: number } | null
}

type Chunks = MadeContent['chunks']

/** The first `limit` bytes. */
const cut = async function* (chunks: Chunks, limit: number): AsyncGenerator<Buffer> {
  let left = limit
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

const drip = async function* (
  chunks: Chunks,
  pace: NonNullable<Delivery['pace']>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += pace.bytes) {
      yield chunk.subarray(from, from + pace.bytes)
      await wait(pace.intervalMs, undefined, { signal })
    }
  }
}

const hasHeader = (headers: Delivery['headers'], name: string): boolean =>
  Object.keys(headers).some((given) => given.toLowerCase() === name.toLowerCase())

/** The answer's own headers, and those that every answer has unless it brings them itself. */
const toHeaders = ({ status, headers, content }: Delivery, now: number): Record<string, string | number> => {
  const length = Buffer.isBuffer(content) ? content.length : content === null ? 0 : content.lengthBytes
  const usual = {
    Date: new Date(now).toUTCString(),
    ...(status === 204 || length === null ? {} : { 'Content-Length': length }),
  }
  return { ...headers, ...Object.fromEntries(Object.entries(usual).filter(([name]) => !hasHeader(headers, name))) }
}

const send = async (outgoing: ServerResponse, delivery: Delivery, signal: AbortSignal): Promise<void> => {
  const { content, cutAfterBytes, pace } = delivery
  if (content === null || (Buffer.isBuffer(content) && cutAfterBytes === null && pace === null)) {
    outgoing.end(content ?? undefined)
    return
  }
  const chunks = Buffer.isBuffer(content) ? [content] : content.chunks
  const paced = pace === null ? chunks : drip(chunks, pace, signal)
  if (cutAfterBytes === null) return pipeline(paced, outgoing)
  outgoing.flushHeaders()
  await pipeline(cut(paced, cutAfterBytes), outgoing, { end: false })
  // What was written before has left when this write is done.
  await new Promise((resolve) => {
    outgoing.write('', resolve)
  })
  outgoing.destroy()
}

/**
 * Sends one answer.
 *
 * @param now The time that the Date header tells, in milliseconds since 1970.
 * @throws When the client has gone before the end.
 */
export const deliver = async (outgoing: ServerResponse, delivery: Delivery, now: () => number): Promise<void> => {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  if (delivery.delayMs > 0) await wait(delivery.delayMs, undefined, { signal: gone.signal })
  outgoing.writeHead(delivery.status, toHeaders(delivery, now()))
  await send(outgoing, delivery, gone.signal)
}
