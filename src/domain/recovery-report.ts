import type { Task } from './task.ts'
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

/** Who wrote a recovery down: the vendor, or this gateway in its journal. */
export const recoverySources = ['VENDOR', 'GATEWAY'] as const
export type RecoverySource = (typeof recoverySources)[number]

/** What became of a failover or move that waited for a decision. */
export interface RecoveryDecision {
  readonly outcome: 'COMMITTED' | 'ROLLED_BACK'
  /** Who decided through this gateway; null when the vendor did by its own policy, or somebody elsewhere. */
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly reason: string | null
}

/** One recovery or test in the list of all of them, however many have written it down. */
export interface ListedRecovery extends RecoveryReport {
  /** VENDOR as soon as the vendor has a report of it. */
  readonly source: RecoverySource
  /** Global id of the group, or of the machine that is replicated alone; null where neither is known. */
  readonly targetId: string | null
  /** The task of it in this gateway's journal; null for what was not seen here. */
  readonly task: Task | null
  /** Why, in the words of who asked for it here. */
  readonly reason: string | null
  /** Null for a test, for what was final at once, and for what was not seen here. */
  readonly decision: RecoveryDecision | null
}
