import { filterRows, listVmRows, type VmRow } from './zerto-sim-filters.ts'
import { resourceSamples } from './zerto-sim-inferred.ts'
import { resolvePlace, vraNameOf } from './zerto-sim-infrastructure.ts'
import { parsePage, parseSpan, queryValue, toWireDate } from './zerto-sim-request.ts'
import type { Call } from './zerto-sim-router.ts'
import { placementOf } from './zerto-sim-vm-view.ts'
import { otherSite } from './zerto-sim-vpg.ts'
import { isReplicating, trafficOf } from './zerto-sim-vpg-view.ts'

const stepMs = resourceSamples.everyHours * 3_600_000

/** The full hours that were sampled in the span asked for; without a span the last one. Oldest first. */
const listSampleTimes = (call: Call): readonly number[] => {
  const { from, to } = parseSpan(call.request, call.site.utcOffsetMinutes, ['startTime', 'endTime'])
  const newest = Math.floor(Math.min(call.now, to) / stepMs) * stepMs
  const oldestKept = call.now - resourceSamples.keptHours * 3_600_000
  const oldest = queryValue(call.request, 'startTime') === null ? newest : Math.max(from, oldestKept)
  const times: number[] = []
  for (let time = Math.ceil(oldest / stepMs) * stepMs; time <= newest; time += stepMs) times.push(time)
  return times
}

const filterVms = (call: Call): readonly VmRow[] => {
  const { world, request } = call
  const protectedSite = ({ vpg }: VmRow) => world.sites[vpg.protectedSite]
  const recoverySite = ({ vpg }: VmRow) => world.sites[otherSite(vpg.protectedSite)]
  return filterRows(listVmRows(world), request, {
    vpgName: ({ vpg }) => [vpg.name],
    vmName: ({ vm }) => [vm.name],
    zorgName: ({ vpg }) => [world.zorgs.find(({ id }) => id === vpg.zorgId)?.name ?? ''],
    protectedSiteName: (row) => [protectedSite(row).name],
    recoverySiteName: (row) => [recoverySite(row).name],
    protectedClusterName: (row) => protectedSite(row).infrastructure.clusters.map(({ name }) => name),
    recoveryClusterName: (row) => recoverySite(row).infrastructure.clusters.map(({ name }) => name),
    protectedHostName: (row) => [placementOf(protectedSite(row), row.vm).host.name],
    recoveryHostName: (row) => [
      resolvePlace(recoverySite(row).infrastructure, row.vpg.recovery, row.vm.name).host.name,
    ],
  })
}

const toGb = (megabytes: number): number => Math.round((megabytes / 1024) * 100) / 100

const toProtected = (call: Call, { vpg, vm }: VmRow, noise: number): object => {
  const site = call.world.sites[vpg.protectedSite]
  const { host } = placementOf(site, vm)
  return {
    Compute: {
      ClusterName: site.infrastructure.clusters[0]?.name ?? '',
      HostName: host.name,
      VraName: vraNameOf(host.name),
      OrgVdcName: '',
      ResourcePoolName: site.infrastructure.resourcePools[0]?.name ?? '',
    },
    Storage: {
      NumberOfVolumes: 1,
      VolumesProvisionedStorageInGB: toGb(vm.provisionedMb),
      VolumesUsedStorageInGB: toGb(vm.usedMb),
    },
    VmInfo: {
      HardwareVersion: 'vmx-19',
      VmIdentifier: vm.identifiers[vpg.protectedSite],
      VmName: vm.name,
      Cpu: {
        CpuLimitationInMhz: 0,
        CpuReservedInMhz: 0,
        NumberOfvCpus: vm.cpus,
        CpuUsedInMhz: Math.floor(vm.cpus * 2400 * noise),
      },
      Memory: {
        ActiveGuestMemoryInMB: Math.floor(vm.memoryMb * noise),
        ConsumedHostMemoryInMB: Math.floor(vm.memoryMb * (0.5 + noise / 2)),
        MemoryInMB: vm.memoryMb,
        MemoryLimitationInMB: 0,
        MemoryReservedInMB: 0,
      },
    },
    SiteName: site.name,
    VcdOrgName: '',
  }
}

const toRecovery = (call: Call, { vpg, vm }: VmRow): object => {
  const site = call.world.sites[otherSite(vpg.protectedSite)]
  const { clusters, resourcePools } = site.infrastructure
  const { host, datastore } = resolvePlace(site.infrastructure, vpg.recovery, vm.name)
  return {
    Compute: {
      FailoverOrMoveInstanceType: null,
      FailoverOrMoveInstanceFamily: null,
      FailoverTestInstanceType: null,
      FailoverTestInstanceFamily: null,
      ClusterName: clusters[0]?.name ?? '',
      HostName: host.name,
      VraName: vraNameOf(host.name),
      OrgVdcName: '',
      ResourcePoolName: resourcePools[0]?.name ?? '',
    },
    Storage: {
      JournalProvisionedStorageInGB: toGb(vm.provisionedMb * 0.1),
      JournalUsedStorageInGB: toGb(vm.usedMb * 0.05),
      DatastoreName: datastore.name,
      StoragePolicyName: '',
      VolumesProvisionedStorageInGB: toGb(vm.provisionedMb),
      VolumesUsedStorageInGB: toGb(vm.usedMb),
    },
    SiteName: site.name,
    VcdOrgName: '',
  }
}

const toSampleApi = (call: Call, row: VmRow, sampledAt: number): object => {
  const { world } = call
  const { vpg, vm } = row
  const { throughputMb } = trafficOf(`${vpg.id}${vm.name}`, isReplicating(vpg), sampledAt)
  const profile = world.serviceProfiles.find(({ id }) => id === vpg.serviceProfileId)
  return {
    SampleTime: toWireDate(sampledAt),
    Performance: { BandwidthInBps: throughputMb * 524_288, ThroughputInBps: throughputMb * 1_048_576 },
    Vpg: {
      CrmIdentifier: '',
      ServiceProfileName: profile?.name ?? '',
      VpgName: vpg.name,
      ProtectedAndRecoveryType: 'VCenterToVCenter',
      ZorgName: world.zorgs.find(({ id }) => id === vpg.zorgId)?.name ?? '',
    },
    ProtectedSite: toProtected(call, row, Math.min(1, throughputMb / 4)),
    RecoverySite: toRecovery(call, row),
  }
}

/** A page of `GET /v1/reports/resources`: one row for each machine of each group in each hour, oldest hour first. */
export const listResourceSamples = (call: Call): readonly object[] => {
  const times = listSampleTimes(call)
  const rows = filterVms(call)
  const { from, to } = parsePage(call.request, times.length * rows.length)
  const samples: object[] = []
  for (let index = from; index < to; index += 1) {
    const row = rows[index % rows.length]
    const time = times[Math.floor(index / rows.length)]
    if (row !== undefined && time !== undefined) samples.push(toSampleApi(call, row, time))
  }
  return samples
}
