import { judgeReadiness } from '../../domain/readiness-rules.ts'
import { toTestDueAt } from '../../domain/test-age.ts'
import { toLastTestedAt } from '../../inventory/overview.ts'
import type { ProtectionGroup } from '../../domain/protection-group.ts'
import type { Replication } from '../../domain/replication.ts'
import type { Seen } from '../../inventory/merge-observations.ts'
import type { builder } from '../builder.ts'
import { ReadinessRef } from './readiness-type.ts'

type FieldsOf<T> = Parameters<
  NonNullable<Parameters<ReturnType<typeof builder.objectRef<T>>['implement']>[0]['fields']>
>[0]

const cost = 'Served from the lists: no call of its own, but for the licence of each site once an hour.'

/** Whether a group is ready, and when it has to prove it again. */
export const groupReadinessFields = (t: FieldsOf<Seen<ProtectionGroup>>) => ({
  readiness: t.field({
    type: ReadinessRef,
    description: `Whether it could be failed over now, and why. ${cost}`,
    resolve: async (group, _args, { loaders }) => {
      const book = await loaders.readiness()
      return judgeReadiness(book.factsOf(group), book.thresholds)
    },
  }),
  testDueAt: t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'When it is to be tested again: its last test, of the vendor or from here, and the configured interval. Null when no test is known: then it is due.',
    resolve: async (group, _args, { loaders }) => {
      const { ownTests, thresholds } = await loaders.readiness()
      return toTestDueAt(toLastTestedAt(group, ownTests), thresholds.testIntervalDays)
    },
  }),
})

/** Whether a machine that is replicated alone is ready. */
export const replicationReadinessFields = (t: FieldsOf<Seen<Replication>>) => ({
  readiness: t.field({
    type: ReadinessRef,
    nullable: true,
    description: `Whether it could be failed over now, and why; null for a member of a group, which is judged as a whole. ${cost}`,
    resolve: async (replication, _args, { loaders }) => {
      if (replication.groupNativeId !== null) return null
      const book = await loaders.readiness()
      return judgeReadiness(book.factsOf(replication), book.thresholds)
    },
  }),
})
