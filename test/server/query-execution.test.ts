import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  getOperationAST,
  GraphQLError,
  isObjectType,
  parse,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  responsePathAsArray,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFieldResolver,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { planQueries } from '../../src/server/query-execution.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { MadeUpAnswers, toChance } from './made-up-answers.ts'
import { DocumentMaker } from './made-up-documents.ts'

const root = join(import.meta.dirname, '../..')

interface Context {
  /** What resolvers were called with. */
  readonly calls: string[]
}

/** Says what it was called with, and then does what is done without it. */
const note: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const { path, fieldNodes, parentType, variableValues } = info
  const place = responsePathAsArray(path).join('.')
  context.calls.push(
    `${place} ${parentType.name} ${fieldNodes.length} ${JSON.stringify([args, variableValues.coerced])}`,
  )
  return defaultFieldResolver(source, args, context, info)
}

/**
 * The public schema without its own resolvers: most fields have none, some one that looks at everything, some one that looks at
 * their object alone. Objects of lists never change in it, as they never do in ours.
 */
const makeSchema = (): GraphQLSchema => {
  const made = buildSchema(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'))
  for (const type of Object.values(made.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    const isOfList = type.name === 'Replication' || type.name === 'ProtectionGroup'
    if (isOfList) Object.assign(type.extensions, { unchanging: true })
    for (const field of Object.values(type.getFields())) {
      const chance = toChance(`${type.name}.${field.name}`)
      if (chance < 0.15) field.resolve = note
      else if (chance < 0.3) {
        field.resolve = (source: Readonly<Record<string, unknown>>) => {
          const value = source[field.name]
          return typeof value === 'function' ? 7 : value
        }
      }
    }
  }
  return made
}
const schema = makeSchema()

// What a value looked like is said in words of another module; callers never see these messages.
const toPlain = (error: GraphQLError) => {
  const { message, ...rest } = error.toJSON()
  return {
    ...rest,
    message: message.replace(/(coerceOutputValue\().*/s, '$1').replace(/^(Abstract|Runtime Object) type.*/s, 'No type'),
  }
}

/** The text of the data, with its order, and the errors in an order of their own. */
const toComparable = (result: ExecutionResult) => ({
  data: 'data' in result ? JSON.stringify(result.data) : 'none',
  errors: (result.errors ?? []).map((error) => JSON.stringify(toPlain(error))).toSorted(),
})

interface Request {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
}

/** Both answers, ours three times: made, written down, and taken from what was written down. */
const answerBoth = async (seed: string, trouble: number, { document, variables }: Request) => {
  const type = schema.getQueryType()
  if (type === undefined || type === null) throw new Error('no queries')
  const rootValue = new MadeUpAnswers(schema, seed, trouble).object(type, 'root')
  const answer = async (run: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>) => {
    const calls: string[] = []
    const result = await run({ schema, document, rootValue, variableValues: variables, contextValue: { calls } })
    return { ...toComparable(result), calls: calls.toSorted() }
  }
  const find = planQueries(schema)
  const ours = (args: ExecutionArgs) => find(args)?.(args) ?? { errors: [new GraphQLError('It is not planned')] }
  return { expected: await answer(execute), given: [await answer(ours), await answer(ours), await answer(ours)] }
}

describe('a planned query answers as graphql-js does', () => {
  const folder = join(root, 'schema/operations')
  const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => ({ name, document: parse(readFileSync(join(folder, name), 'utf8')) }))
    .filter(({ document }) => getOperationAST(document)?.operation === 'query')

  it('finds the examples', () => {
    expect(documents.length).toBeGreaterThan(15)
  })

  it.each(documents)('for $name', async ({ document }) => {
    const variables = { id: 'x', ids: ['x'], siteId: 'x', targetId: 'x' }
    for (let seed = 0; seed < 8; seed += 1) {
      for (const trouble of [0.0001, 0.02, 0.2]) {
        const { expected, given } = await answerBoth(`example ${seed}`, trouble, { document, variables })
        expect(given).toEqual([expected, expected, expected])
      }
    }
  })

  it('for whatever may be asked', async () => {
    let valid = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(0.0001, 0.01, 0.1), async (seed, trouble) => {
        const { text, variables } = new DocumentMaker(schema, `document ${seed}`).make()
        const document = parse(text)
        if (validate(schema, document).length > 0) return
        valid += 1
        const { expected, given } = await answerBoth(`answer ${seed}`, trouble, { document, variables })
        expect(given).toEqual([expected, expected, expected])
      }),
      { numRuns: 300 },
    )
    expect(valid).toBeGreaterThan(100)
  }, 60_000)
})

/** How `{ nodes }` of two lists, one of which never changes, are answered by one planner. */
const makeLists = (text: string) => {
  const machine = {
    name: 'Machine',
    fields: { id: { type: GraphQLID }, name: { type: GraphQLString }, size: { type: GraphQLInt } },
  }
  const fixed = new GraphQLObjectType({ ...machine, extensions: { unchanging: true } })
  const moving = new GraphQLObjectType({ ...machine, name: 'Moving' })
  const lists = { fixed: { type: new GraphQLList(fixed) }, moving: { type: new GraphQLList(moving) } }
  const small = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: lists }) })
  const find = planQueries(small)
  const document = parse(text)
  return async (rootValue: object): Promise<unknown> => {
    const args = { schema: small, document, rootValue }
    return JSON.parse(JSON.stringify(await find(args)?.(args)))
  }
}

const machine = (name: string) => ({ id: 'm', name, size: 1 })

describe('what was written of an object', () => {
  it('is given again for that object only', async () => {
    const ask = makeLists('{ fixed { id name size } }')
    const known = machine('a')
    for (let time = 0; time < 3; time += 1) {
      expect(await ask({ fixed: [known] })).toEqual({ data: { fixed: [machine('a')] } })
      expect(await ask({ fixed: [machine('b'), known] })).toEqual({ data: { fixed: [machine('b'), machine('a')] } })
    }
  })

  it('is given again for that selection only', async () => {
    const known = [machine('a')]
    const [one, other] = [makeLists('{ fixed { id name size } }'), makeLists('{ fixed { name size x: id } }')]
    for (let time = 0; time < 3; time += 1) {
      expect(await one({ fixed: known })).toEqual({ data: { fixed: known } })
      expect(await other({ fixed: known })).toEqual({ data: { fixed: [{ name: 'a', size: 1, x: 'm' }] } })
    }
  })

  it('is written anew where objects may change', async () => {
    const ask = makeLists('{ moving { id name size } }')
    const changing = machine('a')
    const list = [changing]
    for (const name of ['a', 'b', 'c', 'd']) {
      changing.name = name
      expect(await ask({ moving: list })).toEqual({ data: { moving: [machine(name)] } })
    }
  })

  it('is not kept of what had an error', async () => {
    const ask = makeLists('{ fixed { id name size } }')
    const broken = [{ ...machine('a'), size: 'many' }]
    for (let time = 0; time < 4; time += 1) {
      const answer = { data: { fixed: [{ ...machine('a'), size: null }] }, errors: [{ path: ['fixed', 0, 'size'] }] }
      expect(await ask({ fixed: broken })).toMatchObject(answer)
    }
  })

  // Whoever marks a type promises that its objects are never changed in place, nor what they hold.
  it('counts on these types, and on no others', () => {
    registerVendorSchemas()
    const types = Object.values(createSchema().getTypeMap()).filter(
      ({ extensions }) => extensions['unchanging'] === true,
    )
    expect(types.map(({ name }) => name).toSorted()).toEqual(['ProtectionGroup', 'Replication'])
  })
})

describe('what is left to others', () => {
  it.each([
    ['mutations', 'mutation { pauseReplication(input: { targetId: "x", idempotencyKey: "k" }) { __typename } }'],
    ['subscriptions', 'subscription { protectionEvents { cursor } }'],
    ['queries about the schema', '{ viewer { name } __schema { queryType { name } } }'],
    ['what has no such operation', 'query A { viewer { name } } query B { viewer { name } }'],
  ])('are %s', (_what, text) => {
    expect(planQueries(schema)({ schema, document: parse(text) })).toBeNull()
  })

  it('are variables that are no values of their types', async () => {
    const text =
      'query ($first: Int!, $on: Boolean = true) { protectionGroups(first: $first) { totalCount @include(if: $on) } }'
    for (const variables of [{}, { first: 'x' }, { first: 1, on: 'yes' }, { first: 1, on: null }]) {
      const { expected, given } = await answerBoth('variables', 0.0001, { document: parse(text), variables })
      expect(given).toEqual([expected, expected, expected])
    }
  })
})
