import type { ProtectionGroup } from '../../domain/protection-group.ts'
import { toPage } from '../../inventory/paging.ts'
import { toOrdering } from '../../inventory/object-filter.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { builder, vendorParts } from '../builder.ts'
import { lastingWith, unchanging } from '../lasting.ts'
import { connectionType } from '../connection-type.ts'
import { NodeRef } from '../node/node-interface.ts'
import { pastFields } from '../protection/past-fields.ts'
import { protectedFields } from '../protection/protected-fields.ts'
import { PriorityEnum } from '../protection/protection-enums.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { groupReadinessFields } from '../readiness/readiness-fields.ts'
import { loadRecoveryPoints } from '../recovery-point/recovery-point-field.ts'
import { RecoveryPointConnectionRef } from '../recovery-point/recovery-point-type.ts'
import { ReplicationConnectionRef } from '../replication/replication-type.ts'
import { rpoHistoryFields } from '../rpo-history/rpo-history-field.ts'
import { TaskConnectionRef } from '../task/task-type.ts'
import { loadTasksOf, taskArgs } from '../task/tasks-field.ts'

const ProtectionGroupDetailsUnion = builder.unionType('ProtectionGroupDetails', {
  description: 'What a group has that has no common name, by vendor.',
  types: () => vendorParts().map((part) => part.details.ProtectionGroup),
  resolveType: ({ vendor }) => vendorParts().find((part) => part.vendor === vendor)?.details.ProtectionGroup,
})

export const ProtectionGroupRef = builder.objectRef<Seen<ProtectionGroup>>('ProtectionGroup')
export const ProtectionGroupConnectionRef = connectionType('ProtectionGroup', ProtectionGroupRef, {
  list: 'Groups of every configured site.',
})

ProtectionGroupRef.implement({
  extensions: unchanging,
  description: 'Machines that are recovered together.',
  interfaces: [NodeRef, RecoveryTargetRef],
  fields: (t) => ({
    ...protectedFields(t),
    ...pastFields(t, 'ProtectionGroup'),
    ...groupReadinessFields(t),
    ...rpoHistoryFields(t),
    priority: t.expose('priority', {
      type: PriorityEnum,
      nullable: true,
      description: 'Whose data goes first; null where the vendor has no such thing.',
    }),
    vmCount: t.exposeInt('vmCount', { description: 'Number of its machines.' }),
    replications: t.field({
      type: ReplicationConnectionRef,
      description: 'Its machines, by name. Served from the list of replications: no call of its own.',
      extensions: lastingWith('replications'),
      args: {
        first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
        after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
      },
      resolve: async ({ id }, { first, after }, { loaders }) => {
        const members = await loaders.members.load(id)
        const page = { first: first ?? 50, after: after ?? null }
        return { ...toPage(members, toOrdering('NAME', false), page), coverage: [] }
      },
    }),
    lastTestedAt: t.expose('lastTestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its last test failover ended; null when it was never tested or the vendor does not tell.',
    }),
    throughputBytesPerSecond: t.exposeFloat('throughputBytesPerSecond', {
      nullable: true,
      description: 'Bytes per second that its machines write; null where the vendor does not tell.',
    }),
    iops: t.exposeFloat('iops', {
      nullable: true,
      description: 'Writes per second of its machines; null where the vendor does not tell.',
    }),
    recoveryPoints: t.field({
      type: RecoveryPointConnectionRef,
      description: 'Its recovery points, newest first. Costs a call to the vendor for each group.',
      extensions: { vendorCalls: 1 },
      args: {
        first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
        after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
        from: t.arg({ type: 'DateTime', required: false, description: 'Not older than this.' }),
        to: t.arg({ type: 'DateTime', required: false, description: 'Not younger than this.' }),
        taggedOnly: t.arg.boolean({ required: false, description: 'Only those with a name.' }),
      },
      resolve: (group, args, context, info) => loadRecoveryPoints('ProtectionGroup', group, args, context, info),
    }),
    tasks: t.field({
      type: TaskConnectionRef,
      description: 'Tasks on it, newest first.',
      args: taskArgs(t),
      resolve: ({ id }, args, context) => loadTasksOf(id, args, context),
    }),
    details: t.expose('details', {
      type: ProtectionGroupDetailsUnion,
      description: 'Everything without a common name: ask with a fragment on the type of its vendor.',
    }),
  }),
})
