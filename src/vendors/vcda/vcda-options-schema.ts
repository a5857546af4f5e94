/** Options of operations that only VCDA has, as inputs of the public schema. */
import { builder } from '../../graphql/builder.ts'
import { NetworksInput, NetworkSettingsInput } from './vcda-networks-schema.ts'

/** How data travels between the sites. */
export const DataConnectionType = builder.enumType('VcdaDataConnectionType', {
  description: 'How data travels between the sites.',
  values: {
    PLAIN: { description: 'As it is.' },
    ENCRYPTED: { description: 'Encrypted.' },
    ENCRYPTED_COMPRESSED: { description: 'Compressed and encrypted.' },
  },
})

const RecoveryPointInput = builder.inputType('VcdaReplicationRecoveryPointInput', {
  description: 'The recovery point that one member of a group is taken back to.',
  fields: (t) => ({
    replicationId: t.id({ required: true, description: 'Id of the Replication.' }),
    recoveryPointId: t.id({ required: true, description: 'Id of one of its RecoveryPoints.' }),
  }),
})

const pointsDescription =
  'With a group as target: the recovery point of each member; members that are not named are taken back to their newest.'
const powerOnDescription = 'Whether the recovered machines are started; true where it is left out.'
const consolidateDescription = 'Whether the disks are consolidated after recovery; false where it is left out.'
const tagsDescription = 'Whether the security tags of the source are copied. From VCDA 4.7.'
/** Of the member that chooses a placement policy. */
export const placementDescription = 'Identifier of a placement policy for the recovered machines. From VCDA 4.5.'
/** Of the member that chooses a sizing policy. */
export const sizingDescription = 'Identifier of a sizing policy for the recovered machines. From VCDA 4.5.'

/** What only VCDA knows of a failover. */
export const FailoverOptions = builder.inputType('VcdaFailoverOptions', {
  description: 'What only VCDA knows of a failover.',
  fields: (t) => ({
    powerOn: t.boolean({ description: powerOnDescription }),
    consolidate: t.boolean({ description: consolidateDescription }),
    networks: t.field({ type: NetworksInput, description: 'Networks of the recovered machines.' }),
    placementPolicyId: t.string({ description: placementDescription }),
    sizingPolicyId: t.string({ description: sizingDescription }),
    copySecurityTags: t.boolean({ description: tagsDescription }),
    recoveryPointByReplication: t.field({ type: [RecoveryPointInput], description: pointsDescription }),
  }),
})

/** What only VCDA knows of a test failover. */
export const TestFailoverOptions = builder.inputType('VcdaTestFailoverOptions', {
  description: 'What only VCDA knows of a test failover.',
  fields: (t) => ({
    powerOn: t.boolean({ description: powerOnDescription }),
    syncFirst: t.boolean({
      description:
        'Whether a synchronisation comes first; false where it is left out. Not together with a recovery point.',
    }),
    networks: t.field({ type: NetworksInput, description: 'Networks of the test machines.' }),
    recoveryPointByReplication: t.field({ type: [RecoveryPointInput], description: pointsDescription }),
  }),
})

/** What only VCDA knows of a move. */
export const MoveOptions = builder.inputType('VcdaMoveOptions', {
  description: 'What only VCDA knows of a move, which it calls a migration.',
  fields: (t) => ({
    powerOn: t.boolean({ description: powerOnDescription }),
    consolidate: t.boolean({ description: consolidateDescription }),
    networks: t.field({ type: NetworksInput, description: 'Networks of the moved machines.' }),
    placementPolicyId: t.string({ description: placementDescription }),
    sizingPolicyId: t.string({ description: sizingDescription }),
    copySecurityTags: t.boolean({ description: tagsDescription }),
  }),
})

/** Which recovery points are kept. */
export const RetentionRuleInput = builder.inputType('VcdaRetentionRuleInput', {
  description: 'Keeps so many recovery points, so far apart.',
  fields: (t) => ({
    count: t.int({ required: true, description: 'Number of recovery points, 1 to 24.' }),
    distanceSeconds: t.int({ required: true, description: 'Seconds between two of them, in whole minutes.' }),
  }),
})

/** What only VCDA knows of an update. */
export const UpdateOptions = builder.inputType('VcdaUpdateOptions', {
  description:
    'Settings that only VCDA has. What is left out stays. One kind of change in a mutation: the settings of the transfer (all but initialSyncAt end the use of an SLA profile), the owner, the storage profile, or the stored networks.',
  fields: (t) => ({
    dataConnectionType: t.field({ type: DataConnectionType, description: 'How data travels.' }),
    isQuiesced: t.boolean({ description: 'Whether the guest is quieted before a recovery point is taken.' }),
    retentionRules: t.field({
      type: [RetentionRuleInput],
      description: 'Which recovery points are kept; 5 rules at most.',
    }),
    initialSyncAt: t.field({ type: 'DateTime', description: 'When the first copy is to begin. From VCDA 4.4.' }),
    owner: t.string({
      description: 'Who is to own it, as `organisation@site`; with a group all its machines too. For providers only.',
    }),
    storageProfileId: t.string({ description: 'Identifier of the storage profile that the copy is to move to.' }),
    reapplyStorageProfile: t.boolean({ description: 'True to apply the present storage profile once more.' }),
    networkSettings: t.field({ type: NetworkSettingsInput, description: 'Networks that are stored for recoveries.' }),
  }),
})
