import type { TargetInput, TargetOperation } from './operation.ts'

/** Transfers now what has changed since the newest recovery point. */
export const syncReplication: TargetOperation<TargetInput> = {
  operation: 'SYNC',
  scope: 'dr:operate',
  toCommand: (_input, target, options) => ({ operation: 'SYNC', target, options }),
}
