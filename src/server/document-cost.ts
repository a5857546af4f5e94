import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { toOriginalOperation } from './renamed-documents.ts'

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

type Figure = number | DocumentCost | Arguments

/** A figure, or how it is made from the variables that it depends on. */
type Made<T extends Figure> = T | ((variables: Arguments) => T)

const resolve = <T extends Figure>(made: Made<T>, variables: Arguments): T =>
  typeof made === 'function' ? made(variables) : made

const combine = <A extends Figure, B extends Figure, T extends Figure>(
  one: Made<A>,
  other: Made<B>,
  toFigureOf: (one: A, other: B) => T,
): Made<T> =>
  typeof one === 'function' || typeof other === 'function'
    ? (variables) => toFigureOf(resolve(one, variables), resolve(other, variables))
    : toFigureOf(one, other)

const hasVariable = (node: ValueNode): boolean => {
  if (node.kind === Kind.VARIABLE) return true
  if (node.kind === Kind.LIST) return node.values.some(hasVariable)
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value))
}

/** Adds up one operation, once: what depends on variables is left to be worked out for each request. */
class CostWalk {
  readonly #schema: GraphQLSchema
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  }

  /** @param pageSize Of the connection that `parent` is. */
  measure(selectionSet: SelectionSetNode, parent: GraphQLCompositeType, pageSize: Made<number>): Made<DocumentCost> {
    let total: Made<DocumentCost> = nothing
    for (const selection of selectionSet.selections) {
      total = combine(total, this.#measureSelection(selection, parent, pageSize), add)
    }
    return total
  }

  #measureSelection(
    selection: SelectionNode,
    parent: GraphQLCompositeType,
    pageSize: Made<number>,
  ): Made<DocumentCost> {
    if (selection.kind === Kind.FIELD) return this.#measureField(selection, parent, pageSize)
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection
    const type = this.#schema.getType(fragment?.typeCondition?.name.value ?? parent.name)
    if (fragment === undefined || !isCompositeType(type)) return nothing
    return this.measure(fragment.selectionSet, type, pageSize)
  }

  #measureField(node: FieldNode, parent: GraphQLCompositeType, pageSize: Made<number>): Made<DocumentCost> {
    const field = this.#schema.getField(parent, node.name.value)
    if (field === undefined || field === null) return nothing
    const { vendorCalls, listSize } = this.#weightsOf(field, parent)
    const isPaged = field.args.some(({ name }) => name === 'first')
    const isRead = isPaged || typeof vendorCalls === 'function' || typeof listSize === 'function'
    const args = isRead ? toArguments(node, field) : {}
    const own = combine(args, nothing, (given) => ({ requested: 1, vendorCalls: toFigure(vendorCalls, given) }))
    const type = getNamedType(field.type)
    if (node.selectionSet === undefined || !isCompositeType(type)) return own
    const ownPage = isPaged ? combine(args, nothing, (given) => toPageSize(given['first'])) : null
    const inner = this.measure(node.selectionSet, type, ownPage ?? 1)
    if (!isListType(getNullableType(field.type))) return combine(own, inner, add)
    const isPage = parent.name.endsWith('Connection') && ['edges', 'nodes'].includes(field.name)
    const size = isPage ? pageSize : (ownPage ?? combine(args, nothing, (given) => toFigure(listSize, given)))
    return combine(
      own,
      combine(inner, size, (each, times) => add(nothing, each, times)),
      add,
    )
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
}

const toArguments = (node: FieldNode, field: GraphQLField<unknown, unknown>): Made<Arguments> => {
  const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, value]))
  const toValues = (variables: Arguments): Arguments => {
    const args: Record<string, unknown> = {}
    for (const { name, default: usual, defaultValue } of field.args) {
      const value = given.get(name)
      if (value !== undefined) args[name] = valueFromASTUntyped(value, { ...variables })
      args[name] ??= usual?.value ?? defaultValue
    }
    return args
  }
  return [...given.values()].some(hasVariable) ? toValues : toValues({})
}

const toUsualVariables = ({ variableDefinitions = [] }: OperationDefinitionNode): Arguments =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  )

/** What is left out, or null, stands for what the operation says of it. */
const toVariables = (usual: Arguments, given: Arguments): Arguments => {
  const variables: Record<string, unknown> = { ...given }
  for (const [name, value] of Object.entries(usual)) variables[name] ??= value
  return variables
}

const rootOf = (schema: GraphQLSchema, { operation }: OperationDefinitionNode) =>
  operation === 'query'
    ? schema.getQueryType()
    : operation === 'mutation'
      ? schema.getMutationType()
      : schema.getSubscriptionType()

/** What is remembered of one operation of one document. */
interface Measured {
  readonly usual: Arguments
  readonly cost: Made<DocumentCost>
}

/** Says what an operation may cost. Remembers how it is worked out for as long as somebody remembers the document. */
export class CostMeter {
  readonly #schema: GraphQLSchema
  readonly #measured = new WeakMap<OperationDefinitionNode, Measured>()

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
    const asked = getOperationAST(document, operationName)
    // What has no such operation is refused when it is to run.
    if (asked === undefined || asked === null) return nothing
    const operation = toOriginalOperation(asked)
    const measured = this.#measured.get(operation) ?? this.#walk(document, operation)
    this.#measured.set(operation, measured)
    const { cost, usual } = measured
    return typeof cost === 'function' ? cost(toVariables(usual, variables)) : cost
  }

  #walk(document: DocumentNode, operation: OperationDefinitionNode): Measured {
    const root = rootOf(this.#schema, operation)
    const usual = toUsualVariables(operation)
    if (root === null || root === undefined) return { usual, cost: nothing }
    return { usual, cost: new CostWalk(this.#schema, document).measure(operation.selectionSet, root, 1) }
  }
}
