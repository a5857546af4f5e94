import type * as z from 'zod'
import { toGlobalId } from '../../domain/global-id.ts'
import { KeptList } from '../../upstream/kept-list.ts'
import { toReplicationId } from './zerto-ids.ts'
import type { Answer, ZertoTransport } from './zerto-transport.ts'
import {
  wire,
  type WireCheckpoint,
  type WireLocalSite,
  type WirePeerSite,
  type WireTask,
  type WireVm,
  type WireVpg,
} from './zerto-wire.ts'

const encode = encodeURIComponent

const keep = <T>(schema: z.ZodType<T>): KeptList<T> =>
  new KeptList({
    member: null,
    parseItem: (json) => {
      const parsed = schema.safeParse(json)
      return parsed.success ? { item: parsed.data } : null
    },
  })

/** One function for an endpoint of what everybody looks at, with the vendor's words in and out. */
export class ZertoClient {
  readonly #transport: ZertoTransport
  readonly #vpgs = keep(wire.vpg)
  readonly #vms = keep(wire.vm)

  constructor(transport: ZertoTransport) {
    this.#transport = transport
  }

  getLocalSite(signal: AbortSignal): Promise<Answer<WireLocalSite>> {
    return this.#transport.get('/v1/localsite', wire.localSite, signal)
  }

  async listPeerSites(signal: AbortSignal): Promise<readonly WirePeerSite[]> {
    return (await this.#transport.get('/v1/peersites', wire.peerSites, signal)).value
  }

  /** What is listed unchanged is the same object as the last time; so it is with {@link ZertoClient.listVms}. */
  listVpgs(signal: AbortSignal): Promise<readonly WireVpg[]> {
    return this.#transport.list('/v1/vpgs', wire.vpgs, signal, this.#vpgs)
  }

  async getVpg(vpgId: string, signal: AbortSignal): Promise<WireVpg> {
    const objectId = toGlobalId('ProtectionGroup', 'ZERTO', vpgId)
    return (await this.#transport.get(`/v1/vpgs/${encode(vpgId)}`, wire.vpg, signal, objectId)).value
  }

  /** One row for a machine in a VPG; a machine in two VPGs has two. */
  listVms(signal: AbortSignal): Promise<readonly WireVm[]> {
    return this.#transport.list('/v1/vms', wire.vms, signal, this.#vms)
  }

  /** The VPG must be named: without it the site refuses a machine that is in several. */
  async getVm(vmId: string, vpgId: string, signal: AbortSignal): Promise<WireVm> {
    const objectId = toGlobalId('Replication', 'ZERTO', toReplicationId(vpgId, vmId))
    return (
      await this.#transport.get(`/v1/vms/${encode(vmId)}?vpgIdentifier=${encode(vpgId)}`, wire.vm, signal, objectId)
    ).value
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
    return (await this.#transport.get(path, wire.checkpoints, signal, objectId)).value
  }

  /** The newest checkpoint; null when there is none. */
  async findLatestCheckpoint(vpgId: string, signal: AbortSignal): Promise<WireCheckpoint | null> {
    const objectId = toGlobalId('ProtectionGroup', 'ZERTO', vpgId)
    const path = `/v1/vpgs/${encode(vpgId)}/checkpoints/stats`
    return (await this.#transport.get(path, wire.checkpointStats, signal, objectId)).value.Latest
  }

  /** @param startedAfter Leaves out older tasks; null asks for all. */
  async listTasks(startedAfter: Date | null, signal: AbortSignal): Promise<readonly WireTask[]> {
    const query = startedAfter === null ? '' : `?startedAfterDate=${encode(startedAfter.toISOString())}`
    return (await this.#transport.get(`/v1/tasks${query}`, wire.tasks, signal)).value
  }

  /** A member of an open settings object, or all of it, its members as they came. */
  async getSettings(settingsId: string, part: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#transport.get(`/v1/vpgSettings/${encode(settingsId)}${part}`, wire.vpgSettings, signal)).value
  }
}
