import type { TargetInput, TargetOperation } from './operation.ts'

/** Ends the protection for good. The running machine is not touched. */
export const stopReplication: TargetOperation<TargetInput> = {
  operation: 'STOP',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'STOP', target, options }),
}
