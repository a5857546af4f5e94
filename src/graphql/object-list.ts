import { DomainError } from '../domain/errors.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { Listing } from '../inventory/inventory.ts'
import { orderFields, toOrdering, toPredicate, type ObjectFilter, type OrderField } from '../inventory/object-filter.ts'
import { requirePageSize, toPage } from '../inventory/paging.ts'
import type { Seen } from '../inventory/merge-observations.ts'
import { builder } from './builder.ts'
import type { Connection } from './connection-type.ts'
import { describedEnum } from './described-enum.ts'
import { HealthEnum, ProtectionStateEnum, RpoVerdictEnum } from './protection/protection-enums.ts'
import { VendorEnum } from './vendor-enum.ts'

const OrderDirectionEnum = describedEnum<'ASC' | 'DESC'>('OrderDirection', 'Which way a list runs.', {
  ASC: 'Smallest first; for health, what needs a look first.',
  DESC: 'Largest first.',
})

const OrderFieldEnum = describedEnum<OrderField>('OrderField', 'What a list is sorted by.', {
  NAME: 'By name, without regard to case.',
  HEALTH: 'By health: CRITICAL, UNKNOWN, WARNING, HEALTHY.',
  RPO: 'By the age of the newest recovery point; what was not measured comes after the oldest.',
})

/** The filter of a list of protected objects; both lists have the same members. */
export const objectFilterInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      vendors: t.field({ type: [VendorEnum], description: 'Only of these products.' }),
      siteIds: t.idList({ description: 'Only with one of these sites at either end.' }),
      states: t.field({ type: [ProtectionStateEnum], description: 'Only in one of these states.' }),
      healths: t.field({ type: [HealthEnum], description: 'Only of one of these healths.' }),
      rpoVerdicts: t.field({ type: [RpoVerdictEnum], description: 'Only with one of these verdicts.' }),
      text: t.string({ description: 'Only with this in the name or description, in any case.' }),
    }),
  })

/** The order of a list of protected objects. */
export const objectOrderInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      field: t.field({ type: OrderFieldEnum, defaultValue: orderFields[0], description: 'What it is sorted by.' }),
      direction: t.field({ type: OrderDirectionEnum, defaultValue: 'ASC', description: 'Which way it runs.' }),
    }),
  })

/** The arguments of a list, as GraphQL gives them. */
export interface ObjectListArgs {
  readonly filter?: { readonly [K in keyof ObjectFilter]?: ObjectFilter[K] | undefined } | null | undefined
  readonly orderBy?:
    | { readonly field?: OrderField | null | undefined; readonly direction?: 'ASC' | 'DESC' | null | undefined }
    | null
    | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly maxAgeSeconds?: number | null | undefined
}

const noFilter: ObjectFilter = {
  vendors: null,
  siteIds: null,
  states: null,
  healths: null,
  rpoVerdicts: null,
  text: null,
}

/** The age that a query allows; null takes the configured default. @throws INVALID_INPUT */
export const requireMaxAge = (maxAgeSeconds: number | null | undefined): number | null => {
  if (maxAgeSeconds === null || maxAgeSeconds === undefined) return null
  if (maxAgeSeconds < 0) throw DomainError.invalidInput('maxAgeSeconds', 'is below 0')
  return maxAgeSeconds
}

/** Filters, sorts and cuts a listing. Looks at the arguments before it asks for the listing. @throws INVALID_INPUT */
export const loadObjectPage = async <T extends ProtectedObject>(
  args: ObjectListArgs,
  list: (maxAgeSeconds: number | null) => Promise<Listing<T>>,
): Promise<Connection<Seen<T>>> => {
  const first = requirePageSize(args.first ?? 50)
  const ordering = toOrdering(args.orderBy?.field ?? 'NAME', args.orderBy?.direction === 'DESC')
  const given = Object.entries(args.filter ?? {}).filter(([, value]) => value !== undefined)
  const matches = toPredicate({ ...noFilter, ...Object.fromEntries(given) })
  const { byId, coverage } = await list(requireMaxAge(args.maxAgeSeconds))
  const page = toPage([...byId.values()].filter(matches), ordering, { first, after: args.after ?? null })
  return { ...page, coverage }
}
