import type { Alert } from '../../domain/alert.ts'
import { requireCapability, type Capabilities } from '../../domain/capabilities.ts'
import { DomainError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { HistoryEvent } from '../../domain/history-event.ts'
import type { Clock } from '../../domain/ports/clock.ts'
import type { TargetSpan, TimeSpan, VendorReads } from '../../domain/ports/vendor-reads.ts'
import type { ProtectionProfile } from '../../domain/protection-profile.ts'
import type { RecoveryReport } from '../../domain/recovery-report.ts'
import type { Appliance, HealthFinding, License } from '../../domain/site-condition.ts'
import type { ResourceQuery, SiteResource } from '../../domain/site-resource.ts'
import type { UsageMetric, UsageSample } from '../../domain/usage.ts'
import type { VcdaClient } from './vcda-client.ts'
import type { VcdaDirectory } from './vcda-directory.ts'
import { VcdaHealthCheck } from './vcda-health.ts'
import { ownsVcdaId } from './vcda-ids.ts'
import type { UsageSeries, VcdaReadClient } from './vcda-read-client.ts'
import {
  byName,
  findHistoryEvent,
  sumUsage,
  toAppliance,
  toLicense,
  toProtectionProfile,
  toUsageSamples,
} from './vcda-read-mapping.ts'
import type { RecoveryPlanWire } from './vcda-read-wire.ts'
import { toRecoveryReport } from './vcda-report-mapping.ts'
import { VcdaResources } from './vcda-resources.ts'
import { toUsageQuery } from './vcda-usage.ts'
import type { ApiVersion } from './vcda-versions.ts'

// However many plans and executions there are: the newest executions of each, so many at a time.
const mostExecutions = 100
const plansAtOnce = 8

const seriesOf: Readonly<Record<UsageMetric, UsageSeries>> = { TRAFFIC: 'traffic', DISK_USAGE: 'disk-usage' }

const isWithin = ({ from, to }: TimeSpan, at: Date | null): boolean =>
  (from === null || (at !== null && at >= from)) && (to === null || (at !== null && at <= to))

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

/** What the reads need of the site's adapter. */
export interface ReadsSurroundings {
  readonly client: VcdaClient
  readonly reads: VcdaReadClient
  readonly directory: VcdaDirectory
  readonly clock: Clock
  readonly siteName: string
  readonly capabilities: () => Capabilities
  readonly version: () => ApiVersion | null
  /** The vendor's clock. */
  readonly vendorNow: () => Date
}

/** What a site tells when somebody asks. */
export class VcdaReads implements VendorReads {
  readonly #around: ReadsSurroundings
  readonly #health: VcdaHealthCheck
  readonly #resources: VcdaResources

  constructor(around: ReadsSurroundings) {
    this.#around = around
    const { clock, siteName, client, reads } = around
    this.#health = new VcdaHealthCheck({ client: reads, clock, siteName })
    this.#resources = new VcdaResources(client, reads)
  }

  /** The vendor raises no alerts: they go out by syslog, events and e-mail only. */
  async listAlerts(): Promise<readonly Alert[]> {
    throw DomainError.unsupported('ALERTS', 'VCDA', 'VCDA has no alerts of its own')
  }

  /** The tasks of the target, each once, as far back as the site keeps them. */
  async listHistory(query: TargetSpan, signal: AbortSignal): Promise<readonly HistoryEvent[]> {
    this.#requireTarget(query)
    // The vendor's bounds are strict.
    const span = {
      afterMs: query.from === null ? null : query.from.getTime() - 1,
      beforeMs: query.to === null ? null : query.to.getTime() + 1,
    }
    const tasks = await this.#around.reads.listTasksOf(query.nativeId, span, { signal })
    return tasks
      .filter(({ workflowInfo, result }) => (workflowInfo?.resourceId ?? result?.id) === query.nativeId)
      .map(findHistoryEvent)
      .filter((event) => event !== null)
      .filter(({ at }) => isWithin(query, at))
      .toSorted((one, other) => other.at.getTime() - one.at.getTime())
  }

  /** One report for each execution of each recovery plan that the signed-in user sees. */
  async listRecoveryReports(span: TimeSpan, signal: AbortSignal): Promise<readonly RecoveryReport[]> {
    requireCapability(this.#around.capabilities(), 'RECOVERY_REPORTS', 'VCDA')
    const reports: RecoveryReport[] = []
    for (const plans of chunksOf(await this.#around.reads.listRecoveryPlans({ signal }), plansAtOnce)) {
      reports.push(...(await Promise.all(plans.map((plan) => this.#listReportsOf(plan, signal)))).flat())
    }
    return reports
      .filter(({ startedAt }) => isWithin(span, startedAt))
      .toSorted((one, other) => (other.startedAt?.getTime() ?? 0) - (one.startedAt?.getTime() ?? 0))
  }

  async listProfiles(signal: AbortSignal): Promise<readonly ProtectionProfile[]> {
    const wires = await this.#around.client.listSlaProfiles(signal)
    return byName(wires.map(toProtectionProfile))
  }

  async listResources(query: ResourceQuery, signal: AbortSignal): Promise<readonly SiteResource[]> {
    const { siteNativeId } = query
    if (siteNativeId !== null && !ownsVcdaId('Site', siteNativeId)) {
      throw DomainError.notFound(toGlobalId('Site', 'VCDA', siteNativeId))
    }
    const isLocal = siteNativeId === null || (await this.#around.directory.isLocal(siteNativeId, signal))
    return this.#resources.list(query, isLocal ? null : siteNativeId, signal)
  }

  async listAppliances(signal: AbortSignal): Promise<readonly Appliance[]> {
    return byName((await this.#around.reads.listReplicators({ signal })).map(toAppliance))
  }

  async readLicense(signal: AbortSignal): Promise<License> {
    return toLicense(await this.#around.reads.readLicense({ signal }))
  }

  async readHealth(signal: AbortSignal): Promise<readonly HealthFinding[]> {
    return this.#health.run(this.#around.version(), signal)
  }

  /** Of a group: of all its members together. Without a start the last day before the end, as the vendor does. */
  async listUsage(metric: UsageMetric, query: TargetSpan, signal: AbortSignal): Promise<readonly UsageSample[]> {
    this.#requireTarget(query)
    const usageQuery = toUsageQuery(query, this.#around.vendorNow())
    const ids = query.kind === 'Replication' ? [query.nativeId] : await this.#listMemberIds(query.nativeId, signal)
    const series = await Promise.all(
      ids.map(async (id) =>
        toUsageSamples(await this.#around.reads.readUsage(id, seriesOf[metric], usageQuery, { signal })),
      ),
    )
    return sumUsage(series).filter(({ at }) => isWithin(query, at))
  }

  async #listMemberIds(vappReplicationId: string, signal: AbortSignal): Promise<readonly string[]> {
    const wire = await this.#around.client.getVappReplication(vappReplicationId, signal)
    return (wire.vmReplications ?? []).map(({ id }) => id)
  }

  async #listReportsOf(plan: RecoveryPlanWire, signal: AbortSignal): Promise<readonly RecoveryReport[]> {
    // A plan that never ran has nothing to report, and need not be asked.
    if (plan.executionInfo?.state === 'NOT_STARTED' && !plan.executionInfo.lastOperation) return []
    const ids = (await this.#around.reads.listExecutionIds(plan.id, { signal })).slice(0, mostExecutions)
    return Promise.all(
      ids.map(async (id) =>
        toRecoveryReport(await this.#around.reads.readExecutionReport(plan.id, id, { signal }), plan.id, id),
      ),
    )
  }

  #requireTarget({ kind, nativeId }: TargetSpan): void {
    if (!ownsVcdaId(kind, nativeId)) throw DomainError.notFound(toGlobalId(kind, 'VCDA', nativeId))
  }
}
