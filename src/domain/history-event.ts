/** Something that happened to a group or replication, as the vendor keeps it. */
export interface HistoryEvent {
  /** The vendor's own identifier of the entry. */
  readonly vendorId: string
  readonly at: Date
  /** The vendor's word for what happened, e.g. `FailOverTest` or `failover`. */
  readonly vendorOperation: string
  readonly description: string
  /** Who did it; null where the vendor does not tell. */
  readonly user: string | null
  /** Null while it goes on, and where the vendor does not tell. */
  readonly wasSuccessful: boolean | null
}
