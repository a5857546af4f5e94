import { testAgeDays } from '../../domain/test-age.ts'
import type { Health, ProtectionState } from '../../domain/protection.ts'
import type { ReadinessVerdict } from '../../domain/readiness.ts'
import type { RpoVerdict } from '../../domain/rpo.ts'
import type { SameMachineSign } from '../../domain/same-machine.ts'
import type { Vendor } from '../../domain/vendor.ts'
import type { DoubleProtection } from '../../inventory/double-protections.ts'
import {
  listWorst,
  type OverviewTarget,
  type ProtectionOverview,
  type ProtectionTotals,
  type TestCompliance,
} from '../../inventory/overview.ts'
import { requirePageSize } from '../../inventory/paging.ts'
import type { Site } from '../../inventory/site-view.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'
import { HealthEnum, ProtectionStateEnum } from '../protection/protection-enums.ts'
import { StorageUseRef } from '../protection/protection-types.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { ReadinessVerdictEnum } from '../readiness/readiness-type.ts'
import { ReplicationRef } from '../replication/replication-type.ts'
import { SiteRef } from '../site/site-type.ts'
import { VendorEnum } from '../vendor-enum.ts'

/** How much one product has. */
export interface VendorTotals {
  readonly vendor: Vendor
  readonly totals: ProtectionTotals
}

/** How much a site has at each end. */
export interface SiteTotals {
  readonly site: Site
  readonly source: ProtectionTotals
  readonly destination: ProtectionTotals
}

export const ProtectionTotalsRef = builder.objectRef<ProtectionTotals>('ProtectionTotals')
ProtectionTotalsRef.implement({
  description: 'How much there is. A target is what is recovered by itself: a group, or a machine that is in none.',
  fields: (t) => ({
    targetCount: t.exposeInt('targetCount', { description: 'Groups and machines that are replicated alone.' }),
    groupCount: t.exposeInt('groupCount', { description: 'Groups alone.' }),
    vmCount: t.exposeInt('vmCount', {
      description: 'Machines, in groups and alone. One that is protected twice counts twice.',
    }),
    unhealthyCount: t.exposeInt('unhealthyCount', { description: 'Targets whose health is anything but HEALTHY.' }),
    storage: t.expose('storage', {
      type: StorageUseRef,
      description: 'What they take together, of those whose vendor tells it.',
    }),
  }),
})

export const VendorTotalsRef = builder.objectRef<VendorTotals>('VendorTotals')
VendorTotalsRef.implement({
  description: 'How much one product has.',
  fields: (t) => ({
    vendor: t.expose('vendor', { type: VendorEnum, description: 'The product.' }),
    totals: t.expose('totals', { type: ProtectionTotalsRef, description: 'How much.' }),
  }),
})

export const SiteTotalsRef = builder.objectRef<SiteTotals>('SiteTotals')
SiteTotalsRef.implement({
  description: 'How much runs at a site, and how much is recovered to it.',
  fields: (t) => ({
    site: t.expose('site', { type: SiteRef, description: 'The site; its `connection` says how it is doing.' }),
    asSource: t.expose('source', { type: ProtectionTotalsRef, description: 'What runs at it.' }),
    asDestination: t.expose('destination', { type: ProtectionTotalsRef, description: 'What is recovered to it.' }),
  }),
})

/** How many targets are of a kind. */
export interface Count<K> {
  readonly key: K
  readonly count: number
}

const targets = 'How many targets.'

export const HealthCountRef = builder.objectRef<Count<Health>>('HealthCount')
HealthCountRef.implement({
  description: 'How many targets are in a health.',
  fields: (t) => ({
    health: t.expose('key', { type: HealthEnum, description: 'The health.' }),
    count: t.exposeInt('count', { description: targets }),
  }),
})

export const StateCountRef = builder.objectRef<Count<ProtectionState>>('StateCount')
StateCountRef.implement({
  description: 'How many targets are in a state.',
  fields: (t) => ({
    state: t.expose('key', { type: ProtectionStateEnum, description: 'The state.' }),
    count: t.exposeInt('count', { description: targets }),
  }),
})

export const ReadinessCountRef = builder.objectRef<Count<ReadinessVerdict>>('ReadinessCount')
ReadinessCountRef.implement({
  description: 'How many targets are as ready.',
  fields: (t) => ({
    verdict: t.expose('key', { type: ReadinessVerdictEnum, description: 'How ready.' }),
    count: t.exposeInt('count', { description: targets }),
  }),
})

export const RpoComplianceRef = builder.objectRef<ProtectionOverview>('RpoCompliance')
RpoComplianceRef.implement({
  description: 'How recovery point objectives are kept.',
  fields: (t) => {
    const count = (verdict: RpoVerdict, description: string) =>
      t.int({ description, resolve: ({ rpo }) => rpo.counts[verdict] })
    return {
      meeting: count('MEETING', 'How many targets meet it.'),
      violating: count('VIOLATING', 'How many targets miss it.'),
      neverSynced: count('NEVER_SYNCED', 'How many targets have never had a recovery point.'),
      notMeasured: count('NOT_MEASURED', 'How many targets have no figure just now.'),
      percentMeeting: t.float({
        nullable: true,
        description:
          '0 to 100: those that meet it among those that meet it, miss it or have never had a recovery point. Null when there are none of these.',
        resolve: ({ rpo }) => rpo.percentMeeting,
      }),
      worst: t.field({
        type: [RecoveryTargetRef],
        description: 'Those that miss it by the most seconds, the worst first.',
        args: { first: t.arg.int({ defaultValue: 10, description: 'How many, up to 500.' }) },
        resolve: (overview, { first }) => [...listWorst(overview, requirePageSize(first ?? 10))],
      }),
    }
  },
})

interface AgeCount {
  readonly overDays: number
  readonly upToDays: number | null
  readonly count: number
}

const TestAgeCountRef = builder.objectRef<AgeCount>('TestAgeCount')
TestAgeCountRef.implement({
  description: 'How many targets had their last test so long ago.',
  fields: (t) => ({
    overDays: t.exposeInt('overDays', { description: 'Longer ago than so many days; the first begins with 0.' }),
    upToDays: t.exposeInt('upToDays', { nullable: true, description: 'Not longer ago than this; null is no limit.' }),
    count: t.exposeInt('count', { description: targets }),
  }),
})

export const TestComplianceRef = builder.objectRef<TestCompliance>('TestCompliance')
TestComplianceRef.implement({
  description:
    'How tests are kept, by the last test of each target: what the vendor tells, or a test failover that was seen here.',
  fields: (t) => ({
    inTime: t.int({
      description: 'How many targets were tested within the configured interval.',
      resolve: ({ counts }) => counts.IN_TIME,
    }),
    overdue: t.int({
      description: 'How many targets were last tested longer ago.',
      resolve: ({ counts }) => counts.OVERDUE,
    }),
    never: t.int({ description: 'Of how many targets no test is known.', resolve: ({ counts }) => counts.NEVER }),
    byAge: t.field({
      type: [TestAgeCountRef],
      description: 'Those that were tested, by how long ago, the youngest first.',
      resolve: ({ byAge }) =>
        byAge.map((count, index) => ({
          count,
          overDays: testAgeDays[index - 1] ?? 0,
          upToDays: testAgeDays[index] ?? null,
        })),
    }),
    oldestAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Of the last tests the one that is longest ago; null when none is known.',
      resolve: ({ oldest }) => oldest?.testedAt ?? null,
    }),
    oldest: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description: 'What was tested then.',
      resolve: ({ oldest }): OverviewTarget | null => oldest?.target ?? null,
    }),
  }),
})

const SameMachineSignEnum = describedEnum<SameMachineSign>(
  'SameMachineSign',
  'By what two protected machines are known to be one.',
  {
    PLATFORM_ID: 'The platform below has one name for both.',
    NAME_AND_ORGANIZATION: 'They have the same name in the same organisation: likely, not certain.',
  },
)

export const DoubleProtectionRef = builder.objectRef<DoubleProtection>('DoubleProtection')
DoubleProtectionRef.implement({
  description: 'One machine that two products protect: recovering both would make it run twice.',
  fields: (t) => ({
    name: t.string({ description: 'Name of the machine.', resolve: ({ one }) => one.vm.name }),
    protections: t.field({
      type: [ReplicationRef],
      description: 'The two protections.',
      resolve: ({ one, other }) => [one, other],
    }),
    knownBy: t.expose('knownBy', { type: SameMachineSignEnum, description: 'How that is known.' }),
  }),
})
