import { type Action, actions } from '../../src/domain/actions.ts'
import { type Capabilities, type Capability, capabilityNames, type TargetKind } from '../../src/domain/capabilities.ts'
import { DomainError } from '../../src/domain/errors.ts'
import type { ConnectionStatus, PreparedCall, VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectedObject, RecoveryStatus } from '../../src/domain/protection.ts'
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

const toCapabilities = (hasDecisionStage: boolean): Capabilities => ({
  supports: fill<Capability, boolean>(capabilityNames, (name) => hasDecisionStage || !name.startsWith('COMMIT_')),
  actsOn: fill<Action, readonly TargetKind[]>(actions, () => ['ProtectionGroup', 'Replication']),
  rules: {
    failoverDuringTest: true,
    moveDuringTest: true,
    changeProtectionDuringTest: true,
    recoverAgainAfterRecovery: true,
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

const toObject = (nativeId: string, recovery: RecoveryStatus): ProtectedObject => ({
  id: nativeId,
  vendor: 'ZERTO',
  nativeId,
  name: nativeId,
  description: null,
  purpose: 'PROTECTION',
  source: end,
  destination: end,
  isReversed: false,
  state: 'UNKNOWN',
  vendorState: '',
  health: 'UNKNOWN',
  rpo: {
    targetSeconds: null,
    actualSeconds: null,
    violationSeconds: null,
    verdict: 'NOT_MEASURED',
    lastSyncedAt: null,
  },
  sync: null,
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
    listAlerts: notScripted,
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

  constructor(siteName = 'zvm-a', hasDecisionStage = true) {
    this.siteName = siteName
    this.#capabilities = toCapabilities(hasDecisionStage)
  }

  ownsId(): boolean {
    return true
  }

  capabilities(): Capabilities {
    return this.#capabilities
  }

  connection(): ConnectionStatus {
    return { url: 'http://site', breaker: 'CLOSED', lastSuccessAt: null }
  }

  async readTasks(vendorTaskIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, TaskReading>> {
    this.taskCalls.push(vendorTaskIds)
    this.onTaskCall()
    await Promise.race([this.gate, untilAborted(signal)])
    if (signal.aborted) throw DomainError.vendor({ code: 'CANCELLED', message: 'cancelled', siteName: this.siteName })
    if (this.taskFailure !== null) throw this.taskFailure
    return new Map([...this.tasks].filter(([id]) => vendorTaskIds.includes(id)))
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
    return notScripted()
  }

  async listGroups(): Promise<readonly ProtectionGroup[]> {
    return notScripted()
  }

  async listReplications(): Promise<readonly Replication[]> {
    return notScripted()
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
    return toObject(nativeId, recovery)
  }
}
