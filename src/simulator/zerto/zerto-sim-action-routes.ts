import {
  cloneAbort,
  cloneStart,
  deleteVpg,
  failoverTest,
  failoverTestStop,
  forceSync,
  insertCheckpoint,
  pause,
  resume,
} from './zerto-sim-protection-actions.ts'
import {
  failover,
  failoverCommit,
  failoverRollback,
  move,
  moveCommit,
  moveRollback,
  type VpgHandler,
} from './zerto-sim-recovery-actions.ts'
import { emptyReply, jsonReply } from './zerto-sim-request.ts'
import type { Route } from './zerto-sim-router.ts'
import { requireVpg } from './zerto-sim-rules.ts'
import { settingsParts } from './zerto-sim-settings-desk.ts'

/** The actions by the last segment of their path. Each answers the bare identifier of its task. */
const actions: Readonly<Record<string, VpgHandler>> = {
  checkpoints: insertCheckpoint,
  clonestart: cloneStart,
  failover,
  failovercommit: failoverCommit,
  failoverrollback: failoverRollback,
  failovertest: failoverTest,
  failoverteststop: failoverTestStop,
  forcesync: forceSync,
  move,
  movecommit: moveCommit,
  moverollback: moveRollback,
  pause,
  resume,
}

const toRoute = (method: Route['method'], path: string, handler: VpgHandler): Route => ({
  method,
  path,
  handle: (call) => {
    const vpg = requireVpg(call.world, call.param('vpg'))
    return jsonReply(handler(call.world, vpg, call.body(), call).id)
  },
})

/** What can be done to a group. `POST /v1/vpgs` is not among them: version 10 has no other way than vpgSettings. */
export const actionRoutes: readonly Route[] = [
  ...Object.entries(actions).map(([segment, handler]) => toRoute('POST', `/vpgs/:vpg/${segment}`, handler)),
  toRoute('DELETE', '/vpgs/:vpg', deleteVpg),
  {
    method: 'POST',
    path: '/vpgs/:vpg/cloneabort',
    handle: (call) => {
      cloneAbort(call.world, requireVpg(call.world, call.param('vpg')), call)
      return emptyReply
    },
  },
]

const base = '/vpgsettings/:settings'

const change = (method: Route['method'], path: string, run: (call: Parameters<Route['handle']>[0]) => void): Route => ({
  method,
  path,
  handle: (call) => {
    run(call)
    return emptyReply
  },
})

const partRoutes = Object.entries(settingsParts).flatMap(([segment, part]): Route[] => [
  {
    method: 'GET',
    path: `${base}/${segment}`,
    handle: (call) => jsonReply(call.desk.getPart(call.param('settings'), part, call.now)),
  },
  change('PUT', `${base}/${segment}`, (call) =>
    call.desk.putPart(call.param('settings'), part, call.body().value, call.now),
  ),
])

/** Creating and editing groups: open, fill in whole or in parts, commit. */
export const settingsRoutes: readonly Route[] = [
  { method: 'GET', path: '/vpgsettings', handle: (call) => jsonReply(call.desk.list(call.now)) },
  ...['/vpgsettings', '/vpgsettings/copyvpgsettings'].map((path): Route => ({
    method: 'POST',
    path,
    handle: (call) => jsonReply(call.desk.open(call.body().value, call.now)),
  })),
  { method: 'GET', path: base, handle: (call) => jsonReply(call.desk.get(call.param('settings'), call.now)) },
  change('PUT', base, (call) => call.desk.put(call.param('settings'), call.body().value, call.now)),
  change('DELETE', base, (call) => call.desk.delete(call.param('settings'), call.now)),
  {
    method: 'POST',
    path: `${base}/commit`,
    handle: (call) => jsonReply(call.desk.commit(call.param('settings'), call).id),
  },
  ...partRoutes,
  {
    method: 'GET',
    path: `${base}/vms`,
    handle: (call) => jsonReply(call.desk.listVms(call.param('settings'), call.now)),
  },
  change('POST', `${base}/vms`, (call) => call.desk.addVm(call.param('settings'), call.body().value, call.now)),
  {
    method: 'GET',
    path: `${base}/vms/:vm`,
    handle: (call) => jsonReply(call.desk.getVm(call.param('settings'), call.param('vm'), call.now)),
  },
  change('PUT', `${base}/vms/:vm`, (call) =>
    call.desk.putVm(call.param('settings'), call.param('vm'), call.body().value, call.now),
  ),
  change('DELETE', `${base}/vms/:vm`, (call) => call.desk.removeVm(call.param('settings'), call.param('vm'), call.now)),
]
