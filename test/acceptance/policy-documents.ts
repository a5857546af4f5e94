import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'
import { toGlobalId, type NodeKind } from '../../src/domain/global-id.ts'

/** An id of the right form that nobody has given. */
export const madeUpId = (kind: NodeKind): string => toGlobalId(kind, 'ZERTO', '3f8a4d0e-5a63-4f5e-9d59-0d6a1b0c9e77')

/** What a member is given by its name. */
const given: Readonly<Record<string, string>> = {
  id: madeUpId('Task'),
  ids: madeUpId('Site'),
  targetId: madeUpId('ProtectionGroup'),
  alertId: madeUpId('Alert'),
  siteId: madeUpId('Site'),
}

const work = '{ vcdaVm: { sourceSiteName: "x", vmId: "x", destination: { siteName: "y", vdcId: "z" } } }'

const toLiteral = (name: string, type: GraphQLInputType): string => {
  if (name === 'work') return work
  if (isNonNullType(type)) return toLiteral(name, type.ofType)
  if (isListType(type)) return `[${toLiteral(name, type.ofType)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${members.map((member) => `${member.name}: ${toLiteral(member.name, member.type)}`).join(', ')} }`
  }
  if (type.name === 'Boolean') return 'true'
  return JSON.stringify(given[name] ?? `policy-${name}`)
}

/** One root field with what it must be given, and the type of its answer. */
const toDocument = (operation: string, field: GraphQLField<unknown, unknown>): string => {
  const args = field.args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${toLiteral(name, type)}`)
  const type = getNamedType(field.type)
  const mayRefuse = isUnionType(type) && type.getTypes().some(({ name }) => name === 'PermissionDenied')
  const refusal = mayRefuse ? '... on PermissionDenied { requiredScope }' : ''
  return `${operation} { ${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`} { __typename ${refusal} } }`
}

/** A root field, and the smallest document that asks for it. */
export interface RootField {
  /** As the table of the policy names it, e.g. `Query.node`. */
  readonly path: string
  readonly name: string
  readonly operation: 'query' | 'mutation' | 'subscription'
  readonly document: string
}

export const listRootFields = (schema: GraphQLSchema): readonly RootField[] =>
  (
    [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ] as const
  ).flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      path: `${type?.name}.${field.name}`,
      name: field.name,
      operation,
      document: toDocument(operation, field),
    })),
  )
