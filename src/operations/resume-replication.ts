import type { TargetInput, TargetOperation } from './operation.ts'

/** Goes on with what was paused. */
export const resumeReplication: TargetOperation<TargetInput> = {
  operation: 'RESUME',
  scope: 'dr:operate',
  toCommand: (_input, target, options) => ({ operation: 'RESUME', target, options }),
}
