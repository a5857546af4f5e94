import type { Vendor } from './vendor.ts'

export const recoveryKinds = ['FAILOVER', 'TEST_FAILOVER', 'MOVE', 'UNKNOWN'] as const
export type RecoveryKind = (typeof recoveryKinds)[number]

/** One step of a recovery as the vendor reports it. */
export interface RecoveryStep {
  readonly description: string
  /** The vendor's word for how it went. */
  readonly result: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
}

/** What the vendor reports of one failover, move or test, for auditors. */
export interface RecoveryReport {
  /** Global id. */
  readonly id: string
  readonly vendor: Vendor
  readonly nativeId: string
  readonly kind: RecoveryKind
  /** Name of the group or plan when it was recovered. */
  readonly name: string
  /** Global id of the group; null where the report is about something else, or it is gone. */
  readonly groupId: string | null
  readonly protectedSiteName: string | null
  readonly recoverySiteName: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  /** Seconds from the start until the machines ran; null where the vendor did not measure it. */
  readonly rtoSeconds: number | null
  /** The moment to which the machines were taken back. */
  readonly recoveredTo: Date | null
  readonly wasSuccessful: boolean | null
  readonly initiatedBy: string | null
  readonly notes: string | null
  readonly vmNames: readonly string[]
  readonly steps: readonly RecoveryStep[]
}
