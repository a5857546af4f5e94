import { defaultRecoveryPlace } from './zerto-sim-infrastructure.ts'
import { memberOf, type RequestBody } from './zerto-sim-request.ts'
import {
  mergeObject,
  newSettings,
  newVmSettings,
  settingsShape,
  type SettingsPart,
} from './zerto-sim-settings-document.ts'
import { otherSite, type SimVm, type SimVpg, type SiteIndex } from './zerto-sim-vpg.ts'
import type { ZertoWorld } from './zerto-world.ts'

const toNetwork = (identifier: string) => ({ Hypervisor: { DefaultNetworkIdentifier: identifier } })

const newRecoveryDefaults = (world: ZertoWorld, recoverySite: SiteIndex, datastoreIdentifier: string | null) => {
  const place = defaultRecoveryPlace(world.sites[recoverySite].infrastructure, 'deprecated')
  return {
    Recovery: {
      DefaultHostIdentifier: place.hostIdentifier,
      DefaultDatastoreIdentifier: datastoreIdentifier ?? place.datastoreIdentifier,
      DefaultFolderIdentifier: place.folderIdentifier,
    },
    Networks: {
      Failover: toNetwork(place.failoverNetworkIdentifier),
      FailoverTest: toNetwork(place.testNetworkIdentifier),
    },
  }
}

const toProfileValues = (world: ZertoWorld, profileId: string | null) => {
  const profile = world.serviceProfiles.find(({ id }) => id === profileId)
  if (profile === undefined) return {}
  return {
    RpoInSeconds: profile.rpoSeconds,
    JournalHistoryInHours: profile.historyHours,
    TestIntervalInMinutes: profile.testIntervalDays * 1440,
  }
}

/**
 * The settings that the body of the deprecated `POST /v1/vpgs` means: it names a datastore at most, and leaves the
 * rest of the place to the recovery site.
 */
export const settingsOfDeprecatedCall = (world: ZertoWorld, body: RequestBody): SettingsPart => {
  const target = body.text('TargetSiteIdentifier')
  const recoverySite = world.sites.find(({ siteIdentifier }) => siteIdentifier === target)?.index ?? 1
  const orgVdc = body.text('OrgVdcIdentifier')
  const { Recovery, Networks } = newRecoveryDefaults(world, recoverySite, body.text('DatastoreIdentifier'))
  const given = {
    Basic: {
      ...toProfileValues(world, body.text('ServiceProfileIdentifier')),
      Name: body.text('VpgName'),
      Priority: memberOf(body.value, 'Priority'),
      ProtectedSiteIdentifier: body.text('SourceSiteIdentifier'),
      RecoverySiteIdentifier: target,
      ServiceProfileIdentifier: body.text('ServiceProfileIdentifier'),
      ZorgIdentifier: body.text('ZorgIdentifier'),
    },
    Networks,
    Recovery: {
      ...Recovery,
      ResourcePoolIdentifier: body.text('ResourcePoolIdentifier'),
      VCD: orgVdc === null ? null : { OrgVdcIdentifier: orgVdc },
    },
    Vms: body.texts('VmsIdentifiers').map((identifier) => newVmSettings(identifier)),
  }
  return mergeObject(settingsShape, given, newSettings())
}

const toNetworks = ({ recovery }: SimVpg) => ({
  Failover: toNetwork(recovery.failoverNetworkIdentifier),
  FailoverTest: toNetwork(recovery.testNetworkIdentifier),
})

/** A group recovers to a host or a cluster of hosts, and likewise its disks; the other of either pair is null. */
const toRecovery = (world: ZertoWorld, { protectedSite, recovery }: SimVpg) => {
  const { clusters, datastoreCluster } = world.sites[otherSite(protectedSite)].infrastructure
  const isHostCluster = clusters.some(({ identifier }) => identifier === recovery.hostIdentifier)
  const isStoreCluster = datastoreCluster.identifier === recovery.datastoreIdentifier
  return {
    DefaultHostIdentifier: isHostCluster ? null : recovery.hostIdentifier,
    DefaultHostClusterIdentifier: isHostCluster ? recovery.hostIdentifier : null,
    DefaultDatastoreIdentifier: isStoreCluster ? null : recovery.datastoreIdentifier,
    DefaultDatastoreClusterIdentifier: isStoreCluster ? recovery.datastoreIdentifier : null,
    DefaultFolderIdentifier: recovery.folderIdentifier,
  }
}

/** The settings of a group that exists. What was committed through the API comes back as it was. */
export const settingsOf = (world: ZertoWorld, vpg: SimVpg): SettingsPart => {
  const base = vpg.settings ?? newSettings()
  const known = memberOf(base, 'Vms')
  const vmSettings = (vm: SimVm): unknown => {
    const identifier = vm.identifiers[vpg.protectedSite]
    const found = Array.isArray(known) ? known.find((item) => memberOf(item, 'VmIdentifier') === identifier) : undefined
    return found ?? newVmSettings(identifier)
  }
  // What a Cloud Director is told is kept as it was committed.
  const isCloud = vpg.recovery.orgVdcIdentifier !== null
  const overlay = {
    Basic: {
      Name: vpg.name,
      RpoInSeconds: vpg.configuredRpoSeconds,
      TestIntervalInMinutes: vpg.testIntervalMinutes,
      JournalHistoryInHours: Math.round(vpg.journal.historyMinutes / 60),
      Priority: vpg.priority,
      UseWanCompression: vpg.useWanCompression,
      ServiceProfileIdentifier: vpg.serviceProfileId,
      ZorgIdentifier: vpg.zorgId,
      ProtectedSiteIdentifier: world.sites[vpg.protectedSite].siteIdentifier,
      RecoverySiteIdentifier: world.sites[otherSite(vpg.protectedSite)].siteIdentifier,
    },
    ...(isCloud ? {} : { Recovery: toRecovery(world, vpg) }),
    ...(isCloud ? {} : { Networks: toNetworks(vpg) }),
    Vms: vpg.vms.map(vmSettings),
  }
  return mergeObject(settingsShape, overlay, base)
}
