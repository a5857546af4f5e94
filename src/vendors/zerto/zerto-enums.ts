/** An enum on the wire: VPG, VM and task JSON hold numbers, alerts and settings hold names. Both are read everywhere. */
export type EnumWord = string | number

/**
 * `VpgVisualStatusApi`, 0 to 8, also the status of a VM. 3 is the RPO and 4 the history: the documentation since 7.5,
 * the product's own interface and four independent clients agree; documents up to 7.0 and the vendor's Python SDK have
 * the two swapped.
 */
export const vpgStatuses = [
  'Initializing',
  'MeetingSLA',
  'NotMeetingSLA',
  'RpoNotMeetingSLA',
  'HistoryNotMeetingSLA',
  'FailingOver',
  'Moving',
  'Deleting',
  'Recovered',
] as const
export type VpgStatus = (typeof vpgStatuses)[number]

/**
 * `VpgVisualSubStatusApi`. The 10.0 U6 API description has 0 to 42; no public source names 41 and 42. The spelling of
 * 36 to 40 is inferred from the English labels of a reporting tool.
 */
export const vpgSubStatuses = [
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
] as const
export type VpgSubStatus = (typeof vpgSubStatuses)[number]

/** `VpgAlertStatusApi`, 0 to 4. */
export const vpgAlertStatuses = ['Normal', 'Warning', 'Error', 'Pairing', 'Unpairing'] as const

/** `VpgEntityTypeApi`, 0 to 5: what runs an end of a VPG. PublicCloud is AWS. */
export const vpgEntityTypes = ['VCVpg', 'VCvApp', 'VCDvApp', 'PublicCloud', 'HyperV', 'Azure'] as const
export type VpgEntityType = (typeof vpgEntityTypes)[number]

/** `VpgPriorityApi`: a number in a VPG, a name in its settings. */
export const vpgPriorities = ['Low', 'Medium', 'High'] as const

/** `TaskStatusEnumApi`, 0 to 7. */
export const taskStates = [
  'FirstUnusedValue',
  'InProgress',
  'WaitingForUserInput',
  'Paused',
  'Failed',
  'Stopped',
  'Completed',
  'Cancelling',
] as const

/** `PairingVisualStatusApi`. 2 is Unpaired in two clients and Unpairing in the product's own interface: inferred. */
export const pairingStatuses = ['Paired', 'Pairing', 'Unpaired'] as const

/** `VmJournalLimitTypeApi`, 0 to 2. */
export const journalLimitTypes = ['Unlimited', 'Megabytes', 'Percentage'] as const

/** The name behind a number, a number in quotes, or a name in any case; null for what the list does not have. */
export const findEnumName = <const N extends string>(names: readonly N[], word: EnumWord): N | null => {
  const text = String(word).trim()
  if (/^\d+$/.test(text)) return names[Number(text)] ?? null
  const lowered = text.toLowerCase()
  return names.find((name) => name.toLowerCase() === lowered) ?? null
}

/** The name, or the raw word where it has none; null when the member was missing. */
export const toEnumText = (names: readonly string[], word: EnumWord | null): string | null =>
  word === null ? null : (findEnumName(names, word) ?? String(word))

/** `SystemStateAlertLevel`, 0 and 1; names on the wire. */
export const alertLevels = ['Warning', 'Error'] as const

/** Entity of an alert, 0 to 7; names on the wire. */
export const alertEntities = [
  'Zvm',
  'Vra',
  'Vpg',
  'CloudConnector',
  'Storage',
  'License',
  'Zcm',
  'FileRecoveryComponent',
] as const

/** `VraStatusApi`, 0 to 10; no public source names 10. */
export const vraStatuses = [
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
] as const

/** `EventTypeApi`, 0 to 60; the API description of 10.0 U6 goes to 120, and no public source names those. */
export const eventTypes = [
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
] as const
