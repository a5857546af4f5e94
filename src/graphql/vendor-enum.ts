import { productNames, vendors, type Vendor } from '../domain/vendor.ts'
import { recordOf } from '../std/record-of.ts'
import { describedEnum } from './described-enum.ts'

/** Made from the list of vendors, so that a new one appears by itself. */
export const VendorEnum = describedEnum<Vendor>(
  'Vendor',
  'The disaster-recovery product that an object belongs to.',
  recordOf(vendors, (vendor) => `${productNames[vendor]}.`),
)
