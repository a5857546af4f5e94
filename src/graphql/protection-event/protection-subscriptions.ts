import type { TargetKind } from '../../domain/capabilities.ts'
import { isWithin } from '../../domain/reach.ts'
import { toGroupPredicate, toReplicationPredicate } from '../../inventory/object-filter.ts'
import { builder } from '../builder.ts'
import { ProtectionGroupFilterInput } from '../protection-group/protection-group-queries.ts'
import { ReplicationFilterInput } from '../replication/replication-queries.ts'
import { heldBy } from '../stream/held-stream.ts'
import { openProtectionEvents } from './protection-event-stream.ts'
import { ProtectionEventRef } from './protection-event-type.ts'
import { lookAt } from './protection-sight.ts'

const TargetKindEnum = builder.enumType('TargetKind', {
  description: 'What can be recovered.',
  values: {
    PROTECTION_GROUP: { value: 'ProtectionGroup', description: 'Groups.' },
    REPLICATION: { value: 'Replication', description: 'Replications.' },
  } as const,
})

const everyKind: readonly TargetKind[] = ['ProtectionGroup', 'Replication']

builder.subscriptionField('protectionEvents', (t) =>
  t.field({
    type: ProtectionEventRef,
    description:
      'What changes on groups and replications, whoever changes it. First one SNAPSHOT: ask `protectionGroups` and `replications` when it comes, and apply to them what follows. With `after` it goes on behind that event instead, also after a restart of the gateway. No reader is too slow for it: what he does not take is read again from the log. The sites are read on their interval for as long as anybody subscribes.',
    args: {
      filter: t.arg({ type: ProtectionGroupFilterInput, required: false, description: 'Which groups.' }),
      replicationFilter: t.arg({ type: ReplicationFilterInput, required: false, description: 'Which replications.' }),
      kinds: t.arg({
        type: [TargetKindEnum],
        required: false,
        description: 'Only of these kinds; both when left out.',
      }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Cursor of the last event that you have seen.' }),
    },
    subscribe: (_root, { kinds, after }, { inventory, protectionLog, protectionTail, streams, delivery }) =>
      heldBy(inventory.watch(), () =>
        openProtectionEvents({
          kinds: new Set(kinds ?? everyKind),
          isWithinReach: (places) => isWithin(inventory.reach, places),
          after: delivery.resumeAfter ?? after ?? null,
          log: protectionLog,
          tail: protectionTail,
          setting: streams,
          delivery,
        }),
      ),
    resolve: (event, { filter, replicationFilter, kinds }, { inventory, loaders }) => {
      loaders.clear()
      const interest = {
        kinds: new Set(kinds ?? everyKind),
        matchesGroup: toGroupPredicate(filter ?? {}),
        matchesReplication: toReplicationPredicate(replicationFilter ?? {}),
      }
      return lookAt(event, interest, inventory)
    },
  }),
)
