import type { GraphQLResolveInfo } from 'graphql'
import { DomainError } from '../domain/errors.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { Listing } from '../inventory/inventory.ts'
import type { Seen } from '../inventory/merge-observations.ts'
import type { OrderField } from '../inventory/object-filter.ts'
import { requirePage, type Ordering, type SortedCopies } from '../inventory/paging.ts'
import type { builder } from './builder.ts'
import type { Connection } from './connection-type.ts'
import type { GatewayContext } from './context.ts'
import { noteGaps } from './coverage.ts'
import { describedEnum } from './described-enum.ts'
import {
  HealthEnum,
  ProtectionStateEnum,
  ReplicationPurposeEnum,
  RpoVerdictEnum,
} from './protection/protection-enums.ts'
import { VendorEnum } from './vendor-enum.ts'
import { defaultPage, type PageArgs } from './vendor-list.ts'

type InputFieldBuilder = Parameters<
  Parameters<ReturnType<typeof builder.inputRef<object>>['implement']>[0]['fields']
>[0]
type QueryFieldBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0]

/** How every filter of a list begins. */
export const toFilterDescription = (noun: string): string =>
  `Narrows a list of ${noun}. What is given must all match; what is left out matches everything, and an empty list nothing.`

/** The members that the filters of both lists have. */
export const objectFilterFields = (t: InputFieldBuilder) => ({
  vendors: t.field({ type: [VendorEnum], description: 'Only of these products.' }),
  siteIds: t.idList({ description: 'Only with one of these sites at either end.' }),
  sourceSiteIds: t.idList({ description: 'Only with one of these sites as the source: where it runs.' }),
  destinationSiteIds: t.idList({
    description: 'Only with one of these sites as the destination: where it is recovered.',
  }),
  organizations: t.stringList({
    description: 'Only with one of these organisations at either end: whole names, in any case.',
  }),
  purposes: t.field({ type: [ReplicationPurposeEnum], description: 'Only for one of these purposes.' }),
  states: t.field({ type: [ProtectionStateEnum], description: 'Only in one of these states.' }),
  healths: t.field({ type: [HealthEnum], description: 'Only of one of these healths.' }),
  rpoVerdicts: t.field({ type: [RpoVerdictEnum], description: 'Only with one of these verdicts.' }),
  isAwaitingDecision: t.boolean({
    description:
      'Only what waits for commit or rollback after a failover or move (`recovery.phase` is AWAITING_COMMIT), or only the others.',
  }),
  isStale: t.boolean({ description: 'Only what no site could be asked about just now, or only the others.' }),
  hasConflicts: t.boolean({ description: 'Only that on which its sites do not agree, or only the others.' }),
  nameContains: t.string({ description: 'Only with this in the name, in any case.' }),
  text: t.string({ description: 'Only with this in the name or description, in any case.' }),
})

const OrderDirectionEnum = describedEnum<'ASC' | 'DESC'>('OrderDirection', 'Which way a list runs.', {
  ASC: 'As the field says.',
  DESC: 'The other way round, from its end to its beginning.',
})

/** The member that every order has besides its `field`. */
export const directionFields = (t: InputFieldBuilder) => ({
  direction: t.field({ type: OrderDirectionEnum, defaultValue: 'ASC', description: 'Which way it runs.' }),
})

/** What both lists can be sorted by. */
export const orderFieldDescriptions: Readonly<Record<OrderField, string>> = {
  NAME: 'By name, without regard to case.',
  HEALTH: 'By health: CRITICAL, UNKNOWN, WARNING, HEALTHY.',
  RPO: 'By the age of the newest recovery point, the youngest first; what was not measured comes last.',
  RPO_VIOLATION: 'By how much the target is missed, the least first; what was not measured comes last.',
  STORAGE:
    'By `storage.usedBytes`, or `provisionedBytes` where that is not told, the smallest first; what tells neither comes before.',
  UPDATED:
    'By when a site last listed it (the first of `observations`), the longest ago first. When it last changed is not known of every product.',
}

/** How both lists are described. */
export const toListDescription = (noun: string): string =>
  `All ${noun} of every configured site as one list. A site that does not answer costs its own part only: see \`coverage\`.`

/** The arguments that both lists have besides filter and order. */
export const objectListArgs = ({ arg }: QueryFieldBuilder) => ({
  first: arg.int({
    defaultValue: defaultPage,
    description:
      'How many, up to 500. The page is cut from memory: 500 cost the sites no more than 1. What a field costs that calls a site, it costs for each object.',
  }),
  after: arg.string({
    required: false,
    description:
      '`endCursor` of the page before, in the same order. It names a place, not a position, and stays good when the list changes; only what changes its own place between two pages may be met twice or missed.',
  }),
  maxAgeSeconds: arg.int({
    required: false,
    description:
      'How old the answer may be, in seconds; 0 asks the sites now. Left out, as configured, and 60 for a page after the first.',
  }),
})

// Who pages through thousands of machines does not wait for the sites again before every page.
const continuedAgeSeconds = 60

const continuedAge = (after: string | null): number | null => (after === null ? null : continuedAgeSeconds)

// One for each site of two pairs; how many are configured, and how many pages their lists have, no document tells.
const callsOfFreshLists = 4

/** What a list costs in calls to vendors: none while it comes from memory. */
export const listCost = {
  vendorCalls: ({ maxAgeSeconds }: { readonly maxAgeSeconds?: unknown }) =>
    maxAgeSeconds === 0 ? callsOfFreshLists : 0,
}

/** The age that a query allows; null takes the configured default. @throws INVALID_INPUT */
export const requireMaxAge = (maxAgeSeconds: number | null | undefined): number | null => {
  if (maxAgeSeconds === null || maxAgeSeconds === undefined) return null
  if (maxAgeSeconds < 0) throw DomainError.invalidInput('maxAgeSeconds', 'is below 0')
  return maxAgeSeconds
}

/**
 * A page of the objects of every site. Looks at the arguments before it asks for the listing.
 *
 * @throws INVALID_INPUT
 */
export const loadObjectPage = async <T extends ProtectedObject>(
  options: {
    readonly args: PageArgs & {
      readonly filter?: object | null | undefined
      readonly maxAgeSeconds?: number | null | undefined
    }
    readonly ordering: Ordering<Seen<T>>
    readonly matches: (object: Seen<T>) => boolean
    readonly list: (maxAgeSeconds: number | null) => Promise<Listing<T>>
    readonly sorted: SortedCopies<Seen<T>>
  },
  context: Pick<GatewayContext, 'gaps'>,
  info: GraphQLResolveInfo,
): Promise<Connection<Seen<T>>> => {
  const { args, ordering, matches, list, sorted } = options
  const request = requirePage(ordering, { first: args.first ?? defaultPage, after: args.after ?? null })
  const { byId, coverage } = await list(requireMaxAge(args.maxAgeSeconds ?? continuedAge(args.after ?? null)))
  noteGaps(coverage, context, info)
  const filter = JSON.stringify(args.filter ?? null)
  return { ...sorted.page(byId, request, { filter, matches }), coverage }
}
