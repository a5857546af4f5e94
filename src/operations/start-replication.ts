import type { Scope } from '../domain/viewer.ts'
import type { OperationInput, OptionBlock } from './operation.ts'

export interface StartReplicationInput extends OperationInput {
  /** Global id of the configured site that is asked to do it. */
  readonly siteId: string
  readonly description: string | null
  readonly rpoSeconds: number | null
  readonly slaProfileId: string | null
  /** What to replicate: the one member of the input's `work` that was given. */
  readonly work: OptionBlock & { readonly kind: string }
}

/** Begins to protect, or to migrate, machines that were not replicated before. */
export const startReplication: { readonly scope: Scope } = { scope: 'dr:operate' }
