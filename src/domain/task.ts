import type { Operation } from './actions.ts'
import type { TargetKind } from './capabilities.ts'
import type { VendorOptions } from './command.ts'
import type { Problem } from './errors.ts'
import type { CommitPolicy } from './protection.ts'
import type { Place } from './reach.ts'
import type { Vendor } from './vendor.ts'

export const taskStates = [
  'ACCEPTED',
  'RUNNING',
  'AWAITING_DECISION',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'OUTCOME_UNKNOWN',
  'UNKNOWN',
] as const
export type TaskState = (typeof taskStates)[number]

const finalStates: ReadonlySet<TaskState> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED'])

/** True when nothing more will happen to the task. OUTCOME_UNKNOWN is not final: it is still being looked for. */
export const isFinal = (state: TaskState): boolean => finalStates.has(state)

/** How far the gateway's own call to the vendor has come. FOREIGN is work that somebody else started. */
export type Dispatch = 'PREPARED' | 'SENT' | 'ACCEPTED' | 'NOT_SENT' | 'FOREIGN'

/** One call as it leaves for the vendor, without its credentials. */
export interface WireCall {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Null where the call has no body. */
  readonly body: unknown
}

/** What was asked to become of a recovery that waits for a decision. */
export interface DecisionPolicy {
  readonly policy: CommitPolicy
  /** How long it waits before the vendor decides by itself; null when it waits for a person. */
  readonly afterSeconds: number | null
}

/** Who asked for a task here, and with what. */
export interface TaskRequest {
  readonly idempotencyKey: string
  readonly requestedBy: string
  readonly requestedAt: Date
  /** The request that asked for it; null where that is not known. Several tasks may have the same. */
  readonly requestId: string | null
  /** Sent to the vendor with the call, where the vendor keeps it. No other call has the same. */
  readonly operationId: string
  readonly reason: string | null
  readonly input: unknown
  /** What was sent, so that nothing is left to a vendor's default. */
  readonly sent: readonly WireCall[]
  /** The block of the input that only the vendor understands; null when none was given. */
  readonly options: VendorOptions | null
  /** Null for what never waits for a decision. */
  readonly decision: DecisionPolicy | null
  /** Why one machine could come to run twice, for people; the caller has said that it is to be done all the same. */
  readonly overriddenRisks: readonly string[]
}

export interface TaskTarget {
  readonly kind: TargetKind
  readonly vendor: Vendor
  readonly nativeId: string
}

/** How a task whose answer was lost was found again, or found not to have happened. */
export interface Reconciliation {
  readonly verdict: 'ADOPTED' | 'DID_NOT_HAPPEN'
  /** What was looked at and what it showed, for people. */
  readonly evidence: readonly string[]
  readonly at: Date
}

/** A long-running piece of vendor work. */
export interface Task {
  /** Global id; its native part is the gateway's own number for the task. */
  readonly id: string
  readonly vendor: Vendor
  /** Configured name of the site that was asked. */
  readonly siteName: string
  readonly operation: Operation
  /** The vendor's own word for the work; null until it has answered. */
  readonly vendorOperation: string | null
  readonly vendorTaskId: string | null
  readonly target: TaskTarget | null
  readonly targetName: string | null
  /** The ends of the target as they were last known, so that it can be told who may see the task when the target is gone. */
  readonly places: readonly Place[]
  readonly dispatch: Dispatch
  readonly state: TaskState
  /** 0 to 100, never going back; null where the vendor gives none. */
  readonly progressPercent: number | null
  /** In plain words, e.g. `awaiting commit`. */
  readonly stage: string | null
  readonly startedAt: Date
  readonly updatedAt: Date
  readonly endedAt: Date | null
  readonly startedBy: string | null
  readonly problem: Problem | null
  readonly warnings: readonly Problem[]
  readonly request: TaskRequest | null
  /** When it first waited for a decision; null when it never has. */
  readonly awaitingSince: Date | null
  /** When the vendor decides by itself; null when it waits for a person, or does not wait. */
  readonly autoDecisionAt: Date | null
  /**
   * What is open at the vendor while a call of several steps is sent: nothing has started there as long as it is not
   * null. Only the adapter that gave it understands it.
   */
  readonly unfinishedSend: string | null
  /** Null for a task whose answer was never lost, or is still being looked for. */
  readonly reconciliation: Reconciliation | null
}

export const taskEventKinds = ['SNAPSHOT', 'PROGRESS', 'STATE_CHANGE', 'LAGGED', 'DRAINING'] as const
export type TaskEventKind = (typeof taskEventKinds)[number]

/** One entry of the journal: the task as it was after the change. */
export interface TaskEvent {
  /** Place in the journal: grows by at least one with every event of any task. */
  readonly sequence: number
  readonly kind: 'PROGRESS' | 'STATE_CHANGE'
  readonly at: Date
  readonly task: Task
}

/** A vendor task as one poll found it. */
export interface TaskReading {
  readonly vendorTaskId: string
  readonly operation: Operation
  readonly vendorOperation: string | null
  readonly state: TaskState
  readonly progressPercent: number | null
  readonly stage: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly startedBy: string | null
  readonly target: TaskTarget | null
  readonly targetName: string | null
  readonly problem: Problem | null
  readonly warnings: readonly Problem[]
}
