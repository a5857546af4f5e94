import type { RpoStatus } from './rpo.ts'
import type { Vendor } from './vendor.ts'

/** Where a replication or group stands. `vendorState` beside it always keeps the vendor's own words. */
export const protectionStates = [
  'INITIALIZING',
  'SYNCING',
  'PROTECTED',
  'NOT_MEETING_TARGET',
  'PAUSED',
  'TESTING',
  'FAILING_OVER',
  'MOVING',
  'AWAITING_COMMIT',
  'COMMITTING',
  'ROLLING_BACK',
  'RECOVERED',
  'NEEDS_CONFIGURATION',
  'DISCONNECTED',
  'ERROR',
  'DELETING',
  'UNKNOWN',
] as const
export type ProtectionState = (typeof protectionStates)[number]

export const healths = ['HEALTHY', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const
export type Health = (typeof healths)[number]

/** PROTECTION keeps a standby copy; MIGRATION copies once, to move the machine for good. */
export const replicationPurposes = ['PROTECTION', 'MIGRATION'] as const
export type ReplicationPurpose = (typeof replicationPurposes)[number]

export const priorities = ['LOW', 'MEDIUM', 'HIGH'] as const
export type Priority = (typeof priorities)[number]

export const hypervisorKinds = ['VSPHERE', 'CLOUD_DIRECTOR', 'HYPER_V', 'AWS', 'AZURE', 'UNKNOWN'] as const
export type HypervisorKind = (typeof hypervisorKinds)[number]

/** One end of a replication. */
export interface ReplicationEnd {
  /** The global id of the site. */
  readonly siteId: string
  /** The site's name as the vendor gives it beside the object. */
  readonly siteName: string
  readonly organization: string | null
  readonly datacenter: string | null
  readonly vApp: string | null
  readonly hypervisor: HypervisorKind | null
  readonly datastore: string | null
  readonly storageProfile: string | null
}

/** How far a running transfer has come. Null members are what the vendor does not tell. */
export interface SyncProgress {
  /** 0 to 100. */
  readonly percent: number | null
  readonly bytesTransferred: number | null
  readonly bytesToTransfer: number | null
  readonly checksumComparedBytes: number | null
  readonly checksumTotalBytes: number | null
  readonly etaSeconds: number | null
}

export const recoveryPhases = [
  'NONE',
  'TESTING',
  'FAILING_OVER',
  'MOVING',
  'AWAITING_COMMIT',
  'COMMITTING',
  'ROLLING_BACK',
  'RECOVERED',
  'UNKNOWN',
] as const
export type RecoveryPhase = (typeof recoveryPhases)[number]

/** What happens to a recovery that waits for a decision. MANUAL waits for a person. */
export const commitPolicies = ['COMMIT', 'ROLLBACK', 'MANUAL'] as const
export type CommitPolicy = (typeof commitPolicies)[number]

/** Which recovery waits in AWAITING_COMMIT, COMMITTING or ROLLING_BACK. */
export type PendingRecovery = 'FAILOVER' | 'MOVE'

/** STARTING and STOPPING are the moments in which a vendor accepts nothing else. */
export type TestStage = 'STARTING' | 'RUNNING' | 'STOPPING'

export interface RecoveryStatus {
  readonly phase: RecoveryPhase
  /** Null unless a failover or move is under way. */
  readonly pending: PendingRecovery | null
  readonly isTestRunning: boolean
  /** Null when no test runs. */
  readonly testStage: TestStage | null
  readonly isPaused: boolean
  /** True while the vendor is transferring data in a way that makes a recovery impossible. */
  readonly isBlockedBySync: boolean
  /** False when the vendor says that there is nothing to recover from; null when it does not tell. */
  readonly hasRecoveryPoint: boolean | null
  readonly since: Date | null
  readonly commitPolicy: CommitPolicy | null
  /** When the vendor decides by itself; null when it waits for a person or does not tell. */
  readonly autoDecisionAt: Date | null
  /** Native id of the recovery point in use; null when none or not told. */
  readonly recoveryPointNativeId: string | null
}

export interface StorageUse {
  readonly provisionedBytes: number | null
  readonly usedBytes: number | null
  /** Bytes that the recovery points take at the destination. */
  readonly journalUsedBytes: number | null
}

/** Vendor fields without a common name. Read only by that vendor's part of the schema. */
export interface VendorDetails {
  readonly vendor: Vendor
}

/** Which end of an object a site is that lists it. BOTH where the two ends are at one site. */
export const observationRoles = ['SOURCE', 'DESTINATION', 'BOTH', 'OTHER'] as const
export type ObservationRole = (typeof observationRoles)[number]

/** One site's look at an object. */
export interface Observation {
  /** Global id of the configured site that listed the object. */
  readonly siteId: string
  /** The configured name of that site. */
  readonly siteName: string
  /** As that site sees the ends. */
  readonly role: ObservationRole
  readonly observedAt: Date
}

/** What a replication and a group have in common: anything that can be recovered. */
export interface ProtectedObject {
  /** Global id. */
  readonly id: string
  readonly vendor: Vendor
  readonly nativeId: string
  readonly name: string
  readonly description: string | null
  readonly purpose: ReplicationPurpose
  readonly source: ReplicationEnd
  readonly destination: ReplicationEnd
  /** True after a reversal: the machine runs at the original destination. */
  readonly isReversed: boolean
  readonly state: ProtectionState
  /** The vendor's own words, e.g. `OK/opened/NOT_STARTED` or `MeetingSLA/None`. */
  readonly vendorState: string
  readonly health: Health
  readonly rpo: RpoStatus
  /** Null when nothing is being transferred. */
  readonly sync: SyncProgress | null
  readonly recovery: RecoveryStatus
  readonly storage: StorageUse
  readonly details: VendorDetails
}
