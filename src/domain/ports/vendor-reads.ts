import type { Alert } from '../alert.ts'
import type { TargetKind } from '../capabilities.ts'
import type { HistoryEvent } from '../history-event.ts'
import type { ProtectionProfile } from '../protection-profile.ts'
import type { RecoveryReport } from '../recovery-report.ts'
import type { Appliance, HealthFinding, License } from '../site-condition.ts'
import type { ResourceQuery, SiteResource } from '../site-resource.ts'
import type { UsageMetric, UsageSample } from '../usage.ts'

/** A span of time, both ends inclusive; null is open. */
export interface TimeSpan {
  readonly from: Date | null
  readonly to: Date | null
}

/** Something whose past is wanted. */
export interface TargetSpan extends TimeSpan {
  readonly kind: TargetKind
  readonly nativeId: string
}

/**
 * What a site tells beyond the lists that everybody looks at all the time. Each is asked when somebody asks, and gated by
 * the capability of its name: where that is false the call throws CAPABILITY_UNSUPPORTED and sends nothing. Otherwise the
 * rules of the port's other reads apply.
 */
export interface VendorReads {
  /** Capability ALERTS. The alerts that are on, the newest first, dismissed ones included. */
  listAlerts(signal: AbortSignal): Promise<readonly Alert[]>
  /** Capability HISTORY. What happened to a target, the newest first; as far back as the vendor keeps it. */
  listHistory(query: TargetSpan, signal: AbortSignal): Promise<readonly HistoryEvent[]>
  /** Capability RECOVERY_REPORTS. The newest first. */
  listRecoveryReports(span: TimeSpan, signal: AbortSignal): Promise<readonly RecoveryReport[]>
  /** Capability PROFILES. */
  listProfiles(signal: AbortSignal): Promise<readonly ProtectionProfile[]>
  /**
   * Capability RESOURCES. By name. `VM` lists machines that are not protected yet.
   *
   * @throws INVALID_INPUT for a kind that the vendor has not, or one that needs `parentVendorId`.
   */
  listResources(query: ResourceQuery, signal: AbortSignal): Promise<readonly SiteResource[]>
  /** Capability APPLIANCES. By name. */
  listAppliances(signal: AbortSignal): Promise<readonly Appliance[]>
  /** Capability LICENSE. */
  readLicense(signal: AbortSignal): Promise<License>
  /** Capability HEALTH_CHECK. The site's own check of its parts; may take the site some seconds. */
  readHealth(signal: AbortSignal): Promise<readonly HealthFinding[]>
  /** Capability USAGE_HISTORY. The oldest first. */
  listUsage(metric: UsageMetric, query: TargetSpan, signal: AbortSignal): Promise<readonly UsageSample[]>
}
