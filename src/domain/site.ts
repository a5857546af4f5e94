import type { Capabilities } from './capabilities.ts'
import type { VendorDetails } from './protection.ts'
import type { Vendor } from './vendor.ts'

/** A vendor management site, as one configured site reports itself or a peer. */
export interface SiteFacts {
  /** Global id. */
  readonly id: string
  readonly vendor: Vendor
  readonly nativeId: string
  readonly name: string
  readonly description: string | null
  readonly location: string | null
  readonly productVersion: string | null
}

/** What a configured site says of itself and of the sites it is paired with. */
export interface SiteReport {
  readonly local: SiteFacts
  readonly peers: readonly SiteFacts[]
  readonly capabilities: Capabilities
  /** Vendor clock minus ours, from the answer's Date header; null when it carried none. */
  readonly clockSkewMs: number | null
  readonly details: VendorDetails
}

export const connectionStates = ['UP', 'DEGRADED', 'DOWN'] as const
export type ConnectionState = (typeof connectionStates)[number]

export const breakerStates = ['CLOSED', 'OPEN', 'HALF_OPEN'] as const
export type BreakerState = (typeof breakerStates)[number]
