import type { WorkflowType } from './vcda-inferred.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import type { Moment, RetentionRule, Timeline } from './vcda-sim-timeline.ts'

export const dataConnectionTypes = ['PLAIN', 'ENCRYPTED', 'ENCRYPTED_COMPRESSED'] as const
export const targetDiskTypes = ['THIN', 'PREALLOCATED', 'PREALLOCATED_ZEROS'] as const
export const overallHealths = ['GREEN', 'YELLOW', 'RED'] as const
export const dataConnectionStates = [
  ...(['ERROR', 'FINISHED', 'INITIAL_SYNCING', 'OK', 'PAUSED', 'POWERED_OFF'] as const),
  ...(['PRUNING', 'SYNCING', 'UNKNOWN'] as const),
] as const

type DataConnectionType = (typeof dataConnectionTypes)[number]
type TargetDiskType = (typeof targetDiskTypes)[number]
export type RecoveryState = 'NOT_STARTED' | 'IN_PROGRESS' | 'TEST' | 'COMPLETE'
export type OverallHealth = (typeof overallHealths)[number]
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
