import type { Clock } from '../domain/ports/clock.ts'
import { LeaseLostError } from '../domain/ports/leases.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { RpoHistory } from '../domain/ports/rpo-history.ts'
import type { ProtectionChange } from '../domain/protection-event.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import { ChangeLog } from './change-log.ts'
import type { Seen } from './merge-observations.ts'
import { RpoSampler } from './rpo-sampler.ts'
import type { SiteFeed } from './site-feed.ts'

/** How often old samples are put together and old events forgotten. */
const tidyEveryMs = 60 * 60_000

/** How long events are kept, and how many at most: a client that comes back later reads the lists anew. */
const eventsKeptMs = 30 * 24 * 60 * 60_000
const mostEvents = 200_000

/** What of the log of changes is needed to write it. */
export type RecordedLog = Pick<ProtectionLog, 'listStates' | 'append' | 'prune'>

/**
 * What is written down after the sites have been read, from when it is made: what changed, and how the groups keep their objectives. One look at
 * a time; refreshes that come meanwhile share the next one. What cannot be written is logged and tried again with the
 * next refresh: reading goes on.
 */
export class RefreshRecorder implements AsyncDisposable {
  readonly #feeds: readonly SiteFeed[]
  readonly #changes: ChangeLog
  readonly #sampler: RpoSampler
  readonly #listGroups: () => Iterable<Seen<ProtectionGroup>>
  readonly #onChanged: (changes: readonly ProtectionChange[]) => void
  readonly #stores: { readonly rpoHistory: RpoHistory; readonly protectionLog: RecordedLog }
  readonly #clock: Clock
  readonly #logger: Logger
  #isDue = false
  #isClosed = false
  #run: Promise<void> | null = null
  #tidiedAt: number | null = null

  /** @param options.listGroups The groups of every site, merged, as they are known. */
  constructor(options: {
    readonly feeds: readonly SiteFeed[]
    readonly listGroups: () => Iterable<Seen<ProtectionGroup>>
    readonly onChanged: (changes: readonly ProtectionChange[]) => void
    readonly rpoHistory: RpoHistory
    readonly protectionLog: RecordedLog
    readonly clock: Clock
    readonly logger: Logger
  }) {
    const { feeds, protectionLog, rpoHistory, clock } = options
    this.#feeds = feeds
    const tries = new Map<unknown, number>()
    for (const { groups, replications } of feeds) for (const read of [groups, replications]) tries.set(read, read.tries)
    this.#changes = new ChangeLog({
      feeds,
      log: protectionLog,
      clock,
      isReadHere: (read) => read.hasReadSince(tries.get(read) ?? 0),
    })
    this.#sampler = new RpoSampler(rpoHistory)
    this.#listGroups = options.listGroups
    this.#onChanged = options.onChanged
    this.#stores = { rpoHistory, protectionLog }
    this.#clock = clock
    this.#logger = options.logger
  }

  /** Reads how everything was last seen, so that what changed since is found with the first look. */
  async load(): Promise<void> {
    await this.#attempt('how everything was last seen cannot be read', () => this.#changes.load())
  }

  configurationChangedAt(id: string): Date | null {
    return this.#changes.configurationChangedAt(id)
  }

  /** A list of a site has just been tried. */
  note(feed: SiteFeed): void {
    // The two lists of a site are read side by side, and belong together.
    if (this.#isClosed || feed.groups.isReading || feed.replications.isReading) return
    this.#isDue = true
    this.#run ??= this.#recordAll()
  }

  /** Takes nothing more, and resolves when what was read until now is written down. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await this.#run
  }

  async #recordAll(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false
      await this.#attempt('what changed at the sites cannot be written down', async () => {
        const changes = await this.#changes.record()
        if (changes.length > 0) this.#onChanged(changes)
      })
      await this.#attempt('how the groups keep their objectives cannot be written down', () =>
        this.#sampler.sample(this.#feeds.some(({ groups }) => groups.hasRead) ? this.#listGroups() : []),
      )
      await this.#tidy()
    }
    this.#run = null
  }

  async #tidy(): Promise<void> {
    const now = this.#clock.now()
    if (this.#tidiedAt !== null && Math.abs(now.getTime() - this.#tidiedAt) < tidyEveryMs) return
    this.#tidiedAt = now.getTime()
    const { rpoHistory, protectionLog } = this.#stores
    await this.#attempt('old samples cannot be put together', () => rpoHistory.thin(now))
    const before = new Date(now.getTime() - eventsKeptMs)
    await this.#attempt('old events cannot be forgotten', () => protectionLog.prune(before, mostEvents))
  }

  async #attempt(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      // Whoever has the lease now finds the same.
      if (error instanceof LeaseLostError) return
      this.#logger.warn(failure, { error })
    }
  }
}
