import type { GraphQLSchema } from 'graphql'
import type { Tracer } from '../domain/ports/tracer.ts'

/**
 * Makes each root field a step of its operation: what it asks of sites is a part of it. Of a subscription that is its
 * beginning; events that come later are not a part of anything.
 */
export const traceRootFields = (schema: GraphQLSchema, tracer: Tracer): void => {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve } = field
      if (resolve === undefined || resolve === null) continue
      const start = { kind: 'STEP', name: `${type?.name}.${field.name}` } as const
      field.resolve = (...given) => tracer.run(start, () => resolve(...given))
    }
  }
  const subscriptions = schema.getSubscriptionType()
  for (const field of Object.values(subscriptions?.getFields() ?? {})) {
    const { subscribe } = field
    if (subscribe === undefined || subscribe === null) continue
    const start = { kind: 'STEP', name: `${subscriptions?.name}.${field.name}` } as const
    field.subscribe = (...given) => tracer.run(start, () => subscribe(...given))
  }
}
