import { isLive, type Arrival, type LiveStream } from './live-stream.ts'

/** A stream with what it holds. */
class HeldStream<Out> implements LiveStream<Out> {
  readonly #stream: AsyncIterableIterator<Out, undefined>
  readonly #held: Disposable

  constructor(stream: AsyncIterableIterator<Out, undefined>, held: Disposable) {
    this.#stream = stream
    this.#held = held
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Out, undefined>> {
    try {
      const result = await this.#stream.next()
      if (result.done === true) this.#held[Symbol.dispose]()
      return result
    } catch (error) {
      this.#held[Symbol.dispose]()
      throw error
    }
  }

  takeNow(): Out | null {
    return isLive(this.#stream) ? this.#stream.takeNow() : null
  }

  get isResting(): boolean {
    return isLive(this.#stream) && this.#stream.isResting
  }

  rest(arrival: Arrival): void {
    if (isLive(this.#stream)) this.#stream.rest(arrival)
  }

  async return(): Promise<IteratorResult<Out, undefined>> {
    this.#held[Symbol.dispose]()
    await this.#stream.return?.()
    return { done: true, value: undefined }
  }
}

/**
 * A stream that holds something for as long as it lives: `resource` is disposed once, when the stream ends, is returned or
 * fails, or cannot be opened.
 */
export const heldBy = async <Out>(
  resource: Disposable,
  open: () => Promise<AsyncIterableIterator<Out, undefined>>,
): Promise<LiveStream<Out>> => {
  using opening = new DisposableStack()
  opening.use(resource)
  const stream = await open()
  return new HeldStream(stream, opening.move())
}
