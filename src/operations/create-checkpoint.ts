import { DomainError } from '../domain/errors.ts'
import type { TargetInput, TargetOperation } from './operation.ts'

export interface CreateCheckpointInput extends TargetInput {
  readonly name: string
}

/** Marks this moment as a recovery point with a name. */
export const createCheckpoint: TargetOperation<CreateCheckpointInput> = {
  operation: 'CREATE_CHECKPOINT',
  scope: 'dr:operate',
  toCommand: ({ name }, target, options) => {
    if (name.trim() === '') throw DomainError.invalidInput('input.name', 'is empty')
    return { operation: 'CREATE_CHECKPOINT', target, options, name }
  },
}
