import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { KeptTexts, type PlanUse, type TextShelf } from './kept-texts.ts'
import { toLeafWriter } from './leaf-text.ts'
import { findWholeOf, joinWriters, PureTexts } from './pure-text.ts'
import type { FieldPlace, FieldPlan, ObjectPlan, PureRun, Shape, WritePure } from './query-plan.ts'

/** What a plan is made from. */
export interface PlanSource {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  /** The values of the variables that stand in `@skip` and `@include`. */
  readonly conditions: ReadonlyMap<string, boolean>
  readonly shelf: TextShelf
  readonly use: Readonly<PlanUse>
}

/** A text is kept when writing it again would cost more than finding it. */
const fewestKeptFields = 3

const hasVariable = (node: ValueNode): boolean => {
  if (node.kind === Kind.VARIABLE) return true
  if (node.kind === Kind.LIST) return node.values.some(hasVariable)
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value))
}

/** Whether values of a type, and what they hold, stay as they are: see `graphql/lasting.ts`. */
const isUnchanging = ({ extensions }: GraphQLObjectType): boolean => extensions['unchanging'] === true

type NodesByKey = Map<string, [FieldNode, ...FieldNode[]]>

/** Works out how the selections of one operation are answered. */
export class QueryPlanner {
  readonly #source: PlanSource
  readonly #pure: PureTexts

  constructor(source: PlanSource) {
    this.#source = source
    this.#pure = new PureTexts(source.schema)
  }

  /** @param selectionSet Of a valid operation. */
  plan(rootType: GraphQLObjectType, selectionSet: SelectionSetNode): ObjectPlan {
    return this.#toObjectPlan(rootType, [selectionSet], false)
  }

  /** @param isInside Whether its objects are held by one that never changes. */
  #toObjectPlan(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[], isInside: boolean): ObjectPlan {
    const nodesByKey: NodesByKey = new Map()
    const visited = new Set<string>()
    for (const { selections } of selectionSets) this.#collect(type, selections, nodesByKey, visited)
    const isFixed = isInside || isUnchanging(type)
    const fields: FieldPlan[] = []
    for (const [key, nodes] of nodesByKey) {
      const definition = this.#source.schema.getField(type, nodes[0].name.value)
      if (definition === undefined || definition === null) continue
      fields.push(this.#toFieldPlan({ key, nodes, definition, parentType: type }, fields.length === 0, isFixed))
    }
    return { type, parts: this.#toParts(fields, isFixed, isFixed && !isInside) }
  }

  #toFieldPlan(place: FieldPlace, isFirst: boolean, isFixed: boolean): FieldPlan {
    const { key, nodes, definition } = place
    const { resolve, type } = definition
    // What a resolver finds elsewhere is not held by the object, whoever asks for it.
    const isHeld = isFixed && (resolve === undefined || resolve.length <= 1)
    return {
      ...place,
      prefix: `${isFirst ? '' : ','}"${key}":`,
      shape: this.#toShape(type, nodes, isHeld),
      hasConstantArgs: !(nodes[0].arguments ?? []).some(({ value }) => hasVariable(value)),
    }
  }

  #toShape(type: GraphQLOutputType, nodes: readonly FieldNode[], isHeld: boolean): Shape {
    if (isNonNullType(type)) return { kind: 'required', inner: this.#toShape(type.ofType, nodes, isHeld) }
    if (isListType(type)) return this.#toListShape(this.#toShape(type.ofType, nodes, isHeld))
    if (isLeafType(type)) return { kind: 'leaf', write: toLeafWriter(type) }
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (!isAbstractType(type)) return { kind: 'object', plan: this.#toObjectPlan(type, selectionSets, isHeld) }
    const plans = new Map<GraphQLObjectType, ObjectPlan>()
    const planOf = (runtimeType: GraphQLObjectType): ObjectPlan => {
      const plan = plans.get(runtimeType) ?? this.#toObjectPlan(runtimeType, selectionSets, isHeld)
      plans.set(runtimeType, plan)
      return plan
    }
    return { kind: 'abstract', type, planOf }
  }

  /** A list of which each item's text is kept may come again as a whole. */
  #toListShape(item: Shape): Shape {
    const whole = findWholeOf(item)
    const { shelf, use } = this.#source
    return { kind: 'list', item, kept: (whole?.kept ?? null) === null ? null : new KeptTexts(shelf, use) }
  }

  /** Puts the fields side by side together that are functions of their object. */
  #toParts(fields: readonly FieldPlan[], isFixed: boolean, isKept: boolean): readonly (FieldPlan | PureRun)[] {
    const parts: (FieldPlan | PureRun)[] = []
    let together: { readonly field: FieldPlan; readonly write: WritePure }[] = []
    const close = (): void => {
      if (together.length === 0) return
      const isWhole = together.length === fields.length
      const kept =
        isKept && together.length >= fewestKeptFields ? new KeptTexts(this.#source.shelf, this.#source.use) : null
      const write = joinWriters(
        together.map((each) => each.write),
        isWhole,
      )
      parts.push({ fields: together.map(({ field }) => field), isWhole, write, kept })
      together = []
    }
    for (const field of fields) {
      const write = this.#pure.findWriter(field, isFixed)
      if (write !== null) together.push({ field, write })
      else {
        close()
        parts.push(field)
      }
    }
    close()
    return parts
  }

  #collect(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    nodesByKey: NodesByKey,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#isTaken(selection)) continue
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const nodes = nodesByKey.get(key)
        if (nodes === undefined) nodesByKey.set(key, [selection])
        else nodes.push(selection)
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#takeOnce(selection.name.value, visited) : selection
      if (fragment === null || !this.#matches(type, fragment.typeCondition?.name.value ?? null)) continue
      this.#collect(type, fragment.selectionSet.selections, nodesByKey, visited)
    }
  }

  #takeOnce(name: string, visited: Set<string>): FragmentDefinitionNode | null {
    if (visited.has(name)) return null
    visited.add(name)
    return this.#source.fragments[name] ?? null
  }

  #matches(type: GraphQLObjectType, condition: string | null): boolean {
    if (condition === null || condition === type.name) return true
    const wanted = this.#source.schema.getType(condition)
    return isAbstractType(wanted) && this.#source.schema.isSubType(wanted, type)
  }

  #isTaken({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return true
      const value = given[0]?.value
      const isTrue =
        value?.kind === Kind.VARIABLE
          ? this.#source.conditions.get(value.name.value) === true
          : value?.kind === Kind.BOOLEAN && value.value
      return isTrue === (name.value === 'include')
    })
  }
}
