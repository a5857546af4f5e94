import { toGlobalId } from '../../domain/global-id.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type {
  Health,
  HypervisorKind,
  Priority,
  ProtectionState,
  RecoveryStatus,
  ReplicationEnd,
  SyncProgress,
  TestStage,
} from '../../domain/protection.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import type { Replication, VirtualMachine } from '../../domain/replication.ts'
import type { RpoStatus } from '../../domain/rpo.ts'
import { findVendorDate, toVendorDate } from './zerto-dates.ts'
import { toReplicationDetails, toVpgDetails } from './zerto-details-mapping.ts'
import {
  findEnumName,
  vpgAlertStatuses,
  vpgEntityTypes,
  vpgPriorities,
  vpgStatuses,
  type EnumWord,
  type VpgEntityType,
} from './zerto-enums.ts'
import { findPlatformIds, nilGuid, toRecoveryPointId, toReplicationId } from './zerto-ids.ts'
import { emptyToNull, toBytes } from './zerto-units.ts'
import {
  findPendingRecovery,
  isBlockedBySync,
  toProtectionState,
  toRecoveryPhase,
  toVendorState,
  type VisualState,
} from './zerto-states.ts'
import type { WireCheckpoint, WireVm, WireVpg } from './zerto-wire.ts'

const hypervisors: Readonly<Record<VpgEntityType, HypervisorKind>> = {
  VCVpg: 'VSPHERE',
  VCvApp: 'VSPHERE',
  VCDvApp: 'CLOUD_DIRECTOR',
  PublicCloud: 'AWS',
  HyperV: 'HYPER_V',
  Azure: 'AZURE',
}

const prioritiesByName = { Low: 'LOW', Medium: 'MEDIUM', High: 'HIGH' } as const satisfies Record<string, Priority>

/** Stage of a running test. The spelling is that of the product's own interface; on the wire it is not verified. */
const testStages: Readonly<Record<string, TestStage>> = {
  intest: 'RUNNING',
  starting: 'STARTING',
  stopping: 'STOPPING',
}

/** `ActualRPO` of a VPG that is still in its first sync, or whose sites do not reach each other. */
const rpoNotCalculated = -1

const criticalStates: readonly ProtectionState[] = ['ERROR', 'DISCONNECTED', 'NEEDS_CONFIGURATION']
const warningStates: readonly ProtectionState[] = ['NOT_MEETING_TARGET', 'PAUSED', 'AWAITING_COMMIT']

/** The vendor has no health of its own: it is made from the state and the worst alert on the group. */
const toHealth = (state: ProtectionState, alertStatus: EnumWord | null): Health => {
  const alert = alertStatus === null ? null : findEnumName(vpgAlertStatuses, alertStatus)
  if (alert === 'Error' || criticalStates.includes(state)) return 'CRITICAL'
  if (alert === 'Warning' || warningStates.includes(state)) return 'WARNING'
  return state === 'UNKNOWN' ? 'UNKNOWN' : 'HEALTHY'
}

const toPriority = (word: EnumWord | null): Priority | null => {
  const name = word === null ? null : findEnumName(vpgPriorities, word)
  return name === null ? null : prioritiesByName[name]
}

const toHypervisor = (word: EnumWord | null): HypervisorKind | null => {
  if (word === null) return null
  const name = findEnumName(vpgEntityTypes, word)
  return name === null ? 'UNKNOWN' : hypervisors[name]
}

/** Both ends as one object lists them. A site without an identifier gets the nil GUID, which names no site. */
const toEnds = (
  row: WireVpg | WireVm,
  extra: { readonly organization: string | null; readonly datastore: string | null },
): { readonly source: ReplicationEnd; readonly destination: ReplicationEnd } => {
  const toEnd = (siteId: string | undefined | null, name: string | null, entity: EnumWord | null): ReplicationEnd => ({
    siteId: toGlobalId('Site', 'ZERTO', (siteId ?? nilGuid).toLowerCase()),
    siteName: name ?? '',
    organization: extra.organization,
    datacenter: null,
    vApp: null,
    hypervisor: toHypervisor(entity),
    datastore: null,
    storageProfile: null,
  })
  const protectedName = row.ProtectedSiteName ?? row.SourceSite
  const recoveryName = row.RecoverySiteName ?? row.TargetSite
  return {
    source: {
      ...toEnd(row.ProtectedSite?.identifier, protectedName, row.Entities?.Protected ?? null),
      datastore: extra.datastore,
    },
    destination: toEnd(row.RecoverySite?.identifier, recoveryName, row.Entities?.Recovery ?? null),
  }
}

/** The organisation's name, or its identifier where it has none; null for the nil organisation. */
const toOrganization = (name: string | null, zorgId: string | null): string | null =>
  emptyToNull(name) ?? (zorgId === nilGuid ? null : emptyToNull(zorgId))

/**
 * Late and never synced are different things. Without a target of its own (a machine) the status decides; 4
 * (HistoryNotMeetingSLA) is about the journal, so the RPO is met there.
 */
const toRpoStatus = (input: {
  readonly targetSeconds: number | null
  readonly actualRpo: number | null
  readonly status: EnumWord | null
  readonly hasNeverSynced: boolean
}): RpoStatus => {
  const { targetSeconds } = input
  const actualSeconds = input.actualRpo === null || input.actualRpo <= rpoNotCalculated ? null : input.actualRpo
  const status = { targetSeconds, actualSeconds, violationSeconds: null, lastSyncedAt: null }
  if (actualSeconds === null) return { ...status, verdict: input.hasNeverSynced ? 'NEVER_SYNCED' : 'NOT_MEASURED' }
  if (targetSeconds !== null) {
    const violationSeconds = Math.max(0, actualSeconds - targetSeconds)
    return { ...status, violationSeconds, verdict: violationSeconds > 0 ? 'VIOLATING' : 'MEETING' }
  }
  const name = input.status === null ? null : findEnumName(vpgStatuses, input.status)
  if (name === 'NotMeetingSLA' || name === 'RpoNotMeetingSLA') return { ...status, verdict: 'VIOLATING' }
  const isMeeting = name === 'MeetingSLA' || name === 'HistoryNotMeetingSLA'
  return isMeeting ? { ...status, violationSeconds: 0, verdict: 'MEETING' } : { ...status, verdict: 'NOT_MEASURED' }
}

const toRecoveryStatus = (
  visual: VisualState,
  state: ProtectionState,
  known: { readonly testStage: TestStage | null; readonly hasRecoveryPoint: boolean | null },
): RecoveryStatus => ({
  phase: toRecoveryPhase(state, known.testStage !== null),
  pending: findPendingRecovery(visual),
  isTestRunning: known.testStage !== null,
  testStage: known.testStage,
  isPaused: state === 'PAUSED',
  isBlockedBySync: isBlockedBySync(visual),
  hasRecoveryPoint: known.hasRecoveryPoint,
  // The vendor tells none of these four.
  since: null,
  commitPolicy: null,
  autoDecisionAt: null,
  recoveryPointNativeId: null,
})

/** An unnamed stage counts as running: the VPG says that a test is there. */
const toTestStage = (vpg: WireVpg): TestStage | null => {
  const test = vpg.ActiveProcessesApi?.RunningFailOverTestApi ?? null
  return test === null ? null : (testStages[test.Stage?.toLowerCase() ?? ''] ?? 'RUNNING')
}

const toHasRecoveryPoint = (vpg: WireVpg): boolean | null =>
  vpg.HistoryStatusApi === null ? null : vpg.HistoryStatusApi.EarliestCheckpoint !== null

const toSync = (vpg: WireVpg, visual: VisualState, state: ProtectionState): SyncProgress | null => {
  const isTransferring = state === 'INITIALIZING' || state === 'SYNCING' || isBlockedBySync(visual)
  if (!isTransferring) return null
  const percent = vpg.ProgressPercentage === null ? null : Math.min(100, Math.max(0, vpg.ProgressPercentage))
  const untold = { bytesTransferred: null, bytesToTransfer: null, checksumComparedBytes: null }
  return { percent, ...untold, checksumTotalBytes: null, etaSeconds: null }
}

const hasNeverSynced = (state: ProtectionState, hasRecoveryPoint: boolean | null): boolean =>
  state === 'INITIALIZING' || hasRecoveryPoint === false

/** A VPG. Which of the two paired sites listed it makes no difference. */
export const toProtectionGroup = (vpg: WireVpg, utcOffsetMinutes: number): ProtectionGroup => {
  const visual: VisualState = { status: vpg.Status, subStatus: vpg.SubStatus }
  const state = toProtectionState(visual)
  const hasRecoveryPoint = toHasRecoveryPoint(vpg)
  const organization = toOrganization(vpg.OrganizationName, vpg.Zorg?.identifier ?? null)
  return {
    id: toGlobalId('ProtectionGroup', 'ZERTO', vpg.VpgIdentifier),
    vendor: 'ZERTO',
    nativeId: vpg.VpgIdentifier,
    name: vpg.VpgName,
    description: emptyToNull(vpg.VpgDescription),
    purpose: 'PROTECTION',
    ...toEnds(vpg, { organization, datastore: null }),
    isReversed: false,
    state,
    vendorState: toVendorState(visual),
    health: toHealth(state, vpg.AlertStatus),
    rpo: toRpoStatus({
      targetSeconds: vpg.ConfiguredRpoSeconds,
      actualRpo: vpg.ActualRPO,
      status: vpg.Status,
      hasNeverSynced: hasNeverSynced(state, hasRecoveryPoint),
    }),
    sync: toSync(vpg, visual, state),
    recovery: toRecoveryStatus(visual, state, { testStage: toTestStage(vpg), hasRecoveryPoint }),
    storage: {
      provisionedBytes: toBytes(vpg.ProvisionedStorageInMB),
      usedBytes: toBytes(vpg.UsedStorageInMB),
      journalUsedBytes: null,
    },
    details: toVpgDetails(vpg, utcOffsetMinutes),
    priority: toPriority(vpg.Priority),
    vmCount: vpg.VmsCount ?? 0,
    lastTestedAt: vpg.LastTest === null ? null : findVendorDate(vpg.LastTest, utcOffsetMinutes),
    throughputBytesPerSecond: toBytes(vpg.ThroughputInMB),
    iops: vpg.IOPs,
  }
}

const toVirtualMachine = (vm: WireVm): VirtualMachine => ({
  vendorId: vm.VmIdentifier,
  platformIds: findPlatformIds(vm.VmIdentifier),
  name: vm.VmName,
  description: null,
  computerName: null,
  guestOs: emptyToNull(vm.GuestOs),
  hardwareVersion: emptyToNull(vm.HardwareVersion),
  cpuCount: vm.CpuCoresNum,
  memoryBytes: toBytes(vm.MemorySizeInMB),
  startup: null,
})

/** A machine inside one VPG. What only the VPG tells (its target, its test, its settings) is null here. */
export const toReplication = (vm: WireVm, utcOffsetMinutes: number): Replication => {
  const visual: VisualState = { status: vm.Status, subStatus: vm.SubStatus }
  const state = toProtectionState(visual)
  const nativeId = toReplicationId(vm.VpgIdentifier, vm.VmIdentifier)
  const organization = toOrganization(vm.OrganizationName, null)
  return {
    id: toGlobalId('Replication', 'ZERTO', nativeId),
    vendor: 'ZERTO',
    nativeId,
    name: vm.VmName,
    description: null,
    purpose: 'PROTECTION',
    ...toEnds(vm, { organization, datastore: emptyToNull(vm.OwningDatastoreName) }),
    isReversed: false,
    state,
    vendorState: toVendorState(visual),
    health: toHealth(state, null),
    rpo: toRpoStatus({
      targetSeconds: null,
      actualRpo: vm.ActualRPO,
      status: vm.Status,
      hasNeverSynced: hasNeverSynced(state, null),
    }),
    sync: null,
    recovery: toRecoveryStatus(visual, state, { testStage: null, hasRecoveryPoint: null }),
    storage: {
      provisionedBytes: toBytes(vm.ProvisionedStorageInMB),
      usedBytes: toBytes(vm.UsedStorageInMB),
      journalUsedBytes: toBytes(vm.JournalUsedStorageMb),
    },
    details: toReplicationDetails(vm, utcOffsetMinutes),
    vm: toVirtualMachine(vm),
    groupNativeId: vm.VpgIdentifier,
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

/** A checkpoint. It belongs to the VPG, also when it was asked for through one of its machines. */
export const toRecoveryPoint = (checkpoint: WireCheckpoint, vpgId: string, utcOffsetMinutes: number): RecoveryPoint => {
  const takenAt = toVendorDate(checkpoint.TimeStamp, utcOffsetMinutes)
  const nativeId = toRecoveryPointId(vpgId, checkpoint.CheckpointIdentifier)
  return {
    id: toGlobalId('RecoveryPoint', 'ZERTO', nativeId),
    vendor: 'ZERTO',
    nativeId,
    vendorId: checkpoint.CheckpointIdentifier,
    ownerNativeId: vpgId,
    takenAt,
    tag: emptyToNull(checkpoint.Tag),
    isPinned: null,
    // `Vss` is gone from newer versions; the names behind their `Type` are not public.
    quiesced: checkpoint.Vss === null ? null : checkpoint.Vss ? 'APPLICATION' : 'NONE',
    transferBytes: null,
    transferSeconds: null,
    sequenceNumber: null,
  }
}
