import type { Capabilities, TargetKind } from '../../domain/capabilities.ts'
import { isBefore, settingsSince, type ZertoVersion } from './zerto-version.ts'

const groups: readonly TargetKind[] = ['ProtectionGroup']
/** The calls that take `VmIdentifiers`, so that a single machine can be meant. */
const groupsAndMembers: readonly TargetKind[] = ['ProtectionGroup', 'Replication']

/**
 * What a site from 6.0 on can do, of either generation: they have the same resources. Reverse protection is an option of
 * failover and move, no call of its own.
 */
export const zertoCapabilities = {
  supports: {
    START_REPLICATION: true,
    UPDATE: true,
    PAUSE: true,
    RESUME: true,
    SYNC: true,
    STOP: true,
    FAILOVER: true,
    COMMIT_FAILOVER: true,
    ROLLBACK_FAILOVER: true,
    TEST_FAILOVER: true,
    END_TEST_FAILOVER: true,
    MOVE: true,
    COMMIT_MOVE: true,
    ROLLBACK_MOVE: true,
    REVERSE: false,
    CREATE_CHECKPOINT: true,
    START_CLONE: true,
    ABORT_CLONE: true,
    RECOVER_SOME_MEMBERS: true,
    GROUP_RECOVERY_POINTS: true,
    TAGGED_RECOVERY_POINTS: true,
    COMMIT_POLICY: true,
    ALERTS: true,
    DISMISS_ALERT: true,
    UNDISMISS_ALERT: true,
    HISTORY: true,
    RECOVERY_REPORTS: true,
    PROFILES: true,
    RESOURCES: true,
    APPLIANCES: true,
    LICENSE: true,
    HEALTH_CHECK: false,
    USAGE_HISTORY: false,
    // No call takes a word of the caller's that a task would show.
    OPERATION_IDS: false,
  },
  actsOn: {
    UPDATE: groups,
    PAUSE: groups,
    RESUME: groups,
    SYNC: groups,
    STOP: groups,
    FAILOVER: groupsAndMembers,
    COMMIT_FAILOVER: groups,
    ROLLBACK_FAILOVER: groups,
    TEST_FAILOVER: groupsAndMembers,
    END_TEST_FAILOVER: groups,
    MOVE: groups,
    COMMIT_MOVE: groups,
    ROLLBACK_MOVE: groups,
    REVERSE: [],
    CREATE_CHECKPOINT: groups,
    START_CLONE: groupsAndMembers,
    ABORT_CLONE: groups,
  },
  rules: {
    // Administration guide, "Testing recovery": a live failover may start during a test.
    failoverDuringTest: true,
    // The guide names failover only; the rest is inferred from that.
    moveDuringTest: false,
    changeProtectionDuringTest: false,
    // Inferred: a recovered VPG has no journal, and waits to be configured or deleted.
    recoverAgainAfterRecovery: false,
    // The list of machines has no member for it; the group has RunningFailOverTestApi.
    testIsToldByGroup: true,
    // Inferred from the Force member of the delete call.
    stopBeforeCommit: true,
  },
  minRpoSeconds: null,
  maxRpoSeconds: null,
} as const satisfies Capabilities

/** Without settings objects a VPG can be made, by a call that is deprecated since, but not changed. */
const capabilitiesWithoutSettings: Capabilities = {
  ...zertoCapabilities,
  supports: { ...zertoCapabilities.supports, UPDATE: false },
  actsOn: { ...zertoCapabilities.actsOn, UPDATE: [] },
}

/**
 * What a site of this version can do. An unknown version counts as 6.0 or newer, also before the first read: a change
 * asks for the version before it is prepared, so that nothing is promised which is then sent.
 */
export const toZertoCapabilities = (version: ZertoVersion | null): Capabilities =>
  isBefore(version, settingsSince) ? capabilitiesWithoutSettings : zertoCapabilities
