import type { Clock } from '../domain/ports/clock.ts'
import type { Interest, Leases } from '../domain/ports/leases.ts'
import type { SiteFeed } from './site-feed.ts'

/** With every look that finds nothing new, the next one is so much later. */
const slowDown = 1.5

/** No later than this. */
const slowestMs = 30_000

/** No sooner than this, however young an answer has to be. */
const fastestMs = 1_000

/** A part of the time by which looks are moved, so that sites are not all asked at the same moments. */
const jitter = 0.1

interface Round {
  readonly feed: SiteFeed
  /** Of this site's. */
  readonly leave: AbortController
  readonly end: AbortSignal
  intervalMs: number
  /** When the next look is due; it is looked already while this is null. */
  dueAt: number | null
  wake: AbortController
}

export interface SiteWatchOptions {
  readonly feeds: readonly SiteFeed[]
  readonly clock: Clock
  readonly maxAgeMs: number
  /** Where somebody may watch at other gateways, too. */
  readonly leases: Pick<Leases, 'show' | 'isWanted' | 'onWanted'>
  /** Between 0 and 1. @default Math.random */
  readonly random?: () => number
}

const interest = 'PROTECTION' satisfies Interest

/**
 * Reads the sites again and again while somebody watches at any gateway and this one is to read for all, and not at all while
 * nobody does. Each site is looked at after
 * the configured age; more and more slowly while nothing changes; at once after a change was sent.
 */
export class SiteWatch implements Disposable {
  readonly #feeds: readonly SiteFeed[]
  readonly #clock: Clock
  readonly #fastMs: number
  readonly #random: () => number
  readonly #leases: SiteWatchOptions['leases']
  readonly #wanted: Disposable
  #isLeading = false
  #rounds: readonly Round[] = []
  #end: AbortController | null = null

  /** Reads nothing before {@link SiteWatch.lead}. */
  constructor(options: SiteWatchOptions) {
    this.#clock = options.clock
    this.#fastMs = Math.max(fastestMs, options.maxAgeMs)
    this.#random = options.random ?? Math.random
    this.#feeds = options.feeds
    this.#leases = options.leases
    this.#wanted = options.leases.onWanted((wanted) => {
      if (wanted === interest) this.#start()
    })
  }

  /** Somebody watches here from now on, until the result is disposed of. */
  hold(): Disposable {
    const shown = this.#leases.show(interest)
    return {
      [Symbol.dispose]: () => {
        shown[Symbol.dispose]()
        if (!this.#leases.isWanted(interest)) this.#stop()
      },
    }
  }

  /** This gateway is to read for all from now on. */
  lead(): void {
    this.#isLeading = true
    this.#start()
  }

  /** Another one is. */
  follow(): void {
    this.#isLeading = false
    this.#stop()
  }

  /** Something changes at these sites: the next look comes after the shortest time, or at once. */
  hurry(concerns: (feed: SiteFeed) => boolean, isAtOnce: boolean): void {
    for (const round of this.#rounds) {
      if (!concerns(round.feed)) continue
      round.intervalMs = this.#fastMs
      if (round.dueAt === null) continue
      const soonest = this.#clock.now().getTime() + (isAtOnce ? 0 : this.#fastMs)
      round.dueAt = Math.min(round.dueAt, soonest)
      round.wake.abort()
    }
  }

  /** The sites have become others: what is new is looked at too while somebody watches, and what is gone no more. */
  renew(): void {
    if (this.#end === null) return
    const { signal } = this.#end
    for (const { feed, leave } of this.#rounds) if (!this.#feeds.includes(feed)) leave.abort()
    const known = new Map(this.#rounds.map((round) => [round.feed, round]))
    this.#rounds = this.#feeds.map((feed) => known.get(feed) ?? this.#begin(feed, signal))
  }

  /** Ends all looking, whoever watches. */
  [Symbol.dispose](): void {
    this.#wanted[Symbol.dispose]()
    this.follow()
  }

  #stop(): void {
    this.#end?.abort()
    this.#end = null
    this.#rounds = []
  }

  /** At once, whatever has been looked at before: it was not wanted in between. */
  #start(): void {
    this.#stop()
    if (!this.#isLeading || !this.#leases.isWanted(interest)) return
    this.#end = new AbortController()
    const { signal } = this.#end
    this.#rounds = this.#feeds.map((feed) => this.#begin(feed, signal))
  }

  #begin(feed: SiteFeed, over: AbortSignal): Round {
    const leave = new AbortController()
    const end = AbortSignal.any([over, leave.signal])
    const round = { feed, leave, end, intervalMs: this.#fastMs, dueAt: null, wake: new AbortController() }
    void this.#look(round)
    return round
  }

  async #look(round: Round): Promise<void> {
    const { end, feed } = round
    const { report, groups, replications } = feed
    while (!end.aborted) {
      // What a query has read meanwhile is as good.
      const maxAgeMs = round.intervalMs / 2
      await Promise.all([
        groups.get(maxAgeMs),
        replications.get(maxAgeMs),
        ...(report.hasRead ? [] : [report.get(maxAgeMs)]),
      ])
      if (end.aborted) return
      const waitMs = round.intervalMs * (1 + jitter * (this.#random() - 0.5))
      round.dueAt = this.#clock.now().getTime() + waitMs
      round.intervalMs = Math.min(round.intervalMs * slowDown, Math.max(slowestMs, this.#fastMs))
      await this.#rest(round, waitMs)
      round.dueAt = null
      if (!end.aborted && !this.#leases.isWanted(interest)) this.#stop()
    }
  }

  async #rest(round: Round, waitMs: number): Promise<void> {
    let restMs = waitMs
    while (restMs > 0 && !round.end.aborted) {
      const wake = new AbortController()
      round.wake = wake
      await this.#clock.wait(restMs, AbortSignal.any([round.end, wake.signal]))
      if (!wake.signal.aborted) return
      restMs = (round.dueAt ?? 0) - this.#clock.now().getTime()
    }
  }
}
