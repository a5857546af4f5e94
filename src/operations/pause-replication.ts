import type { TargetInput, TargetOperation } from './operation.ts'

/** Stops the transfer of data; recovery points stay. The RPO is missed while it lasts. */
export const pauseReplication: TargetOperation<TargetInput> = {
  operation: 'PAUSE',
  scope: 'dr:operate',
  toCommand: (_input, target, options) => ({ operation: 'PAUSE', target, options }),
}
