import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  Kind,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** What an operation may cost at most, before any of it has run. */
export interface DocumentCost {
  /** Fields that its answer may have; those of a list count for each of its objects. */
  readonly requested: number
  /** Calls to vendors that it may cause, beyond the lists that are there anyway. */
  readonly vendorCalls: number
}

type Arguments = Readonly<Record<string, unknown>>

/** A figure that stands with the field in the schema: itself, or made from the field's arguments. */
type Weight = number | ((args: Arguments) => number)

/** How many objects a list has that does not say: more than most have. */
const assumedListSize = 10

/** A list refuses a larger page, with an error of its own. */
const greatestPageSize = 500

/**
 * How many objects the lists of introspection have in this schema, on average over all types and rounded up. The types
 * themselves are counted.
 */
const introspectionSizes: Readonly<Record<string, number>> = {
  fields: 3,
  inputFields: 1,
  enumValues: 2,
  args: 1,
  interfaces: 1,
  possibleTypes: 1,
  directives: 5,
  locations: 1,
}

const toPageSize = (first: unknown): number =>
  typeof first === 'number' && first > 0 ? Math.min(first, greatestPageSize) : 0

const isWeight = (value: unknown): value is Weight => typeof value === 'number' || typeof value === 'function'

const toFigure = (weight: Weight, args: Arguments): number => (typeof weight === 'number' ? weight : weight(args))

const nothing: DocumentCost = { requested: 0, vendorCalls: 0 }

const add = (one: DocumentCost, other: DocumentCost, times = 1): DocumentCost => ({
  requested: one.requested + other.requested * times,
  vendorCalls: one.vendorCalls + other.vendorCalls * times,
})

/** Adds up one operation. Knows afterwards on which variables the sum depends. */
class CostWalk {
  readonly variableNames = new Set<string>()
  readonly #schema: GraphQLSchema
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #variables: Record<string, unknown>

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
    this.#schema = schema
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
    this.#variables = variables
  }

  /** @param pageSize Of the connection that `parent` is. */
  measure(selectionSet: SelectionSetNode, parent: GraphQLCompositeType, pageSize: number): DocumentCost {
    let total = nothing
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) total = add(total, this.#measureField(selection, parent, pageSize))
      else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection
        if (fragment === undefined) continue
        const type = this.#schema.getType(fragment.typeCondition?.name.value ?? parent.name)
        if (isCompositeType(type)) total = add(total, this.measure(fragment.selectionSet, type, pageSize))
      }
    }
    return total
  }

  #measureField(node: FieldNode, parent: GraphQLCompositeType, pageSize: number): DocumentCost {
    const field = this.#schema.getField(parent, node.name.value)
    if (field === undefined || field === null) return nothing
    const { vendorCalls, listSize } = this.#weightsOf(field, parent)
    const isPaged = field.args.some(({ name }) => name === 'first')
    const isRead = isPaged || typeof vendorCalls === 'function' || typeof listSize === 'function'
    const args = isRead ? this.#argumentsOf(node, field) : {}
    const own = { requested: 1, vendorCalls: toFigure(vendorCalls, args) }
    const type = getNamedType(field.type)
    if (node.selectionSet === undefined || !isCompositeType(type)) return own
    const ownPage = isPaged ? toPageSize(args['first']) : null
    const inner = this.measure(node.selectionSet, type, ownPage ?? 1)
    if (!isListType(getNullableType(field.type))) return add(own, inner)
    const isPage = parent.name.endsWith('Connection') && ['edges', 'nodes'].includes(field.name)
    return add(own, inner, isPage ? pageSize : (ownPage ?? toFigure(listSize, args)))
  }

  /** An interface's field is as dear as the dearest of those that stand behind it. */
  #weightsOf(field: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType) {
    const behind = isInterfaceType(parent) ? this.#schema.getPossibleTypes(parent) : []
    const fields = [field, ...behind.flatMap((type) => type.getFields()[field.name] ?? [])]
    const find = (name: string): Weight | undefined =>
      fields.map(({ extensions }) => extensions[name]).find((value) => isWeight(value))
    const usual = parent.name.startsWith('__') ? introspectionSizes[field.name] : assumedListSize
    return { vendorCalls: find('vendorCalls') ?? 0, listSize: find('listSize') ?? usual ?? this.#typeCount() }
  }

  /** Of `__schema.types`. */
  #typeCount(): number {
    return Object.keys(this.#schema.getTypeMap()).length
  }

  #argumentsOf(node: FieldNode, field: GraphQLField<unknown, unknown>): Arguments {
    const args: Record<string, unknown> = {}
    for (const { name, default: usual, defaultValue } of field.args) {
      const given = node.arguments?.find((argument) => argument.name.value === name)
      if (given !== undefined) {
        visit(given.value, { Variable: ({ name: variable }) => void this.variableNames.add(variable.value) })
        args[name] = valueFromASTUntyped(given.value, this.#variables)
      }
      args[name] ??= usual?.value ?? defaultValue
    }
    return args
  }
}

const toVariables = (operation: OperationDefinitionNode, given: Arguments): Record<string, unknown> => {
  const variables: Record<string, unknown> = { ...given }
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue !== undefined) variables[variable.name.value] ??= valueFromASTUntyped(defaultValue)
  }
  return variables
}

const rootOf = (schema: GraphQLSchema, { operation }: OperationDefinitionNode) =>
  operation === 'query'
    ? schema.getQueryType()
    : operation === 'mutation'
      ? schema.getMutationType()
      : schema.getSubscriptionType()

const toKey = (names: readonly string[], values: Arguments): string =>
  JSON.stringify(names.map((name) => values[name] ?? null))

/** What is remembered of one operation of one document. */
interface Measured {
  readonly operation: OperationDefinitionNode
  /** Those that the cost depends on. */
  readonly variableNames: readonly string[]
  /** By the values of these variables. */
  readonly costs: Map<string, DocumentCost>
}

const mostRemembered = 100
const longestKey = 200

/** Says what an operation may cost. Remembers it for as long as somebody remembers the document. */
export class CostMeter {
  readonly #schema: GraphQLSchema
  readonly #measured = new WeakMap<DocumentNode, Map<string | null, Measured>>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /**
   * Looks at a valid document before it runs. `@skip` and `@include` are taken for granted, and fragments on types that
   * exclude each other are added up: an answer may cost less, never more.
   *
   * @param variables As the caller sent them. What is no value for its variable is refused later, whatever it costs.
   */
  measure(document: DocumentNode, operationName: string | null, variables: Arguments): DocumentCost {
    const known = this.#measured.get(document)?.get(operationName)
    const operation = known?.operation ?? getOperationAST(document, operationName) ?? null
    const root = operation === null ? null : rootOf(this.#schema, operation)
    // What has no such operation is refused when it is to run.
    if (operation === null || root === null || root === undefined) return nothing
    const values = toVariables(operation, variables)
    const remembered = known?.costs.get(toKey(known.variableNames, values))
    if (remembered !== undefined) return remembered
    const walk = new CostWalk(this.#schema, document, values)
    const cost = walk.measure(operation.selectionSet, root, 1)
    const measured = known ?? { operation, variableNames: [...walk.variableNames], costs: new Map() }
    const key = toKey(measured.variableNames, values)
    if (measured.costs.size < mostRemembered && key.length <= longestKey) measured.costs.set(key, cost)
    const ofDocument = this.#measured.get(document) ?? new Map<string | null, Measured>()
    this.#measured.set(document, ofDocument.set(operationName, measured))
    return cost
  }
}
