import { GraphQLError } from 'graphql'

/**
 * A stream that a reader cannot be too slow for: where more waits than one subscription may hold, it is dropped, and read
 * again from the log as the reader takes it. One look at the sites may find thousands of changes at once, so that
 * even a quick reader would be too slow for a queue.
 */
export class RereadingStream<Out extends { readonly cursor: string }> implements AsyncIterableIterator<Out> {
  readonly #open: (after: string | null) => Promise<AsyncIterableIterator<Out>>
  #stream: AsyncIterableIterator<Out>
  #cursor: string | null
  #isOver = false

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

  async return(): Promise<IteratorResult<Out, undefined>> {
    this.#isOver = true
    await this.#stream.return?.()
    return { done: true, value: undefined }
  }

  async #reopen(): Promise<void> {
    const stream = await this.#open(this.#cursor)
    this.#stream = stream
    // The reader may have left meanwhile.
    if (this.#isOver) await stream.return?.()
  }
}

const isTooSlow = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'SLOW_CONSUMER'
