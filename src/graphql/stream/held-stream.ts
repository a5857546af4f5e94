/**
 * A stream that holds something for as long as it lives: `resource` is disposed once, when the stream ends, is returned or
 * fails, or cannot be opened.
 */
export const heldBy = async <Out>(
  resource: Disposable,
  open: () => Promise<AsyncIterableIterator<Out, undefined>>,
): Promise<AsyncIterableIterator<Out, undefined>> => {
  using opening = new DisposableStack()
  opening.use(resource)
  const stream = await open()
  const holding = opening.move()
  const next = async (): Promise<IteratorResult<Out, undefined>> => {
    try {
      const result = await stream.next()
      if (result.done === true) holding.dispose()
      return result
    } catch (error) {
      holding.dispose()
      throw error
    }
  }
  const end = async (): Promise<IteratorResult<Out, undefined>> => {
    holding.dispose()
    await stream.return?.()
    return { done: true, value: undefined }
  }
  const held: AsyncIterableIterator<Out, undefined> = { [Symbol.asyncIterator]: () => held, next, return: end }
  return held
}
