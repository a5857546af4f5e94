import type { TargetInput, TargetOperation } from './operation.ts'

/** Takes back a failover that waits for a decision. */
export const rollbackFailover: TargetOperation<TargetInput> = {
  operation: 'ROLLBACK_FAILOVER',
  scope: 'dr:recover',
  toCommand: (_input, target, options) => ({ operation: 'ROLLBACK_FAILOVER', target, options }),
}
