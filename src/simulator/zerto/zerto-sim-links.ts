import type { SimVm, SimVpg, SiteIndex } from './zerto-sim-vpg.ts'
import type { ZertoSite, ZertoWorld } from './zerto-world.ts'

/** From where the world is looked at: both ZVMs show the same things with other links. */
export interface View {
  readonly world: ZertoWorld
  readonly site: ZertoSite
  readonly now: number
}

/** A link object: the only one whose members are in lower case. */
export interface Link {
  readonly href: string
  readonly identifier: string
  readonly rel: null
  readonly type: string
}

/** A link to a machine also names its group; `instance_identifier` is for machines of public clouds. */
interface VmLink extends Link {
  readonly vpg_identifier: string
  readonly instance_identifier: null
}

/** The zorg of what belongs to no organisation. */
export const noZorg = '00000000-0000-0000-0000-000000000000'

/** A link to something of the ZVM that was asked. */
export const linkTo = (view: View, collection: string, identifier: string, type: string): Link => ({
  href: `${view.site.url}/v1/${collection}/${encodeURIComponent(identifier)}`,
  identifier,
  rel: null,
  type,
})

/** A link to a site: LocalSiteApi for the one that was asked, PeerSiteApi for the other. */
export const linkToSite = (view: View, index: SiteIndex): Link => {
  const { siteIdentifier } = view.world.sites[index]
  if (index !== view.site.index) return linkTo(view, 'peersites', siteIdentifier, 'PeerSiteApi')
  return { href: `${view.site.url}/v1/localsite`, identifier: siteIdentifier, rel: null, type: 'LocalSiteApi' }
}

export const linkToVpg = (view: View, vpgId: string): Link => linkTo(view, 'vpgs', vpgId, 'VpgApi')

/** A link to one machine of one group; its identifier carries the group, unlike the machine's own. */
export const linkToVm = (view: View, vpg: SimVpg, vm: SimVm): VmLink => {
  const identifier = vm.identifiers[vpg.protectedSite]
  return {
    href: `${view.site.url}/v1/vms/${identifier}?VpgIdentifier=${vpg.id}`,
    identifier: `${identifier}?VpgIdentifier=${vpg.id}`,
    rel: null,
    type: 'VmApi',
    vpg_identifier: vpg.id,
    instance_identifier: null,
  }
}

export const linkToZorg = (view: View, zorgId: string | null): Link =>
  linkTo(view, 'zorgs', zorgId ?? noZorg, 'ZorgApi')
