import type { ListedRecovery } from '../../domain/recovery-report.ts'
import type { Ordering } from '../../inventory/paging.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'
import { directionFields } from '../object-list.ts'

/** Before every moment: what does not tell when it began. */
const unknown = -1
/** Behind every figure: what was not measured. */
const unmeasured = Number.MAX_SAFE_INTEGER

const keys = {
  STARTED: ({ startedAt }) => startedAt?.getTime() ?? unknown,
  RTO: ({ rtoSeconds }) => rtoSeconds ?? unmeasured,
  NAME: ({ name }) => name.toLowerCase(),
} as const satisfies Readonly<Record<string, (recovery: ListedRecovery) => string | number>>

type RecoveryOrderField = keyof typeof keys

/** How a list of reports is sorted. */
export const toRecoveryOrdering = (field: RecoveryOrderField, isDescending: boolean): Ordering<ListedRecovery> => ({
  name: `RecoveryReport.${field}${isDescending ? '-' : ''}`,
  isDescending,
  toKey: keys[field],
  toId: ({ id }) => id,
})

/** The newest first. */
export const newestRecoveryFirst: Ordering<ListedRecovery> = toRecoveryOrdering('STARTED', true)

const RecoveryReportOrderFieldEnum = describedEnum<RecoveryOrderField>(
  'RecoveryReportOrderField',
  'What a list of reports is sorted by.',
  {
    STARTED: 'By when it began, the oldest first; what does not tell comes before.',
    RTO: 'By `rtoSeconds`, the shortest first; what was not measured comes last.',
    NAME: 'By name, without regard to case.',
  },
)

export const RecoveryReportOrderInput = builder.inputType('RecoveryReportOrder', {
  description: 'How a list of reports is sorted; the id settles ties.',
  fields: (t) => ({
    field: t.field({
      type: RecoveryReportOrderFieldEnum,
      defaultValue: 'STARTED',
      description: 'What it is sorted by.',
    }),
    ...directionFields(t),
  }),
})
