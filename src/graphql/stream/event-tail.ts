import type { Clock } from '../../domain/ports/clock.ts'
import type { EventBus } from '../../domain/ports/event-bus.ts'
import type { Logger } from '../../domain/ports/logger.ts'
import type { QueuedEvent } from './event-queue.ts'

export interface EventTailOptions<E> {
  /** Tells of what this process appends. */
  readonly bus: EventBus<E>
  readonly lastSequence: () => Promise<number>
  /** Events with a sequence above `after`, oldest first. */
  readonly readEvents: (after: number, limit: number) => Promise<readonly E[]>
  /** What a listener may narrow itself to, e.g. the id of a task. */
  readonly topicOf: (event: E) => string
  readonly clock: Clock
  readonly logger: Logger
}

/** Who listens. An object, since tens of thousands may. */
export interface TailListener<E> {
  /** Called for each event, before anything else goes on. Must not throw. */
  hear(event: E): void
}

/** From the first listener to the last one. */
interface Run {
  readonly stop: AbortController
  ready: Promise<void>
  /** The sequence up to which everything was given out; null until the log has said where it ends. */
  position: number | null
  /** The highest sequence that was heard of. */
  known: number
  isReading: boolean
}

/** Disposing of it is all that it is for. */
class Listening<E extends QueuedEvent> implements Disposable {
  readonly #tail: EventTail<E>
  readonly #topic: string | null
  readonly #listener: TailListener<E>

  constructor(tail: EventTail<E>, topic: string | null, listener: TailListener<E>) {
    this.#tail = tail
    this.#topic = topic
    this.#listener = listener
  }

  [Symbol.dispose](): void {
    this.#tail.unsubscribe(this.#topic, this.#listener)
  }
}

const pageSize = 500
/** How often the log is asked for what other gateways on the same store have appended. */
const lookIntervalMs = 1_000

/**
 * The live end of a log that several gateways may append to: gives every event to those who listen, in the order of the
 * sequence and each one once, whichever process has appended it. What this process appends is given out at once; that
 * of others is looked for once a second, for all listeners together, and only while there are any.
 */
export class EventTail<E extends QueuedEvent> {
  readonly #options: EventTailOptions<E>
  /** By topic; under null who listens to all. */
  readonly #listeners = new Map<string | null, Set<TailListener<E>>>()
  #run: Run | null = null

  constructor(options: EventTailOptions<E>) {
    this.#options = options
  }

  /** @param topic Null listens to every event. Dispose to stop. */
  subscribe(topic: string | null, listener: TailListener<E>): Disposable {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners.add(listener))
    this.#run ??= this.#start()
    return new Listening(this, topic, listener)
  }

  /** No longer tells this one. */
  unsubscribe(topic: string | null, listener: TailListener<E>): void {
    const listeners = this.#listeners.get(topic)
    if (listeners?.delete(listener) !== true) return
    if (listeners.size === 0) this.#listeners.delete(topic)
    if (this.#listeners.size > 0) return
    this.#run?.stop.abort()
    this.#run = null
  }

  /**
   * The sequence above which a listener is told of every event. Ask after {@link subscribe}.
   *
   * @throws STORE_BUSY, STORE_UNAVAILABLE
   */
  async position(): Promise<number> {
    const run = this.#run
    if (run === null) throw new Error('Nobody listens to the events')
    await run.ready
    return run.position ?? 0
  }

  #start(): Run {
    const stop = new AbortController()
    const run: Run = { stop, ready: Promise.resolve(), position: null, known: 0, isReading: false }
    const listening = this.#options.bus.subscribe((event) => this.#hear(run, event))
    stop.signal.addEventListener('abort', () => listening[Symbol.dispose](), { once: true })
    run.ready = this.#begin(run)
    this.#look(run).catch((error: unknown) => this.#options.logger.error('The events are not followed', { error }))
    return run
  }

  async #begin(run: Run): Promise<void> {
    const position = await this.#options.lastSequence()
    run.position = position
    if (run.known > position) this.#catchUp(run)
  }

  #hear(run: Run, event: E): void {
    run.known = Math.max(run.known, event.sequence)
    if (run.position === null || event.sequence <= run.position) return
    if (event.sequence === run.position + 1 && !run.isReading) this.#give(run, event)
    else this.#catchUp(run)
  }

  #give(run: Run, event: E): void {
    run.position = event.sequence
    for (const topic of [this.#options.topicOf(event), null]) {
      for (const listener of this.#listeners.get(topic) ?? []) listener.hear(event)
    }
  }

  /** Reads what has not been given out; what fails is tried again at the next look. */
  #catchUp(run: Run): void {
    if (run.isReading) return
    run.isReading = true
    this.#readOn(run).catch((error: unknown) =>
      this.#options.logger.warn('Events could not be read; the next look tries again', { error }),
    )
  }

  async #readOn(run: Run): Promise<void> {
    try {
      while (run.position !== null && run.known > run.position) {
        const { known } = run
        const page = await this.#options.readEvents(run.position, pageSize)
        if (run.stop.signal.aborted) return
        for (const event of page) this.#give(run, event)
        // What was heard of and is not there was taken back: its number will not come again.
        if (page.length < pageSize) run.position = Math.max(run.position, known)
      }
    } finally {
      run.isReading = false
    }
  }

  async #look(run: Run): Promise<void> {
    const { clock, lastSequence, logger } = this.#options
    const { signal } = run.stop
    for (;;) {
      await clock.wait(lookIntervalMs, signal)
      if (signal.aborted) return
      try {
        run.known = Math.max(run.known, await lastSequence())
        if (run.position !== null && run.known > run.position) this.#catchUp(run)
      } catch (error) {
        logger.warn('The end of the events could not be read', { error })
      }
    }
  }
}
