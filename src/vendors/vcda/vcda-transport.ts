import type { z } from 'zod'
import { DomainError, findProblem } from '../../domain/errors.ts'
import type { SendOptions } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import type { UpstreamReply, UpstreamRequest } from '../../upstream/http-client.ts'
import { findApiError, toNonsenseError, toVcdaError, type CallContext } from './vcda-errors.ts'
import type { KeptPages } from './vcda-kept-pages.ts'
import { VcdaNegotiation } from './vcda-negotiation.ts'
import { listAllPages } from './vcda-paging.ts'
import { tokenHeader, type VcdaSession, type VcdaSessions } from './vcda-session.ts'
import { findOwnerChange } from './vcda-update.ts'
import { acceptedTask, findJson, type AcceptedTaskWire, type PageWire } from './vcda-wire.ts'

/** Objects in one page, and ids in one question: the server's own cap. */
export const pageSize = 100

/** What a read is about besides its path. */
export interface ReadOptions {
  readonly signal: AbortSignal
  /** Another paired site that is to answer through this one; null or left out is the site itself. */
  readonly site?: string | null
}

interface ReadRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly options: ReadOptions
}

/** Finds a parsed answer in a body without parsing all of it; null where it cannot. */
type Shortcut<T> = (body: Buffer) => T | null

const withSite = (path: string, site: string | null | undefined): string => {
  if (site === null || site === undefined) return path
  return `${path}${path.includes('?') ? '&' : '?'}site=${encodeURIComponent(site)}`
}

/**
 * How the cloud service is called, whatever is asked: session, extension to remote sites, pages, answers. A READ that
 * is answered with 401 is repeated once, with a new session or a new extension; a WRITE never is.
 *
 * Every read throws what `VendorAdapter` promises for reads; `send` what it promises for sending.
 */
export class VcdaTransport {
  readonly #siteName: string
  readonly #http: VcdaNegotiation
  readonly #sessions: VcdaSessions
  #clockSkewMs: number | null = null

  constructor(options: { readonly siteName: string; readonly http: VcdaNegotiation; readonly sessions: VcdaSessions }) {
    this.#siteName = options.siteName
    this.#http = options.http
    this.#sessions = options.sessions
  }

  /** Vendor clock minus ours, from the newest answer; null before the first one. */
  get clockSkewMs(): number | null {
    return this.#clockSkewMs
  }

  /** `GET`, parsed. */
  get<T>(path: string, schema: z.ZodType<T>, options: ReadOptions): Promise<T> {
    return this.#read({ method: 'GET', path, options }, schema)
  }

  /** A `POST` that changes nothing, parsed; it may be repeated after a passing failure. */
  postRead<T>(path: string, schema: z.ZodType<T>, options: ReadOptions): Promise<T> {
    return this.#read({ method: 'POST', path, options }, schema)
  }

  /**
   * `GET`, all pages.
   *
   * @param path May have a query.
   * @param kept Of this path only: what has not changed since it was read the last time stays the same object.
   */
  async listAll<T extends { readonly id: string }>(
    path: string,
    schema: z.ZodType<PageWire<T>>,
    options: ReadOptions,
    kept: KeptPages<T> | null = null,
  ): Promise<readonly T[]> {
    const join = path.includes('?') ? '&' : '?'
    const paths = new Set<string>()
    const getPage = (offset: number): Promise<PageWire<T>> => {
      const page = `${path}${join}limit=${pageSize}&offset=${offset}`
      paths.add(page)
      const shortcut: Shortcut<PageWire<T>> = (body) => kept?.read(page, body) ?? null
      return this.#read({ method: 'GET', path: page, options }, schema, shortcut)
    }
    const items = await listAllPages(getPage, (why) => {
      this.#http.reportNonsense()
      const message = `site ${this.#siteName}: GET ${path} ${why}`
      return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.#siteName })
    })
    kept?.retain(paths)
    return items
  }

  /**
   * Sends one change, at most once. Resolves with the task that the site answers with, or with null where the site
   * answers with the changed object. Signs in first where no session is fresh; when that fails, nothing was sent.
   *
   * @param remoteSites Sites that the work touches besides the one that is asked.
   */
  async send(call: WireCall, remoteSites: readonly string[], options: SendOptions): Promise<AcceptedTaskWire | null> {
    const { operationId, signal, mayLeave } = options
    const context: CallContext = {
      siteName: this.#siteName,
      effect: 'WRITE',
      call: `${call.method} ${call.path}`,
      operationId,
    }
    const session = await this.#acquireForWrite(context, remoteSites, signal)
    const body = call.body === null ? {} : { body: JSON.stringify(call.body) }
    const headers = {
      [tokenHeader]: session.token,
      operationID: operationId,
      ...(call.body === null ? {} : { 'content-type': 'application/json' }),
    }
    const { method, path } = call
    const reply = await this.#sendOnce({ effect: 'WRITE', method, path, headers, ...body, signal, mayLeave }, context)
    if (reply.status === 401) throw this.#toNotSignedIn(reply, context, session, remoteSites)
    session.isProven = true
    if (VcdaNegotiation.isRefusal(reply)) {
      throw this.#toNothingDone(reply, context, 'the API version was not accepted; the next call asks for another')
    }
    if (findOwnerChange(call) !== null && reply.status >= 200 && reply.status <= 299) return null
    return this.#parse(reply, acceptedTask, context)
  }

  async #acquireForWrite(
    context: CallContext,
    remoteSites: readonly string[],
    signal: AbortSignal,
  ): Promise<VcdaSession> {
    try {
      const session = await this.#sessions.acquire(signal)
      await this.#sessions.extend(session, remoteSites, signal)
      return session
    } catch (error) {
      throw this.#toUnsent(error, context)
    }
  }

  /** What was cancelled before the first byte of it left has reached nobody; what was cancelled later is unknown. */
  async #sendOnce(request: UpstreamRequest, context: CallContext): Promise<UpstreamReply> {
    try {
      return await this.#request(request)
    } catch (error) {
      throw findProblem(error)?.code === 'CANCELLED' ? this.#toUnsent(error, context) : error
    }
  }

  #toUnsent(error: unknown, context: CallContext): unknown {
    const problem = findProblem(error)
    if (problem === null || problem.code === 'VENDOR_UNAVAILABLE') return error
    return DomainError.vendor({
      code: 'VENDOR_UNAVAILABLE',
      message: `${problem.message}; nothing was sent`,
      siteName: this.#siteName,
      vendorCode: 'vendorCode' in problem ? problem.vendorCode : null,
      vendorMessage: 'vendorMessage' in problem ? problem.vendorMessage : null,
      httpStatus: 'httpStatus' in problem ? problem.httpStatus : null,
      operationId: context.operationId,
      cause: error,
    })
  }

  async #read<T>(request: ReadRequest, schema: z.ZodType<T>, shortcut: Shortcut<T> | null = null): Promise<T> {
    const [call = request.path] = request.path.split('?', 1)
    const context: CallContext = {
      siteName: this.#siteName,
      effect: 'READ',
      call: `${request.method} ${call}`,
      operationId: null,
    }
    const first = await this.#readOnce(request)
    const { status } = first.reply
    if (status !== 401 || !(await this.#renew(first, request)))
      return this.#parse(first.reply, schema, context, shortcut)
    const second = await this.#readOnce(request)
    if (isTurnedAway(first.reply) && isTurnedAway(second.reply)) this.#sessions.doubt(first.session, second.session)
    return this.#parse(second.reply, schema, context, shortcut)
  }

  async #readOnce({ method, path, options }: ReadRequest): Promise<{
    readonly reply: UpstreamReply
    readonly session: VcdaSession
  }> {
    const { signal, site = null } = options
    const session = await this.#sessions.acquire(signal)
    await this.#sessions.extend(session, site === null ? [] : [site], signal)
    const headers = { [tokenHeader]: session.token }
    const reply = await this.#request({ effect: 'READ', method, path: withSite(path, site), headers, signal })
    if (reply.status !== 401) session.isProven = true
    return { reply, session }
  }

  /**
   * Called once for a read, after its first 401: true when a repetition may do better. A remote site that wants a sign-in
   * of its own leaves the session alone, and has it extended again.
   */
  async #renew(
    { reply, session }: { readonly reply: UpstreamReply; readonly session: VcdaSession },
    { options: { signal, site = null } }: ReadRequest,
  ): Promise<boolean> {
    if (!isRemoteFailure(reply)) {
      this.#sessions.drop(session)
      return true
    }
    const sites = this.#sessions.dropExtensions(session, site === null ? [] : [site])
    await this.#sessions.extend(session, sites, signal)
    return sites.length > 0
  }

  #toNotSignedIn(
    reply: UpstreamReply,
    context: CallContext,
    session: VcdaSession,
    remoteSites: readonly string[],
  ): DomainError {
    if (isRemoteFailure(reply)) {
      this.#sessions.dropExtensions(session, remoteSites)
      return this.#toNothingDone(reply, context, 'the remote site wants a sign-in of its own')
    }
    this.#sessions.drop(session)
    return this.#toNothingDone(reply, context, 'the session had ended; the next call signs in again')
  }

  #toNothingDone(reply: UpstreamReply, context: CallContext, why: string): DomainError {
    const { code, message } = findApiError(reply.body)
    const what = reply.status === 401 ? 'not signed in, nothing was done' : 'nothing was done'
    return DomainError.vendor({
      code: 'VENDOR_UNAVAILABLE',
      message: `site ${this.#siteName}: ${context.call}: ${what}: ${why}`,
      siteName: this.#siteName,
      vendorCode: code,
      vendorMessage: message,
      httpStatus: reply.status,
      operationId: context.operationId,
    })
  }

  async #request(request: UpstreamRequest): Promise<UpstreamReply> {
    const reply = await this.#http.request(request)
    if (reply.clockSkewMs !== null) this.#clockSkewMs = reply.clockSkewMs
    return reply
  }

  #parse<T>(reply: UpstreamReply, schema: z.ZodType<T>, context: CallContext, shortcut: Shortcut<T> | null = null): T {
    if (reply.status < 200 || reply.status > 299) throw toVcdaError(reply, context)
    const found = shortcut?.(reply.bytes) ?? null
    if (found !== null) return found
    const json = findJson(reply.body)
    const parsed = json === null ? null : schema.safeParse(json)
    if (parsed?.success === true) return parsed.data
    this.#http.reportNonsense()
    const [issue] = parsed?.error?.issues ?? []
    throw toNonsenseError(reply, context, issue === undefined ? 'no JSON' : `${issue.path.join('.')}: ${issue.message}`)
  }
}

/** True when the session is to blame. */
const isTurnedAway = (reply: UpstreamReply): boolean => reply.status === 401 && !isRemoteFailure(reply)

const isRemoteFailure = (reply: UpstreamReply): boolean =>
  findApiError(reply.body).code === 'RemoteAuthenticationFailure'
