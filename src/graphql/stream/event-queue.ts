/** What waits in a queue, in the order of its sequence. */
export interface QueuedEvent {
  readonly sequence: number
}

/** Says which events replace each other. */
export interface Conflation<E> {
  /** Events with the same key replace each other, the newest wins; null for one that must not be left out. */
  conflationKey(event: E): string | null
}

/**
 * The bounded queue of one subscription. A newer event takes the place at the end, not the place of the one that it
 * replaces: what is handed out stays in the order of the sequence, so that every cursor has everything before it.
 */
export class EventQueue<E extends QueuedEvent> {
  readonly #mostEvents: number
  readonly #conflation: Conflation<E>
  /** The only one that waits, as long as there was never another one beside it: most often a client takes each at once. */
  #only: E | null = null
  /** By conflation key, or by sequence; a map keeps the order of insertion. Null as long as one place was enough. */
  #events: Map<string | number, E> | null = null
  #keptCount = 0
  #isOverflown = false

  /** @param mostEvents How many events that must not be left out may wait. */
  constructor(mostEvents: number, conflation: Conflation<E>) {
    this.#mostEvents = mostEvents
    this.#conflation = conflation
  }

  /** True once more had to be kept than there is room for: nothing is held any more, and nothing taken in. */
  get isOverflown(): boolean {
    return this.#isOverflown
  }

  /** How many events wait. */
  get size(): number {
    return this.#only === null ? (this.#events?.size ?? 0) : 1
  }

  push(event: E): void {
    if (this.#isOverflown) return
    if (this.#events === null && this.#only === null && this.#mostEvents > 0) {
      this.#only = event
      return
    }
    const events = (this.#events ??= new Map())
    if (this.#only !== null) this.#add(events, this.#only)
    this.#only = null
    this.#add(events, event)
  }

  shift(): E | undefined {
    const only = this.#only
    if (only !== null) {
      this.#only = null
      return only
    }
    const events = this.#events
    if (events === null) return undefined
    for (const [key, event] of events) {
      events.delete(key)
      if (typeof key === 'number') this.#keptCount -= 1
      if (events.size === 0) this.#events = null
      return event
    }
    return undefined
  }

  clear(): void {
    this.#only = null
    this.#events = null
    this.#keptCount = 0
  }

  #add(events: Map<string | number, E>, event: E): void {
    const key = this.#conflation.conflationKey(event)
    if (key === null) this.#keptCount += 1
    else events.delete(key)
    if (this.#keptCount > this.#mostEvents) {
      this.#isOverflown = true
      this.clear()
      return
    }
    events.set(key ?? event.sequence, event)
  }
}
