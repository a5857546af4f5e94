import type { CommandOf } from '../domain/command.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { OptionBlock, RecoveryGuard, TargetInput, TargetOperation } from './operation.ts'

export interface MoveInput extends TargetInput, RecoveryGuard {}

/** The command of a move, planned or done. */
export const toMoveCommand = (target: TaskTarget, options: OptionBlock['value'] | null): CommandOf<'MOVE'> => ({
  operation: 'MOVE',
  target,
  options,
})

/** Shuts the machine down at its source, transfers the rest, and starts it at the destination: nothing is lost. */
export const move: TargetOperation<MoveInput> = {
  operation: 'MOVE',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => toMoveCommand(target, options),
  toGuard: ({ planToken, allowSplitBrainRisk }) => ({ planToken, allowSplitBrainRisk }),
}
