import { enumNames } from './zerto-sim-enums.ts'
import { filterRows, numbered } from './zerto-sim-filters.ts'
import type { OrgVdc } from './zerto-sim-infrastructure.ts'
import { linkTo } from './zerto-sim-links.ts'
import { asProfile } from './zerto-sim-profile.ts'
import { emptyReply, jsonReply, noContentReply, parseQueryDate, queryValue, ZvmRefusal } from './zerto-sim-request.ts'
import { get, type Call, type Route } from './zerto-sim-router.ts'
import {
  pairingPorts,
  toLocalSiteApi,
  toPeerSiteApi,
  toServiceProfileApi,
  virtualizationChildren,
} from './zerto-sim-site-view.ts'
import { otherSite } from './zerto-sim-vpg.ts'
import { defaultLicense, versions } from './zerto-sim-inferred.ts'
import type { SimZorg } from './zerto-world.ts'

const requireSite = (call: Call) => {
  const id = call.param('site').toLowerCase()
  const site = call.world.sites.find(({ siteIdentifier }) => siteIdentifier === id)
  if (site === undefined) throw ZvmRefusal.unknown('Site', call.param('site'))
  return site
}

/** `MM/dd/yyyy hh:mm tt`, as only the pairing token has it. */
const toUsDate = (time: number): string => {
  const iso = new Date(time).toISOString()
  const hours = Number(iso.slice(11, 13))
  const clock = `${String(hours % 12 === 0 ? 12 : hours % 12).padStart(2, '0')}:${iso.slice(14, 16)}`
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${clock} ${hours < 12 ? 'AM' : 'PM'}`
}

const listPeers = (call: Call): readonly object[] => {
  const { world, site } = call
  const peer = world.sites[otherSite(site.index)]
  // The one filter that is documented to mind the case.
  if ((queryValue(call.request, 'peerName') ?? peer.name) !== peer.name) return []
  const peers = filterRows([peer], call.request, {
    pairingStatus: () => numbered(enumNames.pairingStatus, 0),
    location: ({ location }) => [location],
    hostName: ({ ipAddress }) => [ipAddress],
    port: () => [pairingPorts[world.profile]],
    version: () => [versions[world.profile].version],
  })
  return peers.map(() => toPeerSiteApi(call))
}

const peerRoutes: readonly Route[] = [
  get('/localsite', toLocalSiteApi),
  get('/localsite/pairingstatuses', () => enumNames.pairingStatus),
  get('/peersites', listPeers),
  get('/peersites/pairingstatuses', () => enumNames.pairingStatus),
  get('/peersites/:site', (call) => {
    if (requireSite(call).index === call.site.index) throw ZvmRefusal.unknown('Peer site', call.param('site'))
    return toPeerSiteApi(call)
  }),
  {
    method: 'POST',
    path: '/peersites/generatetoken',
    handle: (call) =>
      jsonReply({ Token: call.world.random.uuid(), UtcExpirationDate: toUsDate(call.now + 48 * 3_600_000) }),
  },
]

const requireOrgVdc = (call: Call): OrgVdc => {
  const id = call.param('vdc')
  const vdc = requireSite(call).infrastructure.orgVdcs.find(({ identifier }) => identifier === id.toLowerCase())
  if (vdc === undefined) throw ZvmRefusal.unknown('Organization VDC', id)
  return vdc
}

const getHost = (call: Call): object => {
  const site = requireSite(call)
  const index = site.infrastructure.hosts.findIndex(({ identifier }) => identifier === call.param('host'))
  const host = virtualizationChildren['hosts']?.(site, call.world.profile)[index]
  if (host === undefined) throw ZvmRefusal.unknown('Host', call.param('host'))
  return host
}

const virtualizationRoutes: readonly Route[] = [
  get('/virtualizationsites', (call) =>
    call.world.sites.map((site) => ({ SiteIdentifier: site.siteIdentifier, VirtualizationSiteName: site.name })),
  ),
  get('/virtualizationsites/:site', (call) => {
    const site = requireSite(call)
    return { SiteIdentifier: site.siteIdentifier, VirtualizationSiteName: site.name }
  }),
  ...Object.entries(virtualizationChildren).map(([name, list]) =>
    get(`/virtualizationsites/:site/${name}`, (call) => list(requireSite(call), call.world.profile)),
  ),
  get('/virtualizationsites/:site/hosts/:host', getHost),
  get('/virtualizationsites/:site/orgvdcs/:vdc/networks', (call) =>
    requireOrgVdc(call).networks.map(({ identifier, name }) => ({
      VirtualizationNetworkName: name,
      NetworkIdentifier: identifier,
    })),
  ),
  get('/virtualizationsites/:site/orgvdcs/:vdc/storagepolicies', (call) =>
    requireOrgVdc(call).storagePolicies.map(({ identifier, name }) => ({
      StoragePolicyIdentifier: identifier,
      StoragePolicyName: name,
      IsEnabled: true,
    })),
  ),
  // Neither site is a public cloud, so there is nothing of one.
  get('/virtualizationsites/:site/publiccloud/:kind', (call) => {
    requireSite(call)
    return []
  }),
  get('/vcd/validorgvdcs', (call) =>
    call.site.infrastructure.orgVdcs.map(({ identifier, name }) => ({ Id: identifier, Name: name })),
  ),
  get('/vcd/vmswithoutmorefid', () => []),
]

const toZorgApi = (call: Call, { id, name }: SimZorg): object =>
  asProfile(call.world.profile, 'same', {
    ZorgIdentifier: id,
    ZorgName: name,
    Link: linkTo(call, 'zorgs', id, 'ZorgApi'),
  })

const requireById = <Row extends { readonly id: string }>(rows: readonly Row[], what: string, id: string): Row => {
  const row = rows.find((candidate) => candidate.id === id.toLowerCase())
  if (row === undefined) throw ZvmRefusal.unknown(what, id)
  return row
}

const tenancyRoutes: readonly Route[] = [
  get('/serviceprofiles', (call) => call.world.serviceProfiles.map((profile) => toServiceProfileApi(call, profile))),
  get('/serviceprofiles/:profile', (call) =>
    toServiceProfileApi(call, requireById(call.world.serviceProfiles, 'Service profile', call.param('profile'))),
  ),
  get('/zorgs', (call) => call.world.zorgs.map((zorg) => toZorgApi(call, zorg))),
  get('/zorgs/:zorg', (call) => toZorgApi(call, requireById(call.world.zorgs, 'ZORG', call.param('zorg')))),
]

/** A machine that is in several groups needs one licence. */
const countProtected = (call: Call, siteIndex: number): number => {
  const vms = [...call.world.vpgs.values()]
    .filter(({ protectedSite }) => protectedSite === siteIndex)
    .flatMap((vpg) => vpg.vms)
  return new Set(vms).size
}

const licenseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/license',
    handle: (call) => {
      const { license, sites } = call.world
      if (license === null) return noContentReply
      const usage = sites.map((site) => ({
        SiteIdentifier: site.siteIdentifier,
        SiteName: site.name,
        ProtectedVmsCount: countProtected(call, site.index),
      }))
      return jsonReply({
        Details: {
          LicenseKey: license.key,
          LicenseType: license.type,
          // With its fraction, unlike other dates: a public client parses exactly this layout.
          ExpiryTime: new Date(license.expiresAt).toISOString(),
          MaxVms: license.maxVms,
        },
        Usage: { SitesUsage: usage, TotalVmsCount: usage.reduce((sum, row) => sum + row.ProtectedVmsCount, 0) },
      })
    },
  },
  {
    method: 'PUT',
    path: '/license',
    handle: (call) => {
      const key = call.body().text('LicenseKey')
      if (key === null || key.trim() === '') throw ZvmRefusal.rule('The license key is not valid.')
      call.world.license = { ...defaultLicense, key }
      return emptyReply
    },
  },
  {
    method: 'DELETE',
    path: '/license',
    handle: (call) => {
      call.world.license = null
      return emptyReply
    },
  },
]

const clockRoutes: readonly Route[] = [
  get('/serverdatetime/serverdatetimeutc', (call) => new Date(call.now).toISOString()),
  get('/serverdatetime/serverdatetimelocal', (call) =>
    new Date(call.now + call.site.utcOffsetMinutes * 60_000).toISOString().slice(0, -1),
  ),
  // Shows how the ZVM understands a date: without a zone as its own local time.
  get('/serverdatetime/datetimeargument', (call) => {
    const value = queryValue(call.request, 'dateTime')
    if (value === null) throw ZvmRefusal.badInput('dateTime is missing.')
    return new Date(parseQueryDate(value, call.site.utcOffsetMinutes)).toISOString()
  }),
]

/** Sites, what stands at them, for whom and under which licence, and what time it is there. */
export const siteRoutes: readonly Route[] = [
  ...peerRoutes,
  ...virtualizationRoutes,
  ...tenancyRoutes,
  ...licenseRoutes,
  ...clockRoutes,
]
