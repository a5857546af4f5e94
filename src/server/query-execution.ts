import {
  execute,
  getOperationAST,
  getVariableValues,
  Kind,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { TextShelf, type PlanUse } from './kept-texts.ts'
import type { ObjectPlan } from './query-plan.ts'
import { QueryPlanner } from './query-planner.ts'
import { QueryRun } from './query-run.ts'
import { toOriginalDocument, toOriginalOperation } from './renamed-documents.ts'

/** How many errors of variables are told, as graphql-js has it. */
const mostVariableErrors = 50

/** The plans of one operation are as many as its conditions have values together; more than these are not kept. */
const mostPlans = 16

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

interface KnownPlan {
  readonly root: ObjectPlan
  readonly use: PlanUse
}

/** What is known of one operation, whatever its name. */
interface KnownOperation {
  readonly fragments: Fragments
  /** Null when it asks about the schema. */
  readonly conditionNames: readonly string[] | null
  readonly plans: Map<string, KnownPlan>
}

const toFragments = ({ definitions }: DocumentNode): Fragments =>
  Object.fromEntries(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )

/** The variables that say which fields are there; null when the document asks about the schema. */
const findConditionNames = (document: DocumentNode): readonly string[] | null => {
  const names = new Set<string>()
  let asksForSchema = false
  visit(document, {
    Field: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') asksForSchema = true
    },
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return asksForSchema ? null : [...names]
}

/** Their values; null when one is neither true nor false, which is an error at every place where it stands. */
const findConditions = (names: readonly string[], { coerced }: VariableValues): ReadonlyMap<string, boolean> | null => {
  const conditions = new Map<string, boolean>()
  for (const name of names) {
    const value = coerced[name]
    if (typeof value !== 'boolean') return null
    conditions.set(name, value)
  }
  return conditions
}

/** Knows how operations are answered. What it knows of one goes with its document, out of the cache of documents. */
class QueryPlans {
  readonly #schema: GraphQLSchema
  readonly #shelf = new TextShelf()
  readonly #known = new WeakMap<OperationDefinitionNode, KnownOperation>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  look(document: DocumentNode, operation: OperationDefinitionNode): KnownOperation {
    const known = this.#known.get(operation)
    if (known !== undefined) return known
    const made = { fragments: toFragments(document), conditionNames: findConditionNames(document), plans: new Map() }
    this.#known.set(operation, made)
    return made
  }

  find(
    { fragments, plans }: KnownOperation,
    { selectionSet }: OperationDefinitionNode,
    conditions: ReadonlyMap<string, boolean>,
  ): ObjectPlan | null {
    const key = [...conditions.values()].join()
    const known = plans.get(key)
    if (known !== undefined) {
      known.use.isRepeated = true
      return known.root
    }
    const rootType = this.#schema.getQueryType()
    if (rootType === undefined || rootType === null) return null
    const use = { isRepeated: false }
    const planner = new QueryPlanner({ schema: this.#schema, fragments, conditions, shelf: this.#shelf, use })
    const root = planner.plan(rootType, selectionSet)
    if (plans.size < mostPlans) plans.set(key, { root, use })
    return root
  }
}

/** Answers one request. */
export type ExecuteQuery = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/**
 * Answers queries by plans, straight into JSON text. A plan is made of a document once, whatever its operation is called; with
 * the second request, what was written of an object of a list is kept for as long as the object is the same.
 *
 * @returns For valid documents; null where they run as they would without: mutations, subscriptions, queries about the schema.
 */
export const planQueries = (schema: GraphQLSchema): ((args: ExecutionArgs) => ExecuteQuery | null) => {
  const plans = new QueryPlans(schema)

  const run = (args: ExecutionArgs, operation: OperationDefinitionNode, known: KnownOperation) => {
    const { rootValue, contextValue, variableValues: given } = args
    const hideSuggestions = args.hideSuggestions ?? false
    const options = { maxErrors: mostVariableErrors, hideSuggestions }
    const { variableValues, errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      given ?? {},
      options,
    )
    if (variableValues === undefined) return { errors }
    const conditions = findConditions(known.conditionNames ?? [], variableValues)
    const plan = conditions === null ? null : plans.find(known, toOriginalOperation(operation), conditions)
    if (plan === null) return execute(args)
    const { fragments } = known
    const scope = { schema, operation, fragments, rootValue, contextValue, variableValues, hideSuggestions }
    return new QueryRun(scope).execute(plan)
  }

  return ({ document, operationName }) => {
    const operation = getOperationAST(document, operationName)
    if (operation?.operation !== 'query') return null
    const known = plans.look(toOriginalDocument(document), toOriginalOperation(operation))
    return known.conditionNames === null ? null : (args) => run(args, operation, known)
  }
}

/** {@link planQueries} as a plugin. */
export const queryExecution = (schema: GraphQLSchema): Plugin => {
  const find = planQueries(schema)
  return {
    onExecute: ({ args, setExecuteFn }) => {
      const executeQuery = find(args)
      if (executeQuery !== null) setExecuteFn(executeQuery)
    },
  }
}
