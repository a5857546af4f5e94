import { findProblem } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Task } from '../domain/task.ts'
import { findLost, isUnanswered, listClaims, sendWindowMs } from './match-readings.ts'
import { toFoundPatch, toNeverHappenedPatch, settleLost } from './reconcile.ts'
import { viewLostTarget } from './lost-target.ts'
import { toLostProblem } from './lost-problem.ts'
import { openTaskListing, type TaskListing } from './task-listing.ts'
import type { TaskTrackerOptions } from './task-tracker.ts'

// So many lost tasks are looked for at once, those first that have waited the longest.
const mostPerSearch = 20

/** A task that has been lost for this long is not looked for any more. */
export const longestSearchMs = 24 * 60 * 60 * 1_000

/** What a search has left: nothing, lost tasks and calls under way, or lost tasks that were not looked for yet. */
export type SearchLoad = 'NONE' | 'LATER' | 'NOW'

/**
 * Finds out what became of the calls of one site whose answer was lost. It reads only, apart from taking away what a send
 * of several steps has left open. Nothing is ever concluded from a read that has failed.
 */
export class LostTaskSearch {
  readonly #adapter: VendorAdapter
  readonly #options: TaskTrackerOptions
  readonly #beatMs: number
  /** When each lost task was last looked for. */
  readonly #lookedAt = new Map<string, number>()
  /** When each task without an answer was first seen. */
  readonly #seenAt = new Map<string, number>()
  #hasComplained = false

  /** @param beatMs Least time between two searches for the same task. */
  constructor(adapter: VendorAdapter, options: TaskTrackerOptions, beatMs: number) {
    this.#adapter = adapter
    this.#options = options
    this.#beatMs = beatMs
  }

  /** True for a lost task that no search has looked for. */
  isNew(task: Task): boolean {
    return isUnanswered(task) && task.state === 'OUTCOME_UNKNOWN' && !this.#lookedAt.has(task.id)
  }

  /**
   * Looks for those of the site's open tasks that are lost and due. Rejects only when the journal does, or when `signal`
   * aborts.
   */
  async look(open: readonly Task[], signal: AbortSignal): Promise<SearchLoad> {
    const unanswered = await this.#giveUpLongSends(open.filter(isUnanswered))
    const nowMs = this.#nowMs()
    const lost = unanswered.filter(
      (task) => task.state === 'OUTCOME_UNKNOWN' && nowMs - task.updatedAt.getTime() < longestSearchMs,
    )
    const ids = new Set(lost.map((task) => task.id))
    for (const id of this.#lookedAt.keys()) if (!ids.has(id)) this.#lookedAt.delete(id)
    const due = lost
      .filter((task) => this.#isDue(task, nowMs))
      .toSorted((one, other) => this.#age(one) - this.#age(other))
    const now = due.slice(0, mostPerSearch)
    for (const task of now) this.#lookedAt.set(task.id, nowMs)
    if (now.length > 0) await this.#tryToFind(now, signal)
    if (due.length > now.length) return 'NOW'
    return lost.length > 0 || unanswered.some(({ state }) => state !== 'OUTCOME_UNKNOWN') ? 'LATER' : 'NONE'
  }

  #nowMs(): number {
    return this.#options.clock.now().getTime()
  }

  #age(task: Task): number {
    return this.#lookedAt.get(task.id) ?? 0
  }

  /** A clock that was put back makes a task due too. */
  #isDue(task: Task, nowMs: number): boolean {
    const lookedAt = this.#lookedAt.get(task.id)
    return lookedAt === undefined || nowMs < lookedAt || nowMs - lookedAt >= this.#beatMs
  }

  /**
   * What has had no answer for so long that nobody sends it any more: who sent it could not write that down. Whoever still
   * held it as PREPARED cannot send it, because it is gone. Only what was watched for that long counts: a clock may jump.
   */
  async #giveUpLongSends(unanswered: readonly Task[]): Promise<readonly Task[]> {
    const { journal, clock } = this.#options
    const ids = new Set(unanswered.map(({ id }) => id))
    for (const id of this.#seenAt.keys()) if (!ids.has(id)) this.#seenAt.delete(id)
    const left: Task[] = []
    for (const task of unanswered) {
      const now = clock.now()
      const seenAt = this.#seenAt.get(task.id) ?? now.getTime()
      this.#seenAt.set(task.id, seenAt)
      const sinceMs = Math.max(seenAt, task.updatedAt.getTime())
      if (task.state === 'OUTCOME_UNKNOWN' || now.getTime() - sinceMs <= sendWindowMs) {
        left.push(task)
      } else if (task.dispatch === 'PREPARED') {
        await journal.release(task.id, 'PREPARED', null)
      } else {
        const patch = { state: 'OUTCOME_UNKNOWN', problem: toLostProblem(task, true) } as const
        left.push(await journal.update(task.id, patch, 'STATE_CHANGE', now))
      }
    }
    return left
  }

  async #tryToFind(lost: readonly Task[], signal: AbortSignal): Promise<void> {
    const unfinished = lost.filter(({ unfinishedSend }) => unfinishedSend !== null)
    for (const task of unfinished) {
      await this.#unlessUnreadable(signal, () => this.#cleanUp(task, signal))
    }
    const sent = lost.filter(({ unfinishedSend }) => unfinishedSend === null)
    if (sent.length === 0) return
    await this.#unlessUnreadable(signal, async () => {
      const listing = await openTaskListing(this.#adapter, this.#options, sent, signal)
      for (const task of sent) await this.#judge(task, listing, signal)
      this.#hasComplained = false
    })
  }

  /** What a site does not answer is asked again later. Failures of the journal pass. */
  async #unlessUnreadable(signal: AbortSignal, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      signal.throwIfAborted()
      const problem = findProblem(error)
      if (problem === null || problem.code === 'STORE_BUSY' || problem.code === 'STORE_UNAVAILABLE') throw error
      const { siteName } = this.#adapter
      if (!this.#hasComplained) {
        this.#options.logger.warn('A lost answer cannot be looked for; it stays as it is', { siteName, problem })
      }
      this.#hasComplained = true
    }
  }

  /**
   * The last step of the send had not left when it was lost. Whoever may still send it writes that into the journal first:
   * when nobody has by the time that the parts are gone, nothing can start any more.
   */
  async #cleanUp({ id, unfinishedSend }: Task, signal: AbortSignal): Promise<void> {
    if (unfinishedSend === null) return
    await this.#adapter.cleanUp(unfinishedSend, signal)
    const task = await this.#options.journal.getTask(id)
    if (task === null || task.unfinishedSend !== unfinishedSend || !isUnanswered(task)) return
    const evidence = [
      'the call has several steps, and the last one, which starts the work, had not left',
      'what the steps before it had left at the site was taken away',
    ]
    const at = this.#options.clock.now()
    await this.#options.journal.update(id, toNeverHappenedPatch(task, evidence, at), 'STATE_CHANGE', at)
  }

  async #judge(task: Task, listing: TaskListing, signal: AbortSignal): Promise<void> {
    const { clock, journal, settleAfterMs } = this.#options
    const candidates = await listing.listCandidates(task, signal)
    const finding = findLost(task, candidates, {
      rivals: await this.#listRivals(task, listing, signal),
      skewMs: listing.skewMs,
    })
    if (finding.kind === 'FOUND') {
      const at = clock.now()
      await journal.update(task.id, toFoundPatch(finding, at), 'STATE_CHANGE', at)
      if (task.target !== null) this.#options.onTargetChanged?.(task.target)
      return
    }
    if (listing.readAt.getTime() - task.startedAt.getTime() < settleAfterMs) return
    const sight = await viewLostTarget(this.#adapter, journal, task, signal)
    if (sight === null) return
    const at = clock.now()
    const patch = settleLost(task, finding, sight, at)
    if (patch === null) return
    const settled = await journal.update(task.id, patch, 'STATE_CHANGE', at)
    if (settled.dispatch === 'ACCEPTED' && task.target !== null) this.#options.onTargetChanged?.(task.target)
  }

  /** What other unanswered calls could be as well: one reading is never taken for two of them, nor for either. */
  async #listRivals(task: Task, listing: TaskListing, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const claims: string[] = []
    for (const other of listing.unanswered) {
      if (other.id === task.id || other.operation !== task.operation) continue
      claims.push(...listClaims(other, await listing.listCandidates(other, signal), listing.skewMs))
    }
    return new Set(claims)
  }
}
