import { subscriptionExchange, type Exchange, type OperationContext, type TypedDocumentNode } from '@urql/core'
import type { GatewayClient } from './gateway-client.ts'
import type { GatewayDocument, UntypedDocument } from './gateway-document.ts'

/**
 * Carries all operations of an urql client: queries and mutations over HTTP, subscriptions over the one socket, which
 * resumes. The last exchange of the list.
 */
export const gatewayExchange = (client: GatewayClient): Exchange =>
  subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: ({ query = '', variables = {} }, { kind, context }) => {
      const document: GatewayDocument<Record<string, unknown>, object> = documentOf(context) ?? query
      const left = new AbortController()
      const { signal } = left
      return {
        subscribe: (sink) => {
          const run = async (): Promise<void> => {
            if (kind === 'subscription') {
              for await (const data of client.watch(document, variables, { signal })) sink.next({ data })
            } else {
              const { data, errors } = await client.query(document, variables, { signal })
              const told = errors.map(({ message, extensions, path }) => ({
                message,
                extensions,
                path: path ?? undefined,
              }))
              sink.next({ data, ...(told.length > 0 ? { errors: told } : {}) })
            }
            if (!signal.aborted) sink.complete()
          }
          run().catch((error: unknown) => {
            if (!signal.aborted) sink.error(error)
          })
          return { unsubscribe: () => left.abort() }
        },
      }
    },
  })

const contextKey = 'gatewayDocument'

const isDocument = (value: unknown): value is GatewayDocument<Record<string, unknown>, object> =>
  Object.prototype.toString.call(value) === '[object String]'

const documentOf = (context: OperationContext): GatewayDocument<Record<string, unknown>, object> | null => {
  const document: unknown = context[contextKey]
  return isDocument(document) ? document : null
}

/**
 * A document with its types, for urql's `query`: urql takes strings and parsed documents, but would mix up the objects
 * that client-preset writes with `documentMode: 'string'`.
 */
export const toUrqlDocument = <Data, Variables>(
  document: GatewayDocument<Data, Variables>,
): TypedDocumentNode<Data, Variables> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a string is what urql takes; the type carries the types
  document.toString() as unknown as TypedDocumentNode<Data, Variables>

/** For urql's `context`: the document goes out as it was written, and by its id where the gateway client says so. */
export const toUrqlContext = (document: UntypedDocument): Record<string, unknown> => ({
  [contextKey]: document,
})
