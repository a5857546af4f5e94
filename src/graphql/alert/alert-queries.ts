import type { Alert } from '../../domain/alert.ts'
import { requirePageSize, toPage } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { noteGaps } from '../coverage.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { defaultPage } from '../vendor-list.ts'
import { AlertConnectionRef, AlertLevelEnum, newestAlertFirst } from './alert-type.ts'

const AlertFilterInput = builder.inputType('AlertFilter', {
  description: 'Narrows a list of alerts. What is given must all match; what is left out matches everything.',
  fields: (t) => ({
    vendors: t.field({ type: [VendorEnum], description: 'Only of these products.' }),
    levels: t.field({ type: [AlertLevelEnum], description: 'Only of these levels.' }),
    siteIds: t.idList({ description: 'Only raised by one of these sites.' }),
    targetIds: t.idList({ description: 'Only about one of these replications or groups.' }),
    isDismissed: t.boolean({ description: 'Only put aside ones, or only the others.' }),
  }),
})

const allows = <T>(wanted: readonly T[] | null | undefined, value: T): boolean =>
  wanted === null || wanted === undefined || wanted.includes(value)

const matches = (filter: typeof AlertFilterInput.$inferInput, alert: Alert): boolean =>
  allows(filter.vendors, alert.vendor) &&
  allows(filter.levels, alert.level) &&
  allows(filter.siteIds, alert.siteId) &&
  (filter.targetIds === null ||
    filter.targetIds === undefined ||
    alert.targetIds.some((id) => allows(filter.targetIds, id))) &&
  (filter.isDismissed === null || filter.isDismissed === undefined || filter.isDismissed === alert.isDismissed)

builder.queryField('alerts', (t) =>
  t.field({
    type: AlertConnectionRef,
    description:
      'The alerts that are on, of every configured site. Where a vendor raises none, they are derived from its lists and say so.',
    args: {
      filter: t.arg({ type: AlertFilterInput, required: false, description: 'Which ones.' }),
      first: t.arg.int({ defaultValue: defaultPage, description: 'How many, up to 500.' }),
      after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
    },
    resolve: async (_root, { filter, first, after }, context, info) => {
      const size = requirePageSize(first ?? defaultPage)
      const { alerts, coverage } = await context.inventory.listAlerts()
      noteGaps(coverage, context, info)
      const chosen = filter === null || filter === undefined ? alerts : alerts.filter((alert) => matches(filter, alert))
      return { ...toPage(chosen, newestAlertFirst, { first: size, after: after ?? null }), coverage }
    },
  }),
)
