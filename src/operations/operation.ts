import type { Command } from '../domain/command.ts'
import type { Problem } from '../domain/errors.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { Task, TaskTarget } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { Scope } from '../domain/viewer.ts'

/** The part of an input that only one vendor understands. */
export interface OptionBlock {
  readonly vendor: Vendor
  /** Where it stands in the input, e.g. `input.acme`. */
  readonly path: string
  readonly value: Readonly<Record<string, unknown>>
}

/** What every mutation is given. */
export interface OperationInput {
  /** 1 to 200 characters; the same press of a button always sends the same key. */
  readonly idempotencyKey: string
  /** Kept with the task. */
  readonly reason: string | null
  readonly options: readonly OptionBlock[]
  /** The input as the caller gave it: what is recorded and compared. */
  readonly given: Readonly<Record<string, unknown>>
}

/** The input of a mutation on something that exists. */
export interface TargetInput extends OperationInput {
  /** Global id of a replication or a group. */
  readonly targetId: string
}

/** What an operation that starts machines elsewhere is guarded by. */
export interface RecoveryGuard {
  /** The plan that this is to be the doing of; null when nobody planned. */
  readonly planToken: string | null
  /** The caller knows that one machine could come to run twice, and wants it all the same. Needs a reason. */
  readonly allowSplitBrainRisk: boolean
}

/** A target as it was read a moment ago. */
export interface FreshTarget {
  readonly target: TaskTarget
  readonly object: ProtectionGroup | Replication
}

/** The answer of every mutation. */
export type OperationResult =
  /** `replayed`: the key was seen before and nothing was sent again. */
  | { readonly kind: 'STARTED'; readonly task: Task; readonly replayed: boolean }
  | { readonly kind: 'REFUSED'; readonly problem: Problem }

/** The command of an action on a target. */
export type ActionCommand = Exclude<Command, { operation: 'START_REPLICATION' | 'DISMISS_ALERT' | 'UNDISMISS_ALERT' }>

/** One thing the gateway can do to a target: what it takes, whom it lets, and what it asks of the vendor. */
export interface TargetOperation<I extends TargetInput> {
  readonly operation: ActionCommand['operation']
  readonly scope: Scope
  /**
   * Translates the input. Pure.
   *
   * @throws INVALID_INPUT
   */
  readonly toCommand: (input: I, target: TaskTarget, options: OptionBlock['value'] | null) => ActionCommand
  /** Left out by what starts no machine elsewhere for good. */
  readonly toGuard?: (input: I) => RecoveryGuard
}
