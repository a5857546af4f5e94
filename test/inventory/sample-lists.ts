import { toGlobalId } from '../../src/domain/global-id.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { SiteListing } from '../../src/inventory/merge-observations.ts'
import { sampleEnd, sampleMachine } from '../operations/sample-survey.ts'

/** The group `payroll` from Boston to Denver. */
export const sampleGroup = (given: Partial<ProtectionGroup> = {}): ProtectionGroup => {
  const {
    vm: _vm,
    groupNativeId: _group,
    settings: _settings,
    latestRecoveryPoint: _point,
    ...common
  } = sampleMachine('payroll')
  const nativeId = given.nativeId ?? 'payroll'
  return {
    ...common,
    id: toGlobalId('ProtectionGroup', given.vendor ?? 'ZERTO', nativeId),
    nativeId,
    name: nativeId,
    priority: null,
    vmCount: 2,
    lastTestedAt: null,
    throughputBytesPerSecond: null,
    iops: null,
    ...given,
  }
}

/** What a site lists, by default a moment after the start of 2026. */
export const sampleListing = <T>(
  site: string,
  items: readonly T[],
  given: Partial<SiteListing<T>> = {},
): SiteListing<T> => ({
  siteId: sampleEnd(site).siteId,
  siteName: site.toLowerCase(),
  observedAt: new Date('2026-01-01T00:00:00Z'),
  isStale: false,
  items,
  ...given,
})
