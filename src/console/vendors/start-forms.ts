import type { ComponentType } from 'react'
import type { Vendor } from '../generated/graphql.ts'
import type { StartSite } from '../start/start-draft.ts'
import { VcdaStart } from './vcda/vcda-start.tsx'
import { ZertoStart } from './zerto/zerto-start.tsx'

/** The form of each vendor: one line each. */
export const startForms: Readonly<Record<Vendor, ComponentType<{ readonly site: StartSite }>>> = {
  VCDA: VcdaStart,
  ZERTO: ZertoStart,
}
