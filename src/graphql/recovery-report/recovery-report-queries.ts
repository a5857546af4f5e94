import type { RecoveryReport } from '../../domain/recovery-report.ts'
import { requirePageSize, toPage } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { noteGaps } from '../coverage.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { defaultPage } from '../vendor-list.ts'
import { newestReportFirst, RecoveryKindEnum, RecoveryReportConnectionRef } from './recovery-report-type.ts'

const RecoveryReportFilterInput = builder.inputType('RecoveryReportFilter', {
  description: 'Narrows a list of reports. What is given must all match; what is left out matches everything.',
  fields: (t) => ({
    vendors: t.field({ type: [VendorEnum], description: 'Only of these products.' }),
    kinds: t.field({ type: [RecoveryKindEnum], description: 'Only of these kinds.' }),
    groupIds: t.idList({ description: 'Only of one of these groups.' }),
    from: t.field({ type: 'DateTime', description: 'Not begun before this.' }),
    to: t.field({ type: 'DateTime', description: 'Not begun after this.' }),
  }),
})

const allows = <T>(wanted: readonly T[] | null | undefined, value: T): boolean =>
  wanted === null || wanted === undefined || wanted.includes(value)

const matches = (filter: typeof RecoveryReportFilterInput.$inferInput, report: RecoveryReport): boolean =>
  allows(filter.vendors, report.vendor) &&
  allows(filter.kinds, report.kind) &&
  (filter.groupIds === null || filter.groupIds === undefined || allows(filter.groupIds, report.groupId ?? ''))

builder.queryField('recoveryReports', (t) =>
  t.field({
    type: RecoveryReportConnectionRef,
    description: 'Reports of recoveries and tests, of every configured site that keeps them.',
    args: {
      filter: t.arg({ type: RecoveryReportFilterInput, required: false, description: 'Which ones.' }),
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: async (_root, { filter, first, after }, context, info) => {
      const page = { first: requirePageSize(first ?? defaultPage), after: after ?? null }
      const span = { from: filter?.from ?? null, to: filter?.to ?? null }
      const { items, coverage } = await context.inventory.readSites('RECOVERY_REPORTS', (adapter) =>
        adapter.reads.listRecoveryReports(span, context.signal),
      )
      noteGaps(coverage, context, info)
      // Two paired sites may keep the same report.
      const unique = [...new Map(items.map((report) => [report.id, report])).values()]
      const chosen =
        filter === null || filter === undefined ? unique : unique.filter((report) => matches(filter, report))
      return { ...toPage(chosen, newestReportFirst, page), coverage }
    },
  }),
)
