import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'
import { toChance } from './made-up-answers.ts'

/** A query that somebody may have sent. It may turn out not to be valid. */
export interface MadeUpDocument {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
}

const words: Readonly<Record<string, unknown>> = {
  Int: 3,
  Float: 1.5,
  Boolean: true,
  ID: 'id',
  DateTime: '2026-03-01T12:00:00.000Z',
  ByteCount: 5,
}

const toInput = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return toInput(type.ofType)
  if (isListType(type)) return [toInput(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (!isInputObjectType(type)) return words[type.name] ?? 'word'
  const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
  return Object.fromEntries(needed.map((field) => [field.name, toInput(field.type)]))
}

const toLiteral = (type: GraphQLInputType, value: unknown): string => {
  if (isNonNullType(type)) return toLiteral(type.ofType, value)
  if (isListType(type))
    return `[${Array.isArray(value) ? value.map((each) => toLiteral(type.ofType, each)).join() : ''}]`
  if (isEnumType(type)) return String(value)
  if (!isInputObjectType(type)) return JSON.stringify(value)
  const fields = type.getFields()
  const members = Object.entries(value ?? {}).flatMap(([name, each]) => {
    const field = fields[name]
    return field === undefined ? [] : [`${name}: ${toLiteral(field.type, each)}`]
  })
  return `{${members.join(', ')}}`
}

/** Makes up one document with fragments, aliases, directives, variables and fields that are asked for twice. */
export class DocumentMaker {
  readonly #schema: GraphQLSchema
  readonly #seed: string
  #drawn = 0
  readonly #definitions: string[] = []
  readonly #declared = new Map<string, string>()
  readonly #variables: Record<string, unknown> = {}

  constructor(schema: GraphQLSchema, seed: string) {
    this.#schema = schema
    this.#seed = seed
  }

  make(): MadeUpDocument {
    const root = this.#schema.getQueryType()
    if (root === undefined || root === null) throw new Error('no queries')
    const selections = this.#selections(root, 5)
    const declared = [...this.#declared].map(([name, type]) => `$${name}: ${type}`)
    const head = `query Made${declared.length === 0 ? '' : `(${declared.join(', ')})`}`
    return { text: [`${head} ${selections}`, ...this.#definitions].join('\n'), variables: this.#variables }
  }

  #draw(): number {
    this.#drawn += 1
    return toChance(`${this.#seed} ${this.#drawn}`)
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#draw() * items.length)]
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + Math.floor(this.#draw() * 6)
    const made = Array.from({ length: count }, () => this.#selection(type, depth)).filter((text) => text !== '')
    return `{ ${made.length === 0 ? '__typename' : made.join(' ')} }`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const chance = this.#draw()
    const fields = 'getFields' in type ? Object.values(type.getFields()) : []
    if (chance < 0.06 || (fields.length === 0 && chance < 0.3)) return `__typename${this.#directives()}`
    if (depth > 0 && (chance < 0.2 || fields.length === 0)) return this.#fragment(type, depth)
    const field = this.#pick(depth > 1 ? fields : fields.filter((each) => !isCompositeType(getNamedType(each.type))))
    return field === undefined ? '' : this.#field(field, depth)
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type]
    const above = possible.flatMap((each) => (isObjectType(each) ? each.getInterfaces() : []))
    const on = this.#pick([type, ...possible, ...above])
    if (on === undefined) return ''
    const chance = this.#draw()
    if (chance < 0.2) return `...${this.#directives()} ${this.#selections(type, depth - 1)}`
    if (chance < 0.6) return `... on ${on.name}${this.#directives()} ${this.#selections(on, depth - 1)}`
    const name = `F${this.#definitions.length}`
    const place = this.#definitions.push('') - 1
    this.#definitions[place] = `fragment ${name} on ${on.name} ${this.#selections(on, depth - 1)}`
    return `...${name}${this.#directives()} ...${name}`
  }

  #field({ name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
    const chance = this.#draw()
    const key = chance < 0.2 ? `a_${name}: ` : ''
    const given = args.flatMap((arg) => this.#argument(name, key, arg))
    const inner = getNamedType(type)
    const selections = isCompositeType(inner) ? ` ${this.#selections(inner, depth - 1)}` : ''
    return `${key}${name}${given.length === 0 ? '' : `(${given.join(', ')})`}${this.#directives()}${selections}`
  }

  /** The same for each place where the field is asked for under this key, so that they can be merged. */
  #argument(field: string, key: string, { name, type, default: usual }: GraphQLArgument): readonly string[] {
    const chance = toChance(`${this.#seed} ${key}${field} ${name}`)
    const isNeeded = isNonNullType(type) && usual === undefined
    if (!isNeeded && chance < 0.6) return []
    const value = toInput(type)
    if (chance < 0.75) return [`${name}: ${toLiteral(type, value)}`]
    const variable = `${field}_${name}`
    this.#declared.set(variable, String(type))
    if (isNonNullType(type) || chance < 0.9) this.#variables[variable] = value
    return [`${name}: $${variable}`]
  }

  #directives(): string {
    const chance = this.#draw()
    if (chance > 0.12) return ''
    const word = chance < 0.06 ? 'include' : 'skip'
    if (chance < 0.03 || chance > 0.09) return ` @${word}(if: ${String(this.#draw() < 0.5)})`
    const variable = this.#draw() < 0.5 ? 'one' : 'other'
    this.#declared.set(variable, variable === 'one' ? 'Boolean!' : 'Boolean = true')
    this.#variables[variable] = variable === 'one'
    return ` @${word}(if: $${variable})`
  }
}
