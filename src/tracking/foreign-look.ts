import { findProblem } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task, type TaskReading } from '../domain/task.ts'
import { listDeciders } from './decision-stage.ts'
import { mayBeOf, toForeignTask, toOpenOrEnded, toOrder, toTaskKey } from './foreign-task.ts'
import { longestSearchMs } from './lost-task-search.ts'
import { isUnanswered } from './match-readings.ts'
import { viewTarget } from './target-view.ts'
import { toForeignPlaces } from './task-places.ts'
import type { TaskTrackerOptions } from './task-tracker.ts'

// The first look goes back so far,
const firstLookMs = 60 * 60 * 1_000
// a later one to the one before it, with a margin for what the site lists late, and for clocks,
const marginMs = 2 * 60 * 1_000
// but no further than this: a site forgets what is old.
const longestLookMs = 24 * 60 * 60 * 1_000

// So many tasks are taken over at once. The others have to wait for the next look.
const mostPerLook = 200

/** Finds the tasks of one site that others have started: people in the vendor's own interface, schedulers, policies. */
export class ForeignLook {
  readonly #adapter: VendorAdapter
  readonly #options: TaskTrackerOptions
  readonly #signal: AbortSignal
  /** What the site lists and the journal has. */
  #known = new Set<string>()
  /** When the last look began after which nothing was left. */
  #completeAt: Date | null = null
  /** When the last look began, however it went. */
  #triedAt: Date | null = null
  #underWay: Promise<number> | null = null
  #hasComplained = false

  /** @param signal Ends the look that is under way. */
  constructor(adapter: VendorAdapter, options: TaskTrackerOptions, signal: AbortSignal) {
    this.#adapter = adapter
    this.#options = options
    this.#signal = signal
  }

  /**
   * Asks the site once for what is new, and takes it over into the journal; joins the look that is under way. Does nothing
   * when the last one began less than `maxAgeMs` ago. Never rejects: what fails is logged once, until it goes well again.
   *
   * @returns how many tasks were new.
   */
  async refresh(maxAgeMs: number): Promise<number> {
    if (this.#signal.aborted) return 0
    if (this.#underWay === null && !this.#isDue(maxAgeMs)) return 0
    this.#underWay ??= this.#look().finally(() => {
      this.#underWay = null
    })
    try {
      const count = await this.#underWay
      this.#hasComplained = false
      return count
    } catch (error) {
      if (!this.#signal.aborted) this.#complain(error)
      return 0
    }
  }

  /** Resolves when no look is under way. Never rejects. */
  async settle(): Promise<void> {
    await this.#underWay?.catch(() => {})
  }

  #isDue(maxAgeMs: number): boolean {
    if (this.#triedAt === null) return true
    const ageMs = this.#options.clock.now().getTime() - this.#triedAt.getTime()
    // A clock that was put back makes it due, too.
    return ageMs < 0 || ageMs >= maxAgeMs
  }

  #complain(error: unknown): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    const { siteName } = this.#adapter
    const problem = findProblem(error) ?? String(error)
    this.#options.logger.warn('What others have started at a site cannot be looked for', { siteName, problem })
  }

  async #look(): Promise<number> {
    const at = this.#options.clock.now()
    this.#triedAt = at
    const listed = toOrder(await this.#adapter.listTasks({ since: this.#toSince(at), operationId: null }, this.#signal))
    const keys = new Set(listed.map(({ vendorTaskId }) => toTaskKey(vendorTaskId)))
    this.#known = this.#known.intersection(keys)
    const unknown = listed.filter(({ vendorTaskId }) => !this.#known.has(toTaskKey(vendorTaskId)))
    const ready = await this.#withoutOurs(unknown)
    let count = 0
    for (const reading of ready.slice(0, mostPerLook)) {
      this.#signal.throwIfAborted()
      count += Number(await this.#adopt(reading, listed))
      this.#known.add(toTaskKey(reading.vendorTaskId))
    }
    if (ready.length === unknown.length && ready.length <= mostPerLook) this.#completeAt = at
    return count
  }

  #toSince(at: Date): Date {
    const last = this.#completeAt
    if (last === null) return new Date(at.getTime() - firstLookMs)
    // A clock that was put back does not hide what began since.
    const sinceMs = Math.min(last.getTime(), at.getTime()) - marginMs
    return new Date(Math.max(sinceMs, at.getTime() - longestLookMs))
  }

  /**
   * Without those that a call from here, whose answer is not known yet, may have started: they wait until it is. The journal
   * is read after the site, so that a call which the site had taken by then has either no answer or its task.
   */
  async #withoutOurs(unknown: readonly TaskReading[]): Promise<readonly TaskReading[]> {
    if (unknown.length === 0) return unknown
    const { adapters, journal, clock } = this.#options
    const nowMs = clock.now().getTime()
    const kin = adapters.filter(({ vendor }) => vendor === this.#adapter.vendor)
    const open = await Promise.all(kin.map(({ siteName }) => journal.listOpenTasks(siteName)))
    const unanswered = open
      .flat()
      .filter((task) => isUnanswered(task) && nowMs - task.updatedAt.getTime() < longestSearchMs)
    return unknown.filter((reading) => !unanswered.some((task) => mayBeOf(task, reading)))
  }

  /** @returns whether it was new. */
  async #adopt(reading: TaskReading, listed: readonly TaskReading[]): Promise<boolean> {
    const { clock, journal } = this.#options
    const { vendor, siteName } = this.#adapter
    const at = clock.now()
    const places = toForeignPlaces(reading.target, siteName, this.#options.placesOf)
    const task = toForeignTask(reading, { vendor, siteName, places, at })
    const isDecided = reading.state === 'SUCCEEDED' && reading.target !== null
    const hasDeciders = isDecided && listDeciders(task, this.#adapter.capabilities()).length > 0
    const stand = hasDeciders ? toOpenOrEnded(reading, listed) : reading
    const { state, stage } = stand
    const whole: Task = { ...task, state, stage, endedAt: isFinal(state) ? task.endedAt : null }
    const adopted = await journal.adoptForeign({ ...whole, targetName: await this.#findName(whole) })
    return adopted.id === task.id && adopted.updatedAt.getTime() === at.getTime()
  }

  /** Only of what goes on: of what is over, one read for each would be too much. */
  async #findName({ state, target, targetName }: Task): Promise<string | null> {
    if (targetName !== null || target === null || isFinal(state)) return targetName
    const view = await viewTarget(this.#adapter, target, this.#signal)
    return view.kind === 'SEEN' ? view.object.name : null
  }
}
