import { inferredRefusals, storageProfilesArePaged } from './vcda-inferred.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { contains, equals, listPage, oneOf } from './vcda-sim-lists.ts'
import type { SimVdc } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { toVimLocation, uuidFor, type Rendered } from './vcda-sim-rendering.ts'

interface Item {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly site: string
}

const grammar = {
  filters: {
    ids: oneOf<Item>(({ id }) => id),
    name: contains<Item>(({ name }) => name),
    org: equals<Item>(({ org }) => org),
  },
  sorts: { name: ({ name }: Item) => name },
}

/** A provider everything, a tenant what is its organisation's. */
export const mayUse = (call: VcdaCall, org: string): boolean => call.session.isProvider || call.session.org === org

/** A page of what the caller may use at the site that the call is for. */
export const listItems = <T extends Item>(
  call: VcdaCall,
  items: Iterable<T>,
  render: (item: T) => Rendered,
): VcdaAnswer => {
  const here = [...items].filter((item) => item.site === call.site && mayUse(call, item.org))
  return { status: 200, body: listPage(here, grammar, { ...call, render }) }
}

/** GET /inventory/vms. Clients rely on `id` and `name`; the other members are made up. */
export const listVms = (call: VcdaCall): VcdaAnswer =>
  listItems(call, call.world.vms.values(), ({ id, name, org, vdcId, vappId }) => ({ id, name, org, vdcId, vappId }))

/** GET /inventory/vapps; templates are left out. */
export const listVapps = (call: VcdaCall): VcdaAnswer =>
  listItems(
    call,
    [...call.world.vapps.values()].filter((vapp) => !vapp.isTemplate),
    ({ id, name, org, vdcId, vmIds }) => ({ id, name, org, vdcId, vmCount: vmIds.length }),
  )

/** GET /inventory/vdcs. */
export const listVdcs = (call: VcdaCall): VcdaAnswer =>
  listItems(call, call.world.vdcs.values(), ({ id, name, org }) => ({ id, name, org }))

/** GET /inventory/orgs: the organisations that have a data center at the site. */
export const listOrganizations = (call: VcdaCall): VcdaAnswer => {
  const names = new Set([...call.world.vdcs.values()].filter(({ site }) => site === call.site).map(({ org }) => org))
  const items = [...names].map((name) => ({ id: uuidFor(`${name} at ${call.site}`), name, org: name, site: call.site }))
  return listItems(call, items, ({ id, name }) => ({ id, name, fullName: `${name} Incorporated` }))
}

const requireVdc = (call: VcdaCall): SimVdc => {
  const id = call.params.id ?? ''
  const vdc = call.world.vdcs.get(id)
  if (vdc !== undefined && vdc.site === call.site && mayUse(call, vdc.org)) return vdc
  throw new VcdaRefusal(inferredRefusals.pathNotFound, `VDC ${id} was not found.`, [id])
}

const listOfVdc = (call: VcdaCall, { org, site }: SimVdc, things: readonly Pick<Item, 'id' | 'name'>[]): VcdaAnswer => {
  const items = things.map((thing) => ({ ...thing, org, site }))
  return listItems(call, items, ({ id, name }) => ({ id, name }))
}

/** GET /inventory/vdcs/{id}/storage-profiles: whether it comes in pages is inferred. */
export const listStorageProfiles = (call: VcdaCall): VcdaAnswer => {
  const vdc = requireVdc(call)
  if (storageProfilesArePaged(call.query)) return listOfVdc(call, vdc, vdc.storageProfiles)
  return { status: 200, body: vdc.storageProfiles.map(({ id, name }) => ({ id, name })) }
}

/** The networks of a data center, always the same ones. */
export const networksOf = ({ id, org }: Pick<SimVdc, 'id' | 'org'>): readonly Pick<Item, 'id' | 'name'>[] =>
  ['production', 'test', 'dmz'].map((name) => ({ id: uuidFor(`${name} of ${id}`), name: `${org}-${name}` }))

/** GET /inventory/vdcs/{id}/networks. */
export const listNetworks = (call: VcdaCall): VcdaAnswer => {
  const vdc = requireVdc(call)
  return listOfVdc(call, vdc, networksOf(vdc))
}

/** GET /inventory/datastores: a bare array, for providers. */
export const listDatastores = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const here = [...call.world.vdcs.values()].filter(({ site }) => site === call.site)
  const locations = here.map(({ id, site }) => toVimLocation({ vdcId: id, site }))
  const byId = new Map(locations.map((location) => [location.datastore, location]))
  const body = [...byId.values()].map((location) => ({
    id: location.datastore,
    name: location.datastoreName,
    moref: location.datastoreMoref,
    vimServer: location.vimServer,
  }))
  return { status: 200, body }
}

/** GET /inventory/provider-vdcs: a bare array, for providers. */
export const listProviderVdcs = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const body = ['Compute', 'Storage'].map((name) => ({
    id: uuidFor(`${name} of ${call.site}`),
    name: `${call.site} ${name}`,
  }))
  return { status: 200, body }
}
