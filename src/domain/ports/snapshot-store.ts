/** The lists that are kept of each configured site. */
export const snapshotLists = ['report', 'groups', 'replications', 'alerts'] as const
export type SnapshotList = (typeof snapshotLists)[number]

/** One list of one site as it was last read well. */
export interface StoredSnapshot {
  /** The site's name in the configuration. */
  readonly siteName: string
  readonly list: SnapshotList
  readonly observedAt: Date
  /** The list as text; only the inventory understands it. Kept compressed. */
  readonly text: string
}

/** A list that is to be kept. Its text may come in parts: that of thousands of objects need never be there as a whole. */
export interface NewSnapshot extends Omit<StoredSnapshot, 'text'> {
  readonly text: string | AsyncIterable<string>
}

/**
 * Keeps the newest list of each site, so that a gateway that starts while the vendors are down can answer.
 *
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export interface SnapshotStore {
  /** Replaces what was kept of the same site and list. One transaction. */
  save(snapshots: readonly NewSnapshot[]): Promise<void>
  /** Everything that is kept of these sites. */
  load(siteNames: readonly string[]): Promise<readonly StoredSnapshot[]>
}
