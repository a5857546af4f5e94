/** What a start of VCDA can begin with, as inputs of the public schema. */
import { builder } from '../../graphql/builder.ts'
import {
  DataConnectionType,
  placementDescription,
  RetentionRuleInput,
  sizingDescription,
} from './vcda-options-schema.ts'

const TargetDiskType = builder.enumType('VcdaTargetDiskType', {
  description: 'How the disks of the copy take their space at the destination.',
  values: {
    THIN: { description: 'As data arrives.' },
    PREALLOCATED: { description: 'All at once; blocks are wiped when they are first written.' },
    PREALLOCATED_ZEROS: { description: 'All at once, wiped at once.' },
  },
})

const SeedInput = builder.inputType('VcdaVmSeedInput', {
  description: 'An existing machine of a vCenter whose disks become the copy of one machine. It is deleted for that.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: 'Identifier of the machine that is replicated.' }),
    seedId: t.string({ required: true, description: 'Managed object reference of the existing machine.' }),
    seedVcenterId: t.string({ required: true, description: 'Identifier of the vCenter of the existing machine.' }),
  }),
})

const DestinationInput = builder.inputType('VcdaDestinationInput', {
  description: 'Where the copy is to be.',
  fields: (t) => ({
    siteName: t.string({ required: true, description: 'Name of the destination site.' }),
    vdcId: t.string({ description: 'Identifier of the virtual data centre. Left out: a vCenter of the customer.' }),
    storageProfileId: t.string({ description: 'Identifier of a storage profile; any where it is left out.' }),
    placementPolicyId: t.string({ description: placementDescription }),
    sizingPolicyId: t.string({ description: sizingDescription }),
    seedId: t.string({
      description: 'Identifier of an existing machine or vApp whose disks become the copy. It is deleted for that.',
    }),
    seedVcenterId: t.string({ description: 'Identifier of the vCenter of the seed, with a vCenter as destination.' }),
    vmSeeds: t.field({
      type: [SeedInput],
      description: 'Seeds of the machines of a vApp, with a vCenter as destination.',
    }),
  }),
})

const isMigrationDescription = 'True to copy once and move for good, false to protect; false where it is left out.'
const connectionDescription =
  'How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none.'
const quiescedDescription =
  'Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false.'
const retentionDescription =
  'Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only.'
const diskTypeDescription = 'How the disks of the copy take their space; THIN where it is left out.'
const initialSyncDescription = 'When the first copy is to begin; at once where it is left out.'
const sourceSiteDescription = 'Name of the site where it runs.'

const StartupInput = builder.inputType('VcdaStartupInput', {
  description: 'How the recovered machine is started and stopped among the others of its vApp.',
  fields: (t) => ({
    order: t.int({ description: 'Its place in the order; 0 where it is left out.' }),
    startAction: t.string({
      description: 'What starts it, in the words of Cloud Director; powerOn where it is left out.',
    }),
    startDelaySeconds: t.int({ description: 'Seconds until the next one is started; 0 where it is left out.' }),
    stopAction: t.string({
      description: 'What stops it, in the words of Cloud Director; powerOff where it is left out.',
    }),
    stopDelaySeconds: t.int({ description: 'Seconds until the next one is stopped; 0 where it is left out.' }),
  }),
})

const excludedDescription = 'Device keys of disks that are not copied; none where it is left out.'
const startupDescription = 'How it is started and stopped in the vApp that a recovery makes.'

const VcenterVmInput = builder.inputType('VcdaVcenterVmInput', {
  description: 'One machine of a vCenter.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: 'Managed object reference of the machine, e.g. vm-15.' }),
    excludedDiskKeys: t.intList({ description: excludedDescription }),
    startup: t.field({ type: StartupInput, description: startupDescription }),
  }),
})

/** One machine of Cloud Director. */
export const VmWork = builder.inputType('VcdaVmWorkInput', {
  description: 'Replicate one virtual machine of Cloud Director.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vmId: t.string({ required: true, description: 'Identifier of the machine in Cloud Director.' }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})

/** A vApp of Cloud Director. */
export const VappWork = builder.inputType('VcdaVappWorkInput', {
  description: 'Replicate a vApp of Cloud Director with all its machines, as one group.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vappId: t.string({ required: true, description: 'Identifier of the vApp in Cloud Director.' }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})

/** One machine of a vCenter. */
export const VcenterVmWork = builder.inputType('VcdaVcenterVmWorkInput', {
  description: 'Replicate one virtual machine of a vCenter of the customer.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vcenterId: t.string({ required: true, description: 'Identifier of the vCenter.' }),
    vmId: t.string({ required: true, description: 'Managed object reference of the machine, e.g. vm-15.' }),
    vappName: t.string({ required: true, description: 'Name of the vApp that a recovery makes.' }),
    excludedDiskKeys: t.intList({ description: excludedDescription }),
    startup: t.field({ type: StartupInput, description: startupDescription }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})

/** A template of Cloud Director. */
export const VappTemplateWork = builder.inputType('VcdaVappTemplateWorkInput', {
  description: 'Replicate a vApp template of Cloud Director, as one group. From VCDA 4.3.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vappTemplateId: t.string({ required: true, description: 'Identifier of the template in Cloud Director.' }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})

/** Several machines of a vCenter. */
export const VcenterVappWork = builder.inputType('VcdaVcenterVappWorkInput', {
  description: 'Replicate several virtual machines of a vCenter of the customer, as one group.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vcenterId: t.string({ required: true, description: 'Identifier of the vCenter.' }),
    vms: t.field({ type: [VcenterVmInput], required: true, description: 'The machines.' }),
    vappName: t.string({ required: true, description: 'Name of the vApp that a recovery makes.' }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})
