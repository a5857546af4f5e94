import type { Health, ProtectedObject, ProtectionState } from '../domain/protection.ts'
import type { RpoVerdict } from '../domain/rpo.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { Ordering } from './paging.ts'

/** What a list is narrowed by; every given member must match. Null is everything. */
export interface ObjectFilter {
  readonly vendors: readonly Vendor[] | null
  /** Global ids of sites at either end. */
  readonly siteIds: readonly string[] | null
  readonly states: readonly ProtectionState[] | null
  readonly healths: readonly Health[] | null
  readonly rpoVerdicts: readonly RpoVerdict[] | null
  /** Part of the name or of the description, in any case. */
  readonly text: string | null
}

const allows = <T>(wanted: readonly T[] | null, value: T): boolean => wanted === null || wanted.includes(value)

/** A test of one object, made once per query. */
export const toPredicate = (filter: ObjectFilter): ((object: ProtectedObject) => boolean) => {
  const text = filter.text?.toLowerCase() ?? null
  return (object) =>
    allows(filter.vendors, object.vendor) &&
    allows(filter.states, object.state) &&
    allows(filter.healths, object.health) &&
    allows(filter.rpoVerdicts, object.rpo.verdict) &&
    (allows(filter.siteIds, object.source.siteId) || allows(filter.siteIds, object.destination.siteId)) &&
    (text === null || `${object.name}\n${object.description ?? ''}`.toLowerCase().includes(text))
}

export const orderFields = ['NAME', 'HEALTH', 'RPO'] as const
export type OrderField = (typeof orderFields)[number]

// Ascending puts what needs a look first.
const healthRank: Readonly<Record<Health, number>> = { CRITICAL: 0, UNKNOWN: 1, WARNING: 2, HEALTHY: 3 }

const keyOf: Readonly<Record<OrderField, (object: ProtectedObject) => string | number>> = {
  NAME: ({ name }) => name.toLowerCase(),
  HEALTH: ({ health }) => healthRank[health],
  // What has never been measured stands after the latest one.
  RPO: ({ rpo }) => rpo.actualSeconds ?? Number.MAX_SAFE_INTEGER,
}

export const toOrdering = (field: OrderField, isDescending: boolean): Ordering<ProtectedObject> => ({
  name: `${field}${isDescending ? '-' : ''}`,
  isDescending,
  toKey: keyOf[field],
  toId: ({ id }) => id,
})
