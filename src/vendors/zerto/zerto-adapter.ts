import { requireCapability, type Capabilities } from '../../domain/capabilities.ts'
import type { Command, CommandOf } from '../../domain/command.ts'
import { DomainError } from '../../domain/errors.ts'
import type { NodeKind } from '../../domain/global-id.ts'
import type {
  ConnectionStatus,
  PreparedCall,
  RecoveryPointQuery,
  TaskSearch,
  VendorAdapter,
} from '../../domain/ports/vendor-adapter.ts'
import type { VendorReads } from '../../domain/ports/vendor-reads.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import type { Replication } from '../../domain/replication.ts'
import type { SiteReport } from '../../domain/site.ts'
import type { TaskReading, WireCall } from '../../domain/task.ts'
import { ClockSkews } from '../../upstream/clock-skews.ts'
import type { HttpClient } from '../../upstream/http-client.ts'
import type { AdapterDependencies, SiteOptions } from '../../upstream/site-options.ts'
import { SiteSession } from '../../upstream/site-session.ts'
import { createHttpClient } from '../../upstream/undici-http-client.ts'
import { toAcceptance } from './zerto-acceptance.ts'
import { toZertoCapabilities } from './zerto-capabilities.ts'
import { ZertoClient } from './zerto-client.ts'
import { findDecision, findReverse, toActionCall, toVpgId, type ActionCommand } from './zerto-commands.ts'
import { toLocalSiteFacts, toPeerFacts, toSiteDetails } from './zerto-details-mapping.ts'
import { zertoEndpointWords } from './zerto-endpoint-words.ts'
import { findEnumName, vpgEntityTypes, type EnumWord, type VpgEntityType } from './zerto-enums.ts'
import { listAddedVms, toGroupChanges } from './zerto-group-changes.ts'
import { findReplicationParts, isNativeId } from './zerto-ids.ts'
import { KeptMapping } from './zerto-kept-mapping.ts'
import { toProtectionGroup, toReplication } from './zerto-mapping.ts'
import { listNewMachines, parseGroupWork, toLegacyCall, toNewGroup } from './zerto-new-group.ts'
import { OwnSite } from './zerto-own-site.ts'
import { ZertoReadsClient } from './zerto-reads-client.ts'
import { ZertoReads } from './zerto-reads.ts'
import { RecoveryPointReader } from './zerto-recovery-points.ts'
import { createSignIn, type ZertoSession } from './zerto-sign-in.ts'
import { findTaskStart, toTaskKey, toTaskReading } from './zerto-task-mapping.ts'
import { searchTasks } from './zerto-task-search.ts'
import { deleteSettings, prepareSettings, type SettingsContext } from './zerto-settings-flow.ts'
import { ZertoTransport } from './zerto-transport.ts'
import { isBefore, settingsSince } from './zerto-version.ts'

/** Where the vendor takes no tagged checkpoint (its page "VPGs: POST"). */
const checkpointlessTypes: readonly VpgEntityType[] = ['PublicCloud', 'Azure']
/** Where a clone takes no datastore (same page). */
const datastorelessTypes: readonly VpgEntityType[] = ['VCDvApp', 'PublicCloud', 'Azure']

/** Tasks that began a little before the oldest one watched are read too: the site's filter and its clock may round. */
const taskFilterMarginMs = 60_000

const hasType = (word: EnumWord | null | undefined, types: readonly VpgEntityType[]): boolean => {
  const name = word === null || word === undefined ? null : findEnumName(vpgEntityTypes, word)
  return name !== null && types.includes(name)
}

class ZertoAdapter implements VendorAdapter {
  readonly vendor = 'ZERTO'
  readonly siteName: string
  readonly reads: VendorReads
  readonly #url: string
  readonly #http: HttpClient
  readonly #session: ZertoSession
  readonly #transport: ZertoTransport
  readonly #client: ZertoClient
  readonly #ownSite: OwnSite
  readonly #recoveryPoints: RecoveryPointReader
  readonly #settings: SettingsContext
  readonly #groups = new KeptMapping(toProtectionGroup)
  readonly #replications = new KeptMapping(toReplication)
  /** When the watched tasks began, by {@link toTaskKey}. */
  #taskStarts: ReadonlyMap<string, Date> = new Map()

  constructor(site: SiteOptions, { clock, logger, observer = null, tracer = null }: AdapterDependencies) {
    const signIn = createSignIn(site)
    const { name: siteName, url, tls, allowLocalAddresses = false } = site
    this.siteName = siteName
    this.#url = url
    const noting = { observer, tracer, endpointWords: zertoEndpointWords }
    this.#http = createHttpClient({ siteName, url, tls, allowLocalAddresses, ...noting })
    this.#session = new SiteSession({ siteName: site.name, http: this.#http, signIn, clock, logger })
    this.#transport = new ZertoTransport(site.name, this.#http, this.#session, new ClockSkews(clock))
    this.#client = new ZertoClient(this.#transport)
    this.#ownSite = new OwnSite(this.#client, this.#session)
    this.#recoveryPoints = new RecoveryPointReader(this.#client, this.#ownSite, clock)
    this.#settings = { siteName: site.name, client: this.#client, transport: this.#transport, logger }
    this.reads = new ZertoReads(new ZertoReadsClient(this.#transport), this.#ownSite)
  }

  ownsId(kind: NodeKind, nativeId: string): boolean {
    return isNativeId(kind, nativeId)
  }

  capabilities(): Capabilities {
    return toZertoCapabilities(this.#ownSite.knownVersion)
  }

  connection(): ConnectionStatus {
    const { breaker, lastSuccessAt, certificateExpiresAt } = this.#http
    return { url: this.#url, breaker, lastSuccessAt, certificateExpiresAt }
  }

  async readSite(signal: AbortSignal): Promise<SiteReport> {
    const [site, peers] = await Promise.all([this.#ownSite.read(signal), this.#client.listPeerSites(signal)])
    return {
      local: toLocalSiteFacts(site.value),
      peers: peers.map(toPeerFacts),
      capabilities: this.capabilities(),
      clockSkewMs: site.clockSkewMs,
      details: toSiteDetails(site.value, peers, this.#session.way),
    }
  }

  async listGroups(signal: AbortSignal): Promise<readonly ProtectionGroup[]> {
    const vpgs = await this.#client.listVpgs(signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    return this.#groups.toAll(vpgs, utcOffsetMinutes)
  }

  async listReplications(signal: AbortSignal): Promise<readonly Replication[]> {
    const vms = await this.#client.listVms(signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    return this.#replications.toAll(vms, utcOffsetMinutes)
  }

  async getGroup(nativeId: string, signal: AbortSignal): Promise<ProtectionGroup> {
    if (!isNativeId('ProtectionGroup', nativeId)) throw DomainError.notFound(nativeId)
    const vpg = await this.#client.getVpg(nativeId, signal)
    return toProtectionGroup(vpg, await this.#ownSite.getUtcOffsetMinutes(signal))
  }

  async getReplication(nativeId: string, signal: AbortSignal): Promise<Replication> {
    const parts = findReplicationParts(nativeId)
    if (parts === null) throw DomainError.notFound(nativeId)
    const vm = await this.#client.getVm(parts.vmId, parts.vpgId, signal)
    return toReplication(vm, await this.#ownSite.getUtcOffsetMinutes(signal))
  }

  /**
   * A group's checkpoints, or those of a machine's group. A query that leaves `from` open is answered for the last hour
   * before its end: a journal may hold tens of thousands. Where nothing was taken in the last hour, it is the hour
   * before the newest checkpoint.
   */
  listRecoveryPoints(
    queries: readonly RecoveryPointQuery[],
    signal: AbortSignal,
  ): Promise<readonly (readonly RecoveryPoint[])[]> {
    return this.#recoveryPoints.list(queries, signal)
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    if (vendorTaskIds.length === 0) return new Map()
    const rows = await this.#client.listTasks(this.#findOldestStart(vendorTaskIds), signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    const byKey = new Map(rows.map((row) => [toTaskKey(row.TaskIdentifier), row]))
    const readings = new Map<string, TaskReading>()
    const starts = new Map<string, Date>()
    for (const id of vendorTaskIds) {
      const row = byKey.get(toTaskKey(id))
      if (row === undefined) continue
      readings.set(id, { ...toTaskReading(row, this.siteName, utcOffsetMinutes), vendorTaskId: id })
      const start = findTaskStart(row, utcOffsetMinutes)
      if (start !== null) starts.set(toTaskKey(id), start)
    }
    this.#taskStarts = starts
    return readings
  }

  /** The search has no use for an operation id: see the capability OPERATION_IDS. */
  listTasks(search: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]> {
    return searchTasks({ transport: this.#transport, client: this.#client, ownSite: this.#ownSite }, search, signal)
  }

  cleanUp(handle: string, signal: AbortSignal): Promise<void> {
    return deleteSettings(this.#settings, handle, signal)
  }

  async prepare(command: Command, signal: AbortSignal): Promise<PreparedCall> {
    if (command.operation === 'START_REPLICATION') return this.#prepareStart(command, signal)
    if (command.operation === 'UPDATE') return this.#prepareUpdate(command, signal)
    return this.#prepareAction(command, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session.end()
    await this.#http[Symbol.asyncDispose]()
  }

  async #prepareAction(command: ActionCommand, signal: AbortSignal): Promise<PreparedCall> {
    const call = toActionCall(command)
    if (command.operation === 'CREATE_CHECKPOINT') await this.#requireCheckpoints(command, signal)
    if (command.operation === 'START_CLONE' && hasDatastore(command)) await this.#requireDatastores(command, signal)
    return this.#toPrepared(call, { decision: findDecision(command), newName: null, ...findReverse(command) })
  }

  async #prepareStart(command: CommandOf<'START_REPLICATION'>, signal: AbortSignal): Promise<PreparedCall> {
    const work = parseGroupWork(command)
    const listNamed = async () => listNewMachines(work.vms, work.protectedSiteId)
    const version = await this.#ownSite.getVersion(signal)
    if (isBefore(version, settingsSince)) {
      return this.#toPrepared(toLegacyCall(command, work), { decision: null, newName: work.name, listNamed })
    }
    const { open, steps } = toNewGroup(command, work, version)
    return { ...prepareSettings(this.#settings, { openBody: open, steps, newName: work.name }), listNamed }
  }

  async #prepareUpdate(command: CommandOf<'UPDATE'>, signal: AbortSignal): Promise<PreparedCall> {
    const vpgId = toVpgId('UPDATE', command.target)
    const toSteps = toGroupChanges(command)
    const version = await this.#ownSite.getVersion(signal)
    requireCapability(toZertoCapabilities(version), 'UPDATE', 'ZERTO')
    const openBody = { VpgIdentifier: vpgId }
    const listNamed = async () => listNewMachines(listAddedVms(command), null)
    return { ...prepareSettings(this.#settings, { openBody, steps: toSteps(version), newName: null }), listNamed }
  }

  #toPrepared(
    call: WireCall,
    meaning: Pick<PreparedCall, 'decision' | 'newName' | 'isProtectedBack' | 'listNamed'>,
  ): PreparedCall {
    return {
      calls: [call],
      ...meaning,
      send: async (options) => toAcceptance(this.siteName, call, await this.#transport.write(call, options)),
    }
  }

  async #requireCheckpoints(command: CommandOf<'CREATE_CHECKPOINT'>, signal: AbortSignal): Promise<void> {
    const vpg = await this.#client.getVpg(command.target.nativeId, signal)
    if (!hasType(vpg.Entities?.Protected, checkpointlessTypes)) return
    const message = 'a tagged checkpoint cannot be made where the protected site is Azure or AWS'
    throw DomainError.unsupported('CREATE_CHECKPOINT', 'ZERTO', message)
  }

  async #requireDatastores(command: CommandOf<'START_CLONE'>, signal: AbortSignal): Promise<void> {
    const vpgId = findReplicationParts(command.target.nativeId)?.vpgId ?? command.target.nativeId
    const vpg = await this.#client.getVpg(vpgId, signal)
    if (!hasType(vpg.Entities?.Recovery, datastorelessTypes)) return
    throw DomainError.invalidInput('input.zerto.datastoreId', 'not allowed where the recovery site is a cloud')
  }

  /** The start of the oldest of these tasks; null unless all are known. */
  #findOldestStart(vendorTaskIds: readonly string[]): Date | null {
    const starts = vendorTaskIds.flatMap((id) => this.#taskStarts.get(toTaskKey(id))?.getTime() ?? [])
    return starts.length < vendorTaskIds.length ? null : new Date(Math.min(...starts) - taskFilterMarginMs)
  }
}

const hasDatastore = (command: CommandOf<'START_CLONE'>): boolean =>
  command.options?.['datastoreId'] !== undefined && command.options['datastoreId'] !== null

/**
 * The adapter of one Zerto Virtual Manager, of either generation. Sends nothing before it is asked something.
 *
 * @throws INVALID_INPUT when the site's login or trust cannot be used.
 */
export const createZertoAdapter = (site: SiteOptions, dependencies: AdapterDependencies): VendorAdapter =>
  new ZertoAdapter(site, dependencies)
