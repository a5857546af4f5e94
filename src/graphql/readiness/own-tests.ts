import { findProblem } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { Journal, TaskQuery } from '../../domain/ports/journal.ts'

const pageSize = 500

const goodTests: Omit<TaskQuery, 'olderThan'> = {
  // Who may see a target may know when it was tested, whoever tested it.
  sight: null,
  siteNames: null,
  states: ['SUCCEEDED'],
  operations: ['TEST_FAILOVER'],
  targetIds: null,
  limit: pageSize,
}

const readAll = async (journal: Journal): Promise<ReadonlyMap<string, Date>> => {
  const lastTests = new Map<string, Date>()
  let olderThan: string | null = null
  do {
    const { tasks, hasMore } = await journal.listTasks({ ...goodTests, olderThan })
    for (const { target, endedAt } of tasks) {
      if (target === null || endedAt === null) continue
      const id = toGlobalId(target.kind, target.vendor, target.nativeId)
      const known = lastTests.get(id)
      if (known === undefined || known < endedAt) lastTests.set(id, endedAt)
    }
    olderThan = hasMore ? (tasks.at(-1)?.id ?? null) : null
  } while (olderThan !== null)
  return lastTests
}

/** The test failovers that were seen to succeed here, whoever started them: not every vendor tells of its own. */
export class OwnTests {
  readonly #journal: Journal
  #sequence: number | null = null
  #known: ReadonlyMap<string, Date> = new Map()
  #reading: Promise<void> | null = null

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /**
   * The end of the last good test by the global id of its target: the same map for as long as no task has changed. While
   * the store cannot be read, what was known before: a question about the vendors is not lost for it.
   */
  async list(): Promise<ReadonlyMap<string, Date>> {
    this.#reading ??= this.#read()
    await this.#reading
    return this.#known
  }

  async #read(): Promise<void> {
    try {
      const sequence = await this.#journal.lastSequence()
      if (sequence === this.#sequence) return
      this.#known = await readAll(this.#journal)
      this.#sequence = sequence
    } catch (error) {
      if (findProblem(error) === null) throw error
    } finally {
      this.#reading = null
    }
  }
}
