import { linkTo, type View } from './zerto-sim-links.ts'
import type { NamedThing } from './zerto-sim-infrastructure.ts'
import { otherSite } from './zerto-sim-vpg.ts'
import { toUnprotectedVmApi } from './zerto-sim-vm-view.ts'
import type { SimServiceProfile, ZertoSite } from './zerto-world.ts'

const version = '10.0.60'

/** `GET /v1/localsite`, which clients also use to see whether the ZVM lives and how old it is. */
export const toLocalSiteApi = (view: View) => {
  const { site } = view
  return {
    BandwidthThrottlingInMBs: -1,
    ContactEmail: 'dr-team@example.com',
    ContactName: 'DR Team',
    ContactPhone: '',
    DisplayVersion: '10.0 U6',
    IpAddress: site.ipAddress,
    IsLoginBannerEnabled: false,
    IsReplicationToSelfEnabled: false,
    Link: { href: `${site.url}/v1/localsite`, identifier: site.siteIdentifier, rel: null, type: 'LocalSiteApi' },
    Location: site.location,
    LoginBanner: null,
    PlatformInformation: { Azure: null, VCenter: { Ip: `${site.ipAddress.slice(0, -2)}20` } },
    SiteIdentifier: site.siteIdentifier,
    SiteName: site.name,
    SiteType: 'VCenter',
    SiteTypeVersion: '8.0.2',
    UtcOffsetInMinutes: site.utcOffsetMinutes,
    Version: version,
    ZvmApiVersion: '10.0.6',
  }
}

/** The one row of `GET /v1/peersites`. An appliance pairs on port 9071. */
export const toPeerSiteApi = (view: View) => {
  const peer = view.world.sites[otherSite(view.site.index)]
  const incoming = [...view.world.vpgs.values()].filter(({ protectedSite }) => protectedSite === peer.index)
  const storage = (of: 'provisionedMb' | 'usedMb'): number =>
    incoming.reduce((sum, vpg) => sum + vpg.vms.reduce((inner, vm) => inner + vm[of], 0), 0)
  return {
    HostName: peer.ipAddress,
    IncomingThroughputInMb: incoming.length * 0.125,
    Link: linkTo(view, 'peersites', peer.siteIdentifier, 'PeerSiteApi'),
    Location: peer.location,
    OutgoingBandWidth: (view.world.vpgs.size - incoming.length) * 0.125,
    PairingStatus: 0,
    PeerSiteName: peer.name,
    Port: 9071,
    ProvisionedStorage: storage('provisionedMb'),
    RegionName: null,
    SiteIdentifier: peer.siteIdentifier,
    SiteType: 'VCenter',
    UsedStorage: storage('usedMb'),
    Version: version,
  }
}

const named = (things: readonly NamedThing[], identifier: string, name: string) =>
  things.map((thing) => ({ [identifier]: thing.identifier, [name]: thing.name }))

const datastoresOf = ({ infrastructure }: ZertoSite) =>
  infrastructure.datastores.map(({ identifier, name }) => ({
    DatastoreIdentifier: identifier,
    DatastoreName: name,
    OwningDatastoreCluster: null,
  }))

const networksOf = ({ infrastructure }: ZertoSite) =>
  named(infrastructure.networks, 'NetworkIdentifier', 'VirtualizationNetworkName')

const hostOf = ({ identifier, name }: NamedThing) => ({
  HostIdentifier: identifier,
  VirtualizationHostName: name,
  HostVersion: '8.0.2',
  ConnectionStatus: 'Connected',
})

/** The children of `/v1/virtualizationsites/{id}` by the last segment of their path, in lower case. */
export const virtualizationChildren: Readonly<Record<string, (site: ZertoSite) => readonly object[]>> = {
  vms: (site) => [...site.unprotected.values()].map((vm) => toUnprotectedVmApi(site, vm)),
  datastores: datastoresOf,
  networks: networksOf,
  hosts: (site) =>
    site.infrastructure.hosts.map((host) => ({
      ...hostOf(host),
      AssociatedDatastores: datastoresOf(site),
      AssociatedNetworks: networksOf(site),
    })),
  hostclusters: ({ infrastructure }) =>
    infrastructure.clusters.map(({ identifier, name }) => ({
      ClusterIdentifier: identifier,
      VirtualizationClusterName: name,
      AssociatedHosts: infrastructure.hosts.map(hostOf),
    })),
  folders: ({ infrastructure }) => named(infrastructure.folders, 'FolderIdentifier', 'FolderName'),
  // The lower-case p is the vendor's.
  resourcepools: ({ infrastructure }) =>
    named(infrastructure.resourcePools, 'ResourcePoolIdentifier', 'ResourcepoolName'),
  datastoreclusters: () => [],
  orgvdcs: () => [],
  vcdvapps: () => [],
  repositories: () => [],
  devices: () => [],
}

const toSpan = (totalSeconds: number): string => {
  const days = Math.floor(totalSeconds / 86_400)
  const time = new Date((totalSeconds % 86_400) * 1000).toISOString().slice(11, 19)
  return days === 0 ? time : `${days}.${time}`
}

/** A service profile; its spans are TimeSpan texts like `1.00:00:00`. */
export const toServiceProfileApi = (view: View, profile: SimServiceProfile) => ({
  Description: '',
  History: toSpan(profile.historyHours * 3600),
  JournalWarningThresholdInPercent: 75,
  Link: linkTo(view, 'serviceprofiles', profile.id, 'ServiceProfileApi'),
  MaxJournalSizeInPercent: profile.maxJournalPercent,
  Rpo: toSpan(profile.rpoSeconds),
  ServiceProfileName: profile.name,
  TestInterval: toSpan(profile.testIntervalDays * 86_400),
})
