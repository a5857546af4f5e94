import { toGlobalId } from '../../src/domain/global-id.ts'
import type { OtherProtection } from '../../src/domain/ports/target-directory.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { ProtectedObject, ReplicationEnd } from '../../src/domain/protection.ts'
import type { Replication, VirtualMachine } from '../../src/domain/replication.ts'
import type { WireCall } from '../../src/domain/task.ts'
import type { Vendor } from '../../src/domain/vendor.ts'
import type { FreshTarget } from '../../src/operations/operation.ts'
import {
  nothingHidden,
  type RecoveryCommand,
  type RecoverySurvey,
  type SiteLook,
  type SiteRole,
} from '../../src/operations/recovery-survey.ts'
import { sampleRecovery } from '../tracking/sample-recovery.ts'

export const sampleEnd = (siteName: string, organization: string | null = 'Acme'): ReplicationEnd => ({
  siteId: toGlobalId('Site', 'ZERTO', siteName),
  siteName,
  organization,
  datacenter: null,
  vApp: null,
  hypervisor: null,
  datastore: null,
  storageProfile: null,
})

const sampleObject = (kind: 'ProtectionGroup' | 'Replication', vendor: Vendor, nativeId: string): ProtectedObject => ({
  id: toGlobalId(kind, vendor, nativeId),
  vendor,
  nativeId,
  name: nativeId,
  description: null,
  purpose: 'PROTECTION',
  source: sampleEnd('Boston'),
  destination: sampleEnd('Denver'),
  isReversed: false,
  state: 'PROTECTED',
  vendorState: '',
  health: 'HEALTHY',
  rpo: { targetSeconds: 300, actualSeconds: 10, violationSeconds: 0, verdict: 'MEETING', lastSyncedAt: null },
  sync: null,
  recovery: sampleRecovery('NONE'),
  storage: { provisionedBytes: null, usedBytes: null, journalUsedBytes: null },
  details: { vendor },
})

/** A machine, by default in the group `payroll`, under its name in lower case at the platform. */
export const sampleMachine = (
  name: string,
  given: Partial<Replication> & { readonly platformIds?: VirtualMachine['platformIds'] } = {},
): Replication => {
  const { platformIds = [`vcenter:a/${name}`], ...rest } = given
  return {
    ...sampleObject('Replication', rest.vendor ?? 'ZERTO', name),
    vm: {
      vendorId: name,
      platformIds,
      name,
      description: null,
      computerName: null,
      guestOs: null,
      hardwareVersion: null,
      cpuCount: null,
      memoryBytes: null,
      startup: null,
    },
    groupNativeId: 'payroll',
    settings: {
      rpoSeconds: null,
      isQuiesced: null,
      retentionRules: [],
      journalHistorySeconds: null,
      slaProfileName: null,
    },
    latestRecoveryPoint: null,
    ...rest,
  }
}

/** The group `payroll` from Boston to Denver, as it was read a moment ago. */
export const sampleFresh = (given: Partial<ProtectionGroup> = {}): FreshTarget => ({
  target: { kind: 'ProtectionGroup', vendor: 'ZERTO', nativeId: 'payroll' },
  object: {
    ...sampleObject('ProtectionGroup', 'ZERTO', 'payroll'),
    priority: null,
    vmCount: 2,
    lastTestedAt: null,
    throughputBytesPerSecond: null,
    iops: null,
    ...given,
  },
})

export const sampleLook = (role: SiteRole, given: Partial<SiteLook> = {}): SiteLook => ({
  role,
  siteId: role === 'SOURCE' ? sampleEnd('Boston').siteId : sampleEnd('Denver').siteId,
  name: role === 'SOURCE' ? 'Boston' : 'Denver',
  isReachable: true,
  state: 'PROTECTED',
  vendorState: '',
  problem: null,
  ...given,
})

/** All is well, and the source is down, as befits a failover. */
export const sampleSurvey = (given: Partial<RecoverySurvey> = {}): RecoverySurvey => {
  const source = given.source ?? sampleLook('SOURCE', { isReachable: false, state: null })
  const destination = given.destination ?? sampleLook('DESTINATION')
  return {
    machines: [sampleMachine('web-01'), sampleMachine('db-01')],
    found: [],
    unseenSites: [],
    hidden: nothingHidden,
    source,
    destination,
    looks: [source, destination],
    destinationAlerts: [],
    hasHiddenAlerts: false,
    recoveryPoint: { point: null, isThere: null, ageSeconds: 5, problem: null },
    ...given,
  }
}

export const sampleFailover: RecoveryCommand = {
  operation: 'FAILOVER',
  target: sampleFresh().target,
  options: null,
  recoveryPointNativeId: null,
  memberNativeIds: null,
}

export const sampleMove: RecoveryCommand = { operation: 'MOVE', target: sampleFresh().target, options: null }

export const sampleCalls: readonly WireCall[] = [
  { method: 'POST', path: '/groups/payroll/failover', body: { policy: 2, wait: 0 } },
]

/** Another vendor's protection of a machine. */
export const sampleForeign = (name: string): OtherProtection => ({
  machine: sampleMachine(name),
  other: sampleMachine(name, { vendor: 'VCDA', platformIds: [] }),
  otherGroupName: 'payroll-app',
  knownBy: 'NAME_AND_ORGANIZATION',
})
