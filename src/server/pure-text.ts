import {
  defaultFieldResolver,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql'
import type { FieldPlan, ObjectPlan, PureRun, Shape, WritePure } from './query-plan.ts'

type WriteValue = (value: unknown) => string

/** Whatever it is, it is done again step by step, where a place and a cause are found for it. */
const bail = (): never => {
  throw new Error('It takes more than this to write it')
}

const isThenable = (value: object): boolean => 'then' in value && typeof value.then === 'function'

/** Objects that stand for what they are, and for nothing that comes or went wrong. */
const requirePlain = (value: unknown): object =>
  typeof value !== 'object' || value === null || value instanceof Error || isThenable(value) ? bail() : value

const nothing: Readonly<Record<string, unknown>> = {}

// A resolver that was found to look at its parent alone has no need of them.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const noInfo = undefined as unknown as GraphQLResolveInfo

/** How a field is read off its object; null when that takes more than the object. */
const toReader = ({ definition }: FieldPlan, isFixed: boolean): ((source: object) => unknown) | null => {
  const { name, resolve, extensions } = definition
  const isDefault = resolve === undefined || resolve === defaultFieldResolver
  if (isFixed && extensions['lasting'] === false) return null
  if (isDefault) {
    return (source) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no member is undefined
      const value = (source as Readonly<Record<string, unknown>>)[name]
      return typeof value === 'function' ? bail() : value
    }
  }
  if (!isFixed || resolve.length > 1 || extensions['lasting'] !== undefined) return null
  return (source) => resolve(source, nothing, undefined, noInfo)
}

/** What Pothos was given to tell the types behind an abstract one apart; it hands on more than that looks at. */
const looksAtValueAlone = ({ extensions }: GraphQLAbstractType): boolean => {
  const { pothosOptions } = extensions
  if (typeof pothosOptions !== 'object' || pothosOptions === null || !('resolveType' in pothosOptions)) return false
  const { resolveType } = pothosOptions
  return typeof resolveType === 'function' && resolveType.length === 1
}

/** Knows of which selections the text is a function of one object. */
export class PureTexts {
  readonly #schema: GraphQLSchema

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /**
   * How the value of a field is written, with what stands before it; null when that is no function of the object that has it.
   *
   * @param isFixed Whether neither the object nor what it holds ever changes.
   */
  findWriter(field: FieldPlan, isFixed: boolean): WritePure | null {
    const { prefix, definition, parentType, shape } = field
    if (definition.name === '__typename') {
      const text = `${prefix}"${parentType.name}"`
      return () => text
    }
    const read = toReader(field, isFixed)
    const write = read === null ? null : this.#toWriteValue(shape)
    return read === null || write === null ? null : (source) => prefix + write(read(source))
  }

  #toWriteValue(shape: Shape): WriteValue | null {
    if (shape.kind === 'required') {
      const { inner } = shape
      if (inner.kind === 'required') return null
      const write = this.#toWritePresent(inner)
      return write === null ? null : (value) => write(value ?? bail())
    }
    const write = this.#toWritePresent(shape)
    return write === null ? null : (value) => (value === null || value === undefined ? 'null' : write(value))
  }

  #toWritePresent(shape: Exclude<Shape, { readonly kind: 'required' }>): WriteValue | null {
    if (shape.kind === 'object') return this.#toWriteObject(shape.plan)
    if (shape.kind === 'abstract') return this.#toWriteAbstract(shape.type, shape.planOf)
    if (shape.kind === 'leaf') {
      const { write } = shape
      return (value) => write(typeof value === 'object' ? requirePlain(value) : value)
    }
    const write = this.#toWriteValue(shape.item)
    return write === null ? null : (value) => `[${Array.isArray(value) ? value.map(write).join(',') : bail()}]`
  }

  #toWriteObject(plan: ObjectPlan): WriteValue | null {
    const run = findWhole(plan)
    if (run === null) return null
    const { write } = run
    return (value) => write(requirePlain(value))
  }

  #toWriteAbstract(type: GraphQLAbstractType, planOf: (type: GraphQLObjectType) => ObjectPlan): WriteValue | null {
    const { resolveType } = type
    if (resolveType === undefined || resolveType === null || !looksAtValueAlone(type)) return null
    const writers = new Map<unknown, WriteValue>()
    for (const possible of this.#schema.getPossibleTypes(type)) {
      const write = this.#toWriteObject(planOf(possible))
      if (write === null) return null
      writers.set(possible.name, write)
    }
    return (value) => {
      const write = writers.get(resolveType(value, undefined, noInfo, type))
      return write === undefined ? bail() : write(value)
    }
  }
}

/** The one run that is all of an object; null where it takes more. */
export const findWhole = ({ type, parts }: ObjectPlan): PureRun | null => {
  const [part] = parts
  return part !== undefined && 'write' in part && part.isWhole && (type.isTypeOf ?? null) === null ? part : null
}

/** The same for the values of a type, where it is an object type. */
export const findWholeOf = (shape: Shape): PureRun | null => {
  const present = shape.kind === 'required' ? shape.inner : shape
  return present.kind === 'object' ? findWhole(present.plan) : null
}

/** Texts one behind the other. */
export const joinWriters = (writers: readonly WritePure[], isWhole: boolean): WritePure => {
  const [open, close] = isWhole ? ['{', '}'] : ['', '']
  return (source) => {
    let text = open
    for (const write of writers) text += write(source)
    return text + close
  }
}
