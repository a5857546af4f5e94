import type { Priority, ProtectedObject } from './protection.ts'

/** Machines that are recovered together. */
export interface ProtectionGroup extends ProtectedObject {
  /** Null where the vendor has none. */
  readonly priority: Priority | null
  readonly vmCount: number
  readonly lastTestedAt: Date | null
  readonly throughputBytesPerSecond: number | null
  readonly iops: number | null
}
