import { inferredRefusals } from './vcda-inferred.ts'
import type { VcdaAnswer, VcdaCall } from './vcda-sim-call.ts'
import {
  getAbout,
  getSite,
  listSites,
  listSlaProfiles,
  listStorageProfiles,
  listVapps,
  listVcenters,
  listVcSites,
  listVcVms,
  listVdcs,
  listVms,
} from './vcda-sim-inventory.ts'
import {
  toNetworkSettings,
  toPause,
  toReconfigure,
  toResume,
  toStop,
  toStorageProfile,
  toSync,
} from './vcda-sim-management.ts'
import { toFailover, toFailoverTest, toFailoverTestCleanup, toMigrate, toReverse } from './vcda-sim-recovery.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import {
  act,
  changeOwner,
  getInstance,
  getNetworkSettings,
  getTarget,
  listInstances,
  requireVappTarget,
  requireVmTarget,
} from './vcda-sim-replication-calls.ts'
import { listGroups, listReplications } from './vcda-sim-replication-lists.ts'
import { extendSession, getSession, shrinkSession, signOut } from './vcda-sim-sign-in.ts'
import { startReplication } from './vcda-sim-start.ts'
import { getTask, listTasks } from './vcda-sim-task-lists.ts'

type Handler = (call: VcdaCall) => VcdaAnswer

/** What both levels of replication have in common, below their paths. */
const replicationRoutes = (base: string, find: typeof requireVmTarget): Readonly<Record<string, Handler>> => ({
  [`GET ${base}`]: getTarget(find),
  [`PATCH ${base}`]: act(find, toReconfigure),
  [`DELETE ${base}`]: act(find, toStop),
  [`POST ${base}/pause`]: act(find, toPause),
  [`POST ${base}/resume`]: act(find, toResume),
  [`POST ${base}/sync`]: act(find, toSync),
  [`POST ${base}/failover`]: act(find, toFailover),
  [`POST ${base}/failover-test`]: act(find, toFailoverTest),
  [`DELETE ${base}/failover-test`]: act(find, toFailoverTestCleanup),
  [`POST ${base}/migrate`]: act(find, toMigrate),
  [`POST ${base}/reverse`]: act(find, toReverse),
  [`PATCH ${base}/chown`]: changeOwner(find),
  [`POST ${base}/storage-profile`]: act(find, toStorageProfile),
  [`GET ${base}/network-settings`]: getNetworkSettings(find),
  [`PUT ${base}/network-settings`]: act(find, toNetworkSettings),
})

/** Method and path of every call that needs a session; `{name}` stands for one segment. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET /sessions': getSession,
  'DELETE /sessions': signOut,
  'POST /sessions/extend': extendSession,
  'DELETE /sessions/{site}': shrinkSession,
  'GET /sites': listSites,
  'GET /sites/{site}': getSite,
  'GET /vc-sites': listVcSites,
  'GET /vc-sites/{site}/vcenters': listVcenters,
  'GET /vc-sites/{site}/{vcId}/vms': listVcVms,
  'GET /vm-replications': listReplications,
  'POST /vm-replications': (call) => startReplication(call, 'vmReplication'),
  ...replicationRoutes('/vm-replications/{id}', requireVmTarget),
  'GET /vm-replications/{id}/instances': listInstances,
  'GET /vm-replications/{id}/instances/{instanceId}': getInstance,
  'GET /vapp-replications': listGroups,
  'POST /vapp-replications': (call) => startReplication(call, 'vappReplication'),
  ...replicationRoutes('/vapp-replications/{id}', requireVappTarget),
  'GET /tasks': listTasks,
  'GET /tasks/{id}': getTask,
  'GET /diagnostics/about': getAbout,
  'GET /sla-profiles': listSlaProfiles,
  'GET /inventory/vms': listVms,
  'GET /inventory/vapps': listVapps,
  'GET /inventory/vdcs': listVdcs,
  'GET /inventory/vdcs/{id}/storage-profiles': listStorageProfiles,
}

const routes = Object.entries(handlers).map(([key, handle]) => {
  const [method = '', path = ''] = key.split(' ')
  return { method, parts: path.split('/'), handle }
})

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new VcdaRefusal(inferredRefusals.pathNotFound, `${segment} cannot be decoded.`)
  }
}

const matchParts = (parts: readonly string[], segments: readonly string[]): Record<string, string> | null => {
  if (parts.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segment)
    else if (part !== segment) return null
  }
  return params
}

/**
 * The call behind a method and a path.
 *
 * @throws VcdaRefusal for a path that is not there, or not with this method.
 */
export const findRoute = (method: string, path: string): { handle: Handler; params: Record<string, string> } => {
  const segments = path.split('/')
  let isKnownPath = false
  for (const route of routes) {
    const params = matchParts(route.parts, segments)
    if (params === null) continue
    if (route.method === method) return { handle: route.handle, params }
    isKnownPath = true
  }
  if (isKnownPath) throw new VcdaRefusal(inferredRefusals.methodNotAllowed, `${method} is not supported.`, [method])
  throw new VcdaRefusal(inferredRefusals.pathNotFound, `${path} was not found.`, [path])
}
