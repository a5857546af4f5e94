import { requireCapability, type TargetKind } from '../../domain/capabilities.ts'
import { DomainError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/global-id.ts'
import type { TimeSpan } from '../../domain/ports/vendor-reads.ts'
import type { VendorAdapter } from '../../domain/ports/vendor-adapter.ts'
import type { UsageSample } from '../../domain/usage.ts'
import { toTargetPath } from './vcda-commands.ts'
import { findRecoveryPointParts, ownsVcdaId } from './vcda-ids.ts'
import { toUsageSamples } from './vcda-read-mapping.ts'
import type { ReadsSurroundings } from './vcda-reads.ts'
import {
  toCustomerSite,
  toNetworkSettingsView,
  toPolicy,
  toRecoveryPlan,
  toRecoveryPlanStep,
  type VcdaCustomerSite,
  type VcdaNetworkSettings,
  type VcdaPolicy,
  type VcdaRecoveryPlan,
  type VcdaRecoveryPlanStep,
} from './vcda-specifics-mapping.ts'
import { toUsageQuery } from './vcda-usage.ts'

// `organisation@site`, as the vendor writes an owner.
const ownerPattern = /^[^@/]{1,128}@[^@/]{1,128}$/

/**
 * What only this vendor tells, and only when somebody asks: the details types of the public schema read it from here.
 * The rules of the port's reads apply.
 */
export class VcdaSpecifics {
  readonly #around: ReadsSurroundings

  constructor(around: ReadsSurroundings) {
    this.#around = around
  }

  /** Networks that are stored with a replication or a group. */
  async getNetworkSettings(kind: TargetKind, nativeId: string, signal: AbortSignal): Promise<VcdaNetworkSettings> {
    const path = toTargetPath({ kind, vendor: 'VCDA', nativeId })
    return toNetworkSettingsView(await this.#around.reads.readNetworkSettings(path, { signal }))
  }

  /** Device keys of the disks in a recovery point. @throws NOT_FOUND for a point of another replication. */
  async listDiskKeys(replicationId: string, pointNativeId: string, signal: AbortSignal): Promise<readonly number[]> {
    const parts = findRecoveryPointParts(pointNativeId)
    if (parts?.replicationId !== replicationId) {
      throw DomainError.notFound(toGlobalId('RecoveryPoint', 'VCDA', pointNativeId))
    }
    const { disksInfo } = await this.#around.reads.getInstance(parts.replicationId, parts.instanceKey, { signal })
    return (disksInfo ?? []).map(({ diskKey }) => diskKey).filter((key) => typeof key === 'number')
  }

  /** The traffic of the moment of one replication. */
  async readTrafficNow(replicationId: string, signal: AbortSignal): Promise<readonly UsageSample[]> {
    if (!ownsVcdaId('Replication', replicationId)) {
      throw DomainError.notFound(toGlobalId('Replication', 'VCDA', replicationId))
    }
    return toUsageSamples(await this.#around.reads.readTrafficNow(replicationId, { signal }))
  }

  /** Traffic of everything that an owner (`organisation@site`) replicates. @throws INVALID_INPUT */
  async readOwnerTraffic(owner: string, span: TimeSpan, signal: AbortSignal): Promise<readonly UsageSample[]> {
    if (!ownerPattern.test(owner)) throw DomainError.invalidInput('owner', 'expected organisation@site')
    const query = toUsageQuery(span, this.#around.vendorNow())
    return toUsageSamples(await this.#around.reads.readOwnerTraffic(owner, query, { signal }))
  }

  async listPolicies(signal: AbortSignal): Promise<readonly VcdaPolicy[]> {
    return (await this.#around.reads.listPolicies({ signal })).map(toPolicy)
  }

  /** @throws CAPABILITY_UNSUPPORTED before 4.6, which has no recovery plans. */
  async listRecoveryPlans(signal: AbortSignal): Promise<readonly VcdaRecoveryPlan[]> {
    requireCapability(this.#around.capabilities(), 'RECOVERY_REPORTS', 'VCDA')
    return (await this.#around.reads.listRecoveryPlans({ signal })).map(toRecoveryPlan)
  }

  /** In their order. */
  async listRecoveryPlanSteps(planId: string, signal: AbortSignal): Promise<readonly VcdaRecoveryPlanStep[]> {
    const steps = (await this.#around.reads.listRecoveryPlanSteps(planId, { signal })).map(toRecoveryPlanStep)
    return steps.toSorted((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0))
  }

  async listCustomerSites(signal: AbortSignal): Promise<readonly VcdaCustomerSite[]> {
    return (await this.#around.reads.listVcSites({ signal })).map(toCustomerSite)
  }
}

/**
 * What only this vendor tells, of an adapter that is this vendor's.
 *
 * @throws NOT_FOUND for any other adapter, and for none: nobody is configured who could be asked.
 */
export const requireSpecifics = (adapter: VendorAdapter | null): VcdaSpecifics => {
  if (adapter?.specifics instanceof VcdaSpecifics) return adapter.specifics
  throw DomainError.notFound('VCDA', 'No configured VCDA site can be asked')
}
