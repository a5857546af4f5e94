import type { Action } from './actions.ts'
import type { Priority } from './protection.ts'
import type { TaskTarget } from './task.ts'

/** The block of an input that only one vendor understands. Its adapter alone takes it apart. */
export type VendorOptions = Readonly<Record<string, unknown>>

interface TargetCommand<A extends Action> {
  readonly operation: A
  readonly target: TaskTarget
  /** The target's vendor's own block of the input; null when none was given. */
  readonly options: VendorOptions | null
}

interface RecoveryCommand<A extends Action> extends TargetCommand<A> {
  /** Native id of a {@link RecoveryPoint}; null means the newest. */
  readonly recoveryPointNativeId: string | null
  /** Native ids of the only members to recover; null means all of them. */
  readonly memberNativeIds: readonly string[] | null
}

interface CommitCommand<A extends Action> extends TargetCommand<A> {
  /**
   * The vendor's own block of the failover or move that is committed: what was asked for then holds unless `options` says
   * otherwise. Null when it was not started here, or without a block.
   */
  readonly pendingOptions: VendorOptions | null
}

/** Which replication to start. `workKind` is the member of the input that was given; only its vendor knows it. */
export interface StartReplicationCommand {
  readonly operation: 'START_REPLICATION'
  readonly description: string | null
  readonly rpoSeconds: number | null
  readonly slaProfileId: string | null
  readonly workKind: string
  readonly work: VendorOptions
}

/** Null leaves the setting as it is. */
export interface UpdateReplicationCommand extends TargetCommand<'UPDATE'> {
  readonly description: string | null
  readonly rpoSeconds: number | null
  readonly slaProfileId: string | null
  readonly priority: Priority | null
}

export interface EndTestFailoverCommand extends TargetCommand<'END_TEST_FAILOVER'> {
  /** The operator's verdict; null where none was given. */
  readonly wasSuccessful: boolean | null
  readonly summary: string | null
}

export interface CreateCheckpointCommand extends TargetCommand<'CREATE_CHECKPOINT'> {
  readonly name: string
}

/** Puts an alert aside, or takes that back. */
export interface AlertCommand {
  readonly operation: 'DISMISS_ALERT' | 'UNDISMISS_ALERT'
  readonly alertNativeId: string
}

/** Everything the gateway can ask of a vendor: one word for one thing, from the mutation to the adapter. */
export type Command =
  | StartReplicationCommand
  | UpdateReplicationCommand
  | RecoveryCommand<'FAILOVER'>
  | RecoveryCommand<'TEST_FAILOVER'>
  | RecoveryCommand<'START_CLONE'>
  | EndTestFailoverCommand
  | CreateCheckpointCommand
  | AlertCommand
  | CommitCommand<'COMMIT_FAILOVER'>
  | CommitCommand<'COMMIT_MOVE'>
  | TargetCommand<'MOVE'>
  | TargetCommand<
      'PAUSE' | 'RESUME' | 'SYNC' | 'STOP' | 'ROLLBACK_FAILOVER' | 'ROLLBACK_MOVE' | 'REVERSE' | 'ABORT_CLONE'
    >

/** The command of one operation, e.g. `CommandOf<'FAILOVER'>`. */
export type CommandOf<O extends Command['operation']> = Extract<Command, { operation: O }>
