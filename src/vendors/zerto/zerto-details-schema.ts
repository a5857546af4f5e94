/** The types of every field of this vendor that has no common name. */
import { builder } from '../../graphql/builder.ts'
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

export const GroupDetailsRef = builder.objectRef<ZertoProtectionGroupDetails>('ZertoProtectionGroupDetails')
export const ReplicationDetailsRef = builder.objectRef<ZertoReplicationDetails>('ZertoReplicationDetails')
export const SiteDetailsRef = builder.objectRef<ZertoSiteDetails>('ZertoSiteDetails')
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
