import type { Action, Vendor } from '../generated/graphql.ts'
import { emptyVcdaDraft, toVcdaOwnOptions, type VcdaOwnDraft } from './vcda/vcda-own-draft.ts'
import { emptyZertoDraft, toZertoOwnOptions, type ZertoOwnDraft } from './zerto/zerto-own-draft.ts'

/** What was entered in the parts of a dialogue that are more than one field: of each vendor its own. */
export interface OwnDrafts {
  readonly VCDA: VcdaOwnDraft
  readonly ZERTO: ZertoOwnDraft
}

export const emptyOwnDrafts: OwnDrafts = { VCDA: emptyVcdaDraft, ZERTO: emptyZertoDraft }

/** Members of the vendor's options, as they are sent, and what is missing in them; null when nothing is. */
interface OwnOptions {
  readonly members: Readonly<Record<string, unknown>>
  readonly problem: string | null
}

const makers: Readonly<Record<Vendor, (action: Action, drafts: OwnDrafts) => OwnOptions>> = {
  VCDA: (action, { VCDA }) => toVcdaOwnOptions(action, VCDA),
  ZERTO: (action, { ZERTO }) => toZertoOwnOptions(action, ZERTO),
}

/** What becomes of the drafts; nothing of what was left alone. */
export const toOwnOptions = (vendor: Vendor, action: Action, drafts: OwnDrafts): OwnOptions =>
  makers[vendor](action, drafts)
