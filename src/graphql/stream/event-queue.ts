/** What waits in a queue, in the order of its sequence. */
export interface QueuedEvent {
  readonly sequence: number
}

/** How one subscription holds what its client has not taken yet. */
export interface EventQueueOptions<E> {
  /** How many events that must not be left out may wait. */
  readonly mostEvents: number
  /** Events with the same key replace each other, the newest wins; null for one that must not be left out. */
  readonly conflationKey: (event: E) => string | null
}

/**
 * The bounded queue of one subscription. A newer event takes the place at the end, not the place of the one that it
 * replaces: what is handed out stays in the order of the sequence, so that every cursor has everything before it.
 */
export class EventQueue<E extends QueuedEvent> {
  readonly #options: EventQueueOptions<E>
  /** By conflation key, or by sequence; a map keeps the order of insertion. */
  readonly #events = new Map<string | number, E>()
  #keptCount = 0
  #isOverflown = false

  constructor(options: EventQueueOptions<E>) {
    this.#options = options
  }

  /** True once more had to be kept than there is room for: nothing is held any more, and nothing taken in. */
  get isOverflown(): boolean {
    return this.#isOverflown
  }

  /** How many events wait. */
  get size(): number {
    return this.#events.size
  }

  push(event: E): void {
    if (this.#isOverflown) return
    const key = this.#options.conflationKey(event)
    if (key === null) this.#keptCount += 1
    else this.#events.delete(key)
    if (this.#keptCount > this.#options.mostEvents) {
      this.#isOverflown = true
      this.#events.clear()
      return
    }
    this.#events.set(key ?? event.sequence, event)
  }

  shift(): E | undefined {
    for (const [key, event] of this.#events) {
      this.#events.delete(key)
      if (typeof key === 'number') this.#keptCount -= 1
      return event
    }
    return undefined
  }

  clear(): void {
    this.#events.clear()
    this.#keptCount = 0
  }
}
