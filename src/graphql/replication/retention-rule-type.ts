import type { RetentionRule } from '../../domain/replication.ts'
import { builder } from '../builder.ts'

export const RetentionRuleRef = builder.objectRef<RetentionRule>('RetentionRule')
RetentionRuleRef.implement({
  description: 'Keeps some recovery points at a distance from each other.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'How many are kept.' }),
    distanceSeconds: t.exposeInt('distanceSeconds', { description: 'Seconds from one to the next.' }),
  }),
})
