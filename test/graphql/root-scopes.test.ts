import { buildSchema, graphql, type GraphQLSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../src/domain/viewer.ts'
import { noScope, requireRootScopes } from '../../src/graphql/root-scopes.ts'
import { viewerOf } from '../support/viewer-of.ts'

/** A schema with one query, and what that says about its scope. */
const schemaOf = (extensions: Readonly<Record<string, unknown>>): GraphQLSchema => {
  const schema = buildSchema('type Query { answer: Int }')
  Object.assign(schema.getQueryType()?.getFields()['answer'] ?? {}, { extensions, resolve: () => 42 })
  return schema
}

const ask = async (schema: GraphQLSchema, scopes: readonly Scope[]): Promise<unknown> => {
  requireRootScopes(schema)
  const contextValue = { viewer: viewerOf('somebody', scopes) }
  const { data, errors } = await graphql({ schema, source: '{ answer }', contextValue })
  return errors?.[0]?.message ?? data?.['answer']
}

describe('a root field', () => {
  it('that says nothing takes dr:read', async () => {
    // A3: closed by default.
    expect(await ask(schemaOf({}), ['dr:read'])).toBe(42)
    const refusal = 'This needs the scope dr:read, which somebody does not have'
    expect(await ask(schemaOf({}), ['dr:operate', 'dr:recover', 'dr:audit', 'dr:introspect'])).toBe(refusal)
  })

  it('takes the scope that it says, or none', async () => {
    expect(await ask(schemaOf({ scope: 'dr:audit' }), ['dr:audit'])).toBe(42)
    expect(await ask(schemaOf({ scope: 'dr:audit' }), ['dr:read'])).toContain('dr:audit')
    expect(await ask(schemaOf({ scope: noScope }), [])).toBe(42)
  })

  it('cannot say a scope that there is not', () => {
    expect(() => requireRootScopes(schemaOf({ scope: 'dr:raed' }))).toThrow('answer takes a scope that there is not')
  })
})
