import type { RetentionRule } from './replication.ts'
import type { Vendor } from './vendor.ts'

/** Settings under a name, offered by the provider: an SLA or service profile. */
export interface ProtectionProfile {
  readonly vendor: Vendor
  /** What `slaProfileId` of an input takes. */
  readonly vendorId: string
  readonly name: string
  readonly description: string | null
  readonly rpoSeconds: number | null
  /** How long recovery points are kept, where the vendor counts time. */
  readonly journalHistorySeconds: number | null
  /** Which recovery points are kept, where the vendor counts points. */
  readonly retentionRules: readonly RetentionRule[]
  readonly isQuiesced: boolean | null
  /** How often a test is due. */
  readonly testIntervalSeconds: number | null
}
