import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { toGroupOrdering, toGroupPredicate, type GroupOrderField } from '../../inventory/object-filter.ts'
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
import { PriorityEnum } from '../protection/protection-enums.ts'
import { ProtectionGroupConnectionRef } from './protection-group-type.ts'

const noun = 'groups'

/** Which groups are wanted. */
export const ProtectionGroupFilterInput = builder.inputType('ProtectionGroupFilter', {
  description: toFilterDescription(noun),
  fields: (t) => ({
    ...objectFilterFields(t),
    priorities: t.field({
      type: [PriorityEnum],
      description: 'Only of one of these priorities; never a group of a product that has none.',
    }),
    isTestRunning: t.boolean({ description: 'Only with a test failover running, or only the others.' }),
    isTested: t.boolean({
      description: 'Only those of which a test is known (`lastTestedAt` is there), or only the others.',
    }),
    testedBefore: t.field({
      type: 'DateTime',
      description:
        'Only those not tested since: the last test ended before this, or none is known. Together with `isTested: true`, the first alone.',
    }),
  }),
})

const ProtectionGroupOrderFieldEnum = describedEnum<GroupOrderField>(
  'ProtectionGroupOrderField',
  'What a list of groups is sorted by.',
  {
    ...orderFieldDescriptions,
    LAST_TEST: 'By the last test, the longest ago first; what has no known test comes before.',
  },
)

const ProtectionGroupOrderInput = builder.inputType('ProtectionGroupOrder', {
  description: `How a list of ${noun} is sorted; the id settles ties.`,
  fields: (t) => ({
    field: t.field({ type: ProtectionGroupOrderFieldEnum, defaultValue: 'NAME', description: 'What it is sorted by.' }),
    ...directionFields(t),
  }),
})

const sorted = new SortedCopies<Seen<ProtectionGroup>>()

builder.queryField('protectionGroups', (t) =>
  t.field({
    type: ProtectionGroupConnectionRef,
    description: toListDescription(noun),
    extensions: { ...listCost, ...lastingWith('groups') },
    args: {
      filter: t.arg({ type: ProtectionGroupFilterInput, required: false, description: 'Which ones.' }),
      orderBy: t.arg({ type: ProtectionGroupOrderInput, required: false, description: 'By name when left out.' }),
      ...objectListArgs(t),
    },
    resolve: (_root, args, context, info) => {
      const ordering = toGroupOrdering(args.orderBy?.field ?? 'NAME', args.orderBy?.direction === 'DESC')
      const matches = toGroupPredicate(args.filter ?? {})
      const vendors = args.filter?.vendors ?? null
      const list = (maxAgeSeconds: number | null) => context.inventory.listGroups(maxAgeSeconds, vendors)
      return loadObjectPage({ args, ordering, matches, list, sorted }, context, info)
    },
  }),
)
