import type { WorkflowType } from './vcda-inferred.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import type { Moment, RetentionRule, Timeline } from './vcda-sim-timeline.ts'

// The vendor's words, as its pages of enums list them.

/** How the data travels. */
export const dataConnectionTypes = ['PLAIN', 'ENCRYPTED', 'ENCRYPTED_COMPRESSED'] as const
/** How disks are allocated at the destination. */
export const targetDiskTypes = ['THIN', 'PREALLOCATED', 'PREALLOCATED_ZEROS'] as const
/** Best first. */
export const overallHealths = ['GREEN', 'YELLOW', 'RED'] as const
/** What the transfer does. */
export const dataConnectionStates = [
  ...(['ERROR', 'FINISHED', 'INITIAL_SYNCING', 'OK', 'PAUSED', 'POWERED_OFF'] as const),
  ...(['PRUNING', 'SYNCING', 'UNKNOWN'] as const),
] as const

type DataConnectionType = (typeof dataConnectionTypes)[number]
type TargetDiskType = (typeof targetDiskTypes)[number]
/** Changed by a test, a failover and a test's cleanup. */
export type RecoveryState = 'NOT_STARTED' | 'IN_PROGRESS' | 'TEST' | 'COMPLETE'
/** A word of {@link overallHealths}. */
export type OverallHealth = (typeof overallHealths)[number]
/** A word of {@link dataConnectionStates}. */
export type DataConnectionState = (typeof dataConnectionStates)[number]

/** A site of the pairing. `vcloud` is a cloud with tenants; `vcenter` a customer's own machine room. */
export interface SimSite {
  readonly name: string
  readonly kind: 'vcloud' | 'vcenter'
  readonly description: string
  /** The organisation whose machine room it is; null for a cloud. */
  readonly owner: string | null
  /** The vCenter of a `vcenter` site. */
  readonly vcId: string | null
  /** What the link to this site suffers from, as the others see it; null is a healthy link. */
  commError: ApiError | null
}

/** A class of storage in a data center. */
export interface StorageProfile {
  readonly id: string
  readonly name: string
}

/** What one organisation has at one cloud. */
export interface SimVdc {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly site: string
  readonly storageProfiles: readonly StorageProfile[]
}

/** A policy: what the organisations that have it may do. The vendor's words; `minRpo` is minutes. */
export interface SimPolicy {
  readonly id: string
  displayName: string
  minRpo: number
  maxInstances: number
  maxPinnedInstances: number
  /** Negative is without limit; 0 lets nothing in. */
  maxIncoming: number
  allowIncomingMigrations: boolean
  allowIncomingProtections: boolean
  allowOutgoingMigrations: boolean
  allowOutgoingProtections: boolean
  allowOutgoingOnpremMigrations: boolean
  allowOutgoingOnpremProtections: boolean
  allowCustomSlaSettings: boolean
  allowAdvancedRetentionRules: boolean
  allowNotificationConfiguration: boolean
}

/** A replicator of a site, as the site's manager knows it. */
export interface SimReplicator {
  readonly id: string
  readonly site: string
  readonly description: string
  readonly address: string
  isInMaintenanceMode: boolean
  /** Null while it answers. */
  commError: ApiError | null
}

/** The parts of a cloud's appliance that its health check looks at; null is well. */
export interface Ailments {
  db: ApiError | null
  ls: ApiError | null
  ntp: ApiError | null
  vcd: ApiError | null
  manager: ApiError | null
  tunnel: ApiError | null
}

/** What a cloud's appliance knows of itself. */
export interface SimAppliance {
  readonly instanceId: string
  readonly bootedAt: number
  readonly ailments: Ailments
  readonly replicators: SimReplicator[]
  licenseKey: string
  /** Milliseconds since 1970; after it nothing can be started. */
  licensedUntil: number
}

/** A machine in an inventory, replicated or not. `id` is a uuid in a cloud and a moref on premises. */
export interface SimVm {
  readonly id: string
  readonly name: string
  readonly site: string
  readonly org: string
  readonly vdcId: string | null
  readonly vappId: string | null
  readonly sizeGigabytes: number
}

/** A vApp, or a vApp template, in the inventory of a cloud. */
export interface SimVapp {
  readonly id: string
  readonly name: string
  readonly site: string
  readonly org: string
  readonly vdcId: string
  readonly vmIds: readonly string[]
  readonly isTemplate: boolean
}

/** `rpo` and `distance` are minutes; `initialSyncTime` is milliseconds since 1970. The vendor's words. */
export interface ReplicationSettings {
  readonly description: string
  readonly rpo: number
  readonly dataConnectionType: DataConnectionType
  readonly quiesced: boolean
  readonly rules: readonly RetentionRule[]
  readonly initialSyncTime: number
  readonly targetDiskType: TargetDiskType
  readonly slaProfileId: string | null
}

/** Settings under a name, which replications take over whole. */
export interface SlaProfile extends Omit<ReplicationSettings, 'slaProfileId' | 'targetDiskType'> {
  readonly id: string
  readonly displayName: string
}

/** One end of a replication. Organisation and VDC are null on premises. */
export interface ReplicationEnd {
  readonly site: string
  readonly org: string | null
  readonly vdcId: string | null
  readonly vdcName: string | null
  readonly vappId: string | null
  readonly vappName: string | null
}

/** What failed over to; ids of the machines that came up at the destination. */
interface Recovered {
  readonly vmId: string
  readonly vappId: string
  /** Milliseconds since 1970 until which a reverse finds the old disks close enough to re-use. */
  readonly optimizeUntil: number
}

/** When a recovered machine starts and stops among those of its vApp; delays in seconds. */
export interface StartupInfo {
  readonly order: number
  readonly startAction: string
  readonly startDelay: number
  readonly stopAction: string
  readonly stopDelay: number
}

/** How the guest system is set up after a failover and after a test; the vendor's members, kept as they came. */
export interface GuestCustomization {
  readonly failoverSettings: unknown
  readonly failoverTestSettings: unknown
}

/** One replicated VM. Everything that time alone changes is computed; what is here, an action or a test has set. */
export interface SimReplication {
  /** `C4-<uuid>`. */
  readonly id: string
  /** `C4VAPP-<uuid>` of its group, or null when it was started by itself. */
  readonly vappReplicationId: string | null
  /** `org@site`. */
  owner: string
  vmId: string
  readonly vmName: string
  readonly sizeGigabytes: number
  source: ReplicationEnd
  destination: ReplicationEnd
  settings: ReplicationSettings
  storageProfile: StorageProfile
  readonly isMigration: boolean
  isPaused: boolean
  isReversed: boolean
  isPoweredOff: boolean
  isMovingReplica: boolean
  /** The task that has it for itself; meanwhile every other action is refused. */
  busyWith: WorkflowType | null
  timeline: Timeline
  recoveryState: RecoveryState
  recovered: Recovered | null
  /** The instance that a test holds until its cleanup. */
  pinned: Moment | null
  lastError: ApiError | null
  /** Milliseconds since 1970 of the last management operation. */
  lastUpdated: number
  networkSettings: unknown
  /** Null: nothing was set, and the machine keeps its name and everything else. */
  guestCustomization: GuestCustomization | null
  /** Device keys of disks that stay at the source. */
  excludedDiskKeys: readonly number[]
  startupInfo: StartupInfo
  /** Members that replace what would be rendered, so that a test can show any word of any version. */
  overrides: Readonly<Record<string, unknown>>
}

/** A vApp replication: what its members have in common. */
export interface SimGroup {
  /** `C4VAPP-<uuid>`. */
  readonly id: string
  owner: string
  readonly name: string
  source: ReplicationEnd
  destination: ReplicationEnd
  recoveredVappId: string | null
  readonly memberIds: readonly string[]
  readonly isMigration: boolean
  lastUpdated: number
  networkSettings: unknown
}
