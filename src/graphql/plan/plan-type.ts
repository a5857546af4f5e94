import type { Problem } from '../../domain/errors.ts'
import type { Replication } from '../../domain/replication.ts'
import type { ExpectedDuration } from '../../operations/expected-duration.ts'
import type { PlanResult, RecoveryPlan } from '../../operations/plan-recovery.ts'
import type { PlanWarning, PlanWarningCode } from '../../operations/plan-warnings.ts'
import type { SiteLook, SiteRole } from '../../operations/recovery-survey.ts'
import { builder } from '../builder.ts'
import { describedEnum } from '../described-enum.ts'
import { ProblemRef, toProblemTypeName } from '../problem/problem-interface.ts'
import {
  IdempotencyMismatchRef,
  InvalidInputRef,
  InvalidStateRef,
  NotFoundRef,
  PermissionDeniedRef,
  PlanChangedRef,
  SplitBrainRiskRef,
  StoreProblemRef,
  UnsupportedRef,
  VendorProblemRef,
} from '../problem/problem-types.ts'
import { ActionEnum, ProtectionStateEnum } from '../protection/protection-enums.ts'
import { RecoveryTargetRef } from '../protection/recovery-target.ts'
import { RecoveryPointRef } from '../recovery-point/recovery-point-type.ts'
import { StartupSettingsRef } from '../replication/replication-type.ts'
import { toPeerSite } from '../site/peer-site.ts'
import { SiteRef } from '../site/site-type.ts'
import { DecisionPolicyRef, WireCallRef } from '../task/task-type.ts'

const PlanWarningCodeEnum = describedEnum<PlanWarningCode>(
  'PlanWarningCode',
  'What an operator should know before a recovery, the gravest first.',
  {
    SPLIT_BRAIN_RISK:
      'One machine could come to run twice. The mutation refuses it unless allowSplitBrainRisk is given.',
    SOURCE_ALIVE: 'The source answers: a failover would lose what its machines write from now on.',
    SOURCE_UNREACHABLE: 'The source does not answer, and a move needs it.',
    NEVER_SYNCED: 'There is no copy yet.',
    RECOVERY_POINT_GONE: 'The chosen recovery point is not there.',
    DESTINATION_PROBLEM: 'Something is wrong with the destination site.',
    RPO_VIOLATED: 'The recovery point objective is missed.',
    OLD_RECOVERY_POINT: 'The chosen recovery point is more than a day old.',
    NO_REVERSE_PROTECTION: 'Nothing protects the machines once they run at the destination.',
    NEVER_TESTED: 'No test failover of it is known.',
    TEST_OVERDUE: 'The last test failover was more than 180 days ago.',
    IN_SEVERAL_GROUPS: 'One of the machines is protected a second time by the same product.',
    COULD_NOT_CHECK: 'Something could not be found out.',
  },
)

const PlanWarningRef = builder.objectRef<PlanWarning>('PlanWarning')
PlanWarningRef.implement({
  description: 'Something that speaks against a recovery, or that an operator should know before it.',
  fields: (t) => ({
    code: t.expose('code', { type: PlanWarningCodeEnum, description: 'What it is, for programs.' }),
    message: t.exposeString('message', { description: 'What it is, for people.' }),
    ids: t.field({
      type: ['ID'],
      description: 'The replications, groups and sites that it is about.',
      resolve: ({ ids }) => [...ids],
    }),
  }),
})

const SiteRoleEnum = describedEnum<SiteRole>('SiteRole', 'What a site is to a recovery.', {
  SOURCE: 'The machines run there; where both ends are one site, that one.',
  DESTINATION: 'They are recovered there.',
  OTHER: 'It knows them too.',
})

const PlannedSiteRef = builder.objectRef<SiteLook>('PlannedSite')
PlannedSiteRef.implement({
  description: 'One site, asked for the plan.',
  fields: (t) => ({
    role: t.expose('role', { type: SiteRoleEnum, description: 'What it is to the recovery.' }),
    site: t.field({
      type: SiteRef,
      nullable: true,
      description: 'The site; null when it is not known.',
      resolve: ({ siteId, name }, _args, { loaders }) =>
        siteId === null
          ? loaders.findSiteByName(name)
          : (loaders.findSite(siteId) ?? toPeerSite({ siteId, siteName: name })),
    }),
    siteName: t.exposeString('name', { description: 'Its name.' }),
    isReachable: t.exposeBoolean('isReachable', {
      nullable: true,
      description: 'Whether it answered; null when it is not configured here, so that nobody could ask.',
    }),
    state: t.expose('state', {
      type: ProtectionStateEnum,
      nullable: true,
      description: 'Where the target stands, as this site sees it; null when it does not tell.',
    }),
    vendorState: t.exposeString('vendorState', { nullable: true, description: "The vendor's own words for it." }),
    problem: t.expose('problem', { type: ProblemRef, nullable: true, description: 'Why it did not answer.' }),
  }),
})

const PlannedMachineRef = builder.objectRef<Replication>('PlannedMachine')
PlannedMachineRef.implement({
  description: 'One machine that would be recovered.',
  fields: (t) => ({
    replicationId: t.exposeID('id', { description: 'Its replication.' }),
    name: t.string({ description: 'As the vendor calls it.', resolve: ({ vm }) => vm.name }),
    startup: t.field({
      type: StartupSettingsRef,
      nullable: true,
      description: 'When and how it starts among the others; null where the vendor does not tell.',
      resolve: ({ vm }) => vm.startup,
    }),
  }),
})

const DurationBasisEnum = describedEnum<ExpectedDuration['basis']>('DurationBasis', 'What an expectation rests on.', {
  TARGET: 'Past runs of the same target.',
  SITE: 'Past runs of others at the same site.',
})

const ExpectedDurationRef = builder.objectRef<ExpectedDuration>('ExpectedDuration')
ExpectedDurationRef.implement({
  description: 'How long it will probably take, by what this gateway has done before.',
  fields: (t) => ({
    seconds: t.exposeInt('seconds', {
      description: 'The median of these runs, without the wait for a decision.',
    }),
    runCount: t.exposeInt('runCount', { description: 'How many runs it rests on.' }),
    basis: t.expose('basis', { type: DurationBasisEnum, description: 'Which runs these were.' }),
  }),
})

export const RecoveryPlanRef = builder.objectRef<RecoveryPlan>('RecoveryPlan')
RecoveryPlanRef.implement({
  description: 'What a failover or a move would do if it were sent now, read from both sides. Nothing was sent.',
  fields: (t) => ({
    operation: t.expose('operation', { type: ActionEnum, description: 'FAILOVER or MOVE.' }),
    target: t.field({
      type: RecoveryTargetRef,
      nullable: true,
      description: 'What would be recovered, as it was last listed.',
      resolve: ({ target }, _args, { loaders }) => loaders.targets.load(target),
    }),
    targetName: t.exposeString('targetName', { description: 'Its name.' }),
    state: t.expose('state', { type: ProtectionStateEnum, description: 'Where it stands, read for the plan.' }),
    sites: t.field({
      type: [PlannedSiteRef],
      description: 'Every site that knows it, each asked itself: the source first.',
      resolve: ({ sites }) => [...sites],
    }),
    recoveryPoint: t.expose('recoveryPoint', {
      type: RecoveryPointRef,
      nullable: true,
      description:
        'Where it would start from; null for a move, for groups without points of their own, and when not read.',
    }),
    lossSeconds: t.exposeInt('lossSeconds', {
      nullable: true,
      description:
        'How much would be lost: the age of the recovery point, by the clock of the vendor. 0 for a move, which transfers the rest first; null when not known.',
    }),
    machines: t.field({
      type: [PlannedMachineRef],
      description: 'The machines, in the order in which they start where that is told, else by name.',
      resolve: ({ machines }) => [...machines],
    }),
    calls: t.field({
      type: [WireCallRef],
      description: 'Exactly what would be sent.',
      resolve: ({ calls }) => [...calls],
    }),
    decision: t.expose('decision', {
      type: DecisionPolicyRef,
      nullable: true,
      description: 'What would become of it when it waits for a decision; null where nothing waits.',
    }),
    warnings: t.field({
      type: [PlanWarningRef],
      description: 'What speaks against it, the gravest first.',
      resolve: ({ warnings }) => [...warnings],
    }),
    expectedDuration: t.expose('expectedDuration', {
      type: ExpectedDurationRef,
      nullable: true,
      description: 'How long it will probably take; null when nothing like it was done here before.',
    }),
    planToken: t.exposeString('planToken', {
      description:
        'Give it to the mutation: it is then done only if everything still is as planned. No secret, and no right: whoever uses it needs the right to recover.',
    }),
    plannedAt: t.expose('plannedAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
})

export const PlanResultUnion = builder.unionType('PlanResult', {
  description: 'A plan, or why it would be refused now: what the mutation would answer.',
  types: [
    RecoveryPlanRef,
    InvalidInputRef,
    NotFoundRef,
    InvalidStateRef,
    UnsupportedRef,
    PermissionDeniedRef,
    VendorProblemRef,
    IdempotencyMismatchRef,
    SplitBrainRiskRef,
    PlanChangedRef,
    StoreProblemRef,
  ],
  resolveType: (value: RecoveryPlan | Problem) => ('planToken' in value ? 'RecoveryPlan' : toProblemTypeName(value)),
})

/** The union's member for a plan. */
export const toPlanResult = (result: PlanResult): RecoveryPlan | Problem =>
  result.kind === 'PLANNED' ? result.plan : result.problem
