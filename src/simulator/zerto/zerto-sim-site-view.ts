import { versions } from './zerto-sim-inferred.ts'
import { clusterOf, type NamedThing } from './zerto-sim-infrastructure.ts'
import { linkTo, type View } from './zerto-sim-links.ts'
import { asProfile, type ZertoProfile } from './zerto-sim-profile.ts'
import { otherSite } from './zerto-sim-vpg.ts'
import { toUnprotectedVmApi } from './zerto-sim-vm-view.ts'
import type { SimServiceProfile, ZertoSite } from './zerto-world.ts'

/** The ports on which ZVMs pair; not those of the API. */
export const pairingPorts = { zvma: 9071, windows: 9081 } as const

/** `GET /v1/localsite`, which clients also use to see whether the ZVM lives and how old it is. */
export const toLocalSiteApi = (view: View): object => {
  const { site, world } = view
  const { version, display, api } = versions[world.profile]
  return asProfile(world.profile, 'localSite', {
    BandwidthThrottlingInMBs: -1,
    ContactEmail: 'dr-team@example.com',
    ContactName: 'DR Team',
    ContactPhone: '',
    DisplayVersion: display,
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
    ZvmApiVersion: api,
  })
}

/** The one row of `GET /v1/peersites`. */
export const toPeerSiteApi = (view: View): object => {
  const { world } = view
  const peer = world.sites[otherSite(view.site.index)]
  const incoming = [...world.vpgs.values()].filter(({ protectedSite }) => protectedSite === peer.index)
  const storage = (of: 'provisionedMb' | 'usedMb'): number =>
    incoming.reduce((sum, vpg) => sum + vpg.vms.reduce((inner, vm) => inner + vm[of], 0), 0)
  return asProfile(world.profile, 'peerSite', {
    HostName: peer.ipAddress,
    IncomingThroughputInMb: incoming.length * 0.125,
    Link: linkTo(view, 'peersites', peer.siteIdentifier, 'PeerSiteApi'),
    Location: peer.location,
    OutgoingBandWidth: (world.vpgs.size - incoming.length) * 0.125,
    PairingStatus: 0,
    PeerSiteName: peer.name,
    Port: pairingPorts[world.profile],
    ProvisionedStorage: storage('provisionedMb'),
    RegionName: null,
    SiteIdentifier: peer.siteIdentifier,
    SiteType: 'VCenter',
    UsedStorage: storage('usedMb'),
    Version: versions[world.profile].version,
  })
}

/** The children of one site, as one generation shows them. */
type ListChildren = (site: ZertoSite, profile: ZertoProfile) => readonly object[]

const named = (things: readonly NamedThing[], identifier: string, name: string) =>
  things.map((thing) => ({ [identifier]: thing.identifier, [name]: thing.name }))

const toDatastoreCluster = ({ identifier, name }: NamedThing) => ({
  DatastoreClusterIdentifier: identifier,
  DatastoreClusterName: name,
})

const datastoresOf: ListChildren = ({ infrastructure }, profile) =>
  infrastructure.datastores.map(({ identifier, name }) => {
    const cluster = clusterOf(infrastructure, identifier)
    return asProfile(profile, 'datastore', {
      DatastoreIdentifier: identifier,
      DatastoreName: name,
      OwningDatastoreCluster: cluster === null ? null : toDatastoreCluster(cluster),
    })
  })

const networksOf: ListChildren = ({ infrastructure }) =>
  named(infrastructure.networks, 'NetworkIdentifier', 'VirtualizationNetworkName')

const hostOf = ({ identifier, name }: NamedThing) => ({
  HostIdentifier: identifier,
  VirtualizationHostName: name,
  HostVersion: '8.0.2',
  ConnectionStatus: 'Connected',
})

const clustersOf: ListChildren = ({ infrastructure }, profile) =>
  infrastructure.clusters.map(({ identifier, name }) =>
    asProfile(profile, 'hostCluster', {
      ClusterIdentifier: identifier,
      VirtualizationClusterName: name,
      AssociatedHosts: infrastructure.hosts.map(hostOf),
    }),
  )

const devicesOf: ListChildren = ({ infrastructure }) => {
  const { vcenterGuid, hosts, datastores } = infrastructure
  return datastores.map(({ identifier }, index) => ({
    DatastoreIdentifier: identifier,
    DeviceIdentifier: `${vcenterGuid}.naa.600140500000000000000000000000${10 + index}`,
    DeviceName: `Simulated iSCSI Disk (naa.600140500000000000000000000000${10 + index})`,
    HostIdentifiers: hosts.map((host) => host.identifier),
    SizeInBytes: 536_870_912_000,
    VmIdentifier: null,
  }))
}

const repositoriesOf: ListChildren = ({ infrastructure: { repository } }) => [
  {
    RepositoryIdentifier: repository.identifier,
    RepositoryName: repository.name,
    Path: `\\\\backup.example.com\\${repository.name}`,
    ConnectionType: 'ServerMessageBlock',
    StorageType: 'NetworkShare',
  },
]

/** The children of `/v1/virtualizationsites/{id}` by the last segment of their path, in lower case. */
export const virtualizationChildren: Readonly<Record<string, ListChildren>> = {
  vms: (site, profile) => [...site.unprotected.values()].map((vm) => toUnprotectedVmApi(profile, site, vm)),
  datastores: datastoresOf,
  networks: networksOf,
  hosts: (site, profile) =>
    site.infrastructure.hosts.map((host) =>
      asProfile(profile, 'host', {
        ...hostOf(host),
        AssociatedDatastores: datastoresOf(site, profile),
        AssociatedNetworks: networksOf(site, profile),
      }),
    ),
  hostclusters: clustersOf,
  folders: ({ infrastructure }) => named(infrastructure.folders, 'FolderIdentifier', 'FolderName'),
  // The lower-case p is the vendor's.
  resourcepools: ({ infrastructure }) =>
    named(infrastructure.resourcePools, 'ResourcePoolIdentifier', 'ResourcepoolName'),
  datastoreclusters: ({ infrastructure }) => [toDatastoreCluster(infrastructure.datastoreCluster)],
  orgvdcs: ({ infrastructure }) => named(infrastructure.orgVdcs, 'Identifier', 'OrgVdcName'),
  vcdvapps: ({ infrastructure }) =>
    infrastructure.orgVdcs.flatMap(({ vapps }) => named(vapps, 'VcdVappIdentifier', 'VcdName')),
  repositories: repositoriesOf,
  devices: devicesOf,
}

const toSpan = (totalSeconds: number): string => {
  const days = Math.floor(totalSeconds / 86_400)
  const time = new Date((totalSeconds % 86_400) * 1000).toISOString().slice(11, 19)
  return days === 0 ? time : `${days}.${time}`
}

/** A service profile; its spans are TimeSpan texts like `1.00:00:00`. */
export const toServiceProfileApi = (view: View, profile: SimServiceProfile): object =>
  asProfile(view.world.profile, 'same', {
    Description: '',
    History: toSpan(profile.historyHours * 3600),
    JournalWarningThresholdInPercent: 75,
    Link: linkTo(view, 'serviceprofiles', profile.id, 'ServiceProfileApi'),
    MaxJournalSizeInPercent: profile.maxJournalPercent,
    Rpo: toSpan(profile.rpoSeconds),
    ServiceProfileName: profile.name,
    TestInterval: toSpan(profile.testIntervalDays * 86_400),
  })
