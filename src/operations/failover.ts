import type { CommandOf } from '../domain/command.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { OptionBlock, RecoveryGuard, TargetInput, TargetOperation } from './operation.ts'
import { parseMemberIds, parseRecoveryPointId } from './parse-ids.ts'

/** Which machines to start, and from which moment. */
export interface RecoveryChoice {
  /** Global id; null means the newest. */
  readonly recoveryPointId: string | null
  /** Global ids of the only members to recover; null means all. */
  readonly replicationIds: readonly string[] | null
}

/** The input of what starts machines from a recovery point. */
export interface RecoveryInput extends TargetInput, RecoveryChoice {}

export interface FailoverInput extends RecoveryInput, RecoveryGuard {}

/** The command of a failover, planned or done. @throws INVALID_INPUT */
export const toFailoverCommand = (
  choice: RecoveryChoice,
  target: TaskTarget,
  options: OptionBlock['value'] | null,
): CommandOf<'FAILOVER'> => ({
  operation: 'FAILOVER',
  target,
  options,
  recoveryPointNativeId: parseRecoveryPointId(choice.recoveryPointId, target),
  memberNativeIds: parseMemberIds(choice.replicationIds, target),
})

/** Starts the machines at the destination from a recovery point, whether or not the source still runs. */
export const failover: TargetOperation<FailoverInput> = {
  operation: 'FAILOVER',
  scope: 'dr:recover',
  toCommand: toFailoverCommand,
  toGuard: ({ planToken, allowSplitBrainRisk }) => ({ planToken, allowSplitBrainRisk }),
}
