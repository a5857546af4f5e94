import { DomainError } from '../domain/errors.ts'
import type { Journal, TaskPage, TaskQuery } from '../domain/ports/journal.ts'
import { isTaskInSight, type Sight } from '../domain/sight.ts'
import type { Task, TaskEvent } from '../domain/task.ts'

/** What one caller sees of the tasks in the journal. */
export class TaskBook {
  readonly #journal: Journal
  readonly #sight: Sight | null

  /** @param sight Null sees everything. */
  constructor(journal: Journal, sight: Sight | null) {
    this.#journal = journal
    this.#sight = sight
  }

  isInSight(task: Task): boolean {
    return this.#sight === null || isTaskInSight(this.#sight, task)
  }

  /** Null for what is not there, and for what this caller does not see. @throws STORE_BUSY, STORE_UNAVAILABLE */
  async getTask(id: string): Promise<Task | null> {
    const task = await this.#journal.getTask(id)
    return task !== null && this.isInSight(task) ? task : null
  }

  /** The same for several at once, in their order. @throws STORE_BUSY, STORE_UNAVAILABLE */
  async findTasks(ids: readonly string[]): Promise<readonly (Task | null)[]> {
    const found = await this.#journal.findTasks(ids)
    return ids.map((id) => {
      const task = found.get(id)
      return task !== undefined && this.isInSight(task) ? task : null
    })
  }

  /** @throws NOT_FOUND when `olderThan` is not the id of a task that this caller sees, STORE_BUSY, STORE_UNAVAILABLE */
  async listTasks(query: Omit<TaskQuery, 'sight'>): Promise<TaskPage> {
    const { olderThan } = query
    if (this.#sight !== null && olderThan !== null && (await this.getTask(olderThan)) === null) {
      throw DomainError.notFound(olderThan)
    }
    return this.#journal.listTasks({ ...query, sight: this.#sight })
  }

  /**
   * Events with a sequence above `after`, oldest first; fewer than `limit` only at the end of the log.
   *
   * @param taskId Null reads those of every task.
   * @throws STORE_BUSY, STORE_UNAVAILABLE
   */
  async readEvents(taskId: string | null, after: number, limit: number): Promise<readonly TaskEvent[]> {
    if (this.#sight === null) return this.#journal.readEvents(taskId, after, limit)
    const events: TaskEvent[] = []
    let from = after
    for (;;) {
      const page = await this.#journal.readEvents(taskId, from, limit)
      for (const event of page) if (events.length < limit && this.isInSight(event.task)) events.push(event)
      const last = page.at(-1)
      if (last === undefined || page.length < limit || events.length >= limit) return events
      from = last.sequence
    }
  }

  /** Of the whole log: places in it are numbered over everything. @throws STORE_BUSY, STORE_UNAVAILABLE */
  eventBounds(): ReturnType<Journal['eventBounds']> {
    return this.#journal.eventBounds()
  }
}
