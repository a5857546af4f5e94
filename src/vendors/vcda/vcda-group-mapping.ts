import { toGlobalId } from '../../domain/global-id.ts'
import type { Operation } from '../../domain/actions.ts'
import type { Health, RecoveryStatus, SyncProgress } from '../../domain/protection.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { RpoStatus, RpoVerdict } from '../../domain/rpo.ts'
import { toGroupDetails } from './vcda-details.ts'
import {
  findRunning,
  findSyncedMs,
  isLinkDown,
  toPending,
  toRecoveryStatus,
  toReplicationEnd,
  toRpoStatus,
  toStorageUse,
  toSyncProgress,
  type MappingContext,
} from './vcda-mapping.ts'
import { stateGravity, toHealth, toProtectionState, toVendorState } from './vcda-states.ts'
import type { MemberReplicationWire, VappReplicationWire } from './vcda-wire.ts'

/** The vendor gives a group no state, no RPO and no progress of its own: all of them come from its members. */

const worstOf = <T>(order: readonly T[], found: readonly T[]): T | null =>
  order.find((word) => found.includes(word)) ?? null

/** Worst first. A member that cannot be recovered at all is worse than one that is late. */
const verdictGravity: readonly RpoVerdict[] = ['NEVER_SYNCED', 'VIOLATING', 'NOT_MEASURED', 'MEETING']

const healthGravity: readonly Health[] = ['CRITICAL', 'WARNING', 'UNKNOWN', 'HEALTHY']

const numbers = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null)

const largest = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null || (most !== null && most >= value) ? most : value), null)

const sum = (values: readonly (number | null)[]): number | null => {
  const known = numbers(values)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}

/** The strictest target, the oldest copy, the largest violation and the worst verdict of the members. */
const toGroupRpo = (members: readonly RpoStatus[]): RpoStatus => {
  const targets = numbers(members.map((member) => member.targetSeconds))
  const times = members.map((member) => member.lastSyncedAt)
  const oldest = times.reduce(
    (first, at) => (first === null || at === null || at >= first ? first : at),
    times[0] ?? null,
  )
  return {
    targetSeconds: targets.length === 0 ? null : Math.min(...targets),
    actualSeconds: largest(members.map((member) => member.actualSeconds)),
    violationSeconds: largest(members.map((member) => member.violationSeconds)),
    verdict:
      worstOf(
        verdictGravity,
        members.map((member) => member.verdict),
      ) ?? 'NOT_MEASURED',
    lastSyncedAt: times.includes(null) ? null : oldest,
  }
}

/** The bytes of all members together; the percentage of the bytes where they are known, else of the members. */
const toGroupSync = (members: readonly (SyncProgress | null)[]): SyncProgress | null => {
  const running = members.filter((member) => member !== null)
  if (running.length === 0) return null
  const bytesTransferred = sum(running.map((member) => member.bytesTransferred))
  const bytesToTransfer = sum(running.map((member) => member.bytesToTransfer))
  const percents = numbers(running.map((member) => member.percent))
  const mean = percents.length === 0 ? null : (sum(percents) ?? 0) / percents.length
  const hasBytes = bytesTransferred !== null && bytesToTransfer !== null && bytesToTransfer > 0
  return {
    percent: hasBytes ? Math.min(100, (bytesTransferred / bytesToTransfer) * 100) : mean,
    bytesTransferred,
    bytesToTransfer,
    checksumComparedBytes: sum(running.map((member) => member.checksumComparedBytes)),
    checksumTotalBytes: sum(running.map((member) => member.checksumTotalBytes)),
    etaSeconds: null,
  }
}

const phaseGravity: readonly RecoveryStatus['phase'][] = [
  'FAILING_OVER',
  'MOVING',
  'TESTING',
  'UNKNOWN',
  'NONE',
  'RECOVERED',
]

const toHasRecoveryPoint = (members: readonly RecoveryStatus[]): boolean | null => {
  if (members.some((member) => member.hasRecoveryPoint === false)) return false
  return members.length > 0 && members.every((member) => member.hasRecoveryPoint === true) ? true : null
}

/** Whatever any member is in the middle of, the group is in the middle of; it is recovered when all of it is. */
const toGroupRecovery = (members: readonly RecoveryStatus[]): RecoveryStatus => {
  const phase =
    worstOf(
      phaseGravity,
      members.map((member) => member.phase),
    ) ?? 'NONE'
  const stages = members.map((member) => member.testStage)
  return {
    phase,
    pending: toPending(phase),
    isTestRunning: members.some((member) => member.isTestRunning),
    testStage: worstOf(
      ['STARTING', 'STOPPING', 'RUNNING'] as const,
      stages.filter((stage) => stage !== null),
    ),
    isPaused: members.some((member) => member.isPaused),
    isBlockedBySync: members.some((member) => member.isBlockedBySync),
    hasRecoveryPoint: toHasRecoveryPoint(members),
    since: null,
    commitPolicy: null,
    autoDecisionAt: null,
    recoveryPointNativeId: null,
  }
}

/** The members' words, the commonest first: `OK/opened/NOT_STARTED` or `OK/idle/NOT_STARTED ×2, ERROR/idle/NOT_STARTED`. */
const toGroupVendorState = (members: readonly MemberReplicationWire[]): string => {
  const counts = new Map<string, number>()
  for (const member of members) {
    const words = toVendorState(member)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  if (counts.size === 1) return [...counts.keys()].join('')
  const parts = [...counts].sort(([, one], [, other]) => other - one)
  return parts.map(([words, count]) => (count === 1 ? words : `${words} ×${count}`)).join(', ')
}

const toGroupHealth = (wire: VappReplicationWire, members: readonly MemberReplicationWire[]): Health => {
  const own = toHealth(wire.overallHealth)
  if (own !== 'UNKNOWN') return own
  return (
    worstOf(
      healthGravity,
      members.map((member) => toHealth(member.overallHealth)),
    ) ?? 'UNKNOWN'
  )
}

/** The RPO of a group, from its members. */
/** The moment from which the age of a group is counted: that of its oldest member. */
export const findGroupSyncedMs = (wire: VappReplicationWire): number | null => {
  const times = numbers((wire.vmReplications ?? []).map(findSyncedMs))
  return times.length === 0 ? null : Math.min(...times)
}

const toGroupRpoStatus = (wire: VappReplicationWire, vendorNow: Date): RpoStatus =>
  toGroupRpo((wire.vmReplications ?? []).map((member) => toRpoStatus(member, vendorNow)))

/** `VappReplicationInfo` as a protection group. */
export const toProtectionGroup = (wire: VappReplicationWire, context: MappingContext): ProtectionGroup => {
  const members = wire.vmReplications ?? []
  const own = findRunning([wire.id], context)
  const runningOf = (member: MemberReplicationWire): Operation | null => own ?? findRunning([member.id], context)
  const down = isLinkDown(wire, context)
  const states = members.map((member) => ({
    member,
    around: { runningOperation: runningOf(member), isLinkDown: down },
  }))
  const [first = null] = members
  return {
    id: toGlobalId('ProtectionGroup', 'VCDA', wire.id),
    vendor: 'VCDA',
    nativeId: wire.id,
    name: wire.descriptor?.name ?? wire.source?.vappName ?? wire.id,
    description: wire.descriptor?.description ?? null,
    purpose: wire.isMigration === true ? 'MIGRATION' : 'PROTECTION',
    source: toReplicationEnd(wire.source, null),
    destination: toReplicationEnd(wire.destination, first),
    isReversed: wire.isReversed ?? members.some((member) => member.isReversed === true),
    state:
      worstOf(
        stateGravity,
        states.map(({ member, around }) => toProtectionState(member, around)),
      ) ?? 'UNKNOWN',
    vendorState: toGroupVendorState(members),
    health: toGroupHealth(wire, members),
    rpo: toGroupRpoStatus(wire, context.vendorNow),
    sync: toGroupSync(members.map(toSyncProgress)),
    recovery: toGroupRecovery(members.map((member) => toRecoveryStatus(member, runningOf(member)))),
    storage: {
      provisionedBytes: null,
      usedBytes: sum(members.map((member) => toStorageUse(member).usedBytes)),
      journalUsedBytes: null,
    },
    details: toGroupDetails(wire),
    priority: null,
    vmCount: members.length,
    lastTestedAt: null,
    throughputBytesPerSecond: null,
    iops: null,
  }
}
