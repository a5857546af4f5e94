import type { TargetInput, TargetOperation } from './operation.ts'

/** Protects a recovered machine back to where it came from. */
export const reverseReplication: TargetOperation<TargetInput> = {
  operation: 'REVERSE',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'REVERSE', target, options }),
}
