import type { Command } from '../../domain/command.ts'
import { DomainError, findProblem } from '../../domain/errors.ts'
import { toGlobalId, type NodeKind } from '../../domain/global-id.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type {
  ConnectionStatus,
  PreparedCall,
  RecoveryPointQuery,
  VendorAdapter,
} from '../../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import type { Replication } from '../../domain/replication.ts'
import type { SiteReport } from '../../domain/site.ts'
import type { TaskReading, TaskTarget, WireCall } from '../../domain/task.ts'
import type { HttpClient } from '../../upstream/http-client.ts'
import type { AdapterDependencies, SiteOptions } from '../../upstream/site-options.ts'
import { createHttpClient } from '../../upstream/undici-http-client.ts'
import { vcdaCapabilities } from './vcda-capabilities.ts'
import { VcdaClient } from './vcda-client.ts'
import { needsPlace, toCommandCall, toTargetPath, type TargetedCommand } from './vcda-commands.ts'
import { toSiteDetails } from './vcda-details.ts'
import { VcdaDirectory, type TargetEnds } from './vcda-directory.ts'
import { toProtectionGroup } from './vcda-group-mapping.ts'
import { ownsVcdaId } from './vcda-ids.ts'
import { findRecoveryPoint, toReplication, toSiteFacts, type MappingContext } from './vcda-mapping.ts'
import { VcdaSessions, vcdaLoginSchema, type VcdaLogin } from './vcda-session.ts'
import { toStartCall } from './vcda-start.ts'
import { toRunningOperations, toTaskReading } from './vcda-task-mapping.ts'
import type { MemberReplicationWire, SlaProfileWire } from './vcda-wire.ts'

export { vcdaLoginSchema }

/** Unknown `C4-…`. A site that is not known is another refusal, with the same status. */
const isMissing = (error: unknown): boolean => {
  const problem = findProblem(error)
  return (
    problem !== null && 'httpStatus' in problem && problem.httpStatus === 404 && problem.vendorCode !== 'SiteNotFound'
  )
}

const isInProgress = (wire: MemberReplicationWire): boolean =>
  wire.destinationState?.recoveryInfo?.recoveryState === 'IN_PROGRESS'

const isWithin = (query: RecoveryPointQuery, point: RecoveryPoint): boolean =>
  (query.from === null || point.takenAt >= query.from) && (query.to === null || point.takenAt <= query.to)

const newestFirst = (one: RecoveryPoint, other: RecoveryPoint): number =>
  other.takenAt.getTime() - one.takenAt.getTime() || (other.sequenceNumber ?? 0) - (one.sequenceNumber ?? 0)

const toKind = (target: TaskTarget): 'vm' | 'vapp' => (target.kind === 'Replication' ? 'vm' : 'vapp')

class VcdaAdapter implements VendorAdapter {
  readonly vendor = 'VCDA'
  readonly siteName: string
  readonly #url: string
  readonly #isTenant: boolean
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #http: HttpClient
  readonly #sessions: VcdaSessions
  readonly #client: VcdaClient
  readonly #directory: VcdaDirectory

  constructor(site: SiteOptions, login: VcdaLogin, { clock, logger }: AdapterDependencies) {
    const siteName = site.name
    this.siteName = siteName
    this.#url = site.url
    this.#isTenant = login.type !== 'localUser'
    this.#clock = clock
    this.#logger = logger
    this.#http = createHttpClient({ siteName, url: site.url, tls: site.tls })
    this.#sessions = new VcdaSessions({ siteName, login, http: this.#http, clock, logger })
    this.#client = new VcdaClient({ siteName, http: this.#http, sessions: this.#sessions })
    this.#directory = new VcdaDirectory({ siteName, client: this.#client, clock, logger })
  }

  ownsId(kind: NodeKind, nativeId: string): boolean {
    return ownsVcdaId(kind, nativeId)
  }

  capabilities(): typeof vcdaCapabilities {
    return vcdaCapabilities
  }

  connection(): ConnectionStatus {
    return { url: this.#url, breaker: this.#http.breaker, lastSuccessAt: this.#http.lastSuccessAt }
  }

  async readSite(signal: AbortSignal): Promise<SiteReport> {
    const [sites, slaProfiles] = await Promise.all([this.#directory.readSites(signal), this.#findSlaProfiles(signal)])
    const local = sites.find((site) => site.isLocal === true) ?? (sites.length === 1 ? sites[0] : undefined)
    if (local === undefined) {
      const message = `site ${this.siteName} does not say which of its ${sites.length} sites it is itself`
      throw DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.siteName })
    }
    const peers = sites.filter((site) => site !== local)
    return {
      local: toSiteFacts(local),
      peers: peers.map(toSiteFacts),
      capabilities: vcdaCapabilities,
      clockSkewMs: this.#client.clockSkewMs,
      details: toSiteDetails(local, peers, slaProfiles),
    }
  }

  async listGroups(signal: AbortSignal): Promise<readonly ProtectionGroup[]> {
    const [wires, unreachable] = await Promise.all([
      this.#client.listVappReplications(signal),
      this.#directory.findUnreachable(signal),
    ])
    this.#directory.replace('vapp', wires)
    const members = wires.flatMap((wire) => wire.vmReplications ?? [])
    const context = await this.#toContext(members, unreachable, signal)
    return wires.map((wire) => toProtectionGroup(wire, context))
  }

  async listReplications(signal: AbortSignal): Promise<readonly Replication[]> {
    const [wires, unreachable] = await Promise.all([
      this.#client.listVmReplications(signal),
      this.#directory.findUnreachable(signal),
    ])
    this.#directory.replace('vm', wires)
    const context = await this.#toContext(wires, unreachable, signal)
    return wires.map((wire) => toReplication(wire, context))
  }

  async getGroup(nativeId: string, signal: AbortSignal): Promise<ProtectionGroup> {
    const wire = await this.#require('ProtectionGroup', nativeId, () =>
      this.#client.getVappReplication(nativeId, signal),
    )
    this.#directory.remember('vapp', wire)
    const unreachable = await this.#directory.findUnreachable(signal)
    return toProtectionGroup(wire, await this.#toContext(wire.vmReplications ?? [], unreachable, signal))
  }

  async getReplication(nativeId: string, signal: AbortSignal): Promise<Replication> {
    const wire = await this.#require('Replication', nativeId, () => this.#client.getVmReplication(nativeId, signal))
    this.#directory.remember('vm', wire)
    const unreachable = await this.#directory.findUnreachable(signal)
    return toReplication(wire, await this.#toContext([wire], unreachable, signal))
  }

  /** A group has no recovery points of its own: its list is empty. So is the list of what the site does not know. */
  async listRecoveryPoints(
    queries: readonly RecoveryPointQuery[],
    signal: AbortSignal,
  ): Promise<readonly (readonly RecoveryPoint[])[]> {
    return Promise.all(queries.map((query) => this.#listPoints(query, signal)))
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    const asked = new Set(vendorTaskIds)
    const wires = await this.#client.listTasks([...asked], signal)
    const oldestFirst = wires
      .filter((wire) => asked.has(wire.id))
      .toSorted((one, other) => (one.lastUpdated ?? 0) - (other.lastUpdated ?? 0))
    return new Map(oldestFirst.map((wire) => [wire.id, toTaskReading(wire, this.siteName)]))
  }

  async prepare(command: Command, signal: AbortSignal): Promise<PreparedCall> {
    if (command.operation === 'START_REPLICATION') {
      const { call, siteNames } = toStartCall(command)
      return this.#toPrepared(call, siteNames, signal)
    }
    return this.#prepareTargeted(command, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sessions[Symbol.asyncDispose]()
    await this.#http[Symbol.asyncDispose]()
  }

  async #prepareTargeted(command: TargetedCommand, signal: AbortSignal): Promise<PreparedCall> {
    // Whatever can be refused without asking is refused first.
    const assumed = toCommandCall(command, 'vcloud')
    if (!needsPlace(command) && !this.#isTenant) return this.#toPrepared(assumed, [], signal)
    const ends = this.#directory.findEnds(toKind(command.target), command.target.nativeId)
    const { place, siteNames } = ends ?? (await this.#readEnds(command.target, signal))
    return this.#toPrepared(place === 'vcloud' ? assumed : toCommandCall(command, place), siteNames, signal)
  }

  async #readEnds(target: TaskTarget, signal: AbortSignal): Promise<TargetEnds> {
    toTargetPath(target)
    const { kind, nativeId } = target
    return kind === 'Replication'
      ? this.#directory.remember(
          'vm',
          await this.#require(kind, nativeId, () => this.#client.getVmReplication(nativeId, signal)),
        )
      : this.#directory.remember(
          'vapp',
          await this.#require(kind, nativeId, () => this.#client.getVappReplication(nativeId, signal)),
        )
  }

  async #toPrepared(call: WireCall, siteNames: readonly string[], signal: AbortSignal): Promise<PreparedCall> {
    const remoteSites = this.#isTenant ? await this.#directory.findRemote(siteNames, signal) : []
    return {
      calls: [call],
      send: async (options) => {
        const task = await this.#client.send(call, remoteSites, options)
        return { kind: 'TASK', vendorTaskId: task.id }
      },
    }
  }

  async #listPoints(query: RecoveryPointQuery, signal: AbortSignal): Promise<readonly RecoveryPoint[]> {
    const { kind, nativeId } = query
    if (kind === 'ProtectionGroup' || !ownsVcdaId(kind, nativeId)) return []
    try {
      const wires = await this.#client.listInstances(nativeId, signal)
      const points = wires.map((wire) => findRecoveryPoint(wire, nativeId)).filter((point) => point !== null)
      return points.filter((point) => isWithin(query, point)).toSorted(newestFirst)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** Running tasks are asked for only where something is in progress: they alone tell what. */
  async #toContext(
    wires: readonly MemberReplicationWire[],
    unreachableSites: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<MappingContext> {
    const vendorNow = new Date(this.#clock.now().getTime() + (this.#client.clockSkewMs ?? 0))
    const tasks = wires.some(isInProgress) ? await this.#client.listRunningTasks(signal) : []
    return { vendorNow, unreachableSites, runningOperations: toRunningOperations(tasks) }
  }

  async #findSlaProfiles(signal: AbortSignal): Promise<readonly SlaProfileWire[] | null> {
    try {
      return await this.#client.listSlaProfiles(signal)
    } catch (error) {
      this.#logger.debug('SLA profiles not read', { site: this.siteName, code: findProblem(error)?.code })
      return null
    }
  }

  async #require<T>(kind: NodeKind, nativeId: string, read: () => Promise<T>): Promise<T> {
    const id = toGlobalId(kind, 'VCDA', nativeId)
    if (!ownsVcdaId(kind, nativeId)) throw DomainError.notFound(id)
    try {
      return await read()
    } catch (error) {
      throw isMissing(error) ? DomainError.notFound(id) : error
    }
  }
}

/**
 * The adapter of one VCDA cloud site. Sends nothing yet.
 *
 * @throws INVALID_INPUT for a login that is not one of this vendor's, and for trust that cannot be checked.
 */
export const createVcdaAdapter = (site: SiteOptions, dependencies: AdapterDependencies): VendorAdapter => {
  const login = vcdaLoginSchema.safeParse(site.login)
  if (!login.success) {
    const [issue] = login.error.issues
    throw DomainError.invalidInput(['login', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not understood')
  }
  return new VcdaAdapter(site, login.data, dependencies)
}
