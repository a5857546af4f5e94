/**
 * What no document and no client source told us about this vendor, in one place: a word from a real appliance is a
 * one-line change here. The documented answers stand in `vcda-sim-refusal.ts`.
 *
 * Whole shapes that are guesses stand where they are made, and say so: the totals of `vcda-sim-summary.ts`, the parts of
 * `/config` that no typed client reads in `vcda-sim-appliance.ts`, extra members of inventory items in
 * `vcda-sim-inventory.ts`, the list of a step's replications in `vcda-sim-plan-calls.ts`.
 */

/** Status and code of refusals whose number or spelling nobody published. */
export const inferredRefusals = {
  /** Unknown `C4-…` or `C4VAPP-…`, and one of another organisation: absent and hidden look alike. */
  replicationNotFound: { status: 404, code: 'ReplicationNotFound' },
  /** A task of another user is "filtered"; asked for by id it is as good as unknown. */
  taskNotFound: { status: 404, code: 'TaskNotFound' },
  /** An instance that has aged out or never was, asked for by path. In a body it is BadUserInput. */
  instanceNotFound: { status: 404, code: 'InstanceNotFound' },
  /** The documents give 404 to what is missing; the code for a path is unseen. */
  pathNotFound: { status: 404, code: 'NotFound' },
  /** Plain HTTP usage for a known path. */
  methodNotAllowed: { status: 405, code: 'MethodNotAllowed' },
  /** "406 likely" for a media type version that the appliance does not speak. */
  notAcceptable: { status: 406, code: 'NotAcceptable' },
  /** Plain HTTP usage for a body that is not declared as JSON. */
  unsupportedMediaType: { status: 415, code: 'UnsupportedMediaType' },
  /** The state rules come from clients and manuals; 400 because the documents name no 409 anywhere. */
  wrongState: { status: 400, code: 'InvalidReplicationState' },
  /** An appliance works on one recovery of a replication at a time. */
  operationInProgress: { status: 400, code: 'OperationInProgress' },
  /** One VM is replicated once to one place; the code is unseen. */
  alreadyReplicated: { status: 400, code: 'VmAlreadyReplicated' },
  /** Nothing can be recovered before the first instance exists. */
  noInstance: { status: 400, code: 'NoReplicationInstance' },
} as const

/** `workflowInfo.type`. Only `sync` and `failover` were seen; the others follow the last word of the path. */
export const workflowTypes = {
  start: 'start',
  stop: 'stop',
  reconfigure: 'reconfigure',
  pause: 'pause',
  resume: 'resume',
  sync: 'sync',
  failover: 'failover',
  failoverTest: 'failoverTest',
  failoverTestCleanup: 'failoverTestCleanup',
  migrate: 'migrate',
  reverse: 'reverse',
  storageProfile: 'storageProfile',
  networkSettings: 'networkSettings',
  disks: 'reconfigureDisks',
  // Seen.
  health: 'health',
  // A plan is a resource type of its own, so its types may be those of a replication.
  planFailover: 'failover',
  planMigrate: 'migrate',
  planTest: 'failoverTest',
  planTestCleanup: 'failoverTestCleanup',
} as const

/** An action by our own name; {@link workflowTypes} has the word that is shown. */
export type WorkflowType = keyof typeof workflowTypes

/** How long the tasks take, in simulated milliseconds: the order of magnitude that users see in the portal. */
export const taskDurationsMs: Readonly<Record<WorkflowType, number>> = {
  start: 5_000,
  stop: 4_000,
  reconfigure: 3_000,
  pause: 2_000,
  resume: 2_000,
  sync: 12_000,
  failover: 20_000,
  failoverTest: 10_000,
  failoverTestCleanup: 5_000,
  migrate: 30_000,
  reverse: 15_000,
  storageProfile: 5_000,
  networkSettings: 2_000,
  disks: 3_000,
  health: 2_000,
  // Steps take the time of the action on their replications; these are for a plan without any.
  planFailover: 1_000,
  planMigrate: 1_000,
  planTest: 1_000,
  planTestCleanup: 1_000,
}

/**
 * Versions before this one answer GET /diagnostics/health with the health itself: 3.0 was seen to, the document of 3.5
 * shows the bare object too, and the sample in the documents is a task of a 4.1 appliance.
 */
export const healthIsSynchronousBefore = 4.1

/** POST /license: five groups of five, as all of this vendor's keys; how long one is good for is made up. */
export const inferredLicenseKey = { form: /^[\dA-Z]{5}(-[\dA-Z]{5}){4}$/, lifeMs: 3 * 365 * 86_400_000 } as const

/** How long a health task waits in QUEUED where that state exists; a client waits for it in health tasks only. */
export const healthQueuedMs = 1_000

/** `resultType`: class names of the answer; only `CloudHealthInfo` was seen, the others are the documented type names. */
export const resultTypes = {
  vmReplication: 'SingleVmReplicationInfo',
  vappReplication: 'VappReplicationInfo',
  recoveryPlan: 'RecoveryPlanInfo',
  CLOUD: 'CloudHealthInfo',
} as const

/** `workflowInfo.resourceType`. `recoveryPlan` is unseen, the others are not. */
export type ResourceType = keyof typeof resultTypes

/** DELETE /sessions: the status was not seen; nothing is left to say. */
export const logoutStatus = 204

/** A failed task stops at this part of its time and shows it as its progress for ever. */
export const failedTaskProgressPercent = 60

/** The retention of finished tasks is unknown; the oldest go when there are more than this. */
export const tasksKept = 5_000

/** While a test, a failover, a migration or a cleanup runs. The value is documented, its span is not. */
export const recoveryStateWhileRunning = 'IN_PROGRESS'

/** After a recovery. The manual says both "OK, also after recovery" and "FINISHED, recovered, no longer ongoing". */
export const connectionStateWhenRecovered = 'FINISHED'

/** The spread of instances of the predefined profiles; the manual names only their number. Minutes. */
export const slaDistanceMinutes = { Gold: 60, Silver: 240 } as const

/** `owner` of what a tenant started: the only real sample shows the organisation at the destination site. */
export const toOwner = (org: string, destinationSite: string): string => `${org}@${destinationSite}`

/**
 * Whether a provider must extend its session before it changes a replication that touches the other site, unless a
 * test wants otherwise. The documents say only that operations on a remote site need an extension; tenants always do.
 */
export const providersMustExtend = false

/**
 * How long an extension reaches the other site. It holds a Cloud Director token, which expires by itself while the
 * session lives; its life is that site's setting, an hour is made up.
 */
export const extensionLifeMs = 60 * 60_000

/** `GET /vm-replications?sourceSite=<local>`: "local site filtering is not supported"; how it fails is unseen. */
export const localSourceSiteFilterIsRefused = true

/** Filters that the documents describe without showing their names. */
export const inferredFilters = {
  recoveredVmId: 'recoveredVmId',
  recoveredVappId: 'recoveredVappId',
  slaProfileId: 'slaProfileId',
} as const

/** RPO bounds in minutes: 5 minutes to 24 hours by the user guide; migrations have 24 hours. */
export const rpoBoundsMinutes = { lowest: 5, highest: 1_440 } as const

/** `planType` of a report. RECOVERY was seen. */
export const planTypes = { recovery: 'RECOVERY', migration: 'MIGRATION' } as const

/**
 * Paths below `/recovery-plans/{id}` that the portal must have and no document shows: the cleanup mirrors that of a
 * replication, the others are named like what they do. The list of executions has a documented type and no page of
 * its own; like the list of plans it is taken to be paged.
 */
export const inferredPlanPaths = {
  cleanup: 'DELETE /recovery-plans/{id}/test',
  suspend: 'POST /recovery-plans/{id}/suspend',
  resume: 'POST /recovery-plans/{id}/resume',
  executions: 'GET /recovery-plans/{id}/executions',
  moveStep: 'POST /recovery-plans/{id}/steps/{stepId}/move',
} as const

/** How policies answer to changes; a client reads the object back from the first two, and nothing from the last. */
export const inferredPolicyAnswers = { created: 200, deleted: 204 } as const

/**
 * The storage profiles of a data center are counted among the paged lists, but the one client known to ask for them
 * sends neither limit nor offset and reads a bare array. Whoever asks for a page gets one, whoever does not, the array.
 */
export const storageProfilesArePaged = (query: URLSearchParams): boolean => query.has('limit') || query.has('offset')

/** The names of `interval`: HOUR and DAY are documented, that there are more is not excluded. */
export const usageIntervalsMs: ReadonlyMap<string, number> = new Map([
  ['HOUR', 3_600_000],
  ['DAY', 86_400_000],
])

/** A longer span begins later: "might differ from the timestamp requested". The limit is made up. */
export const usageSamplesAtMost = 2_000

/** `rt-traffic` tells what has come in this last span; the manager collects every 300 seconds. The shape is a guess. */
export const rtTrafficSpanMs = 300_000

/** At most this many rules and rotated instances, by the user guides 4.3 and 4.0; a refusal was not seen. */
export const retentionBounds = { rules: 5, instances: 24 } as const

/** How long a first copy takes: so many milliseconds, and more for bigger disks. Made up, short enough to watch. */
export const initialSyncMs = { base: 60_000, perGigabyte: 1_000 } as const

/** A reverse re-uses the old disks, so only differences travel. Made up. */
export const reverseSyncMs = 45_000

/** Disks of a seed are there already, so only differences travel. Made up. */
export const seededSyncMs = 45_000

/** How long after a recovery a reverse can do so (`optimizeUntil`); the vendor tells no span, a day is made up. */
export const optimizedReverseMs = 24 * 60 * 60_000

/** From resume to the next instance. Made up. */
export const catchUpMs = 30_000
