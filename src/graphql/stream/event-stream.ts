import { GraphQLError } from 'graphql'
import { DomainError } from '../../domain/errors.ts'
import type { StreamObserver } from '../../domain/ports/stream-observer.ts'
import type { EventPlace } from './event-cursor.ts'
import { EventQueue, type QueuedEvent } from './event-queue.ts'
import type { EventTail } from './event-tail.ts'
import type { Arrival, LiveStream } from './live-stream.ts'
import type { StreamDelivery, StreamSetting } from './stream-delivery.ts'

/** What one kind of subscription is made of: `E` is an entry of its log, `Out` what a subscriber gets. */
export interface EventStreamPlan<E extends QueuedEvent, Out extends { readonly cursor: string }> {
  readonly tail: EventTail<E>
  /** What of the tail is listened to; null for all of it. */
  readonly topic: string | null
  /** Where to go on; null begins with the present state. */
  readonly after: EventPlace | null
  /** Entries with a sequence above `after`, oldest first; may leave out what {@link wants} does not. */
  readEvents(after: number, limit: number): Promise<readonly E[]>
  /** The lowest sequence from which nothing was forgotten, and the highest that there is. */
  readBounds(): Promise<{ readonly completeFrom: number; readonly last: number }>
  wants(event: E): boolean
  conflationKey(event: E): string | null
  /** The present state; `sequence` is where the changes that follow begin, and what the cursor of the last one says. */
  readSnapshot(sequence: number): Promise<readonly Out[]>
  toOut(event: E): Out
  /** Tells that up to `missedEvents` are no longer kept. `place` is where the stream stands. */
  toLagged(place: EventPlace, missedEvents: number): Out
  /** Tells that the gateway is about to close; `last` is what was handed out last. */
  toDraining(last: Out, at: Date): Out
  /** True for the event after which nothing can come. */
  isLast(out: Out): boolean
  /** True when nothing can come after what is past. */
  readonly isOver: boolean
}

const aheadOfAll =
  'is ahead of all that this store holds: it is of another store, or of this one before it was restored from a backup. ' +
  'Subscribe without it, and read anew what you show'

// How many entries are read at a time when a subscriber resumes. What he has not taken is not read.
const pageSize = 200

/**
 * The events of one subscription, each once and in order. Three stretches: the snapshot or what is past, read in pages
 * as the client takes them; then what the log has got meanwhile; then live events, out of a bounded queue. Listens
 * before it reads the second, so nothing falls between. Nothing is taken from the queue before the client asks.
 *
 * A client that leaves more waiting than the queue holds gets an error with the code SLOW_CONSUMER and the `cursor` to go
 * on from; what he had not taken is released at once. `return` ends everything at once, also while `next` waits.
 */
export class EventStream<E extends QueuedEvent, Out extends { readonly cursor: string }> implements LiveStream<Out> {
  readonly #plan: EventStreamPlan<E, Out>
  readonly #delivery: StreamDelivery
  readonly #queue: EventQueue<E>
  readonly #draining: Disposable
  readonly #observer: StreamObserver | null
  #listening: Disposable | null = null
  #ready: Out[] = []
  #isPast: boolean
  /** Up to here everything was read or handed out. */
  #sequence: number
  #completeFrom = 0
  #drainedAt: Date | null = null
  #last: Out | null = null
  #isOver = false
  #wake: (() => void) | null = null
  #arrival: Arrival | null = null

  private constructor(plan: EventStreamPlan<E, Out>, setting: StreamSetting, delivery: StreamDelivery) {
    this.#plan = plan
    this.#delivery = delivery
    this.#observer = setting.observer ?? null
    this.#observer?.noteStream('OPENED')
    this.#queue = new EventQueue(setting.mostQueuedEvents, plan)
    this.#isPast = plan.after !== null
    this.#sequence = plan.after?.sequence ?? 0
    this.#draining = setting.drain.subscribe((at) => {
      this.#drainedAt = at
      this.#tell()
    })
  }

  /**
   * Resolves when the stream stands, before anything is past: what happens from now on will come.
   *
   * @throws INVALID_INPUT for a place that the log has not come to, STORE_BUSY, STORE_UNAVAILABLE
   */
  static async open<E extends QueuedEvent, Out extends { readonly cursor: string }>(
    plan: EventStreamPlan<E, Out>,
    setting: StreamSetting,
    delivery: StreamDelivery,
  ): Promise<EventStream<E, Out>> {
    const stream = new EventStream(plan, setting, delivery)
    try {
      await stream.#begin()
      return stream
    } catch (error) {
      await stream.return()
      throw error
    }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Out, undefined>> {
    while (!this.#isOver) {
      if (this.#queue.isOverflown) throw await this.#giveUp()
      const out = this.#take()
      if (out !== undefined) return { done: false, value: this.#note(out) }
      if (this.#isPast) await this.#readPast()
      else if (this.#isAtEnd()) break
      else await this.#untilArrival()
    }
    return this.return()
  }

  takeNow(): Out | null {
    if (this.#isOver || this.#queue.isOverflown) return null
    const out = this.#take()
    return out === undefined ? null : this.#note(out)
  }

  get isResting(): boolean {
    return !this.#isOver && !this.#isPast && !this.#queue.isOverflown && !this.#isAtEnd()
  }

  rest(arrival: Arrival): void {
    this.#arrival = arrival
  }

  async return(): Promise<IteratorResult<Out, undefined>> {
    if (!this.#isOver) this.#observer?.noteStream('CLOSED')
    this.#isOver = true
    this.#listening?.[Symbol.dispose]()
    this.#draining[Symbol.dispose]()
    this.#queue.clear()
    this.#ready = []
    this.#tell()
    return { done: true, value: undefined }
  }

  async #begin(): Promise<void> {
    const plan = this.#plan
    const { after } = plan
    if (after !== null && after.sequence > (await plan.readBounds()).last) {
      throw DomainError.invalidInput('after', aheadOfAll)
    }
    if (after === null) this.#sequence = await this.#listen()
    if (after === null || after.isWithinSnapshot) this.#ready.push(...(await plan.readSnapshot(this.#sequence)))
  }

  /** An event of the tail. */
  hear(event: E): void {
    if (!this.#plan.wants(event)) return
    this.#queue.push(event)
    this.#tell()
  }

  /** @returns the sequence above which every event comes by the queue. */
  async #listen(): Promise<number> {
    const { tail, topic } = this.#plan
    this.#listening = tail.subscribe(topic, this)
    return tail.position()
  }

  async #readPast(): Promise<void> {
    if (await this.#readPage()) return
    this.#isPast = false
    const position = await this.#listen()
    if (this.#isOver) this.#listening?.[Symbol.dispose]()
    else await this.#readUpTo(position)
  }

  async #readUpTo(position: number): Promise<void> {
    while (this.#sequence < position && !this.#isOver) if (!(await this.#readPage())) return
  }

  /** @returns false when the log had no whole page more. */
  async #readPage(): Promise<boolean> {
    const plan = this.#plan
    const from = this.#sequence
    const page = await plan.readEvents(from, pageSize)
    // After the page: what was forgotten while it was read is missed, too.
    const { completeFrom } = await plan.readBounds()
    const seenUpTo = Math.max(from, this.#completeFrom - 1)
    if (completeFrom - 1 > seenUpTo) {
      const place = { sequence: from, isWithinSnapshot: false }
      this.#ready.push(plan.toLagged(place, completeFrom - 1 - seenUpTo))
      this.#completeFrom = completeFrom
    }
    for (const event of page) if (plan.wants(event)) this.#ready.push(plan.toOut(event))
    this.#sequence = page.at(-1)?.sequence ?? from
    return page.length === pageSize
  }

  #tell(): void {
    this.#wake?.()
    this.#arrival?.onArrival()
  }

  #take(): Out | undefined {
    return this.#ready.shift() ?? this.#nextQueued() ?? this.#nextDraining()
  }

  #nextQueued(): Out | undefined {
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      if (event.sequence <= this.#sequence) continue
      this.#sequence = event.sequence
      return this.#plan.toOut(event)
    }
    return undefined
  }

  #nextDraining(): Out | undefined {
    if (this.#drainedAt === null || this.#last === null || this.#isPast) return undefined
    const out = this.#plan.toDraining(this.#last, this.#drainedAt)
    this.#drainedAt = null
    return out
  }

  #isAtEnd(): boolean {
    return this.#plan.isOver && this.#queue.size === 0
  }

  #note(out: Out): Out {
    this.#last = out
    this.#delivery.cursor = out.cursor
    if (this.#plan.isLast(out)) void this.return()
    return out
  }

  async #giveUp(): Promise<GraphQLError> {
    this.#observer?.noteStream('DROPPED')
    await this.return()
    const cursor = this.#delivery.cursor
    return new GraphQLError('More events wait than are kept for one subscription; go on from the cursor', {
      extensions: { code: 'SLOW_CONSUMER', cursor },
    })
  }

  async #untilArrival(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#wake = null
  }
}
