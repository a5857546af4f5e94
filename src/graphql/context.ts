import type { GraphQLError } from 'graphql'
import type { TaskLookout } from '../domain/ports/task-lookout.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { RpoHistory } from '../domain/ports/rpo-history.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import type { TaskEvent } from '../domain/task.ts'
import type { Session, Viewer } from '../domain/viewer.ts'
import type { AuditBook } from '../inventory/audit-book.ts'
import type { InventoryView } from '../inventory/inventory-view.ts'
import type { TaskBook } from '../inventory/task-book.ts'
import type { Operations } from '../operations/operations.ts'
import type { Loaders } from './loaders.ts'
import type { ReadinessDesk } from './readiness/readiness-desk.ts'
import type { EventTail } from './stream/event-tail.ts'
import type { StreamDelivery, StreamSetting } from './stream/stream-delivery.ts'

/**
 * What a resolver may reach. Made once per operation; the loaders' batches end with it. Of lists, tasks and the audit log it
 * has only what the caller may see.
 */
export interface GatewayContext {
  readonly viewer: Viewer
  /** What the operation came by, if that stays open: a socket. Null for HTTP. */
  readonly session: Session | null
  readonly inventory: InventoryView
  /** Those of this request: made for who asks, since most operations act on nothing. */
  readonly operations: () => Operations
  readonly tasks: TaskBook
  readonly audit: AuditBook
  /** The events of all tasks, whichever gateway on this store appends them; see {@link TaskBook.isInSight}. */
  readonly taskTail: EventTail<TaskEvent>
  readonly lookout: TaskLookout
  readonly protectionLog: ProtectionLog
  /** The changes of all replications and groups, whichever gateway on this store appends them; each has its places. */
  readonly protectionTail: EventTail<ProtectionEvent>
  readonly rpoHistory: RpoHistory
  readonly readiness: ReadinessDesk
  readonly loaders: Loaders
  readonly streams: StreamSetting
  readonly delivery: StreamDelivery
  /** The time that the gateway goes by. */
  readonly now: () => Date
  /** Aborts when the caller has left. Never for a mutation. */
  readonly signal: AbortSignal
  /** What a list could not see: joins the `errors` of an answer whose `data` is nevertheless whole. */
  readonly gaps: GraphQLError[]
}
