import { ReadableStream } from 'node:stream/web'
import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Viewer } from '../domain/viewer.ts'
import type { StreamDelivery } from '../graphql/stream/stream-delivery.ts'
import type { GrantWatch } from './grant-watch.ts'
import type { HttpTrail } from './http-trail.ts'
import { httpLimits } from './limits.ts'
import { atExpiry } from './session-expiry.ts'

/** Of what an operation carries, what its stream has to know. */
interface Scope {
  readonly delivery: StreamDelivery
  readonly viewer: Viewer
  readonly trail?: HttpTrail
}

type Results = AsyncIterable<ExecutionResult> & Partial<AsyncIterator<ExecutionResult>>

const isStream = (result: unknown): result is Results =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  connection: 'keep-alive',
  // Keeps proxies that know the word from holding events back.
  'x-accel-buffering': 'no',
}

const keepAlive = ':\n\n'
const complete = 'event: complete\ndata:\n\n'

const toEvent = (result: ExecutionResult, cursor: string | null): string =>
  `${cursor === null ? '' : `id: ${cursor}\n`}event: next\ndata: ${JSON.stringify(result)}\n\n`

/**
 * The results of a subscription as server-sent events, as "distinct connections" of graphql-sse has them: `next` with the
 * result, at the end `complete`; each with the cursor of its event as `id`, so that `Last-Event-ID` resumes. The next
 * result is asked for when the client has taken the last one. When the caller's token expires, or grants less than it did,
 * the stream is over, without a word that it is complete: who comes again is looked at again.
 */
const toEventStream = (
  results: Results,
  { delivery, viewer }: Scope,
  grants: GrantWatch,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  const iterator = results[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  const watches: Disposable[] = []
  const rest = (): void => {
    clearInterval(timer)
    for (const watch of watches) watch[Symbol.dispose]()
  }
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      // Some clients do not see the headers before the first bytes.
      controller.enqueue(encoder.encode(keepAlive))
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(keepAlive))
      }, httpLimits.eventStreamPingMs)
      const forbid = (): void => {
        rest()
        controller.close()
        // What the source says of its end has nobody to go to any more.
        iterator.return?.().catch(() => undefined)
      }
      watches.push(atExpiry(viewer, forbid))
      watches.push(grants.watch(viewer, forbid))
    },
    pull: async (controller) => {
      try {
        const { done, value } = await iterator.next()
        if (done === true) {
          rest()
          controller.enqueue(encoder.encode(complete))
          controller.close()
        } else {
          controller.enqueue(encoder.encode(toEvent(value, delivery.cursor)))
        }
      } catch (error) {
        rest()
        controller.error(error)
      }
    },
    cancel: async () => {
      rest()
      await iterator.return?.()
    },
  })
}

/**
 * Answers subscriptions over HTTP with {@link toEventStream}, which stands on the trail: the answer that the engine makes is
 * its head alone. What is refused before it begins is answered as ever.
 */
export const eventStreamAnswers = (grants: GrantWatch): Plugin<object, Scope> => ({
  onResultProcess: (processing) => {
    const { result } = processing
    if (!isStream(result)) return
    processing.acceptableMediaTypes.push('text/event-stream')
    const scope = processing.serverContext
    processing.setResultProcessor((_result, { Response }) => {
      if (scope.trail !== undefined) scope.trail.events = toEventStream(result, scope, grants)
      return new Response(null, { status: 200, headers })
    }, 'text/event-stream')
  },
})
