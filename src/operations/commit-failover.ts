import type { TargetInput, TargetOperation } from './operation.ts'

/** Makes a failover that waits for a decision final. */
export const commitFailover: TargetOperation<TargetInput> = {
  operation: 'COMMIT_FAILOVER',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'COMMIT_FAILOVER', target, options, pendingOptions: null }),
}
