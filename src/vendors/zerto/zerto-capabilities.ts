import type { Capabilities, TargetKind } from '../../domain/capabilities.ts'

const groups: readonly TargetKind[] = ['ProtectionGroup']
/** The calls that take `VmIdentifiers`, so that a single machine can be meant. */
const groupsAndMembers: readonly TargetKind[] = ['ProtectionGroup', 'Replication']

/**
 * What a ZVM appliance (10.x) can do. Windows ZVMs up to 9.7 have the same resources. Reverse protection is an option
 * of failover and move, no call of its own.
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
    // Inferred from the Force member of the delete call.
    stopBeforeCommit: true,
  },
  minRpoSeconds: null,
  maxRpoSeconds: null,
} as const satisfies Capabilities
