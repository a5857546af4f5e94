import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { requireScope } from '../domain/required-scope.ts'
import { scopes, type Scope } from '../domain/viewer.ts'
import type { GatewayContext } from './context.ts'

type RootField = GraphQLField<unknown, GatewayContext>
type Resolver = GraphQLFieldResolver<unknown, GatewayContext>

const usualScope: Scope = 'dr:read'

/** `extensions.scope` of a root field that takes no scope at all. */
export const noScope = 'NONE'

/** What a root field takes: `extensions.scope`, else `dr:read`; null for none. @throws for what is neither. */
const scopeOfField = ({ name, extensions }: Pick<RootField, 'name' | 'extensions'>): Scope | null => {
  const given: unknown = extensions['scope']
  if (given === undefined) return usualScope
  if (given === noScope) return null
  const scope = scopes.find((one) => one === given)
  if (scope === undefined) throw new Error(`The field ${name} takes a scope that there is not`)
  return scope
}

/** Refused in the same way whether it is resolved at once or the caller waits for it. */
const behind =
  (scope: Scope, resolve: Resolver): Resolver =>
  (root, args, context, info) => {
    requireScope(context.viewer, scope)
    return resolve(root, args, context, info)
  }

const fieldsOf = (type: ReturnType<GraphQLSchema['getQueryType']>): readonly RootField[] =>
  Object.values(type?.getFields() ?? {})

/**
 * Puts a scope before every field of Query and Subscription, in this one place, so that a new field is closed until it
 * says otherwise. What begins a subscription is what is asked for; its events belong to what was allowed then. Mutations are
 * not here: operations look at scope and target together, and write down what they refuse.
 */
export const requireRootScopes = (schema: GraphQLSchema): void => {
  for (const field of fieldsOf(schema.getQueryType())) {
    const scope = scopeOfField(field)
    if (scope !== null) field.resolve = behind(scope, field.resolve ?? defaultFieldResolver)
  }
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    const scope = scopeOfField(field)
    if (field.subscribe === undefined) throw new Error(`The subscription ${field.name} has nothing to watch`)
    if (scope !== null) field.subscribe = behind(scope, field.subscribe)
  }
}
