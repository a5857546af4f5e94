import {
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { documentLimits } from './limits.ts'

/** What a selection costs, with its fragments followed. */
interface Cost {
  readonly depth: number
  readonly fields: number
  readonly aliases: number
}

const nothing: Cost = { depth: 0, fields: 0, aliases: 0 }

const refuse = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } })

/**
 * Adds up selections. Each fragment is measured once, so fragments that double each other cost no time; a cycle counts
 * as nothing here, because validation refuses it by name.
 */
class CostMeter {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #measured = new Map<string, Cost>()

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  }

  measure(selectionSet: SelectionSetNode | undefined): Cost {
    let total = nothing
    for (const selection of selectionSet?.selections ?? []) {
      const cost = this.#measureSelection(selection)
      total = {
        depth: Math.max(total.depth, cost.depth),
        fields: total.fields + cost.fields,
        aliases: total.aliases + cost.aliases,
      }
    }
    return total
  }

  #measureSelection(selection: SelectionSetNode['selections'][number]): Cost {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#measureFragment(selection.name.value)
    const inner = this.measure(selection.selectionSet)
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner
    const aliases = inner.aliases + (selection.alias === undefined ? 0 : 1)
    return { depth: inner.depth + 1, fields: inner.fields + 1, aliases }
  }

  #measureFragment(name: string): Cost {
    const known = this.#measured.get(name)
    if (known !== undefined) return known
    this.#measured.set(name, nothing)
    const cost = this.measure(this.#fragments.get(name)?.selectionSet)
    this.#measured.set(name, cost)
    return cost
  }
}

const requireWithinLimits = (document: DocumentNode): void => {
  const meter = new CostMeter(document)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, fields, aliases } = meter.measure(definition.selectionSet)
    const { maxDepth, maxFields, maxAliases } = documentLimits
    if (depth > maxDepth) throw refuse(`The document is ${depth} levels deep; ${maxDepth} are allowed`)
    if (fields > maxFields) throw refuse(`The document selects ${fields} fields; ${maxFields} are allowed`)
    if (aliases > maxAliases) throw refuse(`The document has ${aliases} aliases; ${maxAliases} are allowed`)
  }
}

/**
 * Parses a document that a caller sent. What is too large is refused here, before validation looks at it.
 *
 * @throws GraphQLError for a syntax error, or with the code LIMIT_EXCEEDED.
 */
export const parseDocument = (text: string): DocumentNode => {
  const { maxCharacters, maxTokens } = documentLimits
  if (text.length > maxCharacters) throw refuse(`The document is longer than ${maxCharacters} characters`)
  const document = parse(text, { maxTokens })
  requireWithinLimits(document)
  return document
}
