import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getOperationAST, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { ProtectionGroupsDocument, ReplicationsDocument, SitesDocument } from '../generated/graphql.ts'
import { openSocket, query, subscribe } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

const folder = join(import.meta.dirname, '../../schema/operations')
const texts = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
const documents = new Map([...texts].map(([file, text]) => [file, parse(text)]))
const fragments = new Map(
  [...documents].flatMap(([file, { definitions }]) =>
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, texts.get(file) ?? '']] : [],
    ),
  ) as readonly (readonly [string, string])[],
)

/** A document with the fragments it spreads, and theirs. */
const withFragments = (text: string): string => {
  const missing = [...text.matchAll(/\.\.\.(\w+)/g)]
    .map(([, name = '']) => fragments.get(name))
    .filter((fragment): fragment is string => fragment !== undefined && !text.includes(fragment))
  return missing.length === 0 ? text : withFragments([text, ...new Set(missing)].join('\n'))
}

const operationOf = (document: DocumentNode): OperationDefinitionNode | null => getOperationAST(document) ?? null
const rootFieldOf = ({ selectionSet }: OperationDefinitionNode): string => {
  const [field] = selectionSet.selections
  return field?.kind === Kind.FIELD ? field.name.value : ''
}

const examples = [...documents].flatMap(([file, document]) => {
  const operation = operationOf(document)
  return operation === null ? [] : [{ file, kind: operation.operation, field: rootFieldOf(operation) }]
})

describe('the example documents', () => {
  let gateway: TestGateway
  const variables = new Map<string, Readonly<Record<string, unknown>>>()
  beforeAll(async () => {
    gateway = await startGateway({ callers: [{ name: 'watcher', scopes: ['dr:read'] }] })
    const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
    const { replications } = await gateway.dataOf(ReplicationsDocument, { first: 500 })
    const { sites } = await gateway.dataOf(SitesDocument, {})
    const can = (action: string) =>
      protectionGroups.nodes.find(({ actions }) =>
        actions.some((verdict) => verdict.action === action && verdict.available),
      )
    for (const [field, action, extra] of [
      ['pauseReplication', 'PAUSE', {}],
      ['resumeReplication', 'RESUME', {}],
      ['updateReplication', 'UPDATE', { rpoSeconds: 3600 }],
      ['createCheckpoint', 'CREATE_CHECKPOINT', { name: 'before the upgrade' }],
    ] as const) {
      const input = { targetId: can(action)?.id, idempotencyKey: field, ...extra }
      variables.set(field, { input })
    }
    for (const [field, action] of [
      ['planFailover', 'FAILOVER'],
      ['planMove', 'MOVE'],
    ] as const) {
      variables.set(field, { input: { targetId: can(action)?.id } })
    }
    const [from, to] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']
    variables.set('node', { id: replications.nodes[0]?.id, from, to })
    variables.set('nodes', { ids: [replications.nodes[0]?.id, protectionGroups.nodes[0]?.id, sites[0]?.id] })
    const vm = { sourceSiteName: 'x', vmId: 'x', destination: { siteName: 'y', vdcId: 'z' } }
    const start = { siteId: sites[0]?.id, idempotencyKey: 'start', work: { vcdaVm: vm } }
    variables.set('startReplication', { input: start })
    const siteId = sites.find(({ name }) => name === 'Boston')?.id
    variables.set('protectionProfiles', { siteId })
    variables.set('unprotectedVms', { siteId })
    variables.set('siteResources', { siteId, kind: 'NETWORK' })
    for (const field of ['dismissAlert', 'undismissAlert']) {
      variables.set(field, { input: { alertId: 'none', idempotencyKey: field } })
    }
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('are there for each root field of the schema', () => {
    registerVendorSchemas()
    const schema = createSchema()
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    // What begins with `_` is not for clients, and not in the published schema.
    const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {})).filter((name) => !name.startsWith('_'))
    expect([...new Set(examples.map(({ field }) => field))].toSorted()).toEqual(fields.toSorted())
  })

  // The session is a socket's, so its example runs on one, below.
  const plain = examples.filter(({ kind, field }) => kind !== 'subscription' && field !== 'refreshSession')
  it.each(plain)('$file runs', async ({ file, kind, field }) => {
    const given =
      variables.get(field) ?? (kind === 'mutation' ? { input: { targetId: 'none', idempotencyKey: 'k' } } : {})
    const { status, body } = await query(gateway.url, withFragments(texts.get(file) ?? ''), given)
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined })
    expect(body.data?.[field]).not.toBeNull()
  })

  it('refresh-session.graphql runs on a socket', async () => {
    const token = tokenOf('watcher')
    await using socket = openSocket(gateway.url, `Bearer ${token}`)
    const refreshing = socket.subscribe(texts.get('refresh-session.graphql') ?? '', { token })
    expect((await refreshing.next()).data).toEqual({
      refreshSession: { name: 'watcher', scopes: ['dr:read'], expiresAt: null },
    })
  })

  it('protection-events.graphql streams', async () => {
    const document = withFragments(texts.get('protection-events.graphql') ?? '')
    await using events = subscribe(gateway.url, document)
    expect((await events.next()).data).toMatchObject({ protectionEvents: { kind: 'SNAPSHOT', targetId: null } })
  })

  it('task-progress.graphql streams', async () => {
    const document = withFragments(texts.get('task-progress.graphql') ?? '')
    const { body } = await query<{ tasks: { nodes: readonly { id: string }[] } }>(
      gateway.url,
      '{ tasks { nodes { id } } }',
    )
    const [task] = body.data?.tasks.nodes ?? []
    await using events = subscribe(gateway.url, document, { id: task?.id })
    expect((await events.next()).data).toMatchObject({ taskProgress: { kind: 'SNAPSHOT', task: { id: task?.id } } })
  })
})
