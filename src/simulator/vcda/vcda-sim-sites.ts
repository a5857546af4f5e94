import { inferredRefusals } from './vcda-inferred.ts'
import { requireSite, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { listItems, mayUse } from './vcda-sim-inventory.ts'
import type { SimSite } from './vcda-sim-model.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import { renderSite, type Rendered } from './vcda-sim-rendering.ts'

const sitesOf = (call: VcdaCall, kind: SimSite['kind']): readonly SimSite[] =>
  [...call.world.sites.values()].filter((site) => site.kind === kind)

const toSiteView = (call: VcdaCall, site: SimSite): Rendered => {
  const linkError = site.name === call.site ? null : site.commError
  return renderSite(site, { local: call.site, version: call.world.version, linkError })
}

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

const organizationOf = (site: SimSite): string => site.owner?.split('@')[0] ?? ''

/** GET /vc-sites: customers' machine rooms, a bare array. */
export const listVcSites = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: sitesOf(call, 'vcenter')
    .filter((site) => mayUse(call, organizationOf(site)))
    .map((site) => ({ site: site.name, owner: site.owner, description: site.description })),
})

/** A machine room that the caller may see and that answers: a dead tunnel takes its inventory with it. */
const requireVcSite = (call: VcdaCall): SimSite => {
  const name = call.params.site ?? ''
  requireSite(call.world, name)
  const site = call.world.sites.get(name)
  if (site === undefined || site.kind !== 'vcenter' || !mayUse(call, organizationOf(site))) {
    throw new VcdaRefusal(refusals.siteNotFound, `Site ${name} was not found.`, [name])
  }
  if (site.commError === null) return site
  throw new VcdaRefusal(refusals.generalServerFailure, `Site ${name} cannot be reached: ${site.commError.msg}`, [name])
}

/** GET /vc-sites/{site}/vcenters, a bare array. */
export const listVcenters = (call: VcdaCall): VcdaAnswer => {
  const { name, vcId } = requireVcSite(call)
  return { status: 200, body: [{ vcId, name: `vcenter.${name}.example` }] }
}

/** GET /vc-sites/{site}/{vcId}/vms, paged. */
export const listVcVms = (call: VcdaCall): VcdaAnswer => {
  const { name, vcId } = requireVcSite(call)
  const { vcId: asked = '' } = call.params
  if (asked !== vcId) throw new VcdaRefusal(inferredRefusals.pathNotFound, `vCenter ${asked} was not found.`, [asked])
  return listItems({ ...call, site: name }, call.world.vms.values(), (vm) => ({ id: vm.id, name: vm.name }))
}
