import type { Action, SafetyClass } from '../../domain/actions.ts'
import { capabilityNames, type Capability } from '../../domain/capabilities.ts'
import type {
  CommitPolicy,
  Health,
  HypervisorKind,
  ObservationRole,
  Priority,
  ProtectionState,
  RecoveryPhase,
  ReplicationPurpose,
} from '../../domain/protection.ts'
import type { RpoVerdict } from '../../domain/rpo.ts'
import { recordOf } from '../../std/record-of.ts'
import { describedEnum } from '../described-enum.ts'

export const ProtectionStateEnum = describedEnum<ProtectionState>(
  'ProtectionState',
  "Where a replication or group stands. `vendorState` beside it keeps the vendor's own words.",
  {
    INITIALIZING: 'The first full copy is being made.',
    SYNCING: 'Data is being transferred.',
    PROTECTED: 'Protected, and meeting its targets.',
    NOT_MEETING_TARGET: 'Protected, but later or shorter than promised.',
    PAUSED: 'Paused: nothing is transferred.',
    TESTING: 'A test failover runs, and protection stands still meanwhile.',
    FAILING_OVER: 'A failover is running.',
    MOVING: 'A move is running.',
    AWAITING_COMMIT: 'A failover or move waits for commit or rollback.',
    COMMITTING: 'A commit is running.',
    ROLLING_BACK: 'A rollback is running.',
    RECOVERED: 'The machine runs at the destination.',
    NEEDS_CONFIGURATION: 'Settings are missing at the vendor: nothing is protected.',
    DISCONNECTED: 'The two sites do not see each other.',
    ERROR: 'The vendor reports an error.',
    DELETING: 'The protection is being removed.',
    UNKNOWN: 'The vendor said something that this gateway does not know: see `vendorState`.',
  },
)

export const HealthEnum = describedEnum<Health>('Health', 'How much attention it needs.', {
  HEALTHY: 'Nothing to do.',
  WARNING: 'Look at it.',
  CRITICAL: 'Look at it now.',
  UNKNOWN: 'Cannot be told.',
})

export const ReplicationPurposeEnum = describedEnum<ReplicationPurpose>('ReplicationPurpose', 'What it is for.', {
  PROTECTION: 'Keeps a standby copy.',
  MIGRATION: 'Copies once, to move the machine for good.',
})

export const PriorityEnum = describedEnum<Priority>('Priority', 'Whose data goes first when the line is full.', {
  LOW: 'Last.',
  MEDIUM: 'In between.',
  HIGH: 'First.',
})

export const HypervisorKindEnum = describedEnum<HypervisorKind>('HypervisorKind', 'What runs the machines at an end.', {
  VSPHERE: 'VMware vSphere.',
  CLOUD_DIRECTOR: 'VMware Cloud Director.',
  HYPER_V: 'Microsoft Hyper-V.',
  AWS: 'Amazon Web Services.',
  AZURE: 'Microsoft Azure.',
  UNKNOWN: 'The vendor said something that this gateway does not know.',
})

export const RpoVerdictEnum = describedEnum<RpoVerdict>('RpoVerdict', 'Whether the recovery point objective is met.', {
  MEETING: 'Met.',
  VIOLATING: 'Missed: the newest recovery point is too old.',
  NEVER_SYNCED: 'There has never been a recovery point. This is not the same as late.',
  NOT_MEASURED: 'The vendor has no figure just now.',
})

export const RecoveryPhaseEnum = describedEnum<RecoveryPhase>('RecoveryPhase', 'How far a recovery has come.', {
  NONE: 'No recovery.',
  TESTING: 'A test failover runs.',
  FAILING_OVER: 'A failover is running.',
  MOVING: 'A move is running.',
  AWAITING_COMMIT: 'Waits for commit or rollback.',
  COMMITTING: 'A commit is running.',
  ROLLING_BACK: 'A rollback is running.',
  RECOVERED: 'The machine runs at the destination.',
  UNKNOWN: 'Cannot be told.',
})

export const ObservationRoleEnum = describedEnum<ObservationRole>(
  'ObservationRole',
  'Which end of an object a site is that lists it.',
  {
    SOURCE: 'It runs there.',
    DESTINATION: 'It is recovered there.',
    BOTH: 'Both: it is recovered where it runs.',
    OTHER: 'Neither: the site only tells of it.',
  },
)

export const CommitPolicyEnum = describedEnum<CommitPolicy>(
  'CommitPolicy',
  'What happens to a recovery that waits for a decision when nobody decides.',
  {
    COMMIT: 'It is committed when its time is over.',
    ROLLBACK: 'It is rolled back when its time is over.',
    MANUAL: 'It waits for a person.',
  },
)

/** What each action does, and the mutation that does it. */
export const actionDescriptions: Readonly<Record<Action, string>> = {
  UPDATE: 'Change its settings: `updateReplication`.',
  PAUSE: 'Stop transferring: `pauseReplication`.',
  RESUME: 'Go on transferring: `resumeReplication`.',
  SYNC: 'Transfer now: `syncReplication`.',
  STOP: 'End the protection: `stopReplication`.',
  FAILOVER: 'Recover at the destination: `failover`.',
  COMMIT_FAILOVER: 'Make a failover final: `commitFailover`.',
  ROLLBACK_FAILOVER: 'Take a failover back: `rollbackFailover`.',
  TEST_FAILOVER: 'Recover in an isolated network: `testFailover`.',
  END_TEST_FAILOVER: 'End the test: `endTestFailover`.',
  MOVE: 'Shut down at the source and start at the destination: `move`.',
  COMMIT_MOVE: 'Make a move final: `commitMove`.',
  ROLLBACK_MOVE: 'Take a move back: `rollbackMove`.',
  REVERSE: 'Protect a recovered machine the other way round: `reverseReplication`.',
  CREATE_CHECKPOINT: 'Name this moment as a recovery point: `createCheckpoint`.',
  START_CLONE: 'Copy at the destination: `startClone`.',
  ABORT_CLONE: 'End the copying: `abortClone`.',
}

export const ActionEnum = describedEnum<Action>(
  'Action',
  'What can be done to a replication or group.',
  actionDescriptions,
)

export const SafetyClassEnum = describedEnum<SafetyClass>('SafetyClass', 'How much harm a mistaken press does.', {
  REVERSIBLE: 'Nothing stops; it can be taken back.',
  DISRUPTIVE: 'Stops or moves machines.',
  DESTRUCTIVE: 'Cannot be taken back: ask for a typed confirmation.',
})

const capabilityDescriptions: Readonly<Record<Capability, string>> = {
  ...actionDescriptions,
  START_REPLICATION: 'New replications can be started.',
  RECOVER_SOME_MEMBERS: 'Some members of a group can be recovered without the others.',
  GROUP_RECOVERY_POINTS: 'A group has recovery points of its own.',
  TAGGED_RECOVERY_POINTS: 'Recovery points can carry a name.',
  COMMIT_POLICY: 'A recovery can decide by itself after a time.',
  ALERTS: 'The site raises alerts of its own; elsewhere they are derived.',
  DISMISS_ALERT: 'Alerts can be put aside.',
  UNDISMISS_ALERT: 'That can be taken back.',
  HISTORY: 'The site keeps what happened to a group or replication.',
  RECOVERY_REPORTS: 'The site keeps reports of recoveries and tests.',
  PROFILES: 'The site offers settings under a name.',
  RESOURCES: 'The site lists what a replication can start from and go to.',
  APPLIANCES: 'The site lists the machines that carry its traffic.',
  LICENSE: 'The site tells its licence.',
  HEALTH_CHECK: 'The site checks its own parts.',
  USAGE_HISTORY: 'The site keeps traffic and disk usage over time.',
  OPERATION_IDS: 'The site can be asked for the tasks of one call, by the operation id that was sent with it.',
}

export const CapabilityEnum = describedEnum<Capability>(
  'Capability',
  'What a site, at its version, can do. The names of actions mean that the action is there.',
  recordOf(capabilityNames, (name) => capabilityDescriptions[name]),
)
