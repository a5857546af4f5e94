import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import { snapshotLists, type SnapshotList, type SnapshotStore } from '../domain/ports/snapshot-store.ts'
import { readListText, toListText } from './list-text.ts'
import type { SiteFeed } from './site-feed.ts'

/** A list that is read all the time is kept no more often than this. */
const keepEveryMs = 60_000

/**
 * Keeps what the sites listed last beyond this process. What cannot be kept or brought back costs nothing but itself: it is
 * logged, and reading goes on.
 */
export class SnapshotKeeper {
  readonly #feeds: readonly SiteFeed[]
  readonly #store: SnapshotStore
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #kept = new Map<string, { readonly version: number; readonly at: number }>()
  #queue: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly feeds: readonly SiteFeed[]
    readonly store: SnapshotStore
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#feeds = options.feeds
    this.#store = options.store
    this.#clock = options.clock
    this.#logger = options.logger
  }

  /** Gives feeds what was kept of their sites last. @param feeds @default all */
  async restore(feeds: readonly SiteFeed[] = this.#feeds): Promise<void> {
    try {
      const snapshots = await this.#store.load(feeds.map(({ adapter }) => adapter.siteName))
      for (const snapshot of snapshots) {
        const feed = feeds.find(({ adapter }) => adapter.siteName === snapshot.siteName)
        const kept = feed === undefined ? null : await readListText(feed, snapshot.list, snapshot.text)
        if (feed === undefined || kept === null) continue
        // Its shape is known by its label; the four lists differ in nothing else here.
        const read: { restore(value: unknown, observedAt: Date): void } = feed[snapshot.list]
        read.restore(kept.value, snapshot.observedAt)
      }
    } catch (error) {
      this.#logger.warn('what the sites listed before the start cannot be brought back', { error })
    }
  }

  /** Keeps a list that has just been read, unless that was done a moment ago. */
  note(feed: SiteFeed, list: SnapshotList): void {
    const last = this.#kept.get(toKey(feed, list))
    const isRecent = last !== undefined && Math.abs(this.#clock.now().getTime() - last.at) < keepEveryMs
    if (!isRecent) this.#keep(feed, list)
  }

  /** Keeps everything that is newer than what is kept. Resolves when all is done. @param feeds @default all */
  async flush(feeds: readonly SiteFeed[] = this.#feeds): Promise<void> {
    for (const feed of feeds) for (const list of snapshotLists) this.#keep(feed, list)
    await this.#queue
  }

  #keep(feed: SiteFeed, list: SnapshotList): void {
    const { hasRead, last } = feed[list]
    const { value, observedAt, version } = last
    const key = toKey(feed, list)
    if (!hasRead || observedAt === null || this.#kept.get(key)?.version === version) return
    this.#kept.set(key, { version, at: this.#clock.now().getTime() })
    this.#queue = this.#queue.then(() => this.#save(feed, list, value, observedAt))
  }

  async #save(feed: SiteFeed, list: SnapshotList, value: unknown, observedAt: Date): Promise<void> {
    const { siteName } = feed.adapter
    try {
      await this.#store.save([{ siteName, list, observedAt, text: toListText(feed, value) }])
    } catch (error) {
      this.#kept.delete(toKey(feed, list))
      this.#logger.warn('what a site lists cannot be kept', { siteName, list, error })
    }
  }
}

const toKey = ({ number }: SiteFeed, list: SnapshotList): string => `${number}/${list}`
