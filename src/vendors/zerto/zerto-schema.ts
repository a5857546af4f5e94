/**
 * What only Zerto has in GraphQL: its details types, its option inputs, and the description of a new VPG. Long because
 * every field carries its description, and this is the one file of the vendor that may know the builder.
 */
import { addVendorPart, builder } from '../../graphql/builder.ts'
import type {
  ZertoAzureMachine,
  ZertoFailSafeHistory,
  ZertoJournalLimit,
  ZertoNetworkAdapter,
  ZertoPeer,
  ZertoProtectionGroupDetails,
  ZertoReplicationDetails,
  ZertoSiteDetails,
} from './zerto-details.ts'

const GroupDetailsRef = builder.objectRef<ZertoProtectionGroupDetails>('ZertoProtectionGroupDetails')
const ReplicationDetailsRef = builder.objectRef<ZertoReplicationDetails>('ZertoReplicationDetails')
const SiteDetailsRef = builder.objectRef<ZertoSiteDetails>('ZertoSiteDetails')
const FailSafeHistoryRef = builder.objectRef<ZertoFailSafeHistory>('ZertoFailSafeHistory')
const AzureMachineRef = builder.objectRef<ZertoAzureMachine>('ZertoAzureMachine')
const JournalLimitRef = builder.objectRef<ZertoJournalLimit>('ZertoJournalLimit')
const NetworkAdapterRef = builder.objectRef<ZertoNetworkAdapter>('ZertoNetworkAdapter')
const PeerRef = builder.objectRef<ZertoPeer>('ZertoPeer')

FailSafeHistoryRef.implement({
  description: 'How far back the journal reaches at worst.',
  fields: (t) => ({
    actualMinutes: t.exposeInt('actualMinutes', { nullable: true, description: 'What it reaches now, in minutes.' }),
    configuredMinutes: t.exposeInt('configuredMinutes', {
      nullable: true,
      description: 'What is asked for, in minutes.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'The site says it in words.' }),
  }),
})

JournalLimitRef.implement({
  description: 'A limit on the journal of a machine.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'Unlimited, Megabytes or Percentage: the unit of the value.' }),
    value: t.exposeInt('value', { nullable: true, description: 'How much, in the unit that `type` names.' }),
  }),
})

NetworkAdapterRef.implement({
  description: 'A network adapter of a protected machine.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'e.g. "Network adapter 1".' }),
    networkId: t.exposeString('networkId', { nullable: true, description: "The network's identifier at the vendor." }),
    ipAddresses: t.exposeStringList('ipAddresses', { description: 'Addresses that the guest reports.' }),
  }),
})

AzureMachineRef.implement({
  description: 'What a machine in Azure has beyond others.',
  fields: (t) => ({
    resourceGroup: t.exposeString('resourceGroup', { nullable: true, description: 'Its resource group.' }),
    size: t.exposeString('size', { nullable: true, description: 'e.g. Standard_D2s_v3.' }),
    tags: t.exposeStringList('tags', { description: 'Its tags, as `key=value`.' }),
  }),
})

GroupDetailsRef.implement({
  description: 'What a VPG has beyond the common fields.',
  fields: (t) => ({
    vpgType: t.exposeString('vpgType', { nullable: true, description: 'e.g. Remote.' }),
    status: t.exposeString('status', {
      nullable: true,
      description: 'e.g. MeetingSLA; a number where it has no name.',
    }),
    statusDescription: t.exposeString('statusDescription', { nullable: true, description: 'The status in words.' }),
    subStatus: t.exposeString('subStatus', {
      nullable: true,
      description: 'e.g. BitmapSync; a number without a name.',
    }),
    subStatusDescription: t.exposeString('subStatusDescription', {
      nullable: true,
      description: 'The sub-status in words.',
    }),
    alertStatus: t.exposeString('alertStatus', {
      nullable: true,
      description: 'The worst alert on the VPG: Normal, Warning, Error, Pairing or Unpairing.',
    }),
    testStage: t.exposeString('testStage', {
      nullable: true,
      description: 'Stage of the running test failover; null without one.',
    }),
    progressPercent: t.exposeFloat('progressPercent', {
      nullable: true,
      description: 'Progress of a synchronisation, 0 to 100.',
    }),
    protectedEntity: t.exposeString('protectedEntity', {
      nullable: true,
      description: 'What runs the protected end: VCVpg, VCvApp, VCDvApp, PublicCloud (AWS), HyperV or Azure.',
    }),
    recoveryEntity: t.exposeString('recoveryEntity', {
      nullable: true,
      description: 'What runs the recovery end, in the same words.',
    }),
    organizationId: t.exposeString('organizationId', {
      nullable: true,
      description: 'Identifier of the ZORG; null without one.',
    }),
    organizationName: t.exposeString('organizationName', { nullable: true, description: 'Name of the ZORG.' }),
    serviceProfileId: t.exposeString('serviceProfileId', {
      nullable: true,
      description: 'Identifier of the service profile.',
    }),
    serviceProfileName: t.exposeString('serviceProfileName', {
      nullable: true,
      description: 'Name of the service profile.',
    }),
    isBackupEnabled: t.exposeBoolean('isBackupEnabled', {
      nullable: true,
      description: 'True with long-term retention.',
    }),
    actualHistoryMinutes: t.exposeInt('actualHistoryMinutes', {
      nullable: true,
      description: 'How far the journal reaches back, in minutes.',
    }),
    configuredHistoryMinutes: t.exposeInt('configuredHistoryMinutes', {
      nullable: true,
      description: 'How far it should reach back, in minutes.',
    }),
    earliestCheckpointId: t.exposeString('earliestCheckpointId', {
      nullable: true,
      description: 'The oldest checkpoint in the journal.',
    }),
    earliestCheckpointAt: t.expose('earliestCheckpointAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the oldest checkpoint was taken.',
    }),
    earliestCheckpointTag: t.exposeString('earliestCheckpointTag', {
      nullable: true,
      description: 'Tag of the oldest checkpoint.',
    }),
    failSafeHistory: t.expose('failSafeHistory', {
      type: FailSafeHistoryRef,
      nullable: true,
      description: 'How far back the journal reaches at worst.',
    }),
  }),
})

ReplicationDetailsRef.implement({
  description: 'What a machine in a VPG has beyond the common fields.',
  fields: (t) => ({
    vmIdentifier: t.exposeString('vmIdentifier', { description: "The machine's identifier, `<vCenter>.vm-38`." }),
    vpgIdentifier: t.exposeString('vpgIdentifier', {
      description: 'Identifier of its VPG. A machine may be in several.',
    }),
    vpgName: t.exposeString('vpgName', { nullable: true, description: 'Name of its VPG.' }),
    priority: t.exposeString('priority', { nullable: true, description: 'Low, Medium or High.' }),
    organizationName: t.exposeString('organizationName', { nullable: true, description: 'Name of the ZORG.' }),
    isVmExisting: t.exposeBoolean('isVmExisting', {
      nullable: true,
      description: 'False when the machine is gone from its site.',
    }),
    isAgentInstalled: t.exposeBoolean('isAgentInstalled', {
      nullable: true,
      description: 'True with an agent in the guest.',
    }),
    isFileRecoveryEnabled: t.exposeBoolean('isFileRecoveryEnabled', {
      nullable: true,
      description: 'True when files can be restored from the journal.',
    }),
    lastTestedAt: t.expose('lastTestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last took part in a test failover.',
    }),
    iops: t.exposeFloat('iops', { nullable: true, description: 'Writes per second.' }),
    throughputBytesPerSecond: t.exposeFloat('throughputBytesPerSecond', {
      nullable: true,
      description: 'Bytes written per second.',
    }),
    outgoingBandwidthMbps: t.exposeFloat('outgoingBandwidthMbps', {
      nullable: true,
      description: 'Traffic to the recovery site, in Mbit/s.',
    }),
    journalHardLimit: t.expose('journalHardLimit', {
      type: JournalLimitRef,
      nullable: true,
      description: 'The most that the journal may take.',
    }),
    journalWarningThreshold: t.expose('journalWarningThreshold', {
      type: JournalLimitRef,
      nullable: true,
      description: 'Where the site begins to warn.',
    }),
    protectedHostId: t.exposeString('protectedHostId', {
      nullable: true,
      description: 'Host on which the machine runs.',
    }),
    protectedHostName: t.exposeString('protectedHostName', {
      nullable: true,
      description: 'Name of the host on which the machine runs.',
    }),
    protectedDatastoreId: t.exposeString('protectedDatastoreId', {
      nullable: true,
      description: 'Datastore that holds the machine; its name is in `source`.',
    }),
    recoveryHostId: t.exposeString('recoveryHostId', { nullable: true, description: 'Host that receives the data.' }),
    recoveryHostName: t.exposeString('recoveryHostName', {
      nullable: true,
      description: 'Name of the host that receives the data.',
    }),
    volumeIds: t.exposeStringList('volumeIds', { description: 'Protected volumes, e.g. "scsi:0:0".' }),
    nicIds: t.exposeStringList('nicIds', { description: 'Network cards that the settings can map.' }),
    networkAdapters: t.expose('networkAdapters', {
      type: [NetworkAdapterRef],
      description: 'Adapters as the guest reports them.',
    }),
    azure: t.expose('azure', {
      type: AzureMachineRef,
      nullable: true,
      description: 'Only where the machine runs in Azure.',
    }),
  }),
})

PeerRef.implement({
  description: 'A site with which a Zerto site is paired, as the asked one describes it.',
  fields: (t) => ({
    siteIdentifier: t.exposeString('siteIdentifier', { description: "The peer's own GUID." }),
    name: t.exposeString('name', { nullable: true, description: 'Name of the peer.' }),
    location: t.exposeString('location', { nullable: true, description: 'Where the peer is, as its people wrote it.' }),
    hostName: t.exposeString('hostName', { nullable: true, description: 'Address of the peer.' }),
    port: t.exposeInt('port', { nullable: true, description: 'Port over which the two sites speak.' }),
    pairingStatus: t.exposeString('pairingStatus', { nullable: true, description: 'Paired, Pairing or Unpaired.' }),
    siteType: t.exposeString('siteType', { nullable: true, description: 'e.g. VCenter.' }),
    version: t.exposeString('version', { nullable: true, description: 'Product version of the peer.' }),
    regionName: t.exposeString('regionName', { nullable: true, description: 'Region of a cloud site.' }),
    provisionedBytes: t.expose('provisionedBytes', {
      type: 'ByteCount',
      nullable: true,
      description: 'Storage promised to recovery, in bytes.',
    }),
    usedBytes: t.expose('usedBytes', {
      type: 'ByteCount',
      nullable: true,
      description: 'Storage used for recovery, in bytes.',
    }),
    incomingThroughputBytesPerSecond: t.exposeFloat('incomingThroughputBytesPerSecond', {
      nullable: true,
      description: 'Data coming from the peer, in bytes per second.',
    }),
    outgoingBandwidthMbps: t.exposeFloat('outgoingBandwidthMbps', {
      nullable: true,
      description: 'Traffic to the peer, in Mbit/s.',
    }),
  }),
})

const GenerationRef = builder.enumType('ZertoGeneration', {
  description: 'Generations of the product, which differ in how one signs in.',
  values: {
    ZVMA: { description: 'The Linux appliance, with Keycloak.' },
    WINDOWS: { description: 'The Windows service up to 9.7, with a session of its own.' },
  } as const,
})

SiteDetailsRef.implement({
  description: 'What a Zerto site (its ZVM) has beyond the common fields.',
  fields: (t) => ({
    siteIdentifier: t.exposeString('siteIdentifier', { description: "The site's own GUID." }),
    generation: t.expose('generation', {
      type: GenerationRef,
      nullable: true,
      description: 'Which generation of the product it is.',
    }),
    siteType: t.exposeString('siteType', { nullable: true, description: 'e.g. VCenter.' }),
    siteTypeVersion: t.exposeString('siteTypeVersion', { nullable: true, description: 'Version of the platform.' }),
    displayVersion: t.exposeString('displayVersion', {
      nullable: true,
      description: 'The version as the product shows it.',
    }),
    apiVersion: t.exposeString('apiVersion', { nullable: true, description: 'Version of the API.' }),
    ipAddress: t.exposeString('ipAddress', { nullable: true, description: 'Address that the site knows itself by.' }),
    utcOffsetMinutes: t.exposeInt('utcOffsetMinutes', {
      nullable: true,
      description: "The site's local time minus UTC, in minutes.",
    }),
    bandwidthThrottlingBytesPerSecond: t.exposeFloat('bandwidthThrottlingBytesPerSecond', {
      nullable: true,
      description: 'Limit on the traffic to other sites, in bytes per second; null is no limit.',
    }),
    isReplicationToSelfEnabled: t.exposeBoolean('isReplicationToSelfEnabled', {
      nullable: true,
      description: 'True when the site may recover to itself.',
    }),
    isLoginBannerEnabled: t.exposeBoolean('isLoginBannerEnabled', {
      nullable: true,
      description: 'True when a banner is shown at sign-in.',
    }),
    loginBanner: t.exposeString('loginBanner', { nullable: true, description: 'Text of the banner.' }),
    contactName: t.exposeString('contactName', { nullable: true, description: 'Whom to ask about the site.' }),
    contactEmail: t.exposeString('contactEmail', { nullable: true, description: 'Mail address of the contact.' }),
    contactPhone: t.exposeString('contactPhone', { nullable: true, description: 'Phone number of the contact.' }),
    vcenterAddress: t.exposeString('vcenterAddress', { nullable: true, description: "Address of the site's vCenter." }),
    azureRegion: t.exposeString('azureRegion', { nullable: true, description: 'Region of a site in Azure.' }),
    azureSubscription: t.exposeString('azureSubscription', {
      nullable: true,
      description: 'Subscription of a site in Azure.',
    }),
    azureResourceGroup: t.exposeString('azureResourceGroup', {
      nullable: true,
      description: 'Resource group of a site in Azure.',
    }),
    peers: t.expose('peers', { type: [PeerRef], description: 'The sites it is paired with.' }),
  }),
})

const CommitPolicyRef = builder.enumType('ZertoCommitPolicy', {
  description: 'What happens to a recovery that waits before commit.',
  values: {
    COMMIT: { description: 'After the waiting time it is committed.' },
    ROLLBACK: { description: 'After the waiting time it is rolled back.' },
    MANUAL: { description: "It waits until a person commits it or rolls it back; the vendor's None." },
  } as const,
})

const ShutdownPolicyRef = builder.enumType('ZertoShutdownPolicy', {
  description: 'What happens to the protected machines before a failover.',
  values: {
    NONE: { description: 'They are not touched: nobody can reach them.' },
    GRACEFUL: { description: 'They are shut down through their tools; where that is impossible, the failover fails.' },
    FORCE: { description: 'They are shut down, and powered off after five minutes.' },
  } as const,
})

const PriorityRef = builder.enumType('ZertoGroupPriority', {
  description: 'Which VPG goes first when the bandwidth does not suffice for all.',
  values: {
    LOW: { description: 'After the others.' },
    MEDIUM: { description: 'The ordinary one.' },
    HIGH: { description: 'Before the others.' },
  } as const,
})

const FailoverOptions = builder.inputType('ZertoFailoverOptions', {
  description: 'How a VPG is failed over. Each is sent, also where it is left out: the vendor has other defaults.',
  fields: (t) => ({
    commitPolicy: t.field({ type: CommitPolicyRef, description: 'Left out: MANUAL.' }),
    commitAfterSeconds: t.int({
      description: 'How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600.',
    }),
    shutdownPolicy: t.field({ type: ShutdownPolicyRef, description: 'Left out: NONE.' }),
    reverseProtection: t.boolean({
      description:
        'True protects the recovered machines back to where they came from. Left out: false, and the VPG then needs configuration.',
    }),
  }),
})

const CommitFailoverOptions = builder.inputType('ZertoCommitFailoverOptions', {
  description: 'How a failover is committed.',
  fields: (t) => ({
    reverseProtection: t.boolean({
      description: 'True protects the recovered machines back. Left out: false, and the VPG then needs configuration.',
    }),
  }),
})

const MoveOptions = builder.inputType('ZertoMoveOptions', {
  description: 'How a VPG is moved. Each is sent, also where it is left out: the defaults differ between sites.',
  fields: (t) => ({
    commitPolicy: t.field({ type: CommitPolicyRef, description: 'Left out: MANUAL.' }),
    commitAfterSeconds: t.int({
      description: 'How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600.',
    }),
    forceShutdown: t.boolean({
      description: 'True powers the protected machines off. Left out: false, they get five minutes to shut down first.',
    }),
    reverseProtection: t.boolean({ description: 'True protects the moved machines back. Left out: true.' }),
    keepSourceVms: t.boolean({
      description:
        'True keeps the protected machines, false removes them. Only, and then required, without reverse protection.',
    }),
    continueOnPreScriptFailure: t.boolean({
      description: 'True goes on when the script before the move fails. Left out: false.',
    }),
  }),
})

const CommitMoveOptions = builder.inputType('ZertoCommitMoveOptions', {
  description: 'How a move is committed. Say what the move said: the vendor refuses some changes of mind.',
  fields: (t) => ({
    reverseProtection: t.boolean({ description: 'True protects the moved machines back. Left out: true.' }),
    keepSourceVms: t.boolean({
      description:
        'True keeps the protected machines, false removes them. Only, and then required, without reverse protection.',
    }),
  }),
})

const StopOptions = builder.inputType('ZertoStopOptions', {
  description: 'How a VPG is deleted.',
  fields: (t) => ({
    keepRecoveryVolumes: t.boolean({
      description: 'True keeps the replica disks, to start from them again. Left out: true.',
    }),
    force: t.boolean({ description: 'True deletes also in states that forbid it. Left out: false.' }),
  }),
})

const CloneOptions = builder.inputType('ZertoCloneOptions', {
  description: 'Where a clone of a VPG is made.',
  fields: (t) => ({
    datastoreId: t.string({
      description:
        'Identifier of the datastore. Left out: the one with the most free space. Not where the recovery site is a cloud.',
    }),
  }),
})

const IpModeRef = builder.enumType('ZertoIpMode', {
  description: 'How a network card gets its address in Cloud Director.',
  values: {
    IP_POOL: { description: 'From the pool of the network.' },
    MANUAL: { description: 'The address that is given beside it.' },
    DHCP: { description: 'By DHCP.' },
    NONE: { description: 'None.' },
  } as const,
})

const JournalInput = builder.inputType('ZertoJournalInput', {
  description: 'Limits and place of a journal. What is left out stays as the site has it.',
  fields: (t) => ({
    hardLimitMegabytes: t.int({ description: 'The most that it may take for a machine, in MB; 0 is no limit.' }),
    hardLimitPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    warningMegabytes: t.int({ description: 'Where the site begins to warn, in MB; 0 is never.' }),
    warningPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    datastoreId: t.string({ description: 'Datastore that holds it.' }),
    datastoreClusterId: t.string({ description: 'Datastore cluster that holds it, instead of a datastore.' }),
  }),
})

const ScriptInput = builder.inputType('ZertoScriptInput', {
  description: 'A script on the machine of the ZVM.',
  fields: (t) => ({
    command: t.string({ required: true, description: 'Path and name of the script.' }),
    parameters: t.string({ description: 'What it is called with.' }),
    timeoutSeconds: t.int({ description: 'How long it may run, in seconds. Left out: 300.' }),
  }),
})

const VcdNetworkMapping = builder.inputType('ZertoVcdNetworkMappingInput', {
  description: 'Which network of an organisation a machine gets in place of another.',
  fields: (t) => ({
    protectedNetworkId: t.string({ required: true, description: 'The network at the protected site.' }),
    recoveryNetworkId: t.string({ description: 'The network at the recovery site.' }),
    reverseTestNetworkId: t.string({ description: 'The network for tests after a reversal.' }),
  }),
})

const VcdNetworkInput = builder.inputType('ZertoVcdNetworkInput', {
  description: 'Networks of a VPG that is recovered to Cloud Director.',
  fields: (t) => ({
    defaultNetworkId: t.string({ description: 'Network of whatever is not mapped.' }),
    copyNatRules: t.string({ description: "Which NAT rules are copied, in the vendor's own word." }),
    isGuestCustomizationEnabled: t.boolean({ description: 'True lets Cloud Director customise the guests.' }),
    mappings: t.field({ type: [VcdNetworkMapping], description: 'The networks one by one.' }),
  }),
})

const IpConfigInput = builder.inputType('ZertoIpConfigInput', {
  description: 'The address of a recovered network card.',
  fields: (t) => ({
    isDhcp: t.boolean({ description: 'True asks DHCP; then nothing else is given.' }),
    staticIp: t.string({ description: 'The address.' }),
    subnetMask: t.string({ description: 'Its subnet mask.' }),
    gateway: t.string({ description: 'The gateway.' }),
    primaryDns: t.string({ description: 'The first name server.' }),
    secondaryDns: t.string({ description: 'The second name server.' }),
  }),
})

const VcdNicInput = builder.inputType('ZertoVcdNicInput', {
  description: 'A recovered network card in Cloud Director.',
  fields: (t) => ({
    networkId: t.string({ description: "Network of the recovery site's organisation." }),
    ipMode: t.field({ type: IpModeRef, description: 'How it gets its address.' }),
    ipAddress: t.string({ description: 'The address, where the mode is MANUAL.' }),
    isPrimary: t.boolean({ description: "True makes it the machine's first one." }),
    isConnected: t.boolean({ description: 'True connects it.' }),
    resetMacAddress: t.boolean({ description: 'True gives it a new MAC address.' }),
  }),
})

const NicNetworkInput = builder.inputType('ZertoNicNetworkInput', {
  description: 'What becomes of a network card on recovery. What is left out stays as the site has it.',
  fields: (t) => ({
    networkId: t.string({ description: "Another network than the VPG's." }),
    replaceMacAddress: t.boolean({ description: 'True gives it a new MAC address.' }),
    dnsSuffix: t.string({ description: 'DNS suffix of the guest.' }),
    replaceIpConfiguration: t.boolean({ description: 'True sets the address below; false leaves the guest alone.' }),
    ipConfig: t.field({ type: IpConfigInput, description: 'The address.' }),
    vcd: t.field({ type: VcdNicInput, description: 'Where it is recovered to Cloud Director.' }),
  }),
})

const NicInput = builder.inputType('ZertoNicInput', {
  description: 'A network card of a machine.',
  fields: (t) => ({
    nicId: t.string({ required: true, description: 'e.g. "Network adapter 1".' }),
    failover: t.field({ type: NicNetworkInput, description: 'After a failover or move.' }),
    test: t.field({ type: NicNetworkInput, description: 'In a test failover.' }),
  }),
})

const PreseedInput = builder.inputType('ZertoPreseedInput', {
  description: 'A disk at the recovery site from which the first copy begins.',
  fields: (t) => ({
    datastoreId: t.string({ required: true, description: 'Datastore that holds the disk.' }),
    path: t.string({ required: true, description: 'Where in the datastore.' }),
  }),
})

const RawDeviceInput = builder.inputType('ZertoRawDeviceInput', {
  description: 'A raw device as the recovery volume.',
  fields: (t) => ({
    deviceId: t.string({ required: true, description: "The device's identifier at the vendor." }),
    isPhysical: t.boolean({ description: 'True maps it physically. Left out: false.' }),
  }),
})

const VolumeInput = builder.inputType('ZertoVolumeInput', {
  description: 'A volume of a machine. What is left out stays as the site has it.',
  fields: (t) => ({
    volumeId: t.string({ required: true, description: 'e.g. "scsi:0:0".' }),
    datastoreId: t.string({ description: "Another datastore than the machine's." }),
    datastoreClusterId: t.string({ description: 'A datastore cluster instead.' }),
    isThin: t.boolean({ description: 'True makes the recovery volume thin.' }),
    vcdIsThin: t.boolean({ description: 'True makes it thin in Cloud Director.' }),
    preseed: t.field({ type: PreseedInput, description: 'A disk to begin from.' }),
    rawDevice: t.field({ type: RawDeviceInput, description: 'A raw device in place of a virtual disk.' }),
    isSwap: t.boolean({ description: 'True for a volume that holds swap, which is copied once. From 7.5 on.' }),
    syncSettings: t.string({ description: 'How it is kept in step, e.g. "ContinuousSync". From 7.5 on.' }),
  }),
})

const GroupVm = builder.inputType('ZertoGroupVmInput', {
  description: 'A machine of a VPG. What is left out is as the VPG says.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: "The machine's identifier at the vendor, `<vCenter>.vm-38`." }),
    bootGroup: t.string({
      description: 'Name of one of the boot groups of a new VPG. Left out: the default one, which starts first.',
    }),
    recoveryHostId: t.string({ description: "Another host than the VPG's." }),
    recoveryHostClusterId: t.string({ description: 'A cluster, instead of a host.' }),
    recoveryDatastoreId: t.string({ description: "Another datastore than the VPG's." }),
    recoveryDatastoreClusterId: t.string({ description: 'A datastore cluster, instead of a datastore.' }),
    recoveryFolderId: t.string({ description: "Another folder than the VPG's." }),
    resourcePoolId: t.string({ description: "Another resource pool than the VPG's." }),
    storagePolicyId: t.string({ description: 'Storage policy, where it is recovered to Cloud Director.' }),
    journal: t.field({ type: JournalInput, description: "Another journal than the VPG's." }),
    scratch: t.field({ type: JournalInput, description: "Another scratch journal than the VPG's. From 7.5 on." }),
    volumes: t.field({ type: [VolumeInput], description: 'Volumes that are not to be as the site would make them.' }),
    nics: t.field({ type: [NicInput], description: 'Network cards that are not to be as the site would make them.' }),
  }),
})

const UpdateOptions = builder.inputType('ZertoUpdateOptions', {
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

const BootGroupInput = builder.inputType('ZertoBootGroupInput', {
  description: 'Machines that are started together. The groups start in the order given, after the default one.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the group; machines name it.' }),
    delaySeconds: t.int({ description: 'How long the next group waits, in seconds. Left out: 0.' }),
  }),
})

const GroupWork = builder.inputType('ZertoGroupWorkInput', {
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

/** Gives the public schema what only this vendor has. Called once, before the schema is made. */
export const registerZertoSchema = (): void => {
  addVendorPart({
    vendor: 'ZERTO',
    optionName: 'zerto',
    words: {
      Site: 'a site with its Zerto Virtual Manager (ZVM)',
      ProtectionGroup: 'a virtual protection group (VPG)',
      Replication: 'a virtual machine inside one VPG',
      RecoveryPoint: 'a checkpoint',
    },
    details: { Replication: ReplicationDetailsRef, ProtectionGroup: GroupDetailsRef, Site: SiteDetailsRef },
    options: {
      UPDATE: UpdateOptions,
      STOP: StopOptions,
      FAILOVER: FailoverOptions,
      COMMIT_FAILOVER: CommitFailoverOptions,
      MOVE: MoveOptions,
      COMMIT_MOVE: CommitMoveOptions,
      START_CLONE: CloneOptions,
    },
    work: {
      zertoGroup: { type: GroupWork, description: 'A new virtual protection group (VPG).' },
    },
  })
}
