import type { ProtectedObject } from './protection.ts'
import type { RecoveryPoint } from './recovery-point.ts'

/** How the recovered machine is started and stopped among the others of its group. */
export interface StartupSettings {
  readonly order: number | null
  readonly startAction: string | null
  readonly startDelaySeconds: number | null
  readonly stopAction: string | null
  readonly stopDelaySeconds: number | null
}

export interface VirtualMachine {
  /** The vendor's identifier of the machine, e.g. a Cloud Director uuid or `<vcenter>.vm-38`. */
  readonly vendorId: string
  /**
   * Names under which the platform below knows the machine, in lower case, the same whoever protects it:
   * `vcenter:<instance uuid>/<moref>`, `cloud-director:<uuid>`. Empty where the vendor tells none.
   */
  readonly platformIds: readonly string[]
  readonly name: string
  readonly description: string | null
  readonly computerName: string | null
  readonly guestOs: string | null
  readonly hardwareVersion: string | null
  readonly cpuCount: number | null
  readonly memoryBytes: number | null
  readonly startup: StartupSettings | null
}

/** The same rule the vendors call retention: keep `count` points, `distanceSeconds` apart. */
export interface RetentionRule {
  readonly count: number
  readonly distanceSeconds: number
}

export interface ReplicationSettings {
  readonly rpoSeconds: number | null
  /** Null where the vendor has no quiescing of its own. */
  readonly isQuiesced: boolean | null
  readonly retentionRules: readonly RetentionRule[]
  /** How long recovery points are kept where the vendor counts time instead of points. */
  readonly journalHistorySeconds: number | null
  readonly slaProfileName: string | null
}

/** One protected virtual machine. */
export interface Replication extends ProtectedObject {
  readonly vm: VirtualMachine
  /** Native id of the group; null for a machine that is replicated alone. */
  readonly groupNativeId: string | null
  readonly settings: ReplicationSettings
  /** The newest recovery point where a list call carries it. */
  readonly latestRecoveryPoint: RecoveryPoint | null
}
