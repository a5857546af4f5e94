import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../domain/ports/clock.ts'
import type { Logger } from '../domain/ports/logger.ts'
import {
  snapshotLists,
  type SnapshotList,
  type SnapshotStore,
  type StoredSnapshot,
} from '../domain/ports/snapshot-store.ts'
import { parseDatedJson, toDatedJson } from '../std/dated-json.ts'
import type { SiteFeed } from './site-feed.ts'

/**
 * Has to grow whenever what a list holds changes its shape: a snapshot of another shape is not looked at. What this one
 * stands for is written down for each vendor, and a test compares.
 */
export const snapshotShape = 1

/** A list that is read all the time is kept no more often than this. */
const keepEveryMs = 60_000

/** Objects that are turned into text at a time: in between the others have their turn. */
const chunkSize = 250

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toLabel = ({ adapter }: SiteFeed) => ({
  shape: snapshotShape,
  vendor: adapter.vendor,
  url: adapter.connection().url,
})

/** The text of a list, some objects at a time: others have their turn in between, and it is never there as a whole. */
async function* toText(feed: SiteFeed, value: unknown): AsyncGenerator<string> {
  const label = toDatedJson(toLabel(feed)).slice(0, -1)
  if (Array.isArray(value)) {
    yield `${label},"value":[`
    for (let at = 0; at < value.length; at += chunkSize) {
      if (at > 0) await setImmediate()
      const part = toDatedJson(value.slice(at, at + chunkSize)).slice(1, -1)
      yield at > 0 ? `,${part}` : part
    }
    yield ']}'
  } else yield `${label},"value":${toDatedJson(value)}}`
}

const isUsable = (list: SnapshotList, value: unknown): boolean => {
  if (list === 'report') return isRecord(value) && isRecord(value['local']) && isRecord(value['capabilities'])
  return Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['id'] === 'string')
}

/** The list, or null where the text is not of this shape or tells of another site under the same name. */
const findValue = (feed: SiteFeed, { list, text }: StoredSnapshot): unknown => {
  let kept: unknown
  try {
    kept = parseDatedJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (!isRecord(kept)) return null
  const isOfThisSite = Object.entries(toLabel(feed)).every(([name, word]) => kept[name] === word)
  return isOfThisSite && isUsable(list, kept['value']) ? kept['value'] : null
}

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
        const value = feed === undefined ? null : findValue(feed, snapshot)
        if (feed === undefined || value === null) continue
        // Its shape is known by its label; the four lists differ in nothing else here.
        const read: { restore(value: unknown, observedAt: Date): void } = feed[snapshot.list]
        read.restore(value, snapshot.observedAt)
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
      await this.#store.save([{ siteName, list, observedAt, text: toText(feed, value) }])
    } catch (error) {
      this.#kept.delete(toKey(feed, list))
      this.#logger.warn('what a site lists cannot be kept', { siteName, list, error })
    }
  }
}

const toKey = ({ number }: SiteFeed, list: SnapshotList): string => `${number}/${list}`
