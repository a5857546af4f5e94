import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Dispatcher, errors } from 'undici'
import type { UpstreamRequest } from './http-client.ts'

const gunzipAsync = promisify(gunzip)

/** A whole answer as it came, its body decompressed. */
export interface RawReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

// The message of a failed attempt at several addresses is empty; its code is not.
const toMessage = (error: unknown): string =>
  (error instanceof Error && error.message) || codeOf(error) || String(error)

export type ExchangeFailureKind =
  /** The connection could not be made, or broke. */
  | 'TRANSPORT'
  /** The signal aborted. */
  | 'ABORTED'
  /** What came is larger than the cap. */
  | 'TOO_LARGE'
  /** What came is not HTTP, or not the compression it claims. */
  | 'GARBLED'

/** The parser's error carries what it could not read, which may repeat what was sent, and would go into the log. */
const withoutAnswer = (error: unknown): unknown =>
  error instanceof errors.HTTPParserError ? Object.assign(error, { data: undefined }) : error

/** One request that got no whole answer. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure'
  readonly kind: ExchangeFailureKind
  /** False only when it is certain that not a byte of the request has left. */
  readonly mayHaveArrived: boolean

  constructor(kind: ExchangeFailureKind, mayHaveArrived: boolean, cause: unknown) {
    super(toMessage(cause), { cause: withoutAnswer(cause) })
    this.kind = kind
    this.mayHaveArrived = mayHaveArrived
  }
}

class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

// The parser fails too where a connection broke in the middle of an answer.
const isGarbled = (error: unknown): boolean =>
  (error instanceof errors.HTTPParserError && error.code !== 'HPE_INVALID_EOF_STATE') ||
  error instanceof errors.HeadersOverflowError ||
  codeOf(error).startsWith('Z_')

const toKind = (error: unknown, isAborted: boolean): ExchangeFailureKind => {
  if (isAborted) return 'ABORTED'
  if (error instanceof TooLargeError || codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return 'TOO_LARGE'
  return isGarbled(error) ? 'GARBLED' : 'TRANSPORT'
}

type HeadersIn = Readonly<Record<string, string | string[] | undefined>>

const toHeaders = (headers: HeadersIn): Record<string, string> => {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

interface Collected {
  readonly status: number
  readonly headers: Record<string, string>
  readonly bytes: Buffer
}

/**
 * Collects one answer. undici calls `onRequestStart` immediately before the first byte is written: that call, and not
 * the error code that comes later, is what tells a request that may have arrived from one that cannot have.
 */
class Collector implements Dispatcher.DispatchHandler {
  readonly #maxBytes: number
  readonly #done = Promise.withResolvers<Collected>()
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | null = null
  #isStarted = false
  #isOver = false
  #status = 0
  #headers: Record<string, string> = {}
  #size = 0
  /** Of the length that was told; null where none was. */
  #whole: Buffer | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  get done(): Promise<Collected> {
    return this.#done.promise
  }

  abort(reason: Error): void {
    this.#isOver = true
    this.#controller?.abort(reason)
    this.#done.reject(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver || this.#isStarted) {
      // A request that nobody waits for any more, or one that undici would send a second time.
      controller.abort(new Error('not sent again'))
      return
    }
    this.#isStarted = true
    this.#controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: HeadersIn): void {
    this.#status = status
    this.#headers = toHeaders(headers)
    const length = Number(this.#headers['content-length'] ?? 0)
    // Memory of its own: of a shared piece all would be kept.
    if (length > 0 && length <= this.#maxBytes) this.#whole = Buffer.allocUnsafeSlow(length)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const start = this.#size
    this.#size += chunk.length
    if (this.#size > this.#maxBytes) return this.abort(new TooLargeError(`answer over ${this.#maxBytes} bytes`))
    if (this.#whole === null) this.#chunks.push(chunk)
    else chunk.copy(this.#whole, start)
  }

  onResponseEnd(): void {
    const bytes = this.#whole?.subarray(0, this.#size) ?? Buffer.concat(this.#chunks)
    this.#done.resolve({ status: this.#status, headers: this.#headers, bytes })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#done.reject(error)
  }
}

const decompress = async ({ headers, bytes }: Collected, maxBytes: number): Promise<Buffer> => {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity' || bytes.length === 0) return bytes
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw Object.assign(new Error(`compressed as ${encoding}, which was not asked for`), { code: 'Z_UNKNOWN' })
  }
  return gunzipAsync(bytes, { maxOutputLength: maxBytes })
}

/**
 * Sends one request, once, and resolves with the whole answer. Never follows a redirect.
 *
 * @param options.signal Ends the exchange, also its wait for a connection.
 * @param options.maxBodyBytes Counted before and after decompression.
 * @throws ExchangeFailure and nothing else.
 */
export const exchange = async (
  dispatcher: Dispatcher,
  request: Pick<UpstreamRequest, 'method' | 'path' | 'headers' | 'body'>,
  options: { readonly origin: string; readonly maxBodyBytes: number; readonly signal: AbortSignal },
): Promise<RawReply> => {
  const { origin, maxBodyBytes, signal } = options
  const collector = new Collector(maxBodyBytes)
  const stop = (): void => collector.abort(new Error('stopped waiting'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (signal.aborted) stop()
    else {
      const { method, path, headers, body = null } = request
      const allHeaders = { 'accept-encoding': 'gzip', ...headers }
      dispatcher.dispatch(
        { origin, method, path, headers: allHeaders, body, headersTimeout: 0, bodyTimeout: 0 },
        collector,
      )
    }
    const collected = await collector.done
    return { status: collected.status, headers: collected.headers, bytes: await decompress(collected, maxBodyBytes) }
  } catch (error) {
    throw new ExchangeFailure(toKind(error, signal.aborted), collector.isStarted, error)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
