import { type Action, actions } from '../../src/domain/actions.ts'
import { type Capabilities, type Capability, capabilityNames, type TargetKind } from '../../src/domain/capabilities.ts'
import type { Alert } from '../../src/domain/alert.ts'
import { DomainError } from '../../src/domain/errors.ts'
import type {
  ConnectionStatus,
  PreparedCall,
  TaskSearch,
  VendorAdapter,
} from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectedObject, ProtectionState, RecoveryStatus } from '../../src/domain/protection.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { RecoveryPoint } from '../../src/domain/recovery-point.ts'
import type { Replication } from '../../src/domain/replication.ts'
import type { SiteReport } from '../../src/domain/site.ts'
import type { TaskReading } from '../../src/domain/task.ts'

const hasAll = <K extends string, V>(record: Partial<Record<K, V>>, keys: readonly K[]): record is Record<K, V> =>
  keys.every((key) => Object.hasOwn(record, key))

const fill = <K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> => {
  const record: Partial<Record<K, V>> = {}
  for (const key of keys) record[key] = valueOf(key)
  if (!hasAll(record, keys)) throw new Error('A key is missing')
  return record
}

const toCapabilities = (hasDecisionStage: boolean, hasOperationIds: boolean): Capabilities => ({
  supports: fill<Capability, boolean>(capabilityNames, (name) =>
    name === 'OPERATION_IDS' ? hasOperationIds : hasDecisionStage || !name.startsWith('COMMIT_'),
  ),
  actsOn: fill<Action, readonly TargetKind[]>(actions, () => ['ProtectionGroup', 'Replication']),
  rules: {
    failoverDuringTest: true,
    moveDuringTest: true,
    changeProtectionDuringTest: true,
    recoverAgainAfterRecovery: false,
    stopBeforeCommit: true,
    testIsToldByGroup: false,
  },
  minRpoSeconds: null,
  maxRpoSeconds: null,
})

const end = {
  siteId: 'site',
  siteName: 'site',
  organization: null,
  datacenter: null,
  vApp: null,
  hypervisor: null,
  datastore: null,
  storageProfile: null,
}

interface Sight {
  readonly name: string
  readonly state: ProtectionState
  readonly recovery: RecoveryStatus
  readonly syncPercent: number | null
}

const toObject = (nativeId: string, { name, state, recovery, syncPercent }: Sight): ProtectedObject => ({
  id: nativeId,
  vendor: 'ZERTO',
  nativeId,
  name,
  description: null,
  purpose: 'PROTECTION',
  source: end,
  destination: end,
  isReversed: false,
  state,
  vendorState: '',
  health: 'UNKNOWN',
  rpo: {
    targetSeconds: null,
    actualSeconds: null,
    violationSeconds: null,
    verdict: 'NOT_MEASURED',
    lastSyncedAt: null,
  },
  sync:
    syncPercent === null
      ? null
      : {
          percent: syncPercent,
          bytesTransferred: null,
          bytesToTransfer: null,
          checksumComparedBytes: null,
          checksumTotalBytes: null,
          etaSeconds: null,
        },
  recovery,
  storage: { provisionedBytes: null, usedBytes: null, journalUsedBytes: null },
  details: { vendor: 'ZERTO' },
})

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })

const notScripted = (): never => {
  throw new Error('The tracker must not ask for this')
}

/** A vendor site that says what a test has written down, and remembers what it was asked. */
export class ScriptedSite implements VendorAdapter {
  readonly vendor = 'ZERTO'
  readonly siteName: string
  readonly reads = {
    listAlerts: async (): Promise<readonly Alert[]> => this.alerts,
    listHistory: notScripted,
    listRecoveryReports: notScripted,
    listProfiles: notScripted,
    listResources: notScripted,
    listAppliances: notScripted,
    readLicense: notScripted,
    readHealth: notScripted,
    listUsage: notScripted,
  }
  /** What it says of its tasks, by id. */
  readonly tasks = new Map<string, TaskReading>()
  /** How its groups and replications stand, by native id. */
  readonly recoveries = new Map<string, RecoveryStatus>()
  /** The group of a replication, by native id. */
  readonly groups = new Map<string, string>()
  /** How its groups and replications are called, by native id; without a row, by that. */
  readonly names = new Map<string, string>()
  /** The states of its groups and replications, by native id; without a row, PROTECTED or PAUSED. */
  readonly states = new Map<string, ProtectionState>()
  /** How far the transfers of its groups and replications are, by native id; without a row, there is none. */
  readonly syncPercents = new Map<string, number>()
  alerts: readonly Alert[] = []
  /** What it lists of its tasks, with the operation id that each was sent with. */
  listed: readonly { readonly reading: TaskReading; readonly operationId?: string }[] = []
  /** It lists all its tasks, whatever operation id is asked for. */
  ignoresOperationIds = false
  /** What each call for its list of tasks asked for. */
  readonly searches: TaskSearch[] = []
  /** Thrown by every call for its list of tasks until it is null again. */
  searchFailure: Error | null = null
  /** Its clock minus ours. */
  clockSkewMs: number | null = null
  /** The handles that it was told to clean up. */
  readonly cleanUps: string[] = []
  /** Thrown by every clean-up until it is null again. */
  cleanUpFailure: Error | null = null
  /** Called in the middle of a clean-up. */
  onCleanUp: () => Promise<void> = async () => {}
  /** The ids of each call for tasks. */
  readonly taskCalls: (readonly string[])[] = []
  /** The native id of each call for a group or replication. */
  readonly targetCalls: string[] = []
  /** Thrown by every call for tasks until it is null again. */
  taskFailure: Error | null = null
  /** Thrown by every call for a target until it is null again. */
  targetFailure: Error | null = null
  /** The answer to calls for tasks is held back until this resolves. */
  gate: Promise<void> = Promise.resolve()
  /** Called at the beginning of every call for tasks. */
  onTaskCall: () => void = () => {}
  readonly #capabilities: Capabilities

  constructor(siteName = 'zvm-a', hasDecisionStage = true, hasOperationIds = false) {
    this.siteName = siteName
    this.#capabilities = toCapabilities(hasDecisionStage, hasOperationIds)
  }

  ownsId(): boolean {
    return true
  }

  capabilities(): Capabilities {
    return this.#capabilities
  }

  connection(): ConnectionStatus {
    return { url: 'http://site', breaker: 'CLOSED', lastSuccessAt: null, certificateExpiresAt: null }
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    this.taskCalls.push(vendorTaskIds)
    this.onTaskCall()
    await Promise.race([this.gate, untilAborted(signal)])
    if (signal.aborted) throw DomainError.vendor({ code: 'CANCELLED', message: 'cancelled', siteName: this.siteName })
    if (this.taskFailure !== null) throw this.taskFailure
    return new Map([...this.tasks].filter(([id]) => vendorTaskIds.includes(id)))
  }

  async listTasks(search: TaskSearch, signal: AbortSignal): Promise<readonly TaskReading[]> {
    this.searches.push(search)
    await Promise.race([this.gate, untilAborted(signal)])
    if (signal.aborted) throw DomainError.vendor({ code: 'CANCELLED', message: 'cancelled', siteName: this.siteName })
    if (this.searchFailure !== null) throw this.searchFailure
    const asked = this.ignoresOperationIds ? null : search.operationId
    return this.listed
      .filter(({ operationId }) => asked === null || operationId === asked)
      .map(({ reading }) => reading)
  }

  async cleanUp(handle: string): Promise<void> {
    this.cleanUps.push(handle)
    await this.onCleanUp()
    if (this.cleanUpFailure !== null) throw this.cleanUpFailure
  }

  async getGroup(nativeId: string): Promise<ProtectionGroup> {
    const nulls = { priority: null, lastTestedAt: null, throughputBytesPerSecond: null, iops: null }
    return { ...this.#find(nativeId), ...nulls, vmCount: 1 }
  }

  async getReplication(nativeId: string): Promise<Replication> {
    return {
      ...this.#find(nativeId),
      vm: {
        vendorId: nativeId,
        platformIds: [],
        name: nativeId,
        description: null,
        computerName: null,
        guestOs: null,
        hardwareVersion: null,
        cpuCount: null,
        memoryBytes: null,
        startup: null,
      },
      groupNativeId: this.groups.get(nativeId) ?? null,
      settings: {
        rpoSeconds: null,
        isQuiesced: null,
        retentionRules: [],
        journalHistorySeconds: null,
        slaProfileName: null,
      },
      latestRecoveryPoint: null,
    }
  }

  async readSite(): Promise<SiteReport> {
    const untold = { description: null, location: null, productVersion: null }
    return {
      local: { id: 'site', vendor: this.vendor, nativeId: 'site', name: this.siteName, ...untold },
      peers: [],
      capabilities: this.#capabilities,
      clockSkewMs: this.clockSkewMs,
      details: { vendor: this.vendor },
    }
  }

  /** Everything that it knows is a group here. */
  async listGroups(): Promise<readonly ProtectionGroup[]> {
    return Promise.all([...this.recoveries.keys()].map((nativeId) => this.getGroup(nativeId)))
  }

  async listReplications(): Promise<readonly Replication[]> {
    return []
  }

  async listRecoveryPoints(): Promise<readonly (readonly RecoveryPoint[])[]> {
    return notScripted()
  }

  async prepare(): Promise<PreparedCall> {
    return notScripted()
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #find(nativeId: string): ProtectedObject {
    this.targetCalls.push(nativeId)
    if (this.targetFailure !== null) throw this.targetFailure
    const recovery = this.recoveries.get(nativeId)
    if (recovery === undefined) throw DomainError.notFound(nativeId)
    const name = this.names.get(nativeId) ?? nativeId
    const state = this.states.get(nativeId) ?? (recovery.isPaused ? 'PAUSED' : 'PROTECTED')
    return toObject(nativeId, { name, state, recovery, syncPercent: this.syncPercents.get(nativeId) ?? null })
  }
}
