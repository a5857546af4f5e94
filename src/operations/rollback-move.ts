import type { TargetInput, TargetOperation } from './operation.ts'

/** Takes back a move that waits for a decision. */
export const rollbackMove: TargetOperation<TargetInput> = {
  operation: 'ROLLBACK_MOVE',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'ROLLBACK_MOVE', target, options }),
}
