import {
  defaultTypeResolver,
  getArgumentValues,
  GraphQLError,
  isObjectType,
  locatedError,
  responsePathAsArray,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql'
import { toPreparedResult } from './answer-text.ts'
import { findWholeOf } from './pure-text.ts'
import type { FieldPlan, ObjectPlan, PureRun, Shape } from './query-plan.ts'
import { TextPieces, type Soon } from './text-pieces.ts'

/** The text of a value; null where GraphQL has null. */
type Text = string | null
type Path = GraphQLResolveInfo['path']
type ListShape = Extract<Shape, { kind: 'list' }>

/** What one request brings. */
export interface RunScope {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly rootValue: unknown
  readonly contextValue: unknown
  readonly variableValues: VariableValues
  readonly hideSuggestions: boolean
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const toJson = (text: Text): string => text ?? 'null'

const toItems = async (source: AsyncIterable<unknown>): Promise<readonly unknown[]> => {
  const items: unknown[] = []
  for await (const item of source) items.push(item)
  return items
}

const toGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : locatedError(error, undefined, undefined)

/** Of fields without variables. Resolvers do not write into their arguments, so everybody gets the same. */
const constantArgs = new WeakMap<FieldPlan, Record<string, unknown>>()

const asyncHelpers: ReturnType<GraphQLResolveInfo['getAsyncHelpers']> = {
  promiseAll: (values) => Promise.all(values),
  track: () => undefined,
}

/** Errors, each of which has made one place null; what stands under such a place says nothing any more. */
class FieldErrors {
  readonly all: GraphQLError[] = []
  readonly #places = new Set<Path | undefined>()

  add(error: GraphQLError, path: Path | undefined): void {
    if (this.#places.has(undefined)) return
    for (let place = path; place !== undefined; place = place.prev) if (this.#places.has(place)) return
    this.#places.add(path)
    this.all.push(error)
  }
}

/** Answers one request by a plan. What it does stands in the chapter "Execution" of the specification of GraphQL. */
export class QueryRun {
  readonly #scope: RunScope
  readonly #errors = new FieldErrors()
  readonly #args = new Map<FieldPlan, Record<string, unknown>>()
  #isOver = false

  constructor(scope: RunScope) {
    this.#scope = scope
  }

  execute(plan: ObjectPlan): Soon<ExecutionResult> {
    const finish = (text: Text): ExecutionResult => {
      this.#isOver = true
      return toPreparedResult(text, this.#errors.all)
    }
    const fail = (error: unknown): ExecutionResult => {
      this.#errors.add(toGraphQLError(error), undefined)
      return finish(null)
    }
    try {
      const text = this.#writeObject(plan, this.#scope.rootValue, undefined)
      return text instanceof Promise ? text.then(finish, fail) : finish(text)
    } catch (error) {
      return fail(error)
    }
  }

  #writeObject({ parts }: ObjectPlan, source: unknown, path: Path | undefined): Soon<string> {
    const pieces = new TextPieces()
    const add = (field: FieldPlan): void => {
      const text = this.#writeField(field, source, path)
      pieces.add(field.prefix)
      pieces.add(text instanceof Promise ? text.then(toJson) : toJson(text))
    }
    pieces.add('{')
    try {
      for (const part of parts) {
        if (!('write' in part)) {
          add(part)
          continue
        }
        const text = this.#findPure(part, source)
        if (text === null) part.fields.forEach(add)
        else if (part.isWhole) return text
        else pieces.add(text)
      }
    } catch (error) {
      pieces.drop()
      throw error
    }
    pieces.add('}')
    return pieces.end()
  }

  /** The text of fields that need nothing but their object; null where they are written one by one. */
  #findPure({ kept, write }: PureRun, source: unknown): Text {
    if (typeof source !== 'object' || source === null) return null
    const known = kept?.get(source)
    if (known !== undefined) return known
    try {
      const text = write(source)
      kept?.set(source, text)
      return text
    } catch {
      return null
    }
  }

  #writeField(field: FieldPlan, source: unknown, parentPath: Path | undefined): Soon<Text> {
    const { shape, key, parentType } = field
    const path: Path = { prev: parentPath, key, typename: parentType.name }
    try {
      const value = this.#resolve(field, source, path)
      return this.#settle(
        isThenable(value) ? this.#writeLater(shape, field, path, value) : this.#write(shape, field, path, value),
        shape,
        field,
        path,
      )
    } catch (error) {
      return this.#fail(error, shape, field, path)
    }
  }

  /** A value at a place that may be null instead. */
  #settle(text: Soon<Text>, shape: Shape, field: FieldPlan, path: Path): Soon<Text> {
    return text instanceof Promise ? text.catch((error: unknown) => this.#fail(error, shape, field, path)) : text
  }

  async #writeLater(shape: Shape, field: FieldPlan, path: Path, value: PromiseLike<unknown>): Promise<Text> {
    const found = await value
    if (this.#isOver) throw new Error('The answer has been given without it')
    return this.#write(shape, field, path, found)
  }

  #fail(error: unknown, shape: Shape, { nodes }: FieldPlan, path: Path): null {
    const located = locatedError(error, nodes, responsePathAsArray(path))
    if (shape.kind === 'required') throw located
    this.#errors.add(located, path)
    return null
  }

  #resolve(field: FieldPlan, source: unknown, path: Path): unknown {
    const { definition } = field
    const { contextValue } = this.#scope
    const args = definition.args.length === 0 ? {} : this.#argsOf(field)
    if (definition.resolve !== undefined && definition.resolve !== null)
      return definition.resolve(source, args, contextValue, this.#toInfo(field, path))
    if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined
    const value: unknown = Reflect.get(source, definition.name)
    return typeof value === 'function' ? value.call(source, args, contextValue, this.#toInfo(field, path)) : value
  }

  #argsOf(field: FieldPlan): Record<string, unknown> {
    const kept = field.hasConstantArgs ? constantArgs : this.#args
    const known = kept.get(field)
    if (known !== undefined) return known
    const { variableValues, hideSuggestions } = this.#scope
    const args = getArgumentValues(field.definition, field.nodes[0], variableValues, undefined, hideSuggestions)
    kept.set(field, args)
    return args
  }

  #toInfo({ definition, nodes, parentType }: FieldPlan, path: Path): GraphQLResolveInfo {
    const { schema, operation, fragments, rootValue, variableValues } = this.#scope
    return {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue,
      operation,
      variableValues,
      getAbortSignal: () => undefined,
      getAsyncHelpers: () => asyncHelpers,
    }
  }

  #write(shape: Shape, field: FieldPlan, path: Path, value: unknown): Soon<Text> {
    if (value instanceof Error) throw value
    if (shape.kind === 'required') {
      const text = this.#write(shape.inner, field, path, value)
      if (text !== null) return text
      throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`)
    }
    if (value === null || value === undefined) return null
    if (shape.kind === 'leaf') return shape.write(value)
    if (shape.kind === 'list') return this.#writeList(shape, field, path, value)
    if (shape.kind === 'object') return this.#writeObjectOf(shape.plan, field, path, value)
    return this.#writeAbstract(shape, field, path, value)
  }

  #writeList(shape: ListShape, field: FieldPlan, path: Path, value: object): Soon<string> {
    const known = shape.kept?.get(value)
    if (known !== undefined) return known
    if (isAsyncIterable(value)) return toItems(value).then((items) => this.#writeList(shape, field, path, items))
    if (!isIterable(value)) {
      const name = `${field.parentType.name}.${field.definition.name}`
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`)
    }
    const { item: itemShape, kept } = shape
    const whole = findWholeOf(itemShape)
    let isPure = whole !== null
    const pieces = new TextPieces()
    let index = 0
    pieces.add('[')
    try {
      for (const item of value) {
        if (index > 0) pieces.add(',')
        const pure = whole === null || isThenable(item) || item instanceof Error ? null : this.#findPure(whole, item)
        if (pure === null) isPure = false
        const text = pure ?? this.#writeItem(itemShape, field, { prev: path, key: index, typename: undefined }, item)
        pieces.add(text instanceof Promise ? text.then(toJson) : toJson(text))
        index += 1
      }
    } catch (error) {
      pieces.drop()
      throw error
    }
    pieces.add(']')
    const text = pieces.end()
    if (isPure && typeof text === 'string') kept?.setWhenRepeated(value, text)
    return text
  }

  #writeItem(shape: Shape, field: FieldPlan, path: Path, item: unknown): Soon<Text> {
    try {
      const text = isThenable(item) ? this.#writeLater(shape, field, path, item) : this.#write(shape, field, path, item)
      return this.#settle(text, shape, field, path)
    } catch (error) {
      return this.#fail(error, shape, field, path)
    }
  }

  #writeAbstract(
    shape: Extract<Shape, { kind: 'abstract' }>,
    field: FieldPlan,
    path: Path,
    value: unknown,
  ): Soon<string> {
    const { type, planOf } = shape
    const resolveType = type.resolveType ?? defaultTypeResolver
    const found = resolveType(value, this.#scope.contextValue, this.#toInfo(field, path), type)
    const write = (name: unknown): Soon<string> =>
      this.#writeObjectOf(planOf(this.#requireType(type, field, name)), field, path, value)
    return isThenable(found) ? Promise.resolve(found).then(write) : write(found)
  }

  #requireType(
    type: GraphQLAbstractType,
    { nodes, parentType, definition }: FieldPlan,
    name: unknown,
  ): GraphQLObjectType {
    const { schema } = this.#scope
    const found = typeof name === 'string' ? schema.getType(name) : undefined
    if (isObjectType(found) && schema.isSubType(type, found)) return found
    const place = `${parentType.name}.${definition.name}`
    throw new GraphQLError(`Abstract type "${type.name}" has no possible type at runtime for field "${place}".`, {
      nodes,
    })
  }

  #writeObjectOf(plan: ObjectPlan, field: FieldPlan, path: Path, value: unknown): Soon<string> {
    const { type } = plan
    const isOfType = type.isTypeOf?.(value, this.#scope.contextValue, this.#toInfo(field, path)) ?? true
    const write = (isRight: boolean): Soon<string> => {
      if (isRight) return this.#writeObject(plan, value, path)
      throw new GraphQLError(`Expected value of type "${type.name}".`, { nodes: field.nodes })
    }
    return isThenable(isOfType) ? Promise.resolve(isOfType).then(write) : write(isOfType)
  }
}
