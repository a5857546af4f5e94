/**
 * The names behind the numbers, in their order. A filter or a body takes either; the helper lists print the names.
 * Status 3 and 4 are as the vendor has them since 7.5; some older copies have them the other way round.
 */
const vpgStatuses = [
  'Initializing',
  'MeetingSLA',
  'NotMeetingSLA',
  'RpoNotMeetingSLA',
  'HistoryNotMeetingSLA',
  'FailingOver',
  'Moving',
  'Deleting',
  'Recovered',
]

/** Names from 36 on are the English labels of a reporting tool written as identifiers; 41 and 42 have no known name. */
const vpgSubStatuses = [
  'None',
  'InitialSync',
  'Creating',
  'VolumeInitialSync',
  'Sync',
  'RecoveryPossible',
  'DeltaSync',
  'NeedsConfiguration',
  'Error',
  'EmptyProtectionGroup',
  'DisconnectedFromPeerNoRecoveryPoints',
  'FullSync',
  'VolumeDeltaSync',
  'VolumeFullSync',
  'FailingOverCommitting',
  'FailingOverBeforeCommit',
  'FailingOverRollingBack',
  'Promoting',
  'MovingCommitting',
  'MovingBeforeCommit',
  'MovingRollingBack',
  'Deleting',
  'PendingRemove',
  'BitmapSync',
  'DisconnectedFromPeer',
  'ReplicationPausedUserInitiated',
  'ReplicationPausedSystemInitiated',
  'RecoveryStorageProfileError',
  'Backup',
  'RollingBack',
  'RecoveryStorageError',
  'JournalStorageError',
  'VmNotProtectedError',
  'JournalOrRecoveryMissingError',
  'AddedVmsInInitialSync',
  'ReplicationPausedForMissingVolume',
  'StoppingForFailover',
  'RollingBackFailoverLiveFailure',
  'RollingBackMoveFailure',
  'SplittingCommitting',
  'PreparePreseed',
]

const taskStates = [
  'FirstUnusedValue',
  'InProgress',
  'WaitingForUserInput',
  'Paused',
  'Failed',
  'Stopped',
  'Completed',
  'Cancelling',
]

/** Names of 61 to 68 are known by their meaning only, and version 10 goes on to 120: neither is listed. */
const eventTypes = [
  'Unknown',
  'CreateProtectionGroup',
  'RemoveProtectionGroup',
  'FailOver',
  'FailOverTest',
  'StopFailOverTest',
  'Move',
  'ProtectVM',
  'UnprotectVM',
  'InstallVra',
  'UninstallVra',
  'UpdateProtectionGroup',
  'InsertTaggedCP',
  'HandleMirrorPromotion',
  'ActivateAllMirrors',
  'LogCollection',
  'ForceReconfigurationOfNewVM',
  'ClearSite',
  'ForceRemoveProtectionGroup',
  'ForceUpdateProtectionGroup',
  'ForceKillProtectionGroup',
  'PrePostScript',
  'InitFullSync',
  'Pair',
  'Unpair',
  'InstallCloudConnector',
  'UninstallCloudConnector',
  'RedeployCloudConnector',
  'ScriptExecutionFailure',
  'SetAdvancedSiteSettings',
  'Clone',
  'KeepDisk',
  'FailoverBeforeCommit',
  'FailoverCommit',
  'FailoverRollback',
  'MoveBeforeCommit',
  'MoveRollback',
  'MoveCommit',
  'MaintainHost',
  'UpgradeVra',
  'MoveProtectionGroupToManualOperationNeeded',
  'ChangeVraIpSettings',
  'PauseProtectionGroup',
  'ResumeProtectionGroup',
  'UpgradeZVM',
  'BulkUpgradeVras',
  'BulkUninstallVras',
  'AlertTurnedOn',
  'AlertTurnedOff',
  'ChangeVraPassword',
  'ChangeRecoveryHost',
  'BackupProtectionGroup',
  'CleanupProtectionGroupVipDiskbox',
  'RestoreProtectionGroup',
  'PreScript',
  'PostScript',
  'RemoveVmFromVc',
  'ChangeVraPasswordIpSettings',
  'FlrJournalMount',
  'FlrJournalUnmount',
  'Login',
]

const vraStatuses = [
  'Installed',
  'UnsupportedEsxVersion',
  'NotInstalled',
  'Installing',
  'Removing',
  'InstallationError',
  'HostPasswordChanged',
  'UpdatingIpSettings',
  'DuringChangeHost',
  'HostInMaintenanceMode',
]

/** Every list of names, by what it names. The position of a name is its number. */
export const enumNames = {
  vpgStatus: vpgStatuses,
  vpgSubStatus: vpgSubStatuses,
  taskState: taskStates,
  priority: ['Low', 'Medium', 'High'],
  entityType: ['VCVpg', 'VCvApp', 'VCDvApp', 'PublicCloud', 'HyperV', 'Azure'],
  commitPolicy: ['Rollback', 'Commit', 'None'],
  shutdownPolicy: ['None', 'Shutdown', 'ForceShutdown'],
  pairingStatus: ['Paired', 'Pairing', 'Unpaired'],
  retentionPolicy: ['Daily', 'Weekly', 'Monthly', 'Yearly'],
  alertLevel: ['Warning', 'Error'],
  eventType: eventTypes,
  eventEntity: ['VPG', 'VRA', 'Unknown', 'Site'],
  eventCategory: ['All', 'Events', 'Alerts'],
  vraStatus: vraStatuses,
  vraIpConfiguration: ['Static', 'Dhcp'],
  volumeType: ['Protected', 'Recovery', 'Journal', 'Scratch', 'Appliance'],
  recoveryType: ['Failover', 'FailoverTest', 'Move'],
  alertEntity: ['Zvm', 'Vra', 'Vpg', 'CloudConnector', 'Storage', 'License', 'Zcm', 'FileRecoveryComponent'],
} as const satisfies Record<string, readonly string[]>

/** The kinds of task this simulator runs. Strings on the wire. */
export const taskTypes = [
  'CreateProtectionGroup',
  'UpdateProtectionGroup',
  'RemoveProtectionGroup',
  'FailoverBeforeCommit',
  'FailoverCommit',
  'FailoverRollback',
  'MoveBeforeCommit',
  'MoveCommit',
  'MoveRollback',
  'FailOverTest',
  'StopFailOverTest',
  'InsertTaggedCP',
  'Clone',
  'InitFullSync',
  'PauseProtectionGroup',
  'ResumeProtectionGroup',
  'FlrJournalMount',
  'FlrJournalUnmount',
] as const

/** See {@link taskTypes}. */
export type TaskType = (typeof taskTypes)[number]

/** The number behind a name in any case, a number, or a number in quotes; null when it is none of the list. */
export const findEnumNumber = (names: readonly string[], value: unknown): number | null => {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = String(value).trim()
  const number = /^\d+$/.test(text)
    ? Number(text)
    : names.findIndex((name) => name.toLowerCase() === text.toLowerCase())
  return number >= 0 && number < names.length ? number : null
}
