import { createHash } from 'node:crypto'
import { enumNames } from './zerto-sim-enums.ts'
import { numbered, type RowFilter } from './zerto-sim-filters.ts'
import { versions } from './zerto-sim-inferred.ts'
import { clusterOf, resolvePlace, vraNameOf, type NamedThing } from './zerto-sim-infrastructure.ts'
import { linkTo, type View } from './zerto-sim-links.ts'
import { asProfile } from './zerto-sim-profile.ts'
import { int64 } from './zerto-sim-request.ts'
import { placementOf } from './zerto-sim-vm-view.ts'
import type { SimVpg } from './zerto-sim-vpg.ts'

interface Counters {
  readonly vpgs: number
  readonly vms: number
}

/** A replication appliance: one stands on every host. */
export interface SimVra {
  /** In digits; over 2^53, as real ones are. */
  readonly id: string
  readonly host: NamedThing
  readonly name: string
  readonly ipAddress: string
  readonly datastore: NamedThing
  readonly datastoreCluster: NamedThing | null
  readonly network: NamedThing
  readonly isPoweredOff: boolean
  readonly protected: Counters
  readonly recovered: Counters
}

const vraId = (host: NamedThing): string => {
  const hash = createHash('sha256').update(host.identifier).digest().readBigUInt64BE()
  return String((hash >> 3n) | (1n << 60n))
}

const countOf = (groups: readonly SimVpg[], hasVm: (vpg: SimVpg, index: number) => boolean): Counters => {
  const counts = groups.map((vpg) => vpg.vms.filter((_, index) => hasVm(vpg, index)).length)
  return { vpgs: counts.filter((count) => count > 0).length, vms: counts.reduce((sum, count) => sum + count, 0) }
}

/** The appliances of the site that was asked. */
export const listVras = (view: View): readonly SimVra[] => {
  const { site, world } = view
  const { hosts, datastores, networks } = site.infrastructure
  const [datastore] = datastores
  const [network] = networks
  if (datastore === undefined || network === undefined) return []
  const groups = [...world.vpgs.values()]
  const [local, incoming] = [0, 1].map((turn) =>
    groups.filter(({ protectedSite }) => (protectedSite === site.index) === (turn === 0)),
  )
  return hosts.map((host, index) => ({
    id: vraId(host),
    host,
    name: vraNameOf(host.name),
    ipAddress: `${site.ipAddress.slice(0, -2)}${101 + index}`,
    datastore,
    datastoreCluster: clusterOf(site.infrastructure, datastore.identifier),
    network,
    isPoweredOff: site.vraOffSince.has(host.identifier),
    protected: countOf(local ?? [], (vpg, vmIndex) => {
      const vm = vpg.vms[vmIndex]
      return vm !== undefined && placementOf(site, vm).host === host
    }),
    recovered: countOf(incoming ?? [], ({ recovery, vms }, vmIndex) => {
      const vm = vms[vmIndex]
      return vm !== undefined && resolvePlace(site.infrastructure, recovery, vm.name).host === host
    }),
  }))
}

/** The filters of `GET /v1/vras`. */
export const vraFilters = ({ world }: View): Readonly<Record<string, RowFilter<SimVra>>> => ({
  vraName: ({ name }) => [name],
  status: () => numbered(enumNames.vraStatus, 0),
  vraVersion: () => [versions[world.profile].vra],
  hostVersion: () => ['8.0'],
  ipAddress: ({ ipAddress }) => [ipAddress],
  vraGroup: () => ['default_group'],
  datastoreName: ({ datastore }) => [datastore.name],
  datastoreClusterName: ({ datastoreCluster }) => [datastoreCluster?.name ?? ''],
  networkName: ({ network }) => [network.name],
  vraIpConfigurationTypeApi: () => numbered(enumNames.vraIpConfiguration, 0),
})

const toCounters = ({ vpgs, vms }: Counters) => ({ Vpgs: vpgs, Vms: vms, Volumes: vms })

/** An appliance as `GET /v1/vras` lists it; its identifier comes as a number and, safely, as a text. */
export const toVraApi = (view: View, vra: SimVra): object => {
  const { profile } = view.world
  return asProfile(profile, 'vra', {
    DatastoreClusterIdentifier: vra.datastoreCluster?.identifier ?? null,
    DatastoreClusterName: vra.datastoreCluster?.name ?? null,
    DatastoreIdentifier: vra.datastore.identifier,
    DatastoreName: vra.datastore.name,
    HostDisplayName: vra.host.name,
    HostIdentifier: vra.host.identifier,
    HostVersion: '8.0',
    IpAddress: vra.ipAddress,
    IsGhost: false,
    IsVaio: false,
    Link: linkTo(view, 'vras', vra.id, 'VraApi'),
    MemoryInGB: 3,
    NetworkIdentifier: vra.network.identifier,
    NetworkName: vra.network.name,
    NumOfCpus: 1,
    PlatformInformation: { Azure: null },
    Progress: 0,
    ProtectedCounters: toCounters(vra.protected),
    RecoveryCounters: toCounters(vra.recovered),
    SelfProtectedVpgs: 0,
    Status: 0,
    UpgradeStatus: 0,
    VmInstanceType: null,
    VraAlerts: { VraAlertsStatus: vra.isPoweredOff ? 2 : 0 },
    VraDisplayVersion: versions[profile].display,
    VraGroup: 'default_group',
    VraIdentifier: int64(vra.id),
    VraIdentifierStr: vra.id,
    VraName: vra.name,
    VraNetworkDataApi: {
      DefaultGateway: `${view.site.ipAddress.slice(0, -2)}1`,
      SubnetMask: '255.255.255.0',
      VraIPAddress: vra.ipAddress,
      VraIPAddressRangeEnd: null,
      VraIPConfigurationTypeApi: enumNames.vraIpConfiguration[0],
    },
    VraVersion: versions[profile].vra,
  })
}
