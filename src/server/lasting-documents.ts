import {
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { listNames, type ListName, type ListRead } from '../domain/list-read.ts'
import { vendors, type Vendor } from '../domain/vendor.ts'
import { toOriginalOperation } from './renamed-documents.ts'

/** A resolver that takes no context sees nothing but its parent and its arguments. */
const parametersBeforeContext = 2

/** Asks for another age of the lists than the configured one. */
const ageArgument = 'maxAgeSeconds'

/** Narrows a list; its member `vendors` also says whose sites are asked for it. */
const filterArgument = 'filter'

/** What an answer is made from. */
export interface LastingReads {
  readonly reads: readonly ListRead[]
  /** How old the lists may be, in seconds: the least that any of the fields allows; null is the configured age. */
  readonly maxAgeSeconds: number | null
}

type Variables = Readonly<Record<string, unknown>>

const isListNames = (value: unknown): value is readonly ListName[] => Array.isArray(value)

/** The lists that a field reads; null when its value may change while they stay the same. */
const listsOfField = ({ extensions, resolve }: GraphQLField<unknown, unknown>): readonly ListName[] | null => {
  const { lasting } = extensions
  if (isListNames(lasting)) return lasting
  if (lasting === false) return null
  return resolve === undefined || resolve.length <= parametersBeforeContext ? [] : null
}

/** Adds up what one operation reads. */
class LastingWalk {
  readonly uses: { readonly list: ListName; readonly filter: ValueNode | undefined }[] = []
  readonly ages: ValueNode[] = []
  readonly #schema: GraphQLSchema
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  }

  /** False when something in it does not last. */
  isLasting(selectionSet: SelectionSetNode, parent: GraphQLCompositeType): boolean {
    return selectionSet.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return this.#isLastingField(selection, parent)
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection
      const type = this.#schema.getType(fragment?.typeCondition?.name.value ?? parent.name)
      return fragment !== undefined && isCompositeType(type) && this.isLasting(fragment.selectionSet, type)
    })
  }

  #isLastingField(node: FieldNode, parent: GraphQLCompositeType): boolean {
    if (node.name.value === '__typename') return true
    const valueOf = (wanted: string) => node.arguments?.find(({ name }) => name.value === wanted)?.value
    const age = valueOf(ageArgument)
    if (age !== undefined) this.ages.push(age)
    const filter = valueOf(filterArgument)
    const types = isAbstractType(parent) ? this.#schema.getPossibleTypes(parent) : [parent]
    const fields = types.filter(isObjectType).map((type) => type.getFields()[node.name.value])
    return fields.every((field) => {
      const lists = field === undefined ? null : listsOfField(field)
      if (field === undefined || lists === null) return false
      for (const list of lists) this.uses.push({ list, filter })
      const type = getNamedType(field.type)
      return node.selectionSet === undefined || (isCompositeType(type) && this.isLasting(node.selectionSet, type))
    })
  }
}

/** What is no age stands for 0: with it nothing is kept. */
const toLeastAge = (ages: readonly ValueNode[], values: Variables): number | null => {
  const given = ages.map((age) => valueFromASTUntyped(age, values)).filter((age) => age !== null && age !== undefined)
  return given.length === 0 ? null : Math.min(...given.map((age) => (typeof age === 'number' ? age : 0)))
}

const isVendor = (word: unknown): word is Vendor => vendors.some((vendor) => vendor === word)

/** Whose sites are asked; null is all, also where it cannot be told. */
const toVendors = (filter: ValueNode | undefined, values: Variables): readonly Vendor[] | null => {
  const given: unknown = filter === undefined ? null : valueFromASTUntyped(filter, { ...values })
  const wanted: unknown = typeof given === 'object' && given !== null && 'vendors' in given ? given.vendors : null
  return Array.isArray(wanted) && wanted.every(isVendor) ? wanted : null
}

const toValues = ({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Variables => {
  const usual = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  )
  return { ...Object.fromEntries(usual), ...variables }
}

const toReads = ({ uses, ages }: LastingWalk, values: Variables): LastingReads => {
  const reads = listNames.flatMap((list): readonly ListRead[] => {
    const ofList = uses.filter((use) => use.list === list).map(({ filter }) => toVendors(filter, values))
    if (ofList.length === 0) return []
    return [{ list, vendors: ofList.includes(null) ? null : [...new Set(ofList.flatMap((wanted) => wanted ?? []))] }]
  })
  return { reads, maxAgeSeconds: toLeastAge(ages, values) }
}

/** For the variables of one request. */
export type FindReads = (variables: Variables) => LastingReads

/**
 * Knows of which queries the answer is a function of the lists alone: no field of it reads anything else. A field that nobody
 * has thought about does not count as such: see `graphql/lasting.ts`.
 */
export class LastingDocuments {
  readonly #schema: GraphQLSchema
  readonly #known = new WeakMap<OperationDefinitionNode, FindReads | null>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** What the answer of a valid query is made from; null when it is made from anything but lists. */
  find(document: DocumentNode, operationName: string | null): FindReads | null {
    const asked = getOperationAST(document, operationName)
    if (asked?.operation !== 'query') return null
    const operation = toOriginalOperation(asked)
    const known = this.#known.get(operation)
    if (known !== undefined) return known
    const found = this.#look(document, operation)
    this.#known.set(operation, found)
    return found
  }

  #look(document: DocumentNode, operation: OperationDefinitionNode): FindReads | null {
    const root = this.#schema.getQueryType()
    if (root === null || root === undefined) return null
    const walk = new LastingWalk(this.#schema, document)
    if (!walk.isLasting(operation.selectionSet, root) || walk.uses.length === 0) return null
    return (variables) => toReads(walk, toValues(operation, variables))
  }
}
