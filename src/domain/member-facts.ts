import type { ProtectionGroup } from './protection-group.ts'
import type { Replication } from './replication.ts'

/**
 * A member with what only its group tells: whether a test runs. For vendors whose rule `testIsToldByGroup` says so; a
 * machine's own row would let a person press what the site then refuses.
 */
export const withGroupFacts = (member: Replication, group: Pick<ProtectionGroup, 'recovery'>): Replication => {
  const { isTestRunning, testStage } = group.recovery
  return { ...member, recovery: { ...member.recovery, isTestRunning, testStage } }
}
