import type { RecoveryInput } from './failover.ts'
import type { TargetOperation } from './operation.ts'
import { parseMemberIds, parseRecoveryPointId } from './parse-ids.ts'

/** Makes copies of the machines at the destination from a recovery point, not running and not protected. */
export const startClone: TargetOperation<RecoveryInput> = {
  operation: 'START_CLONE',
  scope: 'dr:operate',
  toCommand: (input, target, options) => ({
    operation: 'START_CLONE',
    target,
    options,
    recoveryPointNativeId: parseRecoveryPointId(input.recoveryPointId, target),
    memberNativeIds: parseMemberIds(input.replicationIds, target),
  }),
}
