import type { ServiceReply } from '../http-service.ts'
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
import type { Call, Route } from './zerto-sim-router.ts'
import { requireLicense, requireVpg } from './zerto-sim-rules.ts'
import { commitSettings } from './zerto-sim-settings-commit.ts'
import { settingsOfDeprecatedCall } from './zerto-sim-settings-of-vpg.ts'

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
    requireLicense(call.world)
    return jsonReply(handler(call.world, vpg, call.body(), call).id)
  },
})

/** `POST /v1/vpgs`: a group in one call. Deprecated by 7.0, and gone in version 10, which has vpgSettings only. */
const createVpg = (call: Call): ServiceReply => {
  requireLicense(call.world)
  const settings = settingsOfDeprecatedCall(call.world, call.body())
  return jsonReply(commitSettings(call.world, settings, null, call).id)
}

/** What can be done to a group. */
export const actionRoutes: readonly Route[] = [
  ...Object.entries(actions).map(([segment, handler]) => toRoute('POST', `/vpgs/:vpg/${segment}`, handler)),
  toRoute('DELETE', '/vpgs/:vpg', deleteVpg),
  { method: 'POST', path: '/vpgs', profile: 'windows', handle: createVpg },
  {
    method: 'POST',
    path: '/vpgs/:vpg/cloneabort',
    handle: (call) => {
      cloneAbort(call.world, requireVpg(call.world, call.param('vpg')), call)
      return emptyReply
    },
  },
]
