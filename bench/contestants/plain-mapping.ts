import type { VmReplication, Vpg, ZertoVm } from './vendor-sources.ts'

/*
 * The vendors' objects in the gateway's words, without checks: what somebody writes who knows what comes. Only the states
 * of the recorded objects are known.
 */

const toGlobalId = (kind: string, vendor: string, id: string): string =>
  Buffer.from(`${kind}:${vendor}:${id}`).toString('base64url')

const toVcdaState = (vm: VmReplication): string => {
  const data = vm.dataConnectionState
  if (vm.destinationState?.recoveryInfo.recoveryState === 'COMPLETE' || data === 'FINISHED') return 'RECOVERED'
  if (vm.isPaused || data === 'PAUSED') return 'PAUSED'
  if (data === 'ERROR') return 'ERROR'
  if (data === 'INITIAL_SYNCING') return 'INITIALIZING'
  if (data === 'SYNCING') return 'SYNCING'
  return (vm.destinationState?.currentRpoViolation ?? 0) > 0 ? 'NOT_MEETING_TARGET' : 'PROTECTED'
}

const vcdaHealths: Readonly<Record<string, string>> = { GREEN: 'HEALTHY', YELLOW: 'WARNING', RED: 'CRITICAL' }

/** The twelve fields of a VCDA replication. */
export const toReplication = (vm: VmReplication) => {
  const destination = vm.destinationState
  const recovery = destination?.recoveryInfo.recoveryState ?? '-'
  const syncedMs = destination?.latestInstance?.timestamp ?? null
  const isMeasured = syncedMs !== null && recovery !== 'COMPLETE'
  return {
    id: toGlobalId('Replication', 'VCDA', vm.id),
    vendor: 'VCDA',
    name: vm.vmName,
    state: toVcdaState(vm),
    vendorState: `${vm.dataConnectionState}/${destination?.state ?? '-'}/${recovery}`,
    health: vcdaHealths[vm.overallHealth] ?? 'UNKNOWN',
    purpose: vm.isMigration ? 'MIGRATION' : 'PROTECTION',
    rpo: {
      targetSeconds: vm.settings === null ? null : vm.settings.rpo * 60,
      violationSeconds: isMeasured ? (destination?.currentRpoViolation ?? 0) * 60 : null,
      lastSyncedAt: syncedMs === null ? null : new Date(syncedMs).toISOString(),
    },
    storage: { usedBytes: destination?.spaceRequirement ?? null },
    source: { organization: vm.source?.org ?? null },
  }
}

const statuses = ['Initializing', 'MeetingSLA', 'NotMeetingSLA', 'RpoNotMeetingSLA', 'HistoryNotMeetingSLA']
const subStatuses: Readonly<Record<number, readonly [name: string, state: string | null]>> = {
  0: ['None', null],
  1: ['InitialSync', 'INITIALIZING'],
  7: ['NeedsConfiguration', 'NEEDS_CONFIGURATION'],
  8: ['Error', 'ERROR'],
  24: ['DisconnectedFromPeer', 'DISCONNECTED'],
  25: ['ReplicationPausedUserInitiated', 'PAUSED'],
}
const plainStates = ['INITIALIZING', 'PROTECTED', 'NOT_MEETING_TARGET', 'NOT_MEETING_TARGET', 'NOT_MEETING_TARGET']
const priorities = ['LOW', 'MEDIUM', 'HIGH']
const criticalStates: ReadonlySet<string> = new Set(['ERROR', 'DISCONNECTED', 'NEEDS_CONFIGURATION'])
const warningStates: ReadonlySet<string> = new Set(['NOT_MEETING_TARGET', 'PAUSED'])
const [warningAlert, errorAlert] = [1, 2]
const bytesInMb = 1_048_576

const toGroupHealth = (state: string, alert: number): string => {
  if (alert === errorAlert || criticalStates.has(state)) return 'CRITICAL'
  return alert === warningAlert || warningStates.has(state) ? 'WARNING' : 'HEALTHY'
}

/** The ten fields of a VPG. */
export const toGroup = (vpg: Vpg) => {
  const [subStatus = '', subState = null] = subStatuses[vpg.SubStatus] ?? []
  const state = subState ?? plainStates[vpg.Status] ?? 'UNKNOWN'
  return {
    id: toGlobalId('ProtectionGroup', 'ZERTO', vpg.VpgIdentifier),
    name: vpg.VpgName,
    state,
    vendorState: `${statuses[vpg.Status]}/${subStatus}`,
    health: toGroupHealth(state, vpg.AlertStatus),
    priority: priorities[vpg.Priority] ?? null,
    vmCount: vpg.VmsCount,
    rpo: { actualSeconds: vpg.ActualRPO < 0 ? null : vpg.ActualRPO, targetSeconds: vpg.ConfiguredRpoSeconds },
    storage: { usedBytes: vpg.UsedStorageInMB * bytesInMb },
  }
}

/** A machine of a VPG, as far as its group's query goes. */
export const toMember = (vm: ZertoVm) => ({
  id: toGlobalId('Replication', 'ZERTO', `${vm.VpgIdentifier}/${vm.VmIdentifier}`),
  vendor: 'ZERTO',
  name: vm.VmName,
})

/** Some of what VCDA alone tells of a replication. */
export const toReplicationDetails = (vm: VmReplication) => ({
  __typename: 'VcdaReplicationDetails',
  replicationId: vm.id,
  dataConnectionState: vm.dataConnectionState,
  recoveryState: vm.destinationState?.recoveryInfo.recoveryState ?? null,
})

/** Some of what Zerto alone tells of a VPG. */
export const toGroupDetails = (vpg: Vpg) => ({
  __typename: 'ZertoProtectionGroupDetails',
  status: statuses[vpg.Status],
  subStatus: subStatuses[vpg.SubStatus]?.[0] ?? null,
  actualHistoryMinutes: vpg.HistoryStatusApi.ActualHistoryInMinutes,
})

/** The kind and the vendor's own id of a global id. */
export const fromGlobalId = (id: string): readonly [kind: string, nativeId: string] => {
  const [kind = '', , ...native] = Buffer.from(id, 'base64url').toString('utf8').split(':')
  return [kind, native.join(':')]
}
