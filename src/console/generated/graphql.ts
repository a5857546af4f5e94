/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What can be done to a replication or group. */
export type Action =
  /** End the copying: `abortClone`. */
  | 'ABORT_CLONE'
  /** Make a failover final: `commitFailover`. */
  | 'COMMIT_FAILOVER'
  /** Make a move final: `commitMove`. */
  | 'COMMIT_MOVE'
  /** Name this moment as a recovery point: `createCheckpoint`. */
  | 'CREATE_CHECKPOINT'
  /** End the test: `endTestFailover`. */
  | 'END_TEST_FAILOVER'
  /** Recover at the destination: `failover`. */
  | 'FAILOVER'
  /** Shut down at the source and start at the destination: `move`. */
  | 'MOVE'
  /** Stop transferring: `pauseReplication`. */
  | 'PAUSE'
  /** Go on transferring: `resumeReplication`. */
  | 'RESUME'
  /** Protect a recovered machine the other way round: `reverseReplication`. */
  | 'REVERSE'
  /** Take a failover back: `rollbackFailover`. */
  | 'ROLLBACK_FAILOVER'
  /** Take a move back: `rollbackMove`. */
  | 'ROLLBACK_MOVE'
  /** Copy at the destination: `startClone`. */
  | 'START_CLONE'
  /** End the protection: `stopReplication`. */
  | 'STOP'
  /** Transfer now: `syncReplication`. */
  | 'SYNC'
  /** Recover in an isolated network: `testFailover`. */
  | 'TEST_FAILOVER'
  /** Change its settings: `updateReplication`. */
  | 'UPDATE';

/** Which alert. */
export type AlertInput = {
  /** An alert that a site raised itself. */
  alertId: string | number;
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
};

/** How urgent an alert is. */
export type AlertLevel =
  /** Look at it now. */
  | 'ERROR'
  /** The vendor said something that this gateway does not know. */
  | 'UNKNOWN'
  /** Look at it. */
  | 'WARNING';

/** What an alert is about. */
export type AlertSubject =
  /** A machine that carries replication traffic. */
  | 'APPLIANCE'
  /** A group. */
  | 'GROUP'
  /** The licence. */
  | 'LICENSE'
  /** Something else. */
  | 'OTHER'
  /** A single machine. */
  | 'REPLICATION'
  /** The site itself. */
  | 'SITE'
  /** Storage. */
  | 'STORAGE';

/** Narrows the audit log. What is given must all match; what is left out matches everything. */
export type AuditFilter = {
  /** Only what one of these callers asked for. */
  callers?: Array<string> | null | undefined;
  /** Only entries written then or later. */
  from?: string | null | undefined;
  /** Only entries of one of these kinds. */
  kinds?: Array<AuditKind> | null | undefined;
  /** Only of one of these operations. */
  operations?: Array<Operation> | null | undefined;
  /** Only about one of these replications or groups, also when it is gone. */
  targetIds?: Array<string | number> | null | undefined;
  /** Only about one of these tasks. */
  taskIds?: Array<string | number> | null | undefined;
  /** Only entries written then or before. */
  to?: string | null | undefined;
};

/** What happened to something that was asked for. One request has several entries: what was intended, and what came. */
export type AuditKind =
  /** The vendor has taken it on. */
  | 'ACCEPTED'
  /** The vendor's task of a lost answer was found: `evidence` says how. */
  | 'ADOPTED'
  /** It was taken back before it was done. */
  | 'CANCELLED'
  /** The answer was lost, and nothing had happened: `evidence` says how that was found out. */
  | 'DID_NOT_HAPPEN'
  /** It failed: `problem` says why. */
  | 'FAILED'
  /** Everything was checked, and it was about to be sent. */
  | 'INTENDED'
  /** It was intended and never left. Its key is free again. */
  | 'NOT_SENT'
  /** It was sent, and its answer was lost or its work can no longer be seen. */
  | 'OUTCOME_UNKNOWN'
  /** The gateway refused it: `problem` says why. Nothing was sent. */
  | 'REFUSED'
  /** The vendor refused it: `problem` has its words. */
  | 'REFUSED_BY_VENDOR'
  /** The key was seen before: the answer was the task of the first time, and nothing was sent again. */
  | 'REPLAYED'
  /** It was done. */
  | 'SUCCEEDED';

/** What a site, at its version, can do. The names of actions mean that the action is there. */
export type Capability =
  /** End the copying: `abortClone`. */
  | 'ABORT_CLONE'
  /** The site raises alerts of its own; elsewhere they are derived. */
  | 'ALERTS'
  /** The site lists the machines that carry its traffic. */
  | 'APPLIANCES'
  /** Make a failover final: `commitFailover`. */
  | 'COMMIT_FAILOVER'
  /** Make a move final: `commitMove`. */
  | 'COMMIT_MOVE'
  /** A recovery can decide by itself after a time. */
  | 'COMMIT_POLICY'
  /** Name this moment as a recovery point: `createCheckpoint`. */
  | 'CREATE_CHECKPOINT'
  /** Alerts can be put aside. */
  | 'DISMISS_ALERT'
  /** End the test: `endTestFailover`. */
  | 'END_TEST_FAILOVER'
  /** Recover at the destination: `failover`. */
  | 'FAILOVER'
  /** A group has recovery points of its own. */
  | 'GROUP_RECOVERY_POINTS'
  /** The site checks its own parts. */
  | 'HEALTH_CHECK'
  /** The site keeps what happened to a group or replication. */
  | 'HISTORY'
  /** The site tells its licence. */
  | 'LICENSE'
  /** Shut down at the source and start at the destination: `move`. */
  | 'MOVE'
  /** The site can be asked for the tasks of one call, by the operation id that was sent with it. */
  | 'OPERATION_IDS'
  /** Stop transferring: `pauseReplication`. */
  | 'PAUSE'
  /** The site offers settings under a name. */
  | 'PROFILES'
  /** The site keeps reports of recoveries and tests. */
  | 'RECOVERY_REPORTS'
  /** Some members of a group can be recovered without the others. */
  | 'RECOVER_SOME_MEMBERS'
  /** The site lists what a replication can start from and go to. */
  | 'RESOURCES'
  /** Go on transferring: `resumeReplication`. */
  | 'RESUME'
  /** Protect a recovered machine the other way round: `reverseReplication`. */
  | 'REVERSE'
  /** Take a failover back: `rollbackFailover`. */
  | 'ROLLBACK_FAILOVER'
  /** Take a move back: `rollbackMove`. */
  | 'ROLLBACK_MOVE'
  /** Copy at the destination: `startClone`. */
  | 'START_CLONE'
  /** New replications can be started. */
  | 'START_REPLICATION'
  /** End the protection: `stopReplication`. */
  | 'STOP'
  /** Transfer now: `syncReplication`. */
  | 'SYNC'
  /** Recovery points can carry a name. */
  | 'TAGGED_RECOVERY_POINTS'
  /** Recover in an isolated network: `testFailover`. */
  | 'TEST_FAILOVER'
  /** That can be taken back. */
  | 'UNDISMISS_ALERT'
  /** Change its settings: `updateReplication`. */
  | 'UPDATE'
  /** The site keeps traffic and disk usage over time. */
  | 'USAGE_HISTORY';

/** What an event about replications and groups tells. */
export type ChangeKind =
  /** A site lists it that was not there before. */
  | 'ADDED'
  /** Something that people decide by is different: see `changedFields`. */
  | 'CHANGED'
  /** The gateway is about to close: subscribe again, there or at another one, with this cursor as `after`. Events may still follow. */
  | 'DRAINING'
  /** Events behind the cursor are no longer kept: ask the lists again, and apply to them what follows. */
  | 'LAGGED'
  /** It is gone: every site that could list it was read, and none lists it. Or it is not, or no longer, what the subscription asked for. Drop it where you have it. */
  | 'REMOVED'
  /** Everything up to its cursor has happened: ask the lists now, and apply to them what follows. The first event of a subscription that does not resume. */
  | 'SNAPSHOT';

/** Which failover to commit. */
export type CommitFailoverInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoCommitFailoverOptions | null | undefined;
};

/** Which move to commit. */
export type CommitMoveInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoCommitMoveOptions | null | undefined;
};

/** What happens to a recovery that waits for a decision when nobody decides. */
export type CommitPolicy =
  /** It is committed when its time is over. */
  | 'COMMIT'
  /** It waits for a person. */
  | 'MANUAL'
  /** It is rolled back when its time is over. */
  | 'ROLLBACK';

/** How much of a site is in a list. */
export type Completeness =
  /** All of it, as it is now. */
  | 'COMPLETE'
  /** All of it, as it was at `observedAt`: the site does not answer. */
  | 'STALE'
  /** Nothing of it. */
  | 'UNAVAILABLE';

/** How the way to a site is doing. */
export type ConnectionState =
  /** It answers, but not as it should. */
  | 'DEGRADED'
  /** It does not answer. */
  | 'DOWN'
  /** It answers. */
  | 'UP';

/** Which moment to name: now, of this target. */
export type CreateCheckpointInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Its name. */
  name: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
};

/** What an expectation rests on. */
export type DurationBasis =
  /** Past runs of others at the same site. */
  | 'SITE'
  /** Past runs of the same target. */
  | 'TARGET';

/** Which test to end, and how it went. */
export type EndTestFailoverInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** Your words, for the vendor's report of the test. */
  summary?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Your verdict, for the vendor's report of the test. */
  wasSuccessful?: boolean | null | undefined;
};

/** What an event tells. */
export type EventKind =
  /** Nothing has changed: this gateway is about to close the connection. Connect again, with this cursor as `after`. */
  | 'DRAINING'
  /** Events behind the cursor are no longer kept; what is kept of them follows. */
  | 'LAGGED'
  /** Only the progress has changed. A slow reader gets the newest of several. */
  | 'PROGRESS'
  /** How it is now: what a subscription begins with that does not resume. */
  | 'SNAPSHOT'
  /** The state, the stage or the target has changed. Never left out. */
  | 'STATE_CHANGE';

/** What to recover, and from which moment. */
export type FailoverInput = {
  /** True does it although one machine could come to run twice (SplitBrainRisk). Needs a `reason`; both are kept with the task and in the audit log. */
  allowSplitBrainRisk?: boolean | null | undefined;
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** From a plan: it is then done only if everything still is as it was planned, else refused as PlanChanged. Left out, nothing is compared. */
  planToken?: string | null | undefined;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** From which moment; left out, the newest. */
  recoveryPointId?: string | number | null | undefined;
  /** Only these members of the group; left out, all. Needs the capability RECOVER_SOME_MEMBERS. */
  replicationIds?: Array<string | number> | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaFailoverOptions | null | undefined;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoFailoverOptions | null | undefined;
};

/** How much attention it needs. */
export type Health =
  /** Look at it now. */
  | 'CRITICAL'
  /** Nothing to do. */
  | 'HEALTHY'
  /** Cannot be told. */
  | 'UNKNOWN'
  /** Look at it. */
  | 'WARNING';

/** What runs the machines at an end. */
export type HypervisorKind =
  /** Amazon Web Services. */
  | 'AWS'
  /** Microsoft Azure. */
  | 'AZURE'
  /** VMware Cloud Director. */
  | 'CLOUD_DIRECTOR'
  /** Microsoft Hyper-V. */
  | 'HYPER_V'
  /** The vendor said something that this gateway does not know. */
  | 'UNKNOWN'
  /** VMware vSphere. */
  | 'VSPHERE';

/** What to move. */
export type MoveInput = {
  /** True does it although one machine could come to run twice (SplitBrainRisk). Needs a `reason`; both are kept with the task and in the audit log. */
  allowSplitBrainRisk?: boolean | null | undefined;
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** From a plan: it is then done only if everything still is as it was planned, else refused as PlanChanged. Left out, nothing is compared. */
  planToken?: string | null | undefined;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaMoveOptions | null | undefined;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoMoveOptions | null | undefined;
};

/** Which end of an object a site is that lists it. */
export type ObservationRole =
  /** Both: it is recovered where it runs. */
  | 'BOTH'
  /** It is recovered there. */
  | 'DESTINATION'
  /** Neither: the site only tells of it. */
  | 'OTHER'
  /** It runs there. */
  | 'SOURCE';

/** What a task does: an action, the start of a replication, or work of the vendor that has no name here. */
export type Operation =
  /** End the copying: `abortClone`. */
  | 'ABORT_CLONE'
  /** Make a failover final: `commitFailover`. */
  | 'COMMIT_FAILOVER'
  /** Make a move final: `commitMove`. */
  | 'COMMIT_MOVE'
  /** Name this moment as a recovery point: `createCheckpoint`. */
  | 'CREATE_CHECKPOINT'
  /** Puts an alert aside: `dismissAlert`. */
  | 'DISMISS_ALERT'
  /** End the test: `endTestFailover`. */
  | 'END_TEST_FAILOVER'
  /** Recover at the destination: `failover`. */
  | 'FAILOVER'
  /** Shut down at the source and start at the destination: `move`. */
  | 'MOVE'
  /** Something else: `vendorOperation` has the vendor's word. */
  | 'OTHER'
  /** Stop transferring: `pauseReplication`. */
  | 'PAUSE'
  /** Go on transferring: `resumeReplication`. */
  | 'RESUME'
  /** Protect a recovered machine the other way round: `reverseReplication`. */
  | 'REVERSE'
  /** Take a failover back: `rollbackFailover`. */
  | 'ROLLBACK_FAILOVER'
  /** Take a move back: `rollbackMove`. */
  | 'ROLLBACK_MOVE'
  /** Copy at the destination: `startClone`. */
  | 'START_CLONE'
  /** Starts a replication: `startReplication`. */
  | 'START_REPLICATION'
  /** End the protection: `stopReplication`. */
  | 'STOP'
  /** Transfer now: `syncReplication`. */
  | 'SYNC'
  /** Recover in an isolated network: `testFailover`. */
  | 'TEST_FAILOVER'
  /** Takes that back: `undismissAlert`. */
  | 'UNDISMISS_ALERT'
  /** Change its settings: `updateReplication`. */
  | 'UPDATE';

/** Which way a list runs. */
export type OrderDirection =
  /** As the field says. */
  | 'ASC'
  /** The other way round, from its end to its beginning. */
  | 'DESC';

/** Which failover to plan: as it would be asked for. */
export type PlanFailoverInput = {
  /** From which moment; left out, the newest. */
  recoveryPointId?: string | number | null | undefined;
  /** Only these members of the group; left out, all. Needs the capability RECOVER_SOME_MEMBERS. */
  replicationIds?: Array<string | number> | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaFailoverOptions | null | undefined;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoFailoverOptions | null | undefined;
};

/** Which move to plan: as it would be asked for. */
export type PlanMoveInput = {
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaMoveOptions | null | undefined;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoMoveOptions | null | undefined;
};

/** What an operator should know before a recovery, the gravest first. */
export type PlanWarningCode =
  /** Something could not be found out. */
  | 'COULD_NOT_CHECK'
  /** Something is wrong with the destination site. */
  | 'DESTINATION_PROBLEM'
  /** One of the machines is protected a second time by the same product. */
  | 'IN_SEVERAL_GROUPS'
  /** There is no copy yet. */
  | 'NEVER_SYNCED'
  /** No test failover of it is known. */
  | 'NEVER_TESTED'
  /** Nothing protects the machines once they run at the destination. */
  | 'NO_REVERSE_PROTECTION'
  /** The chosen recovery point is more than a day old. */
  | 'OLD_RECOVERY_POINT'
  /** The chosen recovery point is not there. */
  | 'RECOVERY_POINT_GONE'
  /** The recovery point objective is missed. */
  | 'RPO_VIOLATED'
  /** The source answers: a failover would lose what its machines write from now on. */
  | 'SOURCE_ALIVE'
  /** The source does not answer, and a move needs it. */
  | 'SOURCE_UNREACHABLE'
  /** One machine could come to run twice. The mutation refuses it unless allowSplitBrainRisk is given. */
  | 'SPLIT_BRAIN_RISK'
  /** The last test failover was more than 180 days ago. */
  | 'TEST_OVERDUE';

/** Whose data goes first when the line is full. */
export type Priority =
  /** First. */
  | 'HIGH'
  /** Last. */
  | 'LOW'
  /** In between. */
  | 'MEDIUM';

/** Why something was refused or failed. Act on the code; the message is for people. */
export type ProblemCode =
  /** The caller went away before the answer came. */
  | 'CANCELLED'
  /** The site, at its version, has no such thing. Nothing was sent. */
  | 'CAPABILITY_UNSUPPORTED'
  /** The key was used before with another input. Nothing was sent. */
  | 'IDEMPOTENCY_MISMATCH'
  /** The input breaks a rule; `fields` says where. Nothing was sent. */
  | 'INVALID_INPUT'
  /** The target is in a state that does not allow it. Nothing was sent. */
  | 'INVALID_STATE'
  /** Nothing is known under the id. Nothing was sent. */
  | 'NOT_FOUND'
  /** The call left and its answer was lost: it may have been done. It is never sent again. */
  | 'OUTCOME_UNKNOWN'
  /** The caller lacks the scope. Nothing was sent. */
  | 'PERMISSION_DENIED'
  /** What was planned is no longer how things are. Nothing was sent. */
  | 'PLAN_CHANGED'
  /** The site asked for fewer calls; `retryAfterSeconds` says when to come back. */
  | 'RATE_LIMITED'
  /** The same machine could come to run twice. Nothing was sent. */
  | 'SPLIT_BRAIN_RISK'
  /** The gateway's own store is locked by somebody else. Nothing was sent: try again in a moment. */
  | 'STORE_BUSY'
  /** The gateway's own store cannot be used (full, read-only, broken). Nothing was sent; what can be read goes on. */
  | 'STORE_UNAVAILABLE'
  /** The site did not answer in time. */
  | 'TIMEOUT'
  /** The site answered something that is no answer. */
  | 'VENDOR_PROTOCOL'
  /** The site understood and said no. Nothing was changed. */
  | 'VENDOR_REFUSED'
  /** The site cannot be reached. Nothing was changed; the same key may be sent again. */
  | 'VENDOR_UNAVAILABLE';

/** Narrows a list of groups. What is given must all match; what is left out matches everything, and an empty list nothing. */
export type ProtectionGroupFilter = {
  /** Only with one of these sites as the destination: where it is recovered. */
  destinationSiteIds?: Array<string | number> | null | undefined;
  /** Only that on which its sites do not agree, or only the others. */
  hasConflicts?: boolean | null | undefined;
  /** Only of one of these healths. */
  healths?: Array<Health> | null | undefined;
  /** Only what waits for commit or rollback after a failover or move (`recovery.phase` is AWAITING_COMMIT), or only the others. */
  isAwaitingDecision?: boolean | null | undefined;
  /** Only what no site could be asked about just now, or only the others. */
  isStale?: boolean | null | undefined;
  /** Only with a test failover running, or only the others. */
  isTestRunning?: boolean | null | undefined;
  /** Only those of which a test is known (`lastTestedAt` is there), or only the others. */
  isTested?: boolean | null | undefined;
  /** Only with this in the name, in any case. */
  nameContains?: string | null | undefined;
  /** Only with one of these organisations at either end: whole names, in any case. */
  organizations?: Array<string> | null | undefined;
  /** Only of one of these priorities; never a group of a product that has none. */
  priorities?: Array<Priority> | null | undefined;
  /** Only for one of these purposes. */
  purposes?: Array<ReplicationPurpose> | null | undefined;
  /** Only with one of these verdicts. */
  rpoVerdicts?: Array<RpoVerdict> | null | undefined;
  /** Only with one of these sites at either end. */
  siteIds?: Array<string | number> | null | undefined;
  /** Only with one of these sites as the source: where it runs. */
  sourceSiteIds?: Array<string | number> | null | undefined;
  /** Only in one of these states. */
  states?: Array<ProtectionState> | null | undefined;
  /** Only those not tested since: the last test ended before this, or none is known. Together with `isTested: true`, the first alone. */
  testedBefore?: string | null | undefined;
  /** Only with this in the name or description, in any case. */
  text?: string | null | undefined;
  /** Only of these products. */
  vendors?: Array<Vendor> | null | undefined;
};

/** How a list of groups is sorted; the id settles ties. */
export type ProtectionGroupOrder = {
  /** Which way it runs. */
  direction?: OrderDirection | null | undefined;
  /** What it is sorted by. */
  field?: ProtectionGroupOrderField | null | undefined;
};

/** What a list of groups is sorted by. */
export type ProtectionGroupOrderField =
  /** By health: CRITICAL, UNKNOWN, WARNING, HEALTHY. */
  | 'HEALTH'
  /** By the last test, the longest ago first; what has no known test comes before. */
  | 'LAST_TEST'
  /** By name, without regard to case. */
  | 'NAME'
  /** By the age of the newest recovery point, the youngest first; what was not measured comes last. */
  | 'RPO'
  /** By how much the target is missed, the least first; what was not measured comes last. */
  | 'RPO_VIOLATION'
  /** By `storage.usedBytes`, or `provisionedBytes` where that is not told, the smallest first; what tells neither comes before. */
  | 'STORAGE'
  /** By when a site last listed it (the first of `observations`), the longest ago first. When it last changed is not known of every product. */
  | 'UPDATED';

/** Where a replication or group stands. `vendorState` beside it keeps the vendor's own words. */
export type ProtectionState =
  /** A failover or move waits for commit or rollback. */
  | 'AWAITING_COMMIT'
  /** A commit is running. */
  | 'COMMITTING'
  /** The protection is being removed. */
  | 'DELETING'
  /** The two sites do not see each other. */
  | 'DISCONNECTED'
  /** The vendor reports an error. */
  | 'ERROR'
  /** A failover is running. */
  | 'FAILING_OVER'
  /** The first full copy is being made. */
  | 'INITIALIZING'
  /** A move is running. */
  | 'MOVING'
  /** Settings are missing at the vendor: nothing is protected. */
  | 'NEEDS_CONFIGURATION'
  /** Protected, but later or shorter than promised. */
  | 'NOT_MEETING_TARGET'
  /** Paused: nothing is transferred. */
  | 'PAUSED'
  /** Protected, and meeting its targets. */
  | 'PROTECTED'
  /** The machine runs at the destination. */
  | 'RECOVERED'
  /** A rollback is running. */
  | 'ROLLING_BACK'
  /** Data is being transferred. */
  | 'SYNCING'
  /** A test failover runs, and protection stands still meanwhile. */
  | 'TESTING'
  /** The vendor said something that this gateway does not know: see `vendorState`. */
  | 'UNKNOWN';

/** How the guest was quieted when the point was taken. */
export type QuiesceKind =
  /** Its applications wrote out what they held. */
  | 'APPLICATION'
  /** Its file systems wrote out what they held. */
  | 'FILE_SYSTEM'
  /** Not at all: as after a power cut. */
  | 'NONE'
  /** The vendor said something that this gateway does not know. */
  | 'UNKNOWN';

/** What readiness is judged by. */
export type ReadinessCheckName =
  /** Alerts of the vendor about it, its machines and, errors only, its sites. Derived ones say what the other checks say, and do not count. */
  | 'ALERTS'
  /** The certificates that both sites show. Left out where none has been seen. */
  | 'CERTIFICATES'
  /** The newest test failover, of the vendor or from here, and what has changed since. */
  | 'LAST_TEST'
  /** The licences of both sites, read once an hour. Left out where neither site tells of one. */
  | 'LICENSE'
  /** Whether there is a recovery point, and how old the newest one is. How many there are is not judged: that costs a call for each target, see `recoveryPoints`. */
  | 'RECOVERY_POINTS'
  /** The recovery point objective. */
  | 'RPO'
  /** Whether the site it is recovered to answers, and the one it runs at. */
  | 'SITES'
  /** Where it stands, and whether `failover` would be refused. */
  | 'STATE';

/** Whether a failover could be done now, the best first. */
export type ReadinessVerdict =
  /** It can be expected to work, with less or later than promised. */
  | 'AT_RISK'
  /** It would be refused, or would fail. */
  | 'NOT_READY'
  /** Nothing speaks against it, and nobody has proved it: never tested, not lately, or changed since. */
  | 'NOT_VERIFIED'
  /** Nothing speaks against it, and a recent test has proved it. */
  | 'READY';

/** What was found out about a call whose answer was lost. */
export type ReconciliationVerdict =
  /** The vendor had taken it: the task goes on as the vendor tells. */
  | 'ADOPTED'
  /** The vendor never took it. It is safe to do it again, with a new key. */
  | 'DID_NOT_HAPPEN';

/** How far a recovery has come. */
export type RecoveryPhase =
  /** Waits for commit or rollback. */
  | 'AWAITING_COMMIT'
  /** A commit is running. */
  | 'COMMITTING'
  /** A failover is running. */
  | 'FAILING_OVER'
  /** A move is running. */
  | 'MOVING'
  /** No recovery. */
  | 'NONE'
  /** The machine runs at the destination. */
  | 'RECOVERED'
  /** A rollback is running. */
  | 'ROLLING_BACK'
  /** A test failover runs. */
  | 'TESTING'
  /** Cannot be told. */
  | 'UNKNOWN';

/** Narrows a list of replications. What is given must all match; what is left out matches everything, and an empty list nothing. */
export type ReplicationFilter = {
  /** Only with one of these sites as the destination: where it is recovered. */
  destinationSiteIds?: Array<string | number> | null | undefined;
  /** Only members of one of these groups. */
  groupIds?: Array<string | number> | null | undefined;
  /** Only that on which its sites do not agree, or only the others. */
  hasConflicts?: boolean | null | undefined;
  /** Only of one of these healths. */
  healths?: Array<Health> | null | undefined;
  /** Only what waits for commit or rollback after a failover or move (`recovery.phase` is AWAITING_COMMIT), or only the others. */
  isAwaitingDecision?: boolean | null | undefined;
  /** Only members of a group, or only machines that are replicated alone. */
  isGrouped?: boolean | null | undefined;
  /** Only what no site could be asked about just now, or only the others. */
  isStale?: boolean | null | undefined;
  /** Only with this in the name, in any case. */
  nameContains?: string | null | undefined;
  /** Only with one of these organisations at either end: whole names, in any case. */
  organizations?: Array<string> | null | undefined;
  /** Only for one of these purposes. */
  purposes?: Array<ReplicationPurpose> | null | undefined;
  /** Only with one of these verdicts. */
  rpoVerdicts?: Array<RpoVerdict> | null | undefined;
  /** Only with one of these sites at either end. */
  siteIds?: Array<string | number> | null | undefined;
  /** Only with one of these sites as the source: where it runs. */
  sourceSiteIds?: Array<string | number> | null | undefined;
  /** Only in one of these states. */
  states?: Array<ProtectionState> | null | undefined;
  /** Only with this in the name or description, in any case. */
  text?: string | null | undefined;
  /** Only of these products. */
  vendors?: Array<Vendor> | null | undefined;
};

/** How a list of replications is sorted; the id settles ties. */
export type ReplicationOrder = {
  /** Which way it runs. */
  direction?: OrderDirection | null | undefined;
  /** What it is sorted by. */
  field?: ReplicationOrderField | null | undefined;
};

/** What a list of replications is sorted by. */
export type ReplicationOrderField =
  /** By health: CRITICAL, UNKNOWN, WARNING, HEALTHY. */
  | 'HEALTH'
  /** By name, without regard to case. */
  | 'NAME'
  /** By the age of the newest recovery point, the youngest first; what was not measured comes last. */
  | 'RPO'
  /** By how much the target is missed, the least first; what was not measured comes last. */
  | 'RPO_VIOLATION'
  /** By `storage.usedBytes`, or `provisionedBytes` where that is not told, the smallest first; what tells neither comes before. */
  | 'STORAGE'
  /** By when a site last listed it (the first of `observations`), the longest ago first. When it last changed is not known of every product. */
  | 'UPDATED';

/** What it is for. */
export type ReplicationPurpose =
  /** Copies once, to move the machine for good. */
  | 'MIGRATION'
  /** Keeps a standby copy. */
  | 'PROTECTION';

/** What to replicate, from where, to where: exactly one member. */
export type ReplicationWorkInput =
  {   /** VCDA: a vApp of Cloud Director, as one group. */
  vcdaVapp: VcdaVappWorkInput; vcdaVappTemplate?: never; vcdaVcenterVapp?: never; vcdaVcenterVm?: never; vcdaVm?: never; zertoGroup?: never; }
  |  { vcdaVapp?: never;   /** VCDA: a vApp template of Cloud Director, as one group. */
  vcdaVappTemplate: VcdaVappTemplateWorkInput; vcdaVcenterVapp?: never; vcdaVcenterVm?: never; vcdaVm?: never; zertoGroup?: never; }
  |  { vcdaVapp?: never; vcdaVappTemplate?: never;   /** VCDA: several virtual machines of a vCenter of the customer, as one group. */
  vcdaVcenterVapp: VcdaVcenterVappWorkInput; vcdaVcenterVm?: never; vcdaVm?: never; zertoGroup?: never; }
  |  { vcdaVapp?: never; vcdaVappTemplate?: never; vcdaVcenterVapp?: never;   /** VCDA: one virtual machine of a vCenter of the customer. */
  vcdaVcenterVm: VcdaVcenterVmWorkInput; vcdaVm?: never; zertoGroup?: never; }
  |  { vcdaVapp?: never; vcdaVappTemplate?: never; vcdaVcenterVapp?: never; vcdaVcenterVm?: never;   /** VCDA: one virtual machine of Cloud Director. */
  vcdaVm: VcdaVmWorkInput; zertoGroup?: never; }
  |  { vcdaVapp?: never; vcdaVappTemplate?: never; vcdaVcenterVapp?: never; vcdaVcenterVm?: never; vcdaVm?: never;   /** A new virtual protection group (VPG). */
  zertoGroup: ZertoGroupWorkInput; };

/** What a replication can start from or go to. */
export type ResourceKind =
  /** A cluster of hosts. */
  | 'CLUSTER'
  /** A virtual data center. */
  | 'DATACENTER'
  /** A datastore. */
  | 'DATASTORE'
  /** A folder for machines. */
  | 'FOLDER'
  /** A host. */
  | 'HOST'
  /** A network. */
  | 'NETWORK'
  /** A tenant. */
  | 'ORGANIZATION'
  /** A resource pool. */
  | 'RESOURCE_POOL'
  /** A storage profile or policy. */
  | 'STORAGE_PROFILE'
  /** A vApp. */
  | 'VAPP'
  /** A template of a vApp. */
  | 'VAPP_TEMPLATE'
  /** A vCenter. */
  | 'VCENTER'
  /** A machine that is not protected yet. */
  | 'VM';

/** Whether the recovery point objective is met. */
export type RpoVerdict =
  /** Met. */
  | 'MEETING'
  /** There has never been a recovery point. This is not the same as late. */
  | 'NEVER_SYNCED'
  /** The vendor has no figure just now. */
  | 'NOT_MEASURED'
  /** Missed: the newest recovery point is too old. */
  | 'VIOLATING';

/** How much harm a mistaken press does. */
export type SafetyClass =
  /** Cannot be taken back: ask for a typed confirmation. */
  | 'DESTRUCTIVE'
  /** Stops or moves machines. */
  | 'DISRUPTIVE'
  /** Nothing stops; it can be taken back. */
  | 'REVERSIBLE';

/** By what two protected machines are known to be one. */
export type SameMachineSign =
  /** They have the same name in the same organisation: likely, not certain. */
  | 'NAME_AND_ORGANIZATION'
  /** The platform below has one name for both. */
  | 'PLATFORM_ID';

/** What a site is to a recovery. */
export type SiteRole =
  /** They are recovered there. */
  | 'DESTINATION'
  /** It knows them too. */
  | 'OTHER'
  /** The machines run there; where both ends are one site, that one. */
  | 'SOURCE';

/** What to copy, and from which moment. */
export type StartCloneInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** From which moment; left out, the newest. */
  recoveryPointId?: string | number | null | undefined;
  /** Only these members of the group; left out, all. Needs the capability RECOVER_SOME_MEMBERS. */
  replicationIds?: Array<string | number> | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoCloneOptions | null | undefined;
};

/** What to protect or migrate, and how. */
export type StartReplicationInput = {
  /** Free text, kept by the vendor. */
  description?: string | null | undefined;
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** Recovery point objective, in seconds. */
  rpoSeconds?: number | null | undefined;
  /** The configured site that is asked to do it. */
  siteId: string | number;
  /** The vendor's identifier of a profile that sets all of this in place of `rpoSeconds`. */
  slaProfileId?: string | null | undefined;
  /** What to replicate. */
  work: ReplicationWorkInput;
};

/** What to stop. */
export type StopReplicationInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoStopOptions | null | undefined;
};

/** A target, and nothing to choose. */
export type TargetInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
};

/** What can be recovered. */
export type TargetKind =
  /** Groups. */
  | 'PROTECTION_GROUP'
  /** Replications. */
  | 'REPLICATION';

/** Narrows a list of tasks. What is given must all match; what is left out matches everything. */
export type TaskFilter = {
  /** Only of one of these kinds. */
  operations?: Array<Operation> | null | undefined;
  /** Only of these sites, by their names in the configuration. */
  siteNames?: Array<string> | null | undefined;
  /** Only in one of these states. */
  states?: Array<TaskState> | null | undefined;
  /** Only on one of these replications or groups. */
  targetIds?: Array<string | number> | null | undefined;
};

/** How far a task has come. */
export type TaskState =
  /** Taken on; the vendor has not said yet that it runs. */
  | 'ACCEPTED'
  /** It waits for commit or rollback. */
  | 'AWAITING_DECISION'
  /** Taken back before it was done. */
  | 'CANCELLED'
  /** The vendor says that it failed. */
  | 'FAILED'
  /** It was sent, and what became of it cannot be told yet. It is never sent again. */
  | 'OUTCOME_UNKNOWN'
  /** The vendor is at it. */
  | 'RUNNING'
  /** Done. */
  | 'SUCCEEDED'
  /** The vendor said something that this gateway does not know; it goes on looking. */
  | 'UNKNOWN';

/** What to test, and from which moment. */
export type TestFailoverInput = {
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** From which moment; left out, the newest. */
  recoveryPointId?: string | number | null | undefined;
  /** Only these members of the group; left out, all. Needs the capability RECOVER_SOME_MEMBERS. */
  replicationIds?: Array<string | number> | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaTestFailoverOptions | null | undefined;
};

/** What to change; what is left out stays as it is. */
export type UpdateReplicationInput = {
  /** Free text, kept by the vendor. */
  description?: string | null | undefined;
  /** 1 to 200 characters of your choice. The same press of a button always sends the same key: it is then done once, however often it is sent. A new intention needs a new key. */
  idempotencyKey: string;
  /** Whose data goes first. */
  priority?: Priority | null | undefined;
  /** Why, for whoever looks later; up to 2,000 characters. */
  reason?: string | null | undefined;
  /** Recovery point objective, in seconds. */
  rpoSeconds?: number | null | undefined;
  /** The vendor's identifier of a profile. */
  slaProfileId?: string | null | undefined;
  /** A replication or a group. */
  targetId: string | number;
  /** Options that only VCDA has. Refused for a target of another vendor, never ignored. */
  vcda?: VcdaUpdateOptions | null | undefined;
  /** Options that only ZERTO has. Refused for a target of another vendor, never ignored. */
  zerto?: ZertoUpdateOptions | null | undefined;
};

/** How data travels between the sites. */
export type VcdaDataConnectionType =
  /** Encrypted. */
  | 'ENCRYPTED'
  /** Compressed and encrypted. */
  | 'ENCRYPTED_COMPRESSED'
  /** As it is. */
  | 'PLAIN';

/** Where the copy is to be. */
export type VcdaDestinationInput = {
  /** Identifier of a placement policy for the recovered machines. From VCDA 4.5. */
  placementPolicyId?: string | null | undefined;
  /** Identifier of an existing machine or vApp whose disks become the copy. It is deleted for that. */
  seedId?: string | null | undefined;
  /** Identifier of the vCenter of the seed, with a vCenter as destination. */
  seedVcenterId?: string | null | undefined;
  /** Name of the destination site. */
  siteName: string;
  /** Identifier of a sizing policy for the recovered machines. From VCDA 4.5. */
  sizingPolicyId?: string | null | undefined;
  /** Identifier of a storage profile; any where it is left out. */
  storageProfileId?: string | null | undefined;
  /** Identifier of the virtual data centre. Left out: a vCenter of the customer. */
  vdcId?: string | null | undefined;
  /** Seeds of the machines of a vApp, with a vCenter as destination. */
  vmSeeds?: Array<VcdaVmSeedInput> | null | undefined;
};

/** What only VCDA knows of a failover. */
export type VcdaFailoverOptions = {
  /** Whether the disks are consolidated after recovery; false where it is left out. */
  consolidate?: boolean | null | undefined;
  /** Whether the security tags of the source are copied. From VCDA 4.7. */
  copySecurityTags?: boolean | null | undefined;
  /** Networks of the recovered machines. */
  networks?: VcdaNetworksInput | null | undefined;
  /** Identifier of a placement policy for the recovered machines. From VCDA 4.5. */
  placementPolicyId?: string | null | undefined;
  /** Whether the recovered machines are started; true where it is left out. */
  powerOn?: boolean | null | undefined;
  /** With a group as target: the recovery point of each member; members that are not named are taken back to their newest. */
  recoveryPointByReplication?: Array<VcdaReplicationRecoveryPointInput> | null | undefined;
  /** Identifier of a sizing policy for the recovered machines. From VCDA 4.5. */
  sizingPolicyId?: string | null | undefined;
};

/** How a network adapter gets its address. */
export type VcdaIpAllocationMode =
  /** From a DHCP server. */
  | 'DHCP'
  /** The address that is given with it. */
  | 'MANUAL'
  /** It gets none. */
  | 'NONE'
  /** From the static pool of its network. */
  | 'POOL';

/** What only VCDA knows of a move, which it calls a migration. */
export type VcdaMoveOptions = {
  /** Whether the disks are consolidated after recovery; false where it is left out. */
  consolidate?: boolean | null | undefined;
  /** Whether the security tags of the source are copied. From VCDA 4.7. */
  copySecurityTags?: boolean | null | undefined;
  /** Networks of the moved machines. */
  networks?: VcdaNetworksInput | null | undefined;
  /** Identifier of a placement policy for the recovered machines. From VCDA 4.5. */
  placementPolicyId?: string | null | undefined;
  /** Whether the recovered machines are started; true where it is left out. */
  powerOn?: boolean | null | undefined;
  /** Identifier of a sizing policy for the recovered machines. From VCDA 4.5. */
  sizingPolicyId?: string | null | undefined;
};

/** A network of an organisation virtual data centre. */
export type VcdaNetworkInput = {
  /** Its identifier in Cloud Director. */
  id: string;
  /** Its name. */
  name: string;
};

/** Which network at the destination takes the place of one at the source. */
export type VcdaNetworkMappingInput = {
  /** The network that is connected instead. */
  destinationNetwork: VcdaNetworkInput;
  /** The network of the virtual data centre behind it. */
  sourceNetwork?: VcdaNetworkInput | null | undefined;
  /** Name of the network at the source. */
  sourceNetworkName: string;
};

/** Networks that are stored for later recoveries. The half that is left out stays as it is. */
export type VcdaNetworkSettingsInput = {
  /** For failover and move. */
  failover?: VcdaNetworksInput | null | undefined;
  /** For test failover. */
  testFailover?: VcdaNetworksInput | null | undefined;
};

/** Networks of the recovered machines. Left out, the settings stored with the replication are taken. */
export type VcdaNetworksInput = {
  /** Networks that are made available in the vApp. */
  bridgeNetworks?: Array<VcdaNetworkInput> | null | undefined;
  /** Whether all adapters are connected to the one bridge network; false where it is left out. */
  connectAllNics?: boolean | null | undefined;
  /** Whether the networks of the source vApp are copied; false where it is left out. */
  copySourceNetworks?: boolean | null | undefined;
  /** Networks at the destination for those at the source. */
  mappings?: Array<VcdaNetworkMappingInput> | null | undefined;
  /** Adapters, machine by machine. */
  vms?: Array<VcdaVmNetworksInput> | null | undefined;
};

/** A network adapter of the recovered machine. */
export type VcdaNicInput = {
  /** The address under which it is seen from outside. */
  externalIpAddress?: string | null | undefined;
  /** Number of the adapter, from 0. */
  index: number;
  /** Its address, with MANUAL. */
  ipAddress?: string | null | undefined;
  /** How it gets its address. */
  ipAllocationMode?: VcdaIpAllocationMode | null | undefined;
  /** Whether it is connected; true where it is left out. */
  isConnected?: boolean | null | undefined;
  /** Its MAC address. */
  macAddress?: string | null | undefined;
  /** Kind of the adapter, in the words of Cloud Director, e.g. VMXNET3. */
  networkAdapterType?: string | null | undefined;
  /** Name of the network it is connected to. */
  networkName?: string | null | undefined;
  /** Whether it gets a new MAC address; false where it is left out. */
  resetMacAddress?: boolean | null | undefined;
};

/** The recovery point that one member of a group is taken back to. */
export type VcdaReplicationRecoveryPointInput = {
  /** Id of one of its RecoveryPoints. */
  recoveryPointId: string | number;
  /** Id of the Replication. */
  replicationId: string | number;
};

/** Keeps so many recovery points, so far apart. */
export type VcdaRetentionRuleInput = {
  /** Number of recovery points, 1 to 24. */
  count: number;
  /** Seconds between two of them, in whole minutes. */
  distanceSeconds: number;
};

/** How the recovered machine is started and stopped among the others of its vApp. */
export type VcdaStartupInput = {
  /** Its place in the order; 0 where it is left out. */
  order?: number | null | undefined;
  /** What starts it, in the words of Cloud Director; powerOn where it is left out. */
  startAction?: string | null | undefined;
  /** Seconds until the next one is started; 0 where it is left out. */
  startDelaySeconds?: number | null | undefined;
  /** What stops it, in the words of Cloud Director; powerOff where it is left out. */
  stopAction?: string | null | undefined;
  /** Seconds until the next one is stopped; 0 where it is left out. */
  stopDelaySeconds?: number | null | undefined;
};

/** How the disks of the copy take their space at the destination. */
export type VcdaTargetDiskType =
  /** All at once; blocks are wiped when they are first written. */
  | 'PREALLOCATED'
  /** All at once, wiped at once. */
  | 'PREALLOCATED_ZEROS'
  /** As data arrives. */
  | 'THIN';

/** What only VCDA knows of a test failover. */
export type VcdaTestFailoverOptions = {
  /** Networks of the test machines. */
  networks?: VcdaNetworksInput | null | undefined;
  /** Whether the recovered machines are started; true where it is left out. */
  powerOn?: boolean | null | undefined;
  /** With a group as target: the recovery point of each member; members that are not named are taken back to their newest. */
  recoveryPointByReplication?: Array<VcdaReplicationRecoveryPointInput> | null | undefined;
  /** Whether a synchronisation comes first; false where it is left out. Not together with a recovery point. */
  syncFirst?: boolean | null | undefined;
};

/** Settings that only VCDA has. What is left out stays. One kind of change in a mutation: the settings of the transfer (all but initialSyncAt end the use of an SLA profile), the owner, the storage profile, or the stored networks. */
export type VcdaUpdateOptions = {
  /** How data travels. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** When the first copy is to begin. From VCDA 4.4. */
  initialSyncAt?: string | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. */
  isQuiesced?: boolean | null | undefined;
  /** Networks that are stored for recoveries. */
  networkSettings?: VcdaNetworkSettingsInput | null | undefined;
  /** Who is to own it, as `organisation@site`; with a group all its machines too. For providers only. */
  owner?: string | null | undefined;
  /** True to apply the present storage profile once more. */
  reapplyStorageProfile?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Identifier of the storage profile that the copy is to move to. */
  storageProfileId?: string | null | undefined;
};

/** Replicate a vApp template of Cloud Director, as one group. From VCDA 4.3. */
export type VcdaVappTemplateWorkInput = {
  /** How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** Where the copy is to be. */
  destination: VcdaDestinationInput;
  /** When the first copy is to begin; at once where it is left out. */
  initialSyncAt?: string | null | undefined;
  /** True to copy once and move for good, false to protect; false where it is left out. */
  isMigration?: boolean | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false. */
  isQuiesced?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Name of the site where it runs. */
  sourceSiteName: string;
  /** How the disks of the copy take their space; THIN where it is left out. */
  targetDiskType?: VcdaTargetDiskType | null | undefined;
  /** Identifier of the template in Cloud Director. */
  vappTemplateId: string;
};

/** Replicate a vApp of Cloud Director with all its machines, as one group. */
export type VcdaVappWorkInput = {
  /** How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** Where the copy is to be. */
  destination: VcdaDestinationInput;
  /** When the first copy is to begin; at once where it is left out. */
  initialSyncAt?: string | null | undefined;
  /** True to copy once and move for good, false to protect; false where it is left out. */
  isMigration?: boolean | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false. */
  isQuiesced?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Name of the site where it runs. */
  sourceSiteName: string;
  /** How the disks of the copy take their space; THIN where it is left out. */
  targetDiskType?: VcdaTargetDiskType | null | undefined;
  /** Identifier of the vApp in Cloud Director. */
  vappId: string;
};

/** Replicate several virtual machines of a vCenter of the customer, as one group. */
export type VcdaVcenterVappWorkInput = {
  /** How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** Where the copy is to be. */
  destination: VcdaDestinationInput;
  /** When the first copy is to begin; at once where it is left out. */
  initialSyncAt?: string | null | undefined;
  /** True to copy once and move for good, false to protect; false where it is left out. */
  isMigration?: boolean | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false. */
  isQuiesced?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Name of the site where it runs. */
  sourceSiteName: string;
  /** How the disks of the copy take their space; THIN where it is left out. */
  targetDiskType?: VcdaTargetDiskType | null | undefined;
  /** Name of the vApp that a recovery makes. */
  vappName: string;
  /** Identifier of the vCenter. */
  vcenterId: string;
  /** The machines. */
  vms: Array<VcdaVcenterVmInput>;
};

/** One machine of a vCenter. */
export type VcdaVcenterVmInput = {
  /** Device keys of disks that are not copied; none where it is left out. */
  excludedDiskKeys?: Array<number> | null | undefined;
  /** How it is started and stopped in the vApp that a recovery makes. */
  startup?: VcdaStartupInput | null | undefined;
  /** Managed object reference of the machine, e.g. vm-15. */
  vmId: string;
};

/** Replicate one virtual machine of a vCenter of the customer. */
export type VcdaVcenterVmWorkInput = {
  /** How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** Where the copy is to be. */
  destination: VcdaDestinationInput;
  /** Device keys of disks that are not copied; none where it is left out. */
  excludedDiskKeys?: Array<number> | null | undefined;
  /** When the first copy is to begin; at once where it is left out. */
  initialSyncAt?: string | null | undefined;
  /** True to copy once and move for good, false to protect; false where it is left out. */
  isMigration?: boolean | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false. */
  isQuiesced?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Name of the site where it runs. */
  sourceSiteName: string;
  /** How it is started and stopped in the vApp that a recovery makes. */
  startup?: VcdaStartupInput | null | undefined;
  /** How the disks of the copy take their space; THIN where it is left out. */
  targetDiskType?: VcdaTargetDiskType | null | undefined;
  /** Name of the vApp that a recovery makes. */
  vappName: string;
  /** Identifier of the vCenter. */
  vcenterId: string;
  /** Managed object reference of the machine, e.g. vm-15. */
  vmId: string;
};

/** Network adapters of one recovered machine. */
export type VcdaVmNetworksInput = {
  /** Computer name that the guest gets. */
  computerName?: string | null | undefined;
  /** Whether the settings of the source are taken; false where it is left out. */
  copySourceNicSettings?: boolean | null | undefined;
  /** Whether the guest is customised at its first start; false where it is left out. */
  enableGuestCustomization?: boolean | null | undefined;
  /** Its adapters. */
  nics?: Array<VcdaNicInput> | null | undefined;
  /** Number of the primary adapter; 0 where it is left out. */
  primaryNicIndex?: number | null | undefined;
  /** Identifier of the machine, as in `vm.vendorId`. */
  vmId: string;
};

/** An existing machine of a vCenter whose disks become the copy of one machine. It is deleted for that. */
export type VcdaVmSeedInput = {
  /** Managed object reference of the existing machine. */
  seedId: string;
  /** Identifier of the vCenter of the existing machine. */
  seedVcenterId: string;
  /** Identifier of the machine that is replicated. */
  vmId: string;
};

/** Replicate one virtual machine of Cloud Director. */
export type VcdaVmWorkInput = {
  /** How data travels. Left out: what the SLA profile says, or ENCRYPTED_COMPRESSED where there is none. */
  dataConnectionType?: VcdaDataConnectionType | null | undefined;
  /** Where the copy is to be. */
  destination: VcdaDestinationInput;
  /** When the first copy is to begin; at once where it is left out. */
  initialSyncAt?: string | null | undefined;
  /** True to copy once and move for good, false to protect; false where it is left out. */
  isMigration?: boolean | null | undefined;
  /** Whether the guest is quieted before a recovery point is taken. Left out: what the SLA profile says, or false. */
  isQuiesced?: boolean | null | undefined;
  /** Which recovery points are kept; 5 rules at most. Left out: what the SLA profile says, or the newest only. */
  retentionRules?: Array<VcdaRetentionRuleInput> | null | undefined;
  /** Name of the site where it runs. */
  sourceSiteName: string;
  /** How the disks of the copy take their space; THIN where it is left out. */
  targetDiskType?: VcdaTargetDiskType | null | undefined;
  /** Identifier of the machine in Cloud Director. */
  vmId: string;
};

/** The disaster-recovery product that an object belongs to. */
export type Vendor =
  /** VMware Cloud Director Availability. */
  | 'VCDA'
  /** Zerto. */
  | 'ZERTO';

/** Machines that are started together. The groups start in the order given, after the default one. */
export type ZertoBootGroupInput = {
  /** How long the next group waits, in seconds. Left out: 0. */
  delaySeconds?: number | null | undefined;
  /** Name of the group; machines name it. */
  name: string;
};

/** Where a clone of a VPG is made. */
export type ZertoCloneOptions = {
  /** Identifier of the datastore. Left out: the one with the most free space. Not where the recovery site is a cloud. */
  datastoreId?: string | null | undefined;
};

/** How a failover is committed. */
export type ZertoCommitFailoverOptions = {
  /** True protects the recovered machines back. Left out: false, and the VPG then needs configuration. */
  reverseProtection?: boolean | null | undefined;
};

/** How a move is committed. Say what the move said: the vendor refuses some changes of mind. */
export type ZertoCommitMoveOptions = {
  /** True keeps the protected machines, false removes them. Only, and then required, without reverse protection. */
  keepSourceVms?: boolean | null | undefined;
  /** True protects the moved machines back. Left out: true. */
  reverseProtection?: boolean | null | undefined;
};

/** What happens to a recovery that waits before commit. */
export type ZertoCommitPolicy =
  /** After the waiting time it is committed. */
  | 'COMMIT'
  /** It waits until a person commits it or rolls it back; the vendor's None. */
  | 'MANUAL'
  /** After the waiting time it is rolled back. */
  | 'ROLLBACK';

/** How a VPG is failed over. Each is sent, also where it is left out: the vendor has other defaults. */
export type ZertoFailoverOptions = {
  /** How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600. */
  commitAfterSeconds?: number | null | undefined;
  /** Left out: MANUAL. */
  commitPolicy?: ZertoCommitPolicy | null | undefined;
  /** True protects the recovered machines back to where they came from. Left out: false, and the VPG then needs configuration. */
  reverseProtection?: boolean | null | undefined;
  /** Left out: NONE. */
  shutdownPolicy?: ZertoShutdownPolicy | null | undefined;
};

/** Which VPG goes first when the bandwidth does not suffice for all. */
export type ZertoGroupPriority =
  /** Before the others. */
  | 'HIGH'
  /** After the others. */
  | 'LOW'
  /** The ordinary one. */
  | 'MEDIUM';

/** A machine of a VPG. What is left out is as the VPG says. */
export type ZertoGroupVmInput = {
  /** Name of one of the boot groups of a new VPG. Left out: the default one, which starts first. */
  bootGroup?: string | null | undefined;
  /** Another journal than the VPG's. */
  journal?: ZertoJournalInput | null | undefined;
  /** Network cards that are not to be as the site would make them. */
  nics?: Array<ZertoNicInput> | null | undefined;
  /** A datastore cluster, instead of a datastore. */
  recoveryDatastoreClusterId?: string | null | undefined;
  /** Another datastore than the VPG's. */
  recoveryDatastoreId?: string | null | undefined;
  /** Another folder than the VPG's. */
  recoveryFolderId?: string | null | undefined;
  /** A cluster, instead of a host. */
  recoveryHostClusterId?: string | null | undefined;
  /** Another host than the VPG's. */
  recoveryHostId?: string | null | undefined;
  /** Another resource pool than the VPG's. */
  resourcePoolId?: string | null | undefined;
  /** Another scratch journal than the VPG's. From 7.5 on. */
  scratch?: ZertoJournalInput | null | undefined;
  /** Storage policy, where it is recovered to Cloud Director. */
  storagePolicyId?: string | null | undefined;
  /** The machine's identifier at the vendor, `<vCenter>.vm-38`. */
  vmId: string;
  /** Volumes that are not to be as the site would make them. */
  volumes?: Array<ZertoVolumeInput> | null | undefined;
};

/** A new VPG. Its RPO is `rpoSeconds` beside it (left out: 300), or that of the service profile in `slaProfileId`. A site before 6.0 takes names, sites, machines, datastore, resource pool, data center, vApp, priority and ZORG only. */
export type ZertoGroupWorkInput = {
  /** Machines that are started together. */
  bootGroups?: Array<ZertoBootGroupInput> | null | undefined;
  /** Datastore cluster, instead of a datastore. */
  defaultDatastoreClusterId?: string | null | undefined;
  /** Recovery datastore of machines that name none. */
  defaultDatastoreId?: string | null | undefined;
  /** Recovery folder of machines that name none. */
  defaultFolderId?: string | null | undefined;
  /** Recovery cluster, instead of a host. */
  defaultHostClusterId?: string | null | undefined;
  /** Recovery host of machines that name none. */
  defaultHostId?: string | null | undefined;
  /** Network of the machines after a failover or move. */
  failoverNetworkId?: string | null | undefined;
  /** The same in Cloud Director. */
  failoverVcdNetwork?: ZertoVcdNetworkInput | null | undefined;
  /** Datastore cluster of the journals, instead of a datastore. */
  journalDatastoreClusterId?: string | null | undefined;
  /** Datastore of the journals. Left out: that of the replicas. */
  journalDatastoreId?: string | null | undefined;
  /** The most that the journal of a machine may take, in MB; 0 is no limit. Left out: 153600. */
  journalHardLimitMegabytes?: number | null | undefined;
  /** The same in percent of the machine, instead of MB. */
  journalHardLimitPercent?: number | null | undefined;
  /** How far the journal should reach back, in hours. Left out: 24. */
  journalHistoryHours?: number | null | undefined;
  /** Where the site begins to warn, in MB; 0 is never. Left out: 115200. */
  journalWarningMegabytes?: number | null | undefined;
  /** The same in percent of the machine, instead of MB. */
  journalWarningPercent?: number | null | undefined;
  /** Name of the VPG, unique at the vendor. */
  name: string;
  /** Data center of the recovery site's organisation, in Cloud Director. */
  orgVdcId?: string | null | undefined;
  /** Identifier of the ZORG that the VPG belongs to. */
  organizationId?: string | null | undefined;
  /** Runs after each recovery. */
  postRecoveryScript?: ZertoScriptInput | null | undefined;
  /** Runs before each recovery. */
  preRecoveryScript?: ZertoScriptInput | null | undefined;
  /** Left out: MEDIUM. */
  priority?: ZertoGroupPriority | null | undefined;
  /** The site that has the machines: its id here, or its own GUID. */
  protectedSiteId: string | number;
  /** The vApp that is protected whole, in Cloud Director. */
  protectedVappId?: string | null | undefined;
  /** The site that gets the replicas: its id here, or its own GUID. */
  recoverySiteId: string | number;
  /** Resource pool of the recovered machines. */
  resourcePoolId?: string | null | undefined;
  /** Limits and place of the scratch journals. From 7.5 on. */
  scratch?: ZertoJournalInput | null | undefined;
  /** How often a test failover is due, in minutes. Left out: 262080, half a year. */
  testIntervalMinutes?: number | null | undefined;
  /** Network of the machines in a test failover. */
  testNetworkId?: string | null | undefined;
  /** The same in Cloud Director, for tests. */
  testVcdNetwork?: ZertoVcdNetworkInput | null | undefined;
  /** True compresses the traffic. Left out: true. */
  useWanCompression?: boolean | null | undefined;
  /** The machines, at least one. */
  vms: Array<ZertoGroupVmInput>;
};

/** The address of a recovered network card. */
export type ZertoIpConfigInput = {
  /** The gateway. */
  gateway?: string | null | undefined;
  /** True asks DHCP; then nothing else is given. */
  isDhcp?: boolean | null | undefined;
  /** The first name server. */
  primaryDns?: string | null | undefined;
  /** The second name server. */
  secondaryDns?: string | null | undefined;
  /** The address. */
  staticIp?: string | null | undefined;
  /** Its subnet mask. */
  subnetMask?: string | null | undefined;
};

/** How a network card gets its address in Cloud Director. */
export type ZertoIpMode =
  /** By DHCP. */
  | 'DHCP'
  /** From the pool of the network. */
  | 'IP_POOL'
  /** The address that is given beside it. */
  | 'MANUAL'
  /** None. */
  | 'NONE';

/** Limits and place of a journal. What is left out stays as the site has it. */
export type ZertoJournalInput = {
  /** Datastore cluster that holds it, instead of a datastore. */
  datastoreClusterId?: string | null | undefined;
  /** Datastore that holds it. */
  datastoreId?: string | null | undefined;
  /** The most that it may take for a machine, in MB; 0 is no limit. */
  hardLimitMegabytes?: number | null | undefined;
  /** The same in percent of the machine, instead of MB. */
  hardLimitPercent?: number | null | undefined;
  /** Where the site begins to warn, in MB; 0 is never. */
  warningMegabytes?: number | null | undefined;
  /** The same in percent of the machine, instead of MB. */
  warningPercent?: number | null | undefined;
};

/** How a VPG is moved. Each is sent, also where it is left out: the defaults differ between sites. */
export type ZertoMoveOptions = {
  /** How long COMMIT or ROLLBACK waits, in seconds; 0 acts at once. Left out: 3600. */
  commitAfterSeconds?: number | null | undefined;
  /** Left out: MANUAL. */
  commitPolicy?: ZertoCommitPolicy | null | undefined;
  /** True goes on when the script before the move fails. Left out: false. */
  continueOnPreScriptFailure?: boolean | null | undefined;
  /** True powers the protected machines off. Left out: false, they get five minutes to shut down first. */
  forceShutdown?: boolean | null | undefined;
  /** True keeps the protected machines, false removes them. Only, and then required, without reverse protection. */
  keepSourceVms?: boolean | null | undefined;
  /** True protects the moved machines back. Left out: true. */
  reverseProtection?: boolean | null | undefined;
};

/** A network card of a machine. */
export type ZertoNicInput = {
  /** After a failover or move. */
  failover?: ZertoNicNetworkInput | null | undefined;
  /** e.g. "Network adapter 1". */
  nicId: string;
  /** In a test failover. */
  test?: ZertoNicNetworkInput | null | undefined;
};

/** What becomes of a network card on recovery. What is left out stays as the site has it. */
export type ZertoNicNetworkInput = {
  /** DNS suffix of the guest. */
  dnsSuffix?: string | null | undefined;
  /** The address. */
  ipConfig?: ZertoIpConfigInput | null | undefined;
  /** Another network than the VPG's. */
  networkId?: string | null | undefined;
  /** True sets the address below; false leaves the guest alone. */
  replaceIpConfiguration?: boolean | null | undefined;
  /** True gives it a new MAC address. */
  replaceMacAddress?: boolean | null | undefined;
  /** Where it is recovered to Cloud Director. */
  vcd?: ZertoVcdNicInput | null | undefined;
};

/** A disk at the recovery site from which the first copy begins. */
export type ZertoPreseedInput = {
  /** Datastore that holds the disk. */
  datastoreId: string;
  /** Where in the datastore. */
  path: string;
};

/** A raw device as the recovery volume. */
export type ZertoRawDeviceInput = {
  /** The device's identifier at the vendor. */
  deviceId: string;
  /** True maps it physically. Left out: false. */
  isPhysical?: boolean | null | undefined;
};

/** A script on the machine of the ZVM. */
export type ZertoScriptInput = {
  /** Path and name of the script. */
  command: string;
  /** What it is called with. */
  parameters?: string | null | undefined;
  /** How long it may run, in seconds. Left out: 300. */
  timeoutSeconds?: number | null | undefined;
};

/** What happens to the protected machines before a failover. */
export type ZertoShutdownPolicy =
  /** They are shut down, and powered off after five minutes. */
  | 'FORCE'
  /** They are shut down through their tools; where that is impossible, the failover fails. */
  | 'GRACEFUL'
  /** They are not touched: nobody can reach them. */
  | 'NONE';

/** How a VPG is deleted. */
export type ZertoStopOptions = {
  /** True deletes also in states that forbid it. Left out: false. */
  force?: boolean | null | undefined;
  /** True keeps the replica disks, to start from them again. Left out: true. */
  keepRecoveryVolumes?: boolean | null | undefined;
};

/** Settings of a VPG that only this vendor has. What is left out stays as it is. */
export type ZertoUpdateOptions = {
  /** Machines to protect as well. */
  addVms?: Array<ZertoGroupVmInput> | null | undefined;
  /** Machines of the VPG whose settings change. */
  changeVms?: Array<ZertoGroupVmInput> | null | undefined;
  /** Datastore cluster, instead of a datastore. */
  defaultDatastoreClusterId?: string | null | undefined;
  /** Recovery datastore of machines that name none. */
  defaultDatastoreId?: string | null | undefined;
  /** Recovery folder of machines that name none. */
  defaultFolderId?: string | null | undefined;
  /** Recovery cluster, instead of a host. */
  defaultHostClusterId?: string | null | undefined;
  /** Recovery host of machines that name none. */
  defaultHostId?: string | null | undefined;
  /** Network of the machines after a failover or move. */
  failoverNetworkId?: string | null | undefined;
  /** The same in Cloud Director. */
  failoverVcdNetwork?: ZertoVcdNetworkInput | null | undefined;
  /** Limits and place of the journals. */
  journal?: ZertoJournalInput | null | undefined;
  /** How far the journal should reach back, in hours. */
  journalHistoryHours?: number | null | undefined;
  /** Another name. */
  name?: string | null | undefined;
  /** Data center of the recovery site's organisation, in Cloud Director. */
  orgVdcId?: string | null | undefined;
  /** Runs after each recovery. */
  postRecoveryScript?: ZertoScriptInput | null | undefined;
  /** Runs before each recovery. */
  preRecoveryScript?: ZertoScriptInput | null | undefined;
  /** Machines, `<vCenter>.vm-38`, that the VPG is to protect no more. */
  removeVmIds?: Array<string> | null | undefined;
  /** Resource pool of the recovered machines. */
  resourcePoolId?: string | null | undefined;
  /** Limits and place of the scratch journals. From 7.5 on. */
  scratch?: ZertoJournalInput | null | undefined;
  /** How often a test failover is due, in minutes. */
  testIntervalMinutes?: number | null | undefined;
  /** Network of the machines in a test failover. */
  testNetworkId?: string | null | undefined;
  /** The same in Cloud Director, for tests. */
  testVcdNetwork?: ZertoVcdNetworkInput | null | undefined;
  /** True compresses the traffic. */
  useWanCompression?: boolean | null | undefined;
};

/** Networks of a VPG that is recovered to Cloud Director. */
export type ZertoVcdNetworkInput = {
  /** Which NAT rules are copied, in the vendor's own word. */
  copyNatRules?: string | null | undefined;
  /** Network of whatever is not mapped. */
  defaultNetworkId?: string | null | undefined;
  /** True lets Cloud Director customise the guests. */
  isGuestCustomizationEnabled?: boolean | null | undefined;
  /** The networks one by one. */
  mappings?: Array<ZertoVcdNetworkMappingInput> | null | undefined;
};

/** Which network of an organisation a machine gets in place of another. */
export type ZertoVcdNetworkMappingInput = {
  /** The network at the protected site. */
  protectedNetworkId: string;
  /** The network at the recovery site. */
  recoveryNetworkId?: string | null | undefined;
  /** The network for tests after a reversal. */
  reverseTestNetworkId?: string | null | undefined;
};

/** A recovered network card in Cloud Director. */
export type ZertoVcdNicInput = {
  /** The address, where the mode is MANUAL. */
  ipAddress?: string | null | undefined;
  /** How it gets its address. */
  ipMode?: ZertoIpMode | null | undefined;
  /** True connects it. */
  isConnected?: boolean | null | undefined;
  /** True makes it the machine's first one. */
  isPrimary?: boolean | null | undefined;
  /** Network of the recovery site's organisation. */
  networkId?: string | null | undefined;
  /** True gives it a new MAC address. */
  resetMacAddress?: boolean | null | undefined;
};

/** A volume of a machine. What is left out stays as the site has it. */
export type ZertoVolumeInput = {
  /** A datastore cluster instead. */
  datastoreClusterId?: string | null | undefined;
  /** Another datastore than the machine's. */
  datastoreId?: string | null | undefined;
  /** True for a volume that holds swap, which is copied once. From 7.5 on. */
  isSwap?: boolean | null | undefined;
  /** True makes the recovery volume thin. */
  isThin?: boolean | null | undefined;
  /** A disk to begin from. */
  preseed?: ZertoPreseedInput | null | undefined;
  /** A raw device in place of a virtual disk. */
  rawDevice?: ZertoRawDeviceInput | null | undefined;
  /** How it is kept in step, e.g. "ContinuousSync". From 7.5 on. */
  syncSettings?: string | null | undefined;
  /** True makes it thin in Cloud Director. */
  vcdIsThin?: boolean | null | undefined;
  /** e.g. "scsi:0:0". */
  volumeId: string;
};

type TaskAnswer_IdempotencyMismatch_Fragment = { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null };

type TaskAnswer_InvalidInput_Fragment = { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> };

type TaskAnswer_InvalidState_Fragment = { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> };

type TaskAnswer_NotFound_Fragment = { __typename: 'NotFound', code: ProblemCode, message: string };

type TaskAnswer_PermissionDenied_Fragment = { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string };

type TaskAnswer_PlanChanged_Fragment = { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> };

type TaskAnswer_SplitBrainRisk_Fragment = { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> };

type TaskAnswer_StoreProblem_Fragment = { __typename: 'StoreProblem', code: ProblemCode, message: string };

type TaskAnswer_TaskStarted_Fragment = { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
      | { __typename: 'ProtectionGroup', id: string, name: string }
      | { __typename: 'Replication', id: string, name: string }
     | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
     | null } };

type TaskAnswer_Unsupported_Fragment = { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor };

type TaskAnswer_VendorProblem_Fragment = { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null };

export type TaskAnswerFragment =
  | TaskAnswer_IdempotencyMismatch_Fragment
  | TaskAnswer_InvalidInput_Fragment
  | TaskAnswer_InvalidState_Fragment
  | TaskAnswer_NotFound_Fragment
  | TaskAnswer_PermissionDenied_Fragment
  | TaskAnswer_PlanChanged_Fragment
  | TaskAnswer_SplitBrainRisk_Fragment
  | TaskAnswer_StoreProblem_Fragment
  | TaskAnswer_TaskStarted_Fragment
  | TaskAnswer_Unsupported_Fragment
  | TaskAnswer_VendorProblem_Fragment
;

type PlanAnswer_IdempotencyMismatch_Fragment = { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null };

type PlanAnswer_InvalidInput_Fragment = { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> };

type PlanAnswer_InvalidState_Fragment = { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> };

type PlanAnswer_NotFound_Fragment = { __typename: 'NotFound', code: ProblemCode, message: string };

type PlanAnswer_PermissionDenied_Fragment = { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string };

type PlanAnswer_PlanChanged_Fragment = { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> };

type PlanAnswer_RecoveryPlan_Fragment = { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, problem:
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
      | { code: ProblemCode, message: string }
     | null }>, recoveryPoint: { id: string, takenAt: string, tag: string | null } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null };

type PlanAnswer_SplitBrainRisk_Fragment = { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> };

type PlanAnswer_StoreProblem_Fragment = { __typename: 'StoreProblem', code: ProblemCode, message: string };

type PlanAnswer_Unsupported_Fragment = { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor };

type PlanAnswer_VendorProblem_Fragment = { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null };

export type PlanAnswerFragment =
  | PlanAnswer_IdempotencyMismatch_Fragment
  | PlanAnswer_InvalidInput_Fragment
  | PlanAnswer_InvalidState_Fragment
  | PlanAnswer_NotFound_Fragment
  | PlanAnswer_PermissionDenied_Fragment
  | PlanAnswer_PlanChanged_Fragment
  | PlanAnswer_RecoveryPlan_Fragment
  | PlanAnswer_SplitBrainRisk_Fragment
  | PlanAnswer_StoreProblem_Fragment
  | PlanAnswer_Unsupported_Fragment
  | PlanAnswer_VendorProblem_Fragment
;

export type ConsolePlanFailoverQueryVariables = Exact<{
  input: PlanFailoverInput;
}>;


export type ConsolePlanFailoverQuery = { plan:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null }>, recoveryPoint: { id: string, takenAt: string, tag: string | null } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsolePlanMoveQueryVariables = Exact<{
  input: PlanMoveInput;
}>;


export type ConsolePlanMoveQuery = { plan:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null }>, recoveryPoint: { id: string, takenAt: string, tag: string | null } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsolePauseReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsolePauseReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleResumeReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleResumeReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleSyncReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleSyncReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleStopReplicationMutationVariables = Exact<{
  input: StopReplicationInput;
}>;


export type ConsoleStopReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleReverseReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleReverseReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleUpdateReplicationMutationVariables = Exact<{
  input: UpdateReplicationInput;
}>;


export type ConsoleUpdateReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleTestFailoverMutationVariables = Exact<{
  input: TestFailoverInput;
}>;


export type ConsoleTestFailoverMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleEndTestFailoverMutationVariables = Exact<{
  input: EndTestFailoverInput;
}>;


export type ConsoleEndTestFailoverMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleFailoverMutationVariables = Exact<{
  input: FailoverInput;
}>;


export type ConsoleFailoverMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleCommitFailoverMutationVariables = Exact<{
  input: CommitFailoverInput;
}>;


export type ConsoleCommitFailoverMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleRollbackFailoverMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleRollbackFailoverMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleMoveMutationVariables = Exact<{
  input: MoveInput;
}>;


export type ConsoleMoveMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleCommitMoveMutationVariables = Exact<{
  input: CommitMoveInput;
}>;


export type ConsoleCommitMoveMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleRollbackMoveMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleRollbackMoveMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleCreateCheckpointMutationVariables = Exact<{
  input: CreateCheckpointInput;
}>;


export type ConsoleCreateCheckpointMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleStartCloneMutationVariables = Exact<{
  input: StartCloneInput;
}>;


export type ConsoleStartCloneMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleAbortCloneMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ConsoleAbortCloneMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleDismissAlertMutationVariables = Exact<{
  input: AlertInput;
}>;


export type ConsoleDismissAlertMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleUndismissAlertMutationVariables = Exact<{
  input: AlertInput;
}>;


export type ConsoleUndismissAlertMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type ConsoleStartReplicationMutationVariables = Exact<{
  input: StartReplicationInput;
}>;


export type ConsoleStartReplicationMutation = { answer:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string, original: { id: string, operation: Operation, state: TaskState, targetName: string | null } | null }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string, requiredScope: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string, changes: Array<string> }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string, evidence: Array<string> }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
          | { __typename: 'ProtectionGroup', id: string, name: string }
          | { __typename: 'Replication', id: string, name: string }
         | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } }
    | { __typename: 'Unsupported', code: ProblemCode, message: string, capability: Capability, vendor: Vendor }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, httpStatus: number | null, retryAfterSeconds: number | null, operationId: string | null }
   };

export type SessionEndQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionEndQuery = { viewer: { expiresAt: string | null } };

export type RefreshSessionMutationVariables = Exact<{
  token: string;
}>;


export type RefreshSessionMutation = { refreshSession: { expiresAt: string | null } };

export type SiteStatesQueryVariables = Exact<{ [key: string]: never; }>;


export type SiteStatesQuery = { sites: Array<{ id: string, name: string, vendor: Vendor, configuredName: string | null, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
       | null } | null }> };

export type TaskFeedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type TaskFeedSubscription = { taskEvents: { cursor: string, kind: EventKind, at: string, missedEvents: number | null, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null } | null } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, scopes: Array<string>, expiresAt: string | null, isAnonymous: boolean } };

export type AuditLogQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { totalCount: number, nodes: Array<{ sequence: number, at: string, kind: AuditKind, caller: string, operation: Operation, targetName: string | null, siteName: string | null, operationId: string | null, idempotencyKey: string, reason: string | null, input: unknown, overriddenRisks: Array<string>, evidence: Array<string>, hash: string, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, task: { id: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AuditChainQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditChainQuery = { auditChain: { isWhole: boolean, entryCount: number | null, headHash: string | null, firstBadSequence: number | null, reason: string | null } };

export type EndOfTargetFragment = { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null } | null } };

export type ActionOfTargetFragment = { action: Action, available: boolean, reason: string | null, safety: SafetyClass };

export type ObservationOfTargetFragment = { role: ObservationRole, observedAt: string, site: { id: string, name: string, capabilities: Array<Capability> } };

export type AlertOfTargetFragment = { id: string, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { id: string, name: string } | null };

export type MemberRowFragment = { id: string, name: string, state: ProtectionState, health: Health, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, sync: { percent: number | null, etaSeconds: number | null } | null, vm: { guestOs: string | null, cpuCount: number | null, memoryBytes: number | null, startup: { order: number | null, startDelaySeconds: number | null } | null } };

type TargetFacts_ProtectionGroup_Fragment = { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> };

type TargetFacts_Replication_Fragment = { __typename: 'Replication', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> };

export type TargetFactsFragment =
  | TargetFacts_ProtectionGroup_Fragment
  | TargetFacts_Replication_Fragment
;

export type GroupFactsFragment = { __typename: 'ProtectionGroup', description: string | null, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, isReversed: boolean, vendorState: string, lastTestedAt: string | null, testDueAt: string | null, throughputBytesPerSecond: number | null, iops: number | null, id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, source: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } | null } }, destination: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } | null } }, sync: { percent: number | null, bytesTransferred: number | null, bytesToTransfer: number | null, etaSeconds: number | null } | null, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, observations: Array<{ role: ObservationRole, observedAt: string, site: { id: string, name: string, capabilities: Array<Capability> } }>, conflicts: Array<{ field: string, values: Array<{ value: string, site: { id: string, name: string } }> }>, alerts: Array<{ id: string, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { id: string, name: string } | null }>, readiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> }, replications: { totalCount: number, nodes: Array<{ id: string, name: string, state: ProtectionState, health: Health, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, sync: { percent: number | null, etaSeconds: number | null } | null, vm: { guestOs: string | null, cpuCount: number | null, memoryBytes: number | null, startup: { order: number | null, startDelaySeconds: number | null } | null } }> }, tasks: { nodes: Array<{ id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }> }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> };

export type MachineFactsFragment = { __typename: 'Replication', description: string | null, purpose: ReplicationPurpose, isReversed: boolean, vendorState: string, id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, source: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } | null } }, destination: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
          | { code: ProblemCode, message: string }
         | null } | null } }, sync: { percent: number | null, bytesTransferred: number | null, bytesToTransfer: number | null, etaSeconds: number | null } | null, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, observations: Array<{ role: ObservationRole, observedAt: string, site: { id: string, name: string, capabilities: Array<Capability> } }>, conflicts: Array<{ field: string, values: Array<{ value: string, site: { id: string, name: string } }> }>, alerts: Array<{ id: string, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { id: string, name: string } | null }>, machineReadiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> } | null, tasks: { nodes: Array<{ id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }> }, vm: { guestOs: string | null, computerName: string | null, hardwareVersion: string | null, cpuCount: number | null, memoryBytes: number | null }, group: { id: string, name: string, state: ProtectionState, health: Health, lastTestedAt: string | null } | null, settings: { rpoSeconds: number | null, isQuiesced: boolean | null, journalHistorySeconds: number | null, slaProfileName: string | null, retentionRules: Array<{ count: number, distanceSeconds: number }> }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> };

export type TargetPageQueryVariables = Exact<{
  id: string | number;
}>;


export type TargetPageQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', description: string | null, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, isReversed: boolean, vendorState: string, lastTestedAt: string | null, testDueAt: string | null, throughputBytesPerSecond: number | null, iops: number | null, id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, source: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
             | null } | null } }, destination: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
             | null } | null } }, sync: { percent: number | null, bytesTransferred: number | null, bytesToTransfer: number | null, etaSeconds: number | null } | null, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, observations: Array<{ role: ObservationRole, observedAt: string, site: { id: string, name: string, capabilities: Array<Capability> } }>, conflicts: Array<{ field: string, values: Array<{ value: string, site: { id: string, name: string } }> }>, alerts: Array<{ id: string, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { id: string, name: string } | null }>, readiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> }, replications: { totalCount: number, nodes: Array<{ id: string, name: string, state: ProtectionState, health: Health, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, sync: { percent: number | null, etaSeconds: number | null } | null, vm: { guestOs: string | null, cpuCount: number | null, memoryBytes: number | null, startup: { order: number | null, startDelaySeconds: number | null } | null } }> }, tasks: { nodes: Array<{ id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
            | { __typename: 'ProtectionGroup', id: string, name: string }
            | { __typename: 'Replication', id: string, name: string }
           | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
           | null }> }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication', description: string | null, purpose: ReplicationPurpose, isReversed: boolean, vendorState: string, id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, source: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
             | null } | null } }, destination: { organization: string | null, datacenter: string | null, vApp: string | null, hypervisor: HypervisorKind | null, datastore: string | null, storageProfile: string | null, site: { id: string, name: string, isConfigured: boolean, connection: { state: ConnectionState, lastSuccessAt: string | null, lastProblem:
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
              | { code: ProblemCode, message: string }
             | null } | null } }, sync: { percent: number | null, bytesTransferred: number | null, bytesToTransfer: number | null, etaSeconds: number | null } | null, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null }, observations: Array<{ role: ObservationRole, observedAt: string, site: { id: string, name: string, capabilities: Array<Capability> } }>, conflicts: Array<{ field: string, values: Array<{ value: string, site: { id: string, name: string } }> }>, alerts: Array<{ id: string, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { id: string, name: string } | null }>, machineReadiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> } | null, tasks: { nodes: Array<{ id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
            | { __typename: 'ProtectionGroup', id: string, name: string }
            | { __typename: 'Replication', id: string, name: string }
           | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
           | null }> }, vm: { guestOs: string | null, computerName: string | null, hardwareVersion: string | null, cpuCount: number | null, memoryBytes: number | null }, group: { id: string, name: string, state: ProtectionState, health: Health, lastTestedAt: string | null } | null, settings: { rpoSeconds: number | null, isQuiesced: boolean | null, journalHistorySeconds: number | null, slaProfileName: string | null, retentionRules: Array<{ count: number, distanceSeconds: number }> }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }> }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type TargetPointsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type TargetPointsQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', recoveryPoints: { totalCount: number, nodes: Array<{ id: string, takenAt: string, tag: string | null, isPinned: boolean | null, quiesced: QuiesceKind | null, transferBytes: number | null, transferSeconds: number | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
           | null }> } }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication', recoveryPoints: { totalCount: number, nodes: Array<{ id: string, takenAt: string, tag: string | null, isPinned: boolean | null, quiesced: QuiesceKind | null, transferBytes: number | null, transferSeconds: number | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
            | { code: ProblemCode, message: string }
           | null }> } }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type PointOfTargetFragment = { id: string, takenAt: string, tag: string | null, isPinned: boolean | null, quiesced: QuiesceKind | null, transferBytes: number | null, transferSeconds: number | null };

export type TargetHistoryQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type TargetHistoryQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', history: { nodes: Array<{ vendorId: string, at: string, vendorOperation: string, description: string, user: string | null, wasSuccessful: boolean | null }> } }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication', history: { nodes: Array<{ vendorId: string, at: string, vendorOperation: string, description: string, user: string | null, wasSuccessful: boolean | null }> } }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type HistoryOfTargetFragment = { vendorId: string, at: string, vendorOperation: string, description: string, user: string | null, wasSuccessful: boolean | null };

export type RpoChartQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
  buckets: number;
}>;


export type RpoChartQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', rpoHistory: Array<{ from: string, to: string, sampleCount: number, minSeconds: number | null, maxSeconds: number | null, averageSeconds: number | null, targetSeconds: number | null, verdict: RpoVerdict | null }> }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication' }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type TargetEventsSubscriptionVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  replicationFilter?: ReplicationFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type TargetEventsSubscription = { protectionEvents: { cursor: string, kind: ChangeKind, at: string, targetId: string | null, changedFields: Array<string>, missedEvents: number | null } };

export type TargetTasksSubscriptionVariables = Exact<{
  filter?: TaskFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type TargetTasksSubscription = { taskEvents: { cursor: string, kind: EventKind, at: string, missedEvents: number | null, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null } | null } };

export type CoverageLineFragment = { siteName: string, completeness: Completeness, observedAt: string | null, problem:
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
   | null };

export type EndOfRowFragment = { organization: string | null, site: { id: string, name: string } };

export type RpoOfRowFragment = { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null };

export type GroupRowFragment = { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, lastTestedAt: string | null, testDueAt: string | null, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null } };

export type MachineRowFragment = { __typename: 'Replication', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, latestRecoveryPoint: { takenAt: string } | null, group: { id: string, name: string, lastTestedAt: string | null } | null };

export type GroupRowsQueryVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  orderBy?: ProtectionGroupOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
  maxAgeSeconds?: number | null | undefined;
}>;


export type GroupRowsQuery = { protectionGroups: { totalCount: number, nodes: Array<{ __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, lastTestedAt: string | null, testDueAt: string | null, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }> } };

export type MachineRowsQueryVariables = Exact<{
  filter?: ReplicationFilter | null | undefined;
  orderBy?: ReplicationOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
  maxAgeSeconds?: number | null | undefined;
}>;


export type MachineRowsQuery = { replications: { totalCount: number, nodes: Array<{ __typename: 'Replication', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, latestRecoveryPoint: { takenAt: string } | null, group: { id: string, name: string, lastTestedAt: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }> } };

export type VisibleRowsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
  from: string;
  to: string;
  buckets: number;
}>;


export type VisibleRowsQuery = { nodes: Array<
    | { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, lastTestedAt: string | null, testDueAt: string | null, rpoHistory: Array<{ maxSeconds: number | null, targetSeconds: number | null, verdict: RpoVerdict | null }>, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null } }
    | { __typename: 'Replication', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, latestRecoveryPoint: { takenAt: string } | null, group: { id: string, name: string, lastTestedAt: string | null } | null }
    | Record<PropertyKey, never>
   | null> };

export type RowEventsSubscriptionVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  replicationFilter?: ReplicationFilter | null | undefined;
  kinds?: Array<TargetKind> | TargetKind | null | undefined;
  after?: string | null | undefined;
}>;


export type RowEventsSubscription = { protectionEvents: { cursor: string, kind: ChangeKind, at: string, targetId: string | null, changedFields: Array<string>, totalCount: number | null, missedEvents: number | null, target:
      | { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, priority: Priority | null, vmCount: number, lastTestedAt: string | null, testDueAt: string | null, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null } }
      | { __typename: 'Replication', id: string, vendor: Vendor, name: string, description: string | null, state: ProtectionState, health: Health, isStale: boolean, purpose: ReplicationPurpose, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean, autoDecisionAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, latestRecoveryPoint: { takenAt: string } | null, group: { id: string, name: string, lastTestedAt: string | null } | null }
     | null } };

export type SiteChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type SiteChoicesQuery = { sites: Array<{ id: string, name: string, vendor: Vendor, isConfigured: boolean }> };

export type OverviewChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OverviewChangesSubscription = { protectionEvents: { cursor: string, kind: ChangeKind } };

type OverviewTarget_ProtectionGroup_Fragment = { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } };

type OverviewTarget_Replication_Fragment = { __typename: 'Replication', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } };

export type OverviewTargetFragment =
  | OverviewTarget_ProtectionGroup_Fragment
  | OverviewTarget_Replication_Fragment
;

export type OverviewQueryVariables = Exact<{
  dueBefore: string;
}>;


export type OverviewQuery = { overview: { asOf: string | null, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
       | null }>, totals: { targetCount: number, groupCount: number, vmCount: number, unhealthyCount: number, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null } }, byVendor: Array<{ vendor: Vendor, totals: { targetCount: number, vmCount: number, unhealthyCount: number } }>, bySite: Array<{ site: { id: string, name: string, configuredName: string | null, vendor: Vendor, connection: { state: ConnectionState } | null }, asSource: { targetCount: number, vmCount: number, unhealthyCount: number }, asDestination: { targetCount: number, vmCount: number, unhealthyCount: number, storage: { usedBytes: number | null, journalUsedBytes: number | null } } }>, byHealth: Array<{ health: Health, count: number }>, rpo: { meeting: number, violating: number, neverSynced: number, notMeasured: number, percentMeeting: number | null, worst: Array<
        | { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
        | { __typename: 'Replication', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
      > }, tests: { inTime: number, overdue: number, never: number, oldestAt: string | null }, awaitingDecision: Array<
      | { __typename: 'ProtectionGroup', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, recovery: { phase: RecoveryPhase, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
      | { __typename: 'Replication', id: string, vendor: Vendor, name: string, state: ProtectionState, health: Health, isStale: boolean, recovery: { phase: RecoveryPhase, since: string | null, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
    >, doublyProtected: Array<{ name: string, knownBy: SameMachineSign, protections: Array<{ id: string, vendor: Vendor, group: { id: string, name: string } | null }> }> }, untested: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, name: string, lastTestedAt: string | null, testDueAt: string | null }> } };

export type OverviewAskedQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewAskedQuery = { overview: { unprotectedVmCount: number | null, readiness: Array<{ verdict: ReadinessVerdict, count: number }> } };

export type StartSitesQueryVariables = Exact<{ [key: string]: never; }>;


export type StartSitesQuery = { sites: Array<{ id: string, name: string, vendor: Vendor, isConfigured: boolean, configuredName: string | null, capabilities: Array<Capability>, connection: { state: ConnectionState } | null, peers: Array<{ id: string, name: string }> }> };

export type StartResourcesQueryVariables = Exact<{
  siteId: string | number;
  kind: ResourceKind;
  atSiteId?: string | number | null | undefined;
  parentVendorId?: string | null | undefined;
  text?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type StartResourcesQuery = { siteResources: { totalCount: number, nodes: Array<{ vendorId: string, name: string, parentVendorId: string | null, organization: string | null, capacityBytes: number | null, freeBytes: number | null, status: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }> } };

export type StartProfilesQueryVariables = Exact<{
  siteId: string | number;
}>;


export type StartProfilesQuery = { protectionProfiles: Array<{ vendorId: string, name: string, description: string | null, rpoSeconds: number | null, journalHistorySeconds: number | null, isQuiesced: boolean | null, testIntervalSeconds: number | null }> };

export type TaskRowFragment = { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
    | { __typename: 'ProtectionGroup', id: string, name: string }
    | { __typename: 'Replication', id: string, name: string }
   | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
    | { code: ProblemCode, message: string }
   | null };

export type TasksQueryVariables = Exact<{
  filter?: TaskFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TasksQuery = { tasks: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness }> } };

export type TaskPageQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskPageQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup' }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication' }
    | { __typename: 'Site' }
    | { __typename: 'Task', vendorTaskId: string | null, id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, warnings: Array<
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
      >, reconciliation: { verdict: ReconciliationVerdict, evidence: Array<string>, at: string } | null, request: { idempotencyKey: string, requestedBy: string, requestedAt: string, operationId: string, reason: string | null, input: unknown, overriddenRisks: Array<string>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, sent: Array<{ method: string, path: string, body: unknown }> } | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null }
   | null };

export type TaskPageEventsSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type TaskPageEventsSubscription = { taskProgress: { cursor: string, kind: EventKind, at: string, missedEvents: number | null, task: { id: string, vendor: Vendor, operation: Operation, vendorOperation: string | null, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, awaitingSince: string | null, autoDecisionAt: string | null, startedBy: string | null, target:
        | { __typename: 'ProtectionGroup', id: string, name: string }
        | { __typename: 'Replication', id: string, name: string }
       | null, site: { name: string, configuredName: string | null } | null, request: { requestedBy: string } | null, problem:
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
        | { code: ProblemCode, message: string }
       | null } } };

export type VcdaCustomersQueryVariables = Exact<{
  id: string | number;
}>;


export type VcdaCustomersQuery = { node:
    | { siteDetails:
        | { customerSites: Array<{ id: string, name: string }> | null }
        | Record<PropertyKey, never>
       | null }
    | Record<PropertyKey, never>
   | null };

export type VcdaDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type VcdaDetailsQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', groupDetails:
        | { vappReplicationId: string, owner: string | null, isGoldenImage: boolean | null, lastUpdatedAt: string | null, isTemplateCustomized: boolean | null, source: { vdcId: string | null, vappId: string | null, recoveredVappId: string | null, catalogItemId: string | null }, destination: { vdcId: string | null, vappId: string | null, recoveredVappId: string | null, catalogItemId: string | null } }
        | Record<PropertyKey, never>
       }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication', machineDetails:
        | { replicationId: string, vappReplicationId: string | null, owner: string | null, dataConnectionState: string | null, sourceState: string | null, sourceStateAgeSeconds: number | null, destinationState: string | null, destinationStateAgeSeconds: number | null, recoveryState: string | null, isMovingReplica: boolean | null, dataConnectionType: string | null, initialSyncAt: string | null, excludedDiskKeys: Array<number>, lastErrorCode: string | null, lastErrorMessage: string | null, lastErrorArguments: Array<string>, lastUpdatedAt: string | null, slaProfileId: string | null, storageProfileId: string | null, datastoreId: string | null, datastoreMoref: string | null, vimServer: string | null, vimServerInstanceUuid: string | null, optimizedReverseUntil: string | null, recoveredVmId: string | null, recoveredVappId: string | null, recoveryType: string | null, recoveredStorageProfileId: string | null, recoveredStorageProfileName: string | null, source: { vdcId: string | null, vappId: string | null, recoveredVappId: string | null, catalogItemId: string | null }, destination: { vdcId: string | null, vappId: string | null, recoveredVappId: string | null, catalogItemId: string | null } }
        | Record<PropertyKey, never>
       }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type VcdaPlacesQueryVariables = Exact<{
  id: string | number;
}>;


export type VcdaPlacesQuery = { node:
    | { groupDetails:
        | { source: { vdcId: string | null }, destination: { vdcId: string | null } }
        | Record<PropertyKey, never>
      , replications: { nodes: Array<{ id: string, name: string, vm: { vendorId: string } }> } }
    | { id: string, name: string, machineDetails:
        | { source: { vdcId: string | null }, destination: { vdcId: string | null } }
        | Record<PropertyKey, never>
      , vm: { vendorId: string } }
    | Record<PropertyKey, never>
   | null };

export type VcdaMachineFragment = { id: string, name: string, vm: { vendorId: string } };

export type VcdaStoredNetworksFragment = { copySourceNetworks: boolean | null, connectAllNics: boolean | null, bridgeNetworks: Array<{ name: string | null }>, mappings: Array<{ sourceNetworkName: string | null, destinationNetwork: { name: string | null } | null }> };

export type VcdaStoredNetworksQueryVariables = Exact<{
  id: string | number;
}>;


export type VcdaStoredNetworksQuery = { node:
    | { groupDetails:
        | { networkSettings: { failover: { copySourceNetworks: boolean | null, connectAllNics: boolean | null, bridgeNetworks: Array<{ name: string | null }>, mappings: Array<{ sourceNetworkName: string | null, destinationNetwork: { name: string | null } | null }> } | null, testFailover: { copySourceNetworks: boolean | null, connectAllNics: boolean | null, bridgeNetworks: Array<{ name: string | null }>, mappings: Array<{ sourceNetworkName: string | null, destinationNetwork: { name: string | null } | null }> } | null } | null }
        | Record<PropertyKey, never>
       }
    | { machineDetails:
        | { networkSettings: { failover: { copySourceNetworks: boolean | null, connectAllNics: boolean | null, bridgeNetworks: Array<{ name: string | null }>, mappings: Array<{ sourceNetworkName: string | null, destinationNetwork: { name: string | null } | null }> } | null, testFailover: { copySourceNetworks: boolean | null, connectAllNics: boolean | null, bridgeNetworks: Array<{ name: string | null }>, mappings: Array<{ sourceNetworkName: string | null, destinationNetwork: { name: string | null } | null }> } | null } | null }
        | Record<PropertyKey, never>
       }
    | Record<PropertyKey, never>
   | null };

export type ZertoCardsQueryVariables = Exact<{
  id: string | number;
}>;


export type ZertoCardsQuery = { node:
    | { groupDetails:
        | { recoveryEntity: string | null }
        | Record<PropertyKey, never>
      , replications: { nodes: Array<{ id: string, name: string, details:
            | { vmIdentifier: string, nicIds: Array<string> }
            | Record<PropertyKey, never>
           }> } }
    | Record<PropertyKey, never>
   | null };

export type ZertoDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type ZertoDetailsQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', groupDetails:
        | { vpgType: string | null, status: string | null, statusDescription: string | null, subStatus: string | null, subStatusDescription: string | null, alertStatus: string | null, testStage: string | null, progressPercent: number | null, protectedEntity: string | null, recoveryEntity: string | null, organizationId: string | null, organizationName: string | null, serviceProfileId: string | null, serviceProfileName: string | null, isBackupEnabled: boolean | null, actualHistoryMinutes: number | null, configuredHistoryMinutes: number | null, earliestCheckpointId: string | null, earliestCheckpointAt: string | null, earliestCheckpointTag: string | null, failSafeHistory: { actualMinutes: number | null, configuredMinutes: number | null, description: string | null } | null }
        | Record<PropertyKey, never>
       }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication', machineDetails:
        | { vmIdentifier: string, vpgIdentifier: string, vpgName: string | null, priority: string | null, organizationName: string | null, isVmExisting: boolean | null, isAgentInstalled: boolean | null, isFileRecoveryEnabled: boolean | null, lastTestedAt: string | null, iops: number | null, throughputBytesPerSecond: number | null, outgoingBandwidthMbps: number | null, protectedHostId: string | null, protectedHostName: string | null, protectedDatastoreId: string | null, recoveryHostId: string | null, recoveryHostName: string | null, volumeIds: Array<string>, nicIds: Array<string>, journalHardLimit: { type: string, value: number | null } | null, journalWarningThreshold: { type: string, value: number | null } | null, networkAdapters: Array<{ name: string | null, networkId: string | null, ipAddresses: Array<string> }>, azure: { resourceGroup: string | null, size: string | null, tags: Array<string> } | null }
        | Record<PropertyKey, never>
       }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TaskRowFragmentDoc = new TypedDocumentString(`
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}
    `, {"fragmentName":"TaskRow"}) as unknown as TypedDocumentString<TaskRowFragment, unknown>;
export const TaskAnswerFragmentDoc = new TypedDocumentString(`
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"fragmentName":"TaskAnswer"}) as unknown as TypedDocumentString<TaskAnswerFragment, unknown>;
export const PlanAnswerFragmentDoc = new TypedDocumentString(`
    fragment PlanAnswer on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
      tag
    }
    lossSeconds
    machines {
      replicationId
      name
      startup {
        order
        startDelaySeconds
      }
    }
    calls {
      method
      path
      body
    }
    decision {
      policy
      afterSeconds
    }
    warnings {
      code
      message
    }
    expectedDuration {
      seconds
      runCount
      basis
    }
    planToken
    plannedAt
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
    `, {"fragmentName":"PlanAnswer"}) as unknown as TypedDocumentString<PlanAnswerFragment, unknown>;
export const RpoOfRowFragmentDoc = new TypedDocumentString(`
    fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
    `, {"fragmentName":"RpoOfRow"}) as unknown as TypedDocumentString<RpoOfRowFragment, unknown>;
export const ActionOfTargetFragmentDoc = new TypedDocumentString(`
    fragment ActionOfTarget on ActionAvailability {
  action
  available
  reason
  safety
}
    `, {"fragmentName":"ActionOfTarget"}) as unknown as TypedDocumentString<ActionOfTargetFragment, unknown>;
export const TargetFactsFragmentDoc = new TypedDocumentString(`
    fragment TargetFacts on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    since
    commitPolicy
    autoDecisionAt
  }
  actions {
    ...ActionOfTarget
  }
}
    fragment ActionOfTarget on ActionAvailability {
  action
  available
  reason
  safety
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}`, {"fragmentName":"TargetFacts"}) as unknown as TypedDocumentString<TargetFactsFragment, unknown>;
export const EndOfTargetFragmentDoc = new TypedDocumentString(`
    fragment EndOfTarget on ReplicationEnd {
  site {
    id
    name
    isConfigured
    connection {
      state
      lastSuccessAt
      lastProblem {
        code
        message
      }
    }
  }
  organization
  datacenter
  vApp
  hypervisor
  datastore
  storageProfile
}
    `, {"fragmentName":"EndOfTarget"}) as unknown as TypedDocumentString<EndOfTargetFragment, unknown>;
export const ObservationOfTargetFragmentDoc = new TypedDocumentString(`
    fragment ObservationOfTarget on Observation {
  site {
    id
    name
    capabilities
  }
  role
  observedAt
}
    `, {"fragmentName":"ObservationOfTarget"}) as unknown as TypedDocumentString<ObservationOfTargetFragment, unknown>;
export const AlertOfTargetFragmentDoc = new TypedDocumentString(`
    fragment AlertOfTarget on Alert {
  id
  level
  subject
  code
  description
  turnedOnAt
  isDismissed
  isDerived
  site {
    id
    name
  }
}
    `, {"fragmentName":"AlertOfTarget"}) as unknown as TypedDocumentString<AlertOfTargetFragment, unknown>;
export const MemberRowFragmentDoc = new TypedDocumentString(`
    fragment MemberRow on Replication {
  id
  name
  state
  health
  rpo {
    ...RpoOfRow
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  sync {
    percent
    etaSeconds
  }
  vm {
    guestOs
    cpuCount
    memoryBytes
    startup {
      order
      startDelaySeconds
    }
  }
}
    fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}`, {"fragmentName":"MemberRow"}) as unknown as TypedDocumentString<MemberRowFragment, unknown>;
export const GroupFactsFragmentDoc = new TypedDocumentString(`
    fragment GroupFacts on ProtectionGroup {
  ...TargetFacts
  description
  purpose
  priority
  vmCount
  isReversed
  vendorState
  lastTestedAt
  testDueAt
  throughputBytesPerSecond
  iops
  source {
    ...EndOfTarget
  }
  destination {
    ...EndOfTarget
  }
  sync {
    percent
    bytesTransferred
    bytesToTransfer
    etaSeconds
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  observations {
    ...ObservationOfTarget
  }
  conflicts {
    field
    values {
      site {
        id
        name
      }
      value
    }
  }
  alerts {
    ...AlertOfTarget
  }
  readiness {
    verdict
    checks {
      name
      verdict
      detail
    }
  }
  replications(first: 500) {
    totalCount
    nodes {
      ...MemberRow
    }
  }
  tasks(first: 15) {
    nodes {
      ...TaskRow
    }
  }
}
    fragment EndOfTarget on ReplicationEnd {
  site {
    id
    name
    isConfigured
    connection {
      state
      lastSuccessAt
      lastProblem {
        code
        message
      }
    }
  }
  organization
  datacenter
  vApp
  hypervisor
  datastore
  storageProfile
}
fragment ActionOfTarget on ActionAvailability {
  action
  available
  reason
  safety
}
fragment ObservationOfTarget on Observation {
  site {
    id
    name
    capabilities
  }
  role
  observedAt
}
fragment AlertOfTarget on Alert {
  id
  level
  subject
  code
  description
  turnedOnAt
  isDismissed
  isDerived
  site {
    id
    name
  }
}
fragment MemberRow on Replication {
  id
  name
  state
  health
  rpo {
    ...RpoOfRow
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  sync {
    percent
    etaSeconds
  }
  vm {
    guestOs
    cpuCount
    memoryBytes
    startup {
      order
      startDelaySeconds
    }
  }
}
fragment TargetFacts on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    since
    commitPolicy
    autoDecisionAt
  }
  actions {
    ...ActionOfTarget
  }
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"fragmentName":"GroupFacts"}) as unknown as TypedDocumentString<GroupFactsFragment, unknown>;
export const MachineFactsFragmentDoc = new TypedDocumentString(`
    fragment MachineFacts on Replication {
  ...TargetFacts
  description
  purpose
  isReversed
  vendorState
  source {
    ...EndOfTarget
  }
  destination {
    ...EndOfTarget
  }
  sync {
    percent
    bytesTransferred
    bytesToTransfer
    etaSeconds
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  observations {
    ...ObservationOfTarget
  }
  conflicts {
    field
    values {
      site {
        id
        name
      }
      value
    }
  }
  alerts {
    ...AlertOfTarget
  }
  machineReadiness: readiness {
    verdict
    checks {
      name
      verdict
      detail
    }
  }
  tasks(first: 15) {
    nodes {
      ...TaskRow
    }
  }
  vm {
    guestOs
    computerName
    hardwareVersion
    cpuCount
    memoryBytes
  }
  group {
    id
    name
    state
    health
    lastTestedAt
  }
  settings {
    rpoSeconds
    isQuiesced
    journalHistorySeconds
    slaProfileName
    retentionRules {
      count
      distanceSeconds
    }
  }
}
    fragment EndOfTarget on ReplicationEnd {
  site {
    id
    name
    isConfigured
    connection {
      state
      lastSuccessAt
      lastProblem {
        code
        message
      }
    }
  }
  organization
  datacenter
  vApp
  hypervisor
  datastore
  storageProfile
}
fragment ActionOfTarget on ActionAvailability {
  action
  available
  reason
  safety
}
fragment ObservationOfTarget on Observation {
  site {
    id
    name
    capabilities
  }
  role
  observedAt
}
fragment AlertOfTarget on Alert {
  id
  level
  subject
  code
  description
  turnedOnAt
  isDismissed
  isDerived
  site {
    id
    name
  }
}
fragment TargetFacts on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    since
    commitPolicy
    autoDecisionAt
  }
  actions {
    ...ActionOfTarget
  }
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"fragmentName":"MachineFacts"}) as unknown as TypedDocumentString<MachineFactsFragment, unknown>;
export const PointOfTargetFragmentDoc = new TypedDocumentString(`
    fragment PointOfTarget on RecoveryPoint {
  id
  takenAt
  tag
  isPinned
  quiesced
  transferBytes
  transferSeconds
}
    `, {"fragmentName":"PointOfTarget"}) as unknown as TypedDocumentString<PointOfTargetFragment, unknown>;
export const HistoryOfTargetFragmentDoc = new TypedDocumentString(`
    fragment HistoryOfTarget on HistoryEvent {
  vendorId
  at
  vendorOperation
  description
  user
  wasSuccessful
}
    `, {"fragmentName":"HistoryOfTarget"}) as unknown as TypedDocumentString<HistoryOfTargetFragment, unknown>;
export const CoverageLineFragmentDoc = new TypedDocumentString(`
    fragment CoverageLine on SiteCoverage {
  siteName
  completeness
  observedAt
  problem {
    code
    message
  }
}
    `, {"fragmentName":"CoverageLine"}) as unknown as TypedDocumentString<CoverageLineFragment, unknown>;
export const EndOfRowFragmentDoc = new TypedDocumentString(`
    fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
    `, {"fragmentName":"EndOfRow"}) as unknown as TypedDocumentString<EndOfRowFragment, unknown>;
export const GroupRowFragmentDoc = new TypedDocumentString(`
    fragment GroupRow on ProtectionGroup {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  priority
  vmCount
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  lastTestedAt
  testDueAt
  storage {
    provisionedBytes
    usedBytes
  }
}
    fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}`, {"fragmentName":"GroupRow"}) as unknown as TypedDocumentString<GroupRowFragment, unknown>;
export const MachineRowFragmentDoc = new TypedDocumentString(`
    fragment MachineRow on Replication {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  storage {
    provisionedBytes
    usedBytes
  }
  latestRecoveryPoint {
    takenAt
  }
  group {
    id
    name
    lastTestedAt
  }
}
    fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}`, {"fragmentName":"MachineRow"}) as unknown as TypedDocumentString<MachineRowFragment, unknown>;
export const OverviewTargetFragmentDoc = new TypedDocumentString(`
    fragment OverviewTarget on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    verdict
    actualSeconds
    targetSeconds
    violationSeconds
  }
}
    `, {"fragmentName":"OverviewTarget"}) as unknown as TypedDocumentString<OverviewTargetFragment, unknown>;
export const VcdaMachineFragmentDoc = new TypedDocumentString(`
    fragment VcdaMachine on Replication {
  id
  name
  vm {
    vendorId
  }
}
    `, {"fragmentName":"VcdaMachine"}) as unknown as TypedDocumentString<VcdaMachineFragment, unknown>;
export const VcdaStoredNetworksFragmentDoc = new TypedDocumentString(`
    fragment VcdaStoredNetworks on VcdaNetworks {
  copySourceNetworks
  connectAllNics
  bridgeNetworks {
    name
  }
  mappings {
    sourceNetworkName
    destinationNetwork {
      name
    }
  }
}
    `, {"fragmentName":"VcdaStoredNetworks"}) as unknown as TypedDocumentString<VcdaStoredNetworksFragment, unknown>;
export const ConsolePlanFailoverDocument = new TypedDocumentString(`
    query ConsolePlanFailover($input: PlanFailoverInput!) {
  plan: planFailover(input: $input) {
    ...PlanAnswer
  }
}
    fragment PlanAnswer on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
      tag
    }
    lossSeconds
    machines {
      replicationId
      name
      startup {
        order
        startDelaySeconds
      }
    }
    calls {
      method
      path
      body
    }
    decision {
      policy
      afterSeconds
    }
    warnings {
      code
      message
    }
    expectedDuration {
      seconds
      runCount
      basis
    }
    planToken
    plannedAt
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}`, {"hash":"sha256:b71f0a99f2cae671bad11914b86dd848846d689e491b052aa0ea0fe2796cf12d"}) as unknown as TypedDocumentString<ConsolePlanFailoverQuery, ConsolePlanFailoverQueryVariables>;
export const ConsolePlanMoveDocument = new TypedDocumentString(`
    query ConsolePlanMove($input: PlanMoveInput!) {
  plan: planMove(input: $input) {
    ...PlanAnswer
  }
}
    fragment PlanAnswer on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
      tag
    }
    lossSeconds
    machines {
      replicationId
      name
      startup {
        order
        startDelaySeconds
      }
    }
    calls {
      method
      path
      body
    }
    decision {
      policy
      afterSeconds
    }
    warnings {
      code
      message
    }
    expectedDuration {
      seconds
      runCount
      basis
    }
    planToken
    plannedAt
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}`, {"hash":"sha256:8ef1018afefb9f5012a695c437483a0f18e518e52355bfc93f1f51f5c21a3fac"}) as unknown as TypedDocumentString<ConsolePlanMoveQuery, ConsolePlanMoveQueryVariables>;
export const ConsolePauseReplicationDocument = new TypedDocumentString(`
    mutation ConsolePauseReplication($input: TargetInput!) {
  answer: pauseReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:e25a831dc33386655560ac49a61335de1f25285128a211dd7f6983674c49d2ef"}) as unknown as TypedDocumentString<ConsolePauseReplicationMutation, ConsolePauseReplicationMutationVariables>;
export const ConsoleResumeReplicationDocument = new TypedDocumentString(`
    mutation ConsoleResumeReplication($input: TargetInput!) {
  answer: resumeReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:05a2c87592737aeb66cb55de14b5b0d945961b8c31d2318561589fbc3052a284"}) as unknown as TypedDocumentString<ConsoleResumeReplicationMutation, ConsoleResumeReplicationMutationVariables>;
export const ConsoleSyncReplicationDocument = new TypedDocumentString(`
    mutation ConsoleSyncReplication($input: TargetInput!) {
  answer: syncReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:3cbf73f0ce59c0a166e7ebfaa1a4fb80907763abf3c29ce3c8b7edde61032320"}) as unknown as TypedDocumentString<ConsoleSyncReplicationMutation, ConsoleSyncReplicationMutationVariables>;
export const ConsoleStopReplicationDocument = new TypedDocumentString(`
    mutation ConsoleStopReplication($input: StopReplicationInput!) {
  answer: stopReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:707a75e69b16dab3b416dea904eab77c292d5d1ec57ede7032c9ebcb3cddbdd8"}) as unknown as TypedDocumentString<ConsoleStopReplicationMutation, ConsoleStopReplicationMutationVariables>;
export const ConsoleReverseReplicationDocument = new TypedDocumentString(`
    mutation ConsoleReverseReplication($input: TargetInput!) {
  answer: reverseReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:2daa00a62babda5d1b8ea47f918e70c6a0b73983622aaf8d84fa133a14c76c19"}) as unknown as TypedDocumentString<ConsoleReverseReplicationMutation, ConsoleReverseReplicationMutationVariables>;
export const ConsoleUpdateReplicationDocument = new TypedDocumentString(`
    mutation ConsoleUpdateReplication($input: UpdateReplicationInput!) {
  answer: updateReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:cf558bd76d2001a8109ccdcefe8c1fa9d61d80f71dea939d1b544025e2ba64cd"}) as unknown as TypedDocumentString<ConsoleUpdateReplicationMutation, ConsoleUpdateReplicationMutationVariables>;
export const ConsoleTestFailoverDocument = new TypedDocumentString(`
    mutation ConsoleTestFailover($input: TestFailoverInput!) {
  answer: testFailover(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:8ab59e00d3f24e8d1382792a0533bbba10eeef50e83d8effc7e993042b71d289"}) as unknown as TypedDocumentString<ConsoleTestFailoverMutation, ConsoleTestFailoverMutationVariables>;
export const ConsoleEndTestFailoverDocument = new TypedDocumentString(`
    mutation ConsoleEndTestFailover($input: EndTestFailoverInput!) {
  answer: endTestFailover(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:8337f68c40b3b28fad4593b5518c3beac7e339065224c775e339bc21a9b097a0"}) as unknown as TypedDocumentString<ConsoleEndTestFailoverMutation, ConsoleEndTestFailoverMutationVariables>;
export const ConsoleFailoverDocument = new TypedDocumentString(`
    mutation ConsoleFailover($input: FailoverInput!) {
  answer: failover(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:f7fd8f3ecc493147a18fa10d2ae68327223103aaad1f1f696f69b036fb46784d"}) as unknown as TypedDocumentString<ConsoleFailoverMutation, ConsoleFailoverMutationVariables>;
export const ConsoleCommitFailoverDocument = new TypedDocumentString(`
    mutation ConsoleCommitFailover($input: CommitFailoverInput!) {
  answer: commitFailover(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:a1e7a9653f21ea71d315799cd7860f4f0f216543f89ae5866fd55ba846c87131"}) as unknown as TypedDocumentString<ConsoleCommitFailoverMutation, ConsoleCommitFailoverMutationVariables>;
export const ConsoleRollbackFailoverDocument = new TypedDocumentString(`
    mutation ConsoleRollbackFailover($input: TargetInput!) {
  answer: rollbackFailover(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:213a2246a5147fc6be454485621ee548b04a6bb2df67a61aad5927ab421723c0"}) as unknown as TypedDocumentString<ConsoleRollbackFailoverMutation, ConsoleRollbackFailoverMutationVariables>;
export const ConsoleMoveDocument = new TypedDocumentString(`
    mutation ConsoleMove($input: MoveInput!) {
  answer: move(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:ee268a853e831fe8ebdf8670cdc83b34dd92c9dd9be9c1830d5aaf151a53a230"}) as unknown as TypedDocumentString<ConsoleMoveMutation, ConsoleMoveMutationVariables>;
export const ConsoleCommitMoveDocument = new TypedDocumentString(`
    mutation ConsoleCommitMove($input: CommitMoveInput!) {
  answer: commitMove(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:e0f3fe2fbc5f214d46eba4060c25b9893d92305d52478f074af9dde99740bce9"}) as unknown as TypedDocumentString<ConsoleCommitMoveMutation, ConsoleCommitMoveMutationVariables>;
export const ConsoleRollbackMoveDocument = new TypedDocumentString(`
    mutation ConsoleRollbackMove($input: TargetInput!) {
  answer: rollbackMove(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:58a62297e20311e23c593190945e514ef903c5fe93fbe590295db6f35041fb7a"}) as unknown as TypedDocumentString<ConsoleRollbackMoveMutation, ConsoleRollbackMoveMutationVariables>;
export const ConsoleCreateCheckpointDocument = new TypedDocumentString(`
    mutation ConsoleCreateCheckpoint($input: CreateCheckpointInput!) {
  answer: createCheckpoint(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:396a0f53e1a31f6599aa2cefc2b656a619751711699594ad9072d3fcfcc67b5c"}) as unknown as TypedDocumentString<ConsoleCreateCheckpointMutation, ConsoleCreateCheckpointMutationVariables>;
export const ConsoleStartCloneDocument = new TypedDocumentString(`
    mutation ConsoleStartClone($input: StartCloneInput!) {
  answer: startClone(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:5e87f43d4e6f82c10eb9db47eff0f7b9ff6f5d3797d3ed1decd0de0f89fa9479"}) as unknown as TypedDocumentString<ConsoleStartCloneMutation, ConsoleStartCloneMutationVariables>;
export const ConsoleAbortCloneDocument = new TypedDocumentString(`
    mutation ConsoleAbortClone($input: TargetInput!) {
  answer: abortClone(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:04793db57ed1a4c7f2abe2816af6b31ad2ff0f0db1f5e84258bd137ab78db448"}) as unknown as TypedDocumentString<ConsoleAbortCloneMutation, ConsoleAbortCloneMutationVariables>;
export const ConsoleDismissAlertDocument = new TypedDocumentString(`
    mutation ConsoleDismissAlert($input: AlertInput!) {
  answer: dismissAlert(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:2a0d988c9c3bedd1e30967f4efc2ca4eac0bc78cb715f8e2af73726820a14563"}) as unknown as TypedDocumentString<ConsoleDismissAlertMutation, ConsoleDismissAlertMutationVariables>;
export const ConsoleUndismissAlertDocument = new TypedDocumentString(`
    mutation ConsoleUndismissAlert($input: AlertInput!) {
  answer: undismissAlert(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:f2012c1549aa0ce33c44f7f2d104b310a76882c44fa819122451a3ec607afc8c"}) as unknown as TypedDocumentString<ConsoleUndismissAlertMutation, ConsoleUndismissAlertMutationVariables>;
export const ConsoleStartReplicationDocument = new TypedDocumentString(`
    mutation ConsoleStartReplication($input: StartReplicationInput!) {
  answer: startReplication(input: $input) {
    ...TaskAnswer
  }
}
    fragment TaskAnswer on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskRow
    }
  }
  ... on Problem {
    code
    message
  }
  ... on InvalidInput {
    fields {
      path
      message
    }
  }
  ... on InvalidState {
    state
    availableActions
  }
  ... on Unsupported {
    capability
    vendor
  }
  ... on PermissionDenied {
    requiredScope
  }
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    httpStatus
    retryAfterSeconds
    operationId
  }
  ... on IdempotencyMismatch {
    original {
      id
      operation
      state
      targetName
    }
  }
  ... on SplitBrainRisk {
    evidence
  }
  ... on PlanChanged {
    changes
  }
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:b698017b2b80d92cd82f699b18afacb9f9517888caf1bbc81aafa47c6caa04a7"}) as unknown as TypedDocumentString<ConsoleStartReplicationMutation, ConsoleStartReplicationMutationVariables>;
export const SessionEndDocument = new TypedDocumentString(`
    query SessionEnd {
  viewer {
    expiresAt
  }
}
    `, {"hash":"sha256:743a0f97eefdce7511886a68161bdfb9d214b14ed6f9be46adee2ed12061a252"}) as unknown as TypedDocumentString<SessionEndQuery, SessionEndQueryVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($token: String!) {
  refreshSession(token: $token) {
    expiresAt
  }
}
    `, {"hash":"sha256:f8a2dab9374b56c4d68c19c42c1295698072230273173d6de728437424ae7e8e"}) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SiteStatesDocument = new TypedDocumentString(`
    query SiteStates {
  sites {
    id
    name
    vendor
    configuredName
    isConfigured
    connection {
      state
      lastSuccessAt
      lastProblem {
        message
      }
    }
  }
}
    `, {"hash":"sha256:646007ebaadfe34079dc97aad74c9be262ae9616700ed72e399fdb831c708046"}) as unknown as TypedDocumentString<SiteStatesQuery, SiteStatesQueryVariables>;
export const TaskFeedDocument = new TypedDocumentString(`
    subscription TaskFeed($after: Cursor) {
  taskEvents(after: $after) {
    cursor
    kind
    at
    missedEvents
    task {
      ...TaskRow
    }
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:18f4d596c99728dca3369b00f7115399353a1cb4e5187a1f1f56dd7c03b7626e"}) as unknown as TypedDocumentString<TaskFeedSubscription, TaskFeedSubscriptionVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    scopes
    expiresAt
    isAnonymous
  }
}
    `, {"hash":"sha256:161dc110becd7aaca0b468bab74149bcaa20efdefc1cbf5f083a5f64d6f36922"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($filter: AuditFilter, $first: Int!, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      sequence
      at
      kind
      caller
      operation
      target {
        __typename
        id
        name
      }
      targetName
      siteName
      task {
        id
      }
      operationId
      idempotencyKey
      reason
      input
      problem {
        code
        message
      }
      overriddenRisks
      evidence
      hash
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:14c4f6424747902566ba67023d575ed06a1c68862587b60054c98480a1ee6dc6"}) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const AuditChainDocument = new TypedDocumentString(`
    query AuditChain {
  auditChain {
    isWhole
    entryCount
    headHash
    firstBadSequence
    reason
  }
}
    `, {"hash":"sha256:6bfe22f56425a0374cdbfeee619dac109113c1248fe9aa807716cde08c933bdc"}) as unknown as TypedDocumentString<AuditChainQuery, AuditChainQueryVariables>;
export const TargetPageDocument = new TypedDocumentString(`
    query TargetPage($id: ID!) {
  node(id: $id) {
    __typename
    ...GroupFacts
    ...MachineFacts
  }
}
    fragment EndOfTarget on ReplicationEnd {
  site {
    id
    name
    isConfigured
    connection {
      state
      lastSuccessAt
      lastProblem {
        code
        message
      }
    }
  }
  organization
  datacenter
  vApp
  hypervisor
  datastore
  storageProfile
}
fragment ActionOfTarget on ActionAvailability {
  action
  available
  reason
  safety
}
fragment ObservationOfTarget on Observation {
  site {
    id
    name
    capabilities
  }
  role
  observedAt
}
fragment AlertOfTarget on Alert {
  id
  level
  subject
  code
  description
  turnedOnAt
  isDismissed
  isDerived
  site {
    id
    name
  }
}
fragment MemberRow on Replication {
  id
  name
  state
  health
  rpo {
    ...RpoOfRow
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  sync {
    percent
    etaSeconds
  }
  vm {
    guestOs
    cpuCount
    memoryBytes
    startup {
      order
      startDelaySeconds
    }
  }
}
fragment TargetFacts on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    since
    commitPolicy
    autoDecisionAt
  }
  actions {
    ...ActionOfTarget
  }
}
fragment GroupFacts on ProtectionGroup {
  ...TargetFacts
  description
  purpose
  priority
  vmCount
  isReversed
  vendorState
  lastTestedAt
  testDueAt
  throughputBytesPerSecond
  iops
  source {
    ...EndOfTarget
  }
  destination {
    ...EndOfTarget
  }
  sync {
    percent
    bytesTransferred
    bytesToTransfer
    etaSeconds
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  observations {
    ...ObservationOfTarget
  }
  conflicts {
    field
    values {
      site {
        id
        name
      }
      value
    }
  }
  alerts {
    ...AlertOfTarget
  }
  readiness {
    verdict
    checks {
      name
      verdict
      detail
    }
  }
  replications(first: 500) {
    totalCount
    nodes {
      ...MemberRow
    }
  }
  tasks(first: 15) {
    nodes {
      ...TaskRow
    }
  }
}
fragment MachineFacts on Replication {
  ...TargetFacts
  description
  purpose
  isReversed
  vendorState
  source {
    ...EndOfTarget
  }
  destination {
    ...EndOfTarget
  }
  sync {
    percent
    bytesTransferred
    bytesToTransfer
    etaSeconds
  }
  storage {
    provisionedBytes
    usedBytes
    journalUsedBytes
  }
  observations {
    ...ObservationOfTarget
  }
  conflicts {
    field
    values {
      site {
        id
        name
      }
      value
    }
  }
  alerts {
    ...AlertOfTarget
  }
  machineReadiness: readiness {
    verdict
    checks {
      name
      verdict
      detail
    }
  }
  tasks(first: 15) {
    nodes {
      ...TaskRow
    }
  }
  vm {
    guestOs
    computerName
    hardwareVersion
    cpuCount
    memoryBytes
  }
  group {
    id
    name
    state
    health
    lastTestedAt
  }
  settings {
    rpoSeconds
    isQuiesced
    journalHistorySeconds
    slaProfileName
    retentionRules {
      count
      distanceSeconds
    }
  }
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:96708c2d218624b743feeae67dc5927d58ccf1de334b6db365a900ff4490d315"}) as unknown as TypedDocumentString<TargetPageQuery, TargetPageQueryVariables>;
export const TargetPointsDocument = new TypedDocumentString(`
    query TargetPoints($id: ID!, $first: Int!, $after: String, $from: DateTime, $to: DateTime) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      recoveryPoints(first: $first, after: $after, from: $from, to: $to) {
        totalCount
        nodes {
          ...PointOfTarget
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        coverage {
          ...CoverageLine
        }
      }
    }
    ... on Replication {
      recoveryPoints(first: $first, after: $after, from: $from, to: $to) {
        totalCount
        nodes {
          ...PointOfTarget
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        coverage {
          ...CoverageLine
        }
      }
    }
  }
}
    fragment PointOfTarget on RecoveryPoint {
  id
  takenAt
  tag
  isPinned
  quiesced
  transferBytes
  transferSeconds
}
fragment CoverageLine on SiteCoverage {
  siteName
  completeness
  observedAt
  problem {
    code
    message
  }
}`, {"hash":"sha256:0131bbb28b657f3c17e8b5b7901de79e07bb72d37516b8e03d46ff4b72a60fe8"}) as unknown as TypedDocumentString<TargetPointsQuery, TargetPointsQueryVariables>;
export const TargetHistoryDocument = new TypedDocumentString(`
    query TargetHistory($id: ID!, $first: Int!) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      history(first: $first) {
        nodes {
          ...HistoryOfTarget
        }
      }
    }
    ... on Replication {
      history(first: $first) {
        nodes {
          ...HistoryOfTarget
        }
      }
    }
  }
}
    fragment HistoryOfTarget on HistoryEvent {
  vendorId
  at
  vendorOperation
  description
  user
  wasSuccessful
}`, {"hash":"sha256:c7c2c47a52987aa9f7ae67e5427da916387df05bea74efc8cd8c70f4e5cdc7b6"}) as unknown as TypedDocumentString<TargetHistoryQuery, TargetHistoryQueryVariables>;
export const RpoChartDocument = new TypedDocumentString(`
    query RpoChart($id: ID!, $from: DateTime!, $to: DateTime!, $buckets: Int!) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      rpoHistory(from: $from, to: $to, buckets: $buckets) {
        from
        to
        sampleCount
        minSeconds
        maxSeconds
        averageSeconds
        targetSeconds
        verdict
      }
    }
  }
}
    `, {"hash":"sha256:27740a4fb0a5965c0eb789ef3cc43340a919e3f16f6427721c332d62bd3f01a9"}) as unknown as TypedDocumentString<RpoChartQuery, RpoChartQueryVariables>;
export const TargetEventsDocument = new TypedDocumentString(`
    subscription TargetEvents($filter: ProtectionGroupFilter, $replicationFilter: ReplicationFilter, $after: Cursor) {
  protectionEvents(
    filter: $filter
    replicationFilter: $replicationFilter
    after: $after
  ) {
    cursor
    kind
    at
    targetId
    changedFields
    missedEvents
  }
}
    `, {"hash":"sha256:b33565cb6f5b58a96c76cb2b7a260436707031f7b8a5442b15b28a50b3fbb537"}) as unknown as TypedDocumentString<TargetEventsSubscription, TargetEventsSubscriptionVariables>;
export const TargetTasksDocument = new TypedDocumentString(`
    subscription TargetTasks($filter: TaskFilter, $after: Cursor) {
  taskEvents(filter: $filter, after: $after) {
    cursor
    kind
    at
    missedEvents
    task {
      ...TaskRow
    }
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:ab404d7e769401cf10ed065f8fddc6f945e7b5bb36c4bb49048022c151adcc49"}) as unknown as TypedDocumentString<TargetTasksSubscription, TargetTasksSubscriptionVariables>;
export const GroupRowsDocument = new TypedDocumentString(`
    query GroupRows($filter: ProtectionGroupFilter, $orderBy: ProtectionGroupOrder, $first: Int!, $after: String, $maxAgeSeconds: Int) {
  protectionGroups(
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
    maxAgeSeconds: $maxAgeSeconds
  ) {
    totalCount
    nodes {
      ...GroupRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      ...CoverageLine
    }
  }
}
    fragment CoverageLine on SiteCoverage {
  siteName
  completeness
  observedAt
  problem {
    code
    message
  }
}
fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment GroupRow on ProtectionGroup {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  priority
  vmCount
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  lastTestedAt
  testDueAt
  storage {
    provisionedBytes
    usedBytes
  }
}`, {"hash":"sha256:8eb1733ff76dacf0dd356a3f204275226946edc6767501cc5de5a2cf45a7b9e9"}) as unknown as TypedDocumentString<GroupRowsQuery, GroupRowsQueryVariables>;
export const MachineRowsDocument = new TypedDocumentString(`
    query MachineRows($filter: ReplicationFilter, $orderBy: ReplicationOrder, $first: Int!, $after: String, $maxAgeSeconds: Int) {
  replications(
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
    maxAgeSeconds: $maxAgeSeconds
  ) {
    totalCount
    nodes {
      ...MachineRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      ...CoverageLine
    }
  }
}
    fragment CoverageLine on SiteCoverage {
  siteName
  completeness
  observedAt
  problem {
    code
    message
  }
}
fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment MachineRow on Replication {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  storage {
    provisionedBytes
    usedBytes
  }
  latestRecoveryPoint {
    takenAt
  }
  group {
    id
    name
    lastTestedAt
  }
}`, {"hash":"sha256:caf19d343dd252e13ea0951676b8608ab4b35c03edcec628bbcb99594f6f6ac6"}) as unknown as TypedDocumentString<MachineRowsQuery, MachineRowsQueryVariables>;
export const VisibleRowsDocument = new TypedDocumentString(`
    query VisibleRows($ids: [ID!]!, $from: DateTime!, $to: DateTime!, $buckets: Int!) {
  nodes(ids: $ids) {
    ...GroupRow
    ...MachineRow
    ... on ProtectionGroup {
      rpoHistory(from: $from, to: $to, buckets: $buckets) {
        maxSeconds
        targetSeconds
        verdict
      }
    }
  }
}
    fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment GroupRow on ProtectionGroup {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  priority
  vmCount
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  lastTestedAt
  testDueAt
  storage {
    provisionedBytes
    usedBytes
  }
}
fragment MachineRow on Replication {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  storage {
    provisionedBytes
    usedBytes
  }
  latestRecoveryPoint {
    takenAt
  }
  group {
    id
    name
    lastTestedAt
  }
}`, {"hash":"sha256:2e26e8c4a1f0256bb662a1854ed8c61419b682fa46853491c04e2e2aadf8caf7"}) as unknown as TypedDocumentString<VisibleRowsQuery, VisibleRowsQueryVariables>;
export const RowEventsDocument = new TypedDocumentString(`
    subscription RowEvents($filter: ProtectionGroupFilter, $replicationFilter: ReplicationFilter, $kinds: [TargetKind!], $after: Cursor) {
  protectionEvents(
    filter: $filter
    replicationFilter: $replicationFilter
    kinds: $kinds
    after: $after
  ) {
    cursor
    kind
    at
    targetId
    changedFields
    totalCount
    missedEvents
    target {
      ...GroupRow
      ...MachineRow
    }
  }
}
    fragment EndOfRow on ReplicationEnd {
  site {
    id
    name
  }
  organization
}
fragment RpoOfRow on RpoStatus {
  verdict
  actualSeconds
  targetSeconds
  violationSeconds
  lastSyncedAt
}
fragment GroupRow on ProtectionGroup {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  priority
  vmCount
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  lastTestedAt
  testDueAt
  storage {
    provisionedBytes
    usedBytes
  }
}
fragment MachineRow on Replication {
  __typename
  id
  vendor
  name
  description
  state
  health
  isStale
  purpose
  source {
    ...EndOfRow
  }
  destination {
    ...EndOfRow
  }
  rpo {
    ...RpoOfRow
  }
  recovery {
    phase
    isTestRunning
    autoDecisionAt
  }
  storage {
    provisionedBytes
    usedBytes
  }
  latestRecoveryPoint {
    takenAt
  }
  group {
    id
    name
    lastTestedAt
  }
}`, {"hash":"sha256:2bc7447199d44b0b0371c7d626b265f551381de1984ed208eab2f264d3d26ee1"}) as unknown as TypedDocumentString<RowEventsSubscription, RowEventsSubscriptionVariables>;
export const SiteChoicesDocument = new TypedDocumentString(`
    query SiteChoices {
  sites {
    id
    name
    vendor
    isConfigured
  }
}
    `, {"hash":"sha256:a73318e0b286e761d8ec7293985609c737144610ad63568ddca035772f8986ef"}) as unknown as TypedDocumentString<SiteChoicesQuery, SiteChoicesQueryVariables>;
export const OverviewChangesDocument = new TypedDocumentString(`
    subscription OverviewChanges($after: Cursor) {
  protectionEvents(after: $after) {
    cursor
    kind
  }
}
    `, {"hash":"sha256:0a32bcfc3c899de4939e7bd617a436794fee9419f61f21043432ef493c7add00"}) as unknown as TypedDocumentString<OverviewChangesSubscription, OverviewChangesSubscriptionVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview($dueBefore: DateTime!) {
  overview {
    asOf
    coverage {
      siteName
      completeness
      observedAt
      problem {
        message
      }
    }
    totals {
      targetCount
      groupCount
      vmCount
      unhealthyCount
      storage {
        provisionedBytes
        usedBytes
        journalUsedBytes
      }
    }
    byVendor {
      vendor
      totals {
        targetCount
        vmCount
        unhealthyCount
      }
    }
    bySite {
      site {
        id
        name
        configuredName
        vendor
        connection {
          state
        }
      }
      asSource {
        targetCount
        vmCount
        unhealthyCount
      }
      asDestination {
        targetCount
        vmCount
        unhealthyCount
        storage {
          usedBytes
          journalUsedBytes
        }
      }
    }
    byHealth {
      health
      count
    }
    rpo {
      meeting
      violating
      neverSynced
      notMeasured
      percentMeeting
      worst(first: 8) {
        ...OverviewTarget
      }
    }
    tests {
      inTime
      overdue
      never
      oldestAt
    }
    awaitingDecision {
      ...OverviewTarget
      recovery {
        phase
        since
        commitPolicy
        autoDecisionAt
      }
    }
    doublyProtected {
      name
      knownBy
      protections {
        id
        vendor
        group {
          id
          name
        }
      }
    }
  }
  untested: protectionGroups(
    first: 6
    filter: { testedBefore: $dueBefore }
    orderBy: { field: LAST_TEST, direction: ASC }
  ) {
    totalCount
    nodes {
      id
      vendor
      name
      lastTestedAt
      testDueAt
    }
  }
}
    fragment OverviewTarget on RecoveryTarget {
  __typename
  id
  vendor
  name
  state
  health
  isStale
  rpo {
    verdict
    actualSeconds
    targetSeconds
    violationSeconds
  }
}`, {"hash":"sha256:133795c8223407a25a50eb67c61c8c06c3e7cde9d4064b9f63e3bdf83953060c"}) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const OverviewAskedDocument = new TypedDocumentString(`
    query OverviewAsked {
  overview {
    readiness {
      verdict
      count
    }
    unprotectedVmCount
  }
}
    `, {"hash":"sha256:f2f6e613e93c883b8ba883e79c78fef47e25ff839f3a889c095a913ef1018452"}) as unknown as TypedDocumentString<OverviewAskedQuery, OverviewAskedQueryVariables>;
export const StartSitesDocument = new TypedDocumentString(`
    query StartSites {
  sites {
    id
    name
    vendor
    isConfigured
    configuredName
    capabilities
    connection {
      state
    }
    peers {
      id
      name
    }
  }
}
    `, {"hash":"sha256:33196ef898a02d9127bc540b6e16482075f28b3ac983a4bcdaaeef7977f92831"}) as unknown as TypedDocumentString<StartSitesQuery, StartSitesQueryVariables>;
export const StartResourcesDocument = new TypedDocumentString(`
    query StartResources($siteId: ID!, $kind: ResourceKind!, $atSiteId: ID, $parentVendorId: String, $text: String, $first: Int!, $after: String) {
  siteResources(
    siteId: $siteId
    kind: $kind
    atSiteId: $atSiteId
    parentVendorId: $parentVendorId
    text: $text
    first: $first
    after: $after
  ) {
    totalCount
    nodes {
      vendorId
      name
      parentVendorId
      organization
      capacityBytes
      freeBytes
      status
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      ...CoverageLine
    }
  }
}
    fragment CoverageLine on SiteCoverage {
  siteName
  completeness
  observedAt
  problem {
    code
    message
  }
}`, {"hash":"sha256:4e54042a306c26d9a108bc2ffa7bf216f48ef5869e32dbd00e70a80e6e02dae5"}) as unknown as TypedDocumentString<StartResourcesQuery, StartResourcesQueryVariables>;
export const StartProfilesDocument = new TypedDocumentString(`
    query StartProfiles($siteId: ID!) {
  protectionProfiles(siteId: $siteId) {
    vendorId
    name
    description
    rpoSeconds
    journalHistorySeconds
    isQuiesced
    testIntervalSeconds
  }
}
    `, {"hash":"sha256:eddf4fa504c0a888aa48b6652aebbc86b1e3a523addb584ff7d14fb1f446c020"}) as unknown as TypedDocumentString<StartProfilesQuery, StartProfilesQueryVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($filter: TaskFilter, $first: Int!, $after: String) {
  tasks(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      ...TaskRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      siteName
      completeness
    }
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:606e1c05922419e309243b271b0c4d498bf86126e4d237d9532a36d5a0d6fc14"}) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const TaskPageDocument = new TypedDocumentString(`
    query TaskPage($id: ID!) {
  node(id: $id) {
    __typename
    ... on Task {
      ...TaskRow
      vendorTaskId
      warnings {
        code
        message
      }
      reconciliation {
        verdict
        evidence
        at
      }
      request {
        idempotencyKey
        requestedBy
        requestedAt
        operationId
        reason
        input
        overriddenRisks
        decision {
          policy
          afterSeconds
        }
        sent {
          method
          path
          body
        }
      }
    }
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:17052c891ecefd43e55bfacb4b0d23067344ba856644d4b4d5f8279e87fd67d1"}) as unknown as TypedDocumentString<TaskPageQuery, TaskPageQueryVariables>;
export const TaskPageEventsDocument = new TypedDocumentString(`
    subscription TaskPageEvents($id: ID!, $after: Cursor) {
  taskProgress(id: $id, after: $after) {
    cursor
    kind
    at
    missedEvents
    task {
      ...TaskRow
    }
  }
}
    fragment TaskRow on Task {
  id
  vendor
  operation
  vendorOperation
  state
  stage
  progressPercent
  etaSeconds
  target {
    __typename
    id
    name
  }
  targetName
  site {
    name
    configuredName
  }
  startedAt
  updatedAt
  endedAt
  awaitingSince
  autoDecisionAt
  startedBy
  request {
    requestedBy
  }
  problem {
    code
    message
  }
}`, {"hash":"sha256:336b9c8bd5d9230f9c029830bf33cfb0d11b0ac2e7ac8b4dcb852a6251f09462"}) as unknown as TypedDocumentString<TaskPageEventsSubscription, TaskPageEventsSubscriptionVariables>;
export const VcdaCustomersDocument = new TypedDocumentString(`
    query VcdaCustomers($id: ID!) {
  node(id: $id) {
    ... on Site {
      siteDetails: details {
        ... on VcdaSiteDetails {
          customerSites {
            id
            name
          }
        }
      }
    }
  }
}
    `, {"hash":"sha256:c6dc241760bfc929dc81ba35110e36341b8fe7544d1da1222a21e4dc4dcc8080"}) as unknown as TypedDocumentString<VcdaCustomersQuery, VcdaCustomersQueryVariables>;
export const VcdaDetailsDocument = new TypedDocumentString(`
    query VcdaDetails($id: ID!) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      groupDetails: details {
        ... on VcdaProtectionGroupDetails {
          vappReplicationId
          owner
          isGoldenImage
          lastUpdatedAt
          isTemplateCustomized
          source {
            vdcId
            vappId
            recoveredVappId
            catalogItemId
          }
          destination {
            vdcId
            vappId
            recoveredVappId
            catalogItemId
          }
        }
      }
    }
    ... on Replication {
      machineDetails: details {
        ... on VcdaReplicationDetails {
          replicationId
          vappReplicationId
          owner
          dataConnectionState
          sourceState
          sourceStateAgeSeconds
          destinationState
          destinationStateAgeSeconds
          recoveryState
          isMovingReplica
          dataConnectionType
          initialSyncAt
          excludedDiskKeys
          lastErrorCode
          lastErrorMessage
          lastErrorArguments
          lastUpdatedAt
          slaProfileId
          storageProfileId
          datastoreId
          datastoreMoref
          vimServer
          vimServerInstanceUuid
          optimizedReverseUntil
          recoveredVmId
          recoveredVappId
          recoveryType
          recoveredStorageProfileId
          recoveredStorageProfileName
          source {
            vdcId
            vappId
            recoveredVappId
            catalogItemId
          }
          destination {
            vdcId
            vappId
            recoveredVappId
            catalogItemId
          }
        }
      }
    }
  }
}
    `, {"hash":"sha256:a8f09ffc44f39d23144034762dc9bab1de43b0fe8062a705db29d25bd17e3529"}) as unknown as TypedDocumentString<VcdaDetailsQuery, VcdaDetailsQueryVariables>;
export const VcdaPlacesDocument = new TypedDocumentString(`
    query VcdaPlaces($id: ID!) {
  node(id: $id) {
    ... on ProtectionGroup {
      groupDetails: details {
        ... on VcdaProtectionGroupDetails {
          source {
            vdcId
          }
          destination {
            vdcId
          }
        }
      }
      replications(first: 500) {
        nodes {
          ...VcdaMachine
        }
      }
    }
    ... on Replication {
      ...VcdaMachine
      machineDetails: details {
        ... on VcdaReplicationDetails {
          source {
            vdcId
          }
          destination {
            vdcId
          }
        }
      }
    }
  }
}
    fragment VcdaMachine on Replication {
  id
  name
  vm {
    vendorId
  }
}`, {"hash":"sha256:aa63d42dc1e683b8b137ededd45c9623438311af459a064ee4bd5f33624dacd1"}) as unknown as TypedDocumentString<VcdaPlacesQuery, VcdaPlacesQueryVariables>;
export const VcdaStoredNetworksDocument = new TypedDocumentString(`
    query VcdaStoredNetworks($id: ID!) {
  node(id: $id) {
    ... on ProtectionGroup {
      groupDetails: details {
        ... on VcdaProtectionGroupDetails {
          networkSettings {
            failover {
              ...VcdaStoredNetworks
            }
            testFailover {
              ...VcdaStoredNetworks
            }
          }
        }
      }
    }
    ... on Replication {
      machineDetails: details {
        ... on VcdaReplicationDetails {
          networkSettings {
            failover {
              ...VcdaStoredNetworks
            }
            testFailover {
              ...VcdaStoredNetworks
            }
          }
        }
      }
    }
  }
}
    fragment VcdaStoredNetworks on VcdaNetworks {
  copySourceNetworks
  connectAllNics
  bridgeNetworks {
    name
  }
  mappings {
    sourceNetworkName
    destinationNetwork {
      name
    }
  }
}`, {"hash":"sha256:e8cbbb01b838d48447f871a479197cde16c632fb50ec815da99d9a70ba66e6fb"}) as unknown as TypedDocumentString<VcdaStoredNetworksQuery, VcdaStoredNetworksQueryVariables>;
export const ZertoCardsDocument = new TypedDocumentString(`
    query ZertoCards($id: ID!) {
  node(id: $id) {
    ... on ProtectionGroup {
      groupDetails: details {
        ... on ZertoProtectionGroupDetails {
          recoveryEntity
        }
      }
      replications(first: 500) {
        nodes {
          id
          name
          details {
            ... on ZertoReplicationDetails {
              vmIdentifier
              nicIds
            }
          }
        }
      }
    }
  }
}
    `, {"hash":"sha256:b146bf2dc356ed6bfa451900882a7ea68165144d94437ec3325890d067d5edd2"}) as unknown as TypedDocumentString<ZertoCardsQuery, ZertoCardsQueryVariables>;
export const ZertoDetailsDocument = new TypedDocumentString(`
    query ZertoDetails($id: ID!) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      groupDetails: details {
        ... on ZertoProtectionGroupDetails {
          vpgType
          status
          statusDescription
          subStatus
          subStatusDescription
          alertStatus
          testStage
          progressPercent
          protectedEntity
          recoveryEntity
          organizationId
          organizationName
          serviceProfileId
          serviceProfileName
          isBackupEnabled
          actualHistoryMinutes
          configuredHistoryMinutes
          earliestCheckpointId
          earliestCheckpointAt
          earliestCheckpointTag
          failSafeHistory {
            actualMinutes
            configuredMinutes
            description
          }
        }
      }
    }
    ... on Replication {
      machineDetails: details {
        ... on ZertoReplicationDetails {
          vmIdentifier
          vpgIdentifier
          vpgName
          priority
          organizationName
          isVmExisting
          isAgentInstalled
          isFileRecoveryEnabled
          lastTestedAt
          iops
          throughputBytesPerSecond
          outgoingBandwidthMbps
          journalHardLimit {
            type
            value
          }
          journalWarningThreshold {
            type
            value
          }
          protectedHostId
          protectedHostName
          protectedDatastoreId
          recoveryHostId
          recoveryHostName
          volumeIds
          nicIds
          networkAdapters {
            name
            networkId
            ipAddresses
          }
          azure {
            resourceGroup
            size
            tags
          }
        }
      }
    }
  }
}
    `, {"hash":"sha256:59ab2c96ea818f9fc2d988fa794074df8271f8c07531674b8de9942c5d8f4a6c"}) as unknown as TypedDocumentString<ZertoDetailsQuery, ZertoDetailsQueryVariables>;