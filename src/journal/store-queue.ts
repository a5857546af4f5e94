import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { DomainError, type StoreProblemCode } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { Lease } from '../domain/ports/leases.ts'
import type { JournalDatabase } from './database.ts'
import type { JournalTables } from './tables.ts'

/** What a failure of the database is called, and what to do about it. */
export interface StoreFailure {
  readonly code: StoreProblemCode
  /** Whether the same is worth another try a moment later. */
  readonly isPassing: boolean
  /** For people. */
  readonly message: string
}

/** What is written together: tasks and their audit log, changes, objectives, snapshots. */
export type StoreLog = 'TASKS' | 'CHANGES' | 'OBJECTIVES' | 'SNAPSHOTS'

/** What the work of a transaction has come to. */
export interface Written<T> {
  readonly value: T
  /** Whether others are to be told that something was appended. */
  readonly hasNews: boolean
}

/** How a database does transactions. */
export interface Transactions {
  /** Whether the writes to two logs stand in each other's way: then all stand in one queue. */
  readonly areLogsApart: boolean
  /**
   * Begins a write.
   *
   * @returns does one try of it; called again when that failed for a reason that passes. What was committed without that
   * being known is not done again.
   */
  start<T>(log: StoreLog, work: (trx: Transaction<JournalTables>) => Promise<Written<T>>): () => Promise<T>
  /** Nobody else gets the lease before this transaction is over. @throws LeaseLostError when somebody has it already. */
  requireLease(trx: Transaction<JournalTables>, lease: Lease): Promise<void>
}

export interface StoreQueueOptions {
  readonly db: JournalDatabase
  /** Closes the database. Called once, when nothing is written any more. */
  readonly close: () => Promise<void>
  readonly transactions: Transactions
  readonly clock: Clock
  /** What an error of the database means; null for an error that is not the database's. */
  readonly findFailure: (error: unknown) => StoreFailure | null
}

/** A transaction, and what is to be told of it. */
export interface Writing {
  readonly trx: Transaction<JournalTables>
  /** Called once the transaction is committed, in the order given, before the next write starts; never else. */
  readonly afterCommit: (tell: () => void) => void
}

/** How often a lock was waited for. */
interface Waits {
  count: number
}

/** Whether the last one that waited has done so in vain. */
interface Patience {
  hasGivenUp: boolean
}

/** Writes that run one after the other. */
interface Lane extends Patience {
  last: Promise<unknown>
  /** Of all its writes together: one that has stood in the queue behind a lock has waited for it, too. */
  readonly waits: Waits
}

// Together with the 20 ms for which each try may block, a lock is waited for about 5 seconds.
const mostWaits = 69
// What has outlasted that is not waited for so long again, until something succeeds.
const fewWaits = 5
const busyWaitMs = 50
// Also where each try takes long to fail.
const longestTriesMs = 15_000

/** The transactions of a database that one connection has for itself. */
export const ownTransactions = (db: JournalDatabase): Transactions => ({
  areLogsApart: false,
  start: (_log, work) => async () => (await db.transaction().execute(work)).value,
  requireLease: async () => {},
})

/** What the parts of a store do with it. */
export interface StoreAccess extends AsyncDisposable {
  /** True once it is being closed: what is done in many small writes ends early. */
  readonly isClosing: boolean
  read<T>(run: (db: JournalDatabase) => Promise<T>): Promise<T>
  /** @param run May be called again after a lock: has no effect but on the transaction. */
  write<T>(log: StoreLog, run: (writing: Writing) => Promise<T>): Promise<T>
  /** The same, whose writes fail with a LeaseLostError once somebody else has the lease. */
  under(lease: Lease): StoreAccess
}

/**
 * The one way to the opened database, for everything that is kept in it.
 *
 * Writes of this process to one log run one after the other, each in a transaction of its own, and what is told after its
 * commit is told before the next one starts: that is what keeps a bus in the order of the sequence. Both reads and writes
 * wait for what passes by itself, such as a lock that another process holds, and throw STORE_BUSY or STORE_UNAVAILABLE for
 * what the database says.
 */
export class StoreQueue implements StoreAccess {
  readonly #options: StoreQueueOptions
  readonly #closing = new AbortController()
  readonly #lanes = new Map<StoreLog | null, Lane>()
  readonly #reading: Patience = { hasGivenUp: false }
  #closed: Promise<void> | null = null

  constructor(options: StoreQueueOptions) {
    this.#options = options
  }

  get isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  read<T>(run: (db: JournalDatabase) => Promise<T>): Promise<T> {
    const most = this.#reading.hasGivenUp ? fewWaits : mostWaits
    return this.#untilItPasses(() => run(this.#options.db), this.#reading, { count: 0 }, most)
  }

  write<T>(log: StoreLog, run: (writing: Writing) => Promise<T>): Promise<T> {
    const lane = this.#laneOf(log)
    const most = lane.waits.count + (lane.hasGivenUp ? fewWaits : mostWaits)
    const result = lane.last.then(() => this.#commit(log, run, lane, most))
    lane.last = result.catch(() => {})
    return result
  }

  under(lease: Lease): StoreAccess {
    const isClosing = (): boolean => this.isClosing
    return {
      get isClosing() {
        return isClosing()
      },
      read: (run) => this.read(run),
      write: (log, run) =>
        this.write(log, async (writing) => {
          await this.#options.transactions.requireLease(writing.trx, lease)
          return run(writing)
        }),
      under: (other) => this.under(other),
      [Symbol.asyncDispose]: () => this[Symbol.asyncDispose](),
    }
  }

  /** Lets the writes that have begun come to their end, and closes the database. Does nothing the second time. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await Promise.all([...this.#lanes.values()].map(({ last }) => last))
    this.#closed ??= this.#options.close()
    await this.#closed
  }

  #laneOf(log: StoreLog): Lane {
    const name = this.#options.transactions.areLogsApart ? log : null
    const lane = this.#lanes.get(name) ?? { last: Promise.resolve(), waits: { count: 0 }, hasGivenUp: false }
    this.#lanes.set(name, lane)
    return lane
  }

  async #commit<T>(log: StoreLog, run: (writing: Writing) => Promise<T>, lane: Lane, most: number): Promise<T> {
    const tells: (() => void)[] = []
    const afterCommit = (tell: () => void) => void tells.push(tell)
    const attempt = this.#options.transactions.start(log, async (trx) => {
      tells.length = 0
      const value = await run({ trx, afterCommit })
      return { value, hasNews: tells.length > 0 }
    })
    const result = await this.#untilItPasses(attempt, lane, lane.waits, most)
    for (const tell of tells) tell()
    return result
  }

  /** Tries again while that may help, until it was waited for often enough or the store closes. */
  async #untilItPasses<T>(run: () => Promise<T>, patience: Patience, waits: Waits, most: number): Promise<T> {
    const startedAt = performance.now()
    for (;;) {
      try {
        const result = await run()
        patience.hasGivenUp = false
        return result
      } catch (error) {
        const failure = this.#options.findFailure(error)
        if (failure === null) throw error
        const isTooLong = waits.count >= most || performance.now() - startedAt > longestTriesMs
        if (!failure.isPassing || isTooLong || this.isClosing) {
          patience.hasGivenUp = failure.isPassing
          // The next write in the queue blocks for its own try: others have their turn before.
          await setImmediate()
          throw DomainError.store(failure.code, failure.message, error)
        }
      }
      waits.count += 1
      await this.#options.clock.wait(busyWaitMs, this.#closing.signal)
    }
  }
}
