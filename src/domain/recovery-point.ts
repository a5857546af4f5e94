import type { Vendor } from './vendor.ts'

/** How the guest was quieted when the point was taken. */
export const quiesceKinds = ['NONE', 'APPLICATION', 'FILE_SYSTEM', 'UNKNOWN'] as const
export type QuiesceKind = (typeof quiesceKinds)[number]

/** A moment to which a replication or group can be taken back. */
export interface RecoveryPoint {
  /** Global id; unique although the vendors' own ids are unique only inside one group. */
  readonly id: string
  readonly vendor: Vendor
  /** Names the owner and the point, as the vendor's mapping needs them. */
  readonly nativeId: string
  /** The vendor's own identifier of the point, alone. */
  readonly vendorId: string
  /** Native id of the replication or group it belongs to. */
  readonly ownerNativeId: string
  readonly takenAt: Date
  readonly tag: string | null
  readonly isPinned: boolean | null
  readonly quiesced: QuiesceKind | null
  readonly transferBytes: number | null
  readonly transferSeconds: number | null
  readonly sequenceNumber: number | null
}
