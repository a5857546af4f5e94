import { DomainError } from '../../domain/errors.ts'
import type { ResourceKind, ResourceQuery, SiteResource } from '../../domain/site-resource.ts'
import { isNativeId, isObjectId } from './zerto-ids.ts'
import type { ZertoReadsClient } from './zerto-reads-client.ts'
import type { WireChild } from './zerto-reads-wire.ts'
import { emptyToNull } from './zerto-units.ts'

/** Where to look, checked. */
interface Place {
  readonly siteId: string
  /** True where the asked site itself is meant: only that one tells how full its datastores are. */
  readonly isOwn: boolean
  readonly parentId: string | null
}

type Lister = (client: ZertoReadsClient, place: Place, signal: AbortSignal) => Promise<readonly SiteResource[]>

const toResource =
  (kind: ResourceKind) =>
  ({ identifier, name, parentId, status }: WireChild): SiteResource => ({
    kind,
    vendorId: identifier,
    name: name === '' ? identifier : name,
    parentVendorId: emptyToNull(parentId),
    organization: null,
    capacityBytes: null,
    freeBytes: null,
    status: emptyToNull(status),
  })

/** How full each datastore is; nothing where the site or its version does not tell. */
const readUsage = async (client: ZertoReadsClient, place: Place, signal: AbortSignal) => {
  if (!place.isOwn) return new Map<string, Partial<SiteResource>>()
  const rows = await client.listDatastores(signal).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'VENDOR_REFUSED') return []
    throw error
  })
  return new Map(
    rows.map((row): [string, Partial<SiteResource>] => {
      const usage = row.Stats?.Usage?.Datastore ?? null
      const status = emptyToNull(row.Health?.Status ?? null) ?? emptyToNull(row.Stats?.AvailabilityStatus ?? null)
      const known = { capacityBytes: usage?.CapacityInBytes ?? null, freeBytes: usage?.FreeInBytes ?? null, status }
      return [row.DatastoreIdentifier, known]
    }),
  )
}

const listDatastores: Lister = async (client, place, signal) => {
  const [rows, usage] = await Promise.all([
    client.listChildren('datastores', { siteId: place.siteId, orgVdcId: null }, signal),
    readUsage(client, place, signal),
  ])
  return rows.map((row) => ({ ...toResource('DATASTORE')(row), ...usage.get(row.identifier) }))
}

const listZorgs: Lister = async (client, _place, signal) =>
  (await client.listZorgs(signal)).map((row) =>
    toResource('ORGANIZATION')({
      identifier: row.ZorgIdentifier,
      name: row.ZorgName ?? '',
      parentId: null,
      status: null,
    }),
  )

/** Children of the site that need nothing else. */
const children =
  (kind: ResourceKind, path: Parameters<ZertoReadsClient['listChildren']>[0]): Lister =>
  async (client, { siteId }, signal) =>
    (await client.listChildren(path, { siteId, orgVdcId: null }, signal)).map(toResource(kind))

/** Children of an organisation's data center where one is named, else of the site. */
const childrenOfOrgVdc =
  (kind: ResourceKind, path: 'networks' | 'storagepolicies'): Lister =>
  async (client, { siteId, parentId }, signal) => {
    const rows = await client.listChildren(path, { siteId, orgVdcId: parentId }, signal)
    return rows.map((row) => toResource(kind)({ ...row, parentId }))
  }

/** Null for what this vendor has not: a template or a vCenter is nothing that a VPG names. */
const listers: Readonly<Record<ResourceKind, Lister | null>> = {
  VM: children('VM', 'vms'),
  VAPP: children('VAPP', 'vcdvapps'),
  VAPP_TEMPLATE: null,
  ORGANIZATION: listZorgs,
  DATACENTER: children('DATACENTER', 'orgvdcs'),
  NETWORK: childrenOfOrgVdc('NETWORK', 'networks'),
  STORAGE_PROFILE: childrenOfOrgVdc('STORAGE_PROFILE', 'storagepolicies'),
  DATASTORE: listDatastores,
  HOST: children('HOST', 'hosts'),
  CLUSTER: children('CLUSTER', 'hostclusters'),
  RESOURCE_POOL: children('RESOURCE_POOL', 'resourcepools'),
  FOLDER: children('FOLDER', 'folders'),
  VCENTER: null,
}

/** The kinds whose rows say, or whose path takes, what holds them. */
const parentKinds: readonly ResourceKind[] = ['VM', 'DATASTORE', 'NETWORK', 'STORAGE_PROFILE']

const compareByName = (a: SiteResource, b: SiteResource): number => a.name.localeCompare(b.name)

/**
 * What a VPG can be made of, at the asked site or at one it is paired with; by name.
 *
 * @throws INVALID_INPUT for a kind that this vendor has not, or a parent that does not fit; NOT_FOUND for a site that
 * the asked one does not know.
 */
export const listSiteResources = async (
  client: ZertoReadsClient,
  ownSiteId: (signal: AbortSignal) => Promise<string>,
  query: ResourceQuery,
  signal: AbortSignal,
): Promise<readonly SiteResource[]> => {
  const { kind, siteNativeId, parentVendorId: parentId } = query
  const list = listers[kind]
  if (list === null) throw DomainError.invalidInput('kind', `this vendor has no ${kind}`)
  if (siteNativeId !== null && !isNativeId('Site', siteNativeId)) throw DomainError.notFound(siteNativeId)
  if (parentId !== null && !(parentKinds.includes(kind) && isObjectId(parentId))) {
    throw DomainError.invalidInput('parentVendorId', `is nothing that holds a ${kind} here`)
  }
  if (kind === 'STORAGE_PROFILE' && parentId === null) {
    throw DomainError.invalidInput('parentVendorId', 'has to name the data center whose storage policies are wanted')
  }
  const own = await ownSiteId(signal)
  const siteId = siteNativeId ?? own
  const resources = await list(client, { siteId, isOwn: siteId === own, parentId }, signal)
  return resources
    .filter(({ parentVendorId }) => parentId === null || parentVendorId === parentId)
    .toSorted(compareByName)
}
