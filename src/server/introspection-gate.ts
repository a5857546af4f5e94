import { BREAK, GraphQLError, visit, type DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Scope, Viewer } from '../domain/viewer.ts'
import { toOriginalDocument } from './renamed-documents.ts'

const neededScope: Scope = 'dr:introspect'

const asked = new WeakMap<DocumentNode, boolean>()

/** Whether a document asks about the schema. `__typename` says no more than the answer does. */
const isIntrospection = (sent: DocumentNode): boolean => {
  const document = toOriginalDocument(sent)
  const known = asked.get(document)
  if (known !== undefined) return known
  let found = false
  visit(document, {
    Field: ({ name }) => {
      found = name.value === '__schema' || name.value === '__type'
      return found ? BREAK : undefined
    },
  })
  asked.set(document, found)
  return found
}

const withoutSuggestion = (error: unknown): unknown => {
  if (!(error instanceof GraphQLError)) return error
  const message = error.message.replace(/ Did you mean [^]*$/, '')
  const { nodes, source, positions, extensions } = error
  return message === error.message ? error : new GraphQLError(message, { nodes, source, positions, extensions })
}

/** Whether a caller may be told what he may have meant. */
export const maySeeSchema = ({ scopes }: Viewer): boolean => scopes.has(neededScope)

/** For what execution says of variables. */
const hideSuggestions = (args: { readonly contextValue: { readonly viewer: Viewer } }): void => {
  if (!maySeeSchema(args.contextValue.viewer)) Object.assign(args, { hideSuggestions: true })
}

const refusal = (): GraphQLError =>
  new GraphQLError(`Reading the schema needs the scope ${neededScope}`, {
    extensions: { code: 'PERMISSION_DENIED', requiredScope: neededScope },
  })

/**
 * Shows the schema to callers with the scope `dr:introspect` only: others may not ask for it, and are not told what they
 * may have meant. Looks at each operation, since documents and what validation said of them are remembered across
 * callers; and as a plugin of the engine, so that the socket is no way around it.
 */
export const introspectionGate = (): Plugin<{ readonly viewer: Viewer }> => ({
  onParse:
    ({ context }) =>
    ({ result, replaceParseResult }) => {
      if (result === null || result instanceof Error || maySeeSchema(context.viewer)) return
      if (isIntrospection(result)) replaceParseResult(refusal())
    },
  onValidate:
    ({ context }) =>
    ({ valid, result, setResult }) => {
      if (valid || maySeeSchema(context.viewer)) return
      setResult(Array.from<unknown, unknown>(result, withoutSuggestion))
    },
  onExecute: ({ args }) => hideSuggestions(args),
})
