import { findProblem } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isFinal, type Task, type TaskEvent, type TaskReading } from '../domain/task.ts'
import { ArrivalWatch } from './arrival-watch.ts'
import { listDeciders, type TargetSighting } from './decision-stage.ts'
import { nextTaskState } from './next-task-state.ts'
import { type DecidedTask, TargetWatch } from './target-watch.ts'
import type { TaskTrackerOptions } from './task-tracker.ts'

// A site that does not answer is asked less and less often, up to this.
const longestBackOffMs = 5_000

// A site where only tasks of unknown outcome are left is asked this much less often,
const lostTaskFactor = 20
// and not at all for those that have been lost for this long.
const lostTaskSearchMs = 24 * 60 * 60 * 1_000

/** What a round has found to do: nothing, only tasks of unknown outcome, or tasks that run. */
type Load = 'IDLE' | 'LOST_ONLY' | 'RUNNING'

const canBeRead = (task: Task): task is Task & { readonly vendorTaskId: string } =>
  task.vendorTaskId !== null && !isFinal(task.state)

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** The loop of one site: takes its open tasks from the journal, reads them in one call, journals what has changed. */
export class SiteTracker {
  readonly #adapter: VendorAdapter
  readonly #options: TaskTrackerOptions
  readonly #targets: TargetWatch
  readonly #arrivals: ArrivalWatch
  readonly #stop = new AbortController()
  /** Ends the present pause. Each round has its own. */
  #bell = new AbortController()
  /** The tasks that the last round has read, with the number of polls in a row that did not list them. */
  #missedReads = new Map<string, number>()
  #failures = 0

  constructor(adapter: VendorAdapter, options: TaskTrackerOptions) {
    this.#adapter = adapter
    this.#options = options
    this.#targets = new TargetWatch(adapter, options)
    this.#arrivals = new ArrivalWatch(adapter)
  }

  /** Wakes the loop for a task that it does not follow yet. Its own changes do not wake it. */
  notice({ task }: TaskEvent): void {
    if (task.siteName !== this.#adapter.siteName || !canBeRead(task) || this.#missedReads.has(task.id)) return
    this.#bell.abort()
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
      await this.#pause(await this.#tryRound())
    }
  }

  async #pause(load: Load): Promise<void> {
    const { signal } = this.#bell
    if (this.#stop.signal.aborted) return
    if (load === 'IDLE') return untilAborted(signal)
    const { clock, pollIntervalMs } = this.#options
    if (this.#failures > 0) {
      const backOffMs = Math.min(pollIntervalMs * 2 ** this.#failures, longestBackOffMs)
      return clock.wait(Math.max(backOffMs, pollIntervalMs), signal)
    }
    return clock.wait(load === 'LOST_ONLY' ? pollIntervalMs * lostTaskFactor : pollIntervalMs, signal)
  }

  async #tryRound(): Promise<Load> {
    const { logger } = this.#options
    const { siteName } = this.#adapter
    try {
      const load = await this.#round()
      if (this.#failures > 0) logger.info('The tasks of a site can be followed again', { siteName })
      this.#failures = 0
      return load
    } catch (error) {
      if (this.#stop.signal.aborted) return 'IDLE'
      if (this.#failures === 0) {
        const problem = findProblem(error) ?? String(error)
        logger.warn('The tasks of a site cannot be followed; they stay as they were', { siteName, problem })
      }
      this.#failures += 1
      return 'RUNNING'
    }
  }

  async #round(): Promise<Load> {
    const { journal, clock } = this.#options
    const tasks = (await journal.listOpenTasks(this.#adapter.siteName)).filter(canBeRead).filter(this.#isWorthReading)
    this.#missedReads = new Map(tasks.map((task) => [task.id, this.#missedReads.get(task.id) ?? 0]))
    this.#targets.keepOnly(tasks)
    if (tasks.length === 0) return 'IDLE'

    const vendorTaskIds = [...new Set(tasks.map((task) => task.vendorTaskId))]
    const readings = await this.#adapter.readTasks(vendorTaskIds, this.#stop.signal)
    const read = tasks.map((task) => ({ task, reading: readings.get(task.vendorTaskId) ?? null }))

    // A task that waits for a decision is judged by what has become of the commits and rollbacks of this same round.
    const [plain, decided] = this.#split(read)
    const at = clock.now()
    for (const { task, reading } of plain) {
      await this.#judge(task, await this.#arrivals.look(task, reading, this.#stop.signal), null, at)
    }
    const targets = await this.#targets.look(decided, this.#stop.signal)
    for (const [index, { task, reading }] of decided.entries()) {
      await this.#judge(task, reading, targets[index] ?? { kind: 'UNREADABLE' }, at)
    }
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

  async #judge(task: Task, reading: TaskReading | null, target: TargetSighting | null, at: Date): Promise<void> {
    const missedReads = reading === null ? (this.#missedReads.get(task.id) ?? 0) + 1 : 0
    this.#missedReads.set(task.id, missedReads)
    const change = nextTaskState(task, { reading, missedReads, target, at })
    if (change === null) return
    const changed = await this.#options.journal.update(task.id, change.patch, change.kind, at)
    const hasTurned = isFinal(changed.state) || (changed.state === 'AWAITING_DECISION' && changed.state !== task.state)
    if (hasTurned && changed.target !== null) this.#options.onTargetChanged?.(changed.target)
  }
}
