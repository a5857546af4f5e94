import { GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { builder, inVendorWords } from './builder.ts'
import { requireRootScopes } from './root-scopes.ts'
import './scalars.ts'
import './node/node-queries.ts'
import './site/site-queries.ts'
import './replication/replication-queries.ts'
import './replication/replication-mutations.ts'
import './protection-group/protection-group-queries.ts'
import './recovery/recovery-mutations.ts'
import './overview/overview-queries.ts'
import './plan/plan-queries.ts'
import './alert/alert-queries.ts'
import './alert/alert-mutations.ts'
import './recovery-report/recovery-report-queries.ts'
import './protection-profile/protection-profile-queries.ts'
import './site-resource/site-resource-queries.ts'
import './audit/audit-queries.ts'
import './task/task-queries.ts'
import './task/task-subscriptions.ts'
import './protection-event/protection-subscriptions.ts'
import './viewer/viewer-queries.ts'
import './viewer/viewer-mutations.ts'
import './federation/entity-queries.ts'

builder.queryType({ description: 'What can be asked.' })
builder.mutationType({
  description:
    'What can be done. What has an idempotency key is sent to the vendor at most once for each, and answers as soon as the vendor has accepted.',
})
builder.subscriptionType({ description: 'What can be watched.' })

/** The public schema. Call it after every vendor has given its part. */
export const createSchema = (): GraphQLSchema => {
  const schema = builder.toSchema({ sortSchema: false })
  requireRootScopes(schema)
  for (const kind of ['Site', 'Replication', 'ProtectionGroup', 'RecoveryPoint'] as const) {
    const type = schema.getType(kind)
    if (type instanceof GraphQLObjectType) type.description = inVendorWords(type.description ?? '', kind)
  }
  return schema
}
