/** What a site may protect, and how much of that it uses. Never holds the key itself. */
export interface License {
  readonly type: string | null
  readonly isLicensed: boolean
  readonly expiresAt: Date | null
  /** Null is no limit, or not told. */
  readonly maxVms: number | null
  readonly usedVms: number | null
}

/** One of the machines that carry a site's replication traffic. */
export interface Appliance {
  readonly vendorId: string
  readonly name: string
  /** Name of the host it runs on. */
  readonly hostName: string | null
  /** The vendor's word for how it is. */
  readonly status: string
  readonly version: string | null
  readonly ipAddress: string | null
}

/** One part of a site's own health check. */
export interface HealthFinding {
  /** The part, in the vendor's words, e.g. `database` or `tunnel`. */
  readonly part: string
  readonly isHealthy: boolean
  readonly message: string | null
}
