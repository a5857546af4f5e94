import { inferredRefusals } from './vcda-inferred.ts'
import { requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { contains, equals, listPage, oneOf } from './vcda-sim-lists.ts'
import type { SimSite } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { renderSite, type Rendered } from './vcda-sim-rendering.ts'

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

const mayUse = (call: VcdaCall, org: string): boolean => call.session.isProvider || call.session.org === org

const listItems = <T extends Item>(call: VcdaCall, items: Iterable<T>, render: (item: T) => Rendered): VcdaAnswer => {
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

/** GET /inventory/vdcs/{id}/storage-profiles. */
export const listStorageProfiles = (call: VcdaCall): VcdaAnswer => {
  const id = call.params.id ?? ''
  const vdc = call.world.vdcs.get(id)
  if (vdc === undefined || vdc.site !== call.site || !mayUse(call, vdc.org)) {
    throw new VcdaRefusal(inferredRefusals.pathNotFound, `VDC ${id} was not found.`, [id])
  }
  const items = vdc.storageProfiles.map((profile) => ({ ...profile, org: vdc.org, site: vdc.site }))
  return listItems(call, items, (profile) => ({ id: profile.id, name: profile.name }))
}

const sitesOf = (call: VcdaCall, kind: SimSite['kind']): readonly SimSite[] =>
  [...call.world.sites.values()].filter((site) => site.kind === kind)

const toSiteView = (call: VcdaCall, site: SimSite): Rendered =>
  renderSite(site, call.site, site.name === call.site ? null : site.commError)

/** GET /sites: the paired clouds, a bare array. */
export const listSites = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: sitesOf(call, 'vcloud').map((site) => toSiteView(call, site)),
})

/** GET /sites/{site}. */
export const getSite = (call: VcdaCall): VcdaAnswer => {
  const name = call.params.site ?? ''
  requireSite(call.world, name)
  const site = call.world.sites.get(name)
  return { status: 200, body: site === undefined ? null : toSiteView(call, site) }
}

/** GET /vc-sites: customers' machine rooms, a bare array. */
export const listVcSites = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: sitesOf(call, 'vcenter')
    .filter((site) => mayUse(call, site.owner?.split('@')[0] ?? ''))
    .map((site) => ({ site: site.name, owner: site.owner, description: site.description })),
})

/** GET /vc-sites/{site}/vcenters, a bare array. */
export const listVcenters = (call: VcdaCall): VcdaAnswer => {
  const name = call.params.site ?? ''
  requireSite(call.world, name)
  const vcId = call.world.sites.get(name)?.vcId ?? null
  return { status: 200, body: vcId === null ? [] : [{ vcId, name: `vcenter.${name}.example` }] }
}

/** GET /vc-sites/{site}/{vcId}/vms, paged. */
export const listVcVms = (call: VcdaCall): VcdaAnswer => {
  const { site = '' } = call.params
  requireSite(call.world, site)
  return listItems({ ...call, site }, call.world.vms.values(), ({ id, name }) => ({ id, name }))
}

/** GET /sla-profiles: a bare array. `rpo` and `distance` are minutes. */
export const listSlaProfiles = (call: VcdaCall): VcdaAnswer => {
  const uses = new Map<string | null, number>()
  for (const { settings } of call.world.replications.values()) {
    uses.set(settings.slaProfileId, (uses.get(settings.slaProfileId) ?? 0) + 1)
  }
  const body = [...call.world.slaProfiles.values()].map(({ rules, ...profile }) => ({
    ...profile,
    retentionPolicy: { rules },
    orgs: call.world.organizations.size,
    replications: uses.get(profile.id) ?? 0,
  }))
  return { status: 200, body }
}

/** GET /diagnostics/about. */
export const getAbout = (): VcdaAnswer => ({
  status: 200,
  body: {
    serviceType: 'Cloud',
    productName: 'VMware Cloud Director Availability',
    buildVersion: '4.7.0.7113210-2f1c0a9b61',
    buildDate: '2023-11-28T09:14:00+0000',
  },
})
