import type { Alert } from '../domain/alert.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../domain/protection-group.ts'
import type { Replication } from '../domain/replication.ts'
import type { SiteReport } from '../domain/site.ts'
import { CachedRead } from './cached-read.ts'

// A refresh of thousands of machines over many pages; each call has the adapter's own, shorter deadline.
const refreshDeadlineMs = 60_000

/** All that the gateway reads from one configured site in whole lists. */
export interface SiteFeed {
  readonly adapter: VendorAdapter
  readonly report: CachedRead<SiteReport>
  readonly groups: CachedRead<readonly ProtectionGroup[]>
  readonly replications: CachedRead<readonly Replication[]>
  /** Only read where the site raises alerts of its own. */
  readonly alerts: CachedRead<readonly Alert[]>
}

export const createSiteFeed = (adapter: VendorAdapter, clock: Clock): SiteFeed => {
  const base = { siteName: adapter.siteName, clock, deadlineMs: refreshDeadlineMs }
  return {
    adapter,
    report: new CachedRead({ ...base, read: (signal) => adapter.readSite(signal) }),
    groups: new CachedRead({ ...base, read: (signal) => adapter.listGroups(signal) }),
    replications: new CachedRead({ ...base, read: (signal) => adapter.listReplications(signal) }),
    alerts: new CachedRead({ ...base, read: (signal) => adapter.reads.listAlerts(signal) }),
  }
}
