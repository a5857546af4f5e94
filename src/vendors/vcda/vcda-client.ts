import type { z } from 'zod'
import { DomainError, findProblem } from '../../domain/errors.ts'
import type { SendOptions } from '../../domain/ports/vendor-adapter.ts'
import type { WireCall } from '../../domain/task.ts'
import type { HttpClient, UpstreamReply, UpstreamRequest } from '../../upstream/http-client.ts'
import { findApiError, toNonsenseError, toVcdaError, type CallContext } from './vcda-errors.ts'
import { listAllPages } from './vcda-paging.ts'
import { acceptHeader, tokenHeader, type VcdaSession, type VcdaSessions } from './vcda-session.ts'
import {
  findJson,
  instance,
  site,
  slaProfile,
  task,
  toPageSchema,
  vappReplication,
  vmReplication,
  type InstanceWire,
  type PageWire,
  type SiteWire,
  type SlaProfileWire,
  type TaskWire,
  type VappReplicationWire,
  type VmReplicationWire,
} from './vcda-wire.ts'

/** Objects in one page, and ids in one question: the server's own cap. */
const pageSize = 100

const vmPage = toPageSchema(vmReplication)
const vappPage = toPageSchema(vappReplication)
const taskPage = toPageSchema(task)
const siteList = site.array()
const slaProfileList = slaProfile.array()
const instanceList = instance.array()

const chunk = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, at) => ids.slice(at * pageSize, (at + 1) * pageSize))

/**
 * The calls of the cloud service that the gateway makes, one function each; attaches no meaning. A READ that is
 * answered with 401 is repeated once with a new session; a WRITE never is.
 *
 * Every function throws what `VendorAdapter` promises for reads; `send` what it promises for sending.
 */
export class VcdaClient {
  readonly #siteName: string
  readonly #http: HttpClient
  readonly #sessions: VcdaSessions
  #clockSkewMs: number | null = null

  constructor(options: { readonly siteName: string; readonly http: HttpClient; readonly sessions: VcdaSessions }) {
    this.#siteName = options.siteName
    this.#http = options.http
    this.#sessions = options.sessions
  }

  /** Vendor clock minus ours, from the newest answer; null before the first one. */
  get clockSkewMs(): number | null {
    return this.#clockSkewMs
  }

  /** `GET /sites`: a bare array with the local site and those it is paired with. */
  listSites(signal: AbortSignal): Promise<readonly SiteWire[]> {
    return this.#get('/sites', siteList, signal)
  }

  /** `GET /sla-profiles`: a bare array. */
  listSlaProfiles(signal: AbortSignal): Promise<readonly SlaProfileWire[]> {
    return this.#get('/sla-profiles', slaProfileList, signal)
  }

  /** `GET /vm-replications`, all pages. */
  listVmReplications(signal: AbortSignal): Promise<readonly VmReplicationWire[]> {
    return this.#listAll('/vm-replications', vmPage, signal)
  }

  /** `GET /vapp-replications`, all pages. */
  listVappReplications(signal: AbortSignal): Promise<readonly VappReplicationWire[]> {
    return this.#listAll('/vapp-replications', vappPage, signal)
  }

  getVmReplication(id: string, signal: AbortSignal): Promise<VmReplicationWire> {
    return this.#get(`/vm-replications/${encodeURIComponent(id)}`, vmReplication, signal)
  }

  getVappReplication(id: string, signal: AbortSignal): Promise<VappReplicationWire> {
    return this.#get(`/vapp-replications/${encodeURIComponent(id)}`, vappReplication, signal)
  }

  /** `GET /vm-replications/{id}/instances`: a bare array. */
  listInstances(replicationId: string, signal: AbortSignal): Promise<readonly InstanceWire[]> {
    return this.#get(`/vm-replications/${encodeURIComponent(replicationId)}/instances`, instanceList, signal)
  }

  /** `GET /tasks?ids=`, a call for every hundred ids. Tasks that the site does not give are left out. */
  async listTasks(ids: readonly string[], signal: AbortSignal): Promise<readonly TaskWire[]> {
    const pages = await Promise.all(
      chunk(ids).map((some) => {
        const query = `ids=${some.map(encodeURIComponent).join(',')}&limit=${pageSize}&offset=0`
        return this.#get(`/tasks?${query}`, taskPage, signal)
      }),
    )
    return pages.flatMap((page) => page.items)
  }

  /** `GET /tasks?state=RUNNING`, the newest hundred. */
  async listRunningTasks(signal: AbortSignal): Promise<readonly TaskWire[]> {
    const page = await this.#get(`/tasks?state=RUNNING&limit=${pageSize}&offset=0`, taskPage, signal)
    return page.items
  }

  /**
   * Sends one change, at most once, and resolves with the task that the site answers with. Signs in first where no
   * session is fresh; when that fails, nothing was sent.
   *
   * @param remoteSites Sites that the work touches besides the one that is asked.
   */
  async send(call: WireCall, remoteSites: readonly string[], options: SendOptions): Promise<TaskWire> {
    const { operationId, signal } = options
    const context: CallContext = {
      siteName: this.#siteName,
      effect: 'WRITE',
      call: `${call.method} ${call.path}`,
      operationId,
    }
    const session = await this.#acquireForWrite(context, remoteSites, signal)
    const body = call.body === null ? {} : { body: JSON.stringify(call.body) }
    const headers = {
      ...this.#headers(session),
      operationID: operationId,
      ...(call.body === null ? {} : { 'content-type': 'application/json' }),
    }
    const { method, path } = call
    const reply = await this.#request({ effect: 'WRITE', method, path, headers, ...body, signal })
    if (this.#isTurnedAway(reply)) this.#sessions.drop(session)
    if (reply.status === 401) throw this.#notSignedIn(reply, context)
    session.isProven = true
    return this.#parse(reply, task, context)
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
      const problem = findProblem(error)
      if (problem === null || problem.code === 'VENDOR_UNAVAILABLE') throw error
      throw DomainError.vendor({
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
  }

  async #listAll<T extends { readonly id: string }>(
    path: string,
    schema: z.ZodType<PageWire<T>>,
    signal: AbortSignal,
  ): Promise<readonly T[]> {
    return listAllPages(
      (offset) => this.#get(`${path}?limit=${pageSize}&offset=${offset}`, schema, signal),
      (why) => {
        this.#http.reportNonsense()
        const message = `site ${this.#siteName}: GET ${path} ${why}`
        return DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.#siteName })
      },
    )
  }

  async #get<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const [call = path] = path.split('?', 1)
    const context: CallContext = { siteName: this.#siteName, effect: 'READ', call: `GET ${call}`, operationId: null }
    const first = await this.#getOnce(path, signal)
    if (!this.#isTurnedAway(first.reply)) return this.#parse(first.reply, schema, context)
    this.#sessions.drop(first.session)
    const second = await this.#getOnce(path, signal)
    if (this.#isTurnedAway(second.reply)) this.#sessions.doubt(first.session, second.session)
    return this.#parse(second.reply, schema, context)
  }

  async #getOnce(
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly reply: UpstreamReply; readonly session: VcdaSession }> {
    const session = await this.#sessions.acquire(signal)
    const reply = await this.#request({ effect: 'READ', method: 'GET', path, headers: this.#headers(session), signal })
    if (reply.status !== 401) session.isProven = true
    return { reply, session }
  }

  /** True when the session is to blame. A remote site that wants a sign-in of its own leaves the session alone. */
  #isTurnedAway(reply: UpstreamReply): boolean {
    return reply.status === 401 && findApiError(reply.body).code !== 'RemoteAuthenticationFailure'
  }

  #notSignedIn(reply: UpstreamReply, context: CallContext): DomainError {
    const { code, message } = findApiError(reply.body)
    const why =
      code === 'RemoteAuthenticationFailure'
        ? 'the remote site wants a sign-in of its own'
        : 'the session had ended; the next call signs in again'
    return DomainError.vendor({
      code: 'VENDOR_UNAVAILABLE',
      message: `site ${this.#siteName}: ${context.call}: not signed in, nothing was done: ${why}`,
      siteName: this.#siteName,
      vendorCode: code,
      vendorMessage: message,
      httpStatus: 401,
      operationId: context.operationId,
    })
  }

  async #request(request: UpstreamRequest): Promise<UpstreamReply> {
    const reply = await this.#http.request(request)
    if (reply.clockSkewMs !== null) this.#clockSkewMs = reply.clockSkewMs
    return reply
  }

  #headers(session: VcdaSession): Record<string, string> {
    return { accept: acceptHeader, [tokenHeader]: session.token }
  }

  #parse<T>(reply: UpstreamReply, schema: z.ZodType<T>, context: CallContext): T {
    if (reply.status < 200 || reply.status > 299) throw toVcdaError(reply, context)
    const json = findJson(reply.body)
    const parsed = json === null ? null : schema.safeParse(json)
    if (parsed?.success === true) return parsed.data
    this.#http.reportNonsense()
    const [issue] = parsed?.error?.issues ?? []
    throw toNonsenseError(reply, context, issue === undefined ? 'no JSON' : `${issue.path.join('.')}: ${issue.message}`)
  }
}
