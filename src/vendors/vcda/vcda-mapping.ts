import type { Operation } from '../../domain/actions.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type {
  ProtectedObject,
  ProtectionState,
  RecoveryPhase,
  RecoveryStatus,
  ReplicationEnd,
  StorageUse,
  SyncProgress,
} from '../../domain/protection.ts'
import type { RecoveryPoint } from '../../domain/recovery-point.ts'
import type { Replication, ReplicationSettings, StartupSettings, VirtualMachine } from '../../domain/replication.ts'
import type { RpoStatus, RpoVerdict } from '../../domain/rpo.ts'
import type { SiteFacts } from '../../domain/site.ts'
import { minutesToSeconds, toDate, toReplicationDetails, toRetentionRules } from './vcda-details.ts'
import { toRecoveryPointNativeId } from './vcda-ids.ts'
import {
  toHealth,
  toProtectionState,
  toQuiesceKind,
  toRecoveryPhase,
  toTestStage,
  toVendorState,
  toWords,
} from './vcda-states.ts'
import type { EndWire, InstanceWire, MemberReplicationWire, SiteWire, VmReplicationWire } from './vcda-wire.ts'

/** What mapping one answer needs beside it, so that the result is a pure function of both. */
export interface MappingContext {
  /** The vendor's clock when it answered. */
  readonly vendorNow: Date
  /** What running tasks are doing, by the id of the replication or vApp replication. */
  readonly runningOperations: ReadonlyMap<string, Operation>
  /** Sites to which both directions of the link are broken. */
  readonly unreachableSites: ReadonlySet<string>
}

/** A site that an answer does not name: half-created replications. */
const namelessSite = 'unknown'

export const toSiteId = (siteName: string): string => toGlobalId('Site', 'VCDA', siteName)

export const toSiteFacts = (wire: SiteWire): SiteFacts => ({
  id: toSiteId(wire.site),
  vendor: 'VCDA',
  nativeId: wire.site,
  name: wire.site,
  description: wire.description ?? null,
  location: null,
  productVersion: wire.buildVersion ?? wire.apiVersion ?? null,
})

/** Inferred: an end without organisation and virtual data centre is a vCenter of the customer's own. */
export const isCloudEnd = (end: EndWire): boolean => Boolean(end.org ?? end.vdcId ?? end.vdcName)

/** One end of a replication. Where the copy lies is told for the destination only. */
export const toReplicationEnd = (
  end: EndWire | null | undefined,
  copy: Pick<MemberReplicationWire, 'vimLocation' | 'storageProfile' | 'storageProfileName'> | null,
): ReplicationEnd => {
  const siteName = end?.site ?? namelessSite
  const kind = end === null || end === undefined ? 'UNKNOWN' : isCloudEnd(end) ? 'CLOUD_DIRECTOR' : 'VSPHERE'
  return {
    siteId: toSiteId(siteName),
    siteName,
    organization: end?.org ?? null,
    datacenter: end?.vdcName ?? null,
    vApp: end?.vappName ?? null,
    hypervisor: kind,
    datastore: copy?.vimLocation?.datastoreName ?? copy?.vimLocation?.datastore ?? null,
    storageProfile: copy?.storageProfileName ?? copy?.storageProfile ?? null,
  }
}

const hasInstance = (wire: MemberReplicationWire): boolean =>
  toDate(wire.destinationState?.latestInstance?.timestamp) !== null

const toVerdict = (wire: MemberReplicationWire): RpoVerdict => {
  const state = wire.destinationState
  // Half-created, or recovered and done with: nothing is measured.
  if (state === null || state === undefined || state.recoveryInfo?.recoveryState === 'COMPLETE') return 'NOT_MEASURED'
  if (!hasInstance(wire)) return 'NEVER_SYNCED'
  const violation = state.currentRpoViolation
  if (violation === null || violation === undefined || violation < 0) return 'NOT_MEASURED'
  return violation > 0 ? 'VIOLATING' : 'MEETING'
}

/** The moment from which the age of an RPO is counted, in milliseconds; null where it has none. */
export const findSyncedMs = (wire: MemberReplicationWire): number | null => {
  const verdict = toVerdict(wire)
  const isMeasured = verdict === 'MEETING' || verdict === 'VIOLATING'
  return isMeasured ? (toDate(wire.destinationState?.latestInstance?.timestamp)?.getTime() ?? null) : null
}

/** How long ago, in whole seconds of the vendor's own clock. */
export const toAgeSeconds = (syncedMs: number, vendorNow: Date): number =>
  Math.max(0, Math.floor((vendorNow.getTime() - syncedMs) / 1000))

/** RPO in seconds; the vendor counts minutes. The age is that of the newest instance on the vendor's own clock. */
export const toRpoStatus = (wire: MemberReplicationWire, vendorNow: Date): RpoStatus => {
  const verdict = toVerdict(wire)
  const isMeasured = verdict === 'MEETING' || verdict === 'VIOLATING'
  const lastSyncedAt = toDate(wire.destinationState?.latestInstance?.timestamp)
  const syncedMs = findSyncedMs(wire)
  return {
    targetSeconds: minutesToSeconds(wire.settings?.rpo),
    actualSeconds: syncedMs === null ? null : toAgeSeconds(syncedMs, vendorNow),
    violationSeconds: isMeasured ? minutesToSeconds(wire.destinationState?.currentRpoViolation) : null,
    verdict,
    lastSyncedAt,
  }
}

/** `sourceState.progress`, which is there only while something is transferred. */
export const toSyncProgress = (wire: MemberReplicationWire): SyncProgress | null => {
  const progress = wire.sourceState?.progress
  if (progress === null || progress === undefined) return null
  const percent = progress.progress
  return {
    percent: typeof percent === 'number' ? Math.min(100, Math.max(0, percent)) : null,
    bytesTransferred: progress.bytesTransferred ?? null,
    bytesToTransfer: progress.bytesToTransfer ?? null,
    checksumComparedBytes: progress.checksumComparedBytes ?? null,
    checksumTotalBytes: progress.checksumTotalBytes ?? null,
    etaSeconds: null,
  }
}

const pendingOf: Partial<Record<RecoveryPhase, RecoveryStatus['pending']>> = {
  FAILING_OVER: 'FAILOVER',
  MOVING: 'MOVE',
}

export const toPending = (phase: RecoveryPhase): RecoveryStatus['pending'] => pendingOf[phase] ?? null

/** There is no commit stage here, nor does the vendor tell since when a phase lasts or which instance is in use. */
export const toRecoveryStatus = (wire: MemberReplicationWire, running: Operation | null): RecoveryStatus => {
  const { recovery, data, isPaused } = toWords(wire)
  const phase = toRecoveryPhase(recovery, running)
  const testStage = toTestStage(recovery, running)
  const hasPoint = hasInstance(wire)
  return {
    phase,
    pending: toPending(phase),
    isTestRunning: testStage !== null,
    testStage,
    isPaused: isPaused || data === 'PAUSED',
    isBlockedBySync: data === 'INITIAL_SYNCING' && !hasPoint,
    hasRecoveryPoint: wire.destinationState === null || wire.destinationState === undefined ? null : hasPoint,
    since: null,
    commitPolicy: null,
    autoDecisionAt: null,
    recoveryPointNativeId: null,
  }
}

/** `spaceRequirement` is all that the copy takes at the destination, recovery points included. */
export const toStorageUse = (wire: MemberReplicationWire): StorageUse => ({
  provisionedBytes: null,
  usedBytes: wire.destinationState?.spaceRequirement ?? null,
  journalUsedBytes: null,
})

/** An instance, or null for one without key or time: real lists carry such placeholders. */
export const findRecoveryPoint = (
  wire: InstanceWire | null | undefined,
  replicationNativeId: string,
): RecoveryPoint | null => {
  const takenAt = toDate(wire?.timestamp)
  if (wire === null || wire === undefined || !wire.key || takenAt === null) return null
  const nativeId = toRecoveryPointNativeId(replicationNativeId, wire.key)
  return {
    id: toGlobalId('RecoveryPoint', 'VCDA', nativeId),
    vendor: 'VCDA',
    nativeId,
    vendorId: wire.key,
    ownerNativeId: replicationNativeId,
    takenAt,
    tag: null,
    isPinned: wire.isPinned ?? null,
    quiesced: toQuiesceKind(wire.quiescedType),
    transferBytes: wire.transferBytes ?? null,
    transferSeconds: wire.transferSeconds ?? null,
    sequenceNumber: wire.sequenceNumber ?? null,
  }
}

/** The unit of the delays is not stated by the vendor; seconds, as in Cloud Director (inferred). */
const toStartup = (wire: MemberReplicationWire): StartupSettings | null => {
  const { startupInfo } = wire
  if (startupInfo === null || startupInfo === undefined) return null
  return {
    order: startupInfo.order ?? null,
    startAction: startupInfo.startAction ?? null,
    startDelaySeconds: startupInfo.startDelay ?? null,
    stopAction: startupInfo.stopAction ?? null,
    stopDelaySeconds: startupInfo.stopDelay ?? null,
  }
}

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * A machine of Cloud Director is named by a uuid, one of a vCenter by a moref; which vCenter that is stands nowhere in
 * the answer, and `vimLocation` tells where the copy lies. So only the first is known beyond this vendor.
 */
const toPlatformIds = (vmId: string | null | undefined): readonly string[] =>
  vmId && uuidPattern.test(vmId) ? [`cloud-director:${vmId.toLowerCase()}`] : []

const toVirtualMachine = (wire: MemberReplicationWire): VirtualMachine => ({
  vendorId: wire.vmId ?? '',
  platformIds: toPlatformIds(wire.vmId),
  name: wire.vmName ?? wire.id,
  description: wire.vmDescription ?? null,
  computerName: wire.computerName ?? null,
  guestOs: null,
  hardwareVersion: null,
  cpuCount: null,
  memoryBytes: null,
  startup: toStartup(wire),
})

const toSettings = (wire: MemberReplicationWire): ReplicationSettings => ({
  rpoSeconds: minutesToSeconds(wire.settings?.rpo),
  isQuiesced: wire.settings?.quiesced ?? null,
  retentionRules: toRetentionRules(wire.settings?.retentionPolicy?.rules),
  journalHistorySeconds: null,
  slaProfileName: wire.slaProfile?.displayName ?? null,
})

/** True when the link between the two ends is broken in both directions, seen from the configured site. */
export const isLinkDown = (
  ends: { readonly source?: EndWire | null | undefined; readonly destination?: EndWire | null | undefined },
  context: MappingContext,
): boolean =>
  [ends.source?.site, ends.destination?.site].some((name) => Boolean(name) && context.unreachableSites.has(name ?? ''))

/** What a running task is doing to one of these ids. */
export const findRunning = (ids: readonly (string | null | undefined)[], context: MappingContext): Operation | null => {
  for (const id of ids) {
    const operation = context.runningOperations.get(id ?? '')
    if (operation !== undefined) return operation
  }
  return null
}

/** `SingleVmReplicationInfo` as a replication. */
export const toReplication = (wire: VmReplicationWire, context: MappingContext): Replication => {
  const runningOperation = findRunning([wire.id, wire.vappReplicationId], context)
  const around = { runningOperation, isLinkDown: isLinkDown(wire, context) }
  const state: ProtectionState = toProtectionState(wire, around)
  const shared: ProtectedObject = {
    id: toGlobalId('Replication', 'VCDA', wire.id),
    vendor: 'VCDA',
    nativeId: wire.id,
    name: wire.vmName ?? wire.id,
    description: wire.settings?.description ?? null,
    purpose: wire.isMigration === true ? 'MIGRATION' : 'PROTECTION',
    source: toReplicationEnd(wire.source, null),
    destination: toReplicationEnd(wire.destination, wire),
    isReversed: wire.isReversed === true,
    state,
    vendorState: toVendorState(wire),
    health: toHealth(wire.overallHealth),
    rpo: toRpoStatus(wire, context.vendorNow),
    sync: toSyncProgress(wire),
    recovery: toRecoveryStatus(wire, runningOperation),
    storage: toStorageUse(wire),
    details: toReplicationDetails(wire),
  }
  return {
    ...shared,
    vm: toVirtualMachine(wire),
    groupNativeId: wire.vappReplicationId ?? null,
    settings: toSettings(wire),
    latestRecoveryPoint: findRecoveryPoint(wire.destinationState?.latestInstance, wire.id),
  }
}
