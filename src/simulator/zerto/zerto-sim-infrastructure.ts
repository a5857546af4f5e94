import type { Random } from '../random.ts'
import { hashFraction, hashUuid, type RecoveryPlace } from './zerto-sim-vpg.ts'

/** Something of a vCenter that a group can be told to recover to. Identifiers are `<vCenterGuid>.<moref>`. */
export interface NamedThing {
  readonly identifier: string
  readonly name: string
}

/** What stands at a site. Lists are never empty. */
export interface SiteInfrastructure {
  readonly vcenterGuid: string
  readonly hosts: readonly NamedThing[]
  readonly clusters: readonly NamedThing[]
  readonly datastores: readonly NamedThing[]
  readonly networks: readonly NamedThing[]
  readonly folders: readonly NamedThing[]
  readonly resourcePools: readonly NamedThing[]
  /** Holds the first two datastores. */
  readonly datastoreCluster: NamedThing
  /** What backups go to. */
  readonly repository: NamedThing
  /** What a Cloud Director next to the vCenter offers; empty where there is none. */
  readonly orgVdcs: readonly OrgVdc[]
}

/** A virtual data centre of a Cloud Director. */
export interface OrgVdc extends NamedThing {
  readonly networks: readonly NamedThing[]
  readonly storagePolicies: readonly NamedThing[]
  readonly vapps: readonly NamedThing[]
}

/** Cloud Directors stand at London only, so that a caller sees both a site with one and a site without. */
const createOrgVdcs = (siteName: string): readonly OrgVdc[] => {
  if (siteName !== 'London') return []
  const thing = (name: string): NamedThing => ({ identifier: hashUuid(`${siteName}${name}`), name })
  return ['acme-vdc', 'globex-vdc'].map((name) => ({
    ...thing(name),
    networks: [thing(`${name}-routed`), thing(`${name}-isolated`)],
    storagePolicies: [thing(`${name}-gold`), thing(`${name}-silver`)],
    vapps: [thing(`${name}-portal`)],
  }))
}

/** Builds a believable vCenter: some hosts in one cluster, datastores, networks, folders. */
export const createInfrastructure = (random: Random, siteName: string): SiteInfrastructure => {
  const vcenterGuid = random.uuid()
  const short = siteName.slice(0, 3).toLowerCase()
  const things = (moref: string, first: number, names: readonly string[]): NamedThing[] =>
    names.map((name, index) => ({ identifier: `${vcenterGuid}.${moref}${first + index}`, name }))
  return {
    vcenterGuid,
    hosts: things(
      'host-',
      15,
      [1, 2, 3, 4].map((number) => `esx-${short}-0${number}.example.com`),
    ),
    clusters: things('domain-c', 7, [`${siteName} Cluster`]),
    datastores: things('datastore-', 19, [`${short}-ssd-01`, `${short}-ssd-02`, `${short}-nl-01`, `${short}-journal`]),
    networks: things('network-', 22, ['VM Network', 'Production', 'DMZ', 'Isolated Test']),
    folders: things('group-v', 3, ['/', 'Recovered', 'Production']),
    resourcePools: things('resgroup-', 8, ['Resources']),
    datastoreCluster: { identifier: `${vcenterGuid}.group-p44`, name: `${short}-ssd` },
    repository: { identifier: hashUuid(`${siteName}repository`), name: `${short}-backup` },
    orgVdcs: createOrgVdcs(siteName),
  }
}

/** The cluster that holds a datastore; null when it stands alone. */
export const clusterOf = (site: SiteInfrastructure, datastoreIdentifier: string): NamedThing | null =>
  site.datastores.slice(0, 2).some(({ identifier }) => identifier === datastoreIdentifier)
    ? site.datastoreCluster
    : null

/** One of a list, always the same one for the same key. */
export const pickFor = (things: readonly NamedThing[], key: string): NamedThing => {
  const thing = things[Math.floor(hashFraction(key) * things.length)]
  if (thing === undefined) throw new Error('nothing to pick from')
  return thing
}

/** The place that a site offers when nobody chose one: what reverse protection uses. */
export const defaultRecoveryPlace = (site: SiteInfrastructure, key: string): RecoveryPlace => ({
  hostIdentifier: pickFor(site.hosts, `${key}host`).identifier,
  datastoreIdentifier: pickFor(site.datastores, `${key}datastore`).identifier,
  folderIdentifier: pickFor(site.folders, `${key}folder`).identifier,
  failoverNetworkIdentifier: pickFor(site.networks, `${key}network`).identifier,
  testNetworkIdentifier: site.networks.at(-1)?.identifier ?? '',
  orgVdcIdentifier: null,
})

/** The host and the datastore that a place comes down to: of a cluster, always the same one for the same key. */
export const resolvePlace = (
  site: SiteInfrastructure,
  { hostIdentifier, datastoreIdentifier }: RecoveryPlace,
  key: string,
) => ({
  host: site.hosts.find(({ identifier }) => identifier === hostIdentifier) ?? pickFor(site.hosts, key),
  datastore:
    site.datastores.find(({ identifier }) => identifier === datastoreIdentifier) ??
    pickFor(site.datastores.slice(0, 2), key),
})

/** What a replication appliance is called that stands on a host. */
export const vraNameOf = (hostName: string): string => `Z-VRA-${hostName}`

/** The name of a thing, or an empty string when the site has none with this identifier. */
export const nameOfThing = (things: readonly NamedThing[], identifier: string): string =>
  things.find((thing) => thing.identifier === identifier)?.name ?? ''
