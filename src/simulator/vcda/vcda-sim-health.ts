import { healthIsSynchronousBefore, healthQueuedMs, inferredRefusals } from './vcda-inferred.ts'
import { applianceOf, renderReplicator } from './vcda-sim-appliance.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { uuidFor, type Rendered } from './vcda-sim-rendering.ts'
import { acceptTask } from './vcda-sim-run-action.ts'
import { buildVersions } from './vcda-sim-version.ts'

/** What the health of every service begins with. Kilobytes, milliseconds since 1970. */
const renderBase = (call: VcdaCall, service: string, now: number): Rendered => {
  const { bootedAt, instanceId } = applianceOf(call)
  return {
    productName: `VMware Cloud Director Availability ${service}`,
    buildVersion: buildVersions[call.world.version],
    buildDate: 1_684_512_489_298,
    instanceId: service === 'Cloud Service' ? instanceId : uuidFor(`${service} of ${call.site}`),
    runtimeId: uuidFor(`${service} of ${call.site} since ${bootedAt}`),
    currentTime: now,
    address: `10.0.${call.site.length}.10`,
    serviceBootTimestamp: bootedAt,
    applianceBootTimestamp: bootedAt - 60_000,
    diskUsage: { free: 897_464, total: 10_123_528, usable: 8_692_104 },
  }
}

const renderManager = (call: VcdaCall, now: number): Rendered => {
  const { ailments, replicators } = applianceOf(call)
  const render = (isOnline: boolean) =>
    replicators
      .filter(({ commError }) => (commError === null) === isOnline)
      .map((item) => renderReplicator(call.world, item))
  return {
    ...renderBase(call, 'Manager Service', now),
    lsError: ailments.ls,
    dbError: ailments.db,
    ntpError: ailments.ntp,
    ssoAdminError: null,
    offlineReplicators: render(false),
    onlineReplicators: render(true),
    localReplicatorsHealth: replicators.map(({ id, commError }) => ({
      instanceId: id,
      lwdError: commError,
      hbrError: null,
      h4dmError: null,
      offlineManagers: [],
      onlineManagers: [],
    })),
    localReplicatorsLsMismatch: [],
  }
}

const tunnelsSince = 4.6

/** `CloudHealthInfo` of the appliance's own version. */
const renderHealth = (call: VcdaCall, now: number): Rendered => {
  const { ailments } = applianceOf(call)
  const tunnelService = {
    id: uuidFor(`tunnel of ${call.site}`),
    url: `https://tunnel.${call.site}.example:8047/`,
    certificate: '',
  }
  // One tunnel at first, a list of them later.
  const tunnelHealth =
    Number(call.world.version) < tunnelsSince
      ? { tunnelError: ailments.tunnel }
      : { tunnelConnectivity: [{ tunnelService, error: ailments.tunnel }] }
  return {
    ...renderBase(call, 'Cloud Service', now),
    lsError: ailments.ls,
    dbError: ailments.db,
    ntpError: ailments.ntp,
    vcdError: ailments.vcd,
    managerError: ailments.manager,
    ...tunnelHealth,
    managerHealth: ailments.manager === null ? renderManager(call, now) : null,
  }
}

/** The health object of 3.x: each finding one level deeper. */
const renderOldHealth = (call: VcdaCall): Rendered => {
  const { ailments } = applianceOf(call)
  const { diskUsage: _newer, serviceBootTimestamp: _newToo, ...base } = renderBase(call, 'Cloud Service', call.now)
  return {
    ...base,
    dbConnectivity: { value: ailments.db },
    lsConnectivity: { value: ailments.ls },
    vcdConnectivity: { value: ailments.vcd },
    managerConnectivity: { value: ailments.manager },
    managerHealth: { ...base, localReplicatorsHealth: [] },
  }
}

const startHealthTask = (call: VcdaCall): VcdaAnswer => {
  const subject = {
    type: 'health' as const,
    resourceType: 'CLOUD' as const,
    resourceId: null,
    resourceName: null,
    site: call.site,
    user: call.session.user,
    sourceOrg: null,
    destinationOrg: null,
    operationId: call.operationId,
  }
  const look = (at: number) => renderHealth(call, at)
  const effects = { begin: () => {}, finish: look, abort: () => {}, look }
  const queuedMs = Number(call.world.version) >= 4.7 ? healthQueuedMs : 0
  return acceptTask(call, call.world.tasks.start(subject, call.now, effects, queuedMs))
}

const notAllowed = (method: string): VcdaRefusal =>
  new VcdaRefusal(inferredRefusals.methodNotAllowed, `${method} is not supported.`, [method])

/** From this version on the check is asked for by POST. */
const postSince = 4.6

/** GET /diagnostics/health: of the oldest versions the health itself, up to 4.5 a task, later nothing. */
export const readHealth = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  if (call.apiVersion >= postSince) throw notAllowed('GET')
  if (call.apiVersion >= healthIsSynchronousBefore) return startHealthTask(call)
  return { status: 200, body: renderOldHealth(call) }
}

/** POST /diagnostics/health: on an appliance of 4.6 and later, whatever version the answer is wanted in. */
export const checkHealth = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  if (Number(call.world.version) < postSince) throw notAllowed('POST')
  return startHealthTask(call)
}
