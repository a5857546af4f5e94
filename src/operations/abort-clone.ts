import type { TargetInput, TargetOperation } from './operation.ts'

/** Ends a clone that is being made. */
export const abortClone: TargetOperation<TargetInput> = {
  operation: 'ABORT_CLONE',
  scope: 'dr:operate',
  toCommand: (_input, target, options) => ({ operation: 'ABORT_CLONE', target, options }),
}
