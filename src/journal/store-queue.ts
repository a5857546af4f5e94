import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { DomainError, findProblem, type StoreProblemCode } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { JournalDatabase } from './database.ts'
import type { JournalTables } from './tables.ts'

/** What a failure of the database is called, and what to do about it. */
export interface StoreFailure {
  readonly code: StoreProblemCode
  /** For people. */
  readonly message: string
}

export interface StoreQueueOptions {
  readonly db: JournalDatabase
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

// Together with the 20 ms for which each try may block, a lock is waited for about 5 seconds.
const mostWaits = 69
// A lock that has outlasted that is not waited for so long again, until a write succeeds.
const fewWaits = 5
const busyWaitMs = 50

/**
 * The one way to the opened database, for everything that is kept in it.
 *
 * Writes of this process run one after the other, each in a transaction of its own, and what is told after its commit is
 * told before the next one starts: that is what keeps a bus in the order of the sequence. Both reads and writes wait for
 * a lock that another process holds, and throw STORE_BUSY or STORE_UNAVAILABLE for what the database says.
 */
export class StoreQueue implements AsyncDisposable {
  readonly #db: JournalDatabase
  readonly #clock: Clock
  readonly #findFailure: StoreQueueOptions['findFailure']
  readonly #closing = new AbortController()
  /** Of all writes together: one that has stood in the queue behind a lock has waited for it, too. */
  readonly #waits: Waits = { count: 0 }
  #isLockedForLong = false
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: StoreQueueOptions) {
    this.#db = options.db
    this.#clock = options.clock
    this.#findFailure = options.findFailure
  }

  /** True once it is being closed: what is done in many small writes ends early. */
  get isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  read<T>(run: (db: JournalDatabase) => Promise<T>): Promise<T> {
    return this.#untilNotBusy(() => run(this.#db), { count: 0 }, mostWaits)
  }

  /** @param run May be called again after a lock: has no effect but on the transaction. */
  write<T>(run: (writing: Writing) => Promise<T>): Promise<T> {
    const most = this.#waits.count + (this.#isLockedForLong ? fewWaits : mostWaits)
    const result = this.#lastWrite.then(() => this.#commit(run, most))
    this.#lastWrite = result.then(
      () => this.#noteLock(null),
      (error: unknown) => this.#noteLock(error),
    )
    return result
  }

  /** Lets the writes that have begun come to their end, and closes the database. Does nothing the second time. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#lastWrite
    await this.#db.destroy()
  }

  /** @param error What the last write failed with; null when it did not. */
  #noteLock(error: unknown): void {
    this.#isLockedForLong = findProblem(error)?.code === 'STORE_BUSY'
  }

  async #commit<T>(run: (writing: Writing) => Promise<T>, most: number): Promise<T> {
    const tells: (() => void)[] = []
    const afterCommit = (tell: () => void) => void tells.push(tell)
    const attempt = (): Promise<T> => {
      tells.length = 0
      return this.#db.transaction().execute((trx) => run({ trx, afterCommit }))
    }
    const result = await this.#untilNotBusy(attempt, this.#waits, most)
    for (const tell of tells) tell()
    return result
  }

  /** Tries again while the lock is somebody else's, until it was waited for often enough or the store closes. */
  async #untilNotBusy<T>(run: () => Promise<T>, waits: Waits, most: number): Promise<T> {
    for (;;) {
      try {
        return await run()
      } catch (error) {
        const failure = this.#findFailure(error)
        if (failure === null) throw error
        if (failure.code !== 'STORE_BUSY' || waits.count >= most || this.isClosing) {
          // The next write in the queue blocks for its own try: others have their turn before.
          await setImmediate()
          throw DomainError.store(failure.code, failure.message, error)
        }
      }
      waits.count += 1
      await this.#clock.wait(busyWaitMs, this.#closing.signal)
    }
  }
}
