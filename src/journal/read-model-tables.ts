import type { Generated } from 'kysely'
import type { SnapshotList } from '../domain/ports/snapshot-store.ts'
import type { RpoVerdict } from '../domain/rpo.ts'

/** The newest list of each configured site. Here and below a time is whole milliseconds since 1970. */
export interface SnapshotsTable {
  readonly site_name: string
  readonly list: SnapshotList
  readonly observed_at: number
  /** The text as `snapshot-text.ts` packs it. */
  readonly content: Uint8Array
}

/** What gateways on one store tell and ask each other of the lists: see `SharedLists`. */
export interface SharedListsTable {
  readonly site_name: string
  readonly list: SnapshotList
  readonly sequence: number
  readonly replica: string | null
  /** The sequence with which the content came. */
  readonly content_number: number
  readonly observed_at: number | null
  /** By the clock of the database; null where it was only asked for. */
  readonly looked_at: number | null
  /** As JSON. */
  readonly problem: string | null
  readonly asked: number
  readonly outdated: number
  readonly heard: number
  readonly answered: number
}

/** The groups whose objectives are kept, each with its newest sample. */
export interface RpoGroupsTable {
  /** Stands for the long id in the many rows of `rpo_buckets`. */
  readonly number: Generated<number>
  readonly group_id: string
  readonly at: number
  readonly actual_seconds: number | null
  readonly target_seconds: number | null
  readonly verdict: RpoVerdict
}

/** Samples, put together the more the older they are: see `rpo-row.ts`. */
export interface RpoBucketsTable {
  readonly group_number: number
  /** Length of the slot: 0 for a sample that was not put together yet. */
  readonly span_ms: number
  /** Start of the slot, a multiple of `span_ms`; the moment of the sample where that is 0. */
  readonly slot_at: number
  /** Of the first and the last sample in it. */
  readonly from_at: number
  readonly to_at: number
  readonly sample_count: number
  readonly measured_count: number
  /** Null, as the next one, when nothing was measured. */
  readonly min_seconds: number | null
  readonly max_seconds: number | null
  /** Of what was measured. */
  readonly sum_seconds: number
  readonly target_seconds: number | null
  readonly verdict: RpoVerdict
}

/** How each replication and group was last seen. */
export interface ProtectionStatesTable {
  readonly id: string
  /** The fields as a JSON object of texts. */
  readonly fields: string
  readonly configuration_changed_at: number | null
}

/** What changed on them: append-only, but that the oldest go. */
export interface ProtectionEventsTable {
  readonly sequence: number
  readonly at: number
  /** The rest of the change, as JSON. */
  readonly document: string
}

/** Where that log ends: one row, so that a sequence is not given again when its event has gone. */
export interface ProtectionHeadTable {
  readonly id: number
  /** 0 while there was no event yet. */
  readonly sequence: number
}

export interface ReadModelTables {
  readonly snapshots: SnapshotsTable
  readonly shared_lists: SharedListsTable
  readonly rpo_groups: RpoGroupsTable
  readonly rpo_buckets: RpoBucketsTable
  readonly protection_states: ProtectionStatesTable
  readonly protection_events: ProtectionEventsTable
  readonly protection_head: ProtectionHeadTable
}
