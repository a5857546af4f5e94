import { actions, type Action } from './actions.ts'
import { DomainError } from './errors.ts'
import type { Vendor } from './vendor.ts'

/** What a site, at its version, can do. Every action, and what goes beyond one. */
export const capabilityNames = [
  'START_REPLICATION',
  ...actions,
  'RECOVER_SOME_MEMBERS',
  'GROUP_RECOVERY_POINTS',
  'TAGGED_RECOVERY_POINTS',
  'COMMIT_POLICY',
  'ALERTS',
  'DISMISS_ALERT',
  'UNDISMISS_ALERT',
  'HISTORY',
  'RECOVERY_REPORTS',
  'PROFILES',
  'RESOURCES',
  'APPLIANCES',
  'LICENSE',
  'HEALTH_CHECK',
  'USAGE_HISTORY',
  'OPERATION_IDS',
] as const
export type Capability = (typeof capabilityNames)[number]

export type TargetKind = 'ProtectionGroup' | 'Replication'

/** Where the vendors' own rules differ about when an action is refused. Read by `action-rules.ts` only. */
export interface RecoveryRules {
  /** A real failover is allowed while a test is running. */
  readonly failoverDuringTest: boolean
  /** A move is allowed while a test is running. */
  readonly moveDuringTest: boolean
  /** Protection can be paused, resumed or synchronised while a test is running. */
  readonly changeProtectionDuringTest: boolean
  /** A recovered target can be failed over or tested again without being reversed first. */
  readonly recoverAgainAfterRecovery: boolean
  /** A machine's own row does not tell whether its group is under test. */
  readonly testIsToldByGroup: boolean
  /** A target can be deleted while it waits for commit or rollback, by force. */
  readonly stopBeforeCommit: boolean
}

/**
 * What one site can do: no optional member and no default, so that a new capability stops every adapter from compiling
 * until somebody decides. Made at connect, because it may depend on the vendor's version.
 */
export interface Capabilities {
  readonly supports: Readonly<Record<Capability, boolean>>
  /** Which kinds of target an action takes. Empty exactly where `supports` says false. */
  readonly actsOn: Readonly<Record<Action, readonly TargetKind[]>>
  readonly rules: RecoveryRules
  /** Shortest recovery point objective the site takes; null is none known. */
  readonly minRpoSeconds: number | null
  /** Longest recovery point objective the site takes; null is none known. */
  readonly maxRpoSeconds: number | null
}

/** The capabilities a site has, in the order of {@link capabilityNames}. */
export const listCapabilities = (capabilities: Capabilities): readonly Capability[] =>
  capabilityNames.filter((name) => capabilities.supports[name])

/** @throws CAPABILITY_UNSUPPORTED when the site cannot do it. */
export const requireCapability = (capabilities: Capabilities, capability: Capability, vendor: Vendor): void => {
  if (capabilities.supports[capability]) return
  throw DomainError.unsupported(capability, vendor, `${vendor} has no ${capability} at this site and version`)
}
