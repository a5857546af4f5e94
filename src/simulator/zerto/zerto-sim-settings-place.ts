import { defaultRecoveryPlace, type SiteInfrastructure } from './zerto-sim-infrastructure.ts'
import type { SettingsPart } from './zerto-sim-settings-document.ts'
import { invalid, listAt, requireThing, textAt, valueAt } from './zerto-sim-settings-members.ts'
import type { RecoveryPlace, SiteIndex } from './zerto-sim-vpg.ts'
import type { ZertoWorld } from './zerto-world.ts'

/** A choice that may be left out. @throws ZvmRefusal when it names nothing. */
const checkThing = (things: SiteInfrastructure['hosts'], what: string, identifier: string | null): void => {
  if (identifier !== null) requireThing(things, what, identifier)
}

/** What a machine says otherwise than its group must exist, and so must its boot group. */
const checkMachine = (site: SiteInfrastructure, vm: unknown, bootGroups: ReadonlySet<string>): void => {
  const { hosts, clusters, datastores, datastoreCluster, folders, networks, resourcePools } = site
  const own = (name: string): string | null => textAt(vm, 'Recovery', name)
  checkThing(hosts, 'Recovery host', own('HostIdentifier'))
  checkThing(clusters, 'Recovery host cluster', own('HostClusterIdentifier'))
  checkThing(datastores, 'Recovery datastore', own('DatastoreIdentifier'))
  checkThing([datastoreCluster], 'Recovery datastore cluster', own('DatastoreClusterIdentifier'))
  checkThing(folders, 'Recovery folder', own('FolderIdentifier'))
  checkThing(resourcePools, 'Resource pool', own('ResourcePoolIdentifier'))
  checkThing(datastores, 'Journal datastore', textAt(vm, 'Journal', 'DatastoreIdentifier'))
  checkThing(datastores, 'Scratch datastore', textAt(vm, 'Scratch', 'DatastoreIdentifier'))
  for (const volume of listAt(vm, 'Volumes')) {
    checkThing(datastores, 'Volume datastore', textAt(volume, 'Datastore', 'DatastoreIdentifier'))
  }
  for (const nic of listAt(vm, 'Nics')) {
    for (const kind of ['Failover', 'FailoverTest']) {
      checkThing(networks, `${kind} network`, textAt(nic, kind, 'Hypervisor', 'NetworkIdentifier'))
    }
  }
  const bootGroup = textAt(vm, 'BootGroupIdentifier')
  if (bootGroup !== null && !bootGroups.has(bootGroup)) throw invalid(`Boot group ${bootGroup} does not exist`)
}

const checkMachines = (settings: SettingsPart, site: SiteInfrastructure): void => {
  const groups = listAt(valueAt(settings, 'BootGroups'), 'BootGroups')
  const bootGroups = new Set(groups.map((group) => textAt(group, 'BootGroupIdentifier') ?? ''))
  for (const vm of listAt(settings, 'Vms')) checkMachine(site, vm, bootGroups)
}

/** A Cloud Director next to the vCenter: only its networks are chosen, the rest is its own business. */
const requireCloudPlace = (
  settings: SettingsPart,
  site: SiteInfrastructure,
  orgVdcIdentifier: string,
): RecoveryPlace => {
  const vdc = site.orgVdcs.find(({ identifier }) => identifier === orgVdcIdentifier)
  if (vdc === undefined) throw invalid(`Organization VDC ${orgVdcIdentifier} does not exist in the recovery site`)
  for (const kind of ['Failover', 'FailoverTest']) {
    const network = textAt(settings, 'Networks', kind, 'VCD', 'DefaultRecoveryOrgVdcNetworkIdentifier')
    checkThing(vdc.networks, `${kind} network`, network)
    for (const row of listAt(valueAt(settings, 'Networks', kind, 'VCD'), 'Mapping')) {
      checkThing(vdc.networks, `${kind} network`, textAt(row, 'RecoveryOrgVdcNetworkIdentifier'))
    }
  }
  return { ...defaultRecoveryPlace(site, orgVdcIdentifier), orgVdcIdentifier }
}

/** Where to: the group's defaults must be there, and what a machine chooses must exist. @throws ZvmRefusal */
export const requirePlace = (world: ZertoWorld, settings: SettingsPart, recoverySite: SiteIndex): RecoveryPlace => {
  const site = world.sites[recoverySite].infrastructure
  const { hosts, clusters, datastores, datastoreCluster, folders, networks } = site
  const orgVdc = textAt(settings, 'Recovery', 'VCD', 'OrgVdcIdentifier')
  if (orgVdc !== null && site.orgVdcs.length > 0) return requireCloudPlace(settings, site, orgVdc)
  checkMachines(settings, site)
  const chosen = (name: string): string | null => textAt(settings, 'Recovery', name)
  const network = (kind: string): string | null =>
    textAt(settings, 'Networks', kind, 'Hypervisor', 'DefaultNetworkIdentifier')
  checkThing(datastores, 'Journal datastore', textAt(settings, 'Journal', 'DatastoreIdentifier'))
  checkThing(datastores, 'Scratch datastore', textAt(settings, 'Scratch', 'DatastoreIdentifier'))
  const host = chosen('DefaultHostIdentifier') ?? chosen('DefaultHostClusterIdentifier')
  const datastore = chosen('DefaultDatastoreIdentifier') ?? chosen('DefaultDatastoreClusterIdentifier')
  return {
    hostIdentifier: requireThing([...hosts, ...clusters], 'Default recovery host', host),
    datastoreIdentifier: requireThing([...datastores, datastoreCluster], 'Default recovery datastore', datastore),
    folderIdentifier: requireThing(folders, 'Default recovery folder', chosen('DefaultFolderIdentifier')),
    failoverNetworkIdentifier: requireThing(networks, 'Failover network', network('Failover')),
    testNetworkIdentifier: requireThing(networks, 'Failover test network', network('FailoverTest')),
    orgVdcIdentifier: null,
  }
}

/** What only a Cloud Director has, by where it stands; what is protected here is never one. */
const cloudMembers: readonly (readonly [string, readonly string[]])[] = [
  ['OrgVdc', ['Recovery', 'VCD']],
  ['FailoverNetwork', ['Networks', 'Failover', 'VCD']],
  ['FailoverTestNetwork', ['Networks', 'FailoverTest', 'VCD']],
]

/** What only a vCenter has; the first is the one that a public report of this failure names. */
const vcenterMembers: readonly (readonly [string, readonly string[]])[] = [
  ['JournalDatastore', ['Journal', 'DatastoreIdentifier']],
  ['DefaultHost', ['Recovery', 'DefaultHostIdentifier']],
  ['DefaultDatastore', ['Recovery', 'DefaultDatastoreIdentifier']],
  ['DefaultFolder', ['Recovery', 'DefaultFolderIdentifier']],
]

/** What has no meaning where the group recovers to: taken by the commit, and then its task fails with this reason. */
export const findIrrelevant = (settings: SettingsPart, { orgVdcIdentifier }: RecoveryPlace): string | null => {
  const isCloud = orgVdcIdentifier !== null
  const places = [...(isCloud ? vcenterMembers : cloudMembers), ['VcdVapp', ['Protected', 'VCD']] as const]
  const found = places.filter(([, path]) => (valueAt(settings, ...path) ?? null) !== null)
  if (found.length === 0) return null
  const list = found.map(([name, path]) => `Name: ${name}; Location: ${path[0]}`).join(', ')
  const direction = `from vCenter to ${isCloud ? 'vCD' : 'vCenter'}`
  return `The following properties are irrelevant when replicating ${direction}. Remove these accordingly: ${list}`
}
