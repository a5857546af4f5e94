import type { Capabilities, TargetKind } from '../../domain/capabilities.ts'
import { isAtLeast, type ApiVersion } from './vcda-versions.ts'

const both: readonly TargetKind[] = ['ProtectionGroup', 'Replication']
const none: readonly TargetKind[] = []

/**
 * What the oldest version that is spoken can do; {@link vcdaCapabilitiesOf} adds what came later. The service has no commit stage, no tagged recovery
 * points, no clones and no alerts; a group has no recovery points of its own, and all its members are recovered together.
 */
export const vcdaCapabilities = {
  supports: {
    START_REPLICATION: true,
    UPDATE: true,
    PAUSE: true,
    RESUME: true,
    SYNC: true,
    STOP: true,
    FAILOVER: true,
    COMMIT_FAILOVER: false,
    ROLLBACK_FAILOVER: false,
    TEST_FAILOVER: true,
    END_TEST_FAILOVER: true,
    MOVE: true,
    COMMIT_MOVE: false,
    ROLLBACK_MOVE: false,
    REVERSE: true,
    CREATE_CHECKPOINT: false,
    START_CLONE: false,
    ABORT_CLONE: false,
    RECOVER_SOME_MEMBERS: false,
    GROUP_RECOVERY_POINTS: false,
    TAGGED_RECOVERY_POINTS: false,
    COMMIT_POLICY: false,
    ALERTS: false,
    DISMISS_ALERT: false,
    UNDISMISS_ALERT: false,
    HISTORY: true,
    RECOVERY_REPORTS: false,
    PROFILES: true,
    RESOURCES: true,
    APPLIANCES: true,
    LICENSE: true,
    HEALTH_CHECK: true,
    USAGE_HISTORY: true,
    // The filter is known from one public client only, which was used with 3.5 to 4.5: see `vcda-task-search.ts`.
    OPERATION_IDS: true,
  },
  actsOn: {
    UPDATE: both,
    PAUSE: both,
    RESUME: both,
    SYNC: both,
    STOP: both,
    FAILOVER: both,
    COMMIT_FAILOVER: none,
    ROLLBACK_FAILOVER: none,
    TEST_FAILOVER: both,
    END_TEST_FAILOVER: both,
    MOVE: both,
    COMMIT_MOVE: none,
    ROLLBACK_MOVE: none,
    REVERSE: both,
    CREATE_CHECKPOINT: none,
    START_CLONE: none,
    ABORT_CLONE: none,
  },
  rules: {
    // Clients refuse it: a test has to be cleaned up first.
    failoverDuringTest: false,
    // Inferred from failover; no source names migrate during a test.
    moveDuringTest: false,
    // Inferred: clients that refuse a failover during a test let pause, resume and sync pass.
    changeProtectionDuringTest: true,
    // Clients refuse failover and migrate of what is recovered; it has to be reversed first.
    recoverAgainAfterRecovery: false,
    // Every machine has its own recovery state.
    testIsToldByGroup: false,
    // There is no commit to wait for.
    stopBeforeCommit: false,
  },
  // User guide 4.0: 5 minutes to 24 hours. A shorter minimum of later versions was not confirmed.
  minRpoSeconds: 300,
  maxRpoSeconds: 86_400,
} as const satisfies Capabilities

/** What a site can do at its version; null, where it did not tell, counts as the oldest. */
export const vcdaCapabilitiesOf = (version: ApiVersion | null): Capabilities => ({
  ...vcdaCapabilities,
  supports: {
    ...vcdaCapabilities.supports,
    // Recovery plans, whose executions are reported, are in the reference from 4.6 on.
    RECOVERY_REPORTS: isAtLeast(version, '4.6'),
  },
})

/** What is left where a site does not look at the filter by operation id. */
export const withoutOperationIds = (capabilities: Capabilities): Capabilities => ({
  ...capabilities,
  supports: { ...capabilities.supports, OPERATION_IDS: false },
})
