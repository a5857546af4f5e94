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

/** Narrows a list of alerts. What is given must all match; what is left out matches everything. */
export type AlertFilter = {
  /** Only put aside ones, or only the others. */
  isDismissed?: boolean | null | undefined;
  /** Only of these levels. */
  levels?: Array<AlertLevel> | null | undefined;
  /** Only raised by one of these sites. */
  siteIds?: Array<string | number> | null | undefined;
  /** Only about one of these replications or groups. */
  targetIds?: Array<string | number> | null | undefined;
  /** Only of these products. */
  vendors?: Array<Vendor> | null | undefined;
};

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

/** Whether calls are let through to a site. It opens after repeated failures, so that a site in trouble is left alone. */
export type BreakerState =
  /** Calls go through. */
  | 'CLOSED'
  /** One call is let through to find out. */
  | 'HALF_OPEN'
  /** Calls are refused at once. */
  | 'OPEN';

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

/** What was done. */
export type RecoveryKind =
  /** A failover. */
  | 'FAILOVER'
  /** A move. */
  | 'MOVE'
  /** A test failover. */
  | 'TEST_FAILOVER'
  /** The vendor said something that this gateway does not know. */
  | 'UNKNOWN';

/** What became of a recovery that waited for a decision. */
export type RecoveryOutcome =
  /** It was made final. */
  | 'COMMITTED'
  /** It was taken back. */
  | 'ROLLED_BACK';

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

/** Narrows a list of reports. What is given must all match; what is left out matches everything. */
export type RecoveryReportFilter = {
  /** Not begun before this. */
  from?: string | null | undefined;
  /** Only of one of these groups, or machines that are replicated alone. */
  groupIds?: Array<string | number> | null | undefined;
  /** Only of these kinds. */
  kinds?: Array<RecoveryKind> | null | undefined;
  /** Only written down by one of these. */
  sources?: Array<RecoverySource> | null | undefined;
  /** Not begun after this. */
  to?: string | null | undefined;
  /** Only of these products. */
  vendors?: Array<Vendor> | null | undefined;
  /** Only those that went well, or only those that failed; never one of which neither is told. */
  wasSuccessful?: boolean | null | undefined;
};

/** How a list of reports is sorted; the id settles ties. */
export type RecoveryReportOrder = {
  /** Which way it runs. */
  direction?: OrderDirection | null | undefined;
  /** What it is sorted by. */
  field?: RecoveryReportOrderField | null | undefined;
};

/** What a list of reports is sorted by. */
export type RecoveryReportOrderField =
  /** By name, without regard to case. */
  | 'NAME'
  /** By `rtoSeconds`, the shortest first; what was not measured comes last. */
  | 'RTO'
  /** By when it began, the oldest first; what does not tell comes before. */
  | 'STARTED';

/** Who has written a recovery down. */
export type RecoverySource =
  /** Only this gateway: from the tasks that it asked for or saw. */
  | 'GATEWAY'
  /** The vendor has a report of it; what the vendor does not tell comes from here where it was seen here, too. */
  | 'VENDOR';

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

export type AbortCloneMutationVariables = Exact<{
  input: TargetInput;
}>;


export type AbortCloneMutation = { abortClone:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type AlertsQueryVariables = Exact<{
  filter?: AlertFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AlertsQuery = { alerts: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, level: AlertLevel, subject: AlertSubject, code: string | null, description: string, turnedOnAt: string | null, isDismissed: boolean, isDerived: boolean, site: { name: string } | null, targets: Array<
        | { id: string, name: string }
        | { id: string, name: string }
      > }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, problem:
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

export type AuditChainQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditChainQuery = { auditChain: { isWhole: boolean, entryCount: number | null, headHash: string | null, firstBadSequence: number | null, reason: string | null } };

export type AuditLogQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { totalCount: number, nodes: Array<{ sequence: number, at: string, kind: AuditKind, caller: string, operation: Operation, targetId: string | null, targetName: string | null, siteName: string | null, requestId: string | null, operationId: string | null, idempotencyKey: string, reason: string | null, input: unknown, overriddenRisks: Array<string>, evidence: Array<string>, hash: string, target:
        | { id: string, name: string, state: ProtectionState }
        | { id: string, name: string, state: ProtectionState }
       | null, task: { id: string, state: TaskState } | null, problem:
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

export type CommitFailoverMutationVariables = Exact<{
  input: CommitFailoverInput;
}>;


export type CommitFailoverMutation = { commitFailover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type CommitMoveMutationVariables = Exact<{
  input: CommitMoveInput;
}>;


export type CommitMoveMutation = { commitMove:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type CreateCheckpointMutationVariables = Exact<{
  input: CreateCheckpointInput;
}>;


export type CreateCheckpointMutation = { createCheckpoint:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type DismissAlertMutationVariables = Exact<{
  input: AlertInput;
}>;


export type DismissAlertMutation = { dismissAlert:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type EndTestFailoverMutationVariables = Exact<{
  input: EndTestFailoverInput;
}>;


export type EndTestFailoverMutation = { endTestFailover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type FailoverMutationVariables = Exact<{
  input: FailoverInput;
}>;


export type FailoverMutation = { failover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type MachineReadinessQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MachineReadinessQuery = { replications: { nodes: Array<{ id: string, name: string, readiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MoveMutationVariables = Exact<{
  input: MoveInput;
}>;


export type MoveMutation = { move:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { node:
    | { __typename: 'Alert', id: string }
    | { __typename: 'ProtectionGroup', name: string, state: ProtectionState, health: Health, id: string }
    | { __typename: 'RecoveryPoint', takenAt: string, tag: string | null, id: string }
    | { __typename: 'RecoveryReport', id: string }
    | { __typename: 'Replication', name: string, state: ProtectionState, health: Health, id: string }
    | { __typename: 'Site', name: string, id: string }
    | { __typename: 'Task', operation: Operation, targetName: string | null, id: string, taskState: TaskState }
   | null };

export type NodesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'Alert', id: string }
    | { __typename: 'ProtectionGroup', name: string, id: string, recoveryPoints: { totalCount: number, nodes: Array<{ id: string, takenAt: string, tag: string | null }>, coverage: Array<{ problem:
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
    | { __typename: 'RecoveryPoint', id: string }
    | { __typename: 'RecoveryReport', id: string }
    | { __typename: 'Replication', name: string, id: string, recoveryPoints: { nodes: Array<{ id: string, takenAt: string, transferBytes: number | null }> } }
    | { __typename: 'Site', id: string }
    | { __typename: 'Task', id: string }
   | null> };

export type OverviewQueryVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  maxAgeSeconds?: number | null | undefined;
}>;


export type OverviewQuery = { overview: { asOf: string | null, unprotectedVmCount: number | null, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
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
       | null }>, totals: { targetCount: number, groupCount: number, vmCount: number, unhealthyCount: number, storage: { provisionedBytes: number | null, usedBytes: number | null, journalUsedBytes: number | null } }, byVendor: Array<{ vendor: Vendor, totals: { targetCount: number, groupCount: number, vmCount: number, unhealthyCount: number } }>, bySite: Array<{ site: { id: string, name: string, connection: { state: ConnectionState, lastSuccessAt: string | null } | null }, asSource: { targetCount: number, vmCount: number }, asDestination: { targetCount: number, vmCount: number, storage: { journalUsedBytes: number | null } } }>, byHealth: Array<{ health: Health, count: number }>, byState: Array<{ state: ProtectionState, count: number }>, rpo: { meeting: number, violating: number, neverSynced: number, notMeasured: number, percentMeeting: number | null, worst: Array<
        | { id: string, name: string, rpo: { actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
        | { id: string, name: string, rpo: { actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null } }
      > }, tests: { inTime: number, overdue: number, never: number, oldestAt: string | null, byAge: Array<{ overDays: number, upToDays: number | null, count: number }>, oldest:
        | { id: string, name: string }
        | { id: string, name: string }
       | null }, readiness: Array<{ verdict: ReadinessVerdict, count: number }>, awaitingDecision: Array<
      | { id: string, name: string, recovery: { phase: RecoveryPhase, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null } }
      | { id: string, name: string, recovery: { phase: RecoveryPhase, commitPolicy: CommitPolicy | null, autoDecisionAt: string | null } }
    >, runningTasks: Array<{ id: string, operation: Operation, state: TaskState, progressPercent: number | null, targetName: string | null }> | null, doublyProtected: Array<{ name: string, knownBy: SameMachineSign, protections: Array<{ id: string, vendor: Vendor, group: { id: string, name: string } | null }> }> } };

export type PauseReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type PauseReplicationMutation = { pauseReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type PlanFailoverQueryVariables = Exact<{
  input: PlanFailoverInput;
}>;


export type PlanFailoverQuery = { planFailover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, target:
        | { id: string, vendor: Vendor }
        | { id: string, vendor: Vendor }
       | null, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, site: { id: string, configuredName: string | null } | null, problem:
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
         | null }>, recoveryPoint: { id: string, takenAt: string } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string, ids: Array<string> }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string }
   };

export type PlanMoveQueryVariables = Exact<{
  input: PlanMoveInput;
}>;


export type PlanMoveQuery = { planMove:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, target:
        | { id: string, vendor: Vendor }
        | { id: string, vendor: Vendor }
       | null, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, site: { id: string, configuredName: string | null } | null, problem:
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
         | null }>, recoveryPoint: { id: string, takenAt: string } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string, ids: Array<string> }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string }
   };

export type ProtectionEventsSubscriptionVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  replicationFilter?: ReplicationFilter | null | undefined;
  kinds?: Array<TargetKind> | TargetKind | null | undefined;
  after?: string | null | undefined;
}>;


export type ProtectionEventsSubscription = { protectionEvents: { cursor: string, kind: ChangeKind, at: string, targetId: string | null, changedFields: Array<string>, totalCount: number | null, missedEvents: number | null, target:
      | { id: string, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict } }
      | { id: string, name: string, state: ProtectionState, health: Health, isStale: boolean, rpo: { verdict: RpoVerdict } }
     | null } };

export type ProtectionGroupsQueryVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  orderBy?: ProtectionGroupOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProtectionGroupsQuery = { protectionGroups: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, name: string, priority: Priority | null, vmCount: number, purpose: ReplicationPurpose, state: ProtectionState, health: Health, lastTestedAt: string | null, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, actualSeconds: number | null, targetSeconds: number | null, violationSeconds: number | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, recovery: { phase: RecoveryPhase, isTestRunning: boolean }, replications: { nodes: Array<{ id: string, name: string, state: ProtectionState }> }, actions: Array<{ action: Action, available: boolean, reason: string | null, safety: SafetyClass }>, observations: Array<{ observedAt: string, site: { name: string } }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, problem:
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

export type ProtectionProfilesQueryVariables = Exact<{
  siteId: string | number;
}>;


export type ProtectionProfilesQuery = { protectionProfiles: Array<{ vendorId: string, name: string, description: string | null, rpoSeconds: number | null, journalHistorySeconds: number | null, isQuiesced: boolean | null, testIntervalSeconds: number | null, retentionRules: Array<{ count: number, distanceSeconds: number }> }> };

export type GroupReadinessQueryVariables = Exact<{
  filter?: ProtectionGroupFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type GroupReadinessQuery = { protectionGroups: { nodes: Array<{ id: string, vendor: Vendor, name: string, state: ProtectionState, lastTestedAt: string | null, testDueAt: string | null, readiness: { verdict: ReadinessVerdict, checks: Array<{ name: ReadinessCheckName, verdict: ReadinessVerdict, detail: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

type PlanOutcome_IdempotencyMismatch_Fragment = { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string };

type PlanOutcome_InvalidInput_Fragment = { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> };

type PlanOutcome_InvalidState_Fragment = { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> };

type PlanOutcome_NotFound_Fragment = { __typename: 'NotFound', code: ProblemCode, message: string };

type PlanOutcome_PermissionDenied_Fragment = { __typename: 'PermissionDenied', code: ProblemCode, message: string };

type PlanOutcome_PlanChanged_Fragment = { __typename: 'PlanChanged', code: ProblemCode, message: string };

type PlanOutcome_RecoveryPlan_Fragment = { __typename: 'RecoveryPlan', operation: Action, targetName: string, state: ProtectionState, lossSeconds: number | null, planToken: string, plannedAt: string, target:
    | { id: string, vendor: Vendor }
    | { id: string, vendor: Vendor }
   | null, sites: Array<{ role: SiteRole, siteName: string, isReachable: boolean | null, state: ProtectionState | null, vendorState: string | null, site: { id: string, configuredName: string | null } | null, problem:
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
     | null }>, recoveryPoint: { id: string, takenAt: string } | null, machines: Array<{ replicationId: string, name: string, startup: { order: number | null, startDelaySeconds: number | null } | null }>, calls: Array<{ method: string, path: string, body: unknown }>, decision: { policy: CommitPolicy, afterSeconds: number | null } | null, warnings: Array<{ code: PlanWarningCode, message: string, ids: Array<string> }>, expectedDuration: { seconds: number, runCount: number, basis: DurationBasis } | null };

type PlanOutcome_SplitBrainRisk_Fragment = { __typename: 'SplitBrainRisk', code: ProblemCode, message: string };

type PlanOutcome_StoreProblem_Fragment = { __typename: 'StoreProblem', code: ProblemCode, message: string };

type PlanOutcome_Unsupported_Fragment = { __typename: 'Unsupported', code: ProblemCode, message: string };

type PlanOutcome_VendorProblem_Fragment = { __typename: 'VendorProblem', code: ProblemCode, message: string };

export type PlanOutcomeFragment =
  | PlanOutcome_IdempotencyMismatch_Fragment
  | PlanOutcome_InvalidInput_Fragment
  | PlanOutcome_InvalidState_Fragment
  | PlanOutcome_NotFound_Fragment
  | PlanOutcome_PermissionDenied_Fragment
  | PlanOutcome_PlanChanged_Fragment
  | PlanOutcome_RecoveryPlan_Fragment
  | PlanOutcome_SplitBrainRisk_Fragment
  | PlanOutcome_StoreProblem_Fragment
  | PlanOutcome_Unsupported_Fragment
  | PlanOutcome_VendorProblem_Fragment
;

export type RecoveryReportsQueryVariables = Exact<{
  filter?: RecoveryReportFilter | null | undefined;
  orderBy?: RecoveryReportOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RecoveryReportsQuery = { recoveryReports: { totalCount: number, nodes: Array<{ id: string, source: RecoverySource, vendor: Vendor, kind: RecoveryKind, name: string, protectedSiteName: string | null, recoverySiteName: string | null, startedAt: string | null, endedAt: string | null, rtoSeconds: number | null, recoveredTo: string | null, wasSuccessful: boolean | null, initiatedBy: string | null, reason: string | null, notes: string | null, vmNames: Array<string>, group:
        | { id: string }
        | { id: string }
       | null, task: { id: string } | null, decision: { outcome: RecoveryOutcome, decidedBy: string | null, decidedAt: string | null, reason: string | null } | null, steps: Array<{ description: string, result: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness }> } };

export type RefreshSessionMutationVariables = Exact<{
  token: string;
}>;


export type RefreshSessionMutation = { refreshSession: { name: string, scopes: Array<string>, expiresAt: string | null } };

export type ReplicationsQueryVariables = Exact<{
  filter?: ReplicationFilter | null | undefined;
  orderBy?: ReplicationOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReplicationsQuery = { replications: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, name: string, state: ProtectionState, vendorState: string, health: Health, purpose: ReplicationPurpose, source: { organization: string | null, site: { id: string, name: string } }, destination: { organization: string | null, site: { id: string, name: string } }, rpo: { verdict: RpoVerdict, targetSeconds: number | null, actualSeconds: number | null, violationSeconds: number | null, lastSyncedAt: string | null }, storage: { provisionedBytes: number | null, usedBytes: number | null }, sync: { percent: number | null } | null, vm: { name: string, computerName: string | null, cpuCount: number | null, memoryBytes: number | null }, group: { id: string, name: string } | null, latestRecoveryPoint: { takenAt: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ siteName: string, completeness: Completeness, observedAt: string | null, problem:
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

export type ResumeReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ResumeReplicationMutation = { resumeReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type ReverseReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type ReverseReplicationMutation = { reverseReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type RollbackFailoverMutationVariables = Exact<{
  input: TargetInput;
}>;


export type RollbackFailoverMutation = { rollbackFailover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type RollbackMoveMutationVariables = Exact<{
  input: TargetInput;
}>;


export type RollbackMoveMutation = { rollbackMove:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type RpoHistoryQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
  buckets?: number | null | undefined;
}>;


export type RpoHistoryQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ProtectionGroup', name: string, rpoHistory: Array<{ from: string, to: string, sampleCount: number, minSeconds: number | null, maxSeconds: number | null, averageSeconds: number | null, targetSeconds: number | null, verdict: RpoVerdict | null }> }
    | { __typename: 'RecoveryPoint' }
    | { __typename: 'RecoveryReport' }
    | { __typename: 'Replication' }
    | { __typename: 'Site' }
    | { __typename: 'Task' }
   | null };

export type SiteConditionQueryVariables = Exact<{
  id: string | number;
}>;


export type SiteConditionQuery = { node:
    | { name: string, license: { type: string | null, isLicensed: boolean, expiresAt: string | null, maxVms: number | null, usedVms: number | null } | null, appliances: Array<{ name: string, hostName: string | null, status: string, version: string | null, ipAddress: string | null }> | null, health: Array<{ part: string, isHealthy: boolean, message: string | null }> | null }
    | Record<PropertyKey, never>
   | null };

export type SiteResourcesQueryVariables = Exact<{
  siteId: string | number;
  kind: ResourceKind;
  atSiteId?: string | number | null | undefined;
  parentVendorId?: string | null | undefined;
  text?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SiteResourcesQuery = { siteResources: { totalCount: number, nodes: Array<{ kind: ResourceKind, vendorId: string, name: string, parentVendorId: string | null, organization: string | null, capacityBytes: number | null, freeBytes: number | null, status: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, coverage: Array<{ problem:
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

export type SitesQueryVariables = Exact<{ [key: string]: never; }>;


export type SitesQuery = { sites: Array<{ id: string, name: string, vendor: Vendor, isConfigured: boolean, productVersion: string | null, capabilities: Array<Capability>, connection: { url: string | null, state: ConnectionState, breaker: BreakerState, lastSuccessAt: string | null, certificateExpiresAt: string | null, clockSkewMs: number | null, lastProblem:
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
       | null } | null, peers: Array<{ name: string }> }> };

export type StartCloneMutationVariables = Exact<{
  input: StartCloneInput;
}>;


export type StartCloneMutation = { startClone:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type StartReplicationMutationVariables = Exact<{
  input: StartReplicationInput;
}>;


export type StartReplicationMutation = { startReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type StopReplicationMutationVariables = Exact<{
  input: StopReplicationInput;
}>;


export type StopReplicationMutation = { stopReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type SyncReplicationMutationVariables = Exact<{
  input: TargetInput;
}>;


export type SyncReplicationMutation = { syncReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type TargetPastQueryVariables = Exact<{
  id: string | number;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type TargetPastQuery = { node:
    | { name: string, alerts: Array<{ level: AlertLevel, description: string }>, history: { nodes: Array<{ at: string, vendorOperation: string, description: string, user: string | null, wasSuccessful: boolean | null }>, coverage: Array<{ problem:
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
    | { name: string, alerts: Array<{ level: AlertLevel, description: string }>, history: { nodes: Array<{ at: string, vendorOperation: string, description: string, user: string | null, wasSuccessful: boolean | null }>, coverage: Array<{ problem:
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
           | null }> }, usage: Array<{ at: string, bytes: number }> | null }
    | Record<PropertyKey, never>
   | null };

export type TaskEventsSubscriptionVariables = Exact<{
  filter?: TaskFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type TaskEventsSubscription = { taskEvents: { cursor: string, kind: EventKind, at: string, missedEvents: number | null, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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

export type TaskProgressSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type TaskProgressSubscription = { taskProgress: { cursor: string, kind: EventKind, at: string, missedEvents: number | null, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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

type TaskOutcome_IdempotencyMismatch_Fragment = { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string };

type TaskOutcome_InvalidInput_Fragment = { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> };

type TaskOutcome_InvalidState_Fragment = { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> };

type TaskOutcome_NotFound_Fragment = { __typename: 'NotFound', code: ProblemCode, message: string };

type TaskOutcome_PermissionDenied_Fragment = { __typename: 'PermissionDenied', code: ProblemCode, message: string };

type TaskOutcome_PlanChanged_Fragment = { __typename: 'PlanChanged', code: ProblemCode, message: string };

type TaskOutcome_SplitBrainRisk_Fragment = { __typename: 'SplitBrainRisk', code: ProblemCode, message: string };

type TaskOutcome_StoreProblem_Fragment = { __typename: 'StoreProblem', code: ProblemCode, message: string };

type TaskOutcome_TaskStarted_Fragment = { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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

type TaskOutcome_Unsupported_Fragment = { __typename: 'Unsupported', code: ProblemCode, message: string };

type TaskOutcome_VendorProblem_Fragment = { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null };

export type TaskOutcomeFragment =
  | TaskOutcome_IdempotencyMismatch_Fragment
  | TaskOutcome_InvalidInput_Fragment
  | TaskOutcome_InvalidState_Fragment
  | TaskOutcome_NotFound_Fragment
  | TaskOutcome_PermissionDenied_Fragment
  | TaskOutcome_PlanChanged_Fragment
  | TaskOutcome_SplitBrainRisk_Fragment
  | TaskOutcome_StoreProblem_Fragment
  | TaskOutcome_TaskStarted_Fragment
  | TaskOutcome_Unsupported_Fragment
  | TaskOutcome_VendorProblem_Fragment
;

export type TaskSummaryFragment = { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TasksQuery = { tasks: { totalCount: number, nodes: Array<{ id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, request: { requestedBy: string, requestedAt: string, reason: string | null, sent: Array<{ method: string, path: string, body: unknown }> } | null, problem:
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

export type TestFailoverMutationVariables = Exact<{
  input: TestFailoverInput;
}>;


export type TestFailoverMutation = { testFailover:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type UndismissAlertMutationVariables = Exact<{
  input: AlertInput;
}>;


export type UndismissAlertMutation = { undismissAlert:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type UnprotectedVmsQueryVariables = Exact<{
  siteId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UnprotectedVmsQuery = { unprotectedVms: { totalCount: number, nodes: Array<{ vendorId: string, name: string, parentVendorId: string | null, organization: string | null }>, coverage: Array<{ problem:
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

export type UpdateReplicationMutationVariables = Exact<{
  input: UpdateReplicationInput;
}>;


export type UpdateReplicationMutation = { updateReplication:
    | { __typename: 'IdempotencyMismatch', code: ProblemCode, message: string }
    | { __typename: 'InvalidInput', code: ProblemCode, message: string, fields: Array<{ path: string, message: string }> }
    | { __typename: 'InvalidState', code: ProblemCode, message: string, state: ProtectionState, availableActions: Array<Action> }
    | { __typename: 'NotFound', code: ProblemCode, message: string }
    | { __typename: 'PermissionDenied', code: ProblemCode, message: string }
    | { __typename: 'PlanChanged', code: ProblemCode, message: string }
    | { __typename: 'SplitBrainRisk', code: ProblemCode, message: string }
    | { __typename: 'StoreProblem', code: ProblemCode, message: string }
    | { __typename: 'TaskStarted', replayed: boolean, task: { id: string, vendor: Vendor, operation: Operation, state: TaskState, stage: string | null, progressPercent: number | null, etaSeconds: number | null, targetName: string | null, startedAt: string, updatedAt: string, endedAt: string | null, startedBy: string | null, problem:
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
    | { __typename: 'Unsupported', code: ProblemCode, message: string }
    | { __typename: 'VendorProblem', code: ProblemCode, message: string, siteName: string, vendorCode: string | null, vendorMessage: string | null, retryAfterSeconds: number | null }
   };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, scopes: Array<string>, expiresAt: string | null, isAnonymous: boolean, grants: Array<{ scopes: Array<string>, sites: Array<string> | null, organizations: Array<string> | null }> } };

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
export const PlanOutcomeFragmentDoc = new TypedDocumentString(`
    fragment PlanOutcome on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    target {
      id
      vendor
    }
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      site {
        id
        configuredName
      }
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
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
      ids
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
}
    `, {"fragmentName":"PlanOutcome"}) as unknown as TypedDocumentString<PlanOutcomeFragment, unknown>;
export const TaskSummaryFragmentDoc = new TypedDocumentString(`
    fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}
    `, {"fragmentName":"TaskSummary"}) as unknown as TypedDocumentString<TaskSummaryFragment, unknown>;
export const TaskOutcomeFragmentDoc = new TypedDocumentString(`
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
    fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`, {"fragmentName":"TaskOutcome"}) as unknown as TypedDocumentString<TaskOutcomeFragment, unknown>;
export const AbortCloneDocument = new TypedDocumentString(`
    mutation AbortClone($input: TargetInput!) {
  abortClone(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<AbortCloneMutation, AbortCloneMutationVariables>;
export const AlertsDocument = new TypedDocumentString(`
    query Alerts($filter: AlertFilter, $first: Int = 50, $after: String) {
  alerts(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      id
      vendor
      level
      subject
      code
      description
      turnedOnAt
      isDismissed
      isDerived
      site {
        name
      }
      targets {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      siteName
      completeness
      problem {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AlertsQuery, AlertsQueryVariables>;
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
    `) as unknown as TypedDocumentString<AuditChainQuery, AuditChainQueryVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($filter: AuditFilter, $first: Int = 50, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      sequence
      at
      kind
      caller
      operation
      target {
        id
        name
        state
      }
      targetId
      targetName
      siteName
      task {
        id
        state
      }
      requestId
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
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const CommitFailoverDocument = new TypedDocumentString(`
    mutation CommitFailover($input: CommitFailoverInput!) {
  commitFailover(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<CommitFailoverMutation, CommitFailoverMutationVariables>;
export const CommitMoveDocument = new TypedDocumentString(`
    mutation CommitMove($input: CommitMoveInput!) {
  commitMove(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<CommitMoveMutation, CommitMoveMutationVariables>;
export const CreateCheckpointDocument = new TypedDocumentString(`
    mutation CreateCheckpoint($input: CreateCheckpointInput!) {
  createCheckpoint(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<CreateCheckpointMutation, CreateCheckpointMutationVariables>;
export const DismissAlertDocument = new TypedDocumentString(`
    mutation DismissAlert($input: AlertInput!) {
  dismissAlert(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<DismissAlertMutation, DismissAlertMutationVariables>;
export const EndTestFailoverDocument = new TypedDocumentString(`
    mutation EndTestFailover($input: EndTestFailoverInput!) {
  endTestFailover(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<EndTestFailoverMutation, EndTestFailoverMutationVariables>;
export const FailoverDocument = new TypedDocumentString(`
    mutation Failover($input: FailoverInput!) {
  failover(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<FailoverMutation, FailoverMutationVariables>;
export const MachineReadinessDocument = new TypedDocumentString(`
    query MachineReadiness($first: Int = 50, $after: String) {
  replications(filter: { isGrouped: false }, first: $first, after: $after) {
    nodes {
      id
      name
      readiness {
        verdict
        checks {
          name
          verdict
          detail
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<MachineReadinessQuery, MachineReadinessQueryVariables>;
export const MoveDocument = new TypedDocumentString(`
    mutation Move($input: MoveInput!) {
  move(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<MoveMutation, MoveMutationVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on RecoveryTarget {
      name
      state
      health
    }
    ... on Site {
      name
    }
    ... on RecoveryPoint {
      takenAt
      tag
    }
    ... on Task {
      operation
      targetName
      taskState: state
    }
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const NodesDocument = new TypedDocumentString(`
    query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on ProtectionGroup {
      name
      recoveryPoints(first: 5) {
        totalCount
        nodes {
          id
          takenAt
          tag
        }
        coverage {
          problem {
            code
            message
          }
        }
      }
    }
    ... on Replication {
      name
      recoveryPoints(first: 5) {
        nodes {
          id
          takenAt
          transferBytes
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<NodesQuery, NodesQueryVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview($filter: ProtectionGroupFilter, $maxAgeSeconds: Int) {
  overview(filter: $filter, maxAgeSeconds: $maxAgeSeconds) {
    asOf
    coverage {
      siteName
      completeness
      observedAt
      problem {
        code
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
        groupCount
        vmCount
        unhealthyCount
      }
    }
    bySite {
      site {
        id
        name
        connection {
          state
          lastSuccessAt
        }
      }
      asSource {
        targetCount
        vmCount
      }
      asDestination {
        targetCount
        vmCount
        storage {
          journalUsedBytes
        }
      }
    }
    byHealth {
      health
      count
    }
    byState {
      state
      count
    }
    rpo {
      meeting
      violating
      neverSynced
      notMeasured
      percentMeeting
      worst(first: 5) {
        id
        name
        rpo {
          actualSeconds
          targetSeconds
          violationSeconds
        }
      }
    }
    tests {
      inTime
      overdue
      never
      byAge {
        overDays
        upToDays
        count
      }
      oldestAt
      oldest {
        id
        name
      }
    }
    readiness {
      verdict
      count
    }
    awaitingDecision {
      id
      name
      recovery {
        phase
        commitPolicy
        autoDecisionAt
      }
    }
    runningTasks {
      id
      operation
      state
      progressPercent
      targetName
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
    unprotectedVmCount
  }
}
    `) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const PauseReplicationDocument = new TypedDocumentString(`
    mutation PauseReplication($input: TargetInput!) {
  pauseReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<PauseReplicationMutation, PauseReplicationMutationVariables>;
export const PlanFailoverDocument = new TypedDocumentString(`
    query PlanFailover($input: PlanFailoverInput!) {
  planFailover(input: $input) {
    ...PlanOutcome
  }
}
    fragment PlanOutcome on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    target {
      id
      vendor
    }
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      site {
        id
        configuredName
      }
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
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
      ids
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
}`) as unknown as TypedDocumentString<PlanFailoverQuery, PlanFailoverQueryVariables>;
export const PlanMoveDocument = new TypedDocumentString(`
    query PlanMove($input: PlanMoveInput!) {
  planMove(input: $input) {
    ...PlanOutcome
  }
}
    fragment PlanOutcome on PlanResult {
  __typename
  ... on RecoveryPlan {
    operation
    targetName
    state
    target {
      id
      vendor
    }
    sites {
      role
      siteName
      isReachable
      state
      vendorState
      site {
        id
        configuredName
      }
      problem {
        code
        message
      }
    }
    recoveryPoint {
      id
      takenAt
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
      ids
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
}`) as unknown as TypedDocumentString<PlanMoveQuery, PlanMoveQueryVariables>;
export const ProtectionEventsDocument = new TypedDocumentString(`
    subscription ProtectionEvents($filter: ProtectionGroupFilter, $replicationFilter: ReplicationFilter, $kinds: [TargetKind!], $after: Cursor) {
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
    target {
      id
      name
      state
      health
      rpo {
        verdict
      }
      isStale
    }
    changedFields
    totalCount
    missedEvents
  }
}
    `) as unknown as TypedDocumentString<ProtectionEventsSubscription, ProtectionEventsSubscriptionVariables>;
export const ProtectionGroupsDocument = new TypedDocumentString(`
    query ProtectionGroups($filter: ProtectionGroupFilter, $orderBy: ProtectionGroupOrder, $first: Int = 50, $after: String) {
  protectionGroups(
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    totalCount
    nodes {
      id
      vendor
      name
      priority
      vmCount
      purpose
      source {
        site {
          id
          name
        }
        organization
      }
      destination {
        site {
          id
          name
        }
        organization
      }
      state
      health
      rpo {
        verdict
        actualSeconds
        targetSeconds
        violationSeconds
      }
      storage {
        provisionedBytes
        usedBytes
      }
      recovery {
        phase
        isTestRunning
      }
      lastTestedAt
      replications(first: 10) {
        nodes {
          id
          name
          state
        }
      }
      actions {
        action
        available
        reason
        safety
      }
      observations {
        site {
          name
        }
        observedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      siteName
      completeness
      problem {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProtectionGroupsQuery, ProtectionGroupsQueryVariables>;
export const ProtectionProfilesDocument = new TypedDocumentString(`
    query ProtectionProfiles($siteId: ID!) {
  protectionProfiles(siteId: $siteId) {
    vendorId
    name
    description
    rpoSeconds
    journalHistorySeconds
    retentionRules {
      count
      distanceSeconds
    }
    isQuiesced
    testIntervalSeconds
  }
}
    `) as unknown as TypedDocumentString<ProtectionProfilesQuery, ProtectionProfilesQueryVariables>;
export const GroupReadinessDocument = new TypedDocumentString(`
    query GroupReadiness($filter: ProtectionGroupFilter, $first: Int = 50, $after: String) {
  protectionGroups(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      vendor
      name
      state
      lastTestedAt
      testDueAt
      readiness {
        verdict
        checks {
          name
          verdict
          detail
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<GroupReadinessQuery, GroupReadinessQueryVariables>;
export const RecoveryReportsDocument = new TypedDocumentString(`
    query RecoveryReports($filter: RecoveryReportFilter, $orderBy: RecoveryReportOrder, $first: Int = 50, $after: String) {
  recoveryReports(
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    totalCount
    nodes {
      id
      source
      vendor
      kind
      name
      group {
        id
      }
      protectedSiteName
      recoverySiteName
      startedAt
      endedAt
      rtoSeconds
      recoveredTo
      wasSuccessful
      initiatedBy
      task {
        id
      }
      reason
      decision {
        outcome
        decidedBy
        decidedAt
        reason
      }
      notes
      vmNames
      steps {
        description
        result
      }
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
    `) as unknown as TypedDocumentString<RecoveryReportsQuery, RecoveryReportsQueryVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($token: String!) {
  refreshSession(token: $token) {
    name
    scopes
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const ReplicationsDocument = new TypedDocumentString(`
    query Replications($filter: ReplicationFilter, $orderBy: ReplicationOrder, $first: Int = 50, $after: String) {
  replications(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    nodes {
      id
      vendor
      name
      state
      vendorState
      health
      purpose
      source {
        site {
          id
          name
        }
        organization
      }
      destination {
        site {
          id
          name
        }
        organization
      }
      rpo {
        verdict
        targetSeconds
        actualSeconds
        violationSeconds
        lastSyncedAt
      }
      storage {
        provisionedBytes
        usedBytes
      }
      sync {
        percent
      }
      vm {
        name
        computerName
        cpuCount
        memoryBytes
      }
      group {
        id
        name
      }
      latestRecoveryPoint {
        takenAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    coverage {
      siteName
      completeness
      observedAt
      problem {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReplicationsQuery, ReplicationsQueryVariables>;
export const ResumeReplicationDocument = new TypedDocumentString(`
    mutation ResumeReplication($input: TargetInput!) {
  resumeReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<ResumeReplicationMutation, ResumeReplicationMutationVariables>;
export const ReverseReplicationDocument = new TypedDocumentString(`
    mutation ReverseReplication($input: TargetInput!) {
  reverseReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<ReverseReplicationMutation, ReverseReplicationMutationVariables>;
export const RollbackFailoverDocument = new TypedDocumentString(`
    mutation RollbackFailover($input: TargetInput!) {
  rollbackFailover(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<RollbackFailoverMutation, RollbackFailoverMutationVariables>;
export const RollbackMoveDocument = new TypedDocumentString(`
    mutation RollbackMove($input: TargetInput!) {
  rollbackMove(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<RollbackMoveMutation, RollbackMoveMutationVariables>;
export const RpoHistoryDocument = new TypedDocumentString(`
    query RpoHistory($id: ID!, $from: DateTime!, $to: DateTime!, $buckets: Int = 60) {
  node(id: $id) {
    __typename
    ... on ProtectionGroup {
      name
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
    `) as unknown as TypedDocumentString<RpoHistoryQuery, RpoHistoryQueryVariables>;
export const SiteConditionDocument = new TypedDocumentString(`
    query SiteCondition($id: ID!) {
  node(id: $id) {
    ... on Site {
      name
      license {
        type
        isLicensed
        expiresAt
        maxVms
        usedVms
      }
      appliances {
        name
        hostName
        status
        version
        ipAddress
      }
      health {
        part
        isHealthy
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SiteConditionQuery, SiteConditionQueryVariables>;
export const SiteResourcesDocument = new TypedDocumentString(`
    query SiteResources($siteId: ID!, $kind: ResourceKind!, $atSiteId: ID, $parentVendorId: String, $text: String, $first: Int = 50, $after: String) {
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
      kind
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
      problem {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SiteResourcesQuery, SiteResourcesQueryVariables>;
export const SitesDocument = new TypedDocumentString(`
    query Sites {
  sites {
    id
    name
    vendor
    isConfigured
    productVersion
    capabilities
    connection {
      url
      state
      breaker
      lastSuccessAt
      certificateExpiresAt
      clockSkewMs
      lastProblem {
        code
        message
      }
    }
    peers {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<SitesQuery, SitesQueryVariables>;
export const StartCloneDocument = new TypedDocumentString(`
    mutation StartClone($input: StartCloneInput!) {
  startClone(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<StartCloneMutation, StartCloneMutationVariables>;
export const StartReplicationDocument = new TypedDocumentString(`
    mutation StartReplication($input: StartReplicationInput!) {
  startReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<StartReplicationMutation, StartReplicationMutationVariables>;
export const StopReplicationDocument = new TypedDocumentString(`
    mutation StopReplication($input: StopReplicationInput!) {
  stopReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<StopReplicationMutation, StopReplicationMutationVariables>;
export const SyncReplicationDocument = new TypedDocumentString(`
    mutation SyncReplication($input: TargetInput!) {
  syncReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<SyncReplicationMutation, SyncReplicationMutationVariables>;
export const TargetPastDocument = new TypedDocumentString(`
    query TargetPast($id: ID!, $from: DateTime, $to: DateTime) {
  node(id: $id) {
    ... on ProtectionGroup {
      name
      alerts {
        level
        description
      }
      history(first: 20, from: $from, to: $to) {
        nodes {
          at
          vendorOperation
          description
          user
          wasSuccessful
        }
        coverage {
          problem {
            code
            message
          }
        }
      }
    }
    ... on Replication {
      name
      alerts {
        level
        description
      }
      history(first: 20, from: $from, to: $to) {
        nodes {
          at
          vendorOperation
          description
          user
          wasSuccessful
        }
        coverage {
          problem {
            code
            message
          }
        }
      }
      usage(metric: TRAFFIC, from: $from, to: $to) {
        at
        bytes
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TargetPastQuery, TargetPastQueryVariables>;
export const TaskEventsDocument = new TypedDocumentString(`
    subscription TaskEvents($filter: TaskFilter, $after: Cursor) {
  taskEvents(filter: $filter, after: $after) {
    cursor
    kind
    at
    missedEvents
    task {
      ...TaskSummary
    }
  }
}
    fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<TaskEventsSubscription, TaskEventsSubscriptionVariables>;
export const TaskProgressDocument = new TypedDocumentString(`
    subscription TaskProgress($id: ID!, $after: Cursor) {
  taskProgress(id: $id, after: $after) {
    cursor
    kind
    at
    missedEvents
    task {
      ...TaskSummary
    }
  }
}
    fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<TaskProgressSubscription, TaskProgressSubscriptionVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($filter: TaskFilter, $first: Int = 20, $after: String) {
  tasks(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      ...TaskSummary
      request {
        requestedBy
        requestedAt
        reason
        sent {
          method
          path
          body
        }
      }
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
    fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const TestFailoverDocument = new TypedDocumentString(`
    mutation TestFailover($input: TestFailoverInput!) {
  testFailover(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<TestFailoverMutation, TestFailoverMutationVariables>;
export const UndismissAlertDocument = new TypedDocumentString(`
    mutation UndismissAlert($input: AlertInput!) {
  undismissAlert(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<UndismissAlertMutation, UndismissAlertMutationVariables>;
export const UnprotectedVmsDocument = new TypedDocumentString(`
    query UnprotectedVms($siteId: ID!, $first: Int = 50, $after: String) {
  unprotectedVms(siteId: $siteId, first: $first, after: $after) {
    totalCount
    nodes {
      vendorId
      name
      parentVendorId
      organization
    }
    coverage {
      problem {
        code
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UnprotectedVmsQuery, UnprotectedVmsQueryVariables>;
export const UpdateReplicationDocument = new TypedDocumentString(`
    mutation UpdateReplication($input: UpdateReplicationInput!) {
  updateReplication(input: $input) {
    ...TaskOutcome
  }
}
    fragment TaskOutcome on TaskResult {
  __typename
  ... on TaskStarted {
    replayed
    task {
      ...TaskSummary
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
  ... on VendorProblem {
    siteName
    vendorCode
    vendorMessage
    retryAfterSeconds
  }
}
fragment TaskSummary on Task {
  id
  vendor
  operation
  state
  stage
  progressPercent
  etaSeconds
  targetName
  startedAt
  updatedAt
  endedAt
  startedBy
  problem {
    code
    message
  }
}`) as unknown as TypedDocumentString<UpdateReplicationMutation, UpdateReplicationMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    scopes
    grants {
      scopes
      sites
      organizations
    }
    expiresAt
    isAnonymous
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;