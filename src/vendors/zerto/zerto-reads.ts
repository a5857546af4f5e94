import type { Alert } from '../../domain/alert.ts'
import { requireCapability, type Capability } from '../../domain/capabilities.ts'
import { DomainError } from '../../domain/errors.ts'
import type { HistoryEvent } from '../../domain/history-event.ts'
import type { TargetSpan, TimeSpan, VendorReads } from '../../domain/ports/vendor-reads.ts'
import type { ProtectionProfile } from '../../domain/protection-profile.ts'
import type { RecoveryReport } from '../../domain/recovery-report.ts'
import type { Appliance, HealthFinding, License } from '../../domain/site-condition.ts'
import type { ResourceQuery, SiteResource } from '../../domain/site-resource.ts'
import type { UsageMetric, UsageSample } from '../../domain/usage.ts'
import { toZertoCapabilities } from './zerto-capabilities.ts'
import { findReplicationParts, isNativeId } from './zerto-ids.ts'
import type { OwnSite } from './zerto-own-site.ts'
import type { ZertoReadsClient } from './zerto-reads-client.ts'
import {
  toAlert,
  toAppliance,
  toEventGroups,
  toHistoryEvent,
  toLicense,
  toProtectionProfile,
  toRecoveryReport,
} from './zerto-reads-mapping.ts'
import { listSiteResources } from './zerto-resources.ts'

const isInside = ({ from, to }: TimeSpan, at: Date | null): boolean =>
  at === null || ((from === null || at >= from) && (to === null || at <= to))

/** Newest first; what has no date comes last. */
const compareNewestFirst = (a: Date | null, b: Date | null): number => (b?.getTime() ?? 0) - (a?.getTime() ?? 0)

/** What a site tells beyond its lists. A ZVM has no check of its own health and no series of its usage. */
export class ZertoReads implements VendorReads {
  readonly #client: ZertoReadsClient
  readonly #ownSite: OwnSite

  constructor(client: ZertoReadsClient, ownSite: OwnSite) {
    this.#client = client
    this.#ownSite = ownSite
  }

  async listAlerts(signal: AbortSignal): Promise<readonly Alert[]> {
    const rows = await this.#client.listAlerts(signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    const isNamed = rows.every(({ Site }) => (Site?.identifier ?? '') !== '')
    const ownSiteId = isNamed ? '' : await this.#ownSite.getSiteId(signal)
    return rows
      .map((row) => toAlert(row, ownSiteId, utcOffsetMinutes))
      .sort((a, b) => compareNewestFirst(a.turnedOnAt, b.turnedOnAt))
  }

  /** The events of a VPG, or those of a machine's VPG: the site keeps none of a machine alone, and 1,000 at most. */
  async listHistory(query: TargetSpan, signal: AbortSignal): Promise<readonly HistoryEvent[]> {
    const isGroup = query.kind === 'ProtectionGroup' && isNativeId('ProtectionGroup', query.nativeId)
    const vpgId = isGroup ? query.nativeId : findReplicationParts(query.nativeId)?.vpgId
    if (vpgId === undefined) throw DomainError.notFound(query.nativeId)
    const rows = await this.#client.listEvents(vpgId, query, signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    return rows
      .filter((row) => {
        // Versions that do not know the filter ignore it.
        const vpgIds = toEventGroups(row)
        return vpgIds.length === 0 || vpgIds.includes(vpgId)
      })
      .map((row) => toHistoryEvent(row, utcOffsetMinutes))
      .filter(({ at }) => isInside(query, at))
      .sort((a, b) => compareNewestFirst(a.at, b.at))
  }

  async listRecoveryReports(span: TimeSpan, signal: AbortSignal): Promise<readonly RecoveryReport[]> {
    const rows = await this.#client.listRecoveryReports(span, signal)
    const utcOffsetMinutes = await this.#ownSite.getUtcOffsetMinutes(signal)
    return rows
      .map((row) => toRecoveryReport(row, utcOffsetMinutes))
      .sort((a, b) => compareNewestFirst(a.startedAt, b.startedAt))
  }

  async listProfiles(signal: AbortSignal): Promise<readonly ProtectionProfile[]> {
    return (await this.#client.listServiceProfiles(signal)).map(toProtectionProfile)
  }

  listResources(query: ResourceQuery, signal: AbortSignal): Promise<readonly SiteResource[]> {
    return listSiteResources(this.#client, (own) => this.#ownSite.getSiteId(own), query, signal)
  }

  async listAppliances(signal: AbortSignal): Promise<readonly Appliance[]> {
    const vras = await this.#client.listVras(signal)
    return vras.map(toAppliance).sort((a, b) => a.name.localeCompare(b.name))
  }

  async readLicense(signal: AbortSignal): Promise<License> {
    const license = await this.#client.findLicense(signal)
    return toLicense(license, await this.#ownSite.getUtcOffsetMinutes(signal))
  }

  async readHealth(_signal: AbortSignal): Promise<readonly HealthFinding[]> {
    return this.#refuse('HEALTH_CHECK')
  }

  async listUsage(_metric: UsageMetric, _query: TargetSpan, _signal: AbortSignal): Promise<readonly UsageSample[]> {
    return this.#refuse('USAGE_HISTORY')
  }

  /** @throws CAPABILITY_UNSUPPORTED */
  #refuse(capability: Capability): readonly never[] {
    requireCapability(toZertoCapabilities(this.#ownSite.knownVersion), capability, 'ZERTO')
    return []
  }
}
