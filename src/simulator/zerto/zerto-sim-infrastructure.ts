import type { Random } from '../random.ts'
import { hashFraction, type RecoveryPlace } from './zerto-sim-vpg.ts'

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
  }
}

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
})

/** The name of a thing, or an empty string when the site has none with this identifier. */
export const nameOfThing = (things: readonly NamedThing[], identifier: string): string =>
  things.find((thing) => thing.identifier === identifier)?.name ?? ''
