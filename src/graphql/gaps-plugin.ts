import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { GatewayContext } from './context.ts'

const isSingle = (result: unknown): result is ExecutionResult =>
  typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result)

/** Adds what lists could not see to the `errors` of an answer, over HTTP and WebSocket alike. */
export const gapsPlugin = (): Plugin<GatewayContext> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      const { gaps } = args.contextValue as GatewayContext
      if (!isSingle(result) || gaps.length === 0) return
      setResult({ ...result, errors: [...(result.errors ?? []), ...gaps] })
    },
  }),
})
