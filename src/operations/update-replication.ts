import { DomainError } from '../domain/errors.ts'
import type { Priority } from '../domain/protection.ts'
import type { TargetInput, TargetOperation } from './operation.ts'

/** Null leaves a setting as it is. */
export interface UpdateReplicationInput extends TargetInput {
  readonly description: string | null
  readonly rpoSeconds: number | null
  readonly slaProfileId: string | null
  readonly priority: Priority | null
}

/** Changes the settings of a replication or group. */
export const updateReplication: TargetOperation<UpdateReplicationInput> = {
  operation: 'UPDATE',
  scope: 'dr:operate',
  toCommand: ({ description, rpoSeconds, slaProfileId, priority }, target, options) => {
    const given = [description, rpoSeconds, slaProfileId, priority, options]
    if (given.every((member) => member === null)) throw DomainError.invalidInput('input', 'changes nothing')
    return { operation: 'UPDATE', target, options, description, rpoSeconds, slaProfileId, priority }
  },
}
