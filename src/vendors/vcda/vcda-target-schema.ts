/** What VCDA's replications and groups have in the public schema beyond the common fields. */
import type { TargetKind } from '../../domain/capabilities.ts'
import type { TaskTarget } from '../../domain/task.ts'
import { builder } from '../../graphql/builder.ts'
import type { VcdaEndDetails, VcdaProtectionGroupDetails, VcdaReplicationDetails } from './vcda-details.ts'
import { toRecoveryPointNativeId } from './vcda-ids.ts'
import { NetworkSettings } from './vcda-networks-schema.ts'
import { requireSpecifics } from './vcda-specifics.ts'
import { TrafficSample } from './vcda-site-schema.ts'

const toTarget = (kind: TargetKind, nativeId: string): TaskTarget => ({ kind, vendor: 'VCDA', nativeId })

const EndDetails = builder.objectRef<VcdaEndDetails>('VcdaEndDetails')
EndDetails.implement({
  description: 'One end of a VCDA replication, as far as it has no common name.',
  fields: (t) => ({
    vdcId: t.exposeString('vdcId', { nullable: true, description: 'Identifier of the virtual data centre.' }),
    vappId: t.exposeString('vappId', { nullable: true, description: 'Identifier of the vApp that holds the machine.' }),
    recoveredVappId: t.exposeString('recoveredVappId', {
      nullable: true,
      description: 'Identifier of the vApp that a recovery made; null before one.',
    }),
    catalogItemId: t.exposeString('catalogItemId', {
      nullable: true,
      description: 'Identifier of the catalog item at the destination, for templates.',
    }),
  }),
})

/** What a VM replication has that has no common name. */
export const ReplicationDetails = builder.objectRef<VcdaReplicationDetails>('VcdaReplicationDetails')
ReplicationDetails.implement({
  description: 'The fields of a VCDA VM replication that have no common name.',
  fields: (t) => ({
    replicationId: t.exposeString('nativeId', { description: "The vendor's own identifier of it, `C4-…`." }),
    vappReplicationId: t.exposeString('vappReplicationId', {
      nullable: true,
      description: "The vendor's own identifier of its group, `C4VAPP-…`; null for a machine replicated alone.",
    }),
    owner: t.exposeString('owner', { nullable: true, description: 'Who owns it, as `organisation@site`.' }),
    dataConnectionState: t.exposeString('dataConnectionState', {
      nullable: true,
      description: 'How the transfer is doing, in the vendor words: OK, SYNCING, PAUSED, ERROR and others.',
    }),
    sourceState: t.exposeString('sourceState', {
      nullable: true,
      description: 'What the source reports, in the vendor words: idle, syncing, active, paused, error, none.',
    }),
    sourceStateAgeSeconds: t.exposeInt('sourceStateAgeSeconds', {
      nullable: true,
      description: 'Seconds since the source reported its state. Much more than the RPO means that the report is old.',
    }),
    destinationState: t.exposeString('destinationState', {
      nullable: true,
      description: 'What the destination reports, in the vendor words: idle, opened, lwd, fullsync, prune and others.',
    }),
    destinationStateAgeSeconds: t.exposeInt('destinationStateAgeSeconds', {
      nullable: true,
      description: 'Seconds since the destination reported its state.',
    }),
    recoveryState: t.exposeString('recoveryState', {
      nullable: true,
      description: 'Where a recovery stands, in the vendor words: NOT_STARTED, IN_PROGRESS, TEST, COMPLETE.',
    }),
    isMovingReplica: t.exposeBoolean('isMovingReplica', {
      nullable: true,
      description: 'True while the copy is moved to another datastore at the destination.',
    }),
    dataConnectionType: t.exposeString('dataConnectionType', {
      nullable: true,
      description: 'How data travels, in the vendor words: PLAIN, ENCRYPTED, ENCRYPTED_COMPRESSED.',
    }),
    initialSyncAt: t.expose('initialSyncAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the first copy is to begin; null for at once.',
    }),
    excludedDiskKeys: t.exposeIntList('excludedDiskKeys', { description: 'Device keys of disks that are not copied.' }),
    lastErrorCode: t.exposeString('lastErrorCode', {
      nullable: true,
      description: 'The vendor code of the last error; null when there was none.',
    }),
    lastErrorMessage: t.exposeString('lastErrorMessage', {
      nullable: true,
      description: 'The last error in the words of the vendor; null when there was none.',
    }),
    lastErrorArguments: t.exposeStringList('lastErrorArguments', {
      description: 'What the last error is about, in the order that its code gives it; empty for most.',
    }),
    lastUpdatedAt: t.expose('lastUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a management operation last changed it.',
    }),
    slaProfileId: t.exposeString('slaProfileId', {
      nullable: true,
      description: 'Identifier of the SLA profile; null for settings of its own.',
    }),
    storageProfileId: t.exposeString('storageProfileId', {
      nullable: true,
      description: 'Identifier of the storage profile at the destination.',
    }),
    datastoreId: t.exposeString('datastoreId', {
      nullable: true,
      description: 'Identifier of the datastore at the destination.',
    }),
    datastoreMoref: t.exposeString('datastoreMoref', {
      nullable: true,
      description: 'Managed object reference of the datastore at the destination. For providers only.',
    }),
    vimServer: t.exposeString('vimServer', {
      nullable: true,
      description: 'The vCenter at the destination. For providers only.',
    }),
    vimServerInstanceUuid: t.exposeString('vimServerInstanceUuid', {
      nullable: true,
      description: 'Instance UUID of the vCenter at the destination. For providers only.',
    }),
    optimizedReverseUntil: t.expose('optimizedReverseUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when a reversal transfers only what has changed; null where it does not apply.',
    }),
    recoveredVmId: t.exposeString('recoveredVmId', {
      nullable: true,
      description: 'Identifier of the machine that a recovery made; null before one.',
    }),
    recoveredVappId: t.exposeString('recoveredVappId', {
      nullable: true,
      description: 'Identifier of the vApp that a recovery put the machine into; null before one.',
    }),
    recoveryType: t.exposeString('recoveryType', {
      nullable: true,
      description: 'Where it was recovered to, in the vendor words: vcloud, vcenter. From VCDA 4.3.',
    }),
    recoveredStorageProfileId: t.exposeString('recoveredStorageProfileId', {
      nullable: true,
      description: 'Identifier of the storage profile of the recovered machine; null before a recovery.',
    }),
    recoveredStorageProfileName: t.exposeString('recoveredStorageProfileName', {
      nullable: true,
      description: 'Name of the storage profile of the recovered machine; null before a recovery.',
    }),
    metadata: t.expose('metadata', {
      type: 'JSON',
      nullable: true,
      description: 'Metadata of the machine, as the site gives it.',
    }),
    guestCustomization: t.expose('guestCustomization', {
      type: 'JSON',
      nullable: true,
      description:
        'How the guest is customised after a recovery, as the site gives it, passwords masked. From VCDA 4.5.',
    }),
    source: t.expose('source', { type: EndDetails, description: 'Where the machine runs.' }),
    destination: t.expose('destination', { type: EndDetails, description: 'Where the copy is.' }),
    networkSettings: t.field({
      type: NetworkSettings,
      nullable: true,
      description: 'Networks that are stored for its recovery. Asked of the site when somebody asks.',
      extensions: { vendorCalls: 1 },
      resolve: ({ nativeId }, _args, { inventory, signal }) =>
        inventory.readTarget(toTarget('Replication', nativeId), (adapter) =>
          requireSpecifics(adapter).getNetworkSettings('Replication', nativeId, signal),
        ),
    }),
    recoveryPointDiskKeys: t.intList({
      nullable: true,
      description:
        'Device keys of the disks that are in one of its recovery points. Asked of the site when somebody asks.',
      args: {
        recoveryPointVendorId: t.arg.string({ required: true, description: 'The `vendorId` of the RecoveryPoint.' }),
      },
      extensions: { vendorCalls: 1 },
      resolve: async ({ nativeId }, { recoveryPointVendorId }, { inventory, signal }) => {
        const pointId = toRecoveryPointNativeId(nativeId, recoveryPointVendorId)
        const keys = await inventory.readTarget(toTarget('Replication', nativeId), (adapter) =>
          requireSpecifics(adapter).listDiskKeys(nativeId, pointId, signal),
        )
        return [...keys]
      },
    }),
    trafficNow: t.field({
      type: [TrafficSample],
      nullable: true,
      description: 'Its traffic of the moment, the oldest first. Asked of the site when somebody asks.',
      extensions: { vendorCalls: 1 },
      resolve: async ({ nativeId }, _args, { inventory, signal }) => {
        const samples = await inventory.readTarget(toTarget('Replication', nativeId), (adapter) =>
          requireSpecifics(adapter).readTrafficNow(nativeId, signal),
        )
        return [...samples]
      },
    }),
  }),
})

/** What a vApp replication has that has no common name. */
export const GroupDetails = builder.objectRef<VcdaProtectionGroupDetails>('VcdaProtectionGroupDetails')
GroupDetails.implement({
  description: 'The fields of a VCDA vApp replication that have no common name.',
  fields: (t) => ({
    vappReplicationId: t.exposeString('nativeId', { description: "The vendor's own identifier of it, `C4VAPP-…`." }),
    owner: t.exposeString('owner', { nullable: true, description: 'Who owns it, as `organisation@site`.' }),
    isGoldenImage: t.exposeBoolean('isGoldenImage', {
      nullable: true,
      description: 'True for a template that is copied as a golden master.',
    }),
    lastUpdatedAt: t.expose('lastUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a management operation last changed it.',
    }),
    isTemplateCustomized: t.exposeBoolean('isTemplateCustomized', {
      nullable: true,
      description: 'True for a template whose machines are customised when they are recovered.',
    }),
    metadata: t.expose('metadata', {
      type: 'JSON',
      nullable: true,
      description: 'Metadata of the vApp, as the site gives it.',
    }),
    networks: t.expose('networks', {
      type: 'JSON',
      nullable: true,
      description: 'Networks of the vApp at the source, as the site gives them. From VCDA 3.5.',
    }),
    source: t.expose('source', { type: EndDetails, description: 'Where the vApp runs.' }),
    destination: t.expose('destination', { type: EndDetails, description: 'Where the copy is.' }),
    networkSettings: t.field({
      type: NetworkSettings,
      nullable: true,
      description: 'Networks that are stored for its recovery. Asked of the site when somebody asks.',
      extensions: { vendorCalls: 1 },
      resolve: ({ nativeId }, _args, { inventory, signal }) =>
        inventory.readTarget(toTarget('ProtectionGroup', nativeId), (adapter) =>
          requireSpecifics(adapter).getNetworkSettings('ProtectionGroup', nativeId, signal),
        ),
    }),
  }),
})
