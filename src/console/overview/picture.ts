import { toEnumeration } from '../app/site-notice.ts'
import { formatAgo, formatBytes, formatCount, formatPlural } from '../format.ts'
import type { OverviewQuery } from '../generated/graphql.ts'
import { vendorWords, type Status } from '../status.ts'

type Overview = OverviewQuery['overview']
type Coverage = Overview['coverage'][number]

/** What of the whole is to be seen, in a sentence. */
export interface Visibility {
  readonly status: Status
  readonly text: string
}

const listOf = (coverage: readonly Coverage[], completeness: Coverage['completeness']): readonly Coverage[] =>
  coverage.filter((site) => site.completeness === completeness)

const toStaleText = (stale: readonly Coverage[], now: Date): string =>
  toEnumeration(
    stale.map(({ siteName, observedAt }) =>
      observedAt === null ? siteName : `${siteName} as it was ${formatAgo(observedAt, now)}`,
    ),
  )

/** Whether the figures are about everything, and if not, what is missing or old. */
export const toVisibility = (coverage: readonly Coverage[], now: Date = new Date()): Visibility => {
  const stale = listOf(coverage, 'STALE')
  const missing = listOf(coverage, 'UNAVAILABLE')
  if (stale.length === 0 && missing.length === 0) {
    return { status: 'ok', text: `All ${formatPlural(coverage.length, 'site')} answer: the figures are complete.` }
  }
  const gone =
    missing.length === 0
      ? []
      : [
          `Nothing of ${toEnumeration(missing.map(({ siteName }) => siteName))} is counted, because nothing has been read of it.`,
        ]
  const old = stale.length === 0 ? [] : [`The figures show ${toStaleText(stale, now)}.`]
  return { status: missing.length > 0 ? 'critical' : 'warn', text: [...gone, ...old].join(' ') }
}

/** How many of a health, 0 where there are none. */
export const countOf = <Row extends { readonly count: number }>(
  rows: readonly Row[],
  isIt: (row: Row) => boolean,
): number => rows.filter(isIt).reduce((sum, { count }) => sum + count, 0)

/** The interval within which a test is taken to be in time, for the list of what is due. @default half a year */
const testIntervalMs = 182 * 86_400_000

/** Rounded to the day, so that the question stays the same for a while. */
export const toDueBefore = (now: Date): string => {
  const due = new Date(now.getTime() - testIntervalMs)
  due.setUTCHours(0, 0, 0, 0)
  return due.toISOString()
}

/** How much there is, in one line. */
export const toTotals = ({ totals, byVendor }: Pick<Overview, 'totals' | 'byVendor'>): string =>
  [
    formatPlural(totals.targetCount, 'target'),
    `${formatPlural(totals.vmCount, 'machine')} (${byVendor.map(({ vendor, totals: own }) => `${vendorWords(vendor)} ${formatCount(own.vmCount)}`).join(', ')})`,
    ...(totals.storage.usedBytes === null ? [] : [`${formatBytes(totals.storage.usedBytes)} protected`]),
  ].join(' · ')
