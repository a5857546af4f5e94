import { type Action, actions } from '../../src/domain/actions.ts'
import { type Capabilities, type Capability, capabilityNames, type TargetKind } from '../../src/domain/capabilities.ts'
import { toGlobalId } from '../../src/domain/global-id.ts'
import type { ProtectionState, RecoveryPhase } from '../../src/domain/protection.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { VendorTraits } from './scenario.ts'
import type { VendorGroup } from './simulated-vendor.ts'

const hasAll = <K extends string, V>(record: Partial<Record<K, V>>, keys: readonly K[]): record is Record<K, V> =>
  keys.every((key) => Object.hasOwn(record, key))

const fill = <K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> => {
  const record: Partial<Record<K, V>> = {}
  for (const key of keys) record[key] = valueOf(key)
  if (!hasAll(record, keys)) throw new Error('A key is missing')
  return record
}

/** What a site with these traits can do. */
export const toCapabilities = ({ decides, keepsOperationIds }: VendorTraits): Capabilities => {
  const isSupported = (name: Capability): boolean => {
    if (name === 'COMMIT_FAILOVER' || name === 'ROLLBACK_FAILOVER' || name === 'COMMIT_POLICY') return decides
    return name === 'OPERATION_IDS' ? keepsOperationIds : true
  }
  return {
    supports: fill<Capability, boolean>(capabilityNames, isSupported),
    actsOn: fill<Action, readonly TargetKind[]>(actions, (action) => (isSupported(action) ? ['ProtectionGroup'] : [])),
    rules: {
      failoverDuringTest: true,
      moveDuringTest: true,
      changeProtectionDuringTest: true,
      recoverAgainAfterRecovery: true,
      stopBeforeCommit: true,
      testIsToldByGroup: false,
    },
    minRpoSeconds: null,
    maxRpoSeconds: null,
  }
}

const end = {
  siteId: 'site',
  siteName: 'site',
  organization: null,
  datacenter: null,
  vApp: null,
  hypervisor: null,
  datastore: null,
  storageProfile: null,
}

const waits: ReadonlySet<RecoveryPhase> = new Set(['FAILING_OVER', 'AWAITING_COMMIT', 'COMMITTING', 'ROLLING_BACK'])

const toState = ({ phase, isPaused }: VendorGroup): ProtectionState => {
  if (phase !== 'NONE') return phase
  return isPaused ? 'PAUSED' : 'PROTECTED'
}

/** A group of the simulated vendor in the gateway's words. */
export const toGroup = (group: VendorGroup): ProtectionGroup => ({
  id: toGlobalId('ProtectionGroup', 'ZERTO', group.nativeId),
  vendor: 'ZERTO',
  nativeId: group.nativeId,
  name: group.name,
  description: null,
  purpose: 'PROTECTION',
  source: end,
  destination: end,
  isReversed: false,
  state: toState(group),
  vendorState: group.phase,
  health: 'HEALTHY',
  rpo: { targetSeconds: null, actualSeconds: 5, violationSeconds: null, verdict: 'MEETING', lastSyncedAt: null },
  sync: null,
  recovery: {
    phase: group.phase,
    pending: waits.has(group.phase) ? 'FAILOVER' : null,
    isTestRunning: false,
    testStage: null,
    isPaused: group.isPaused,
    isBlockedBySync: false,
    hasRecoveryPoint: true,
    since: null,
    commitPolicy: null,
    autoDecisionAt: null,
    recoveryPointNativeId: null,
  },
  storage: { provisionedBytes: null, usedBytes: null, journalUsedBytes: null },
  details: { vendor: 'ZERTO' },
  priority: null,
  vmCount: 1,
  lastTestedAt: null,
  throughputBytesPerSecond: null,
  iops: null,
})
