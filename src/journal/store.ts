import type { Journal } from '../domain/ports/journal.ts'
import type { Leases } from '../domain/ports/leases.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { RpoHistory } from '../domain/ports/rpo-history.ts'
import type { SharedLists } from '../domain/ports/shared-lists.ts'
import type { SnapshotStore } from '../domain/ports/snapshot-store.ts'

/** Everything a gateway keeps, in one place. Disposing lets the writes that have begun come to their end, and closes it. */
export interface Store extends AsyncDisposable {
  readonly journal: Journal
  readonly leases: Leases
  readonly snapshots: SnapshotStore
  /** Null where the store has one gateway. */
  readonly lists: SharedLists | null
  readonly rpoHistory: RpoHistory
  readonly protectionLog: ProtectionLog
}
