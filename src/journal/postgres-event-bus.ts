import type { EventBus } from '../domain/ports/event-bus.ts'
import type { Logger } from '../domain/ports/logger.ts'

export interface PostgresEventBusOptions<E> {
  /** Is given every event, whichever gateway has appended it: each once, in the order of the sequence. */
  readonly bus: EventBus<E>
  readonly lastSequence: () => Promise<number>
  /** Events with a sequence above `after`, oldest first. */
  readonly readEvents: (after: number, limit: number) => Promise<readonly E[]>
  readonly logger: Logger
}

const pageSize = 500

/**
 * A bus of several gateways on one store: what this one appends is given out at once, and what others append as soon as
 * somebody calls {@link PostgresEventBus.wake}. The log itself is what is given out, so a wake that is lost or comes twice
 * does no harm.
 */
export class PostgresEventBus<E extends { readonly sequence: number }> implements EventBus<E> {
  readonly #options: PostgresEventBusOptions<E>
  /** The sequence up to which everything was given out; null until the log has said where it ends. */
  #position: number | null = null
  /** Whether something may have been appended since the log was last read to its end. */
  #isStale = false
  #isReading = false

  constructor(options: PostgresEventBusOptions<E>) {
    this.#options = options
  }

  /** From now on everything is given out. Call it once, before anything is written and after others are listened to. */
  async start(): Promise<void> {
    this.#position = await this.#options.lastSequence()
    if (this.#isStale) this.wake()
  }

  publish(event: E): void {
    if (this.#position === null || event.sequence <= this.#position) return
    if (event.sequence === this.#position + 1 && !this.#isReading) this.#give(event)
    else this.wake()
  }

  subscribe(listener: (event: E) => void): Disposable {
    return this.#options.bus.subscribe(listener)
  }

  /** Another gateway may have appended something. */
  wake(): void {
    this.#isStale = true
    if (this.#isReading || this.#position === null) return
    this.#isReading = true
    void this.#readOn(this.#position)
  }

  #give(event: E): void {
    this.#position = event.sequence
    this.#options.bus.publish(event)
  }

  /** Never rejects. */
  async #readOn(from: number): Promise<void> {
    try {
      for (let after = from; this.#isStale;) {
        this.#isStale = false
        const page = await this.#options.readEvents(after, pageSize)
        for (const event of page) this.#give(event)
        after = page.at(-1)?.sequence ?? after
        if (page.length === pageSize) this.#isStale = true
      }
    } catch (error) {
      this.#options.logger.warn('Events could not be read; the next look tries again', { error })
    } finally {
      this.#isReading = false
    }
  }
}
