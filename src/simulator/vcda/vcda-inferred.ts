/**
 * What no document and no client source told us about this vendor, in one place: a word from a real appliance is a
 * one-line change here. The documented answers stand in `vcda-sim-refusal.ts`.
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
}

/** `resultType`: class names of the answer; only `CloudHealthInfo` was seen, these are the documented type names. */
export const resultTypes = { vmReplication: 'SingleVmReplicationInfo', vappReplication: 'VappReplicationInfo' } as const

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
 * A provider signed in as local user changes a replication without extending the session to the remote site; a
 * tenant must extend first. The documents say only that operations on a remote site need an extension.
 */
export const needsExtension = (session: { readonly isProvider: boolean }): boolean => !session.isProvider

/** `GET /vm-replications?sourceSite=<local>`: "local site filtering is not supported"; how it fails is unseen. */
export const localSourceSiteFilterIsRefused = true

/** RPO bounds in minutes: 5 minutes to 24 hours by the user guide; migrations have 24 hours. */
export const rpoBoundsMinutes = { lowest: 5, highest: 1_440 } as const

/** At most this many rules and rotated instances, by the user guides 4.3 and 4.0; a refusal was not seen. */
export const retentionBounds = { rules: 5, instances: 24 } as const

/** How long a first copy takes: so many milliseconds, and more for bigger disks. Made up, short enough to watch. */
export const initialSyncMs = { base: 60_000, perGigabyte: 1_000 } as const

/** A reverse re-uses the old disks, so only differences travel. Made up. */
export const reverseSyncMs = 45_000

/** From resume to the next instance. Made up. */
export const catchUpMs = 30_000
