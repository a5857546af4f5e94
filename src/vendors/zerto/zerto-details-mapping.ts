import type { SiteFacts } from '../../domain/site.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import { findVendorDate } from './zerto-dates.ts'
import type {
  ZertoAzureMachine,
  ZertoJournalLimit,
  ZertoPeer,
  ZertoProtectionGroupDetails,
  ZertoReplicationDetails,
  ZertoSiteDetails,
} from './zerto-details.ts'
import {
  journalLimitTypes,
  pairingStatuses,
  toEnumText,
  vpgAlertStatuses,
  vpgEntityTypes,
  vpgPriorities,
  vpgStatuses,
  vpgSubStatuses,
} from './zerto-enums.ts'
import type { ZertoGeneration } from './zerto-generation.ts'
import { nilGuid } from './zerto-ids.ts'
import { emptyToNull, toBytes } from './zerto-units.ts'
import type { WireLocalSite, WirePeerSite, WireVm, WireVpg } from './zerto-wire.ts'

const toDate = (text: string | null, utcOffsetMinutes: number): Date | null =>
  text === null ? null : findVendorDate(text, utcOffsetMinutes)

const toFailSafeHistory = (history: WireVpg['FailSafeHistory']): ZertoProtectionGroupDetails['failSafeHistory'] =>
  history === null
    ? null
    : {
        actualMinutes: history.ActualFailSafeHistory,
        configuredMinutes: history.ConfiguredFailSafeHistory,
        description: emptyToNull(history.FailSafeDescription),
      }

/** What only this vendor tells of a VPG. */
export const toVpgDetails = (vpg: WireVpg, utcOffsetMinutes: number): ZertoProtectionGroupDetails => {
  const earliest = vpg.HistoryStatusApi?.EarliestCheckpoint ?? null
  const organizationId = vpg.Zorg?.identifier ?? null
  return {
    vendor: 'ZERTO',
    vpgType: emptyToNull(vpg.VpgType),
    status: toEnumText(vpgStatuses, vpg.Status),
    statusDescription: emptyToNull(vpg.StatusDescription),
    subStatus: toEnumText(vpgSubStatuses, vpg.SubStatus),
    subStatusDescription: emptyToNull(vpg.SubStatusDescription),
    alertStatus: toEnumText(vpgAlertStatuses, vpg.AlertStatus),
    testStage: vpg.ActiveProcessesApi?.RunningFailOverTestApi?.Stage ?? null,
    progressPercent: vpg.ProgressPercentage,
    protectedEntity: toEnumText(vpgEntityTypes, vpg.Entities?.Protected ?? null),
    recoveryEntity: toEnumText(vpgEntityTypes, vpg.Entities?.Recovery ?? null),
    organizationId: organizationId === nilGuid ? null : organizationId,
    organizationName: emptyToNull(vpg.OrganizationName),
    serviceProfileId: emptyToNull(vpg.ServiceProfileIdentifier),
    serviceProfileName: emptyToNull(vpg.ServiceProfileName),
    isBackupEnabled: vpg.BackupEnabled,
    actualHistoryMinutes: vpg.HistoryStatusApi?.ActualHistoryInMinutes ?? null,
    configuredHistoryMinutes: vpg.HistoryStatusApi?.ConfiguredHistoryInMinutes ?? null,
    earliestCheckpointId: earliest?.CheckpointIdentifier ?? null,
    earliestCheckpointAt: toDate(earliest?.TimeStamp ?? null, utcOffsetMinutes),
    earliestCheckpointTag: emptyToNull(earliest?.Tag ?? null),
    failSafeHistory: toFailSafeHistory(vpg.FailSafeHistory),
  }
}

const toJournalLimit = (limit: WireVm['JournalHardLimit']): ZertoJournalLimit | null =>
  limit === null
    ? null
    : { type: toEnumText(journalLimitTypes, limit.LimitType) ?? 'Unlimited', value: limit.LimitValue }

const findAzureMachine = (vm: WireVm): ZertoAzureMachine | null => {
  const azure = vm.PlatformInformation?.Azure ?? null
  if (azure === null) return null
  return {
    resourceGroup: emptyToNull(azure.ResourceGroup),
    size: emptyToNull(azure.MachineSize),
    tags: azure.Tags.map(({ Key, Value }) => `${Key ?? ''}=${Value ?? ''}`),
  }
}

/** What only this vendor tells of a machine. */
export const toReplicationDetails = (vm: WireVm, utcOffsetMinutes: number): ZertoReplicationDetails => ({
  vendor: 'ZERTO',
  vmIdentifier: vm.VmIdentifier,
  vpgIdentifier: vm.VpgIdentifier,
  vpgName: emptyToNull(vm.VpgName),
  priority: toEnumText(vpgPriorities, vm.Priority),
  organizationName: emptyToNull(vm.OrganizationName),
  isVmExisting: vm.IsVmExists,
  isAgentInstalled: vm.IsAgentInstalled,
  isFileRecoveryEnabled: vm.EnabledActions?.IsFlrEnabled ?? null,
  lastTestedAt: toDate(vm.LastTest, utcOffsetMinutes),
  iops: vm.IOPs,
  throughputBytesPerSecond: toBytes(vm.ThroughputInMB),
  outgoingBandwidthMbps: vm.OutgoingBandWidthInMbps,
  journalHardLimit: toJournalLimit(vm.JournalHardLimit),
  journalWarningThreshold: toJournalLimit(vm.JournalWarningThreshold),
  protectedHostId: emptyToNull(vm.OwningHostIdentifier),
  protectedHostName: emptyToNull(vm.OwningHostName),
  protectedDatastoreId: emptyToNull(vm.OwningDatastoreIdentifier),
  recoveryHostId: emptyToNull(vm.RecoveryHostIdentifier),
  recoveryHostName: emptyToNull(vm.RecoveryHostName),
  volumeIds: vm.Volumes.flatMap((volume) => volume.VmVolumeIdentifier ?? volume.PublicCloudVolumeIdentifier ?? []),
  nicIds: vm.Nics.flatMap((nic) => nic.NicIdentifier ?? []),
  networkAdapters: (vm.VmNetworkInformation?.NetworkAdapters ?? []).map((adapter) => ({
    name: emptyToNull(adapter.DisplayName),
    networkId: emptyToNull(adapter.NetworkIdentifier),
    ipAddresses: adapter.IpAddresses,
  })),
  azure: findAzureMachine(vm),
})

const toPeer = (peer: WirePeerSite): ZertoPeer => ({
  siteIdentifier: peer.SiteIdentifier,
  name: emptyToNull(peer.PeerSiteName),
  location: emptyToNull(peer.Location),
  hostName: emptyToNull(peer.HostName),
  port: peer.Port,
  pairingStatus: toEnumText(pairingStatuses, peer.PairingStatus),
  siteType: emptyToNull(peer.SiteType),
  version: emptyToNull(peer.Version),
  regionName: emptyToNull(peer.RegionName),
  provisionedBytes: toBytes(peer.ProvisionedStorage),
  usedBytes: toBytes(peer.UsedStorage),
  incomingThroughputBytesPerSecond: toBytes(peer.IncomingThroughputInMb),
  outgoingBandwidthMbps: peer.OutgoingBandWidth,
})

/** What only this vendor tells of a site. */
export const toSiteDetails = (
  site: WireLocalSite,
  peers: readonly WirePeerSite[],
  generation: ZertoGeneration | null,
): ZertoSiteDetails => ({
  vendor: 'ZERTO',
  siteIdentifier: site.SiteIdentifier,
  generation,
  siteType: emptyToNull(site.SiteType),
  siteTypeVersion: emptyToNull(site.SiteTypeVersion),
  displayVersion: emptyToNull(site.DisplayVersion),
  apiVersion: emptyToNull(site.ZvmApiVersion),
  ipAddress: emptyToNull(site.IpAddress),
  utcOffsetMinutes: site.UtcOffsetInMinutes,
  bandwidthThrottlingBytesPerSecond: toBytes(site.BandwidthThrottlingInMBs),
  isReplicationToSelfEnabled: site.IsReplicationToSelfEnabled,
  isLoginBannerEnabled: site.IsLoginBannerEnabled,
  loginBanner: emptyToNull(site.LoginBanner),
  contactName: emptyToNull(site.ContactName),
  contactEmail: emptyToNull(site.ContactEmail),
  contactPhone: emptyToNull(site.ContactPhone),
  vcenterAddress: emptyToNull(site.PlatformInformation?.VCenter?.Ip ?? null),
  azureRegion: emptyToNull(site.PlatformInformation?.Azure?.RegionName ?? null),
  azureSubscription: emptyToNull(site.PlatformInformation?.Azure?.Subscription ?? null),
  azureResourceGroup: emptyToNull(site.PlatformInformation?.Azure?.ResourceGroup ?? null),
  peers: peers.map(toPeer),
})

/** The configured site itself. */
export const toLocalSiteFacts = (site: WireLocalSite): SiteFacts => ({
  id: toGlobalId('Site', 'ZERTO', site.SiteIdentifier),
  vendor: 'ZERTO',
  nativeId: site.SiteIdentifier,
  name: emptyToNull(site.SiteName) ?? site.SiteIdentifier,
  description: null,
  location: emptyToNull(site.Location),
  productVersion: emptyToNull(site.Version),
})

/** A site that the configured one is paired with. */
export const toPeerFacts = (peer: WirePeerSite): SiteFacts => ({
  id: toGlobalId('Site', 'ZERTO', peer.SiteIdentifier),
  vendor: 'ZERTO',
  nativeId: peer.SiteIdentifier,
  name: emptyToNull(peer.PeerSiteName) ?? emptyToNull(peer.HostName) ?? peer.SiteIdentifier,
  description: null,
  location: emptyToNull(peer.Location),
  productVersion: emptyToNull(peer.Version),
})
