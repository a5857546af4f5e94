import type { GraphQLSchema } from 'graphql'
import { DomainError } from '../../domain/errors.ts'
import { parseGlobalId } from '../../domain/global-id.ts'
import { keptBy } from '../../std/kept-by.ts'
import { builder } from '../builder.ts'
import type { GatewayContext } from '../context.ts'
import { findNode, mostIds } from '../node/node-queries.ts'
import { ProtectionGroupRef } from '../protection-group/protection-group-type.ts'
import { ReplicationRef } from '../replication/replication-type.ts'
import { SiteRef } from '../site/site-type.ts'
import { TaskRef } from '../task/task-type.ts'
import { entityTypeNames, printSubgraph } from './federation-sdl.ts'

builder.scalarType('_Any', {
  description: 'What a federation gateway knows of an entity: `{ __typename, id }`.',
  serialize: (value) => value,
  parseValue: (value) => value,
})

const EntityUnion = builder.unionType('_Entity', {
  description: 'What other subgraphs may refer to by its id.',
  types: [SiteRef, ReplicationRef, ProtectionGroupRef, TaskRef],
  resolveType: ({ id }) => parseGlobalId(id)?.kind,
})

const ServiceRef = builder.objectRef<{ readonly sdl: string }>('_Service')
ServiceRef.implement({
  description: 'What composition asks of a subgraph.',
  fields: (t) => ({
    sdl: t.exposeString('sdl', { description: 'The schema as a subgraph of Apollo Federation 2.' }),
  }),
})

const sdlOf = keptBy((schema: GraphQLSchema): string => printSubgraph(schema))

interface Representation {
  readonly typeName: string
  readonly id: string
}

/** @throws DomainError INVALID_INPUT for what refers to no entity of this subgraph. */
const parseRepresentation = (value: unknown): Representation => {
  const given: object = typeof value === 'object' && value !== null ? value : {}
  const typeName = '__typename' in given ? given.__typename : undefined
  const id = 'id' in given ? given.id : undefined
  if (!entityTypeNames.some((name) => name === typeName) || typeof id !== 'string') {
    throw DomainError.invalidInput('representations', `each is one of ${entityTypeNames.join(', ')} with its id`)
  }
  return { typeName: String(typeName), id }
}

type Entity = typeof EntityUnion.$inferType

const isEntity = (found: { readonly id: string }): found is Entity =>
  entityTypeNames.some((name) => name === parseGlobalId(found.id)?.kind)

/** Found as `node` finds it; null for what is gone or out of reach, and for an id of another type. */
const findEntity = async ({ typeName, id }: Representation, context: GatewayContext): Promise<Entity | null> => {
  const found = parseGlobalId(id)?.kind === typeName ? await findNode(id, context) : null
  return found !== null && isEntity(found) ? found : null
}

interface GivenRepresentations {
  readonly representations?: unknown
}

builder.queryFields((t) => ({
  _service: t.field({
    type: ServiceRef,
    extensions: { scope: 'dr:introspect' },
    description: 'This gateway as a subgraph of Apollo Federation 2.',
    resolve: (_root, _args, _context, { schema }) => ({ sdl: sdlOf(schema) }),
  }),
  _entities: t.field({
    type: [EntityUnion],
    nullable: { items: true, list: false },
    extensions: {
      listSize: ({ representations }: GivenRepresentations) =>
        Array.isArray(representations) ? representations.length : 1,
    },
    description: 'Entities by their ids, in their order; up to 500. For federation gateways: clients ask `nodes`.',
    args: {
      representations: t.arg({ type: ['_Any'], required: true, description: 'Each `{ __typename, id }`.' }),
    },
    resolve: (_root, { representations }, context) => {
      if (representations.length > mostIds) {
        throw DomainError.invalidInput('representations', `${representations.length} are more than ${mostIds}`)
      }
      const wanted = representations.map(parseRepresentation)
      return Promise.all(wanted.map((one) => findEntity(one, context)))
    },
  }),
}))
