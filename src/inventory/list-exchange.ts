import type { Clock } from '../domain/ports/clock.ts'
import type { EventBus } from '../domain/ports/event-bus.ts'
import { LeaseLostError, type Lease, type Leases } from '../domain/ports/leases.ts'
import type { Logger } from '../domain/ports/logger.ts'
import type { SharedLists, ToldList } from '../domain/ports/shared-lists.ts'
import type { ProtectionEvent } from '../domain/protection-event.ts'
import { snapshotLists, type SnapshotList } from '../domain/ports/snapshot-store.ts'
import { askForList } from './list-question.ts'
import { ListState } from './list-state.ts'
import { readListText, toListText } from './list-text.ts'
import type { SiteFeed } from './site-feed.ts'

export interface ListExchangeOptions {
  readonly feeds: readonly SiteFeed[]
  readonly lists: SharedLists
  /** Gives out what any gateway has written down. */
  readonly changes: Pick<EventBus<ProtectionEvent>, 'subscribe'>
  readonly leases: Pick<Leases, 'replica' | 'listLiving'>
  readonly clock: Clock
  readonly logger: Logger
  /** Another gateway says that what was read of a site is out of date. Called where this gateway reads. */
  readonly onOutdated: (feed: SiteFeed) => void
}

/** While a question is worked at, whoever asked hears so in this time. */
const signEveryMs = 1_000

/** An event is not held back any longer. */
const catchUpPatienceMs = 1_000

/** A site that does not say which it is is not asked more often than this, besides its lists. */
const reportMaxAgeMs = 5_000

/**
 * What the gateways on one store tell and ask each other of the lists of the sites. One of them reads: it tells the others of
 * every try, and reads what they ask for. The others take over what it tells.
 */
export class ListExchange implements AsyncDisposable {
  readonly #options: ListExchangeOptions
  readonly #states = new WeakMap<SiteFeed, ReadonlyMap<SnapshotList, ListState>>()
  readonly #news: Disposable
  readonly #changes: Disposable
  readonly #untold = new Set<ListState>()
  /** Null while another gateway reads. */
  #lease: Lease | null = null
  #telling: Promise<void> | null = null
  #reading: Promise<void> | null = null
  #position = 0
  /** The last change before which everything was taken over, the last one that somebody waits for, and the last one. */
  #caughtUpTo = 0
  #lastChange = 0
  #newestChange = 0
  #catching: Promise<void> | null = null
  #isStale = false
  #isClosed = false
  #isFailing = false

  constructor(options: ListExchangeOptions) {
    this.#options = options
    this.#news = options.lists.onNews(() => this.#wake())
    this.#changes = options.changes.subscribe(({ sequence }) => {
      this.#newestChange = sequence
    })
  }

  /** Takes over what a gateway that lives has told. What others have told is brought back as from a former process. */
  async start(): Promise<void> {
    const { lists, leases, clock } = this.#options
    await this.#attempt(async () => {
      const now = clock.now()
      // First those who live: whoever has told something since is not missing among them.
      const living = await leases.listLiving()
      const told = await lists.readSince(0)
      const toldByLiving = told.filter(({ replica }) => replica === null || living.has(replica))
      await this.#seeAll(toldByLiving, now)
      this.#position = told.at(-1)?.sequence ?? 0
    })
  }

  /** There are other sites than before: what is known of those that were added is taken over. */
  lookAnew(): void {
    this.#position = 0
    this.#wake()
  }

  /** This gateway reads from now on. */
  lead(lease: Lease): void {
    this.#lease = lease
    for (const state of this.#all()) state.lead()
    // Whoever read before may have left questions open.
    this.lookAnew()
  }

  /** Another gateway reads from now on. Resolves when nothing is told any more. */
  async follow(): Promise<void> {
    await this.#telling
    this.#lease = null
    // What that one has told already was not taken over by who took himself for the reading one.
    for (const state of this.#all()) state.sequence = 0
    this.#position = 0
    this.#wake()
  }

  /** A list was tried here. */
  note(feed: SiteFeed, list: SnapshotList): void {
    if (this.#lease === null || this.#isClosed) return
    const state = this.#stateOf(feed, list)
    if (!state.read.isOutdated) state.answered = Math.max(state.answered, state.asked, state.outdated)
    this.#untold.add(state)
    this.#telling ??= this.#tellAll(this.#lease)
  }

  /**
   * Has the gateway that reads answer for a list that is wanted here. Each gateway asks for the report of a site itself the first
   * time: by that it knows what it can ask the site for.
   *
   * @returns false when this gateway has to read itself.
   */
  async ask(feed: SiteFeed, list: SnapshotList, maxAgeMs: number): Promise<boolean> {
    const isOver = (): boolean => this.#lease !== null || this.#isClosed
    const state = this.#stateOf(feed, list)
    if (isOver() || state.isForeign || (list === 'report' && !feed.report.hasRead)) return false
    const { lists, clock } = this.#options
    return askForList(state, maxAgeMs, { lists, clock, isOver, onTold: () => this.#wake() })
  }

  /** Resolves when everything that was read here until now is told. */
  async settle(): Promise<void> {
    while (this.#telling !== null) await this.#telling
  }

  /**
   * Resolves when everything was taken over that was told before a change was written down, or a second later.
   *
   * @param change Its sequence.
   */
  async catchUp(change: number): Promise<void> {
    if (this.#lease !== null || this.#isClosed || change <= this.#caughtUpTo) return
    this.#lastChange = Math.max(this.#lastChange, change)
    this.#catching ??= this.#catchOn()
    const over = new AbortController()
    const patience = this.#options.clock.wait(catchUpPatienceMs, over.signal)
    await Promise.race([this.#catching, patience])
    over.abort()
  }

  async #catchOn(): Promise<void> {
    while (this.#lastChange > this.#caughtUpTo) {
      // Many changes come together, and whoever is told of them waits for each: one look is for all that are there.
      const change = Math.max(this.#lastChange, this.#newestChange)
      this.#wake()
      // One that ends may begin anew.
      while (this.#reading !== null) await this.#reading
      this.#caughtUpTo = change
    }
    this.#catching = null
  }

  /** Says everywhere that what was read of these sites is out of date; here it is known already. */
  outdate(feeds: readonly SiteFeed[]): void {
    const states = feeds.flatMap((feed) =>
      (['groups', 'replications', 'alerts'] as const).map((list) => this.#stateOf(feed, list)),
    )
    if (states.length === 0 || this.#isClosed) return
    for (const state of states) state.outdating += 1
    void this.#attempt(async () => {
      const number = await this.#options.lists.outdate(states.map(({ name }) => name))
      for (const state of states) {
        state.outdated = Math.max(state.outdated, number)
        // It was read here since, before the number was known.
        const { isOutdated, isReading } = state.read
        if (!isOutdated && !isReading) this.note(state.feed, state.name.list)
      }
      // Or elsewhere.
      if (this.#lease === null && states.some(({ answered }) => answered >= number)) this.#position = 0
      this.#wake()
    }).finally(() => {
      for (const state of states) state.outdating -= 1
    })
  }

  /** Tells and takes over nothing more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#news[Symbol.dispose]()
    this.#changes[Symbol.dispose]()
    for (const state of this.#all()) for (const call of state.calls) call()
    await this.#telling
    await this.#reading
  }

  #all(): readonly ListState[] {
    return this.#options.feeds.flatMap((feed) => [...(this.#states.get(feed)?.values() ?? [])])
  }

  #stateOf(feed: SiteFeed, list: SnapshotList): ListState {
    const states = this.#states.get(feed) ?? new Map(snapshotLists.map((each) => [each, new ListState(feed, each)]))
    this.#states.set(feed, states)
    const state = states.get(list)
    if (state === undefined) throw new Error(`There is no list ${list}`)
    return state
  }

  /** Something may have been told or asked. */
  #wake(): void {
    this.#isStale = true
    if (!this.#isClosed) this.#reading ??= this.#readOn()
  }

  /** Never rejects. */
  async #readOn(): Promise<void> {
    await this.#attempt(async () => {
      while (this.#isStale && !this.#isClosed) {
        this.#isStale = false
        const from = this.#position
        // A list is not taken for younger than it is.
        const now = this.#options.clock.now()
        const told = await this.#options.lists.readSince(from)
        await this.#seeAll(told, now)
        // A takeover meanwhile wants all of it once more.
        if (this.#position === from) this.#position = told.at(-1)?.sequence ?? from
        else this.#isStale = true
      }
    })
    this.#reading = null
    if (this.#isStale && !this.#isFailing) this.#wake()
  }

  async #seeAll(told: readonly ToldList[], now: Date): Promise<void> {
    await Promise.all(
      told.map(async (one) => {
        const feed = this.#options.feeds.find(({ adapter }) => adapter.siteName === one.siteName)
        if (feed !== undefined) await this.#see(this.#stateOf(feed, one.list), one, now)
      }),
    )
  }

  async #see(state: ListState, told: ToldList, now: Date): Promise<void> {
    const isOutdated = told.outdated > Math.max(state.outdated, told.answered)
    if (isOutdated) state.read.outdate()
    if (this.#lease !== null) {
      state.note(told)
      if (isOutdated) this.#options.onOutdated(state.feed)
      if (state.asked > state.answered) void this.#answer(state, this.#lease)
      return
    }
    if (told.replica !== null && told.replica !== this.#options.leases.replica) await this.#take(state, told, now)
    state.note(told)
  }

  async #take(state: ListState, told: ToldList, now: Date): Promise<void> {
    const { contentNumber, observedAt, problem, ageMs } = told
    if (told.answered > state.answered || told.heard > state.heard) state.isUnheard = false
    if (contentNumber > 0 && state.taken?.number !== contentNumber) {
      const { list } = state.name
      const text = await this.#options.lists.readText(state.name)
      const known = state.taken?.text ?? null
      // What is damaged is of no use, as what is of another site.
      const read =
        text === null
          ? null
          : await readListText(state.feed, list, text, known).catch((error: unknown) => {
              this.#options.logger.warn('what another gateway tells of a list cannot be read', { ...state.name, error })
              return null
            })
      state.isForeign = read === null
      state.taken = read === null ? null : { number: contentNumber, text: read }
    }
    if (state.isForeign || this.#lease !== null) return
    const { read, taken } = state
    // Without content it is told why there is none: what is known from before stays.
    const found = taken === null ? read.last : { value: taken.text.value, observedAt }
    const isCurrent = state.outdating === 0 && told.answered >= Math.max(state.outdated, told.outdated)
    const triedAt = new Date(now.getTime() - ageMs)
    read.take({ value: found.value, observedAt: found.observedAt, problem, triedAt, isCurrent })
  }

  /** Reads until every question has its answer. */
  async #answer(state: ListState, lease: Lease): Promise<void> {
    if (state.isAnswering) return
    state.isAnswering = true
    const { report } = state.feed
    while (state.asked > state.answered && this.#lease === lease && !this.#isClosed) {
      const isKnown = report.hasRead || state.name.list === 'report'
      const over = new AbortController()
      const read = Promise.all([state.read.getYoung(0), ...(isKnown ? [] : [report.getYoung(reportMaxAgeMs)])])
      void read.then(() => over.abort())
      while (!over.signal.aborted) await this.#giveSigns(state, lease, over.signal)
    }
    state.isAnswering = false
  }

  async #giveSigns(state: ListState, lease: Lease, over: AbortSignal): Promise<void> {
    const { lists, clock } = this.#options
    await clock.wait(signEveryMs, over)
    if (over.aborted) return
    state.heard = Math.max(state.heard, state.asked)
    await this.#attempt(() => lists.hear(lease, state.name, state.heard))
  }

  async #tellAll(lease: Lease): Promise<void> {
    for (const state of this.#untold) {
      this.#untold.delete(state)
      await this.#attempt(() => this.#tell(state, lease))
    }
    this.#telling = null
  }

  async #tell(state: ListState, lease: Lease): Promise<void> {
    const { read, feed, name, heard, answered } = state
    const { clock, lists } = this.#options
    const { value, observedAt, problem } = read.last
    const isNew = read.hasReadSince(0) && !isSameList(value, state.toldValue)
    const { triedAt } = read
    const toAgeMs = (): number => Math.max(0, clock.now().getTime() - (triedAt?.getTime() ?? 0))
    const text = isNew ? toListText(feed, value) : null
    state.toldValue = isNew ? value : state.toldValue
    try {
      await lists.tell(lease, { ...name, observedAt, problem, heard, answered, toAgeMs, text })
    } catch (error) {
      state.toldValue = state
      throw error
    }
  }

  /** What fails is tried again with the next look; it is said once. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#isFailing = false
    } catch (error) {
      if (error instanceof LeaseLostError) return
      if (!this.#isFailing) this.#options.logger.warn('what the sites list cannot be shared', { error })
      this.#isFailing = true
    }
  }
}

/** Whether two lists hold the same objects in the same places. */
const isSameList = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((object, place) => object === other[place]))
