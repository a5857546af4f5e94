import type { Scope } from '../domain/viewer.ts'
import type { OperationInput } from './operation.ts'

export interface AlertInput extends OperationInput {
  /** Global id of an alert that a site raised itself. */
  readonly alertId: string
}

/** Puts an alert aside at the vendor, for everybody, or takes that back. What it warns of goes on. */
export const dismissAlert: { readonly scope: Scope } = { scope: 'dr:operate' }
