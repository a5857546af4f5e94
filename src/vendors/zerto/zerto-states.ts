import type { PendingRecovery, ProtectionState, RecoveryPhase } from '../../domain/protection.ts'
import {
  findEnumName,
  toEnumText,
  vpgStatuses,
  vpgSubStatuses,
  type EnumWord,
  type VpgStatus,
  type VpgSubStatus,
} from './zerto-enums.ts'

/** Status and sub-status as they came; null where the member was missing. */
export interface VisualState {
  readonly status: EnumWord | null
  readonly subStatus: EnumWord | null
}

interface StateRow {
  readonly state: ProtectionState
  readonly statuses?: readonly VpgStatus[]
  /** Null stands for a sub-status that no public source names. */
  readonly subStatuses?: readonly (VpgSubStatus | null)[]
}

/**
 * First match wins; a row matches by either list. Pairs are those of the administration guide ("VPG statuses").
 * RecoveryPossible, Backup and SplittingCommitting say nothing more than the status beside them.
 */
const stateRows: readonly StateRow[] = [
  { state: 'DELETING', statuses: ['Deleting'], subStatuses: ['Deleting', 'PendingRemove'] },
  { state: 'AWAITING_COMMIT', subStatuses: ['FailingOverBeforeCommit', 'MovingBeforeCommit'] },
  { state: 'COMMITTING', subStatuses: ['FailingOverCommitting', 'Promoting', 'MovingCommitting'] },
  {
    state: 'ROLLING_BACK',
    subStatuses: [
      ...(['FailingOverRollingBack', 'MovingRollingBack', 'RollingBack'] as const),
      // Spelling inferred; what they are follows from their English labels.
      ...(['RollingBackFailoverLiveFailure', 'RollingBackMoveFailure'] as const),
    ],
  },
  { state: 'FAILING_OVER', statuses: ['FailingOver'], subStatuses: ['StoppingForFailover'] },
  { state: 'MOVING', statuses: ['Moving'] },
  { state: 'RECOVERED', statuses: ['Recovered'] },
  { state: 'NEEDS_CONFIGURATION', subStatuses: ['NeedsConfiguration', 'EmptyProtectionGroup'] },
  {
    state: 'PAUSED',
    subStatuses: [
      ...(['ReplicationPausedUserInitiated', 'ReplicationPausedSystemInitiated'] as const),
      'ReplicationPausedForMissingVolume',
    ],
  },
  { state: 'DISCONNECTED', subStatuses: ['DisconnectedFromPeerNoRecoveryPoints', 'DisconnectedFromPeer'] },
  {
    state: 'ERROR',
    subStatuses: [
      ...(['Error', 'RecoveryStorageProfileError', 'RecoveryStorageError', 'JournalStorageError'] as const),
      ...(['VmNotProtectedError', 'JournalOrRecoveryMissingError'] as const),
    ],
  },
  // An unnamed sub-status may be a stage of a recovery: "meeting its SLA" beside it would be a guess.
  { state: 'UNKNOWN', subStatuses: [null] },
  {
    state: 'INITIALIZING',
    statuses: ['Initializing'],
    subStatuses: ['InitialSync', 'Creating', 'AddedVmsInInitialSync', 'PreparePreseed'],
  },
  {
    state: 'SYNCING',
    subStatuses: [
      ...(['VolumeInitialSync', 'Sync', 'DeltaSync', 'FullSync', 'VolumeDeltaSync'] as const),
      ...(['VolumeFullSync', 'BitmapSync'] as const),
    ],
  },
  { state: 'NOT_MEETING_TARGET', statuses: ['NotMeetingSLA', 'RpoNotMeetingSLA', 'HistoryNotMeetingSLA'] },
  { state: 'PROTECTED', statuses: ['MeetingSLA'] },
]

/** A missing sub-status is None: the status alone decides. */
const findSubStatus = (word: EnumWord | null): VpgSubStatus | null => findEnumName(vpgSubStatuses, word ?? 'None')
const findStatus = (word: EnumWord | null): VpgStatus | null => (word === null ? null : findEnumName(vpgStatuses, word))

/** One state out of two words. Anything without a row is UNKNOWN. */
export const toProtectionState = (visual: VisualState): ProtectionState => {
  const status = findStatus(visual.status)
  const subStatus = findSubStatus(visual.subStatus)
  const row = stateRows.find(
    ({ statuses = [], subStatuses = [] }) =>
      (status !== null && statuses.includes(status)) || subStatuses.includes(subStatus),
  )
  return row?.state ?? 'UNKNOWN'
}

/** The vendor's own words, e.g. `MeetingSLA/None`; a number where it has no name, `?` where it was missing. */
export const toVendorState = ({ status, subStatus }: VisualState): string =>
  `${toEnumText(vpgStatuses, status) ?? '?'}/${toEnumText(vpgSubStatuses, subStatus) ?? '?'}`

const recoveryStates = [
  ...(['FAILING_OVER', 'MOVING', 'AWAITING_COMMIT', 'COMMITTING', 'ROLLING_BACK', 'RECOVERED'] as const),
]

/** A running test is a phase of its own only while no real recovery is under way. */
export const toRecoveryPhase = (state: ProtectionState, isTestRunning: boolean): RecoveryPhase => {
  const recovery = recoveryStates.find((candidate) => candidate === state)
  if (recovery !== undefined) return recovery
  if (isTestRunning) return 'TESTING'
  return state === 'UNKNOWN' ? 'UNKNOWN' : 'NONE'
}

const pendingBySubStatus: Partial<Readonly<Record<VpgSubStatus, PendingRecovery>>> = {
  FailingOverBeforeCommit: 'FAILOVER',
  FailingOverCommitting: 'FAILOVER',
  FailingOverRollingBack: 'FAILOVER',
  StoppingForFailover: 'FAILOVER',
  RollingBackFailoverLiveFailure: 'FAILOVER',
  MovingBeforeCommit: 'MOVE',
  MovingCommitting: 'MOVE',
  MovingRollingBack: 'MOVE',
  RollingBackMoveFailure: 'MOVE',
}
const pendingByStatus: Partial<Readonly<Record<VpgStatus, PendingRecovery>>> = {
  FailingOver: 'FAILOVER',
  Moving: 'MOVE',
}

/** Which recovery is under way; null when none is. */
export const findPendingRecovery = (visual: VisualState): PendingRecovery | null => {
  const subStatus = findSubStatus(visual.subStatus)
  const status = findStatus(visual.status)
  const bySubStatus = subStatus === null ? undefined : pendingBySubStatus[subStatus]
  return bySubStatus ?? (status === null ? null : (pendingByStatus[status] ?? null))
}

/** A VPG that is being synchronised cannot be recovered, unless it is a bitmap sync (administration guide, "Initiating a failover"). */
const blockingSubStatuses: readonly VpgSubStatus[] = [
  ...(['InitialSync', 'Creating', 'VolumeInitialSync', 'Sync', 'DeltaSync', 'FullSync'] as const),
  ...(['VolumeDeltaSync', 'VolumeFullSync', 'AddedVmsInInitialSync', 'PreparePreseed'] as const),
]

/** True while the vendor refuses a recovery because it is transferring data. */
export const isBlockedBySync = (visual: VisualState): boolean => {
  const subStatus = findSubStatus(visual.subStatus)
  return findStatus(visual.status) === 'Initializing' || (subStatus !== null && blockingSubStatuses.includes(subStatus))
}
