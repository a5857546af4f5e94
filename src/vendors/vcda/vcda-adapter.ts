import { requireCapability, type Capabilities } from '../../domain/capabilities.ts'
import type { Command } from '../../domain/command.ts'
import { DomainError, findProblem } from '../../domain/errors.ts'
import { toGlobalId, type NodeKind } from '../../domain/global-id.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type {
  ConnectionStatus,
  PreparedCall,
  RecoveryPointQuery,
  TaskSearch,
  VendorAdapter,
} from '../../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import type { Replication } from '../../domain/replication.ts'
import type { SiteReport } from '../../domain/site.ts'
import type { TaskReading, TaskTarget, WireCall } from '../../domain/task.ts'
import { SharedFlights } from '../../std/shared-flights.ts'
import type { HttpClient } from '../../upstream/http-client.ts'
import type { AdapterDependencies, SiteOptions } from '../../upstream/site-options.ts'
import { createHttpClient } from '../../upstream/undici-http-client.ts'
import { vcdaCapabilitiesOf, withoutOperationIds } from './vcda-capabilities.ts'
import { VcdaClient } from './vcda-client.ts'
import { needsPlace, toCommandCall, toTargetPath, type CommandFacts, type TargetedCommand } from './vcda-commands.ts'
import { toSiteDetails } from './vcda-details.ts'
import { VcdaDirectory, type TargetEnds } from './vcda-directory.ts'
import { vcdaEndpointWords } from './vcda-endpoint-words.ts'
import { findGroupSyncedMs, toProtectionGroup } from './vcda-group-mapping.ts'
import { ownsVcdaId } from './vcda-ids.ts'
import { KeptMapping } from './vcda-kept-mapping.ts'
import { findRecoveryPoint, findSyncedMs, toReplication, toSiteFacts, type MappingContext } from './vcda-mapping.ts'
import { isCloudDirectorLogin, vcdaLoginSchema, type VcdaLogin } from './vcda-login.ts'
import { listNamedThings, listNewOwners } from './vcda-named-things.ts'
import { VcdaNegotiation } from './vcda-negotiation.ts'
import { VcdaReadClient } from './vcda-read-client.ts'
import { VcdaReads } from './vcda-reads.ts'
import { VcdaSessions } from './vcda-session.ts'
import { VcdaSpecifics } from './vcda-specifics.ts'
import { toStartCall } from './vcda-start.ts'
import { toRunningOperations, toTaskReading } from './vcda-task-mapping.ts'
import { VcdaTaskSearch } from './vcda-task-search.ts'
import { VcdaTransport } from './vcda-transport.ts'
import { findOwnerChange, needsStoredNetworks } from './vcda-update.ts'
import { parseApiVersion, type ApiVersion } from './vcda-versions.ts'
import type { MemberReplicationWire, VappReplicationWire, VmReplicationWire } from './vcda-wire.ts'

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
  readonly reads: VcdaReads
  /** What only this vendor tells, for its own part of the public schema. */
  readonly specifics: VcdaSpecifics
  readonly #url: string
  readonly #mayExtend: boolean
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #http: HttpClient
  readonly #sessions: VcdaSessions
  readonly #negotiation: VcdaNegotiation
  readonly #transport: VcdaTransport
  readonly #client: VcdaClient
  readonly #readClient: VcdaReadClient
  readonly #directory: VcdaDirectory
  readonly #taskSearch: VcdaTaskSearch
  readonly #groups = new KeptMapping({
    toObject: toProtectionGroup,
    findSyncedMs: findGroupSyncedMs,
    toIds: ({ id, vmReplications }: VappReplicationWire) => [id, ...(vmReplications ?? []).map((member) => member.id)],
  })
  readonly #replications = new KeptMapping({
    toObject: toReplication,
    findSyncedMs,
    toIds: ({ id, vappReplicationId }: VmReplicationWire) => [id, vappReplicationId],
  })
  readonly #pointFlights = new SharedFlights<readonly RecoveryPoint[]>()
  #toldVersion: ApiVersion | null = null

  constructor(
    site: SiteOptions,
    login: VcdaLogin,
    { clock, logger, observer = null, tracer = null }: AdapterDependencies,
  ) {
    const { name: siteName, url, tls, allowLocalAddresses = false } = site
    this.siteName = siteName
    this.#url = url
    this.#mayExtend = isCloudDirectorLogin(login) || (login.extend ?? []).length > 0
    this.#clock = clock
    this.#logger = logger
    const noting = { observer, tracer, endpointWords: vcdaEndpointWords }
    this.#http = createHttpClient({ siteName, url, tls, allowLocalAddresses, ...noting })
    this.#negotiation = new VcdaNegotiation({ siteName, http: this.#http, clock, logger })
    this.#sessions = new VcdaSessions({ siteName, login, http: this.#negotiation, clock, logger })
    this.#transport = new VcdaTransport({ siteName, http: this.#negotiation, sessions: this.#sessions })
    this.#client = new VcdaClient(this.#transport)
    this.#readClient = new VcdaReadClient(this.#transport)
    this.#directory = new VcdaDirectory({ siteName, client: this.#client, clock, logger })
    const clockSkewMs = (): number | null => this.#transport.clockSkewMs
    this.#taskSearch = new VcdaTaskSearch({ siteName, client: this.#client, clockSkewMs })
    const around = {
      siteName,
      clock,
      client: this.#client,
      reads: this.#readClient,
      directory: this.#directory,
      capabilities: () => this.capabilities(),
      version: () => this.#version(),
      vendorNow: () => this.#vendorNow(),
    }
    this.reads = new VcdaReads(around)
    this.specifics = new VcdaSpecifics(around)
  }

  ownsId(kind: NodeKind, nativeId: string): boolean {
    return ownsVcdaId(kind, nativeId)
  }

  capabilities(): Capabilities {
    const known = vcdaCapabilitiesOf(this.#version())
    return this.#taskSearch.knowsOperationIds ? known : withoutOperationIds(known)
  }

  connection(): ConnectionStatus {
    const { breaker, lastSuccessAt, certificateExpiresAt } = this.#http
    return { url: this.#url, breaker, lastSuccessAt, certificateExpiresAt }
  }

  async readSite(signal: AbortSignal): Promise<SiteReport> {
    const [sites, slaProfiles, about] = await Promise.all([
      this.#directory.readSites(signal),
      this.#findExtra('SLA profiles', () => this.#client.listSlaProfiles(signal)),
      this.#findExtra('about', () => this.#client.readAbout(signal)),
    ])
    const local = sites.find((site) => site.isLocal === true) ?? (sites.length === 1 ? sites[0] : undefined)
    if (local === undefined) {
      const message = `site ${this.siteName} does not say which of its ${sites.length} sites it is itself`
      throw DomainError.vendor({ code: 'VENDOR_PROTOCOL', message, siteName: this.siteName })
    }
    const peers = sites.filter((site) => site !== local)
    this.#toldVersion = parseApiVersion(local.apiVersion) ?? parseApiVersion(about?.buildVersion)
    const facts = toSiteFacts(local)
    return {
      local: { ...facts, productVersion: about?.buildVersion ?? facts.productVersion },
      peers: peers.map(toSiteFacts),
      capabilities: this.capabilities(),
      clockSkewMs: this.#transport.clockSkewMs,
      details: toSiteDetails({ local, peers, slaProfiles, about }),
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
    return this.#groups.toAll(wires, context)
  }

  async listReplications(signal: AbortSignal): Promise<readonly Replication[]> {
    const [wires, unreachable] = await Promise.all([
      this.#client.listVmReplications(signal),
      this.#directory.findUnreachable(signal),
    ])
    this.#directory.replace('vm', wires)
    const context = await this.#toContext(wires, unreachable, signal)
    return this.#replications.toAll(wires, context)
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
    return Promise.all(
      queries.map((query) => {
        const key = [query.kind, query.nativeId, query.from?.getTime(), query.to?.getTime()].join(' ')
        return this.#pointFlights.join(key, signal, (shared) => this.#listPoints(query, shared))
      }),
    )
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    const asked = new Set(vendorTaskIds)
    const wires = await this.#client.listTasks([...asked], signal)
    const oldestFirst = wires
      .filter((wire) => asked.has(wire.id))
      .toSorted((one, other) => (one.lastUpdated ?? 0) - (other.lastUpdated ?? 0))
    return new Map(oldestFirst.map((wire) => [wire.id, toTaskReading(wire, this.siteName)]))
  }

  async listTasks(search: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]> {
    if (search.operationId !== null) requireCapability(this.capabilities(), 'OPERATION_IDS', 'VCDA')
    return this.#taskSearch.list(search, signal)
  }

  /** Every change is one call, which leaves nothing open. */
  async cleanUp(): Promise<void> {}

  async prepare(command: Command, signal: AbortSignal): Promise<PreparedCall> {
    switch (command.operation) {
      case 'START_REPLICATION': {
        const { call, siteNames, newName, named } = toStartCall(command, this.#version())
        const listNamed: PreparedCall['listNamed'] = (limit) =>
          listNamedThings(named, this.#readClient, (name) => this.#directory.isLocal(name, limit), limit)
        return { ...(await this.#toPrepared(call, siteNames, signal)), newName, listNamed }
      }
      case 'DISMISS_ALERT':
      case 'UNDISMISS_ALERT':
        throw DomainError.unsupported(command.operation, 'VCDA', 'VCDA has no alerts of its own')
      default:
        return this.#prepareTargeted(command, signal)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sessions[Symbol.asyncDispose]()
    await this.#http[Symbol.asyncDispose]()
  }

  async #prepareTargeted(command: TargetedCommand, signal: AbortSignal): Promise<PreparedCall> {
    // Whatever can be refused without asking is refused first.
    const assumed = toCommandCall(command, 'vcloud', { version: this.#version(), storedNetworks: null })
    const facts = await this.#toFacts(command, signal)
    if (!needsPlace(command) && !this.#mayExtend) {
      return this.#toPrepared(facts === null ? assumed : toCommandCall(command, 'vcloud', facts), [], signal)
    }
    const ends = this.#directory.findEnds(toKind(command.target), command.target.nativeId)
    const { place, siteNames } = ends ?? (await this.#readEnds(command.target, signal))
    const known = facts ?? { version: this.#version(), storedNetworks: null }
    return this.#toPrepared(toCommandCall(command, place, known), siteNames, signal)
  }

  /** What has to be read for the translation; null where nothing has. */
  async #toFacts(command: TargetedCommand, signal: AbortSignal): Promise<CommandFacts | null> {
    if (command.operation !== 'UPDATE' || !needsStoredNetworks(command)) return null
    const { kind, nativeId } = command.target
    const path = toTargetPath(command.target)
    const storedNetworks = await this.#require(kind, nativeId, () =>
      this.#readClient.readRawNetworkSettings(path, { signal }),
    )
    return { version: this.#version(), storedNetworks }
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
    const remoteSites = this.#mayExtend ? await this.#directory.findRemote(siteNames, signal) : []
    return {
      calls: [call],
      decision: null,
      newName: null,
      listNamed: async () => listNewOwners(call),
      send: async (options) => {
        try {
          const task = await this.#transport.send(call, remoteSites, options)
          return task === null ? { kind: 'DONE' } : { kind: 'TASK', vendorTaskId: task.id }
        } catch (error) {
          if (await this.#isShown(call, error, options.signal)) return { kind: 'DONE' }
          throw error
        }
      },
    }
  }

  /** A change of the owner leaves no task to find it by later: after a lost answer the object itself is looked at. */
  async #isShown(call: WireCall, error: unknown, signal: AbortSignal): Promise<boolean> {
    const change = findOwnerChange(call)
    if (change === null || findProblem(error)?.code !== 'OUTCOME_UNKNOWN') return false
    const owner = await this.#findExtra('owner', () => this.#client.readOwner(change.path, signal))
    return owner === change.owner
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
    const vendorNow = this.#vendorNow()
    const tasks = wires.some(isInProgress) ? await this.#client.listRunningTasks(signal) : []
    return { vendorNow, unreachableSites, runningOperations: toRunningOperations(tasks) }
  }

  /** What the site says of itself; a tenant may be kept from it. */
  async #findExtra<T>(what: string, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read()
    } catch (error) {
      this.#logger.debug(`${what} not read`, { site: this.siteName, code: findProblem(error)?.code })
      return null
    }
  }

  /** What the answers name; where they name none, what the site said of itself. */
  #version(): ApiVersion | null {
    return this.#negotiation.version ?? this.#toldVersion
  }

  #vendorNow(): Date {
    return new Date(this.#clock.now().getTime() + (this.#transport.clockSkewMs ?? 0))
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
