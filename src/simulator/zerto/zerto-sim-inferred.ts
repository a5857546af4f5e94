import type { SiteIndex } from './zerto-sim-vpg.ts'

/**
 * Everything the simulated ZVM does that no public source states. A correction from a real appliance is one line here.
 * What is documented stands where it is used. Nine conclusions are code and not a value:
 *
 * - A VPG keeps its identifier when its direction turns, and a machine gets another one, because machine identifiers
 *   begin with the vCenter's (`settle` in zerto-sim-recovery.ts).
 * - Without reverse protection the group that needs configuration already points back (`settle`), and machines that
 *   were not taken along by a failover of some are out of the group.
 * - A task is known to the ZVM that was asked for it, and to no other (`TaskLog`).
 * - Settings objects of an appliance belong to no sign-in, because a token has no session (`SettingsDesk`).
 * - A member left out of a PUT of settings stays as it was (`mergeSettings`).
 * - Both ZVMs list the same events and recovery reports: a row names its site, and events can be filtered by it.
 * - The API description of version 10 leaves EventIdentifier and the site of an event out, as it does identifiers that
 *   are known to be on the wire; both generations send them here (`toEventApi`).
 * - Without a licence everything is shown and nothing is started; the refusal's words are those that were seen
 *   (`requireLicense`).
 * - A group that is created by the deprecated call takes RPO, history and test interval from its service profile
 *   (`settingsOfDeprecatedCall`).
 */

/** Documented codes are 200, 400 and 401 of the token endpoint, 401 and business refusals as 500. These are the rest. */
export const statusOf = {
  /** A business rule said no: evidenced on the Windows line only, taken over for the appliance. */
  refused: 500,
  /** An id that names nothing: 404 or 500 is not documented; a REST service on ASP.NET Core answers 404. */
  unknownObject: 404,
  /** A path that names nothing, like `POST /v1/session/add` on an appliance, which is documented as 404. */
  unknownPath: 404,
  /** A body that is not JSON, a value of the wrong type, a date that is none. */
  badInput: 400,
  /** A known path with another method; `POST /v1/vpgs` is one, because version 10 no longer describes it. */
  wrongMethod: 405,
  /** The token endpoint takes forms only; Keycloak's framework answers another content type so. */
  notAForm: 415,
  /** Only XML is accepted by the caller: the vendor can answer XML, this simulator cannot and says so. */
  onlyXmlAccepted: 406,
} as const

/** Versions that the two generations state; the last Windows ZVM is documented as 9.7, its third number is not. */
export const versions = {
  zvma: { version: '10.0.60', display: '10.0 U6', api: '10.0.6', vra: '10.0' },
  windows: { version: '9.7.0', display: '9.7', api: '9.7', vra: '9.7' },
} as const

/** The challenge to a caller without credentials; that there is one is a conclusion too, its realm is not known. */
export const basicChallenge = 'Basic realm="Zerto Virtual Manager"'

/** Rows of a page of reports when the caller names no size: documented is only that 1000 is the most. */
export const reportPageSize = { default: 1000, max: 1000 } as const

/** What a recovery report says of an operation that was rolled back; that it is one of these two is documented. */
export const reportStatusOfRollback: 'Success' | 'Fail' = 'Fail'

/** How long samples of the resources report are kept, and how far apart they are, in hours. */
export const resourceSamples = { keptHours: 720, everyHours: 1 } as const

/** What the licence says while nobody changes it. */
export const defaultLicense = {
  key: 'ZSIM-DRGW-0000-0000-0000',
  type: 'Enterprise Cloud Edition',
  expiresAt: Date.UTC(2030, 0, 1),
  maxVms: 15_000,
} as const

/** Message texts: only the form `{"Message": "..."}` and the words "Exception occurred in API" are documented. */
export const messages = {
  unauthorized: 'Authorization has been denied for this request.',
  unknownPath: 'No HTTP resource was found that matches the request URI.',
  wrongMethod: 'The requested resource does not support this HTTP method.',
  badInput: (detail: string) => `The request is invalid. ${detail}`,
  unknown: (what: string, id: string) => `${what} with identifier ${id} was not found.`,
  onlyXml: 'This simulator answers JSON only.',
  noLicense: 'Valid License is not provided ',
  notAllowed: (action: string, vpg: string, state: string) =>
    `The operation ${action} is not allowed on VPG ${vpg} while it is in state ${state}.`,
  notReady: (action: string, vpg: string) =>
    `The operation ${action} cannot run on VPG ${vpg}: it is not ready to commit or roll back yet.`,
  settings: (detail: string) => `VPG settings operation failed. Exception occurred in API: ${detail};`,
} as const

/** Task.Status.State while the VPG waits in Before Commit: 6 Completed, or 2 WaitingForUserInput, or 1 InProgress. */
export const taskStateInBeforeCommit: 1 | 2 | 6 = 6

/** Task.Status.State of a clone that was aborted: 5 Stopped by its name. */
export const taskStateOfAbortedClone = 5

/** How many finished tasks a ZVM keeps. Documented for events only (1,000). */
export const finishedTasksKept = 1000

/** SubStatus in the initial stage of a failover or move, before 15 or 19: the guide lists no pair for it. */
export const subStatusInInitialStage = 0

/** Status while a VPG synchronises after reverse protection began: its new journal is empty, so neither SLA is met. */
export const statusWhileReversing = 2

/** The site's own commit policy, used by a move that names none; one hour is documented, the policy is not. */
export const siteCommitPolicy = { policy: 0, timeoutSeconds: 3600 } as const

/** A failover that names no waiting time waits as long as the site's policy says. */
export const failoverWaitSeconds = siteCommitPolicy.timeoutSeconds

/** Life of tokens, in seconds; an administrator sets it in Keycloak, and its own defaults are these. */
export const tokenLife = { accessSeconds: 300, refreshSeconds: 1800 } as const

/** How many hours of journal may be configured: the product's range of an hour to 30 days; the API's check is not known. */
export const journalHistoryHours = { min: 1, max: 720 } as const

/** Settings that nobody touches for so long are gone: documented for sessions of the Windows line. */
export const settingsIdleSeconds = 1800

/**
 * How long things take here, in simulated seconds. Only two are documented: checkpoints come about every 5 s, and a
 * new VPG is listed a few seconds after its task ended.
 */
export const seconds = {
  betweenCheckpoints: 5,
  newVpgUnlisted: 3,
  createVpg: 5,
  updateVpg: 4,
  deleteVpg: 8,
  failoverInitialStage: 20,
  shutdown: 10,
  moveInitialStage: 30,
  commit: 10,
  promote: 8,
  rollback: 15,
  failedStage: 6,
  recoveryPossible: 10,
  reverseSync: 40,
  bitmapSync: 10,
  forcedSync: 30,
  initialSync: 180,
  volumeInitialSync: 60,
  testStarting: 12,
  testStopping: 8,
  clone: 60,
  tagCheckpoint: 2,
  fileMount: 5,
  pauseOrResume: 2,
} as const

/** What a group can be asked for. */
export type VpgAction =
  | 'Failover'
  | 'FailoverCommit'
  | 'FailoverRollback'
  | 'Move'
  | 'MoveCommit'
  | 'MoveRollback'
  | 'FailoverTest'
  | 'FailoverTestStop'
  | 'Pause'
  | 'Resume'
  | 'ForceSync'
  | 'InsertTaggedCheckpoint'
  | 'CloneStart'
  | 'Delete'
  | 'ForceDelete'
  | 'Edit'

/** The states that the rules tell apart. */
export type VpgCondition =
  | 'PROTECTING'
  | 'SYNCING'
  | 'FAILOVER_BEFORE_COMMIT'
  | 'MOVE_BEFORE_COMMIT'
  | 'IN_TRANSITION'
  | 'TEST_RUNNING'
  | 'TEST_IN_TRANSITION'
  | 'PAUSED'
  | 'NEEDS_CONFIGURATION'
  | 'EMPTY'
  | 'ERROR'
  | 'DISCONNECTED'

/**
 * What is allowed in which state. Documented: no recovery while synchronising unless it is a bitmap sync; commit and
 * rollback only in Before Commit; during a test failover and tagged checkpoints, but no failover while it starts or
 * stops; failover while paused. The other cells are conclusions from those.
 */
export const allowedActions: Readonly<Record<VpgCondition, readonly VpgAction[]>> = {
  PROTECTING: [
    'Failover',
    'Move',
    'FailoverTest',
    'Pause',
    'ForceSync',
    'InsertTaggedCheckpoint',
    'CloneStart',
    'Delete',
    'ForceDelete',
    'Edit',
  ],
  SYNCING: ['Pause', 'ForceSync', 'Delete', 'ForceDelete', 'Edit'],
  FAILOVER_BEFORE_COMMIT: ['FailoverCommit', 'FailoverRollback', 'ForceDelete'],
  MOVE_BEFORE_COMMIT: ['MoveCommit', 'MoveRollback', 'ForceDelete'],
  IN_TRANSITION: [],
  /** Pause, resume, forced sync and clone during a test are undocumented: refused, as the test holds the journal. */
  TEST_RUNNING: ['Failover', 'FailoverTestStop', 'InsertTaggedCheckpoint'],
  TEST_IN_TRANSITION: ['InsertTaggedCheckpoint'],
  /** A move needs a last sync and a forced sync needs replication, so a paused group refuses both. */
  PAUSED: ['Failover', 'FailoverTest', 'Resume', 'CloneStart', 'Delete', 'ForceDelete', 'Edit'],
  NEEDS_CONFIGURATION: ['Delete', 'ForceDelete', 'Edit'],
  /** There is nothing yet to replicate, let alone to recover. */
  EMPTY: ['Delete', 'ForceDelete', 'Edit'],
  /** The journal still holds recovery points, so a live failover must be possible: it is what a failover is for. */
  ERROR: ['Failover', 'FailoverTest', 'ForceSync', 'Delete', 'ForceDelete', 'Edit'],
  /** Only the recovery site can act, see {@link actsWhenDisconnected}. */
  DISCONNECTED: ['Failover', 'FailoverTest', 'ForceDelete'],
}

/** Whether a ZVM may act on a group whose sites do not reach each other: only the one that has the journal. */
export const actsWhenDisconnected = (asked: SiteIndex, protectedSite: SiteIndex): boolean => asked !== protectedSite
