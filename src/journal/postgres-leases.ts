import type { Interest, Lease, Leases } from '../domain/ports/leases.ts'
import type { Logger } from '../domain/ports/logger.ts'
import { systemClock } from '../std/system-clock.ts'
import type { JournalDatabase } from './database.ts'
import {
  endLife,
  forgetLives,
  giveLeaseBack,
  leaseMs,
  listLives,
  renewLeases,
  renewLife,
  takeLeases,
  tellNudges,
} from './lease-rows.ts'
import { ShownInterests } from './shown-interests.ts'
import type { StoreAccess } from './store-queue.ts'

export interface PostgresLeasesOptions {
  /** Connections that nothing else waits for: a lease must not be lost because the store is busy. Destroyed at the end. */
  readonly db: JournalDatabase
  readonly queue: StoreAccess
  /** A name that no other process has, nor has ever had. */
  readonly replica: string
  /** How much of the store this gateway knows: see `toStoreVersion`. */
  readonly storeVersion: number
  readonly logger: Logger
  /** Milliseconds that have passed on the machine since some moment. @default performance.now */
  readonly passedMs?: () => number
}

const beatMs = 1_000

/** One lease that is wanted here. */
interface Seat {
  readonly name: string
  readonly work: (lease: Lease, lost: AbortSignal) => Promise<void>
  /** Null while this gateway does not have it, or its work has not come to its end since it was lost. */
  tenure: Tenure | null
}

interface Tenure {
  readonly lease: Lease
  readonly lost: AbortController
  readonly done: Promise<void>
}

/**
 * The leases of one gateway among several: all are renewed, and looked for, with one beat. Time here is the machine's own,
 * and only its passing counts.
 */
export class PostgresLeases implements Leases, AsyncDisposable {
  readonly #options: PostgresLeasesOptions
  readonly #interests = new ShownInterests()
  readonly #seats = new Set<Seat>()
  readonly #deathCalls = new Set<() => void>()
  readonly #nudgeCalls = new Set<(name: string) => void>()
  /** What the others are to be told of with the next beat. */
  readonly #nudges = new Set<string>()
  #living: ReadonlySet<string> = new Set()
  readonly #closing = new AbortController()
  /** Ends the present pause. */
  #bell = new AbortController()
  /** Rings when nothing was renewed for so long that somebody else may have everything. */
  #deadline: NodeJS.Timeout | null = null
  /** Of {@link PostgresLeases.#passedMs}: until then nobody takes this gateway for dead. */
  #aliveUntil = 0
  /** The same by the time of day, which goes on while a machine sleeps. */
  #aliveUntilMs = 0
  #isFailing = false
  #loop: Promise<void> = Promise.resolve()

  private constructor(options: PostgresLeasesOptions) {
    this.#options = options
    this.#interests.onWanted(() => this.#bell.abort())
  }

  /** Lives from now on. @throws PostgresError when that cannot be written. */
  static async open(options: PostgresLeasesOptions): Promise<PostgresLeases> {
    const leases = new PostgresLeases(options)
    try {
      await forgetLives(options.db)
      await leases.#beat()
    } catch (error) {
      await options.db.destroy()
      throw error
    }
    leases.#loop = leases.#run()
    return leases
  }

  get replica(): string {
    return this.#options.replica
  }

  hold(name: string, work: Seat['work']): AsyncDisposable {
    const seat: Seat = { name, work, tenure: null }
    this.#seats.add(seat)
    this.#bell.abort()
    return {
      [Symbol.asyncDispose]: async () => {
        this.#seats.delete(seat)
        const { tenure } = seat
        if (tenure === null) return
        tenure.lost.abort()
        await tenure.done
        // Where that cannot be written it ends by itself.
        await giveLeaseBack(this.#options.db, this.replica, tenure.lease).catch(() => {})
      },
    }
  }

  isAlive(): boolean {
    // A time of day that was put forward says too soon that it ends, which does no harm.
    return this.#passedMs() < this.#aliveUntil && Date.now() < this.#aliveUntilMs
  }

  async listLiving(): Promise<ReadonlySet<string>> {
    const lives = await this.#options.queue.read((db) => listLives(db))
    return new Set([...lives.keys(), this.replica])
  }

  onDeath(call: () => void): Disposable {
    this.#deathCalls.add(call)
    return { [Symbol.dispose]: () => void this.#deathCalls.delete(call) }
  }

  nudge(name: string): void {
    this.#nudges.add(name)
  }

  onNudge(call: (name: string) => void): Disposable {
    this.#nudgeCalls.add(call)
    return { [Symbol.dispose]: () => void this.#nudgeCalls.delete(call) }
  }

  /** Another gateway has nudged whoever has this lease. */
  hearNudge(name: string): void {
    for (const call of this.#nudgeCalls) call(name)
  }

  show(interest: Interest): Disposable {
    return this.#interests.show(interest)
  }

  isWanted(interest: Interest): boolean {
    return this.#interests.isWanted(interest)
  }

  onWanted(call: (interest: Interest) => void): Disposable {
    return this.#interests.onWanted(call)
  }

  /** To be called when nothing is held any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.#bell.abort()
    await this.#loop
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    for (const { tenure } of this.#seats) tenure?.lost.abort()
    const { db } = this.#options
    await endLife(db, this.replica).catch(() => {})
    await db.destroy()
  }

  async #run(): Promise<void> {
    const { logger } = this.#options
    while (!this.#closing.signal.aborted) {
      await systemClock.wait(beatMs, this.#bell.signal)
      if (this.#closing.signal.aborted) return
      this.#bell = new AbortController()
      try {
        await this.#beat()
        if (this.#isFailing) logger.info('What this gateway does for all can be agreed on again')
        this.#isFailing = false
      } catch (error) {
        if (!this.#isFailing)
          logger.warn('What this gateway does for all cannot be agreed on', { error: String(error) })
        this.#isFailing = true
        // What rings all the time must not ask a broken database all the time.
        this.#bell = new AbortController()
      }
    }
  }

  async #beat(): Promise<void> {
    const { db, replica, storeVersion } = this.#options
    const begunAt = this.#passedMs()
    const begunAtMs = Date.now()
    await renewLife(db, replica, this.#interests.here, storeVersion)
    this.#aliveUntil = begunAt + leaseMs
    this.#aliveUntilMs = begunAtMs + leaseMs
    const held = [...this.#seats].flatMap(({ tenure }) => (tenure === null ? [] : [tenure]))
    const names = held.filter(({ lost }) => !lost.signal.aborted).map(({ lease }) => lease.name)
    const kept = await renewLeases(db, replica, names)
    for (const { lease, lost } of held) {
      if (!kept.some(({ name, fence }) => name === lease.name && fence === lease.fence)) lost.abort()
    }
    const wanted = [...this.#seats].filter(({ tenure }) => tenure === null)
    const taken = await takeLeases(
      db,
      replica,
      wanted.map(({ name }) => name),
    )
    const lives = await listLives(db)
    this.#interests.noteElsewhere(new Set([...lives].flatMap(([holder, wants]) => (holder === replica ? [] : wants))))
    this.#noteLiving(new Set(lives.keys()))
    this.#loseAllAt(begunAt + leaseMs)
    for (const lease of taken) this.#begin(lease)
    const nudges = [...this.#nudges]
    this.#nudges.clear()
    await tellNudges(db, replica, nudges)
  }

  #noteLiving(living: ReadonlySet<string>): void {
    const hasDied = this.#living.difference(living).size > 0
    this.#living = living
    if (hasDied) for (const call of this.#deathCalls) call()
  }

  #begin(lease: Lease): void {
    const seat = [...this.#seats].find(({ name, tenure }) => name === lease.name && tenure === null)
    if (seat === undefined) {
      void giveLeaseBack(this.#options.db, this.replica, lease).catch(() => {})
      return
    }
    const lost = new AbortController()
    const done = seat.work(lease, lost.signal)
    const tenure = { lease, lost, done }
    seat.tenure = tenure
    lost.signal.addEventListener('abort', () => void done.then(() => this.#leave(seat, tenure)), { once: true })
  }

  /** What was lost is wanted again once its work has come to its end. */
  #leave(seat: Seat, tenure: Tenure): void {
    if (seat.tenure === tenure && this.#seats.has(seat)) seat.tenure = null
  }

  #passedMs(): number {
    return (this.#options.passedMs ?? performance.now.bind(performance))()
  }

  /** @param time Of {@link PostgresLeases.#passedMs}: the leases may have gone to somebody else from then on. */
  #loseAllAt(time: number): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    this.#deadline = setTimeout(
      () => {
        for (const { tenure } of this.#seats) tenure?.lost.abort()
      },
      Math.max(0, time - this.#passedMs()),
    )
  }
}
