import type { Replication } from '../../domain/replication.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { toOrdering, toReplicationPredicate, type OrderField } from '../../inventory/object-filter.ts'
import { SortedCopies } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { lastingWith } from '../lasting.ts'
import { describedEnum } from '../described-enum.ts'
import {
  directionFields,
  listCost,
  loadObjectPage,
  objectFilterFields,
  objectListArgs,
  orderFieldDescriptions,
  toFilterDescription,
  toListDescription,
} from '../object-list.ts'
import { ReplicationConnectionRef } from './replication-type.ts'

const noun = 'replications'

/** Which replications are wanted. */
export const ReplicationFilterInput = builder.inputType('ReplicationFilter', {
  description: toFilterDescription(noun),
  fields: (t) => ({
    ...objectFilterFields(t),
    groupIds: t.idList({ description: 'Only members of one of these groups.' }),
    isGrouped: t.boolean({ description: 'Only members of a group, or only machines that are replicated alone.' }),
  }),
})

const ReplicationOrderFieldEnum = describedEnum<OrderField>(
  'ReplicationOrderField',
  'What a list of replications is sorted by.',
  orderFieldDescriptions,
)

const ReplicationOrderInput = builder.inputType('ReplicationOrder', {
  description: `How a list of ${noun} is sorted; the id settles ties.`,
  fields: (t) => ({
    field: t.field({ type: ReplicationOrderFieldEnum, defaultValue: 'NAME', description: 'What it is sorted by.' }),
    ...directionFields(t),
  }),
})

const sorted = new SortedCopies<Seen<Replication>>()

builder.queryField('replications', (t) =>
  t.field({
    type: ReplicationConnectionRef,
    description: toListDescription(noun),
    extensions: { ...listCost, ...lastingWith('replications') },
    args: {
      filter: t.arg({ type: ReplicationFilterInput, required: false, description: 'Which ones.' }),
      orderBy: t.arg({ type: ReplicationOrderInput, required: false, description: 'By name when left out.' }),
      ...objectListArgs(t),
    },
    resolve: (_root, args, context, info) => {
      const ordering = toOrdering(args.orderBy?.field ?? 'NAME', args.orderBy?.direction === 'DESC')
      const matches = toReplicationPredicate(args.filter ?? {})
      const vendors = args.filter?.vendors ?? null
      const list = (maxAgeSeconds: number | null) => context.inventory.listReplications(maxAgeSeconds, vendors)
      return loadObjectPage({ args, ordering, matches, list, sorted }, context, info)
    },
  }),
)
