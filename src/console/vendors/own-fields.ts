import type { ComponentType } from 'react'
import type { ActTarget } from '../actions/act-target.ts'
import type { Action, Vendor } from '../generated/graphql.ts'
import type { OwnDrafts } from './own-drafts.ts'
import { VcdaOwnFields } from './vcda/vcda-own-fields.tsx'
import { ZertoOwnFields } from './zerto/zerto-own-fields.tsx'

/** What the controls of a vendor are given. */
export interface OwnFieldsProps {
  readonly action: Action
  readonly target: ActTarget
  readonly drafts: OwnDrafts
  readonly onDrafts: (drafts: OwnDrafts) => void
}

/** The controls of each vendor for what is more than one field: one line each. */
export const ownFields: Readonly<Record<Vendor, ComponentType<OwnFieldsProps>>> = {
  VCDA: VcdaOwnFields,
  ZERTO: ZertoOwnFields,
}
