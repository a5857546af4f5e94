import type { Client } from 'graphql-ws'
import { waitToRetry } from './gateway-link.ts'
import { parseEvent, type WatchedEvent } from './watched-task.ts'

/** Why no more events come. */
export type EventsEnd =
  | { readonly kind: 'COMPLETE' }
  /** The gateway has refused, e.g. with NOT_FOUND; null where it gave no code. */
  | { readonly kind: 'REFUSED'; readonly code: string | null; readonly message: string }
  /** The gateway cannot be reached; `loss` is what the socket said. */
  | { readonly kind: 'LOST'; readonly loss: unknown }

interface PublicError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

const isPublicErrors = (value: unknown): value is readonly PublicError[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'message' in item)

/** The cursor that an error ended a subscription with: it can be asked for again from there. */
const findCursor = ({ extensions }: PublicError): string | null =>
  typeof extensions?.['cursor'] === 'string' ? extensions['cursor'] : null

const toEnd = (errors: readonly PublicError[]): EventsEnd => ({
  kind: 'REFUSED',
  code: typeof errors[0]?.extensions?.['code'] === 'string' ? errors[0].extensions['code'] : null,
  message: errors.map(({ message }) => message).join('; '),
})

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/**
 * Calls `onEvent` with every event of a subscription until it ends, across cuts of the socket and restarts of the gateway:
 * what is asked again goes on behind the last event. `document` has a variable `after` and one field `event`.
 *
 * @param options.signal Ends the subscription; then it resolves as COMPLETE.
 * @throws ZodError when what comes is no event of this API.
 */
export const followEvents = async (options: {
  readonly client: Client
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly onEvent: (event: WatchedEvent) => void
  readonly signal: AbortSignal
}): Promise<EventsEnd> => {
  const { client, document, onEvent, signal } = options
  // The client sends this very object again after a cut.
  const variables: Record<string, unknown> = { ...options.variables, after: null }

  let fruitless = 0

  const take = (data: unknown): void => {
    const event = parseEvent(data)
    variables['after'] = event.cursor
    fruitless = 0
    onEvent(event)
  }

  const subscribeOnce = (): Promise<EventsEnd | 'AGAIN'> =>
    new Promise((resolve, reject) => {
      const endWith = (errors: readonly PublicError[]): void => {
        const cursor = errors.map(findCursor).find((found) => found !== null)
        if (cursor !== undefined) variables['after'] = cursor
        resolve(cursor === undefined ? toEnd(errors) : 'AGAIN')
      }
      const leave = client.subscribe<unknown>(
        { query: document, variables },
        {
          next: ({ data, errors }) => {
            if (errors !== undefined) return endWith(errors)
            try {
              take(data)
            } catch (error) {
              reject(toError(error))
            }
          },
          error: (error) => (isPublicErrors(error) ? endWith(error) : resolve({ kind: 'LOST', loss: error })),
          complete: () => resolve({ kind: 'COMPLETE' }),
        },
      )
      const end = (): void => {
        leave()
        resolve({ kind: 'COMPLETE' })
      }
      if (signal.aborted) end()
      else signal.addEventListener('abort', end, { once: true })
    })

  for (;;) {
    const end = await subscribeOnce()
    if (end !== 'AGAIN' || signal.aborted) return end === 'AGAIN' ? { kind: 'COMPLETE' } : end
    await waitToRetry(fruitless, signal)
    fruitless += 1
  }
}
