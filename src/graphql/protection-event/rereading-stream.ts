import { GraphQLError } from 'graphql'
import { isLive, type Arrival, type LiveStream } from '../stream/live-stream.ts'

/**
 * A stream that a reader cannot be too slow for: where more waits than one subscription may hold, it is dropped, and read
 * again from the log as the reader takes it. One look at the sites may find thousands of changes at once, so that
 * even a quick reader would be too slow for a queue.
 */
export class RereadingStream<Out extends { readonly cursor: string }> implements LiveStream<Out> {
  readonly #open: (after: string | null) => Promise<AsyncIterableIterator<Out>>
  #stream: AsyncIterableIterator<Out>
  #cursor: string | null
  #isOver = false
  #arrival: Arrival | null = null

  private constructor(
    open: (after: string | null) => Promise<AsyncIterableIterator<Out>>,
    stream: AsyncIterableIterator<Out>,
    after: string | null,
  ) {
    this.#open = open
    this.#stream = stream
    this.#cursor = after
  }

  /** @param open Opens the stream behind a cursor, or at its beginning; may fail with the code SLOW_CONSUMER later. */
  static async begin<Out extends { readonly cursor: string }>(
    open: (after: string | null) => Promise<AsyncIterableIterator<Out>>,
    after: string | null,
  ): Promise<RereadingStream<Out>> {
    return new RereadingStream(open, await open(after), after)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Out, undefined>> {
    while (!this.#isOver) {
      try {
        const result = await this.#stream.next()
        if (result.done === true) break
        this.#cursor = result.value.cursor
        return { done: false, value: result.value }
      } catch (error) {
        if (!isTooSlow(error)) throw error
        await this.#reopen()
      }
    }
    return { done: true, value: undefined }
  }

  takeNow(): Out | null {
    const out = !this.#isOver && isLive(this.#stream) ? this.#stream.takeNow() : null
    if (out !== null) this.#cursor = out.cursor
    return out
  }

  get isResting(): boolean {
    return !this.#isOver && isLive(this.#stream) && this.#stream.isResting
  }

  rest(arrival: Arrival): void {
    this.#arrival = arrival
    if (isLive(this.#stream)) this.#stream.rest(arrival)
  }

  async return(): Promise<IteratorResult<Out, undefined>> {
    this.#isOver = true
    await this.#stream.return?.()
    return { done: true, value: undefined }
  }

  async #reopen(): Promise<void> {
    const stream = await this.#open(this.#cursor)
    this.#stream = stream
    if (this.#arrival !== null) this.rest(this.#arrival)
    // The reader may have left meanwhile.
    if (this.#isOver) await stream.return?.()
  }
}

const isTooSlow = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'SLOW_CONSUMER'
