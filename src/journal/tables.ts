import type { Generated } from 'kysely'
import type { Operation } from '../domain/actions.ts'
import type { AuditKind } from '../domain/audit.ts'
import type { Dispatch, TaskEvent, TaskState } from '../domain/task.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { PlaceRow } from './place-rows.ts'
import type { ReadModelTables } from './read-model-tables.ts'

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
  /** The vendor's own id of the task, in small letters: a vendor may write one id in letters of either case. */
  readonly vendor_task_id: string | null
  /** Who asked for it here; null for what others have started. */
  readonly asked_by: string | null
  /** The gateway that has begun it; null for what others have started. */
  readonly replica: string | null
  readonly document: string
}

/** The ends of the target of a task: they repeat `places` of its document. */
export interface TaskPlacesTable extends PlaceRow {
  readonly task_id: string
}

/** Append-only: a row is never changed, and goes only when it is pruned or its task goes. */
export interface TaskEventsTable {
  /** Never used twice, not even after the newest row has gone. */
  readonly sequence: Generated<number>
  readonly task_id: string
  readonly kind: TaskEvent['kind']
  readonly at: number
  /** The task as it was after the change. */
  readonly document: string
}

/** How far the events were pruned: one row. */
export interface TaskEventLogTable {
  readonly id: number
  /** From this sequence on nothing was pruned. */
  readonly complete_from: number
  /** Up to this sequence only the last events of tasks are left. */
  readonly looked_to: number
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

/**
 * The audit log: append-only. `document` is the whole entry (see `audit-document.ts`); the other columns but `hash`
 * repeat what is filtered by.
 */
export interface AuditEntriesTable {
  /** From 1, without gaps. */
  readonly sequence: number
  readonly at: number
  readonly kind: AuditKind
  readonly caller: string
  readonly operation: Operation
  readonly target_id: string | null
  readonly task_id: string | null
  /** Configured name of the site that was asked. */
  readonly site_name: string | null
  readonly document: string
  readonly hash: string
}

/** The ends of what an entry is about: they repeat `places` of its document. */
export interface AuditPlacesTable extends PlaceRow {
  readonly sequence: number
}

/** Where the audit log ends: one row, so that an end that was cut off is noticed. */
export interface AuditHeadTable {
  readonly id: number
  /** 0 while there is no entry. */
  readonly sequence: number
  /** Empty while there is no entry. */
  readonly hash: string
}

/** Who writes, where several gateways share a store: one row for each gateway and log. */
export interface StoreWritersTable {
  readonly id: string
  /** The number of its last write that was committed. */
  readonly last_write: number
  readonly at: number
}

/** Which of several gateways on a store does what. */
export interface LeasesTable {
  readonly name: string
  /** The gateway that has it, or had it last; empty where it was given back. */
  readonly holder: string
  /** Grows with every change of hands. */
  readonly fence: number
  /** By the clock of the database. */
  readonly expires_at: number
  /**
   * What the subscribers of this gateway want to hear of, and how much of the store it knows, with commas between; empty but
   * for the life of a gateway.
   */
  readonly interests: string
}

export interface JournalTables extends ReadModelTables {
  readonly tasks: TasksTable
  readonly task_places: TaskPlacesTable
  readonly task_events: TaskEventsTable
  readonly task_event_log: TaskEventLogTable
  readonly idempotency_keys: IdempotencyKeysTable
  readonly audit_entries: AuditEntriesTable
  readonly audit_places: AuditPlacesTable
  readonly audit_head: AuditHeadTable
  readonly store_writers: StoreWritersTable
  readonly leases: LeasesTable
}
