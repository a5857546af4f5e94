import { healths, protectionStates } from '../../domain/protection.ts'
import { readinessVerdicts, type ReadinessVerdict } from '../../domain/readiness.ts'
import type { Task } from '../../domain/task.ts'
import type { DoubleProtection } from '../../inventory/double-protections.ts'
import type { SiteCoverage } from '../../inventory/inventory.ts'
import type { ProtectionOverview } from '../../inventory/overview.ts'
import { builder } from '../builder.ts'
import { SiteCoverageRef } from '../coverage.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { TaskRef } from '../task/task-type.ts'
import {
  DoubleProtectionRef,
  HealthCountRef,
  ProtectionTotalsRef,
  ReadinessCountRef,
  RpoComplianceRef,
  SiteTotalsRef,
  StateCountRef,
  TestComplianceRef,
  VendorTotalsRef,
  type Count,
  type SiteTotals,
  type VendorTotals,
} from './overview-parts.ts'

/** The counts, and what is found out only for who asks for it. */
export interface OverviewAnswer {
  readonly overview: ProtectionOverview
  readonly coverage: readonly SiteCoverage[]
  readonly byVendor: readonly VendorTotals[]
  readonly bySite: readonly SiteTotals[]
  readonly countReadiness: () => Promise<ReadonlyMap<ReadinessVerdict, number>>
  readonly listRunningTasks: () => Promise<readonly Task[]>
  readonly listDoubleProtections: () => Promise<readonly DoubleProtection[]>
  readonly countUnprotectedVms: () => Promise<number | null>
}

const toCounts = <K>(counts: ReadonlyMap<K, number>, keys: readonly K[]): Count<K>[] =>
  keys.map((key) => ({ key, count: counts.get(key) ?? 0 }))

export const OverviewRef = builder.objectRef<OverviewAnswer>('Overview')
OverviewRef.implement({
  description:
    'Everything about many targets in one look, counted from the lists that are there anyway: no call to a vendor of its own where a field does not say so. A target is a group, or a machine that is replicated alone.',
  fields: (t) => ({
    asOf: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The longest ago at which something that is counted was listed; null when nothing is counted.',
      resolve: ({ overview }) => overview.asOf,
    }),
    coverage: t.field({
      type: [SiteCoverageRef],
      description: 'What could be seen of each configured site. Of an UNAVAILABLE one nothing is counted.',
      resolve: ({ coverage }) => [...coverage],
    }),
    totals: t.field({
      type: ProtectionTotalsRef,
      description: 'All together.',
      resolve: ({ overview }) => overview.totals,
    }),
    byVendor: t.field({
      type: [VendorTotalsRef],
      description: 'For each product of a configured site.',
      resolve: ({ byVendor }) => [...byVendor],
    }),
    bySite: t.field({
      type: [SiteTotalsRef],
      description: 'For each site that is configured or known as a peer, with how it is connected.',
      resolve: ({ bySite }) => [...bySite],
    }),
    byHealth: t.field({
      type: [HealthCountRef],
      description: 'For each health, also those that nothing is in.',
      resolve: ({ overview }) => toCounts(overview.byHealth, healths),
    }),
    byState: t.field({
      type: [StateCountRef],
      description: 'For each state that something is in.',
      resolve: ({ overview }) => toCounts(overview.byState, protectionStates).filter(({ count }) => count > 0),
    }),
    rpo: t.field({
      type: RpoComplianceRef,
      description: 'How recovery point objectives are kept.',
      resolve: ({ overview }) => overview,
    }),
    tests: t.field({
      type: TestComplianceRef,
      description: 'How tests are kept.',
      resolve: ({ overview }) => overview.tests,
    }),
    readiness: t.field({
      type: [ReadinessCountRef],
      description:
        'How many targets could be failed over now, for each verdict. Reads the licence of each site once an hour.',
      resolve: async ({ countReadiness }) => toCounts(await countReadiness(), readinessVerdicts),
    }),
    awaitingDecision: t.field({
      type: [RecoveryTargetRef],
      description: 'What waits for commit or rollback; `recovery.autoDecisionAt` says when the vendor decides.',
      resolve: ({ overview }) => [...overview.awaitingDecision],
    }),
    runningTasks: t.field({
      type: [TaskRef],
      nullable: true,
      description:
        'Tasks that have not ended, the newest 500; with a filter, those on what it matches. Null, with an error, when the store cannot be read.',
      resolve: async ({ listRunningTasks }) => [...(await listRunningTasks())],
    }),
    doublyProtected: t.field({
      type: [DoubleProtectionRef],
      description: 'Machines that two products protect; with a filter, where either protection is of what it matches.',
      resolve: async ({ listDoubleProtections }) => [...(await listDoubleProtections())],
    }),
    unprotectedVmCount: t.int({
      nullable: true,
      description:
        'How many machines of the configured sites nobody protects: in no list, so each site that has the capability RESOURCES is asked once an hour. A machine that two sites list counts twice. Null with a filter, while a site has not told, and for who may see only part of a site; see `unprotectedVms` for which they are.',
      resolve: ({ countUnprotectedVms }) => countUnprotectedVms(),
    }),
  }),
})
