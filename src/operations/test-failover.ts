import type { RecoveryInput } from './failover.ts'
import type { TargetOperation } from './operation.ts'
import { parseMemberIds, parseRecoveryPointId } from './parse-ids.ts'

/** Starts copies of the machines in an isolated network; protection goes on and the source is not touched. */
export const testFailover: TargetOperation<RecoveryInput> = {
  operation: 'TEST_FAILOVER',
  scope: 'dr:operate',
  toCommand: (input, target, options) => ({
    operation: 'TEST_FAILOVER',
    target,
    options,
    recoveryPointNativeId: parseRecoveryPointId(input.recoveryPointId, target),
    memberNativeIds: parseMemberIds(input.replicationIds, target),
  }),
}
