import { isRecord, toWireDate } from './zerto-sim-request.ts'

/**
 * Which generation a ZVM is: `zvma` the appliance of version 10 with Keycloak, `windows` the one up to 9.7 with
 * sessions. The resources are the same; payloads of Windows are those of its documented 7.0.
 */
export type ZertoProfile = 'zvma' | 'windows'

/**
 * Members that came after 7.0, by object, wherever in it they stand. They are what the API description of 10.0 U6 has
 * and the answers captured from 7.0 have not.
 */
const newMembers = {
  vpg: [
    'AlertStatus',
    'ProtectedSiteName',
    'RecoverySiteName',
    'StatusDescription',
    'SubStatusDescription',
    'VpgDescription',
    'VpgType',
  ],
  vm: [
    'CpuCoresNum',
    'GuestOs',
    'IsAgentInstalled',
    'MemorySizeInMB',
    'Nics',
    'OwningDatastoreIdentifier',
    'OwningDatastoreName',
    'OwningHostIdentifier',
    'OwningHostName',
    'PlatformInformation',
    'ProtectedSiteName',
    'PublicCloudVolumeIdentifier',
    'RecoveryHostName',
    'RecoverySiteName',
    'VmNetworkInformation',
    'instance_identifier',
    'vpg_identifier',
  ],
  unprotectedVm: [
    'GuestOs',
    'IsAgentInstalled',
    'Nics',
    'OwningDatastoreIdentifier',
    'OwningDatastoreName',
    'OwningHostIdentifier',
    'OwningHostName',
    'PlatformInformation',
    'VmInstanceIdentifier',
    'VmNetworkInformation',
    'VmPerfMetricInfo',
    'Volumes',
  ],
  localSite: [
    'DisplayVersion',
    'IsLoginBannerEnabled',
    'LoginBanner',
    'PlatformInformation',
    'SiteTypeVersion',
    'ZvmApiVersion',
  ],
  peerSite: ['RegionName'],
  host: ['AssociatedDatastores', 'AssociatedNetworks', 'ConnectionStatus', 'HostVersion'],
  hostCluster: ['AssociatedHosts'],
  datastore: ['OwningDatastoreCluster'],
  vra: [
    'HostDisplayName',
    'IsGhost',
    'IsVaio',
    'NumOfCpus',
    'PlatformInformation',
    'UpgradeStatus',
    'VmInstanceType',
    'VraDisplayVersion',
  ],
  task: ['Generation'],
  event: ['Repositories'],
  /** Scratch journals are newer than 7.0 too, but came before the 9.7 that a Windows ZVM says it is. */
  settings: ['IsSwap', 'VolumeSyncSettings', 'VpgType'],
  /** What is the same in both but for the link to itself. */
  same: [],
} as const satisfies Record<string, readonly string[]>

const without = (value: unknown, names: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => without(item, names))
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([name]) => !names.includes(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, names)]))
}

/** The second link of older payloads: to itself, without an identifier. */
const selfLink = (link: unknown): Readonly<Record<string, unknown>> =>
  isRecord(link) ? { 'Link_{0}': { href: link['href'], rel: 'self', type: link['type'] } } : {}

/** An object of version 10 as the generation has it: Windows has fewer members, and a link to itself. */
export const asProfile = (profile: ZertoProfile, kind: keyof typeof newMembers, api: object): object => {
  if (profile === 'zvma') return api
  const kept = without(api, newMembers[kind])
  return isRecord(kept) ? { ...kept, ...selfLink(kept['Link']) } : api
}

/** A moment of a task, an event or an alert: older versions write them as `/Date(ms)/`. */
export const toLogDate = (profile: ZertoProfile, time: number): string =>
  profile === 'windows' ? `/Date(${time})/` : toWireDate(time)
