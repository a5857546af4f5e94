import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'
import { toLimitError, type LimitName, type ServerLimits } from './limit-table.ts'

/** How large a selection is, with its fragments followed. */
interface Size {
  readonly depth: number
  readonly fields: number
  readonly aliases: number
  readonly directives: number
}

const nothing: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 }

/**
 * Adds up selections. Each fragment is measured once, so fragments that double each other cost no time; a cycle counts
 * as nothing here, because validation refuses it by name.
 */
class SizeMeter {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #measured = new Map<string, Size>()

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  }

  measure(selectionSet: SelectionSetNode | undefined): Size {
    let total = nothing
    for (const selection of selectionSet?.selections ?? []) {
      const cost = this.#measureSelection(selection)
      total = {
        depth: Math.max(total.depth, cost.depth),
        fields: total.fields + cost.fields,
        aliases: total.aliases + cost.aliases,
        directives: total.directives + cost.directives,
      }
    }
    return total
  }

  #measureSelection(selection: SelectionSetNode['selections'][number]): Size {
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? this.#measureFragment(selection.name.value)
        : this.measure(selection.selectionSet)
    const directives = inner.directives + (selection.directives?.length ?? 0)
    if (selection.kind !== Kind.FIELD) return { ...inner, directives }
    const aliases = inner.aliases + (selection.alias === undefined ? 0 : 1)
    return { depth: inner.depth + 1, fields: inner.fields + 1, aliases, directives }
  }

  #measureFragment(name: string): Size {
    const known = this.#measured.get(name)
    if (known !== undefined) return known
    this.#measured.set(name, nothing)
    const cost = this.measure(this.#fragments.get(name)?.selectionSet)
    this.#measured.set(name, cost)
    return cost
  }
}

const requireWithinLimits = (document: DocumentNode, limits: ServerLimits): void => {
  const meter = new SizeMeter(document)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, fields, aliases, directives } = meter.measure(definition.selectionSet)
    const figures: readonly (readonly [LimitName, number, string])[] = [
      ['maxDepth', depth, `The document is ${depth} levels deep`],
      ['maxFields', fields, `The document selects ${fields} fields`],
      ['maxAliases', aliases, `The document has ${aliases} aliases`],
      ['maxDirectives', directives, `The document has ${directives} directives`],
    ]
    for (const [name, figure, what] of figures) {
      if (figure > limits[name]) throw toLimitError(limits, name, figure, what)
    }
  }
}

/** The parser tells only by its message that it gave up counting. */
const isTokenLimit = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('tokens. Parsing aborted.')

/**
 * Parses a document that a caller sent. What is too large is refused here, before validation looks at it.
 *
 * @throws GraphQLError for a syntax error, or with the code LIMIT_EXCEEDED.
 */
export const parseDocument = (text: string, limits: ServerLimits): DocumentNode => {
  const { maxDocumentCharacters, maxTokens } = limits
  if (text.length > maxDocumentCharacters) {
    const what = `The document has ${text.length} characters`
    throw toLimitError(limits, 'maxDocumentCharacters', text.length, what)
  }
  let document: DocumentNode
  try {
    document = parse(text, { maxTokens })
  } catch (error) {
    throw isTokenLimit(error) ? toLimitError(limits, 'maxTokens', null, 'The document has too many tokens') : error
  }
  requireWithinLimits(document, limits)
  return document
}
