import type { TargetInput, TargetOperation } from './operation.ts'

/** Shuts the machine down at its source, transfers the rest, and starts it at the destination: nothing is lost. */
export const move: TargetOperation<TargetInput> = {
  operation: 'MOVE',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'MOVE', target, options }),
}
