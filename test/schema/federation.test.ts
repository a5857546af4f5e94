import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertCompositionSuccess, composeServices, type CompositionResult } from '@theguild/federation-composition'
import { buildSchema, isObjectType, parse, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toGlobalId } from '../../src/domain/global-id.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

const subgraph = readFileSync(join(import.meta.dirname, '../../schema/subgraph.graphql'), 'utf8')

/** A portal that knows which groups an application is made of, and has ids and pages of its own. */
const portal = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
type Query { application(name: String!): Application node(id: ID!): Node applications(first: Int): ApplicationConnection! }
interface Node { id: ID! }
type Application implements Node @key(fields: "id") { id: ID! name: String! groups: [ProtectionGroup!]! lastTest: Task }
type ApplicationConnection { nodes: [Application!]! pageInfo: PageInfo! }
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type ProtectionGroup @key(fields: "id") { id: ID! application: Application }
type Task @key(fields: "id", resolvable: false) { id: ID! }
`

const compose = (own: string): CompositionResult =>
  composeServices([
    { name: 'dr', typeDefs: parse(own), url: 'http://dr.example/graphql' },
    { name: 'portal', typeDefs: parse(portal), url: 'http://portal.example/graphql' },
  ])

const composedOf = (own: string): GraphQLSchema => {
  const result = compose(own)
  assertCompositionSuccess(result)
  return buildSchema(result.publicSdl)
}

const problemsOf = (own: string): string => (compose(own).errors ?? []).map(({ message }) => message).join('\n')

const fieldsOf = (schema: GraphQLSchema, name: string): readonly string[] => {
  const type = schema.getType(name)
  return isObjectType(type) ? Object.keys(type.getFields()) : []
}

describe('the subgraph', () => {
  it('composes with the subgraph of a portal that refers to groups and tasks by id', () => {
    const composed = composedOf(subgraph)
    expect(fieldsOf(composed, 'ProtectionGroup')).toEqual(expect.arrayContaining(['name', 'state', 'application']))
    expect(fieldsOf(composed, 'Application')).toEqual(expect.arrayContaining(['groups', 'lastTest']))
    expect(fieldsOf(composed, 'Query')).toEqual(expect.arrayContaining(['application', 'protectionGroups', 'node']))
    expect(composed.getSubscriptionType()?.getFields()).toHaveProperty('taskProgress')
  })

  it('would not compose if its types had no key, or its pages were its own', () => {
    expect(problemsOf(subgraph.replaceAll('@key(fields: "id") ', ''))).toContain('ProtectionGroup')
    expect(problemsOf(subgraph.replace('type PageInfo @shareable', 'type PageInfo'))).toContain('PageInfo')
    const withNode = subgraph.replace('type Query {', 'type Query { node(id: ID!): Node')
    expect(problemsOf(withNode)).toContain('Query.node')
  })
})

interface Entity {
  readonly __typename: string
  readonly id: string
  readonly name?: string
  readonly actions?: readonly { readonly action: string; readonly available: boolean }[]
}

interface Lists {
  readonly groups: { readonly nodes: readonly Entity[] }
  readonly replications: { readonly nodes: readonly Entity[] }
  readonly sites: readonly Entity[]
}
const listsDocument = `{
  groups: protectionGroups(first: 10) { nodes { __typename id name } }
  replications(first: 10) { nodes { __typename id name actions { action available } } }
  sites { __typename id name }
}`

interface Started {
  readonly syncReplication: { readonly task: Entity }
}
const syncDocument = `mutation ($id: ID!) {
  syncReplication(input: { targetId: $id, idempotencyKey: "k" }) { ... on TaskStarted { task { __typename id } } }
}`

type Answer = Readonly<Record<string, readonly (Entity | null)[]>>

const fields = '__typename ... on Node { id } ... on ProtectionGroup { name } ... on Replication { name }'
const entitiesDocument = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename ... on Site { id name } ... on ProtectionGroup { id name } ... on Replication { id name } ... on Task { id }
  }
}`

describe('its entities', () => {
  let gateway: TestGateway
  let known: readonly Entity[]
  const resolve = async (representations: readonly unknown[], headers: Readonly<Record<string, string>> = {}) => {
    const { body } = await query<Answer>(gateway.url, entitiesDocument, { representations }, headers)
    return body
  }
  const count = async (ask: () => Promise<unknown>): Promise<number> => {
    gateway.forget()
    await ask()
    return gateway.countRequests()
  }
  const readSdl = async (caller: string) => {
    const headers = { authorization: `Bearer ${tokenOf(caller)}` }
    const document = '{ service: _service { sdl } }'
    return (await query<{ service: { sdl: string } }>(gateway.url, document, {}, headers)).body
  }
  const toRepresentation = ({ __typename, id }: Entity) => ({ __typename, id })

  beforeAll(async () => {
    gateway = await startGateway({
      // Nothing but what is asked here costs the sites anything.
      more: { pollIntervalMs: 3_600_000 },
      callers: [
        { name: 'portal', scopes: ['dr:read', 'dr:introspect'] },
        { name: 'operator', scopes: ['dr:operate'] },
        { name: 'boston', scopes: ['dr:read'], siteNames: ['Boston'] },
      ],
    })
    const { body } = await query<Lists>(gateway.url, listsDocument)
    const { groups, replications, sites } = body.data ?? {}
    const ready = replications?.nodes.find(({ actions }) =>
      actions?.some(({ action, available }) => action === 'SYNC' && available),
    )
    const started = await query<Started>(gateway.url, syncDocument, { id: ready?.id })
    const task = started.body.data?.syncReplication.task
    known = [...(groups?.nodes ?? []), ...(replications?.nodes ?? []), ...(sites ?? []), ...(task ? [task] : [])].map(
      ({ actions: _actions, ...entity }) => entity,
    )
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('are found in their order, of every kind, compiled or not', async () => {
    expect(new Set(known.map(({ __typename }) => __typename)).size).toBe(4)
    for (let turn = 0; turn < 4; turn += 1) {
      expect(await resolve(known.map(toRepresentation))).toEqual({ data: { _entities: known } })
    }
  })

  it('are read in one batch: many cost the sites what one costs, and what `nodes` costs', async () => {
    const groups = known.filter(({ __typename }) => __typename === 'ProtectionGroup')
    const one = await count(() => resolve(groups.slice(0, 1).map(toRepresentation)))
    expect(one).toBeGreaterThan(0)
    expect(await count(() => resolve(groups.map(toRepresentation)))).toBe(one)
    const ids = groups.map(({ id }) => id)
    expect(
      await count(() => query(gateway.url, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`, { ids })),
    ).toBe(one)
  })

  it('are null for an unknown id, for one of another type, and for what is out of reach', async () => {
    const [group] = known.filter(({ __typename }) => __typename === 'ProtectionGroup')
    const unknown = toGlobalId('ProtectionGroup', 'ZERTO', '3f8a4d0e-5a63-4f5e-9d59-0d6a1b0c9e77')
    const given = [
      { __typename: 'ProtectionGroup', id: unknown },
      { __typename: 'Replication', id: group?.id },
      { __typename: 'Task', id: 'no id' },
    ]
    expect(await resolve(given)).toEqual({ data: { _entities: [null, null, null] } })
    // A3: as `node` answers.
    const headers = { authorization: `Bearer ${tokenOf('boston')}` }
    const { data } = await resolve(known.map(toRepresentation), headers)
    const found = new Set(data?.['_entities']?.flatMap((entity) => entity?.id ?? []))
    const ids = known.map(({ id }) => id)
    const byNodes = await query<Answer>(
      gateway.url,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Node { id } } }',
      { ids },
      headers,
    )
    expect(found).toEqual(new Set(byNodes.body.data?.['nodes']?.flatMap((node) => node?.id ?? [])))
    expect(found.size).toBeGreaterThan(0)
    expect(found.size).toBeLessThan(known.length)
  })

  it.each([
    ['of another type', { __typename: 'Alert', id: 'x' }],
    ['without an id', { __typename: 'Task' }],
    ['that is no object', 'Task'],
  ])('are refused with INVALID_INPUT for something %s', async (_what, representation) => {
    const { errors } = await resolve([representation])
    expect(errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID_INPUT' }) }),
    ])
  })

  it('are refused to whom may not read, and where there are more than 500', async () => {
    const { errors } = await resolve([], { authorization: `Bearer ${tokenOf('operator')}` })
    expect(errors?.[0]?.extensions?.['code']).toBe('PERMISSION_DENIED')
    const many = Array.from({ length: 501 }, () => ({ __typename: 'Task', id: 'x' }))
    expect((await resolve(many)).errors?.[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })

  it('come with the schema, for who may see it', async () => {
    expect(`${(await readSdl('portal')).data?.service.sdl}\n`).toBe(subgraph)
    expect((await readSdl('boston')).errors?.[0]?.extensions?.['code']).toBe('PERMISSION_DENIED')
  })
})
