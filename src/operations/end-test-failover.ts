import type { TargetInput, TargetOperation } from './operation.ts'

export interface EndTestFailoverInput extends TargetInput {
  /** The operator's verdict; null where none was given. */
  readonly wasSuccessful: boolean | null
  readonly summary: string | null
}

/** Ends a test failover and removes its machines. */
export const endTestFailover: TargetOperation<EndTestFailoverInput> = {
  operation: 'END_TEST_FAILOVER',
  scope: 'dr:operate',
  toCommand: ({ wasSuccessful, summary }, target, options) => ({
    operation: 'END_TEST_FAILOVER',
    target,
    options,
    wasSuccessful,
    summary,
  }),
}
