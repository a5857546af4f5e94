/** The description of a new group, and what can be changed of an existing one. */
import { builder } from '../../graphql/builder.ts'
import { JournalInput, ScriptInput, VcdNetworkInput, GroupVm } from './zerto-machine-schema.ts'
import { PriorityRef } from './zerto-options-schema.ts'

export const UpdateOptions = builder.inputType('ZertoUpdateOptions', {
  description: 'Settings of a VPG that only this vendor has. What is left out stays as it is.',
  fields: (t) => ({
    name: t.string({ description: 'Another name.' }),
    journalHistoryHours: t.int({ description: 'How far the journal should reach back, in hours.' }),
    testIntervalMinutes: t.int({ description: 'How often a test failover is due, in minutes.' }),
    useWanCompression: t.boolean({ description: 'True compresses the traffic.' }),
    journal: t.field({ type: JournalInput, description: 'Limits and place of the journals.' }),
    scratch: t.field({ type: JournalInput, description: 'Limits and place of the scratch journals. From 7.5 on.' }),
    defaultHostId: t.string({ description: 'Recovery host of machines that name none.' }),
    defaultHostClusterId: t.string({ description: 'Recovery cluster, instead of a host.' }),
    defaultDatastoreId: t.string({ description: 'Recovery datastore of machines that name none.' }),
    defaultDatastoreClusterId: t.string({ description: 'Datastore cluster, instead of a datastore.' }),
    defaultFolderId: t.string({ description: 'Recovery folder of machines that name none.' }),
    resourcePoolId: t.string({ description: 'Resource pool of the recovered machines.' }),
    orgVdcId: t.string({ description: "Data center of the recovery site's organisation, in Cloud Director." }),
    failoverNetworkId: t.string({ description: 'Network of the machines after a failover or move.' }),
    testNetworkId: t.string({ description: 'Network of the machines in a test failover.' }),
    failoverVcdNetwork: t.field({ type: VcdNetworkInput, description: 'The same in Cloud Director.' }),
    testVcdNetwork: t.field({ type: VcdNetworkInput, description: 'The same in Cloud Director, for tests.' }),
    preRecoveryScript: t.field({ type: ScriptInput, description: 'Runs before each recovery.' }),
    postRecoveryScript: t.field({ type: ScriptInput, description: 'Runs after each recovery.' }),
    addVms: t.field({ type: [GroupVm], description: 'Machines to protect as well.' }),
    changeVms: t.field({ type: [GroupVm], description: 'Machines of the VPG whose settings change.' }),
    removeVmIds: t.stringList({ description: 'Machines, `<vCenter>.vm-38`, that the VPG is to protect no more.' }),
  }),
})

export const BootGroupInput = builder.inputType('ZertoBootGroupInput', {
  description: 'Machines that are started together. The groups start in the order given, after the default one.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the group; machines name it.' }),
    delaySeconds: t.int({ description: 'How long the next group waits, in seconds. Left out: 0.' }),
  }),
})

export const GroupWork = builder.inputType('ZertoGroupWorkInput', {
  description:
    'A new VPG. Its RPO is `rpoSeconds` beside it (left out: 300), or that of the service profile in `slaProfileId`. A site before 6.0 takes names, sites, machines, datastore, resource pool, data center, vApp, priority and ZORG only.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the VPG, unique at the vendor.' }),
    protectedSiteId: t.id({
      required: true,
      description: 'The site that has the machines: its id here, or its own GUID.',
    }),
    recoverySiteId: t.id({
      required: true,
      description: 'The site that gets the replicas: its id here, or its own GUID.',
    }),
    vms: t.field({ type: [GroupVm], required: true, description: 'The machines, at least one.' }),
    protectedVappId: t.string({ description: 'The vApp that is protected whole, in Cloud Director.' }),
    defaultHostId: t.string({ description: 'Recovery host of machines that name none.' }),
    defaultHostClusterId: t.string({ description: 'Recovery cluster, instead of a host.' }),
    defaultDatastoreId: t.string({ description: 'Recovery datastore of machines that name none.' }),
    defaultDatastoreClusterId: t.string({ description: 'Datastore cluster, instead of a datastore.' }),
    defaultFolderId: t.string({ description: 'Recovery folder of machines that name none.' }),
    resourcePoolId: t.string({ description: 'Resource pool of the recovered machines.' }),
    orgVdcId: t.string({ description: "Data center of the recovery site's organisation, in Cloud Director." }),
    failoverNetworkId: t.string({ description: 'Network of the machines after a failover or move.' }),
    testNetworkId: t.string({ description: 'Network of the machines in a test failover.' }),
    failoverVcdNetwork: t.field({ type: VcdNetworkInput, description: 'The same in Cloud Director.' }),
    testVcdNetwork: t.field({ type: VcdNetworkInput, description: 'The same in Cloud Director, for tests.' }),
    journalHistoryHours: t.int({ description: 'How far the journal should reach back, in hours. Left out: 24.' }),
    journalDatastoreId: t.string({ description: 'Datastore of the journals. Left out: that of the replicas.' }),
    journalDatastoreClusterId: t.string({ description: 'Datastore cluster of the journals, instead of a datastore.' }),
    journalHardLimitMegabytes: t.int({
      description: 'The most that the journal of a machine may take, in MB; 0 is no limit. Left out: 153600.',
    }),
    journalHardLimitPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    journalWarningMegabytes: t.int({
      description: 'Where the site begins to warn, in MB; 0 is never. Left out: 115200.',
    }),
    journalWarningPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    scratch: t.field({ type: JournalInput, description: 'Limits and place of the scratch journals. From 7.5 on.' }),
    testIntervalMinutes: t.int({
      description: 'How often a test failover is due, in minutes. Left out: 262080, half a year.',
    }),
    priority: t.field({ type: PriorityRef, description: 'Left out: MEDIUM.' }),
    useWanCompression: t.boolean({ description: 'True compresses the traffic. Left out: true.' }),
    organizationId: t.string({ description: 'Identifier of the ZORG that the VPG belongs to.' }),
    bootGroups: t.field({ type: [BootGroupInput], description: 'Machines that are started together.' }),
    preRecoveryScript: t.field({ type: ScriptInput, description: 'Runs before each recovery.' }),
    postRecoveryScript: t.field({ type: ScriptInput, description: 'Runs after each recovery.' }),
  }),
})
