/**
 * What only VCDA has in the public schema: details, options and work. One file, and longer than others, because it is
 * the only one of this folder that may know the schema builder; it holds declarations and no logic.
 */
import { addVendorPart, builder } from '../../graphql/builder.ts'
import type {
  VcdaEndDetails,
  VcdaProtectionGroupDetails,
  VcdaReplicationDetails,
  VcdaSiteDetails,
  VcdaSiteLink,
  VcdaSlaProfile,
} from './vcda-details.ts'

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

const ReplicationDetails = builder.objectRef<VcdaReplicationDetails>('VcdaReplicationDetails')
ReplicationDetails.implement({
  description: 'The fields of a VCDA VM replication that have no common name.',
  fields: (t) => ({
    replicationId: t.exposeString('replicationId', { description: "The vendor's own identifier of it, `C4-…`." }),
    vappReplicationId: t.exposeString('vappReplicationId', {
      nullable: true,
      description: "The vendor's own identifier of its group, `C4VAPP-…`; null for a machine replicated alone.",
    }),
    owner: t.exposeString('owner', { nullable: true, description: 'Who owns it, as `organisation@site`.' }),
    metadata: t.expose('metadata', {
      type: 'JSON',
      nullable: true,
      description: 'What the vendor keeps besides, in its own form; null where there is nothing.',
    }),
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
    source: t.expose('source', { type: EndDetails, description: 'Where the machine runs.' }),
    destination: t.expose('destination', { type: EndDetails, description: 'Where the copy is.' }),
  }),
})

const GroupDetails = builder.objectRef<VcdaProtectionGroupDetails>('VcdaProtectionGroupDetails')
GroupDetails.implement({
  description: 'The fields of a VCDA vApp replication that have no common name.',
  fields: (t) => ({
    vappReplicationId: t.exposeString('vappReplicationId', {
      description: "The vendor's own identifier of it, `C4VAPP-…`.",
    }),
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
    source: t.expose('source', { type: EndDetails, description: 'Where the vApp runs.' }),
    destination: t.expose('destination', { type: EndDetails, description: 'Where the copy is.' }),
  }),
})

const SiteLink = builder.objectRef<VcdaSiteLink>('VcdaSiteLink')
SiteLink.implement({
  description: 'The link from a VCDA site to one that it is paired with.',
  fields: (t) => ({
    siteName: t.exposeString('siteName', { description: 'The name of the other site.' }),
    apiVersion: t.exposeString('apiVersion', { nullable: true, description: 'Version of the API of the other site.' }),
    buildVersion: t.exposeString('buildVersion', { nullable: true, description: 'Build of the other site.' }),
    incomingError: t.exposeString('incomingError', {
      nullable: true,
      description: 'Why nothing arrives from the other site, in the words of the vendor; null when it does.',
    }),
    outgoingError: t.exposeString('outgoingError', {
      nullable: true,
      description: 'Why nothing reaches the other site, in the words of the vendor; null when it does.',
    }),
  }),
})

const SlaProfile = builder.objectRef<VcdaSlaProfile>('VcdaSlaProfile')
SlaProfile.implement({
  description: 'A set of replication settings that a VCDA site offers under a name.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier of the profile, for `slaProfileId` of a start or an update.' }),
    name: t.exposeString('name', { description: 'Its name, e.g. Gold.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    rpoSeconds: t.exposeInt('rpoSeconds', { nullable: true, description: 'Its recovery point objective, in seconds.' }),
    isQuiesced: t.exposeBoolean('isQuiesced', {
      nullable: true,
      description: 'Whether the guest is quieted before a recovery point is taken.',
    }),
    dataConnectionType: t.exposeString('dataConnectionType', {
      nullable: true,
      description: 'How data travels, in the vendor words: PLAIN, ENCRYPTED, ENCRYPTED_COMPRESSED.',
    }),
  }),
})

const SiteDetails = builder.objectRef<VcdaSiteDetails>('VcdaSiteDetails')
SiteDetails.implement({
  description: 'The fields of a VCDA site that have no common name.',
  fields: (t) => ({
    apiUrl: t.exposeString('apiUrl', { nullable: true, description: 'Address of its API for other sites.' }),
    publicApiUrl: t.exposeString('publicApiUrl', { nullable: true, description: 'Public address of its API.' }),
    certificateThumbprint: t.exposeString('certificateThumbprint', {
      nullable: true,
      description: 'SHA-256 of its certificate, as `SHA-256:` and 32 hexadecimal octets.',
    }),
    apiVersion: t.exposeString('apiVersion', { nullable: true, description: 'Version of its API, e.g. 4.6.' }),
    links: t.expose('links', { type: [SiteLink], description: 'How the links to its paired sites are doing.' }),
    slaProfiles: t.expose('slaProfiles', {
      type: [SlaProfile],
      nullable: true,
      description: 'The SLA profiles that it offers; null where it did not give them.',
    }),
  }),
})

const DataConnectionType = builder.enumType('VcdaDataConnectionType', {
  description: 'How data travels between the sites.',
  values: {
    PLAIN: { description: 'As it is.' },
    ENCRYPTED: { description: 'Encrypted.' },
    ENCRYPTED_COMPRESSED: { description: 'Compressed and encrypted.' },
  },
})

const TargetDiskType = builder.enumType('VcdaTargetDiskType', {
  description: 'How the disks of the copy take their space at the destination.',
  values: {
    THIN: { description: 'As data arrives.' },
    PREALLOCATED: { description: 'All at once; blocks are wiped when they are first written.' },
    PREALLOCATED_ZEROS: { description: 'All at once, wiped at once.' },
  },
})

const IpAllocationMode = builder.enumType('VcdaIpAllocationMode', {
  description: 'How a network adapter gets its address.',
  values: {
    NONE: { description: 'It gets none.' },
    DHCP: { description: 'From a DHCP server.' },
    POOL: { description: 'From the static pool of its network.' },
    MANUAL: { description: 'The address that is given with it.' },
  },
})

const NetworkInput = builder.inputType('VcdaNetworkInput', {
  description: 'A network of an organisation virtual data centre.',
  fields: (t) => ({
    id: t.string({ required: true, description: 'Its identifier in Cloud Director.' }),
    name: t.string({ required: true, description: 'Its name.' }),
  }),
})

const NetworkMappingInput = builder.inputType('VcdaNetworkMappingInput', {
  description: 'Which network at the destination takes the place of one at the source.',
  fields: (t) => ({
    sourceNetworkName: t.string({ required: true, description: 'Name of the network at the source.' }),
    sourceNetwork: t.field({ type: NetworkInput, description: 'The network of the virtual data centre behind it.' }),
    destinationNetwork: t.field({
      type: NetworkInput,
      required: true,
      description: 'The network that is connected instead.',
    }),
  }),
})

const NicInput = builder.inputType('VcdaNicInput', {
  description: 'A network adapter of the recovered machine.',
  fields: (t) => ({
    index: t.int({ required: true, description: 'Number of the adapter, from 0.' }),
    isConnected: t.boolean({ description: 'Whether it is connected; true where it is left out.' }),
    resetMacAddress: t.boolean({ description: 'Whether it gets a new MAC address; false where it is left out.' }),
    networkName: t.string({ description: 'Name of the network it is connected to.' }),
    ipAllocationMode: t.field({ type: IpAllocationMode, description: 'How it gets its address.' }),
    ipAddress: t.string({ description: 'Its address, with MANUAL.' }),
  }),
})

const VmNetworksInput = builder.inputType('VcdaVmNetworksInput', {
  description: 'Network adapters of one recovered machine.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: 'Identifier of the machine, as in `vm.vendorId`.' }),
    primaryNicIndex: t.int({ description: 'Number of the primary adapter; 0 where it is left out.' }),
    copySourceNicSettings: t.boolean({
      description: 'Whether the settings of the source are taken; false where it is left out.',
    }),
    computerName: t.string({ description: 'Computer name that the guest gets.' }),
    enableGuestCustomization: t.boolean({
      description: 'Whether the guest is customised at its first start; false where it is left out.',
    }),
    nics: t.field({ type: [NicInput], description: 'Its adapters.' }),
  }),
})

const NetworksInput = builder.inputType('VcdaNetworksInput', {
  description: 'Networks of the recovered machines. Left out, the settings stored with the replication are taken.',
  fields: (t) => ({
    copySourceNetworks: t.boolean({
      description: 'Whether the networks of the source vApp are copied; false where it is left out.',
    }),
    connectAllNics: t.boolean({
      description: 'Whether all adapters are connected to the one bridge network; false where it is left out.',
    }),
    bridgeNetworks: t.field({ type: [NetworkInput], description: 'Networks that are made available in the vApp.' }),
    mappings: t.field({
      type: [NetworkMappingInput],
      description: 'Networks at the destination for those at the source.',
    }),
    vms: t.field({ type: [VmNetworksInput], description: 'Adapters, machine by machine.' }),
  }),
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
const placementDescription = 'Identifier of a placement policy for the recovered machines. From VCDA 4.5.'
const sizingDescription = 'Identifier of a sizing policy for the recovered machines. From VCDA 4.5.'

const FailoverOptions = builder.inputType('VcdaFailoverOptions', {
  description: 'What only VCDA knows of a failover.',
  fields: (t) => ({
    powerOn: t.boolean({ description: powerOnDescription }),
    consolidate: t.boolean({ description: consolidateDescription }),
    networks: t.field({ type: NetworksInput, description: 'Networks of the recovered machines.' }),
    placementPolicyId: t.string({ description: placementDescription }),
    sizingPolicyId: t.string({ description: sizingDescription }),
    recoveryPointByReplication: t.field({ type: [RecoveryPointInput], description: pointsDescription }),
  }),
})

const TestFailoverOptions = builder.inputType('VcdaTestFailoverOptions', {
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

const MoveOptions = builder.inputType('VcdaMoveOptions', {
  description: 'What only VCDA knows of a move, which it calls a migration.',
  fields: (t) => ({
    powerOn: t.boolean({ description: powerOnDescription }),
    consolidate: t.boolean({ description: consolidateDescription }),
    networks: t.field({ type: NetworksInput, description: 'Networks of the moved machines.' }),
    placementPolicyId: t.string({ description: placementDescription }),
    sizingPolicyId: t.string({ description: sizingDescription }),
  }),
})

const RetentionRuleInput = builder.inputType('VcdaRetentionRuleInput', {
  description: 'Keeps so many recovery points, so far apart.',
  fields: (t) => ({
    count: t.int({ required: true, description: 'Number of recovery points, 1 to 24.' }),
    distanceSeconds: t.int({ required: true, description: 'Seconds between two of them, in whole minutes.' }),
  }),
})

const UpdateOptions = builder.inputType('VcdaUpdateOptions', {
  description: 'Settings that only VCDA has. What is left out stays; any of them ends the use of an SLA profile.',
  fields: (t) => ({
    dataConnectionType: t.field({ type: DataConnectionType, description: 'How data travels.' }),
    isQuiesced: t.boolean({ description: 'Whether the guest is quieted before a recovery point is taken.' }),
    retentionRules: t.field({
      type: [RetentionRuleInput],
      description: 'Which recovery points are kept; 5 rules at most.',
    }),
    initialSyncAt: t.field({ type: 'DateTime', description: 'When the first copy is to begin. From VCDA 4.4.' }),
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

const VmWork = builder.inputType('VcdaVmWorkInput', {
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

const VappWork = builder.inputType('VcdaVappWorkInput', {
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

const VcenterVmWork = builder.inputType('VcdaVcenterVmWorkInput', {
  description: 'Replicate one virtual machine of a vCenter of the customer.',
  fields: (t) => ({
    sourceSiteName: t.string({ required: true, description: sourceSiteDescription }),
    vcenterId: t.string({ required: true, description: 'Identifier of the vCenter.' }),
    vmId: t.string({ required: true, description: 'Managed object reference of the machine, e.g. vm-15.' }),
    vappName: t.string({ required: true, description: 'Name of the vApp that a recovery makes.' }),
    excludedDiskKeys: t.intList({
      description: 'Device keys of disks that are not copied; none where it is left out.',
    }),
    destination: t.field({ type: DestinationInput, required: true, description: 'Where the copy is to be.' }),
    isMigration: t.boolean({ description: isMigrationDescription }),
    dataConnectionType: t.field({ type: DataConnectionType, description: connectionDescription }),
    isQuiesced: t.boolean({ description: quiescedDescription }),
    retentionRules: t.field({ type: [RetentionRuleInput], description: retentionDescription }),
    targetDiskType: t.field({ type: TargetDiskType, description: diskTypeDescription }),
    initialSyncAt: t.field({ type: 'DateTime', description: initialSyncDescription }),
  }),
})

/** Gives VCDA's part to the schema. Called once, by the registry. */
export const registerVcdaSchema = (): void =>
  addVendorPart({
    vendor: 'VCDA',
    optionName: 'vcda',
    words: {
      Site: 'a Cloud Director Availability cloud site',
      ProtectionGroup: 'a vApp replication',
      Replication: 'a VM replication',
      RecoveryPoint: 'an instance of a VM replication',
    },
    details: { Replication: ReplicationDetails, ProtectionGroup: GroupDetails, Site: SiteDetails },
    options: {
      FAILOVER: FailoverOptions,
      TEST_FAILOVER: TestFailoverOptions,
      MOVE: MoveOptions,
      UPDATE: UpdateOptions,
    },
    work: {
      vcdaVm: { type: VmWork, description: 'VCDA: one virtual machine of Cloud Director.' },
      vcdaVapp: { type: VappWork, description: 'VCDA: a vApp of Cloud Director, as one group.' },
      vcdaVcenterVm: { type: VcenterVmWork, description: 'VCDA: one virtual machine of a vCenter of the customer.' },
    },
  })
