import type * as z from 'zod'
import type { SendOptions } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import type { ClockSkews } from '../../upstream/clock-skews.ts'
import type { HttpClient, UpstreamReply } from '../../upstream/http-client.ts'
import type { KeptList } from '../../upstream/kept-list.ts'
import type { Ticket } from '../../upstream/site-session.ts'
import { toLostWrite, toUnsent } from '../../upstream/unsent.ts'
import { toProtocolError, toReadError, toWriteError, type CallContext } from './zerto-errors.ts'
import type { ZertoSession } from './zerto-sign-in.ts'
import { parseWire, WireFormatError } from './zerto-wire-shapes.ts'

/** What a read found, and the site's clock minus ours at that moment. */
export interface Answer<T> {
  readonly value: T
  readonly clockSkewMs: number | null
}

/** How a change is sent. */
export type WriteOptions = Pick<SendOptions, 'signal' | 'mayLeave'>

const accept = { accept: 'application/json' }

/**
 * Calls with the site's session. A read whose session the site no longer honours is repeated once with a new one; a
 * change never is.
 */
export class ZertoTransport {
  readonly siteName: string
  /** What the answers have told of the site's clock. */
  readonly skews: ClockSkews
  readonly #http: HttpClient
  readonly #session: ZertoSession

  constructor(siteName: string, http: HttpClient, session: ZertoSession, skews: ClockSkews) {
    this.siteName = siteName
    this.skews = skews
    this.#http = http
    this.#session = session
  }

  /**
   * @param objectId The global id that a "not found" is about; null where the path names no object.
   * @throws VENDOR_PROTOCOL when the answer is not of the schema, NOT_FOUND when the object is not there.
   */
  async get<S extends z.ZodType>(
    path: string,
    schema: S,
    signal: AbortSignal,
    objectId: string | null = null,
  ): Promise<Answer<z.infer<S>>> {
    const context = this.#toContext(path, objectId)
    const reply = await this.#read(path, signal)
    if (reply.status !== 200) throw toReadError(context, reply)
    return { value: this.#parse(context, schema, reply), clockSkewMs: reply.clockSkewMs }
  }

  /**
   * {@link ZertoTransport.get} of a list. What is listed unchanged is the same object as the last time.
   *
   * @param kept Of this path only.
   */
  async list<S extends z.ZodType>(
    path: string,
    schema: z.ZodArray<S>,
    signal: AbortSignal,
    kept: KeptList<z.infer<S>>,
  ): Promise<readonly z.infer<S>[]> {
    const context = this.#toContext(path, null)
    const reply = await this.#read(path, signal)
    if (reply.status !== 200) throw toReadError(context, reply)
    return kept.read(reply.bytes)?.items ?? this.#parse(context, schema, reply)
  }

  /** {@link ZertoTransport.get}, but null where the site answers 204: there is nothing. */
  async find<S extends z.ZodType>(path: string, schema: S, signal: AbortSignal): Promise<z.infer<S> | null> {
    const context = this.#toContext(path, null)
    const reply = await this.#read(path, signal)
    if (reply.status === 204) return null
    if (reply.status !== 200) throw toReadError(context, reply)
    return this.#parse(context, schema, reply)
  }

  /**
   * Sends a change, once, and answers with the body of a success.
   *
   * @throws VENDOR_REFUSED, RATE_LIMITED, VENDOR_UNAVAILABLE (nothing was sent) or OUTCOME_UNKNOWN; nothing else.
   */
  async write(call: WireCall, { signal, mayLeave }: WriteOptions): Promise<string> {
    const context: CallContext = { siteName: this.siteName, call: `${call.method} ${call.path}`, objectId: null }
    const ticket = await this.#session.getTicket(signal).catch((error: unknown) => {
      throw toUnsent(this.siteName, error)
    })
    const reply = await this.#sendOnce(call, ticket, { signal, mayLeave })
    if (reply.status === 401) this.#session.reject(ticket)
    else this.#session.confirm(ticket)
    if (reply.status >= 200 && reply.status < 300) return reply.body
    throw toWriteError(context, reply)
  }

  #toContext(path: string, objectId: string | null): CallContext {
    return { siteName: this.siteName, call: `GET ${path.split('?', 1)[0]}`, objectId }
  }

  #parse<S extends z.ZodType>(context: CallContext, schema: S, reply: UpstreamReply): z.infer<S> {
    try {
      return parseWire(schema, reply.body)
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error
      this.#http.reportNonsense()
      throw toProtocolError(context, reply, error)
    }
  }

  async #sendOnce(call: WireCall, ticket: Ticket, { signal, mayLeave }: WriteOptions): Promise<UpstreamReply> {
    try {
      return await this.#http.request({
        effect: 'WRITE',
        method: call.method,
        path: call.path,
        headers: {
          ...accept,
          ...ticket.headers,
          ...(call.body === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(call.body === null ? {} : { body: JSON.stringify(call.body) }),
        signal,
        mayLeave,
      })
    } catch (error) {
      throw toLostWrite(this.siteName, error)
    }
  }

  async #read(path: string, signal: AbortSignal): Promise<UpstreamReply> {
    const first = await this.#session.getTicket(signal)
    const reply = await this.#ask(path, first, signal)
    if (reply.status !== 401) return reply
    this.#session.reject(first)
    const second = await this.#session.getTicket(signal)
    if (second === first) return reply
    const repeated = await this.#ask(path, second, signal)
    if (repeated.status === 401) this.#session.doubt(second)
    return repeated
  }

  async #ask(path: string, ticket: Ticket, signal: AbortSignal): Promise<UpstreamReply> {
    const headers = { ...accept, ...ticket.headers }
    const reply = await this.#http.request({ effect: 'READ', method: 'GET', path, headers, signal })
    this.skews.note(reply.clockSkewMs)
    if (reply.status !== 401) this.#session.confirm(ticket)
    return reply
  }
}
