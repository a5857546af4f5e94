import { once } from 'node:events'
import type { Lease, Leases } from '../domain/ports/leases.ts'
import type { ProtectionLog } from '../domain/ports/protection-log.ts'
import type { ListExchange } from './list-exchange.ts'
import type { RecordedLog, RefreshRecorder } from './refresh-recorder.ts'
import type { SiteFeed } from './site-feed.ts'
import type { SiteWatch } from './site-watch.ts'

export interface ListsSeatOptions {
  readonly leases: Leases
  readonly watch: SiteWatch
  /** Null where this gateway has its store for itself. */
  readonly exchange: ListExchange | null
  /** Begins with how everything was last seen, and writes under the lease. */
  readonly createRecorder: (lease: Lease) => RefreshRecorder
}

/** Others have the lists before they hear of the changes on them. */
export const toToldFirst = (log: ProtectionLog, exchange: ListExchange | null): RecordedLog => ({
  listStates: () => log.listStates(),
  append: async (changes, states) => {
    await exchange?.settle()
    return log.append(changes, states)
  },
  prune: (before, mostEvents) => log.prune(before, mostEvents),
})

/**
 * Reads the lists of all sites for everybody, for as long as this gateway has the lease of that, and writes down what has
 * changed on them. What several sites list is compared together, so one gateway reads them all.
 */
export class ListsSeat implements AsyncDisposable {
  readonly #options: ListsSeatOptions
  #hold: AsyncDisposable | null = null
  /** That of the present lease, or the last one; null before the first. */
  #recorder: RefreshRecorder | null = null
  #isHeld = false

  /** Does nothing before {@link ListsSeat.begin}. */
  constructor(options: ListsSeatOptions) {
    this.#options = options
  }

  /** Wants the lease from now on. Does nothing the second time. */
  async begin(): Promise<void> {
    if (this.#hold !== null) return
    this.#hold = this.#options.leases.hold('lists', (lease, lost) => this.#lead(lease, lost))
    if (this.#isHeld) await this.#recorder?.load()
  }

  /** Known where this gateway has the lease. */
  configurationChangedAt(id: string): Date | null {
    return this.#recorder?.configurationChangedAt(id) ?? null
  }

  /** A list of a site has just been tried. */
  note(feed: SiteFeed): void {
    if (this.#isHeld) this.#recorder?.note(feed)
  }

  /** Resolves when what was read until now is written down, and lets others have the lease. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hold?.[Symbol.asyncDispose]()
  }

  async #lead(lease: Lease, lost: AbortSignal): Promise<void> {
    const { watch, exchange, createRecorder } = this.#options
    const recorder = createRecorder(lease)
    this.#recorder = recorder
    this.#isHeld = true
    exchange?.lead(lease)
    watch.lead()
    if (!lost.aborted) await once(lost, 'abort')
    watch.follow()
    this.#isHeld = false
    await recorder[Symbol.asyncDispose]()
    await exchange?.follow()
  }
}
