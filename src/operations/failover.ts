import type { TargetInput, TargetOperation } from './operation.ts'
import { parseMemberIds, parseRecoveryPointId } from './parse-ids.ts'

export interface FailoverInput extends TargetInput {
  /** Global id; null means the newest. */
  readonly recoveryPointId: string | null
  /** Global ids of the only members to recover; null means all. */
  readonly replicationIds: readonly string[] | null
}

/** Starts the machines at the destination from a recovery point, whether or not the source still runs. */
export const failover: TargetOperation<FailoverInput> = {
  operation: 'FAILOVER',
  scope: 'dr:recover',
  toCommand: (input, target, options) => ({
    operation: 'FAILOVER',
    target,
    options,
    recoveryPointNativeId: parseRecoveryPointId(input.recoveryPointId, target),
    memberNativeIds: parseMemberIds(input.replicationIds, target),
  }),
}
