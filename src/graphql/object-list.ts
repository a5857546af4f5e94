import { DomainError } from '../domain/errors.ts'
import type { ProtectedObject } from '../domain/protection.ts'
import type { Inventory, Listing } from '../inventory/inventory.ts'
import { orderFields, toOrdering, toPredicate, type ObjectFilter, type OrderField } from '../inventory/object-filter.ts'
import { requirePageSize, toPage } from '../inventory/paging.ts'
import type { Seen } from '../inventory/merge-observations.ts'
import { builder } from './builder.ts'
import type { Connection, connectionType } from './connection-type.ts'
import { noteGaps } from './coverage.ts'
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
const objectFilterInput = (name: string, description: string) =>
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
const objectOrderInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      field: t.field({ type: OrderFieldEnum, defaultValue: orderFields[0], description: 'What it is sorted by.' }),
      direction: t.field({ type: OrderDirectionEnum, defaultValue: 'ASC', description: 'Which way it runs.' }),
    }),
  })

type ConnectionRef<T> = ReturnType<typeof connectionType<T>>

/** The arguments of a list, as GraphQL gives them. */
interface ObjectListArgs {
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
const requireMaxAge = (maxAgeSeconds: number | null | undefined): number | null => {
  if (maxAgeSeconds === null || maxAgeSeconds === undefined) return null
  if (maxAgeSeconds < 0) throw DomainError.invalidInput('maxAgeSeconds', 'is below 0')
  return maxAgeSeconds
}

/** Filters, sorts and cuts a listing. Looks at the arguments before it asks for the listing. @throws INVALID_INPUT */
const loadObjectPage = async <T extends ProtectedObject>(
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

/**
 * A query field that lists protected objects of every site, with `<name>Filter` and `<name>Order` as its inputs.
 *
 * @param options.noun What is listed, for descriptions.
 */
export const objectListQuery = <T extends ProtectedObject>(options: {
  readonly field: string
  readonly name: string
  readonly noun: string
  readonly type: ConnectionRef<Seen<T>>
  readonly list: (inventory: Inventory, maxAgeSeconds: number | null) => Promise<Listing<T>>
}): void => {
  const { field, name, noun, type, list } = options
  const narrows = `Narrows a list of ${noun}. What is given must all match; what is left out matches everything.`
  const FilterInput = objectFilterInput(`${name}Filter`, narrows)
  const OrderInput = objectOrderInput(`${name}Order`, `How a list of ${noun} is sorted; the id settles ties.`)
  builder.queryField(field, (t) =>
    t.field({
      type,
      description: `All ${noun} of every configured site as one list. A site that does not answer costs its own part only: see \`coverage\`.`,
      args: {
        filter: t.arg({ type: FilterInput, required: false, description: 'Which ones.' }),
        orderBy: t.arg({ type: OrderInput, required: false, description: 'By name when left out.' }),
        first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
        after: t.arg.string({ required: false, description: '`endCursor` of the page before, in the same order.' }),
        maxAgeSeconds: t.arg.int({
          required: false,
          description: 'How old the answer may be, in seconds; 0 asks the sites now. Left out, as configured.',
        }),
      },
      resolve: async (_root, args, context, info) => {
        const connection = await loadObjectPage(args, (maxAge) => list(context.inventory, maxAge))
        noteGaps(connection.coverage, context, info)
        return connection
      },
    }),
  )
}
