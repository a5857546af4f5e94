import type { TimeSpan } from '../../domain/ports/vendor-reads.ts'
import type { MillisecondSpan } from './vcda-read-client.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

// The vendor collects every five minutes and gives sums for hours or days: a week of hours is 168 points.
const longestByHourMs = 7 * dayMs

/** The query of a usage series. Without a start it is the day before the end; without an end it ends now. */
export const toUsageQuery = (
  { from, to }: TimeSpan,
  vendorNow: Date,
): MillisecondSpan & { readonly interval: 'HOUR' | 'DAY' } => {
  const endMs = (to ?? vendorNow).getTime()
  const startMs = from === null ? endMs - dayMs : from.getTime()
  return { startMs, endMs, interval: endMs - startMs <= longestByHourMs ? 'HOUR' : 'DAY' }
}
