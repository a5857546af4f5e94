import type { z } from 'zod'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { vendors, type Vendor } from '../domain/vendor.ts'
import { recordOf } from '../std/record-of.ts'
import type { AdapterDependencies, SiteOptions } from '../upstream/site-options.ts'
import { createVcdaAdapter, vcdaLoginSchema } from './vcda/vcda-adapter.ts'
import { zertoLoginSchema } from './zerto/zerto-sign-in.ts'
import { registerVcdaSchema } from './vcda/vcda-schema.ts'
import { createZertoAdapter } from './zerto/zerto-adapter.ts'
import { registerZertoSchema } from './zerto/zerto-schema.ts'

/** All that the rest of the gateway takes from a vendor's room. */
interface VendorEntry {
  readonly createAdapter: (site: SiteOptions, dependencies: AdapterDependencies) => VendorAdapter
  /** What a `login` in the configuration has to look like. */
  readonly loginSchema: z.ZodType
  /** Gives the vendor's part to the schema builder; called once. */
  readonly registerSchema: () => void
}

const entries: Readonly<Record<Vendor, VendorEntry>> = {
  VCDA: { createAdapter: createVcdaAdapter, loginSchema: vcdaLoginSchema, registerSchema: registerVcdaSchema },
  ZERTO: { createAdapter: createZertoAdapter, loginSchema: zertoLoginSchema, registerSchema: registerZertoSchema },
}

/** What each vendor's `login` in the configuration has to look like. */
export const loginSchemas = recordOf(vendors, (vendor) => entries[vendor].loginSchema)

/** The adapter of one configured site. Sends nothing yet. */
export const createAdapter = (vendor: Vendor, site: SiteOptions, dependencies: AdapterDependencies): VendorAdapter =>
  entries[vendor].createAdapter(site, dependencies)

let isRegistered = false

/** Gives every vendor's part to the schema builder; the second call does nothing. */
export const registerVendorSchemas = (): void => {
  if (isRegistered) return
  isRegistered = true
  for (const vendor of vendors) entries[vendor].registerSchema()
}
