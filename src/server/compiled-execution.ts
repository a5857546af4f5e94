import {
  getOperationAST,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'

type Execute = CompiledQuery['query']

/** How often an operation is run field by field before it is compiled: compiling costs about as much as ten runs. */
const runsBeforeCompiling = 2

/** What is known of one operation of one document: how often it was run, then how it runs; null when it cannot be compiled. */
type Known = number | Execute | null

/**
 * Runs queries as compiled functions from the third time on that somebody sends the same document. What is compiled goes
 * with the document, out of the cache of documents; what cannot be compiled runs as before.
 */
export const compiledExecution = (schema: GraphQLSchema): Plugin => {
  const known = new WeakMap<DocumentNode, Map<string | null, Known>>()

  const compile = (document: DocumentNode, operationName: string | null): Execute | null => {
    const compiled = compileQuery(schema, document, operationName ?? undefined, { disableLeafSerialization: false })
    return isCompiledQuery(compiled) ? compiled.query : null
  }

  const find = ({ document, operationName }: ExecutionArgs): Execute | null => {
    const ofDocument = known.get(document) ?? new Map<string | null, Known>()
    known.set(document, ofDocument)
    const name = operationName ?? null
    const before = ofDocument.get(name) ?? 0
    if (typeof before !== 'number') return before
    const now = before < runsBeforeCompiling ? before + 1 : compile(document, name)
    ofDocument.set(name, now)
    return typeof now === 'number' ? null : now
  }

  return {
    onExecute: ({ args, setExecuteFn }) => {
      if (getOperationAST(args.document, args.operationName)?.operation !== 'query') return
      const execute = find(args)
      if (execute === null) return
      setExecuteFn(
        ({ rootValue, contextValue, variableValues }: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> =>
          execute(rootValue, contextValue, variableValues ?? {}),
      )
    },
  }
}
