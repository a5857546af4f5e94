import type { Generated } from 'kysely'
import type { Operation } from '../domain/actions.ts'
import type { Dispatch, TaskEvent, TaskState } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'

/**
 * The present state of each task. `document` is the whole task (see `task-document.ts`); the other columns repeat what
 * is filtered and ordered by. Here and below a time is whole milliseconds since 1970.
 */
export interface TasksTable {
  readonly id: string
  readonly vendor: Vendor
  readonly site_name: string
  readonly operation: Operation
  readonly state: TaskState
  readonly dispatch: Dispatch
  /** Global id of the replication or group. */
  readonly target_id: string | null
  readonly started_at: number
  readonly document: string
}

/** Append-only: a row is never changed, and goes only when its task was released. */
export interface TaskEventsTable {
  /** Never used twice, not even after the newest row has gone. */
  readonly sequence: Generated<number>
  readonly task_id: string
  readonly kind: TaskEvent['kind']
  readonly at: number
  /** The task as it was after the change. */
  readonly document: string
}

/** Which task holds a key; one row for each caller, operation and key. */
export interface IdempotencyKeysTable {
  readonly caller: string
  readonly operation: Operation
  readonly key: string
  readonly input_hash: string
  readonly task_id: string
  readonly created_at: number
}

export interface JournalTables {
  readonly tasks: TasksTable
  readonly task_events: TaskEventsTable
  readonly idempotency_keys: IdempotencyKeysTable
}
