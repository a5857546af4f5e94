import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSchema } from '../../src/graphql/schema.ts'
import { registerVendorSchemas } from '../../src/vendors/registry.ts'
import { query } from '../support/graphql-client.ts'
import { startGateway, tokenOf, type TestGateway } from '../support/start-gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ fleetSize: 12, callers: [{ name: 'reader', scopes: ['dr:read'] }] })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The least that the type takes. */
const toLeast = (type: GraphQLInputType): unknown => {
  const named = isNonNullType(type) ? type.ofType : type
  if (isListType(named)) return []
  const inner = getNamedType(named)
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (!isInputObjectType(inner)) return { Int: 1, Float: 1, Boolean: true }[inner.name] ?? 'word'
  const fields = Object.values(inner.getFields())
  const needed = inner.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type))
  return Object.fromEntries(needed.map((field) => [field.name, toLeast(field.type)]))
}

registerVendorSchemas()
// They ask no site for anything: `refreshSession` is about the caller's own socket, which no scope and no log is asked about.
const withoutOperation = ['refreshSession']
const mutations = Object.values(createSchema().getMutationType()?.getFields() ?? {}).filter(
  ({ name }) => !withoutOperation.includes(name),
)

// A mutation that does not go through `operations/run-operation.ts` fails here: nothing else writes the audit log.
it.each(mutations.map((field) => [field.name, field] as const))(
  '%s asks for a scope first, and leaves an audit entry',
  async (name, field) => {
    const [argument] = field.args
    if (argument === undefined) throw new Error(`${name} takes no input`)
    const least = toLeast(argument.type)
    const input = { ...(typeof least === 'object' ? least : {}), idempotencyKey: name }
    const document = `mutation Try($input: ${String(argument.type)}) {
      ${name}(input: $input) { __typename ... on PermissionDenied { requiredScope } }
    }`
    const authorization = `Bearer ${tokenOf('reader')}`
    const { body } = await query(gateway.url, document, { input }, { authorization })
    expect(body.errors).toBeUndefined()
    expect(body.data?.[name]).toMatchObject({ __typename: 'PermissionDenied' })

    const log = await query<{ auditLog: { nodes: readonly object[] } }>(
      gateway.url,
      '{ auditLog(first: 1) { nodes { kind caller idempotencyKey problem { code } } } }',
    )
    const problem = { code: 'PERMISSION_DENIED' }
    expect(log.body.data?.auditLog.nodes).toEqual([
      { kind: 'REFUSED', caller: 'reader', idempotencyKey: name, problem },
    ])
    expect(gateway.changes()).toEqual([])
  },
)

it('has mutations to try', () => {
  expect(mutations.length).toBeGreaterThan(15)
})
