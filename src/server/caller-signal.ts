import type { ServerResponse } from 'node:http'

/** Why an operation ends. One for all: making an error for each request that ends costs more than all else that ends with it. */
export const hasLeft = new Error('The caller has left')

/** Aborts when the caller has left. */
export const toCallerSignal = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController()
  response.once('close', () => gone.abort(hasLeft))
  return gone.signal
}
