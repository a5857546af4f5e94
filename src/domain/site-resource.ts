/** What a start dialogue lets a person choose from. */
export const resourceKinds = [
  'VM',
  'VAPP',
  'VAPP_TEMPLATE',
  'ORGANIZATION',
  'DATACENTER',
  'NETWORK',
  'STORAGE_PROFILE',
  'DATASTORE',
  'HOST',
  'CLUSTER',
  'RESOURCE_POOL',
  'FOLDER',
  'VCENTER',
] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** Something at a site that a replication can start from or go to. Null members are what the vendor does not tell. */
export interface SiteResource {
  readonly kind: ResourceKind
  /** What inputs take. */
  readonly vendorId: string
  readonly name: string
  /** The vendor's identifier of what holds it, e.g. a machine's vApp, a network's data center. */
  readonly parentVendorId: string | null
  readonly organization: string | null
  readonly capacityBytes: number | null
  readonly freeBytes: number | null
  /** The vendor's word for how it is, e.g. of a datastore or host. */
  readonly status: string | null
}

/** Which resources are wanted. */
export interface ResourceQuery {
  readonly kind: ResourceKind
  /** Native id of the site they are at; null is the asked site itself. */
  readonly siteNativeId: string | null
  /** Only those held by this one; some kinds need it, and their adapters say so by INVALID_INPUT. */
  readonly parentVendorId: string | null
}
