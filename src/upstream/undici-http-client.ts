import { Agent } from 'undici'
import { DomainError } from '../domain/errors.ts'
import type { BreakerState } from '../domain/site.ts'
import { Bulkhead, BulkheadFullError, type Leave } from './bulkhead.ts'
import { CallNotes, type CallNote } from './call-notes.ts'
import { CircuitBreaker, type Outcome } from './circuit-breaker.ts'
import { exchange, ExchangeFailure, type RawReply } from './exchange.ts'
import type { HttpClient, UpstreamOptions, UpstreamReply, UpstreamRequest } from './http-client.ts'
import { SentSecrets } from './request-secrets.ts'
import { isPassingStatus, maxRetries, parseRetryAfterMs, RetryBudget, toRetryDelayMs } from './retry.ts'
import { findAddressRefusal, makeLookup, type Resolve } from './site-address.ts'
import { makeConnector } from './tls-trust.ts'

const defaults = { deadlineMs: 15_000, maxBodyBytes: 33_554_432, maxConcurrent: 8 }

/** Requests that may wait for their turn; more than that is a stampede, not a queue. */
const maxWaiting = 1000

const idleConnectionMs = 10_000

const breakerLimits = { threshold: 5, openMs: 5000, maxOpenMs: 30_000 }

// The Date header counts whole seconds: a smaller difference cannot be seen in it.
const dateHeaderResolutionMs = 1000

const toClockSkewMs = (reply: RawReply, sentAtMs: number, receivedAtMs: number): number | null => {
  const vendorMs = Date.parse(reply.headers['date'] ?? '')
  if (Number.isNaN(vendorMs)) return null
  const skewMs = Math.round(vendorMs + dateHeaderResolutionMs / 2 - (sentAtMs + receivedAtMs) / 2)
  return Math.abs(skewMs) <= dateHeaderResolutionMs ? 0 : skewMs
}

/** False when the signal aborted before the time was over. */
const wait = (durationMs: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve(!signal.aborted)
    }
    const timer = setTimeout(end, durationMs)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

/** One attempt: either an answer or the reason why there was none. */
type Attempt = { readonly reply: UpstreamReply } | { readonly failure: ExchangeFailure }

/** Makes text of its body for who asks for it: of the largest answers nobody does. */
class Reply implements UpstreamReply {
  readonly status: number
  readonly headers: UpstreamReply['headers']
  readonly bytes: Buffer
  readonly clockSkewMs: number | null
  #body: string | null = null

  constructor({ status, headers, bytes }: RawReply, clockSkewMs: number | null) {
    this.status = status
    this.headers = headers
    this.bytes = bytes
    this.clockSkewMs = clockSkewMs
  }

  get body(): string {
    this.#body ??= this.bytes.toString('utf8')
    return this.#body
  }
}

class UndiciHttpClient implements HttpClient {
  readonly #siteName: string
  readonly #origin: string
  readonly #basePath: string
  readonly #limits: typeof defaults
  readonly #readers: Agent
  readonly #writers: Agent
  readonly #bulkhead: Bulkhead
  readonly #breaker = new CircuitBreaker({ ...breakerLimits, now: () => performance.now() })
  readonly #retryBudget = new RetryBudget()
  readonly #sentSecrets = new SentSecrets()
  readonly #notes: CallNotes
  #lastSuccessAt: Date | null = null
  #certificateExpiresAt: Date | null = null

  constructor(options: UpstreamOptions, resolve?: Resolve) {
    const url = new URL(options.url)
    const { allowLocalAddresses = false } = options
    const refusal = findAddressRefusal(url, allowLocalAddresses)
    if (refusal !== null) throw DomainError.invalidInput('url', refusal)
    const { deadlineMs, maxBodyBytes, maxConcurrent } = { ...defaults, ...options }
    this.#siteName = options.siteName
    this.#notes = new CallNotes(options)
    this.#origin = url.origin
    this.#basePath = url.pathname.replace(/\/+$/, '')
    this.#limits = { deadlineMs, maxBodyBytes, maxConcurrent }
    this.#bulkhead = new Bulkhead({ capacity: maxConcurrent, maxWaiting })
    const lookup = makeLookup(url, allowLocalAddresses, resolve)
    const connect = makeConnector(url, options.tls, lookup, (expiresAt) => {
      this.#certificateExpiresAt = expiresAt
    })
    const connection = { connect, connections: maxConcurrent, allowH2: false }
    this.#readers = new Agent({ ...connection, pipelining: 1, keepAliveTimeout: idleConnectionMs })
    // A write gets a connection of its own: on a kept one it can meet the site's idle close, and be lost for nothing.
    this.#writers = new Agent({ ...connection, pipelining: 0 })
  }

  get breaker(): BreakerState {
    return this.#breaker.state
  }

  get lastSuccessAt(): Date | null {
    return this.#lastSuccessAt
  }

  get certificateExpiresAt(): Date | null {
    return this.#certificateExpiresAt
  }

  reportNonsense(): void {
    this.#breaker.reportNonsense()
  }

  request(request: UpstreamRequest): Promise<UpstreamReply> {
    return this.#notes.run(request, (note) => this.#send(request, note))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#readers.destroy(), this.#writers.destroy()])
  }

  async #send(request: UpstreamRequest, note: CallNote): Promise<UpstreamReply> {
    const ending = new AbortController()
    const end = (): void => ending.abort()
    const deadline = setTimeout(end, this.#limits.deadlineMs)
    request.signal.addEventListener('abort', end, { once: true })
    if (request.signal.aborted) end()
    let leave: Leave | null = null
    try {
      leave = await this.#enter(request.signal, ending.signal)
      deadline.refresh()
      return await (request.effect === 'READ'
        ? this.#read(request, ending.signal, note)
        : this.#write(request, ending.signal, note))
    } finally {
      clearTimeout(deadline)
      request.signal.removeEventListener('abort', end)
      leave?.()
    }
  }

  async #enter(signal: AbortSignal, ending: AbortSignal): Promise<Leave> {
    try {
      return await this.#bulkhead.enter(ending)
    } catch (error) {
      if (signal.aborted) throw this.#problem('CANCELLED', 'the request was cancelled before it was sent', error)
      const why = error instanceof BulkheadFullError ? error.message : 'no other request ended in time'
      throw this.#problem('VENDOR_UNAVAILABLE', `busy: ${why}; nothing was sent`, error)
    }
  }

  async #read(request: UpstreamRequest, ending: AbortSignal, note: CallNote): Promise<UpstreamReply> {
    this.#retryBudget.earn()
    let attempt = await this.#attempt(request, ending, note)
    for (let retry = 0; retry < maxRetries && attempt !== null; retry += 1) {
      const delayMs = this.#toDelayMs(attempt, retry)
      if (delayMs === null || !this.#retryBudget.spend()) break
      if (!(await wait(delayMs, ending))) {
        if (request.signal.aborted) throw this.#problem('CANCELLED', 'the request was cancelled')
        break
      }
      const again = await this.#attempt(request, ending, note)
      if (again === null) break
      attempt = again
    }
    if (attempt === null) throw this.#openProblem()
    if ('reply' in attempt) return attempt.reply
    throw this.#lostRead(attempt.failure, request.signal)
  }

  async #write(request: UpstreamRequest, ending: AbortSignal, note: CallNote): Promise<UpstreamReply> {
    if (request.mayLeave?.() === false) throw this.#problem('VENDOR_UNAVAILABLE', 'held back; nothing was sent')
    const attempt = await this.#attempt(request, ending, note)
    if (attempt === null) throw this.#openProblem()
    if ('reply' in attempt) return attempt.reply
    throw this.#lostWrite(attempt.failure, request.signal)
  }

  /** Sends once, and tells the breaker. Null when the breaker let nothing through. */
  async #attempt(request: UpstreamRequest, ending: AbortSignal, call: CallNote): Promise<Attempt | null> {
    const isRead = request.effect === 'READ'
    const settle = this.#breaker.tryPass(isRead)
    const note = call.begin()
    if (settle === null) return note('NOT_SENT')
    const sentAtMs = Date.now()
    try {
      const sent = { ...request, path: `${this.#basePath}${request.path}` }
      const options = { origin: this.#origin, maxBodyBytes: this.#limits.maxBodyBytes, signal: ending }
      const raw = await exchange(isRead ? this.#readers : this.#writers, sent, options)
      const hasFailed = isRead && raw.status >= 500
      settle(hasFailed ? 'FAILED' : 'ANSWERED')
      note(raw.status)
      if (!hasFailed) this.#lastSuccessAt = new Date()
      return { reply: new Reply(this.#sentSecrets.mask(raw, request), toClockSkewMs(raw, sentAtMs, Date.now())) }
    } catch (error) {
      const failure = error instanceof ExchangeFailure ? error : new ExchangeFailure('TRANSPORT', true, error)
      const outcome: Outcome = request.signal.aborted ? 'UNDECIDED' : 'FAILED'
      settle(outcome)
      note('LOST')
      return { failure }
    }
  }

  /** How long to wait before the next try, or null where this attempt is the last. */
  #toDelayMs(attempt: Attempt, retry: number): number | null {
    if ('failure' in attempt) return attempt.failure.kind === 'TRANSPORT' ? toRetryDelayMs(retry, null) : null
    if (!isPassingStatus(attempt.reply.status)) return null
    return toRetryDelayMs(retry, parseRetryAfterMs(attempt.reply.headers, new Date()))
  }

  #lostRead(failure: ExchangeFailure, signal: AbortSignal): DomainError {
    if (failure.kind === 'TRANSPORT') return this.#problem('VENDOR_UNAVAILABLE', failure.message, failure)
    if (failure.kind !== 'ABORTED') return this.#problem('VENDOR_PROTOCOL', failure.message, failure)
    return signal.aborted
      ? this.#problem('CANCELLED', 'the request was cancelled', failure)
      : this.#problem('TIMEOUT', `no whole answer within ${this.#limits.deadlineMs} ms`, failure)
  }

  #lostWrite(failure: ExchangeFailure, signal: AbortSignal): DomainError {
    if (failure.mayHaveArrived) {
      return this.#problem('OUTCOME_UNKNOWN', `the answer to a change was lost: ${failure.message}`, failure)
    }
    return signal.aborted
      ? this.#problem('CANCELLED', 'the change was cancelled before it was sent', failure)
      : this.#problem('VENDOR_UNAVAILABLE', `nothing was sent: ${failure.message}`, failure)
  }

  #openProblem(): DomainError {
    const retryAfterSeconds = Math.ceil(this.#breaker.remainingMs / 1000)
    const message = `site ${this.#siteName}: failed repeatedly and is left alone for a moment; nothing was sent`
    return DomainError.vendor({ code: 'VENDOR_UNAVAILABLE', message, siteName: this.#siteName, retryAfterSeconds })
  }

  #problem(
    code: 'VENDOR_UNAVAILABLE' | 'VENDOR_PROTOCOL' | 'TIMEOUT' | 'CANCELLED' | 'OUTCOME_UNKNOWN',
    message: string,
    cause?: unknown,
  ): DomainError {
    const retry = code === 'OUTCOME_UNKNOWN' || code === 'CANCELLED' ? 'never' : 'later'
    const siteName = this.#siteName
    return DomainError.vendor({ code, message: `site ${siteName}: ${message}`, siteName, retry, cause })
  }
}

/**
 * Opens the way to one site. Nothing is sent before the first {@link HttpClient.request}.
 *
 * The order inside is bulkhead, deadline, retry (READ only), breaker, one exchange. The deadline begins when the
 * request's turn has come; it waits for its turn no longer than the deadline either. A WRITE that was on its way when
 * its signal aborted is OUTCOME_UNKNOWN, not CANCELLED: it may have arrived. So is one whose answer was too large or
 * garbled. The breaker opens after five failures in a row, for 5 seconds, doubling up to 30; only a READ probes.
 *
 * @param resolve Finds the addresses of the site's name. @default the system's
 * @throws INVALID_INPUT for trust that cannot be checked: a malformed pin, or certificates without https; and for an
 *   address where no site may be.
 */
export const createHttpClient = (options: UpstreamOptions, resolve?: Resolve): HttpClient =>
  new UndiciHttpClient(options, resolve)
