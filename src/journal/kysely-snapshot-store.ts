import { DomainError } from '../domain/errors.ts'
import type { NewSnapshot, SnapshotStore, StoredSnapshot } from '../domain/ports/snapshot-store.ts'
import type { SnapshotsTable } from './read-model-tables.ts'
import { packText, unpackText } from './snapshot-text.ts'
import type { StoreQueue } from './store-queue.ts'

const toRow = async ({ siteName, list, observedAt, text }: NewSnapshot): Promise<SnapshotsTable> => ({
  site_name: siteName,
  list,
  observed_at: observedAt.getTime(),
  content: await packText(text),
})

const toSnapshot = async ({ site_name, list, observed_at, content }: SnapshotsTable): Promise<StoredSnapshot> => {
  try {
    return { siteName: site_name, list, observedAt: new Date(observed_at), text: await unpackText(content) }
  } catch (error) {
    const message = `What was kept of the ${list} of the site ${site_name} is damaged. The next refresh of the site replaces it.`
    throw DomainError.store('STORE_UNAVAILABLE', message, error)
  }
}

/** The snapshots over any database that Kysely speaks to. */
export class KyselySnapshotStore implements SnapshotStore {
  readonly #queue: StoreQueue
  #lastSave: Promise<unknown> = Promise.resolve()

  /** @param queue Whoever made it closes it. */
  constructor(queue: StoreQueue) {
    this.#queue = queue
  }

  /** Compresses before it takes its place in the queue. What is saved later wins, even when it is compressed sooner. */
  async save(snapshots: readonly NewSnapshot[]): Promise<void> {
    if (snapshots.length === 0) return
    const packed = Promise.all(snapshots.map(toRow))
    const saved = Promise.all([packed, this.#lastSave]).then(([rows]) => this.#write(rows))
    this.#lastSave = saved.catch(() => {})
    await saved
  }

  async load(siteNames: readonly string[]): Promise<readonly StoredSnapshot[]> {
    if (siteNames.length === 0) return []
    const rows = await this.#queue.read((db) =>
      db
        .selectFrom('snapshots')
        .selectAll()
        .where('site_name', 'in', siteNames)
        .orderBy('site_name')
        .orderBy('list')
        .execute(),
    )
    return Promise.all(rows.map(toSnapshot))
  }

  #write(rows: readonly SnapshotsTable[]): Promise<void> {
    return this.#queue.write('SNAPSHOTS', async ({ trx }) => {
      for (const row of rows) {
        const { observed_at, content } = row
        await trx
          .insertInto('snapshots')
          .values(row)
          .onConflict((conflict) => conflict.columns(['site_name', 'list']).doUpdateSet({ observed_at, content }))
          .execute()
      }
    })
  }
}
