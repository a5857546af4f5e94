import { findProblem } from '../domain/errors.ts'
import { LeaseLostError } from '../domain/ports/leases.ts'
import { traced } from '../domain/ports/tracer.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task, type TaskEvent, type TaskReading } from '../domain/task.ts'
import { ArrivalWatch } from './arrival-watch.ts'
import { Beat } from './beat.ts'
import { listDeciders, type TargetSighting } from './decision-stage.ts'
import { ForeignLook } from './foreign-look.ts'
import { LostTaskSearch, type SearchLoad } from './lost-task-search.ts'
import { isUnanswered } from './match-readings.ts'
import { nextTaskState, type TaskChange } from './next-task-state.ts'
import { withObjectProgress } from './object-progress.ts'
import { SuccessWatch } from './success-watch.ts'
import { toPlacesPatch } from './task-places.ts'
import { TargetViews } from './target-views.ts'
import { type DecidedTask, TargetWatch } from './target-watch.ts'
import type { TaskTrackerOptions } from './task-tracker.ts'

// A site that does not answer is asked less and less often, up to this.
const longestBackOffMs = 5_000

// A site where only tasks of unknown outcome are left is asked this much less often,
const lostTaskFactor = 20
// and not at all for those that have been lost for this long.
const lostTaskSearchMs = 24 * 60 * 60 * 1_000

/** What a round has found to do: nothing, only what has no answer or no known outcome, or tasks that run or are awaited. */
type Load = 'IDLE' | 'LOST_ONLY' | 'RUNNING'

/** What a look has made of a task; null where nothing is different. */
interface JudgedTask {
  readonly task: Task
  readonly change: TaskChange | null
}

/** A task that was found again at its target alone has no task of the vendor's. */
const canBeFollowed = ({ state, vendorTaskId, dispatch }: Task): boolean =>
  !isFinal(state) && (vendorTaskId !== null || dispatch === 'ACCEPTED')

const toLoad = (search: SearchLoad, follow: 'IDLE' | 'LOST_ONLY'): Load => {
  if (search === 'NOW') return 'RUNNING'
  return search === 'LATER' ? 'LOST_ONLY' : follow
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * The loop of one site: takes its open tasks from the journal, reads them in one call, journals what has changed. While
 * somebody watches, it looks for what others have started, too.
 */
export class SiteTracker {
  readonly #adapter: VendorAdapter
  readonly #options: TaskTrackerOptions
  readonly #targets: TargetWatch
  readonly #arrivals: ArrivalWatch
  readonly #successes: SuccessWatch
  readonly #search: LostTaskSearch
  readonly #beat: Beat
  readonly #isWatched: () => boolean
  readonly #stop = new AbortController()
  readonly #foreign: ForeignLook
  /** The round has found something new. */
  #hasChanged = false
  /** When the site decides by itself, as far as the round has seen. */
  #deadlines: Date[] = []
  /** Ends the present pause. Each round has its own. */
  #bell = new AbortController()
  /** What the present pause waits for; IDLE waits for nothing but the bell. Null while a round runs. */
  #resting: Load | null = null
  /** Something was about to be sent while this round ran: the loop has to come by again. */
  #mustComeBy = false
  /** What the bell was rung for since the round began. */
  readonly #news = new Set<string>()
  /** The tasks that the last round has read, with the number of polls in a row that did not list them. */
  #missedReads = new Map<string, number>()
  #failures = 0

  /** @param isWatched Whether somebody watches what others start. */
  constructor(adapter: VendorAdapter, options: TaskTrackerOptions, isWatched: () => boolean) {
    this.#adapter = adapter
    this.#options = options
    this.#isWatched = isWatched
    this.#beat = new Beat({ ...options, random: options.random ?? Math.random })
    this.#foreign = new ForeignLook(adapter, options, this.#stop.signal)
    this.#targets = new TargetWatch(adapter, options)
    this.#arrivals = new ArrivalWatch()
    this.#successes = new SuccessWatch(adapter)
    this.#search = new LostTaskSearch(adapter, options, options.pollIntervalMs * (lostTaskFactor - 1))
  }

  /** Wakes the loop for a task that it does not follow yet. Its own changes do not wake it. */
  notice({ task }: TaskEvent): void {
    if (task.siteName !== this.#adapter.siteName) return
    const isNew = canBeFollowed(task) ? !this.#missedReads.has(task.id) : this.#search.isNew(task)
    // Somebody has to see to it that a send comes to its end, also when nobody can write that down.
    this.#mustComeBy ||= isUnanswered(task)
    if (isNew) this.#news.add(task.id)
    if (isNew || (this.#resting === 'IDLE' && isUnanswered(task))) this.#bell.abort()
  }

  /** The configured name of the site. */
  get siteName(): string {
    return this.#adapter.siteName
  }

  /** Somebody waits for a change: the next round comes no later than it would right after one. */
  nudge(): void {
    this.#beat.hasten()
  }

  /** Somebody has begun to watch what others start. */
  watch(): void {
    this.nudge()
    if (this.#resting === 'IDLE' || this.#resting === 'LOST_ONLY') this.#bell.abort()
  }

  /** Looks for what others have started, when that was not done for so long. Never rejects. */
  async refreshForeign(maxAgeMs: number): Promise<void> {
    await this.#foreign.refresh(maxAgeMs)
  }

  /** Ends the calls that are under way; {@link run} then resolves. */
  stop(): void {
    this.#stop.abort()
    this.#bell.abort()
  }

  /** Never rejects. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // Before the journal is read: a task that comes later rings the new bell.
      this.#bell = new AbortController()
      this.#news.clear()
      this.#mustComeBy = false
      const load = await this.#tryRound()
      // What came after the round had begun may have been read by it all the same.
      const isAllRead = [...this.#news].every((id) => this.#missedReads.has(id))
      if (isAllRead && !this.#stop.signal.aborted) this.#bell = new AbortController()
      await this.#pause(load === 'IDLE' && this.#mustComeBy ? 'LOST_ONLY' : load)
    }
    await this.#foreign.settle()
  }

  async #pause(found: Load): Promise<void> {
    const { signal } = this.#bell
    if (this.#stop.signal.aborted) return
    const load = this.#isWatched() ? 'RUNNING' : found
    this.#resting = load
    await (load === 'IDLE' ? untilAborted(signal) : this.#pauseFor(load, signal))
    this.#resting = null
  }

  async #pauseFor(load: Load, signal: AbortSignal): Promise<void> {
    const { clock, pollIntervalMs } = this.#options
    if (this.#failures > 0) {
      const backOffMs = Math.min(pollIntervalMs * 2 ** this.#failures, longestBackOffMs)
      await clock.wait(this.#beat.spread(Math.max(backOffMs, pollIntervalMs)), signal)
    } else if (load === 'LOST_ONLY') {
      await clock.wait(this.#beat.spread(pollIntervalMs * lostTaskFactor), signal)
    } else await this.#beat.rest(this.#deadlines, signal)
  }

  async #tryRound(): Promise<Load> {
    const { logger, tracer = null } = this.#options
    const { siteName } = this.#adapter
    const start = { kind: 'STEP', name: 'follow tasks', facts: { 'dr.site': siteName } } as const
    try {
      this.#hasChanged = false
      this.#deadlines = []
      const load = await traced(tracer, start, () => this.#round())
      this.#beat.note(this.#hasChanged)
      if (this.#failures > 0) logger.info('The tasks of a site can be followed again', { siteName })
      this.#failures = 0
      return load
    } catch (error) {
      // Another gateway goes on with it; the end of this loop is on its way.
      if (this.#stop.signal.aborted || error instanceof LeaseLostError) return 'IDLE'
      if (this.#failures === 0) {
        const problem = findProblem(error) ?? String(error)
        logger.warn('The tasks of a site cannot be followed; they stay as they were', { siteName, problem })
      }
      this.#failures += 1
      return 'RUNNING'
    }
  }

  async #round(): Promise<Load> {
    const { journal } = this.#options
    const { siteName } = this.#adapter
    const open = await journal.listOpenTasks(siteName)
    const search = await this.#search.look(open, this.#stop.signal)
    const known = open.some(isUnanswered) ? await journal.listOpenTasks(siteName) : open
    const tasks = known.filter(canBeFollowed).filter(this.#isWorthReading)
    const load = await this.#follow(tasks)
    // Who begins to watch over and over again does not make the site be asked over and over again.
    if (this.#isWatched()) {
      const count = await this.#foreign.refresh(this.#options.pollIntervalMs / 2)
      this.#hasChanged ||= count > 0
    }
    return load === 'IDLE' || load === 'LOST_ONLY' ? toLoad(search, load) : load
  }

  async #follow(tasks: readonly Task[]): Promise<Load> {
    this.#missedReads = new Map(tasks.map((task) => [task.id, this.#missedReads.get(task.id) ?? 0]))
    this.#targets.keepOnly(tasks)
    this.#successes.keepOnly(tasks)
    if (tasks.length === 0) return 'IDLE'

    const vendorTaskIds = [...new Set(tasks.flatMap(({ vendorTaskId }) => vendorTaskId ?? []))]
    const readings =
      vendorTaskIds.length === 0 ? new Map() : await this.#adapter.readTasks(vendorTaskIds, this.#stop.signal)
    const views = new TargetViews(this.#adapter, this.#stop.signal)
    const read = await Promise.all(
      tasks.map(async (task) => {
        const told = readings.get(task.vendorTaskId ?? '') ?? null
        return { task, reading: await withObjectProgress(task, told, views) }
      }),
    )

    // A task that waits for a decision is judged by what has become of the commits and rollbacks of this same round.
    const [plain, decided] = this.#split(read)
    const at = this.#options.clock.now()
    const found: JudgedTask[] = []
    for (const { task, reading } of plain) {
      const arrived = await this.#arrivals.look(task, reading, views)
      const shown = await this.#successes.look(task, arrived, this.#stop.signal)
      // What is held back until it can be seen may be seen at any moment.
      this.#hasChanged ||= shown?.state !== reading?.state
      found.push({ task, change: this.#judge(task, shown, null, at) })
    }
    await this.#write(found, at)
    const targets = await this.#targets.look(decided, views)
    const judged = decided.map(({ task, reading }, index) => ({
      task,
      change: this.#judge(task, reading, targets[index] ?? { kind: 'UNREADABLE' }, at),
    }))
    await this.#write(judged, at)
    return tasks.every((task) => task.state === 'OUTCOME_UNKNOWN') ? 'LOST_ONLY' : 'RUNNING'
  }

  readonly #isWorthReading = (task: Task): boolean =>
    task.state !== 'OUTCOME_UNKNOWN' ||
    this.#options.clock.now().getTime() - task.updatedAt.getTime() < lostTaskSearchMs

  #split(read: readonly DecidedTask[]) {
    const capabilities = this.#adapter.capabilities()
    const plain: DecidedTask[] = []
    const decided: DecidedTask[] = []
    for (const one of read) {
      const { task, reading } = one
      const hasTarget = (task.target ?? reading?.target ?? null) !== null
      const hasFailed = reading?.state === 'FAILED' || reading?.state === 'CANCELLED'
      const needsDecision = hasTarget && !hasFailed && listDeciders(task, capabilities).length > 0
      ;(needsDecision ? decided : plain).push(one)
    }
    return [plain, decided] as const
  }

  #judge(task: Task, reading: TaskReading | null, target: TargetSighting | null, at: Date): TaskChange | null {
    const missedReads = reading === null ? (this.#missedReads.get(task.id) ?? 0) + 1 : 0
    this.#missedReads.set(task.id, missedReads)
    this.#hasChanged ||= missedReads > 0 && task.state !== 'OUTCOME_UNKNOWN'
    return this.#withPlaces(task, nextTaskState(task, { reading, missedReads, target, at }))
  }

  async #write(judged: readonly JudgedTask[], at: Date): Promise<void> {
    const news = judged.flatMap(({ task, change }) => (change === null ? [] : [{ task, change }]))
    for (const { task, change } of judged) if (change === null) this.#noteDeadline(task)
    if (news.length === 0) return
    this.#hasChanged = true
    const written = await this.#options.journal.updateAll(
      news.map(({ task, change }) => ({ taskId: task.id, ...change, at })),
    )
    for (const [index, { task }] of news.entries()) {
      const changed = written[index] ?? null
      // What others seemed to have started may have turned out meanwhile to be the task of a call from here.
      if (changed === null) continue
      this.#noteDeadline(changed)
      const isNew = changed.state === 'AWAITING_DECISION' && changed.state !== task.state
      if ((isFinal(changed.state) || isNew) && changed.target !== null) this.#options.onTargetChanged?.(changed.target)
    }
  }

  /** Who may see a task is told as soon as it can be. */
  #withPlaces(task: Task, change: TaskChange | null): TaskChange | null {
    const found = toPlacesPatch(task, change?.patch.target ?? task.target, this.#options.placesOf)
    if (found.places === undefined) return change
    return { patch: { ...change?.patch, ...found }, kind: 'STATE_CHANGE' }
  }

  #noteDeadline({ autoDecisionAt }: Task): void {
    if (autoDecisionAt !== null) this.#deadlines.push(autoDecisionAt)
  }
}
