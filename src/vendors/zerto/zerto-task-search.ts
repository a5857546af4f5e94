import type { TaskSearch } from '../../domain/ports/vendor-adapter.ts'
import type { TaskReading } from '../../domain/task.ts'
import type { ZertoClient } from './zerto-client.ts'
import type { OwnSite } from './zerto-own-site.ts'
import { toTaskReading } from './zerto-task-mapping.ts'
import type { ZertoTransport } from './zerto-transport.ts'

/** How much earlier the site is asked: its filter may round, to the minute at worst. */
const filterMarginMs = 60_000
/** How well two clocks can be compared: the site tells its time in whole seconds, and the answer takes its way. */
const comparisonMarginMs = 5000

/** Newest first; a task whose start cannot be read may be any, so it stands before all others. */
const byStart = (one: TaskReading, other: TaskReading): number =>
  (other.startedAt?.getTime() ?? Infinity) - (one.startedAt?.getTime() ?? Infinity) || 0

/**
 * The tasks of a site that began at or after a moment of our clock, with their times by the site's. Its clock is looked
 * at anew; where it was set in between, the earlier of the two readings counts, so that rather an older task is listed
 * than a wanted one hidden. Nothing in a task tells an operation id, so that one is not looked at.
 */
export const searchTasks = async (
  site: { readonly transport: ZertoTransport; readonly client: ZertoClient; readonly ownSite: OwnSite },
  { since }: TaskSearch,
  signal: AbortSignal,
): Promise<readonly TaskReading[]> => {
  const { transport, client, ownSite } = site
  await ownSite.read(signal)
  const sinceThere = since.getTime() + transport.skews.findLowestSince(since)
  const rows = await client.listTasks(new Date(sinceThere - filterMarginMs), signal)
  const utcOffsetMinutes = await ownSite.getUtcOffsetMinutes(signal)
  return rows
    .map((row) => toTaskReading(row, transport.siteName, utcOffsetMinutes))
    .filter(({ startedAt }) => startedAt === null || startedAt.getTime() >= sinceThere - comparisonMarginMs)
    .toReversed()
    .sort(byStart)
}
