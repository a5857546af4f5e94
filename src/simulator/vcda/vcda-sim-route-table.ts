import { inferredPlanPaths } from './vcda-inferred.ts'
import {
  configReaders,
  getAbout,
  getConfig,
  getLicense,
  getReplicator,
  listReplicators,
  setLicense,
} from './vcda-sim-appliance.ts'
import type { VcdaAnswer, VcdaCall } from './vcda-sim-call.ts'
import { getGuestCustomization, replaceGuestCustomization, toDisks } from './vcda-sim-guest.ts'
import { checkHealth, readHealth } from './vcda-sim-health.ts'
import {
  listDatastores,
  listNetworks,
  listOrganizations,
  listProviderVdcs,
  listStorageProfiles,
  listVapps,
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
import {
  addStep,
  changePlan,
  changePlanOwner,
  changeStep,
  createRecoveryPlan,
  deletePlan,
  deleteStep,
  getPlan,
  getReport,
  getStep,
  listExecutions,
  listPlans,
  listSteps,
  moveStep,
} from './vcda-sim-plan-calls.ts'
import { resumePlan, runPlan, suspendPlan } from './vcda-sim-plan-run.ts'
import { getPolicy, getPolicyStatus, listPolicies } from './vcda-sim-policies.ts'
import { assignPolicy, changePolicy, createPolicy, deletePolicy } from './vcda-sim-policy-changes.ts'
import { toFailover, toFailoverTest, toFailoverTestCleanup, toMigrate, toReverse } from './vcda-sim-recovery.ts'
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
import { getSite, listSites, listVcenters, listVcSites, listVcVms } from './vcda-sim-sites.ts'
import { assignSlaProfile, listSlaProfiles, unassignSlaProfile } from './vcda-sim-sla.ts'
import { startReplication } from './vcda-sim-start.ts'
import { getSummary } from './vcda-sim-summary.ts'
import { getTask, listTasks } from './vcda-sim-task-lists.ts'
import { getDiskUsage, getOwnerTraffic, getRealTimeTraffic, getTraffic } from './vcda-sim-usage.ts'

/** Answers one call. @throws VcdaRefusal for everything that it turns down. */
export type Handler = (call: VcdaCall) => VcdaAnswer

/** Method and path of a call, with `{name}` for one segment. */
export type RouteTable = Readonly<Record<string, Handler>>

/** What both levels of replication have in common, below their paths. */
const replicationRoutes = (base: string, find: typeof requireVmTarget): RouteTable => ({
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
  [`PATCH ${base}/disks`]: act(find, toDisks),
})

const guestRoutes = (base: string, find: typeof requireVmTarget): RouteTable => ({
  [`GET ${base}/guest-customization`]: getGuestCustomization(find),
  [`PUT ${base}/guest-customization`]: replaceGuestCustomization(find),
})

const configRoutes: RouteTable = Object.fromEntries(
  Object.keys(configReaders).map((part) => [`GET /config${part}`, getConfig(part)]),
)

/** What every version has and needs a session. Of two paths that fit, the first one counts. */
const always: RouteTable = {
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
  'GET /vm-replications/{id}/traffic': getTraffic,
  'GET /vm-replications/{id}/rt-traffic': getRealTimeTraffic,
  'GET /vm-replications/{id}/disk-usage': getDiskUsage,
  'GET /owner/{owner}/traffic': getOwnerTraffic,
  'GET /vapp-replications': listGroups,
  'POST /vapp-replications': (call) => startReplication(call, 'vappReplication'),
  'GET /vapp-replications/summary': getSummary,
  ...replicationRoutes('/vapp-replications/{id}', requireVappTarget),
  'GET /tasks': listTasks,
  'GET /tasks/{id}': getTask,
  'GET /diagnostics/about': getAbout,
  'GET /diagnostics/health': readHealth,
  'POST /diagnostics/health': checkHealth,
  'GET /replicators': listReplicators,
  'GET /replicators/{id}': getReplicator,
  'GET /license': getLicense,
  'POST /license': setLicense,
  ...configRoutes,
  'GET /appliance/root-password-expired': getConfig('/root-password-expired'),
  'GET /sla-profiles': listSlaProfiles,
  'POST /sla-profiles/orgs/{org}/profiles/{profileId}': assignSlaProfile,
  'DELETE /sla-profiles/orgs/{org}/profiles/{profileId}': unassignSlaProfile,
  'GET /policies': listPolicies,
  'GET /policies/{id}': getPolicy,
  'GET /policies/{id}/status': getPolicyStatus,
  'POST /policies': createPolicy,
  'PUT /policies/{id}': changePolicy,
  'DELETE /policies/{id}': deletePolicy,
  'PATCH /policies/{id}/orgs/{org}': assignPolicy,
  'GET /inventory/vms': listVms,
  'GET /inventory/vapps': listVapps,
  'GET /inventory/vdcs': listVdcs,
  'GET /inventory/orgs': listOrganizations,
  'GET /inventory/vdcs/{id}/storage-profiles': listStorageProfiles,
  'GET /inventory/vdcs/{id}/networks': listNetworks,
  'GET /inventory/datastores': listDatastores,
  'GET /inventory/provider-vdcs': listProviderVdcs,
}

const customization: RouteTable = {
  ...guestRoutes('/vm-replications/{id}', requireVmTarget),
  ...guestRoutes('/vapp-replications/{id}', requireVappTarget),
}

const plans: RouteTable = {
  'GET /recovery-plans': listPlans,
  'POST /recovery-plans': createRecoveryPlan,
  'GET /recovery-plans/{id}': getPlan,
  'PUT /recovery-plans/{id}': changePlan,
  'PATCH /recovery-plans/{id}': changePlan,
  'DELETE /recovery-plans/{id}': deletePlan,
  'POST /recovery-plans/{id}/chown': changePlanOwner,
  'POST /recovery-plans/{id}/failover': runPlan('FAILOVER'),
  'POST /recovery-plans/{id}/migrate': runPlan('MIGRATE'),
  'POST /recovery-plans/{id}/test': runPlan('TEST'),
  [inferredPlanPaths.cleanup]: runPlan('CLEANUP'),
  [inferredPlanPaths.suspend]: suspendPlan,
  [inferredPlanPaths.resume]: resumePlan,
  'GET /recovery-plans/{id}/steps': listSteps,
  'POST /recovery-plans/{id}/steps': addStep,
  'GET /recovery-plans/{id}/steps/{stepId}': getStep,
  'PUT /recovery-plans/{id}/steps/{stepId}': changeStep,
  'PATCH /recovery-plans/{id}/steps/{stepId}': changeStep,
  'DELETE /recovery-plans/{id}/steps/{stepId}': deleteStep,
  [inferredPlanPaths.moveStep]: moveStep,
  [inferredPlanPaths.executions]: listExecutions,
  'GET /recovery-plans/{id}/executions/{executionId}/report': getReport,
}

/** The calls by the version of the appliance that first has them. */
export const routeTables: readonly { readonly since: number; readonly table: RouteTable }[] = [
  { since: 3, table: always },
  { since: 4.5, table: customization },
  { since: 4.6, table: plans },
]
