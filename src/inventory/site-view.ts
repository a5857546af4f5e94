import type { Capabilities } from '../domain/capabilities.ts'
import type { Problem } from '../domain/errors.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { VendorDetails } from '../domain/protection.ts'
import type { BreakerState, ConnectionState, SiteFacts, SiteReport } from '../domain/site.ts'
import type { Reading } from './cached-read.ts'
import { capabilitiesOf, type SiteFeed } from './site-feed.ts'

/** How the gateway reaches a configured site. */
export interface SiteConnection {
  /** Null for who may not see the whole site. */
  readonly url: string | null
  readonly state: ConnectionState
  readonly breaker: BreakerState
  readonly lastSuccessAt: Date | null
  readonly certificateExpiresAt: Date | null
  readonly lastProblem: Problem | null
  readonly clockSkewMs: number | null
}

/** A site of the unified view: configured, or only known as the peer of one that is. */
export interface Site extends SiteFacts {
  /** The name in the configuration; null for a peer. */
  readonly configuredName: string | null
  readonly connection: SiteConnection | null
  /** Null for a peer. */
  readonly capabilities: Capabilities | null
  readonly peerIds: readonly string[]
  /** Null until the site has been reached once, and for a peer. */
  readonly details: VendorDetails | null
}

const toConnectionState = (problem: Problem | null, breaker: BreakerState): ConnectionState => {
  if (breaker === 'OPEN') return 'DOWN'
  if (problem === null) return breaker === 'CLOSED' ? 'UP' : 'DEGRADED'
  return problem.code === 'VENDOR_UNAVAILABLE' || problem.code === 'TIMEOUT' ? 'DOWN' : 'DEGRADED'
}

// A site that has never answered has no identifier of its own yet; no vendor's identifier starts with this sign.
const unreachedPrefix = '@'

const toFacts = ({ adapter: { vendor, siteName } }: SiteFeed, report: SiteReport | null): SiteFacts => {
  if (report !== null) return report.local
  const nativeId = `${unreachedPrefix}${siteName}`
  const id = toGlobalId('Site', vendor, nativeId)
  return { id, vendor, nativeId, name: siteName, description: null, location: null, productVersion: null }
}

/** When the site last answered, whichever gateway it was that asked. */
const findLastSuccess = ({ adapter, report, groups, replications }: SiteFeed): Date | null => {
  const taken = [report, groups, replications].flatMap(({ isTaken, last }) => (isTaken ? (last.observedAt ?? []) : []))
  const { lastSuccessAt } = adapter.connection()
  return [lastSuccessAt ?? [], taken]
    .flat()
    .reduce<Date | null>((one, at) => (one === null || at > one ? at : one), null)
}

const toConfiguredSite = (feed: SiteFeed): Site => {
  const { adapter } = feed
  const report: Reading<SiteReport> = feed.report.last
  const { url, breaker, certificateExpiresAt } = adapter.connection()
  const problem = [report, feed.groups.last, feed.replications.last].map((reading) => reading.problem).find(Boolean)
  return {
    ...toFacts(feed, report.value),
    configuredName: adapter.siteName,
    connection: {
      url,
      breaker,
      lastSuccessAt: findLastSuccess(feed),
      certificateExpiresAt,
      lastProblem: problem ?? null,
      state: toConnectionState(problem ?? null, breaker),
      clockSkewMs: report.value?.clockSkewMs ?? null,
    },
    capabilities: capabilitiesOf(feed),
    peerIds: report.value?.peers.map(({ id }) => id) ?? [],
    details: report.value?.details ?? null,
  }
}

/** Every configured site, in the order of the configuration, and behind them the peers that are not configured. */
export const toSites = (feeds: readonly SiteFeed[]): readonly Site[] => {
  const configured = feeds.map(toConfiguredSite)
  const known = new Set(configured.map(({ id }) => id))
  const peers = new Map<string, Site>()
  for (const feed of feeds) {
    for (const peer of feed.report.last.value?.peers ?? []) {
      if (known.has(peer.id)) continue
      const peerIds = [...(peers.get(peer.id)?.peerIds ?? []), toFacts(feed, feed.report.last.value).id]
      const nothing = { configuredName: null, connection: null, capabilities: null, details: null }
      peers.set(peer.id, { ...peer, ...nothing, peerIds })
    }
  }
  return [...configured, ...peers.values()]
}

/** True for the id that a configured site had before it was reached for the first time. */
export const isUnreachedId = (nativeId: string, siteName: string): boolean =>
  nativeId === `${unreachedPrefix}${siteName}`
