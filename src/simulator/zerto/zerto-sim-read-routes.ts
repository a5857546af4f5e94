import { listAlerts, toAlertApi } from './zerto-sim-alerts.ts'
import { enumNames, taskTypes } from './zerto-sim-enums.ts'
import { filterRows, filterTasks, listVmRows, vmFilters, vpgFilters } from './zerto-sim-filters.ts'
import { linkTo } from './zerto-sim-links.ts'
import { emptyReply, jsonReply, parseQueryDate, queryValue, ZvmRefusal } from './zerto-sim-request.ts'
import type { Call, Route } from './zerto-sim-router.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { toLocalSiteApi, toPeerSiteApi, toServiceProfileApi, virtualizationChildren } from './zerto-sim-site-view.ts'
import { toTaskApi } from './zerto-sim-task-view.ts'
import { toVmApi } from './zerto-sim-vm-view.ts'
import { toCheckpointApi, toVpgApi } from './zerto-sim-vpg-view.ts'

const get = (path: string, handle: (call: Call) => unknown): Route => ({
  method: 'GET',
  path,
  handle: (call) => jsonReply(handle(call)),
})

const dateOf = (call: Call, name: string, open: number): number => {
  const value = queryValue(call.request, name)
  return value === null ? open : parseQueryDate(value, call.site.utcOffsetMinutes)
}

const vpgRoutes: readonly Route[] = [
  get('/vpgs', (call) => {
    const rows = filterRows(call.world.vpgs.values(), call.request, vpgFilters(call.world, call.now))
    return rows.map((vpg) => toVpgApi(call, vpg))
  }),
  get('/vpgs/statuses', () => enumNames.vpgStatus),
  get('/vpgs/substatuses', () => enumNames.vpgSubStatus),
  get('/vpgs/priorities', () => enumNames.priority),
  get('/vpgs/entitytypes', () => enumNames.entityType),
  get('/vpgs/failovercommitpolicies', () => enumNames.commitPolicy),
  get('/vpgs/failovershutdownpolicies', () => enumNames.shutdownPolicy),
  get('/vpgs/retentionpolicies', () => enumNames.retentionPolicy),
  get('/vpgs/:vpg', (call) => toVpgApi(call, requireVpg(call.world, call.param('vpg')))),
  get('/vpgs/:vpg/checkpoints', (call) => {
    const { journal } = requireVpg(call.world, call.param('vpg'))
    const from = dateOf(call, 'startDate', Number.NEGATIVE_INFINITY)
    const to = dateOf(call, 'endDate', Number.POSITIVE_INFINITY)
    return journal.list(call.now, from, to).map(toCheckpointApi)
  }),
  get('/vpgs/:vpg/checkpoints/stats', (call) => {
    const { journal } = requireVpg(call.world, call.param('vpg'))
    const [earliest, latest] = [journal.earliest(call.now), journal.latest(call.now)]
    return {
      Earliest: earliest === null ? null : toCheckpointApi(earliest),
      Latest: latest === null ? null : toCheckpointApi(latest),
    }
  }),
]

/** The one row of a machine. @throws ZvmRefusal when none, or when it is in several groups and none was named. */
const getVm = (call: Call): unknown => {
  const id = call.param('vm')
  const vpgId = queryValue(call.request, 'vpgIdentifier')?.toLowerCase()
  const rows = listVmRows(call.world).filter(({ vpg, vm }) => vm.identifiers[vpg.protectedSite] === id)
  const [row, ...others] = vpgId === undefined ? rows : rows.filter(({ vpg }) => vpg.id === vpgId)
  if (row === undefined) throw ZvmRefusal.unknown('VM', id)
  if (others.length > 0) throw ZvmRefusal.rule(`VM ${id} is protected by several VPGs. Provide the vpgIdentifier.`)
  return toVmApi(call, row.vpg, row.vm)
}

const vmRoutes: readonly Route[] = [
  get('/vms', (call) => {
    const rows = filterRows(listVmRows(call.world), call.request, vmFilters(call.world, call.now))
    return rows.map(({ vpg, vm }) => toVmApi(call, vpg, vm))
  }),
  get('/vms/:vm', getVm),
]

const taskRoutes: readonly Route[] = [
  get('/tasks', (call) => filterTasks(call.site, call.request).map((task) => toTaskApi(call, task))),
  get('/tasks/types', () => taskTypes),
  get('/tasks/:task', (call) => {
    const task = call.site.tasks.find(call.param('task'))
    if (task === null) throw ZvmRefusal.unknown('Task', call.param('task'))
    return toTaskApi(call, task)
  }),
]

const requireAlert = (call: Call) => {
  const found = listAlerts(call).find(({ alert }) => alert.id === call.param('alert').toLowerCase())
  if (found === undefined) throw ZvmRefusal.unknown('Alert', call.param('alert'))
  return found
}

const alertRoutes: readonly Route[] = [
  get('/alerts', (call) => {
    const from = dateOf(call, 'startDate', Number.NEGATIVE_INFINITY)
    const to = dateOf(call, 'endDate', Number.POSITIVE_INFINITY)
    const rows = filterRows(listAlerts(call), call.request, {
      vpgIdentifier: ({ vpg }) => [vpg.id],
      zorgIdentifier: ({ vpg }) => [vpg.zorgId ?? ''],
      siteIdentifier: () => [call.site.siteIdentifier],
      level: ({ alert }) => [alert.level, enumNames.alertLevel[alert.level]],
      entity: () => [enumNames.alertEntity.indexOf('Vpg'), 'Vpg'],
      helpIdentifier: ({ alert }) => [alert.helpIdentifier],
      isDismissed: ({ alert }) => [call.world.dismissedAlerts.has(alert.id)],
    })
    const inTime = rows.filter(({ alert }) => alert.turnedOn >= from && alert.turnedOn <= to)
    return inTime.map(({ vpg, alert }) => toAlertApi(call, vpg, alert))
  }),
  get('/alerts/levels', () => enumNames.alertLevel),
  get('/alerts/entities', () => enumNames.alertEntity),
  get('/alerts/helpidentifiers', () => ['VPG0005', 'VPG0006', 'VPG0009', 'VPG0010', 'VPG0014', 'VPG0017']),
  get('/alerts/:alert', (call) => {
    const { vpg, alert } = requireAlert(call)
    return toAlertApi(call, vpg, alert)
  }),
  ...(['dismiss', 'undismiss'] as const).map((word): Route => ({
    method: 'POST',
    path: `/alerts/:alert/${word}`,
    handle: (call) => {
      const { id } = requireAlert(call).alert
      if (word === 'dismiss') call.world.dismissedAlerts.add(id)
      else call.world.dismissedAlerts.delete(id)
      return emptyReply
    },
  })),
]

const requireSite = (call: Call) => {
  const id = call.param('site').toLowerCase()
  const site = call.world.sites.find(({ siteIdentifier }) => siteIdentifier === id)
  if (site === undefined) throw ZvmRefusal.unknown('Site', call.param('site'))
  return site
}

const siteRoutes: readonly Route[] = [
  get('/localsite', toLocalSiteApi),
  get('/peersites', (call) => {
    const peer = toPeerSiteApi(call)
    // The one filter that is documented to mind the case.
    const peerName = queryValue(call.request, 'peerName') ?? peer.PeerSiteName
    const peers = peerName === peer.PeerSiteName ? [peer] : []
    return filterRows(peers, call.request, {
      pairingStatus: () => [peer.PairingStatus, enumNames.pairingStatus[peer.PairingStatus] ?? ''],
      location: () => [peer.Location],
      hostName: () => [peer.HostName],
      port: () => [peer.Port],
    })
  }),
  get('/peersites/pairingstatuses', () => enumNames.pairingStatus),
  get('/peersites/:site', (call) => {
    if (requireSite(call).index === call.site.index) throw ZvmRefusal.unknown('Peer site', call.param('site'))
    return toPeerSiteApi(call)
  }),
  get('/virtualizationsites', (call) =>
    call.world.sites.map((site) => ({ SiteIdentifier: site.siteIdentifier, VirtualizationSiteName: site.name })),
  ),
  get('/virtualizationsites/:site', (call) => {
    const site = requireSite(call)
    return { SiteIdentifier: site.siteIdentifier, VirtualizationSiteName: site.name }
  }),
  ...Object.entries(virtualizationChildren).map(([name, list]) =>
    get(`/virtualizationsites/:site/${name}`, (call) => list(requireSite(call))),
  ),
  get('/serviceprofiles', (call) => call.world.serviceProfiles.map((profile) => toServiceProfileApi(call, profile))),
  get('/serviceprofiles/:profile', (call) => {
    const profile = call.world.serviceProfiles.find(({ id }) => id === call.param('profile').toLowerCase())
    if (profile === undefined) throw ZvmRefusal.unknown('Service profile', call.param('profile'))
    return toServiceProfileApi(call, profile)
  }),
  get('/zorgs', (call) =>
    call.world.zorgs.map(({ id, name }) => ({
      ZorgIdentifier: id,
      ZorgName: name,
      Link: linkTo(call, 'zorgs', id, 'ZorgApi'),
    })),
  ),
]

/** Everything that only looks, and the dismissing of alerts. Fixed words come before the identifiers they hide. */
export const readRoutes: readonly Route[] = [...vpgRoutes, ...vmRoutes, ...taskRoutes, ...alertRoutes, ...siteRoutes]
