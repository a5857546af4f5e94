import type * as z from 'zod'
import { toGlobalId } from '../../domain/global-id.ts'
import type { WireCall } from '../../domain/task.ts'
import type { HttpClient, UpstreamReply } from '../../upstream/http-client.ts'
import { toLostWrite, toProtocolError, toReadError, toUnsent, toWriteError, type CallContext } from './zerto-errors.ts'
import { toReplicationId } from './zerto-ids.ts'
import type { Ticket, ZertoSession } from './zerto-session.ts'
import {
  parseWire,
  wire,
  WireFormatError,
  type WireCheckpoint,
  type WireLocalSite,
  type WirePeerSite,
  type WireTask,
  type WireVm,
  type WireVpg,
} from './zerto-wire.ts'

/** What a read found, and the site's clock minus ours at that moment. */
export interface Answer<T> {
  readonly value: T
  readonly clockSkewMs: number | null
}

const encode = encodeURIComponent
const accept = { accept: 'application/json' }

/**
 * One function for an endpoint, with the vendor's words in and out. A read whose session the site no longer honours is
 * repeated once with a new one; a change never is.
 */
export class ZertoClient {
  readonly #siteName: string
  readonly #http: HttpClient
  readonly #session: ZertoSession

  constructor(siteName: string, http: HttpClient, session: ZertoSession) {
    this.#siteName = siteName
    this.#http = http
    this.#session = session
  }

  getLocalSite(signal: AbortSignal): Promise<Answer<WireLocalSite>> {
    return this.#get('/v1/localsite', wire.localSite, signal)
  }

  async listPeerSites(signal: AbortSignal): Promise<readonly WirePeerSite[]> {
    return (await this.#get('/v1/peersites', wire.peerSites, signal)).value
  }

  async listVpgs(signal: AbortSignal): Promise<readonly WireVpg[]> {
    return (await this.#get('/v1/vpgs', wire.vpgs, signal)).value
  }

  async getVpg(vpgId: string, signal: AbortSignal): Promise<WireVpg> {
    const objectId = toGlobalId('ProtectionGroup', 'ZERTO', vpgId)
    return (await this.#get(`/v1/vpgs/${encode(vpgId)}`, wire.vpg, signal, objectId)).value
  }

  /** One row for a machine in a VPG; a machine in two VPGs has two. */
  async listVms(signal: AbortSignal): Promise<readonly WireVm[]> {
    return (await this.#get('/v1/vms', wire.vms, signal)).value
  }

  /** The VPG must be named: without it the site refuses a machine that is in several. */
  async getVm(vmId: string, vpgId: string, signal: AbortSignal): Promise<WireVm> {
    const objectId = toGlobalId('Replication', 'ZERTO', toReplicationId(vpgId, vmId))
    return (await this.#get(`/v1/vms/${encode(vmId)}?vpgIdentifier=${encode(vpgId)}`, wire.vm, signal, objectId)).value
  }

  /** There may be tens of thousands, one in every five seconds of the journal: always name a span. */
  async listCheckpoints(
    vpgId: string,
    span: { readonly from: Date; readonly to: Date | null },
    signal: AbortSignal,
  ): Promise<readonly WireCheckpoint[]> {
    const objectId = toGlobalId('ProtectionGroup', 'ZERTO', vpgId)
    const end = span.to === null ? '' : `&endDate=${encode(span.to.toISOString())}`
    const path = `/v1/vpgs/${encode(vpgId)}/checkpoints?startDate=${encode(span.from.toISOString())}${end}`
    return (await this.#get(path, wire.checkpoints, signal, objectId)).value
  }

  /** The newest checkpoint; null when there is none. */
  async findLatestCheckpoint(vpgId: string, signal: AbortSignal): Promise<WireCheckpoint | null> {
    const objectId = toGlobalId('ProtectionGroup', 'ZERTO', vpgId)
    const path = `/v1/vpgs/${encode(vpgId)}/checkpoints/stats`
    return (await this.#get(path, wire.checkpointStats, signal, objectId)).value.Latest
  }

  /** @param startedAfter Leaves out older tasks; null asks for all. */
  async listTasks(startedAfter: Date | null, signal: AbortSignal): Promise<readonly WireTask[]> {
    const query = startedAfter === null ? '' : `?startedAfterDate=${encode(startedAfter.toISOString())}`
    return (await this.#get(`/v1/tasks${query}`, wire.tasks, signal)).value
  }

  /** The `Basic` part of an open settings object, its members as they came. */
  async getBasicSettings(settingsId: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#get(`/v1/vpgSettings/${encode(settingsId)}`, wire.vpgSettings, signal)).value.Basic
  }

  /**
   * Sends a change, once, and answers with the body of a success.
   *
   * @throws VENDOR_REFUSED, RATE_LIMITED, VENDOR_UNAVAILABLE (nothing was sent) or OUTCOME_UNKNOWN; nothing else.
   */
  async write(call: WireCall, signal: AbortSignal): Promise<string> {
    const context: CallContext = { siteName: this.#siteName, call: `${call.method} ${call.path}`, objectId: null }
    const ticket = await this.#session.getTicket(signal).catch((error: unknown) => {
      throw toUnsent(this.#siteName, error)
    })
    const reply = await this.#sendOnce(call, ticket, signal)
    if (reply.status === 401) this.#session.reject(ticket)
    else this.#session.confirm(ticket)
    if (reply.status >= 200 && reply.status < 300) return reply.body
    throw toWriteError(context, reply)
  }

  async #sendOnce(call: WireCall, ticket: Ticket, signal: AbortSignal): Promise<UpstreamReply> {
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
      })
    } catch (error) {
      throw toLostWrite(this.#siteName, error)
    }
  }

  async #get<S extends z.ZodType>(
    path: string,
    schema: S,
    signal: AbortSignal,
    objectId: string | null = null,
  ): Promise<Answer<z.infer<S>>> {
    const context: CallContext = { siteName: this.#siteName, call: `GET ${path.split('?', 1)[0]}`, objectId }
    const reply = await this.#read(path, signal)
    if (reply.status !== 200) throw toReadError(context, reply)
    try {
      return { value: parseWire(schema, reply.body), clockSkewMs: reply.clockSkewMs }
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error
      this.#http.reportNonsense()
      throw toProtocolError(context, reply, error)
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
    if (reply.status !== 401) this.#session.confirm(ticket)
    return reply
  }
}
