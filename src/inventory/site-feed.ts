import type { Alert } from '../domain/alert.ts'
import type { Capabilities } from '../domain/capabilities.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { SnapshotList } from '../domain/ports/snapshot-store.ts'
import type { Tracer } from '../domain/ports/tracer.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { SiteReport } from '../domain/site.ts'
import { CachedRead } from './cached-read.ts'

// A refresh of thousands of machines over many pages; each call has the adapter's own, shorter deadline.
const refreshDeadlineMs = 60_000

/** All that the gateway reads from one configured site in whole lists. */
export interface SiteFeed {
  /** Tells it from every other feed, also from a former one of a site of the same name. */
  readonly number: number
  readonly adapter: VendorAdapter
  readonly report: CachedRead<SiteReport>
  readonly groups: CachedRead<readonly ProtectionGroup[]>
  readonly replications: CachedRead<readonly Replication[]>
  /** Only read where the site raises alerts of its own. */
  readonly alerts: CachedRead<readonly Alert[]>
}

/** See `AskElsewhere` in `cached-read.ts`. */
export type AskForList = (feed: SiteFeed, list: SnapshotList, maxAgeMs: number) => Promise<boolean>

let lastNumber = 0

/**
 * @param onSettled Called after every try to read a list here, good or not.
 * @param how.elsewhere Where an answer may come from before it is read here; null where this gateway is the only one.
 */
export const createSiteFeed = (
  adapter: VendorAdapter,
  clock: Clock,
  onSettled: (feed: SiteFeed, list: SnapshotList) => void,
  { tracer = null, elsewhere = null }: { readonly tracer?: Tracer | null; readonly elsewhere?: AskForList | null } = {},
): SiteFeed => {
  const toOptions = (list: SnapshotList) => ({
    siteName: adapter.siteName,
    clock,
    deadlineMs: refreshDeadlineMs,
    onSettled: () => onSettled(feed, list),
    tracing: { tracer, name: list === 'report' ? 'site' : list },
    elsewhere: elsewhere === null ? null : (maxAgeMs: number) => elsewhere(feed, list, maxAgeMs),
  })
  const feed: SiteFeed = {
    number: (lastNumber += 1),
    adapter,
    report: new CachedRead({ ...toOptions('report'), read: (signal) => adapter.readSite(signal) }),
    groups: new CachedRead({ ...toOptions('groups'), read: (signal) => adapter.listGroups(signal) }),
    replications: new CachedRead({ ...toOptions('replications'), read: (signal) => adapter.listReplications(signal) }),
    alerts: new CachedRead({ ...toOptions('alerts'), read: (signal) => adapter.reads.listAlerts(signal) }),
  }
  return feed
}

/** What a site can do: as it said itself, in a former process if not yet in this one. */
export const capabilitiesOf = ({ adapter, report }: SiteFeed): Capabilities =>
  report.hasRead ? adapter.capabilities() : (report.last.value?.capabilities ?? adapter.capabilities())
