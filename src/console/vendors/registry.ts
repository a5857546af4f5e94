import type { Vendor } from '../generated/graphql.ts'
import { vcdaParts } from './vcda/vcda-parts.ts'
import type { VendorParts } from './vendor-parts.ts'
import { zertoParts } from './zerto/zerto-parts.ts'

/** What the console knows of each vendor: one line each. */
export const vendorParts: Readonly<Record<Vendor, VendorParts>> = {
  VCDA: vcdaParts,
  ZERTO: zertoParts,
}
