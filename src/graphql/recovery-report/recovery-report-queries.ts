import { requirePage, toPage } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { noteGaps } from '../coverage.ts'
import { defaultPage } from '../vendor-list.ts'
import { RecoveryReportFilterInput } from './recovery-report-filter.ts'
import { callsOfReports, listRecoveries } from './recovery-report-list.ts'
import { newestRecoveryFirst, RecoveryReportOrderInput, toRecoveryOrdering } from './recovery-report-order.ts'
import { RecoveryReportConnectionRef } from './recovery-report-type.ts'

builder.queryField('recoveryReports', (t) =>
  t.field({
    type: RecoveryReportConnectionRef,
    extensions: { vendorCalls: callsOfReports },
    description:
      'Recoveries and tests that have ended, as one list: the reports of every configured site that keeps them, and the tasks of this gateway. What both have written down stands in it once. The sites are asked each time. As CSV and JSON, too: `GET /reports/recovery.csv` and `.json`.',
    args: {
      filter: t.arg({ type: RecoveryReportFilterInput, required: false, description: 'Which ones.' }),
      orderBy: t.arg({
        type: RecoveryReportOrderInput,
        required: false,
        description: 'The newest first when left out.',
      }),
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before, in the same order.' }),
    },
    resolve: async (_root, { filter, orderBy, first, after }, context, info) => {
      const ordering =
        orderBy === null || orderBy === undefined
          ? newestRecoveryFirst
          : toRecoveryOrdering(orderBy.field ?? 'STARTED', orderBy.direction === 'DESC')
      const page = { first: first ?? defaultPage, after: after ?? null }
      // A bad page is refused before any site is asked.
      requirePage(ordering, page)
      const { recoveries, coverage } = await listRecoveries(filter ?? {}, context)
      noteGaps(coverage, context, info)
      return { ...toPage(recoveries, ordering, page), coverage }
    },
  }),
)
