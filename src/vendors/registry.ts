import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { AdapterDependencies, SiteOptions } from '../upstream/site-options.ts'
import { createVcdaAdapter, vcdaLoginSchema } from './vcda/vcda-adapter.ts'
import { zertoLoginSchema } from './zerto/zerto-sign-in.ts'
import { registerVcdaSchema } from './vcda/vcda-schema.ts'
import { createZertoAdapter } from './zerto/zerto-adapter.ts'
import { registerZertoSchema } from './zerto/zerto-schema.ts'

type AdapterFactory = (site: SiteOptions, dependencies: AdapterDependencies) => VendorAdapter

const factories: Readonly<Record<Vendor, AdapterFactory>> = {
  VCDA: createVcdaAdapter,
  ZERTO: createZertoAdapter,
}

/** What each vendor's `login` in the configuration has to look like. */
export const loginSchemas = { VCDA: vcdaLoginSchema, ZERTO: zertoLoginSchema } as const

/** The adapter of one configured site. Sends nothing yet. */
export const createAdapter = (vendor: Vendor, site: SiteOptions, dependencies: AdapterDependencies): VendorAdapter =>
  factories[vendor](site, dependencies)

let isRegistered = false

/** Gives every vendor's part to the schema builder; the second call does nothing. */
export const registerVendorSchemas = (): void => {
  if (isRegistered) return
  isRegistered = true
  registerVcdaSchema()
  registerZertoSchema()
}
