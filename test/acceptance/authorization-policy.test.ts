import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getNamedType, isObjectType, type GraphQLFormattedError } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bounds } from '../../src/domain/reach.ts'
import { scopes, unbounded, type Scope } from '../../src/domain/viewer.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { openSocket, query, type Result } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'
import { listRootFields, type RootField } from './policy-documents.ts'

const policyFile = join(import.meta.dirname, '../../docs/authorization.md')

/** The scope of each field by the table in the documentation; null for none. */
const readPolicy = (): ReadonlyMap<string, string | null> => {
  const rows = readFileSync(policyFile, 'utf8').matchAll(
    /^\| `(?<path>\w+\.\w+)` +\| (?:`(?<scope>[\w:]+)`|none) +\| \S/gm,
  )
  return new Map([...rows].map(({ groups }) => [groups?.['path'] ?? '', groups?.['scope'] ?? null]))
}

registerVendorSchemas()
const schema = createSchema()
const policy = readPolicy()
const rootFields = listRootFields(schema)

/** Fields of other types that lead to an object with an id, or ask a site. */
const listLeadingFields = (): readonly string[] => {
  const node = schema.getType('Node')
  const ids = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some((one) => one === node),
  )
  const leading = new Set([...ids.map(({ name }) => name), 'Node', 'RecoveryTarget'])
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !roots.includes(type) && !/^__|(?:Connection|Edge)$/.test(type.name))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => {
          const { name } = getNamedType(field.type)
          return leading.has(name.replace(/Connection$/, '')) || field.extensions['vendorCalls'] !== undefined
        })
        .map((field) => `${type.name}.${field.name}`),
    )
}

describe('the policy in docs/authorization.md', () => {
  it('has a row for every root field and for every nested field that leads to an object or asks a site', () => {
    // A3, W12: a way in that nobody has thought about has no row.
    const paths = [...rootFields.map(({ path }) => path), ...listLeadingFields()]
    expect(paths.filter((path) => !policy.has(path))).toEqual([])
  })

  it('has no row for a field that there is not', () => {
    const fields = new Set(
      Object.values(schema.getTypeMap())
        .filter(isObjectType)
        .flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`)),
    )
    expect([...policy.keys()].filter((path) => !fields.has(path))).toEqual([])
  })

  it('names no scope that there is not', () => {
    const known: ReadonlySet<string | null> = new Set([...scopes, null])
    expect([...policy.values()].filter((scope) => !known.has(scope))).toEqual([])
  })
})

const roles: Readonly<Record<string, readonly Scope[]>> = {
  reader: ['dr:read'],
  operator: ['dr:operate'],
  recoverer: ['dr:recover'],
  auditor: ['dr:audit'],
  introspector: ['dr:introspect'],
  everything: scopes,
}

/** Bounds of three kinds. The sites and organisations are those of the simulators. */
const tenants: Readonly<Record<string, Bounds>> = {
  everywhere: unbounded,
  Boston: { siteNames: ['Boston'], organizations: null },
  Acme: { siteNames: null, organizations: ['acme'] },
}

/** Every role of every tenant. */
const callers = Object.entries(tenants).flatMap(([tenant, bounds]) =>
  Object.entries(roles).map(([role, given]) => ({ name: `${role}-${tenant}`, scopes: given, ...bounds })),
)
type Caller = (typeof callers)[number]

/** What takes its scope everywhere: the rows that say so. */
const undivided: ReadonlySet<string> = new Set(['Query.auditChain'])

interface Group {
  readonly id: string
  readonly vendor: string
  readonly actions: readonly { readonly action: string; readonly available: boolean; readonly reason: string | null }[]
}

type Answer = Result<Record<string, { readonly __typename: string; readonly requiredScope?: string } | null>>

/** Which scope an answer asks for; null when it asks for none. */
const toMissingScope = (answer: unknown, name: string): unknown => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every document here asks for the same members
  const { data, errors } = answer as Answer
  const broken = errors?.find(({ extensions }) => String(extensions?.['code']).startsWith('INTERNAL'))
  if (broken !== undefined) return broken.message
  const refusal = errors?.find(({ extensions }: GraphQLFormattedError) => extensions?.['code'] === 'PERMISSION_DENIED')
  if (refusal !== undefined) return refusal.extensions?.['requiredScope']
  const value = data?.[name]
  return value?.__typename === 'PermissionDenied' ? value.requiredScope : null
}

/** The fields that a caller may not ask for, by the table, and the scope that each takes. */
const listMissing = (
  fields: readonly RootField[],
  { scopes: has, siteNames, organizations }: Caller,
): readonly (readonly [string, string])[] =>
  fields.flatMap(({ path }) => {
    const scope = policy.get(path)
    if (scope === null || scope === undefined) return []
    const isEnough = !undivided.has(path) || (siteNames === null && organizations === null)
    return has.some((one) => one === scope) && isEnough ? [] : [[path, scope] as const]
  })
const isHeard = (entry: readonly [string, unknown]): boolean => entry[1] !== null

describe('every root field', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ callers, fleetSize: 6, maxAgeSeconds: 60 })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  for (const caller of callers) {
    const authorization = `Bearer ${tokenOf(caller.name)}`

    it(`asks ${caller.name} over HTTP for the scope of its row, and for no other`, async () => {
      // A3, W12
      const fields = rootFields.filter(({ operation }) => operation !== 'subscription')
      const heard: (readonly [string, unknown])[] = []
      for (const { path, name, document } of fields) {
        const { body } = await query(gateway.url, document, {}, { authorization })
        heard.push([path, toMissingScope(body, name)])
      }
      expect(heard.filter(isHeard)).toEqual(listMissing(fields, caller))
    })

    it(`asks ${caller.name} over WebSocket for the same`, async () => {
      // A3, W12: subscriptions, and what goes by a socket instead of HTTP.
      const heard: (readonly [string, unknown])[] = []
      await using socket = openSocket(gateway.url, authorization)
      for (const { path, name, document } of rootFields) {
        await using subscription = socket.subscribe(document)
        heard.push([path, toMissingScope(await subscription.next(), name)])
      }
      expect(heard.filter(isHeard)).toEqual(listMissing(rootFields, caller))
    })

    it(`asks ${caller.name} for the same scopes where a subscription comes as an event stream`, async () => {
      const fields = rootFields.filter(({ operation }) => operation === 'subscription')
      const heard: (readonly [string, unknown])[] = []
      for (const { path, name, document } of fields) {
        const left = new AbortController()
        const response = await fetch(gateway.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'text/event-stream',
            authorization,
          },
          body: JSON.stringify({ query: document }),
          signal: left.signal,
        })
        let text = ''
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString('utf8')
          if (/^data: ?\{.*\}\n/m.test(text)) break
        }
        left.abort()
        const [, data = '{}'] = /^data: ?(\{.*\})$/m.exec(text) ?? []
        heard.push([path, toMissingScope(JSON.parse(data), name)])
      }
      expect(heard.filter(isHeard)).toEqual(listMissing(fields, caller))
    })
  }

  it('lets every caller ask for the name of a root type, and who he is', async () => {
    for (const { name } of callers) {
      const headers = { authorization: `Bearer ${tokenOf(name)}` }
      const { body } = await query(gateway.url, '{ __typename viewer { name } }', {}, headers)
      expect(body).toMatchObject({ data: { __typename: 'Query', viewer: { name } } })
    }
  })

  it('of reports is asked for dr:read as the query is', async () => {
    for (const { name, scopes: has } of callers) {
      const url = new URL('/reports/recovery.csv', gateway.url)
      const { status } = await fetch(url, { headers: { authorization: `Bearer ${tokenOf(name)}` } })
      expect([name, status]).toEqual([name, has.includes('dr:read') ? 200 : 403])
    }
  })
})

const canPause = ({ actions }: Group) => actions.find(({ action }) => action === 'PAUSE')

describe('a task', () => {
  it('is shown to who may only act, without what hangs on it', async () => {
    // W12: dr:operate does not imply dr:read.
    const blind = [{ name: 'operator', scopes: ['dr:operate'] as const }]
    await using gateway = await startGateway({ callers: blind, fleetSize: 12, maxAgeSeconds: 60 })
    const list = '{ protectionGroups { nodes { id vendor actions { action available reason } } } }'
    const { body: listed } = await query<{ readonly protectionGroups: { readonly nodes: readonly Group[] } }>(
      gateway.url,
      list,
    )
    const group = listed.data?.protectionGroups.nodes.find((one) => canPause(one)?.available === true)
    const input = `{ targetId: "${group?.id}", idempotencyKey: "once" }`
    const task = 'id targetName target { id } site { id } request { requestedBy }'
    const { body } = await query(
      gateway.url,
      `mutation { pauseReplication(input: ${input}) { ... on TaskStarted { task { ${task} } } } }`,
      {},
      { authorization: `Bearer ${tokenOf('operator')}` },
    )
    expect(body.data).toMatchObject({
      pauseReplication: { task: { target: null, site: null, request: { requestedBy: 'operator' } } },
    })
  })
})

describe('the actions of an object', () => {
  it('are those that the scopes of the caller reach, and say which scope is missing, in the words of the refusal', async () => {
    // W12
    const two = [
      { name: 'reader', scopes: ['dr:read'] as const },
      {
        name: 'operator',
        grants: [
          { scopes: ['dr:read'] as const, ...unbounded },
          { scopes: ['dr:operate'] as const, siteNames: ['Boston'], organizations: null },
        ],
      },
    ]
    await using gateway = await startGateway({ callers: two, fleetSize: 24, maxAgeSeconds: 60 })
    const list = async (caller?: string): Promise<readonly Group[]> => {
      const document = '{ protectionGroups { nodes { id vendor actions { action available reason } } } }'
      const headers = caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }
      const { body } = await query<{ readonly protectionGroups: { readonly nodes: readonly Group[] } }>(
        gateway.url,
        document,
        {},
        headers,
      )
      return body.data?.protectionGroups.nodes ?? []
    }
    const pausable = (await list()).filter((group) => canPause(group)?.available === true).map(({ id }) => id)
    const groups = (await list('operator')).filter(({ id }) => pausable.includes(id))
    expect(new Set(groups.map(({ vendor }) => vendor)).size).toBe(2)
    for (const group of groups) {
      const isThere = group.vendor === 'ZERTO'
      const reason = isThere ? null : 'This needs the scope dr:operate, which operator does not have for it'
      expect(canPause(group)).toMatchObject({ available: isThere, reason })
      expect(group.actions.find(({ action }) => action === 'FAILOVER')).toMatchObject({
        available: false,
        reason: 'This needs the scope dr:recover, which operator does not have',
      })
      if (isThere) continue
      const input = `{ targetId: "${group.id}", idempotencyKey: "${group.id}" }`
      const { body } = await query(
        gateway.url,
        `mutation { pauseReplication(input: ${input}) { ... on PermissionDenied { message requiredScope } } }`,
        {},
        { authorization: `Bearer ${tokenOf('operator')}` },
      )
      expect(body.data).toEqual({ pauseReplication: { message: reason, requiredScope: 'dr:operate' } })
    }
    const read = await list('reader')
    expect(read.flatMap(({ actions }) => actions).filter(({ available }) => available)).toEqual([])
    expect(gateway.changes()).toEqual([])
  })
})
