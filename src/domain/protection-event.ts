import type { Place } from './reach.ts'
import type { TaskTarget } from './task.ts'

export const protectionChangeKinds = ['ADDED', 'CHANGED', 'REMOVED'] as const
export type ProtectionChangeKind = (typeof protectionChangeKinds)[number]

/** What differs between two looks at a replication or group. */
export interface ProtectionChange {
  /** Global id. */
  readonly id: string
  readonly target: TaskTarget
  /** Its ends as they were last known; empty in what an older gateway wrote. */
  readonly places: readonly Place[]
  readonly kind: ProtectionChangeKind
  /** Names of the public fields that differ, in alphabetical order; empty unless `kind` is CHANGED. */
  readonly changedFields: readonly string[]
  /** When the look was taken that found it. */
  readonly at: Date
}

/** One entry of the log of changes. */
export interface ProtectionEvent extends ProtectionChange {
  /** Place in the log: grows by at least one with every change of any object. */
  readonly sequence: number
}
