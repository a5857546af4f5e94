import type { Lease } from '../domain/ports/leases.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task, type TaskEvent } from '../domain/task.ts'
import { ForeignLook } from './foreign-look.ts'
import { SiteTracker } from './site-tracker.ts'
import type { TaskTrackerOptions } from './task-tracker.ts'

/** Whether what was read of its target before is out of date. */
const changesTarget = ({ state, reconciliation }: Task): boolean =>
  isFinal(state) || state === 'AWAITING_DECISION' || reconciliation !== null

/**
 * Follows the tasks of one site for as long as this gateway has the lease of them, and begins anew with what the journal holds
 * whenever it gets it. While another gateway has it, what that one finds comes from the journal.
 */
export class SiteSeat implements AsyncDisposable {
  readonly #adapter: VendorAdapter
  readonly #options: TaskTrackerOptions
  readonly #isWatched: () => boolean
  readonly #stop = new AbortController()
  /** For who asks here while nobody watches and another gateway has the lease. */
  readonly #foreign: ForeignLook
  #hold: AsyncDisposable | null = null
  /** Null while another gateway has the lease. */
  #tracker: SiteTracker | null = null

  /** Does nothing before {@link SiteSeat.begin}. @param isWatched Whether somebody watches what others start. */
  constructor(adapter: VendorAdapter, options: TaskTrackerOptions, isWatched: () => boolean) {
    this.#adapter = adapter
    this.#options = options
    this.#isWatched = isWatched
    this.#foreign = new ForeignLook(adapter, options, this.#stop.signal)
  }

  /** The configured name of the site. */
  get siteName(): string {
    return this.#adapter.siteName
  }

  isOf(adapter: VendorAdapter): boolean {
    return adapter === this.#adapter
  }

  /** Who has it follows the tasks of the site. */
  get leaseName(): string {
    return `tasks of ${this.siteName}`
  }

  /** Follows the tasks from now on, whenever it may. */
  begin(): void {
    this.#hold = this.#options.leases.hold(this.leaseName, (lease, lost) => this.#follow(lease, lost))
  }

  /** Something was written about a task, here or elsewhere. */
  notice(event: TaskEvent): void {
    const { kind, task } = event
    if (this.#tracker !== null) {
      this.#tracker.notice(event)
      return
    }
    if (task.siteName !== this.siteName || kind !== 'STATE_CHANGE' || task.target === null) return
    if (changesTarget(task)) this.#options.onTargetChanged?.(task.target)
  }

  /** Somebody here waits for a change: see {@link SiteTracker.nudge}. Another gateway that has the lease is told so. */
  nudge(): void {
    if (this.#tracker === null) this.#options.leases.nudge(this.leaseName)
    else this.#tracker.nudge()
  }

  /** Somebody at another gateway waits for a change. */
  hearNudge(): void {
    this.#tracker?.nudge()
  }

  /** Somebody has begun to watch what others start. */
  watch(): void {
    this.#tracker?.watch()
  }

  /** Looks for what others have started, when that was not done for so long. Never rejects. */
  async refreshForeign(maxAgeMs: number): Promise<void> {
    if (this.#tracker !== null) await this.#tracker.refreshForeign(maxAgeMs)
    // While somebody watches, whoever has the lease looks all the time.
    else if (!this.#isWatched()) await this.#foreign.refresh(maxAgeMs)
  }

  /** Ends the calls that are under way, and lets others have the lease. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#hold?.[Symbol.asyncDispose]()
    await this.#foreign.settle()
  }

  async #follow(lease: Lease, lost: AbortSignal): Promise<void> {
    const journal = this.#options.journal.under(lease)
    const tracker = new SiteTracker(this.#adapter, { ...this.#options, journal }, this.#isWatched)
    const stop = (): void => tracker.stop()
    lost.addEventListener('abort', stop, { once: true })
    this.#tracker = tracker
    await tracker.run()
    this.#tracker = null
  }
}
