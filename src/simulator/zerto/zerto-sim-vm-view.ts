import { pickFor, resolvePlace } from './zerto-sim-infrastructure.ts'
import { linkToSite, linkToVm, type View } from './zerto-sim-links.ts'
import { asProfile, type ZertoProfile } from './zerto-sim-profile.ts'
import { toWireDate } from './zerto-sim-request.ts'
import { actualRpoSeconds, hashFraction, otherSite, statusOfVpg, type SimVm, type SimVpg } from './zerto-sim-vpg.ts'
import { isReplicating, toEntities, trafficOf } from './zerto-sim-vpg-view.ts'
import type { ZertoSite } from './zerto-world.ts'

/** Where a machine runs and where its disk lies: always the same place for the same machine. */
export const placementOf = (site: ZertoSite, vm: SimVm) => ({
  host: pickFor(site.infrastructure.hosts, `${vm.name}${vm.placement}`),
  datastore: pickFor(site.infrastructure.datastores, vm.name),
  network: pickFor(site.infrastructure.networks, `${vm.name}network`),
})

const nics = [{ NicIdentifier: 'Network adapter 1' }]
const volumes = [{ VmVolumeIdentifier: 'scsi:0:0', PublicCloudVolumeIdentifier: null }]

/** What is the same of a machine whether it is protected or not: where it runs and what it is made of. */
const toPlacement = (site: ZertoSite, vm: SimVm) => {
  const { host, datastore, network } = placementOf(site, vm)
  const octets = [1, 2].map((number) => 1 + Math.floor(hashFraction(`${vm.name}${number}`) * 250))
  const adapter = {
    DisplayName: 'Network adapter 1',
    NetworkIdentifier: network.identifier,
    IpAddresses: [`10.20.${octets.join('.')}`],
  }
  return {
    GuestOs: vm.guestOs,
    IsAgentInstalled: false,
    OwningDatastoreIdentifier: datastore.identifier,
    OwningDatastoreName: datastore.name,
    OwningHostIdentifier: host.identifier,
    OwningHostName: host.name,
    PlatformInformation: { Azure: null },
    VmNetworkInformation: { NetworkAdapters: [adapter] },
  }
}

/** One row of `GET /v1/vms`: one machine in one group. */
export const toVmApi = (view: View, vpg: SimVpg, vm: SimVm): object => {
  const { world, now } = view
  const recoverySite = otherSite(vpg.protectedSite)
  const { iops, throughputMb } = trafficOf(`${vpg.id}${vm.name}`, isReplicating(vpg), now)
  const names = { protected: world.sites[vpg.protectedSite].name, recovery: world.sites[recoverySite].name }
  const { status, subStatus } = statusOfVpg(vpg, now)
  const { host: recoveryHost } = resolvePlace(world.sites[recoverySite].infrastructure, vpg.recovery, vm.name)
  const hardLimitMb = Math.max(10_240, Math.floor(vm.provisionedMb * 1.5))
  return asProfile(world.profile, 'vm', {
    ActualRPO: actualRpoSeconds(vpg, now),
    CpuCoresNum: vm.cpus,
    EnabledActions: { IsFlrEnabled: vpg.journal.isOpen },
    Entities: toEntities(view, vpg),
    HardwareVersion: 'vmx-19',
    IOPs: iops,
    IsVmExists: true,
    JournalHardLimit: { LimitType: 1, LimitValue: hardLimitMb },
    JournalUsedStorageMb: Math.floor(vm.usedMb * 0.05),
    JournalWarningThreshold: { LimitType: 1, LimitValue: Math.floor(hardLimitMb * 0.75) },
    LastTest: vpg.lastTest === null ? null : toWireDate(vpg.lastTest),
    Link: linkToVm(view, vpg, vm),
    MemorySizeInMB: vm.memoryMb,
    Nics: nics,
    OrganizationName: world.zorgs.find(({ id }) => id === vpg.zorgId)?.name ?? '',
    OutgoingBandWidthInMbps: throughputMb / 2,
    Priority: vpg.priority,
    ProtectedSite: linkToSite(view, vpg.protectedSite),
    ProtectedSiteName: names.protected,
    ProvisionedStorageInMB: vm.provisionedMb,
    RecoveryHostIdentifier: recoveryHost.identifier,
    RecoveryHostName: recoveryHost.name,
    RecoverySite: linkToSite(view, recoverySite),
    RecoverySiteName: names.recovery,
    SourceSite: names.protected,
    Status: status,
    SubStatus: subStatus,
    TargetSite: names.recovery,
    ThroughputInMB: throughputMb,
    UsedStorageInMB: vm.usedMb,
    VmIdentifier: vm.identifiers[vpg.protectedSite],
    VmName: vm.name,
    Volumes: volumes,
    VpgIdentifier: vpg.id,
    VpgName: vpg.name,
    ...toPlacement(world.sites[vpg.protectedSite], vm),
  })
}

/** One row of `GET /v1/virtualizationsites/{id}/vms`: a machine that may still be protected. */
export const toUnprotectedVmApi = (profile: ZertoProfile, site: ZertoSite, vm: SimVm): object =>
  asProfile(profile, 'unprotectedVm', {
    VmName: vm.name,
    VmIdentifier: vm.identifiers[site.index],
    VmInstanceIdentifier: null,
    VmPerfMetricInfo: {
      ProvisionedStorageInMB: vm.provisionedMb,
      UsedStorageInMB: vm.usedMb,
      CpuCoresNum: vm.cpus,
      MemorySizeInMB: vm.memoryMb,
    },
    Nics: nics,
    Volumes: volumes,
    ...toPlacement(site, vm),
  })
