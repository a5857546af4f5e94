import {
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

/** A number from 0 to 1 that is the same for the same text. */
export const toChance = (text: string): number => {
  let hash = 2166136261
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 2246822507)
  hash ^= hash >>> 13
  return (hash >>> 0) / 4_294_967_296
}

const pick = <T>(items: readonly T[], chance: number): T | undefined => items[Math.floor(chance * items.length)]

const leaves: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    'plain',
    '',
    'a "quoted" \\ line\n',
    'ümläut €',
    '\u2028 😀 \ud800',
    12,
    true,
    { valueOf: () => 'v' },
    ['x'],
  ],
  ID: ['id-1', 'id"2', 42, 2 ** 60, true, {}],
  Int: [0, -0, 7, -12, 2 ** 31 - 1, 2 ** 31, 1.5, '3', 'x', true, Number.NaN],
  Float: [0, -0, 1.5, 1e21, 1e-7, 2 ** 53, '2.5', Number.NaN, Infinity, true],
  Boolean: [true, false, 0, 1, 'true', Number.NaN],
}

const others: readonly unknown[] = ['2026-03-01T12:00:00.000Z', 4096, { a: [1, null, { b: '"' }] }, new Date(0), false]

const toLeaf = (type: GraphQLLeafType, chance: number): unknown => {
  if (isEnumType(type)) return chance < 0.03 ? 'NO_SUCH_WORD' : pick(type.getValues(), chance)?.value
  const usual = leaves[type.name] ?? others
  return chance < 0.9 ? pick(usual.slice(0, 5), chance / 0.9) : pick(usual, (chance - 0.9) * 10)
}

/**
 * Made-up objects of a schema, by their place: the same place is the same object. What they hold is mostly right, and now and
 * then null, an error, a promise, a function, or of another type than the schema says.
 */
export class MadeUpAnswers {
  readonly #schema: GraphQLSchema
  readonly #seed: string
  /** How often something is not as usual, from 0 to 1. */
  readonly #trouble: number

  constructor(schema: GraphQLSchema, seed: string, trouble: number) {
    this.#schema = schema
    this.#seed = seed
    this.#trouble = trouble
  }

  object(type: GraphQLObjectType, place: string): object {
    const known = new Map<string | symbol, unknown>()
    const fields = type.getFields()
    return new Proxy(
      {},
      {
        has: (_target, name) => name in fields,
        get: (_target, name) => {
          if (known.has(name)) return known.get(name)
          const field = typeof name === 'string' ? fields[name] : undefined
          const at = `${place}.${String(name)}`
          const value =
            name === '__typename'
              ? this.#typename(type, at)
              : field === undefined
                ? undefined
                : this.#value(field.type, at)
          known.set(name, value)
          return value
        },
      },
    )
  }

  #chance(place: string): number {
    return toChance(`${this.#seed} ${place}`)
  }

  #typename({ name }: GraphQLObjectType, at: string): unknown {
    if (this.#chance(`${at}?`) >= this.#trouble / 8) return name
    return pick(['Nothing', 'Query', 'String', 5, null, Promise.resolve(name)], this.#chance(`${at}!`))
  }

  #value(type: GraphQLOutputType, at: string): unknown {
    const chance = this.#chance(`${at}?`) / this.#trouble
    if (chance < 0.1) return new Error(`Not at ${at}`)
    if (chance < 0.2) return null
    if (chance < 0.4) return Promise.resolve(this.#plain(type, at))
    if (chance < 0.5) return this.#rejected(at)
    if (chance < 0.6) return () => this.#plain(type, at)
    if (chance < 0.65) {
      return () => {
        throw new Error(`Thrown at ${at}`)
      }
    }
    if (chance < 0.7) return 5
    return this.#plain(type, at)
  }

  #rejected(at: string): Promise<never> {
    const rejected = Promise.reject(new Error(`Rejected at ${at}`))
    rejected.catch(() => undefined)
    return rejected
  }

  #plain(type: GraphQLOutputType, at: string): unknown {
    const chance = this.#chance(`${at}#`)
    if (!isNonNullType(type) && chance < 0.1) return pick([null, undefined], chance * 10)
    const present = getNullableType(type)
    if (isListType(present)) {
      const count = Math.floor(chance * 4)
      const items = Array.from({ length: count }, (_, index) => this.#item(present.ofType, `${at}[${index}]`))
      return this.#chance(`${at}~`) < 0.9 ? items : new Set(items)
    }
    if (isScalarType(present) || isEnumType(present)) return toLeaf(present, this.#chance(`${at}=`))
    const types = isAbstractType(present) ? this.#schema.getPossibleTypes(present) : [present]
    const runtimeType = pick(types.filter(isObjectType), chance)
    return runtimeType === undefined ? null : this.object(runtimeType, at)
  }

  #item(type: GraphQLOutputType, at: string): unknown {
    return this.#chance(`${at}%`) < this.#trouble ? this.#value(type, at) : this.#plain(type, at)
  }
}
