import type { Replication, ReplicationSettings, StartupSettings, VirtualMachine } from '../../domain/replication.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import { builder, vendorParts } from '../builder.ts'
import { lastingWith, unchanging } from '../lasting.ts'
import { connectionType } from '../connection-type.ts'
import { NodeRef } from '../node/node-interface.ts'
import { protectedFields } from '../protection/protected-fields.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { replicationReadinessFields } from '../readiness/readiness-fields.ts'
import { loadRecoveryPoints } from '../recovery-point/recovery-point-field.ts'
import { RecoveryPointConnectionRef, RecoveryPointRef } from '../recovery-point/recovery-point-type.ts'
import { pastFields } from '../protection/past-fields.ts'
import { ProtectionGroupRef } from '../protection-group/protection-group-type.ts'
import { RetentionRuleRef } from './retention-rule-type.ts'
import { TaskConnectionRef } from '../task/task-type.ts'
import { loadTasksOf, taskArgs } from '../task/tasks-field.ts'

export const StartupSettingsRef = builder.objectRef<StartupSettings>('StartupSettings')
StartupSettingsRef.implement({
  description: 'How the recovered machine is started and stopped among the others of its group.',
  fields: (t) => ({
    order: t.exposeInt('order', { nullable: true, description: 'Place in the row: lower numbers start first.' }),
    startAction: t.exposeString('startAction', { nullable: true, description: "The vendor's word for how it starts." }),
    startDelaySeconds: t.exposeInt('startDelaySeconds', { nullable: true, description: 'Seconds before it starts.' }),
    stopAction: t.exposeString('stopAction', { nullable: true, description: "The vendor's word for how it stops." }),
    stopDelaySeconds: t.exposeInt('stopDelaySeconds', { nullable: true, description: 'Seconds before it stops.' }),
  }),
})

const VirtualMachineRef = builder.objectRef<VirtualMachine>('VirtualMachine')
VirtualMachineRef.implement({
  description: 'A virtual machine. Null members are what the vendor does not tell.',
  fields: (t) => ({
    vendorId: t.exposeString('vendorId', { description: "The vendor's own identifier of the machine." }),
    name: t.exposeString('name', { description: 'As the vendor calls it.' }),
    description: t.exposeString('description', { nullable: true, description: 'Free text.' }),
    computerName: t.exposeString('computerName', { nullable: true, description: 'What it calls itself.' }),
    guestOs: t.exposeString('guestOs', { nullable: true, description: 'What runs on it.' }),
    hardwareVersion: t.exposeString('hardwareVersion', { nullable: true, description: 'Of the virtual hardware.' }),
    cpuCount: t.exposeInt('cpuCount', { nullable: true, description: 'Number of virtual processors.' }),
    memoryBytes: t.expose('memoryBytes', { type: 'ByteCount', nullable: true, description: 'Memory, in bytes.' }),
    startup: t.expose('startup', { type: StartupSettingsRef, nullable: true, description: 'How it starts and stops.' }),
  }),
})

const ReplicationSettingsRef = builder.objectRef<ReplicationSettings>('ReplicationSettings')
ReplicationSettingsRef.implement({
  description: 'How a machine is replicated.',
  fields: (t) => ({
    rpoSeconds: t.exposeInt('rpoSeconds', { nullable: true, description: 'The promised recovery point objective.' }),
    isQuiesced: t.exposeBoolean('isQuiesced', {
      nullable: true,
      description: 'The guest is quieted for each recovery point; null where the vendor has no such thing.',
    }),
    retentionRules: t.expose('retentionRules', {
      type: [RetentionRuleRef],
      description: 'Which recovery points are kept, where the vendor counts points.',
    }),
    journalHistorySeconds: t.exposeInt('journalHistorySeconds', {
      nullable: true,
      description: 'How long recovery points are kept, where the vendor counts time.',
    }),
    slaProfileName: t.exposeString('slaProfileName', {
      nullable: true,
      description: 'Name of the profile that sets all of this; null when it is set by hand.',
    }),
  }),
})

const ReplicationDetailsUnion = builder.unionType('ReplicationDetails', {
  description: 'What a replication has that has no common name, by vendor.',
  types: () => vendorParts().map((part) => part.details.Replication),
  resolveType: ({ vendor }) => vendorParts().find((part) => part.vendor === vendor)?.details.Replication,
})

export const ReplicationRef = builder.objectRef<Seen<Replication>>('Replication')
export const ReplicationConnectionRef = connectionType('Replication', ReplicationRef, {
  list: 'Replications of every configured site.',
})

ReplicationRef.implement({
  extensions: unchanging,
  description: 'One protected virtual machine.',
  interfaces: [NodeRef, RecoveryTargetRef],
  fields: (t) => ({
    ...protectedFields(t),
    ...pastFields(t, 'Replication'),
    ...replicationReadinessFields(t),
    vm: t.expose('vm', { type: VirtualMachineRef, description: 'The machine.' }),
    group: t.field({
      type: ProtectionGroupRef,
      nullable: true,
      description: 'The group it belongs to; null when it is replicated alone.',
      extensions: lastingWith('groups'),
      resolve: async ({ vendor, groupNativeId }, _args, { loaders }) => {
        if (groupNativeId === null) return null
        const target = await loaders.targets.load({ kind: 'ProtectionGroup', vendor, nativeId: groupNativeId })
        return target !== null && 'vmCount' in target ? target : null
      },
    }),
    settings: t.expose('settings', { type: ReplicationSettingsRef, description: 'How it is replicated.' }),
    latestRecoveryPoint: t.expose('latestRecoveryPoint', {
      type: RecoveryPointRef,
      nullable: true,
      description: 'The newest recovery point, where the vendor tells it with the list; else see `recoveryPoints`.',
    }),
    recoveryPoints: t.field({
      type: RecoveryPointConnectionRef,
      extensions: { vendorCalls: 1 },
      description: 'Its recovery points, newest first. Costs a call to the vendor for each replication.',
      args: {
        first: t.arg.int({ defaultValue: 50, description: 'How many, up to 500.' }),
        after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
        from: t.arg({ type: 'DateTime', required: false, description: 'Not older than this.' }),
        to: t.arg({ type: 'DateTime', required: false, description: 'Not younger than this.' }),
      },
      resolve: (replication, args, context, info) =>
        loadRecoveryPoints('Replication', replication, args, context, info),
    }),
    tasks: t.field({
      type: TaskConnectionRef,
      description: 'Tasks on it, newest first.',
      args: taskArgs(t),
      resolve: ({ id }, args, context) => loadTasksOf(id, args, context),
    }),
    details: t.expose('details', {
      type: ReplicationDetailsUnion,
      description: 'Everything without a common name: ask with a fragment on the type of its vendor.',
    }),
  }),
})
