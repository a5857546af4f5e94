import type { TargetInput, TargetOperation } from './operation.ts'

/** Makes a move that waits for a decision final. */
export const commitMove: TargetOperation<TargetInput> = {
  operation: 'COMMIT_MOVE',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'COMMIT_MOVE', target, options, pendingOptions: null }),
}
